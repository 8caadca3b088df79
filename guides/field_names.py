"""What people call each field of a document, and each value that staff choose from a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from . import document as shapes
from .models import ErrorCode, Guide, Sample, Step

WORDS: dict[type[BaseModel], dict[str, Any]] = {
    shapes.GuideDocument: {
        "reference": _("Reference"),
        "slug": _("Address"),
        "title": _("Title"),
        "meaning": _("What went wrong"),
        "kind": _("Kind"),
        "retired": _("Retired"),
        "targets": _("Leads to"),
        "common": _("How common it is"),
        "former_slugs": _("Former address"),
        "codes": _("Error code"),
        "messages": _("Message"),
        "phrases": _("How people describe it"),
        "causes": _("Cause"),
        "notices": _("Notice"),
        "before": _("Before you start"),
        "mitigations": _("Mitigation"),
        "verification": _("How you know it worked"),
        "further": _("Good to know"),
        "expects": _("What people answer to"),
        "samples": _("Sample"),
        "sources": _("Source"),
    },
    shapes.Code: {
        "token": _("code"),
        "meaning": _("meaning"),
        "group": _("group"),
        "aliases": _("other spelling"),
        "generic": _("other systems print it too"),
    },
    shapes.Message: {
        "key": _("name"),
        "text": _("text"),
        "essential": _("words that must be there"),
    },
    shapes.Cause: {
        "key": _("name"),
        "title": _("title"),
        "text": _("text"),
        "source": _("source"),
    },
    shapes.GuideMitigation: {
        "fix": _("reference"),
        "works": _("how often it works"),
        "cause": _("the cause it cures"),
        "when": _("only after this answer"),
    },
    shapes.Sample: {
        "text": _("text"),
        "leads": _("where it leads"),
        "note": _("note"),
    },
    shapes.Source: {
        "key": _("name"),
        "title": _("title"),
        "url": _("web address"),
        "dated": _("its own date"),
        "checked": _("checked"),
    },
    shapes.MitigationDocument: {
        "reference": _("Reference"),
        "title": _("Title"),
        "minutes": _("Minutes"),
        "waiting": _("Waiting on top"),
        "intro": _("Introduction"),
        "steps": _("Step"),
        "last_step": _("Highest step number ever given"),
    },
    shapes.Step: {
        "number": _("number"),
        "text": _("text"),
        "where": _("where"),
        "who": _("who"),
        "group": _("do one of these"),
    },
    shapes.NoticeDocument: {
        "slug": _("Short name"),
        "title": _("Title"),
        "text": _("Text"),
        "afterwards": _("Afterwards"),
    },
    shapes.QuestionDocument: {
        "slug": _("Short name"),
        "order": _("Order"),
        "text": _("Question"),
        "hint": _("Hint"),
        "help": _("How do I check?"),
        "minutes": _("Minutes to find out"),
        "group": _("Group"),
        "only_if": _("Only after this answer"),
        "choices": _("Answer"),
    },
    shapes.Choice: {
        "slug": _("short name"),
        "text": _("words on the button"),
        "summary": _("as a statement"),
        "normal": _("what anybody would answer"),
    },
}
"""What people call each field, in the order in which changes are told. A list has the name of one of its items."""

LABELS: dict[tuple[type[BaseModel], str], Mapping[str, Any]] = {
    (shapes.GuideDocument, "kind"): dict(Guide.Kind.choices),
    (shapes.Code, "group"): dict(ErrorCode.Group.choices),
    (shapes.Sample, "leads"): dict(Sample.Leads.choices),
    (shapes.Step, "where"): dict(Step.Where.choices),
    (shapes.Step, "who"): dict(Step.Who.choices),
}
"""Words for values that staff choose from a list, the same as on the pages where they choose."""


def in_words(shape: type[BaseModel], problem: str) -> str:
    """A problem of a document that begins with a field, such as “steps.2.text: …”, as “Step 2, text: …”."""
    place, colon, sentence = problem.partition(":")
    field, *path = place.split(".")
    name = name_of(shape, field)
    if not colon or not name:
        return problem
    words = [f"{name} {path[0]}" if path else name]
    if path[1:] and field in shapes.LISTED:
        words.append(str(WORDS[shapes.LISTED[field]].get(path[1], path[1])))
    return f"{', '.join(words)}:{sentence}"


def name_of(shape: type[BaseModel], field: str) -> str:
    """What people call a field of a document; "" where it has none of that name."""
    names = (words[field] for known, words in WORDS.items() if issubclass(shape, known) and field in words)
    return str(next(names, ""))

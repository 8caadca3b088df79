"""The bench: what an edit does to error texts and samples, what is to mend, and what each statement does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides import findings, knowledge, readability
from guides.document import Document, GuideDocument, MitigationDocument, NoticeDocument
from guides.field_names import in_words
from guides.library import Library
from guides.models import Publishable
from guides.proofs import Proof, Verdict, proofs, tried, verdict
from guides.rehearsal import shown_in
from guides.weighing import weighing
from troubleshooter.diagnosis import statements
from troubleshooter.diagnosis.lint import Problem

from . import kept, preview
from .typed import Typed, control, stored, typed

LONGEST = 100_000
"""Characters of a pasted text; what is longer is cut here, and the page says so."""


@dataclass(frozen=True)
class Check:
    """One thing to mend, with the id of the control it is about; "" for none."""

    sentence: str
    control: str
    serious: bool


@dataclass(frozen=True)
class Statement:
    """A question and what the guide's statement about it does, or its silence."""

    slug: str
    question: str
    sentence: str


def bench(model_admin: Any, request: HttpRequest, thing: Publishable | None) -> HttpResponse:
    """GET: the saved draft. POST: what somebody has typed, or a text for the saved draft. Nothing is kept."""
    is_typed = request.method == "POST" and "saved" not in request.POST
    found = typed(model_admin, request, thing) if is_typed else _saved(thing)
    unreadable = found if is_typed and not found.documents else None
    if unreadable:
        found = _saved(thing)
    title = _("Test: %(thing)s") % {"thing": thing or model_admin.opts.verbose_name}
    context = {
        **model_admin.admin_site.each_context(request),
        **model_admin.addresses(thing),
        "title": title,
        "is_nav_sidebar_enabled": False,
        "opts": model_admin.opts,
        "original": thing,
        "is_typed": is_typed,
        "kept": kept.fields(request) if is_typed else [],
        "unreadable": list(_checks_of(unreadable)) if unreadable else [],
        "has_bench": True,
    }
    if found.documents:
        context |= _results(request, found, request.POST.get("paste", ""), request.POST.get("against", ""))
    if unreadable:
        context["say"] = _("What you typed cannot be read yet.")
    return render(request, "admin/guides/bench/show.html", context)


def _saved(thing: Publishable | None) -> Typed:
    return stored(thing) if thing else Typed((), (), ())


def _results(request: HttpRequest, found: Typed, paste: str, against: str) -> dict[str, Any]:
    """Everything that the bench says about the documents of one page.

    `against` is the reference of the guide that the leading one is compared with.
    """
    own, before = found.documents[0], knowledge.current().library
    after = before.with_documents([*found.documents, *found.beside])
    samples = [] if isinstance(own, NoticeDocument) else list(proofs(before, after))
    to_mend = findings.find(findings.Edit(before, after), found.documents, samples, timezone.localdate())
    checks = [*_checks_of(found), *(_check(own, finding) for finding in to_mend)]
    results = {
        "checks": checks,
        "say": _say(checks),
        "paste": paste,
        "too_long": len(paste) > LONGEST,
        "shown_by": shown_in(before, [own]),
    }
    if not isinstance(own, GuideDocument):
        return results
    text = paste[:LONGEST]
    return results | {
        "is_guide": True,
        "verdicts": _verdicts(before, after, text) if text.strip() else [],
        "weighing": weighing(after.model, tried(after, text)[0], against) if text.strip() else None,
        "own_samples": [(proof, _title(after, proof.after)) for proof in samples if proof.owner == own.reference],
        "thefts": list(_thefts(after, own.reference, samples)),
        "figures": readability.figures(own, *_shown_parts(after, own)),
        "statements": _statements(after, own.reference),
        "suggestion": statements.most_helpful(after.model, own.reference),
        "frame": preview.rendered(request, found.documents, found.beside),
    }


def _checks_of(found: Typed) -> list[Check]:
    return [Check(problem, field, serious=True) for problem, field in zip(found.problems, found.fields, strict=True)]


def _check(own: Document, finding: Problem) -> Check:
    return Check(in_words(type(own), finding.sentence), control(own, finding.field), finding.serious)


def _say(checks: Sequence[Check]) -> str:
    if not checks:
        return _("Nothing to mend.")
    return ngettext("%(count)d check needs work.", "%(count)d checks need work.", len(checks)) % {"count": len(checks)}


def _verdicts(before: Library, after: Library, text: str) -> list[tuple[str, Verdict]]:
    """What people get today and after this edit; once where it is the same."""
    today, then = verdict(before, text), verdict(after, text)
    if today.leads_where(then):
        return [(_("Today and after this edit"), then)]
    return [(_("What readers get today"), today), (_("After this edit"), then)]


def _title(library: Library, reference: str) -> str:
    return library.all_guides[reference].title if reference else ""


def _thefts(library: Library, own: str, samples: Sequence[Proof]) -> list[str]:
    """Sentences about the samples of other guides that change hands."""
    counted: dict[tuple[str, str], int] = {}
    for proof in samples:
        if proof.owner != own and proof.changes_hands:
            counted[proof.owner, proof.after] = counted.get((proof.owner, proof.after), 0) + 1
    return [
        _theft(_title(library, owner), _title(library, after), after == own, count)
        for (owner, after), count in counted.items()
    ]


def _theft(owner: str, winner: str, is_own: bool, count: int) -> str:
    words = {"count": count, "owner": owner, "winner": winner}
    if is_own:
        text = ngettext(
            "This guide now also catches %(count)d sample of “%(owner)s”.",
            "This guide now also catches %(count)d samples of “%(owner)s”.",
            count,
        )
    elif winner:
        text = ngettext(
            "%(count)d sample of “%(owner)s” now leads to “%(winner)s”.",
            "%(count)d samples of “%(owner)s” now lead to “%(winner)s”.",
            count,
        )
    else:
        text = ngettext(
            "%(count)d sample of “%(owner)s” now leads to no guide.",
            "%(count)d samples of “%(owner)s” now lead to no guide.",
            count,
        )
    return text % words


def _shown_parts(library: Library, guide: GuideDocument) -> tuple[list[MitigationDocument], list[NoticeDocument]]:
    mitigations = [library.mitigations[used.fix] for used in guide.mitigations if used.fix in library.mitigations]
    return mitigations, [library.notices[slug] for slug in guide.notices if slug in library.notices]


def _statements(library: Library, reference: str) -> list[Statement]:
    found = statements.effects(library.model, reference)
    return [Statement(slug, library.questions[slug].text, effect.sentence) for slug, effect in found.items()]

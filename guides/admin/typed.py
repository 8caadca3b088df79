"""What stands in a change form that somebody is still typing in, as documents, without keeping any of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.db import transaction
from django.forms.formsets import all_valid
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from guides import document as shapes
from guides import rows
from guides.draft_knowledge import shown_with, written_with
from guides.field_names import in_words
from guides.models import Guide, Publishable
from guides.sketches import sketch


@dataclass(frozen=True)
class Typed:
    """A thing and the mitigations on its page, as far as they are complete; the thing itself comes first.

    `documents` is empty where the form cannot be read. `problems` are sentences, the thing's own first; `fields` are
    the ids of the controls they are about, in the same order. `beside` are the drafts that people see together with
    a guide although they are written elsewhere: its notices, and questions that are not live yet.
    """

    documents: tuple[shapes.Document, ...]
    problems: tuple[str, ...]
    fields: tuple[str, ...]
    beside: tuple[shapes.Document, ...] = ()


def typed(model_admin: Any, request: HttpRequest, thing: Publishable | None = None) -> Typed:
    """What saving the posted form would make of a thing, or of a new one. Nothing is kept, logged or announced."""
    posted = request.POST
    is_nameless = not (posted.get("slug") or posted.get("title", "").strip())
    lacks_address = thing is None and issubclass(model_admin.model, Guide) and is_nameless
    if lacks_address:  # a new guide can be read before it has one
        named = posted.copy()
        named["slug"] = posted.get("reference", "").lower()
        request.POST = named  # type: ignore[assignment]
    with transaction.atomic():
        result = _save_and_read(model_admin, request, thing)
        transaction.set_rollback(True)
    request.POST = posted
    return _without_address(result) if lacks_address and result.documents else result


def _without_address(found: Typed) -> Typed:
    problem = _("Address: write a title, or an address")
    return replace(found, problems=(problem, *found.problems), fields=("id_slug", *found.fields))


def stored(thing: Publishable) -> Typed:
    """What was saved of a thing."""
    written = [thing, *(written_with(thing) if isinstance(thing, Guide) else [])]
    beside = shown_with(thing) if isinstance(thing, Guide) else []
    own, *others = [sketch(row) for row in rows.as_stored([*written, *beside])]
    found = [(in_words(type(own.document), problem), _field(own.document, problem)) for problem in own.problems]
    found += [
        (f"{row.document.key}: {in_words(type(row.document), problem)}", "uses-group")
        for row in others
        for problem in row.problems
    ]
    documents = [row.document for row in (own, *others)]
    return Typed(
        documents=tuple(documents[: len(written)]),
        problems=tuple(problem for problem, _field in found),
        fields=tuple(field for _problem, field in found),
        beside=tuple(documents[len(written) :]),
    )


def _save_and_read(model_admin: Any, request: HttpRequest, thing: Publishable | None) -> Typed:
    """As the admin's own change view saves, without its log, its messages and its answer."""
    before = model_admin.get_object(request, str(thing.pk)) if thing else None
    change = before is not None
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, before))
    form_class = model_admin.get_form(request, before, change=change, fields=fields)
    form = form_class(request.POST, request.FILES, instance=before)
    formsets, _inlines = model_admin._create_formsets(request, form.instance, change=change)
    is_valid = form.is_valid()
    if is_valid:
        model_admin.save_form(request, form, change=change)
    if not all_valid(formsets) or not is_valid:
        found = [*_of_form(form, ""), *(problem for formset in formsets for problem in _of_formset(formset))]
        return Typed((), tuple(sentence for sentence, _id in found), tuple(field for _sentence, field in found))
    model_admin.save_model(request, form.instance, form, change)
    model_admin.save_related(request, form, formsets, change)
    return stored(form.instance)


def _of_formset(formset: Any) -> Iterator[tuple[str, str]]:
    if formset.is_valid():
        return
    name = capfirst(str(formset.model._meta.verbose_name))
    for error in formset.non_form_errors():
        yield f"{name}: {error}", f"{formset.prefix}-group"
    for number, form in enumerate(formset.forms, 1):
        if not (formset.can_delete and formset._should_delete_form(form)):
            yield from _of_form(form, f"{name} {number}, ")


def _of_form(form: forms.BaseForm, place: str) -> Iterator[tuple[str, str]]:
    for name, errors in form.errors.items():
        control = form[name] if name in form.fields else None
        label = capfirst(str(control.label)) if control else _("The whole")
        for error in errors:
            yield f"{place}{label}: {error}", control.auto_id if control else form.prefix or ""


_GROUPS = {
    **{name: name for name in ("messages", "causes", "samples", "sources", "steps", "choices")},
    "codes": "Guide_codes",
    "mitigations": "uses",
    "notices": "notice_uses",
    "expects": "expectations",
}
"""By field of a document: the rows of the form that hold it."""

_CONTROLS = {"minutes": "minutes_from", "retired": "successor"}
"""By field of a document: the control that holds it, where that is called otherwise."""


def control(document: shapes.Document, field: str) -> str:
    """The id of the control, or of the group of rows, in which a field of a page's document is written; "" for none."""
    if document.KIND == "guide" and field == "steps":
        return "uses-group"
    if field not in type(document).model_fields:
        return ""
    return f"{_GROUPS[field]}-group" if field in _GROUPS else f"id_{_CONTROLS.get(field, field)}"


def _field(document: shapes.Document, problem: str) -> str:
    """The control that a problem of a document names at its start."""
    return control(document, problem.partition(":")[0].partition(".")[0])

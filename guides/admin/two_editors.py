"""Two people on one page: what the second is told, so that neither loses anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from guides import drafts
from guides.compare import Change, changes
from guides.models import Guide, GuideMitigation, Mitigation, Publishable, Step

from .typed import Typed, stored, typed
from .uses import OWN


@dataclass(frozen=True)
class Conflict:
    """What somebody else saved after this person opened the page, compared with what this person typed."""

    sentence: str
    changes: tuple[Change, ...]
    """From what is stored to what is typed."""
    is_compared: bool
    """False while what is typed cannot be read as documents."""


def stamp(thing: Any) -> str:
    """How often a thing and the mitigations on its page were saved, such as `guide.1:4 mitigation.7:2`."""
    return " ".join(f"{name}:{edits}" for name, edits in _edits(thing).items())


def conflict(model_admin: Any, request: HttpRequest, object_id: str) -> Conflict | None:
    """What was saved since the form's stamp was written; None when nothing was, or the form carries no stamp.

    Call inside the transaction that saves: nobody else saves until it ends.
    """
    posted = request.POST.get("_edits", "")
    thing = model_admin.get_object(request, unquote(object_id)) if posted else None
    if thing is not None:
        drafts.hold(_on_page(thing))
        thing = model_admin.get_object(request, unquote(object_id))  # as it is now that nobody else saves it
    if thing is None:
        return None
    seen = dict(part.split(":") for part in posted.split() if part.count(":") == 1)
    stale = [name for name, edits in _edits(thing).items() if seen.get(name, str(edits)) != str(edits)]
    if not stale:
        return None
    saved = max((part for part in _on_page(thing) if _name(part) in stale), key=_when)
    typed_now = typed(model_admin, request, thing)
    return Conflict(_sentence(saved, request), _changes(thing, typed_now), bool(typed_now.documents))


def _changes(thing: Publishable, typed_now: Typed) -> tuple[Change, ...]:
    kept = {document.key: document for document in stored(thing).documents}
    written = {document.key: document for document in typed_now.documents}
    if not written:
        return ()
    return tuple(
        replace(change, place=f"{key}, {change.place}" if key != thing.key else change.place)
        for key in {**kept, **written}
        for change in changes(kept.get(key), written.get(key))
    )


def _sentence(saved: Publishable, request: HttpRequest) -> str:
    when = localtime(saved.edited_at) if saved.edited_at else localtime()
    today = when.date() == localtime().date()
    words = {
        "who": _("You") if saved.edited_by == request.user else name(saved.edited_by),
        "when": date_format(when, "H:i" if today else "j F, H:i"),
    }
    return _("%(who)s saved this page at %(when)s. Compare before you save.") % words


def changed(form: Any, formsets: Iterable[Any], change: bool) -> list[Publishable]:
    """The drafts that a save changed: the thing of the page, and the mitigations whose own fields or steps it wrote."""
    found: dict[int, Publishable] = {}
    is_changed = not change or form.has_changed()
    for formset in formsets:
        rows = [*formset.new_objects, *(row for row, _fields in formset.changed_objects), *formset.deleted_objects]
        is_nested = formset.model is Step and not isinstance(form.instance, Mitigation)
        is_changed = is_changed or bool(rows and not is_nested)
        if is_nested:
            found |= {row.mitigation_id: row.mitigation for row in rows}
        elif formset.model is GuideMitigation:
            written = [row for row, fields in formset.changed_objects if set(fields) & set(OWN)]
            written += [row for row in formset.new_objects if not row.mitigation.edits]
            found |= {row.mitigation_id: row.mitigation for row in written}
    return [*([form.instance] if is_changed else []), *found.values()]


def _edits(thing: Any) -> dict[str, int]:
    return {_name(part): part.edits for part in _on_page(thing)} if isinstance(thing, Publishable) and thing.pk else {}


def _on_page(thing: Publishable) -> list[Publishable]:
    if not isinstance(thing, Guide):
        return [thing]
    return [thing, *(use.mitigation for use in thing.uses.select_related("mitigation__edited_by"))]


def _name(thing: Publishable) -> str:
    return f"{thing.KIND}.{thing.pk}"


def _when(thing: Publishable) -> float:
    return thing.edited_at.timestamp() if thing.edited_at else 0.0


def name(user: Any) -> str:
    """What a person is called among staff."""
    return (user.get_short_name() or user.get_username()) if user else _("Somebody")

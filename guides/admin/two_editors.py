"""Two people on one page: what the second is told, so that neither loses anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from guides.models import Guide, GuideMitigation, Mitigation, Publishable, Step

from .uses import OWN


@dataclass(frozen=True)
class Conflict:
    """Who saved the page, or a mitigation on it, after this person opened it."""

    by: str
    thing: Publishable
    changes: tuple[Any, ...] = ()


def stamp(thing: Any) -> str:
    """How often a thing and the mitigations on its page were saved, such as `guide.1:4 mitigation.7:2`."""
    return " ".join(f"{name}:{edits}" for name, edits in _edits(thing).items())


def conflict(model_admin: Any, request: HttpRequest, object_id: str, posted: str) -> Conflict | None:
    """What was saved since the posted stamp was written; None when nothing was, or the page carried no stamp."""
    thing = model_admin.model._default_manager.select_for_update().filter(pk=object_id).first() if posted else None
    if thing is None:
        return None
    seen = dict(part.split(":") for part in posted.split() if part.count(":") == 1)
    stale = [name for name, edits in _edits(thing).items() if seen.get(name, str(edits)) != str(edits)]
    if not stale:
        return None
    things = [thing, *_mitigations(thing)]
    saved = max((part for part in things if _name(part) in stale), key=lambda part: part.edited_at)
    return Conflict(by=_who(saved.edited_by), thing=saved)


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
    if not isinstance(thing, Publishable) or thing.pk is None:
        return {}
    return {_name(part): part.edits for part in (thing, *_mitigations(thing))}


def _mitigations(thing: Publishable) -> list[Mitigation]:
    if not isinstance(thing, Guide):
        return []
    return [use.mitigation for use in thing.uses.select_related("mitigation__edited_by")]


def _name(thing: Publishable) -> str:
    return f"{thing.KIND}.{thing.pk}"


def _who(user: AbstractBaseUser | None) -> str:
    return (user.get_short_name() or user.get_username()) if user else ""  # type: ignore[attr-defined]

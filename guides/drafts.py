"""Drafts as staff work on them: what a draft says now, in which state it is, and that somebody saved it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from . import document as shapes
from . import parsing, rows
from .models import Guide, Publishable, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class State(StrEnum):
    """Where a thing is on its way to readers. A thing in review may be live in an older revision."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"
    CHANGED = "changed"
    """Live, and the draft says something else."""
    RETIRED = "retired"
    WITHDRAWN = "withdrawn"
    """Was live once, and is not now."""


def state(thing: Publishable, *, was_published: bool = False) -> State:
    """`was_published` says whether there is a revision of the thing; it matters only where none is live."""
    if thing.review_asked:
        return State.REVIEW
    if not thing.is_live:
        return State.WITHDRAWN if was_published else State.DRAFT
    if thing.differs:
        return State.CHANGED
    return State.RETIRED if isinstance(thing, Guide) and thing.retired else State.LIVE


def was_published(model: type[Publishable]) -> Exists:
    """For a queryset of the model: whether there is a revision of the thing."""
    return Exists(Revision.objects.filter(kind=model.KIND, key=OuterRef(model.KEY)))


def in_state(model: type[Publishable], wanted: State) -> Q:
    """The condition for a queryset of the model that agrees with `state`."""
    if wanted is State.REVIEW:
        return Q(review_asked__isnull=False)
    is_live = Q(review_asked=None, live__isnull=False)
    if wanted is State.CHANGED:
        return is_live & Q(differs=True)
    if wanted in (State.LIVE, State.RETIRED):
        retired = Q(retired=wanted is State.RETIRED) if model is Guide else Q()
        return is_live & Q(differs=False) & retired
    published = Q(was_published(model))
    return Q(review_asked=None, live=None) & (published if wanted is State.WITHDRAWN else ~published)


def hold(named: Iterable[Publishable | shapes.Document]) -> None:
    """Lock the drafts of these things, or of these documents: until this transaction ends nobody else changes them.

    Parts come before the guides that show them, for everybody: two who hold several never wait for each other.
    """
    places = {(row.KIND, row.key) for row in named}
    for kind, model in rows.MODELS.items():
        if keys := [key for other, key in places if other == kind]:
            found = model._default_manager.filter(**{f"{model.KEY}__in": keys}).order_by("pk")
            list(found.select_for_update().values_list("pk"))


def saved(things: Iterable[Publishable], by: AbstractBaseUser | None) -> None:
    """Count one save of these drafts: who, when, and whether they now differ from what readers see."""
    for thing in rows.as_stored(things):
        type(thing).objects.filter(pk=thing.pk).update(
            edits=F("edits") + 1, edited_at=timezone.now(), edited_by=by, differs=_differs(thing)
        )


def count_saves(things: Iterable[Publishable], by: AbstractBaseUser | None) -> None:
    """Count one save of each of many drafts, without a look at whether they differ from what readers see."""
    things = list(things)
    for model in rows.MODELS.values():
        keys = [thing.pk for thing in things if isinstance(thing, model)]
        model.objects.filter(pk__in=keys).update(edits=F("edits") + 1, edited_at=timezone.now(), edited_by=by)


def _differs(thing: Publishable) -> bool:
    if thing.live is None:
        return True
    try:
        return rows.read(thing) != parsing.validate(thing.KIND, thing.live.document)
    except parsing.DocumentError:
        return True


def complete(thing: Publishable) -> shapes.Document | None:
    """The document of a draft, or None while it is not complete."""
    try:
        return rows.read(thing)
    except parsing.DocumentError:
        return None

"""What a report is made of: columns, rows of cells, and something to do about every row."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise

from guides import knowledge
from guides.knowledge import Knowledge
from guides.models import Guide

Words = str | Promise


@dataclass(frozen=True)
class Action:
    """Something to do about a row: a link, or a button where it changes something. `about` tells it from its like."""

    text: Words
    url: str
    about: str = ""
    is_button: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one column. `more` is shown below it when somebody unfolds it, and is not exported."""

    text: str
    is_code: bool = False
    more: str = ""


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Column:
    """`order` is the field that the report can be sorted by, or ""."""

    title: Words
    order: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Asked:
    """What is wanted of a report: by whom, in which order, and whether of what was set aside."""

    request: HttpRequest
    order: str = ""
    aside: bool = False

    @cached_property
    def known(self) -> Knowledge:
        """What readers know now."""
        return knowledge.current()

    @cached_property
    def guides_by_code(self) -> dict[str, Guide]:
        """By code in small letters: a guide whose draft names it, whether or not readers see that."""
        rows = Guide.codes.through.objects.filter(guide__retired=False).select_related("guide", "errorcode")
        return {row.errorcode.token.lower(): row.guide for row in rows.order_by("-pk")}

    def may(self, permission: str) -> bool:
        return self.request.user.has_perm(permission)


@dataclass(frozen=True)
class Report:
    """One list of things to mend.

    `find` gives the things, as a list or a query that can be cut; `row` shows one of them. Free text of people is
    shown by `row` only, so the page and the export keep the same rule.
    """

    slug: str
    title: Words
    about: Words
    empty: Words
    columns: tuple[Column, ...]
    find: Callable[[Asked], Sequence[Any]]
    row: Callable[[Asked, Any], Row]
    can_set_aside: bool = False
    orders: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        names = [column.order for column in self.columns if column.order]
        object.__setattr__(self, "orders", frozenset([*names, *(f"-{name}" for name in names)]))

    def count(self, asked: Asked) -> int:
        found = self.find(asked)
        return len(found) if isinstance(found, list) else found.count()  # type: ignore[call-arg]


def day(moment: datetime.date | None) -> str:
    """A date in words."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment)
    return date_format(moment, "j F Y") if moment else ""


def guide_page(guide: Guide) -> str:
    """Where staff edit a guide."""
    return reverse("admin:guides_guide_change", args=[guide.pk])

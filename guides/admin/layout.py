"""A change page as its template shows it: sections in the order in which people write, rows in theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from . import posted_rows


@dataclass(frozen=True)
class Section:
    """A stretch of the page under its own heading. `parts` are prefixes of formsets."""

    id: str
    title: Any
    fields: Sequence[Any] = ()
    parts: Sequence[str] = ()
    help: Any = ""
    template: str = ""
    is_lone: bool = False
    """One field, for which the heading is label enough."""


@dataclass
class Row:
    """One row of a list, with the words that tell its buttons from those of other rows."""

    form: Any
    prefix: str
    place: int
    name: str
    reference: str
    is_removed: bool
    parts: list[Part] = field(default_factory=list)


@dataclass
class Part:
    """A list of rows. `blank` is the row that a script copies to add one."""

    formset: Any
    opts: Any
    can_add: bool
    can_delete: bool
    kind: str
    owner: str
    rows: list[Row]
    blank: Row | None


@dataclass(frozen=True)
class Place:
    """A section with what it shows."""

    section: Section
    fieldset: Any
    parts: list[Part]


def places(sections: Iterable[Section], fieldsets: Iterable[Any], formsets: Iterable[Any]) -> list[Place]:
    """The sections with their fields and rows; `fieldsets` belong to the sections that have fields, in that order."""
    rest = iter(fieldsets)
    known = {formset.formset.prefix: formset for formset in formsets}
    return [
        Place(
            section,
            next(rest) if section.fields else None,
            [part(known[prefix]) for prefix in section.parts if prefix in known],
        )
        for section in sections
    ]


def part(formset: Any, owner: str = "") -> Part:
    """The rows of an admin formset in their order on the page; `owner` names the row they stand in."""
    forms = list(formset)
    blank = forms.pop() if formset.has_add_permission else None
    forms.sort(key=_position)
    return Part(
        formset=formset.formset,
        opts=formset.opts,
        can_add=formset.has_add_permission,
        can_delete=formset.formset.can_delete,
        kind=formset.formset.prefix.rpartition("-")[2],
        owner=owner,
        rows=[_row(formset, form, place, owner) for place, form in enumerate(forms, 1)],
        blank=_row(formset, blank, len(forms) + 1, owner) if blank else None,
    )


def every_part(places: Iterable[Place]) -> Iterable[Part]:
    """All lists of a page, those inside rows too."""
    for place in places:
        for outer in place.parts:
            yield outer
            for row in outer.rows:
                yield from row.parts


def blanks(places: Iterable[Place]) -> list[tuple[Part, Row]]:
    """The rows that a script copies, one for each kind of list."""
    outer = [part for place in places for part in place.parts if part.blank]
    inner = [part for one in outer if one.blank for part in one.blank.parts if part.blank]
    return [(part, part.blank) for part in (*outer, *inner) if part.blank]


def _row(formset: Any, form: Any, place: int, owner: str) -> Row:
    name = f"{formset.opts.verbose_name} {place}"
    if owner:
        name = _("%(row)s of %(owner)s") % {"row": name, "owner": owner}
    reference = formset.opts.row_reference(form.form.instance) if hasattr(formset.opts, "row_reference") else ""
    row = Row(
        form=form,
        prefix=form.form.prefix,
        place=place,
        name=name,
        reference=reference,
        is_removed=bool(form.form.is_bound and form.form.data.get(form.form.add_prefix("DELETE"))),
    )
    row.parts = [part(inner, reference or name) for inner in form.form.inlines]
    return row


def _position(form: Any) -> int:
    position = str(form.form["position"].value()) if "position" in form.form.fields else ""
    return posted_rows.as_number(position) or 0

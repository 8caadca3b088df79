"""What staff keep about guides beside the documents: the owner, the date of the next review, an internal note."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from django.contrib.auth import get_user_model
from pydantic import StringConstraints

from guides import parsing
from guides.document import Markdown, Part
from guides.models import Guide

FILE = "staff.yaml"
"""Its name beside the folders of documents."""
_REFERENCE = re.compile(r"FLOW-[1-9][0-9]{0,5}")


class StaffData(Part):
    """One guide's; the owner by the name of the account."""

    owner: Annotated[str, StringConstraints(strip_whitespace=True, max_length=150)] = ""
    review_by: datetime.date | None = None
    note: Markdown = ""


Staff = Mapping[str, StaffData]
"""By the guide's reference; only guides of which something is kept."""


def to_yaml(staff: Staff) -> str:
    """As text, which `parse` turns back into the same."""
    return parsing.dump({key: row.model_dump(mode="json", exclude_defaults=True) for key, row in staff.items()})


def parse(text: str) -> Staff:
    """What a text says about guides. Raises DocumentError with sentences that name reference and field."""
    data = parsing.data(text)
    if not isinstance(data, dict):
        raise parsing.DocumentError(["write fields for each guide below its reference, such as “FLOW-3:”"])
    staff, problems = {}, []
    for reference, fields in data.items():
        try:
            staff[reference] = parsing.fitted(StaffData, fields)
        except parsing.DocumentError as error:
            problems += [f"{reference}: {problem}" for problem in error.problems]
        if not _REFERENCE.fullmatch(reference):
            problems.append(f"{reference}: write a guide's reference, such as FLOW-3")
    if problems:
        raise parsing.DocumentError(problems)
    return staff


def read(references: Iterable[str]) -> Staff:
    """What is kept about these guides, in their order."""
    found = {}
    rows = Guide.objects.select_related("owner").in_bulk(list(references), field_name="reference")
    for reference, guide in sorted(rows.items(), key=lambda row: (len(row[0]), row[0])):
        owner = guide.owner.get_username() if guide.owner else ""
        row = StaffData(owner=owner, review_by=guide.review_by, note=guide.internal_note)
        if row != StaffData():
            found[reference] = row
    return found


def write(staff: Staff) -> None:
    """Keep this about the guides there are. An owner who has no account here leaves the owner as it was."""
    accounts = get_user_model().objects.filter(is_staff=True, username__in={row.owner for row in staff.values()})
    owners = {account.get_username(): account for account in accounts}
    guides = list(Guide.objects.filter(reference__in=list(staff)))
    for guide in guides:
        row = staff[guide.reference]
        guide.owner = owners.get(row.owner, guide.owner)
        guide.review_by, guide.internal_note = row.review_by, row.note
    Guide.objects.bulk_update(guides, ["owner", "review_by", "internal_note"], batch_size=100)

"""What was recorded of cases, for tests: outcomes, hand-overs, ticket links and counts of pastes, at chosen times."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from guides.models import Guide
from troubleshooter.cases.models import HandOver, Outcome, PasteCount, TicketLink


def said(guide: Guide, result: str = "worked", voice: str = "", **fields: Any) -> Outcome:
    """What one voice said of FIX-1 after it had read `guide`."""
    created = fields.setdefault("created", timezone.now())
    known: dict[str, Any] = {"mitigation": "FIX-1", "content_version": 1, "changed": created}
    return Outcome.objects.create(
        guide=guide.reference,
        revision=guide.live,
        mitigation_revision=guide.live,
        result=result,
        voice=voice or uuid4().hex,
        **{**known, **fields},
    )


def handed(voice: str = "", evidence: str = "", **fields: Any) -> HandOver:
    known: dict[str, Any] = {"content_version": 1, "way": "copied", "created": timezone.now()}
    return HandOver.objects.create(voice=voice or uuid4().hex, evidence=evidence, **{**known, **fields})


def linked(guide: Guide, ticket: str = "", role: str = "offered", **fields: Any) -> TicketLink:
    fields.setdefault("created", timezone.now())
    return TicketLink.objects.create(
        token=uuid4().hex[:22], guide=guide.reference, revision=guide.live, ticket=ticket, role=role, **fields
    )


def pasted(day: datetime.date, match: str, count: int) -> None:
    PasteCount.objects.create(day=day, match=match, count=count)

"""What readers said about fixes, made for tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from guides.models import Guide, Mitigation
from troubleshooter.cases.models import Outcome


def say(guide: str, result: str = "worked", number: int = 1, mitigation: str = "FIX-1", **fields: Any) -> None:
    """So many people said this of a fix of a live guide, each with a voice of their own if none is named."""
    read = Guide.objects.get(reference=guide).live
    fix = Mitigation.objects.get(reference=mitigation).live
    known = {"revision": read, "mitigation_revision": fix, "content_version": 1, "result": result, **fields}
    Outcome.objects.bulk_create(
        Outcome(**{"voice": uuid4().hex, "guide": guide, "mitigation": mitigation, **known}) for _ in range(number)
    )

"""A pasted text becomes what is known of a case. Its redacted copy is held for the visitor; for us it only counts."""

from __future__ import annotations

from django.http import HttpRequest

from guides import held
from guides.knowledge import Knowledge
from guides.place import Place
from troubleshooter.cases.models import PasteCount, UnrecognisedError
from troubleshooter.diagnosis.model import Diagnosis, Evidence
from troubleshooter.public_writes import MAX_TEXT, too_often

PASTES_A_MINUTE = 120
"""From one address."""

TOO_LONG = (
    f"Your text has more than {MAX_TEXT:,} characters. We kept the first {MAX_TEXT:,}. Send the part with the error."
)


def is_too_often(request: HttpRequest) -> bool:
    return too_often(request, "paste", PASTES_A_MINUTE)


def paste(request: HttpRequest, known: Knowledge, text: str, before: Evidence) -> tuple[Place, Diagnosis]:
    """The place and the diagnosis once a text was pasted. `before` is what was said otherwise, and still holds."""
    reading = known.read(text)
    UnrecognisedError.remember(reading, known.model)
    place = Place(reading.evidence | before, held.keep(request, reading))
    diagnosis = known.diagnose(place.evidence)
    PasteCount.add(diagnosis.match)
    return place, diagnosis

"""One letter about the failures of a flow: what went wrong, and the way to the fix."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from guides.knowledge import Knowledge
from troubleshooter.repair_tips import opting
from troubleshooter.repair_tips.models import Letter


def write(letter: Letter, known: Knowledge, now: datetime) -> EmailMultiAlternatives | None:
    """The letter as it goes out; None where nobody wants it any more, or the address was erased."""
    if not letter.flow.owner or opting.is_off(letter.flow):
        return None
    return EmailMultiAlternatives("Your flow failed", "", to=[letter.flow.owner])

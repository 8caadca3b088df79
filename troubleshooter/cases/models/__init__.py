"""What is recorded of cases. Nothing of it is personal: texts are redacted before they come here."""

from .allowance import Allowance
from .flag import MAX_FLAG, Flag
from .hand_over import HandOver
from .outcome import MAX_COMMENT, MAX_EVIDENCE, Outcome
from .paste_count import PasteCount
from .suggestion import Suggestion
from .ticket_link import MAX_TICKET, TicketLink
from .unrecognised import UnrecognisedError

__all__ = [
    "MAX_COMMENT",
    "MAX_EVIDENCE",
    "MAX_FLAG",
    "MAX_TICKET",
    "Allowance",
    "Flag",
    "HandOver",
    "Outcome",
    "PasteCount",
    "Suggestion",
    "TicketLink",
    "UnrecognisedError",
]

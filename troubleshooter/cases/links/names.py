"""What a ticket may be called, so that its name can stand in an address and hardly holds anything else."""

from __future__ import annotations

import re

from troubleshooter.cases.models import MAX_TICKET

HINT = f"Its number or key, such as ABC-123: up to {MAX_TICKET} letters, digits, spaces and . _ - # :"
TOO_LONG = f"This is longer than {MAX_TICKET} characters. Write only the number or key of the ticket, such as ABC-123."
STRANGE = "Write only letters, digits, spaces and . _ - # : here, such as ABC-123."

_ALLOWED = re.compile(r"[\w .#:-]*\w[\w .#:-]*")


def tidy(typed: str) -> str:
    """What was typed, without spaces too many."""
    return " ".join(filter(None, typed.split(" ")))


def problem(ticket: str) -> str:
    """Why something cannot be the name of a ticket; "" where it can, or where nothing is named."""
    if not ticket:
        return ""
    if len(ticket) > MAX_TICKET:
        return TOO_LONG
    return "" if _ALLOWED.fullmatch(ticket) else STRANGE

"""What somebody adds in a few words to what they say of a fix: as it was typed, and as it is kept."""

from __future__ import annotations

from django.http import QueryDict

from troubleshooter.cases.models import MAX_COMMENT
from troubleshooter.diagnosis.redact import redact
from troubleshooter.public_writes import without_control_characters

TOO_LONG = f"Your text has more than {MAX_COMMENT} characters. It is still here. Make it shorter."


def typed(fields: QueryDict) -> str:
    """The comment of a form; "" where there is none."""
    return without_control_characters(fields.get("comment", "").replace("\r\n", "\n")).strip()


def problem(comment: str) -> str:
    """Why a comment cannot be taken; "" where it can."""
    return TOO_LONG if len(comment) > MAX_COMMENT else ""


def kept(comment: str) -> str:
    """A comment without what is personal in it, no longer than allowed: marks of removals may make it longer."""
    return redact(comment).text[:MAX_COMMENT]

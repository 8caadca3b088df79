"""Take out of a text what is personal or secret, and mark each place: the error stays, the people do not."""

from __future__ import annotations

import re
from typing import NamedTuple

from troubleshooter.diagnosis.model import Span
from troubleshooter.diagnosis.redact import credentials, ids, network, people, places
from troubleshooter.diagnosis.redact.marking import Marks, marks
from troubleshooter.diagnosis.text.letters import lowered

__all__ = ["Redacted", "marks", "redact"]

MOST_PASSES = 10
"""A mark that replaced something can lay bare what stood beside it."""

_RULES = (*credentials.RULES, *people.RULES, *ids.RULES, *places.RULES, *network.RULES, *credentials.LAST_RULES)
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


class Redacted(NamedTuple):
    """`text` can always be stored and shown; `hidden` are the places of the marks that replaced something."""

    text: str
    hidden: tuple[Span, ...]


def redact(text: str) -> Redacted:
    """The text without what is personal or secret. Redacting twice changes nothing.

    Two different ids, tenants or environments get marks of different numbers, the same one the same number.
    """
    text = _UNPRINTABLE.sub("\ufffd", text)
    given = Marks(text)
    for _ in range(MOST_PASSES):
        before, text = text, _pass(text, given)
        if text == before:
            break
    text = given.in_order(text)
    return Redacted(text, marks(text))


def _pass(text: str, given: Marks) -> str:
    given.kept = ids.kept(text)
    lower = lowered(text)
    for rule in _RULES:
        if any(hint in lower for hint in rule.hints):
            before, text = text, rule.applied(text, lower, given)
            if text != before:
                lower = lowered(text)
    return text

"""The words people read for the values that documents and diagnoses state: times, places, people, match."""

from collections.abc import Iterable
from typing import NamedTuple

from guides.document import Step
from troubleshooter.diagnosis.model import Match

WHERE = {"source": "Source", "target": "Target", "either": "Either"}
WHO = {
    "maker": "the maker",
    "flow-owner": "the flow owner",
    "connection-owner": "the connection owner",
    "environment-admin": "an environment admin",
    "anyone": "anyone",
}
NOT_SURE = "I am not sure"
"""The choice that every question has beside its own."""

CODE_GROUPS = {
    "app-and-flow": "App and flow",
    "connections": "Connections",
    "install": "Install",
    "http": "HTTP",
    "expressions": "Expressions",
}


class MatchWord(NamedTuple):
    """The one word for how well a guide fits, and the sentence that explains it."""

    word: str
    meaning: str


MATCH = {
    Match.EXACT: MatchWord("Exact", "The error code is the one of this guide."),
    Match.LIKELY: MatchWord("Likely", "The message or your answers fit this guide."),
    Match.GENERAL: MatchWord("General", "Nothing speaks against it. Other problems look the same."),
}


def duration(shortest: int, longest: int) -> str:
    """A range of minutes in words: “About 2 minutes”, “10 to 20 minutes”, “30 minutes to 2 hours”."""
    (low, low_unit), (high, high_unit) = _amount(shortest), _amount(longest)
    if shortest in (0, longest):
        return f"About {high} {high_unit}"
    return f"{low} to {high} {high_unit}" if low_unit == high_unit else f"{low} {low_unit} to {high} {high_unit}"


def _amount(minutes: int) -> tuple[int, str]:
    """Whole hours as hours, all else as minutes, with the unit in its number."""
    number, unit = (minutes // 60, "hour") if minutes and minutes % 60 == 0 else (minutes, "minute")
    return number, unit if number == 1 else f"{unit}s"


def people(steps: Iterable[Step]) -> str:
    """Who takes part in some steps, each once and in their order: “The maker and an environment admin”."""
    names = list(dict.fromkeys(WHO[step.who] for step in steps if step.who != "anyone")) or [WHO["anyone"]]
    joined = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return joined[0].upper() + joined[1:]

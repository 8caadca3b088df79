"""The words people read for the values that documents and diagnoses state: times, places, people, match, results."""

from collections.abc import Iterable, Mapping
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

SAID: Mapping[str, str] = {
    "worked": "it works now",
    "same": "the same error",
    "new": "a new error",
    "could-not": "you could not do it",
}
"""What somebody said of a mitigation they tried, in the middle of a sentence. Only what did not work is evidence."""

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
    Match.GENERAL: MatchWord("General", "It is not ruled out. Other problems look the same."),
}


def duration(shortest: int, longest: int) -> str:
    """A range of minutes in words: “About 2 minutes”, “10 to 20 minutes”, “30 minutes to 2 hours”."""
    if shortest in (0, longest):
        return f"About {_amount(longest)}"
    (low, low_unit), (_, high_unit) = (_amount(minutes).split() for minutes in (shortest, longest))
    same_unit = low_unit.rstrip("s") == high_unit.rstrip("s")
    return f"{low if same_unit else _amount(shortest)} to {_amount(longest)}"


def _amount(minutes: int) -> str:
    """Whole hours as hours, all else as minutes."""
    number, unit = (minutes // 60, "hour") if minutes and minutes % 60 == 0 else (minutes, "minute")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def people(steps: Iterable[Step]) -> str:
    """Who takes part in some steps, each once and in their order: “The maker and an environment admin”."""
    names = list(dict.fromkeys(WHO[step.who] for step in steps if step.who != "anyone")) or [WHO["anyone"]]
    joined = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return joined[0].upper() + joined[1:]

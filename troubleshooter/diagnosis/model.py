"""The frozen vocabulary of a diagnosis: what curators state, what is known, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

UNSURE = "unsure"
TEXT_GROUP = "error-text"
"""The question group a pasted text belongs to: its questions are settled by one observation."""
CODE_GROUP = "error-code"
"""The group of questions about the code in the error: settled too, unless the observation leaves several guides."""


class Word(StrEnum):
    """How often somebody with a problem would give an answer, or a mitigation cures it."""

    ALWAYS = "always"
    USUALLY = "usually"
    SOMETIMES = "sometimes"
    RARELY = "rarely"
    NEVER = "never"


class Match(StrEnum):
    """How well a guide fits, in the only three words people ever see (never a percentage)."""

    EXACT = "exact"
    LIKELY = "likely"
    GENERAL = "general"


class Kind(StrEnum):
    """The kinds of fact. The first four are observations of a text: at most one of them counts."""

    CODE = "code"
    HEX = "hex"
    MESSAGE = "message"
    STATUS = "status"
    UNKNOWN = "unknown"
    ABOUT = "about"
    ANSWER = "answer"
    TRIED = "tried"


OBSERVATIONS = (Kind.CODE, Kind.HEX, Kind.MESSAGE, Kind.STATUS)
"""Strongest first: where an address holds several, the first of this order counts."""


class Result(StrEnum):
    """What became of a mitigation that was tried."""

    SAME = "same"
    NEW = "new"
    COULD_NOT = "could-not"


class Fact(NamedTuple):
    """One thing that is known.

    kind=code|hex|status: `value` is the token. kind=message: the key of a message template, or the
    reference of the guide whose phrase was recognised. kind=unknown: a token no guide knows, or "1".
    kind=about: the reference of a guide that plain words point to. kind=answer: `value` is the
    question, `detail` the choice or "unsure". kind=tried: `value` is the mitigation, `detail` a Result.
    """

    kind: Kind
    value: str
    detail: str = ""


Evidence = frozenset[Fact]
"""What is known; a set, so the order in which things became known never matters."""


ANY_CODE = "1"
"""The value of an unknown fact where a text was read and held nothing that we know."""

NOTHING_KNOWN: Evidence = frozenset({Fact(Kind.UNKNOWN, ANY_CODE)})
"""What is known after a text in which nothing was recognised."""

MOST_ABOUT = 3
"""Guides that the plain words of one text may point to."""


def is_grounded(evidence: Evidence) -> bool:
    """Whether an observation or an answer is known, which lead to a guide; all other facts are hints or tries."""
    return any(fact.kind in (*OBSERVATIONS, Kind.ANSWER) and fact.detail != UNSURE for fact in evidence)


class Condition(NamedTuple):
    """Holds when this question was answered with this choice."""

    question: str
    choice: str


@dataclass(frozen=True)
class Choice:
    slug: str
    text: str
    summary: str
    normal: Word | None = None
    """What people say whose guide says nothing about the question; None shares what is left."""


@dataclass(frozen=True)
class Question:
    slug: str
    text: str
    choices: tuple[Choice, ...]
    hint: str = ""
    minutes: float = 1.0
    group: str = ""
    only_if: Condition | None = None

    @property
    def family(self) -> str:
        """Of the questions of one family only one counts: those of a group, or the question alone."""
        return self.group or f"question {self.slug}"

    def choice(self, slug: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.slug == slug), None)


@dataclass(frozen=True)
class Code:
    """A code, HTTP status or hex number that a system prints, as the guides that name it know it."""

    token: str
    meaning: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()
    generic: bool = False
    """True: other systems print it too, so it counts only together with a message of its guide."""

    @property
    def kind(self) -> Kind:
        """Three digits are an HTTP status, a leading 0x a hex number, all else a named code."""
        if len(self.token) == 3 and self.token.isdigit():
            return Kind.STATUS
        return Kind.HEX if self.token.lower().startswith("0x") else Kind.CODE


@dataclass(frozen=True)
class Message:
    """An error text with `<placeholders>` for what varies; every essential text must be present."""

    key: str
    template: str
    essential: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mitigation:
    reference: str
    title: str
    minutes: float
    """The middle of the stated range, for weighing one mitigation against another."""


@dataclass(frozen=True)
class Remedy:
    """A mitigation as one guide uses it."""

    mitigation: str
    works: Word
    cause: str = ""
    when: Condition | None = None


@dataclass(frozen=True)
class Guide:
    reference: str
    slug: str
    title: str
    meaning: str = ""
    targets: tuple[str, ...] = ()
    """References this fork leads to. A guide with targets is never a hypothesis itself."""
    codes: tuple[Code, ...] = ()
    messages: tuple[Message, ...] = ()
    phrases: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    """Titles and texts of the causes, which plain words are compared with."""
    expects: Mapping[str, Mapping[str, Word]] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()
    common: Word | None = None
    learned: float = 1.0
    """How much commoner the problem is than `common` says, as outcomes have shown (see `learning`)."""

    @property
    def is_fork(self) -> bool:
        return bool(self.targets)


@dataclass(frozen=True, eq=False)
class Model:
    """Everything live at one content version. Tuples are in curator order, which breaks ties.

    Two models are equal only when they are the same one, so what is compiled from a model can be cached for it.
    """

    guides: tuple[Guide, ...]
    questions: tuple[Question, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    patience: float = 4.0
    """What a minute of answering costs, in minutes of repair: people lose patience before they lose time."""

    @cached_property
    def guide(self) -> Mapping[str, Guide]:
        """Guides by reference."""
        return {guide.reference: guide for guide in self.guides}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by slug."""
        return {question.slug: question for question in self.questions}

    @cached_property
    def mitigation(self) -> Mapping[str, Mitigation]:
        """Mitigations by reference."""
        return {mitigation.reference: mitigation for mitigation in self.mitigations}

    @cached_property
    def hypotheses(self) -> tuple[Guide, ...]:
        """The guides that can be the answer: all but the forks."""
        return tuple(guide for guide in self.guides if not guide.is_fork)

    @cached_property
    def code(self) -> Mapping[str, Code]:
        """Codes by their token in lower case."""
        return {code.token.lower(): code for guide in reversed(self.guides) for code in guide.codes}

    @cached_property
    def observed_by(self) -> Mapping[tuple[Kind, str], tuple[Guide, ...]]:
        """The guides each observation points to, in curator order; forks included.

        Keys are (kind, value in lower case); a guide's own reference stands for its phrases.
        """
        found: dict[tuple[Kind, str], list[Guide]] = {}
        for guide in self.guides:
            keys = [(code.kind, code.token.lower()) for code in guide.codes]
            keys += [(Kind.MESSAGE, message.key.lower()) for message in guide.messages]
            keys += [(Kind.MESSAGE, guide.reference.lower())] if guide.phrases else []
            for key in dict.fromkeys(keys):
                found.setdefault(key, []).append(guide)
        return {key: tuple(guides) for key, guides in found.items()}


# What to read in a text (recognise.py)


class Span(NamedTuple):
    """Characters start..end (end excluded) of the redacted text."""

    start: int
    end: int


@dataclass(frozen=True)
class Seen:
    """One thing recognised in a text; `span` is None where it cannot be pointed at."""

    fact: Fact
    span: Span | None = None


@dataclass(frozen=True)
class Reading:
    """What was read in one pasted text.

    `text` is the redacted text; `seen` becomes evidence, the one observation first; `others` are further
    errors in the same text, innermost first, shown as links and never used as evidence; `hidden` are the
    places where something personal was replaced; `shortened` says that only head and tail were read.
    """

    text: str
    seen: tuple[Seen, ...] = ()
    others: tuple[Seen, ...] = ()
    hidden: tuple[Span, ...] = ()
    shortened: bool = False

    @property
    def evidence(self) -> Evidence:
        """The facts that were seen: of a text that says nothing we know that it does, of no text none."""
        return frozenset(seen.fact for seen in self.seen)


# What to do next (decide.py)


@dataclass(frozen=True)
class Ask:
    question: Question


@dataclass(frozen=True)
class Open:
    guide: Guide
    mitigation: str
    """Reference of the mitigation to try first; "" where the guide has none left to offer."""


@dataclass(frozen=True)
class Choose:
    guides: tuple[Guide, ...]


@dataclass(frozen=True)
class HandOver:
    reason: str


Turn = Ask | Open | Choose | HandOver


@dataclass(frozen=True)
class Candidate:
    """A guide in the ranking, with the reasons that are true of it."""

    guide: Guide
    match: Match
    reasons: tuple[str, ...]
    mitigation: str
    """Reference of the mitigation to try first; "" for a fork or where all were tried."""
    likely: bool
    """Likely now (at least a twentieth of the leader's belief, at most seven), or "less likely now"."""
    is_spoken_for: bool = False
    """Whether it is likely and something told speaks for it, not only nothing against it."""


@dataclass(frozen=True)
class Diagnosis:
    """The whole answer to one evidence set, for the page and the API alike."""

    evidence: Evidence
    turn: Turn
    match: Match | None
    """Set only when something recognised points to a guide; plain words alone leave it None."""
    reason: str
    """One plain sentence: why this turn."""
    ranking: tuple[Candidate, ...]
    """Best first: the likely ones, then those less likely now."""
    at_most: int | None
    """Questions that can still follow the one asked; None when nothing is asked."""
    asked: int
    """Questions answered so far, "not sure" included."""
    notes: tuple[str, ...] = ()
    """What was dropped from the address, in plain sentences."""

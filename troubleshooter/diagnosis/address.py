"""The evidence as the query string of a diagnosis, and back: the whole state of a conversation is its address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from troubleshooter.diagnosis.belief import applicable_answers
from troubleshooter.diagnosis.model import MOST_ABOUT, OBSERVATIONS, UNSURE, Evidence, Fact, Kind, Model, Result
from troubleshooter.diagnosis.tables import compiled

MOST_PAIRS = 60
LONGEST_VALUE = 80
LONGEST_ABOUT = 300
HELD = "held"
"""The key that names the held text in the visitor's session; it is no evidence."""

ANSWER_PREFIX = "q."
OUT_OF_DATE = "This page is out of date. We kept your other answers."


def to_query(evidence: Evidence) -> str:
    """The evidence as a query string: keys sorted, so the same evidence always has the same address."""
    pairs = []
    for fact in evidence:
        if fact.kind is Kind.ANSWER:
            pairs.append((ANSWER_PREFIX + fact.value, fact.detail))
        elif fact.kind is Kind.TRIED:
            pairs.append((fact.kind.value, f"{fact.value}.{fact.detail}"))
        elif fact.kind is not Kind.ABOUT:
            pairs.append((fact.kind.value, fact.value))
    about = sorted((fact.value for fact in evidence if fact.kind is Kind.ABOUT), key=lambda value: (len(value), value))
    if about:
        pairs.append((Kind.ABOUT.value, ",".join(about)))
    return urlencode(sorted(pairs), safe=",", errors="replace", quote_via=quote)


def from_query(pairs: Iterable[tuple[str, str]], model: Model) -> tuple[Evidence, tuple[str, ...]]:
    """The evidence in the pairs of a query string, and plain sentences about what was left out.

    Anything is accepted. Where parts contradict each other the first in curator order counts; of several
    observations the strongest kind; of several results of one fix "same", then "new", then "could not".
    """
    reader = _Reader(model)
    for number, (key, value) in enumerate(pairs):
        if number == MOST_PAIRS:
            reader.note(f"This address was too long. We read the first {MOST_PAIRS} parts.")
            break
        reader.read(_clean(key), _clean(value))
    return reader.evidence(), reader.notes()


class _Reader:
    """Collects what the pairs say, then settles contradictions."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._facts: set[Fact] = set()
        self._notes: dict[str, None] = {}
        self._strange: dict[str, None] = {}

    def note(self, sentence: str) -> None:
        self._notes[sentence] = None

    def notes(self) -> tuple[str, ...]:
        strange = ", ".join(self._strange)
        left_out = [f"We left out what we do not know in this address: {_cut(strange)}."] if strange else []
        return (*self._notes, *left_out)

    def read(self, key: str, value: str) -> None:
        if key == HELD or not value:
            return
        if len(value) > (LONGEST_ABOUT if key == Kind.ABOUT else LONGEST_VALUE):
            self.note("A part of this address was too long, so we left it out.")
        elif key.startswith(ANSWER_PREFIX):
            self._read_answer(key.removeprefix(ANSWER_PREFIX), value)
        elif key in OBSERVATIONS:
            self._read_observation(Kind(key), value)
        elif key == Kind.UNKNOWN:
            self._facts.add(Fact(Kind.UNKNOWN, value))
        elif key == Kind.ABOUT:
            self._read_about(value)
        elif key == Kind.TRIED:
            self._read_tried(value)
        else:
            self._strange[key] = None

    def evidence(self) -> Evidence:
        """What is kept of the facts that were read; says what is dropped."""
        observations = [fact for fact in self._facts if fact.kind in OBSERVATIONS]
        unknown = sorted(fact for fact in self._facts if fact.kind is Kind.UNKNOWN)
        about = [guide.reference for guide in self._model.guides if Fact(Kind.ABOUT, guide.reference) in self._facts]
        kept = set(unknown[:1]) | {Fact(Kind.ABOUT, reference) for reference in about[:MOST_ABOUT]}
        if observations:
            kept.add(min(observations, key=self._strength))
        if len(observations) > 1 or len(unknown) > 1 or len(about) > MOST_ABOUT:
            self.note("This address holds more than one error. We used the strongest.")
        return frozenset(kept | self._answers() | self._tried())

    def _read_observation(self, kind: Kind, value: str) -> None:
        """Codes in any spelling we know; a code that no guide knows is worth saying so."""
        if kind is Kind.MESSAGE:
            fact = Fact(kind, value.upper() if value.upper() in self._model.guide else value.lower())
        else:
            wanted = value.strip(" '\"`").lower()
            code = self._model.code.get(wanted) or compiled(self._model).alias.get(wanted)
            fact = Fact(code.kind, code.token) if code else Fact(kind, value)
        if (fact.kind, fact.value.lower()) in self._model.observed_by:
            self._facts.add(fact)
        elif kind in (Kind.CODE, Kind.HEX):
            self._facts.add(Fact(Kind.UNKNOWN, value))
        else:
            self.note(OUT_OF_DATE)

    def _read_about(self, value: str) -> None:
        for reference in filter(None, (part.strip() for part in value.split(","))):
            if reference in self._model.guide:
                self._facts.add(Fact(Kind.ABOUT, reference))
            else:
                self.note(OUT_OF_DATE)

    def _read_answer(self, slug: str, value: str) -> None:
        question = self._model.question.get(slug)
        if question and (value == UNSURE or question.choice(value)):
            self._facts.add(Fact(Kind.ANSWER, slug, value))
        else:
            self.note(OUT_OF_DATE)

    def _read_tried(self, value: str) -> None:
        mitigation, _, result = value.rpartition(".")
        if result not in set(Result):
            self._strange[f"{Kind.TRIED}={value}"] = None
        elif mitigation in self._model.mitigation:
            self._facts.add(Fact(Kind.TRIED, mitigation, result))
        else:
            self.note("A fix you tried is no longer in our guides.")

    def _strength(self, fact: Fact) -> tuple[int, int, str]:
        order = compiled(self._model).observation_order
        return OBSERVATIONS.index(fact.kind), order[fact.kind, fact.value.lower()], fact.value

    def _answers(self) -> set[Fact]:
        kept: list[Fact] = []
        answered = {fact.value for fact in self._facts if fact.kind is Kind.ANSWER}
        for question in (question for question in self._model.questions if question.slug in answered):
            choices = (*(choice.slug for choice in question.choices), UNSURE)
            given = [fact for slug in choices if (fact := Fact(Kind.ANSWER, question.slug, slug)) in self._facts]
            kept += given[:1]
            if len(given) > 1:
                choice = question.choice(given[0].detail)
                self.note(f"One question had two answers. We kept “{choice.text if choice else UNSURE}”.")
        fitting = applicable_answers(compiled(self._model), kept)
        if dropped := len(kept) - len(fitting):
            one = "One answer no longer fits, so we left it out."
            self.note(one if dropped == 1 else f"{dropped} answers no longer fit, so we left them out.")
        return set(fitting)

    def _tried(self) -> set[Fact]:
        kept = set()
        for mitigation in {fact.value for fact in self._facts if fact.kind is Kind.TRIED}:
            rivals = (Fact(Kind.TRIED, mitigation, result) for result in Result)
            given = [fact for fact in rivals if fact in self._facts]
            kept.add(given[0])
            if len(given) > 1:
                self.note("One fix had two results. We kept the first.")
        return kept


def _clean(text: str) -> str:
    """The text without control characters and lone surrogates, so it can stand in an address and on a page."""
    return "".join(character for character in text if character.isprintable()).strip()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"

"""Read a pasted error text: redact it, find what guides know in it, and settle on the one observation that counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from troubleshooter.diagnosis.model import ANY_CODE, MOST_ABOUT, Fact, Kind, Model, Reading, Seen
from troubleshooter.diagnosis.redact import marks, redact
from troubleshooter.diagnosis.text.codes import CodeIndex
from troubleshooter.diagnosis.text.context import TELLING_WORDS, is_foreign
from troubleshooter.diagnosis.text.hints import HintIndex
from troubleshooter.diagnosis.text.hits import Hit
from troubleshooter.diagnosis.text.mending import Mender
from troubleshooter.diagnosis.text.normalise import Plain, once, plain, words_of
from troubleshooter.diagnosis.text.phrases import PhraseIndex
from troubleshooter.diagnosis.text.senses import Token, tokens_of
from troubleshooter.diagnosis.text.statuses import AS_NUMBER, STATUS_WORDS, StatusIndex, is_server_error
from troubleshooter.diagnosis.text.templates import TemplateIndex, message_guides

MOST_READ = 20_000
"""Characters read; of a longer text head and tail."""
MIDDLE = " … "
RECOGNISED = 0.55
"""Share of a message from which it counts as recognised."""
RECOGNISED_IN_FOREIGN = 0.9
HINTED = 0.3
"""Share of a message from which its guides are a hint."""
SURE = 2
"""How sure a code, a hex number or a message is; a status or a phrase is less sure, all else is not."""

_MARK_CUT = re.compile(r"\[[\w ]{0,20}$")
_TIMEOUT = re.compile(r" time-?out$")
_MARK_REST = re.compile(r"^[\w ]{0,20}\]")


def compile_recogniser(model: Model) -> Recogniser:
    """The recogniser of one content version; the same model gives the same readings."""
    codes, templates = CodeIndex(model), TemplateIndex(model)
    mender = Mender(chain(codes.words(), templates.words(), _words_of_phrases(model), STATUS_WORDS, TELLING_WORDS))
    statuses, phrases, hints = StatusIndex(model), PhraseIndex(model), HintIndex(model)
    return Recogniser(model, codes, statuses, templates, phrases, hints, message_guides(model), mender)


@dataclass(frozen=True)
class _Found:
    """Everything seen in a text, before one observation is chosen."""

    plain: Plain
    foreign: bool
    """Whether the text speaks of other software, where a status or an everyday word says nothing."""
    codes: list[Hit]
    messages: list[Hit]
    unknown: list[Hit]
    half_messages: Sequence[Hit] = ()
    numbers: Sequence[Hit] = ()
    """Statuses written as numbers, and reason phrases that count as much."""
    reasons: Sequence[Hit] = ()
    """Statuses written as words."""
    phrases: Sequence[Hit] = ()
    said: Sequence[Token] = ()
    """Its words by what they mean."""


@dataclass(frozen=True)
class Recogniser:
    """What guides know of error texts, indexed once."""

    model: Model
    codes: CodeIndex
    statuses: StatusIndex
    templates: TemplateIndex
    phrases: PhraseIndex
    hints: HintIndex
    guides_of_message: Mapping[str, frozenset[str]]
    mender: Mender

    def with_hints_of(self, model: Model) -> Recogniser:
        """The recogniser of a model that says the same but for the texts that plain words are compared with."""
        return replace(self, model=model, hints=HintIndex(model))

    def claims_like(self, other: Recogniser) -> bool:
        """Whether both see the same in every text, hints apart: these never claim a guide."""
        return self.phrases is other.phrases

    def read(self, text: str) -> Reading:
        """What a text says. Never raises; time grows with the first MOST_READ characters only, but for redaction."""
        redacted, shortened = _shortened(redact(text).text)
        hidden = marks(redacted)
        if not redacted.strip():
            return Reading(redacted, hidden=hidden, shortened=shortened)
        found, chosen = self._best(self.mender.joined(once(plain(redacted))))
        others = [] if not chosen else self._others(found, chosen[0])
        seen = chosen or [Hit(Fact(Kind.UNKNOWN, ANY_CODE), 0, 0)]
        return Reading(redacted, _seen(found.plain, seen), _seen(found.plain, others), hidden, shortened)

    def _best(self, plain: Plain) -> tuple[_Found, list[Hit]]:
        """What the text says; where that is little, what it says once its misspelt words are mended."""
        found = self._find(plain)
        chosen = self._choose(found)
        sure = self._sureness(chosen)
        if sure < SURE and not found.foreign and (mended := self.mender.mended(plain)) is not plain:
            again = self._find(mended)
            if again.foreign:
                return again, self._choose(again)
            # Only codes and messages are mended: an ordinary word that looks like one of theirs is no misspelling.
            again = replace(again, phrases=found.phrases, said=found.said)
            better = self._choose(again)
            if self._sureness(better) > sure or (_is_status(chosen) and _is_status(better)):
                return again, better
        return found, chosen

    def _sureness(self, chosen: list[Hit]) -> int:
        kind = chosen[0].fact.kind if chosen else Kind.UNKNOWN
        if kind is Kind.STATUS or (kind is Kind.MESSAGE and chosen[0].fact.value in self.model.guide):
            return SURE - 1
        return SURE if kind in (Kind.CODE, Kind.HEX, Kind.MESSAGE) else 0

    def _find(self, plain: Plain) -> _Found:
        foreign = is_foreign(plain)
        parts = self.templates.find(plain)
        messages = [hit for hit in parts if hit.weight >= (RECOGNISED_IN_FOREIGN if foreign else RECOGNISED)]
        quoting = {reference for hit in messages for reference in self.guides_of_message[hit.fact.value]}
        codes, unknown = [], list(self.codes.unknown(plain))
        for hit in (*self.codes.known(plain), *self.codes.hexes(plain)):
            if self._counts(hit.fact, quoting):
                codes.append(hit)
            else:
                unknown.append(replace(hit, fact=Fact(Kind.UNKNOWN, hit.fact.value), weight=0.5))
        if foreign:
            return _Found(plain, foreign, codes, messages, unknown)
        said = tokens_of(plain)
        reasons = list(self.statuses.reasons(plain))
        return _Found(
            plain,
            foreign,
            codes,
            messages,
            unknown,
            half_messages=[hit for hit in parts if HINTED <= hit.weight < RECOGNISED],
            numbers=[*self.statuses.numbers(plain), *(hit for hit in reasons if hit.weight == AS_NUMBER)],
            reasons=reasons,
            phrases=self.phrases.find(said),
            said=said,
        )

    def _counts(self, fact: Fact, quoting: set[str]) -> bool:
        """A code that other systems print too counts only beside a message of one of its guides."""
        code = self.model.code.get(fact.value.lower())
        return code is not None and (not code.generic or not quoting.isdisjoint(self._leads_to(fact)))

    def _choose(self, found: _Found) -> list[Hit]:
        """The one observation; or else an unknown code and the guides that plain words point to."""
        for kind in (Kind.CODE, Kind.HEX):
            if codes := [hit for hit in found.codes if hit.fact.kind is kind]:
                return [_innermost(codes)]
        if found.messages:
            return [max(found.messages, key=lambda hit: round(hit.weight * hit.size, 9))]
        status = self._status(found)
        if status and status.fact.kind is Kind.STATUS:
            return [status]
        if status and not (found.phrases and (self._says_little(status) or self._says_late(found, status))):
            return [status, *self._hints(found, found.phrases)]
        disagreeing = [hit for hit in found.numbers if hit.fact.kind is Kind.STATUS]
        if found.phrases and not disagreeing and not self.phrases.is_elsewhere(found.said):
            return [found.phrases[0]]
        return self._hints(found, (*found.phrases, *disagreeing))

    def _status(self, found: _Found) -> Hit | None:
        """The status or unknown code that counts.

        A number beats an unknown name. Of name and reason phrase the inner one wins; at the same depth a server's
        own error stands whatever its name, and other reasons only where no name follows.
        """
        if found.numbers:
            number = _innermost(found.numbers)
            rivals = [hit for hit in found.numbers if hit.depth == number.depth]
            if number.depth > 0 or len({self._leads_to(hit.fact) for hit in rivals}) == 1:
                return number
            return None
        if not found.reasons:
            return _innermost(found.unknown) if found.unknown else None
        reason = _innermost(found.reasons)
        names = [hit for hit in found.unknown if hit.weight >= 1 and hit.depth >= reason.depth]
        if is_server_error(reason.fact.value):
            names = [hit for hit in names if hit.depth > reason.depth]
        else:
            names = [hit for hit in names if (hit.depth, hit.start) > (reason.depth, reason.start)]
        return _innermost(names) if names else reason

    def _says_little(self, unknown: Hit) -> bool:
        """True for a number that a guide only knows beside its message: plain words beside it say more."""
        return unknown.fact.value.lower() in self.model.code

    def _says_late(self, found: _Found, unknown: Hit) -> bool:
        """True for a time-out in somebody's own words, "gateway timeout", that no guide knows by its number."""
        written = found.plain.text[unknown.start : unknown.end]
        return unknown.fact.kind is Kind.UNKNOWN and written.islower() and _TIMEOUT.search(written) is not None

    def _hints(self, found: _Found, hits: Iterable[Hit]) -> list[Hit]:
        """At most MOST_ABOUT guides that weaker signs point to, strongest first."""
        hints: dict[str, Hit] = {}
        for hit in (*hits, *found.half_messages, *self.hints.find(found.said)):
            for reference in self._leads_to(hit.fact):
                hints.setdefault(reference, Hit(Fact(Kind.ABOUT, reference), hit.start, hit.end))
        return list(hints.values())[:MOST_ABOUT]

    def _others(self, found: _Found, chosen: Hit) -> list[Hit]:
        """Further errors in the text that lead elsewhere, innermost first."""
        known, others = set(self._leads_to(chosen.fact)), []
        for hit in sorted((*found.codes, *found.messages), key=lambda hit: (-hit.depth, hit.start)):
            references = set(self._leads_to(hit.fact))
            if not references & known:
                known |= references
                others.append(hit)
        return others

    def _leads_to(self, fact: Fact) -> tuple[str, ...]:
        """References of the guides a fact points to, in curator order."""
        if fact.value in self.model.guide:
            return (fact.value,)
        return tuple(guide.reference for guide in self.model.observed_by.get((fact.kind, fact.value.lower()), ()))


def _words_of_phrases(model: Model) -> Iterator[str]:
    return (word for guide in model.guides for phrase in guide.phrases for word in words_of(phrase))


def _is_status(chosen: list[Hit]) -> bool:
    return bool(chosen) and chosen[0].fact.kind is Kind.STATUS


def _innermost(hits: Sequence[Hit]) -> Hit:
    return max(hits, key=lambda hit: (hit.depth, hit.weight, -hit.start))


def _shortened(text: str) -> tuple[str, bool]:
    """Head and tail of a text that is too long; no mark of the redaction is cut in two."""
    if len(text) <= MOST_READ:
        return text, False
    half = (MOST_READ - len(MIDDLE)) // 2
    head, tail = _MARK_CUT.sub("", text[:half]), _MARK_REST.sub("", text[-half:])
    return head + MIDDLE + tail, True


def _seen(plain: Plain, hits: list[Hit]) -> tuple[Seen, ...]:
    return tuple(Seen(hit.fact, plain.span(hit.start, hit.end) if hit.end > hit.start else None) for hit in hits)

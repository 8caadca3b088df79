"""Codes, messages and phrases that recognition does not find where they stand, or finds where they do not belong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from troubleshooter.diagnosis.lint.foreign_texts import FOREIGN_TEXTS
from troubleshooter.diagnosis.lint.problem import Defect, Problem
from troubleshooter.diagnosis.model import Fact, Guide, Kind, Model, Reading
from troubleshooter.diagnosis.recognise import Recogniser
from troubleshooter.diagnosis.text.normalise import plain, words_of
from troubleshooter.diagnosis.text.phrases import PhraseIndex
from troubleshooter.diagnosis.text.senses import tokens_of
from troubleshooter.diagnosis.text.templates import PLACEHOLDER

STAND_IN = "Orders"
"""What stands in the place of a placeholder where a message is tried on itself."""

LONGER = 4
"""Letters of a word that is more than "the" or "is"."""

_PROOFS = frozenset({Kind.CODE, Kind.HEX, Kind.MESSAGE})
"""What claims a guide; statuses are general on purpose, and hints claim nothing."""


def of_signatures(recogniser: Recogniser, only: Collection[str] | None = None) -> Iterator[Problem]:
    """What is wrong with the signatures of each guide; `only` those of these references."""
    owners = _owners(recogniser.model.guides)
    for guide in recogniser.model.guides:
        if only is None or guide.reference in only:
            yield from _codes(guide, recogniser)
            yield from _messages(guide, recogniser)
            yield from _phrases(guide, recogniser, owners)
    texts = FOREIGN_TEXTS if only is None else _sharing_words(recogniser, only)
    for problem in _too_general(recogniser, texts):
        if only is None or problem.key in only:
            yield problem


def _codes(guide: Guide, recogniser: Recogniser) -> Iterator[Problem]:
    for code in guide.codes:
        for spelling in (code.token, *code.aliases):
            reading = recogniser.read(f"HTTP {spelling}" if code.kind is Kind.STATUS else f"Error code: {spelling}")
            named = {fact.value.lower() for fact in _facts(reading)}
            if code.token.lower() not in named and guide.reference not in _pointed(reading, recogniser):
                sentence = f"The code “{spelling}” is not found even in a text with nothing else. Check its spelling."
                yield Problem(Defect.CODE_NOT_READ, guide.reference, sentence, field="codes")


def _messages(guide: Guide, recogniser: Recogniser) -> Iterator[Problem]:
    for message in guide.messages:
        reading = recogniser.read(PLACEHOLDER.sub(STAND_IN, message.template))
        if guide.reference not in _pointed(reading, recogniser):
            sentence = (
                f"The message “{message.template}” is not found even in itself. "
                "Keep more of its words, and placeholders only for what varies."
            )
            yield Problem(Defect.MESSAGE_NOT_READ, guide.reference, sentence, field="messages")


def _phrases(guide: Guide, recogniser: Recogniser, owners: dict[frozenset[str], list[str]]) -> Iterator[Problem]:
    for phrase in guide.phrases:
        reading = recogniser.read(phrase)
        same = owners[_key(phrase)]
        others = [reference for reference in same if reference != guide.reference] or [
            reference
            for reference in _pointed(reading, recogniser)
            if guide.reference not in _hinted(reading, recogniser)
        ]
        if others:
            names = " and ".join(f"“{recogniser.model.guide[reference].title}”" for reference in dict.fromkeys(others))
            sentence = (
                f"The phrase “{phrase}” leads to {names} as well. Say in it what only people with this problem see."
            )
            yield Problem(Defect.SHARED_PHRASE, guide.reference, sentence, field="phrases")
        elif guide.reference not in _hinted(reading, recogniser):
            sentence = (
                f"The phrase “{phrase}” is not found even in itself. Write at least two words that say something."
            )
            yield Problem(Defect.PHRASE_NOT_READ, guide.reference, sentence, field="phrases")
    seen: set[frozenset[str]] = set()
    for phrase in guide.phrases:
        if _key(phrase) in seen:
            sentence = f"The phrase “{phrase}” has the same words as another one of this guide. Remove it."
            yield Problem(Defect.REPEATED_PHRASE, guide.reference, sentence, field="phrases")
        seen.add(_key(phrase))


def _sharing_words(recogniser: Recogniser, only: Collection[str]) -> Iterator[str]:
    """The foreign texts with a longer word of these guides, or one that means the same as theirs.

    Among hundreds of guides every reading takes its time.
    """
    guides = (recogniser.model.guide[reference] for reference in only)
    own = frozenset(word for guide in guides for text in _texts(guide) for word in _words_and_meanings(text))
    return (text for text in FOREIGN_TEXTS if not own.isdisjoint(_words_and_meanings(text)))


@lru_cache(maxsize=len(FOREIGN_TEXTS))
def _words_and_meanings(text: str) -> frozenset[str]:
    longer = (word for word in words_of(text) if len(word) >= LONGER)
    return frozenset((*longer, *(token.meaning for token in tokens_of(plain(text)))))


def _texts(guide: Guide) -> Iterator[str]:
    yield from (spelling for code in guide.codes for spelling in (code.token, *code.aliases))
    yield from (message.template for message in guide.messages)
    yield from guide.phrases


def _too_general(recogniser: Recogniser, texts: Iterable[str]) -> Iterator[Problem]:
    for text in texts:
        reading = recogniser.read(text)
        for seen in (*reading.seen, *reading.others):
            for guide in _guides(seen.fact, recogniser) if seen.fact.kind in _PROOFS else ():
                what = text[slice(*seen.span)] if seen.span else text
                is_phrase = seen.fact.value == guide.reference
                cause = _phrase_found(guide, text) if is_phrase else ""
                mend = f"phrase “{cause}”" if cause else "message or the phrase"
                sentence = (
                    f"“{what}” is enough to lead to “{guide.title}”, although it stands in a text that does not "
                    f"tell of this problem: “{text}” Make the {mend} say more."
                )
                field = "phrases" if is_phrase else "messages" if seen.fact.kind is Kind.MESSAGE else "codes"
                yield Problem(Defect.TOO_GENERAL, guide.reference, sentence, field=field)


def _phrase_found(guide: Guide, text: str) -> str:
    """The phrase of a guide that a text says; "" where only several of them together were enough."""
    tokens = tokens_of(plain(text))
    alone = ((phrase, Model(guides=(replace(guide, phrases=(phrase,)),))) for phrase in guide.phrases)
    return next((phrase for phrase, model in alone if PhraseIndex(model).find(tokens)), "")


def _owners(guides: Iterable[Guide]) -> dict[frozenset[str], list[str]]:
    """References of the guides that have a phrase of the same words."""
    owners: dict[frozenset[str], list[str]] = {}
    for guide in guides:
        for phrase in guide.phrases:
            owners.setdefault(_key(phrase), []).append(guide.reference)
    return owners


def _key(phrase: str) -> frozenset[str]:
    return frozenset(words_of(phrase))


def _facts(reading: Reading) -> Iterator[Fact]:
    return (seen.fact for seen in (*reading.seen, *reading.others))


def _guides(fact: Fact, recogniser: Recogniser) -> tuple[Guide, ...]:
    return recogniser.model.observed_by.get((fact.kind, fact.value.lower()), ())


def _pointed(reading: Reading, recogniser: Recogniser) -> list[str]:
    """References of the guides that an observation in a text points to."""
    return [guide.reference for fact in _facts(reading) for guide in _guides(fact, recogniser)]


def _hinted(reading: Reading, recogniser: Recogniser) -> list[str]:
    """The same, with those that plain words point to."""
    return [
        *_pointed(reading, recogniser),
        *(fact.value for fact in _facts(reading) if fact.kind is Kind.ABOUT),
    ]

"""What two models have in common, so that a small edit does not compile and decide everything again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from troubleshooter.diagnosis.model import Evidence, Guide, Model


def says_the_same(one: Model, other: Model) -> bool:
    """Whether both make the same diagnosis of everything."""
    return (one.guides, one.questions, one.mitigations) == (other.guides, other.questions, other.mitigations)


def reads_the_same(one: Model, other: Model) -> bool:
    """Whether both recognise the same in every text."""
    return [_signature(guide) for guide in one.guides] == [_signature(guide) for guide in other.guides]


def hints_the_same(one: Model, other: Model) -> bool:
    """Whether plain words point to the same guides in both, which read the same."""
    return [_words(guide) for guide in one.guides] == [_words(guide) for guide in other.guides]


def decides_the_same(one: Model, other: Model) -> Callable[[Evidence], bool] | None:
    """Tells of what was read in a text whether both models are sure to claim the same guide.

    A text is claimed by a guide that it points to, so only the guides that differ matter. None where the models
    differ in more than a few guides: in their questions, or in which problems there are and how common these are.
    """
    known = {guide.reference: guide for guide in one.guides}
    same_problems = [_frequency(guide) for guide in one.guides] == [_frequency(guide) for guide in other.guides]
    if not same_problems or one.questions != other.questions:
        return None
    moved = {row.reference for row in other.mitigations if _cost(one, row.reference) != row.minutes}
    changed = {
        guide.reference
        for guide in other.guides
        if _unspoken(guide) != _unspoken(known[guide.reference])
        or any(remedy.mitigation in moved for remedy in guide.remedies)
    }
    return lambda evidence: changed.isdisjoint([*_pointed(one, evidence), *_pointed(other, evidence)])


def _signature(guide: Guide) -> tuple[object, ...]:
    return guide.reference, guide.targets, guide.codes, guide.messages, guide.phrases


def _words(guide: Guide) -> tuple[object, ...]:
    return guide.reference, guide.title, guide.meaning, guide.causes


def _unspoken(guide: Guide) -> Guide:
    """A guide without the texts that only give hints."""
    return replace(guide, title="", meaning="", causes=())


def _frequency(guide: Guide) -> tuple[object, ...]:
    return guide.reference, guide.is_fork, guide.common, guide.learned


def _cost(model: Model, mitigation: str) -> float | None:
    row = model.mitigation.get(mitigation)
    return row.minutes if row else None


def _pointed(model: Model, evidence: Evidence) -> Iterator[str]:
    """References of all guides that what was read in a text points to, a fork's targets with it."""
    for fact in evidence:
        guides = [*model.observed_by.get((fact.kind, fact.value.lower()), ())]
        guides += [model.guide[fact.value]] if fact.value in model.guide else []
        for guide in guides:
            yield from (guide.reference, *guide.targets)

"""From what readers say became of a fix to how common problems are, and to what curators should think about again.

Only “worked” and “same error” say something about a fix; a new error and “could not do it” do not. A voice (one
browser on one day, or one ticket link) is one case of a guide: however many of its fixes it says worked, it counts
once. What was said about guides that readers do not see any more counts for nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl

from django.db import transaction
from django.utils import timezone

from guides import drafts, knowledge
from guides.knowledge import Knowledge
from guides.library import Library
from guides.models import ContentVersion, Guide
from troubleshooter.cases.models import Outcome, Suggestion
from troubleshooter.diagnosis import address
from troubleshooter.diagnosis import learning as core
from troubleshooter.diagnosis.contradictions import contradictions
from troubleshooter.diagnosis.model import Evidence, Model

MOST_OUTCOMES = 100_000
"""The newest outcomes that are read."""

HALF_LIFE = datetime.timedelta(days=365) / 2
"""After this time an outcome weighs half."""

NOTICEABLE = 0.02
"""A factor that changes by no more than this share leaves all pages as they are."""

APPLIED_EVERY = datetime.timedelta(hours=1)
"""Pages change for what was learned at most this often."""

_ROUNDS = 3
_FIELDS = ("reference", "title", "uses_learned", "learned_factor", "learned_from")
_NOTHING = core.Learned(factor=1.0, votes=0.0)


class BusyError(Exception):
    """Somebody published each time it was worked out, so nothing was applied."""


class Change(NamedTuple):
    """How much commoner a guide's problem is than stated: as its row says so far, and as outcomes say now."""

    guide: Guide
    before: float
    now: core.Learned
    is_live: bool

    @property
    def is_noticeable(self) -> bool:
        moved = abs(self.now.factor / self.before - 1) > NOTICEABLE
        return self.is_live and self.guide.uses_learned and moved


@dataclass(frozen=True)
class Rebuilt:
    """What a look at the outcomes brought.

    `changes` are of all guides that are stored otherwise; `held` are references of guides that keep their factor,
    because with another one a sample would lead elsewhere; `suggestions` are what outcomes contradict. `wait` says
    until when the last application stands; it is set where nothing was looked at.
    """

    changes: tuple[Change, ...] = ()
    held: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    is_applied: bool = False
    wait: datetime.datetime | None = None

    @property
    def guides(self) -> list[Guide]:
        return [change.guide for change in self.changes]

    @property
    def noticeable(self) -> list[Change]:
        """The changes that readers would notice."""
        return [change for change in self.changes if change.is_noticeable]


def rebuild(*, at_once: bool = False, dry_run: bool = False) -> Rebuilt:
    """Work out anew what outcomes say, apply it where something noticeable has changed, and keep what they contradict.

    Nothing happens within an hour of the last application, except `at_once`. Nobody waits while outcomes are read;
    where somebody published meanwhile it starts again, and raises BusyError after a few rounds.
    """
    for _round in range(_ROUNDS):
        if not (at_once or dry_run) and (wait := _wait()):
            return Rebuilt(wait=wait)
        known = knowledge.current()
        found = _look(known)
        if dry_run or not known.guides:
            return found
        with transaction.atomic():
            if str(ContentVersion.hold().stamp) == known.stamp:
                drafts.hold(found.guides)
                return _apply(found)
    raise BusyError


def votes(model: Model) -> Iterator[core.Vote]:
    """What became of the newest fixes: every one that failed, and one a voice and guide of those that worked."""
    helped: set[tuple[str, str]] = set()
    evidence_of, now = _parser(model), timezone.now()
    live = {guide.reference for guide in model.hypotheses}
    for voice, guide, mitigation, result, evidence, created in _rows():
        worked = result == Outcome.Result.WORKED
        if guide not in live or (worked and (voice, guide) in helped):
            continue
        if worked:
            helped.add((voice, guide))
        yield core.Vote(guide, mitigation, worked, evidence_of(evidence), _weight(now - created))


def _rows() -> Iterable[tuple[str, str, str, str, str, datetime.datetime]]:
    """The newest outcomes that say something about a fix, the newest first."""
    results = Outcome.Result
    said = Outcome.objects.filter(result__in=(results.WORKED, results.SAME)).order_by("-created", "-pk")
    fields = ("voice", "guide", "mitigation", "result", "evidence", "created")
    return said.values_list(*fields)[:MOST_OUTCOMES].iterator(chunk_size=2_000)


def _parser(model: Model) -> Callable[[str], Evidence]:
    """Reads kept evidence; what the model does not know is left out. Many cases know the same."""

    @lru_cache(maxsize=4_096)
    def parse(query: str) -> Evidence:
        evidence, _notes = address.from_query(parse_qsl(query), model)
        return evidence

    return parse


def _weight(age: datetime.timedelta) -> float:
    """1 for an outcome of now, half of it after each half-life."""
    return float(0.5 ** max(age / HALF_LIFE, 0.0))


def _wait() -> datetime.datetime | None:
    """When something may be applied again; None where it may be now."""
    last = ContentVersion.objects.filter(pk=1).values_list("learned_at", flat=True).first()
    until = last + APPLIED_EVERY if last else None
    return until if until and until > timezone.now() else None


def _look(known: Knowledge) -> Rebuilt:
    """What outcomes say about the guides that readers see. Other guides stand as stated."""
    model = known.library.with_factors({}).model
    said = list(votes(model))
    rows = {guide.reference: guide for guide in Guide.objects.only(*_FIELDS)}
    learned = core.learned(model, said, kept={key for key, guide in rows.items() if not guide.uses_learned})
    wanted = {key: row.factor for key, row in learned.items() if key in rows and rows[key].uses_learned}
    held = _held(known.library, wanted)
    changes = []
    for key, guide in rows.items():
        now = learned.get(key, _NOTHING)
        if key in held:
            now = replace(now, factor=known.library.factors.get(key, 1.0))
        if (now.factor, now.votes) != (guide.learned_factor, guide.learned_from):
            changes.append(Change(guide, guide.learned_factor, now, is_live=key in learned))
    return Rebuilt(tuple(changes), tuple(sorted(held)), tuple(_suggestions(model, said)))


def _suggestions(model: Model, said: Iterable[core.Vote]) -> Iterator[Suggestion]:
    for row in contradictions(model, said):
        place = {"question": row.question, "choice": row.choice, "mitigation": row.mitigation}
        yield Suggestion(guide=row.guide, **place, word=row.word, fits=row.fits, seen=row.seen, of=row.of)


def _held(library: Library, factors: Mapping[str, float]) -> set[str]:
    """The guides that must keep their factor of now, so that no sample is led astray."""
    held: set[str] = set()
    while True:
        tried = {**factors, **{key: library.factors.get(key, 1.0) for key in held}}
        astray = _astray(library, library.with_factors(tried))
        if astray <= held:
            return held if not astray else set(factors)
        held |= astray


def _astray(before: Library, after: Library) -> set[str]:
    """The guides that win or lose a sample which leads elsewhere than it must."""
    found: set[str] = set()
    for guide in before.guides.values():
        for sample in guide.samples:
            was, now = before.owner(sample.text), after.owner(sample.text)
            if was != now and (now == guide.reference) != (sample.leads == "here"):
                found |= {guide.reference, was, now} - {""}
    return found


def _apply(found: Rebuilt) -> Rebuilt:
    """Store what was found. Factors that readers see change all together or, if nothing is noticeable, not at all.

    Call inside a transaction that holds the content version and the drafts of the guides.
    """
    is_applied = bool(found.noticeable)
    for change in found.changes:
        change.guide.learned_from = change.now.votes
        if is_applied or not (change.is_live and change.guide.uses_learned):
            change.guide.learned_factor = change.now.factor
    Guide.objects.bulk_update(found.guides, ["learned_factor", "learned_from"], batch_size=200)
    Suggestion.replace_all(found.suggestions)
    if is_applied:
        ContentVersion.advance()
        ContentVersion.objects.filter(pk=1).update(learned_at=timezone.now())
    return replace(found, is_applied=is_applied)

"""Stated confidence against truth: whether guides that lead with a share of 80 % are right four times in five."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from statistics import fmean

from tests.evaluation.bench import Bench
from tests.evaluation.figures import Figure, Section
from tests.evaluation.people import BOTH, MISFIT, MOODS, TRUTHFUL, commonness
from tests.evaluation.simulation import Site, World
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.model import Evidence

PEOPLE = 6_000
WORLDS = 20
BINS = 10

Claim = tuple[float, bool]
"""The share of the guide that leads when asking ends, and whether it is the right one."""


def measure(bench: Bench) -> Section:
    """`short` asks a tenth of the people."""
    many, site, common = PEOPLE // (10 if bench.short else 1), Site(bench.model), commonness(bench.model)
    shares: dict[Evidence, tuple[float, int]] = {}
    figures, lines = list[Figure](), list[str]()
    for misfit, worlds in ((0.0, 1), (MISFIT, WORLDS)):
        for mood in (TRUTHFUL, BOTH):
            wrong, unsure = MOODS[mood]
            drawn = partial(World, bench.model, common, wrong=wrong, unsure=unsure, misfit=misfit)
            places = range(300, 300 + worlds)
            found = [claim for number in places for claim in claims(site, drawn(number), many // worlds, shares)]
            named = f"{mood}, content's words {'wrong' if misfit else 'right'}"
            figures += _figures(named, found, compared=not bench.short)
            lines += [named, *_table(found)]
    return Section("Calibration", tuple(figures), "\n".join(lines))


def claims(site: Site, world: World, many: int, known: dict[Evidence, tuple[float, int]]) -> Iterator[Claim]:
    """What is claimed when asking first ends, by person. `known` keeps what was worked out."""
    for person in map(world.person, range(many)):
        evidence = site.first_stop(person)
        if evidence not in known:
            belief = weigh(site.model, evidence).belief
            known[evidence] = belief.shares[belief.leading[0]], belief.leading[0]
        share, leader = known[evidence]
        yield share, leader == person.problem


def calibration_error(claimed: Sequence[Claim]) -> float:
    """How far stated shares are from the truth on average, in percentage points, over bins of equal width."""
    return 100 * sum(
        len(bin_) / len(claimed) * abs(fmean(share for share, _ in bin_) - fmean(right for _, right in bin_))
        for bin_ in _bins(claimed).values()
    )


def brier(claimed: Sequence[Claim]) -> float:
    """Mean squared distance of the stated share from 1 where it was right and from 0 where not."""
    return fmean((share - right) ** 2 for share, right in claimed)


def _bins(claimed: Sequence[Claim]) -> Mapping[int, Sequence[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in claimed:
        found.setdefault(min(int(claim[0] * BINS), BINS - 1), []).append(claim)
    return dict(sorted(found.items()))


def _figures(named: str, claimed: Sequence[Claim], *, compared: bool) -> Iterator[Figure]:
    """Few people say too little to be compared with what was kept."""
    error, distance = calibration_error(claimed), brier(claimed)
    yield Figure(f"ECE, {named}", error, "points", limit=10, goal=3, slack=1 if compared else None)
    yield Figure(f"Brier, {named}", distance, slack=0.01 if compared else None)


def _table(claimed: Sequence[Claim]) -> Iterator[str]:
    for bin_, row in _bins(claimed).items():
        stated, true = (100 * fmean(column) for column in zip(*row, strict=True))
        width = 100 // BINS
        places = f"{width * bin_:3} to {width * (bin_ + 1):3} %"
        yield f"  {places}: {len(row):6,} claims, stated {stated:3.0f} %, true {true:3.0f} %"

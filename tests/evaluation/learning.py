"""What outcomes teach: questions and minutes before the site learned, after, and when it is lied to."""

from __future__ import annotations

from tests.evaluation import learning_curve
from tests.evaluation.bench import Bench
from tests.evaluation.figures import Figure, Section
from tests.evaluation.learning_curve import AFTER_FEW, AFTER_MANY, MISLED


def measure(bench: Bench) -> Section:
    """`short` measures two worlds instead of sixteen."""
    worlds = 1 if bench.short else learning_curve.WORLDS
    report = learning_curve.Report(tuple(learning_curve.trials(bench.model, worlds=worlds)))
    few, many = (report.saved("", "questions", stage).saved for stage in (AFTER_FEW, AFTER_MANY))
    told, untold = report.damage_with_words(), report.saved("", "minutes", MISLED, since=AFTER_MANY)
    figures = (
        Figure("questions saved by few cases", 100 * few, "%", more_is_better=True),
        Figure("questions saved by many cases", 100 * many, "%", goal=18, more_is_better=True),
        Figure("minutes that lies cost, commonness stated", -100 * told.saved, "%", goal=3),
        Figure("minutes that lies cost, nothing stated", -100 * untold.saved, "%", goal=3),
    )
    return Section("Learning from outcomes", figures, report.as_text())

"""Measure the starter content and the reasoning, print and store the whole table, and fail on what got worse."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time

from tests.evaluation.figures import Kept, Section

SECTIONS = (
    "recognition",
    "redaction",
    "damage",
    "foreign",
    "latency",
    "optimum",
    "people",
    "sheets",
    "calibration",
    "scale",
)
"""Modules of this package, each with `measure(bench) -> Section`, in the order in which they are printed."""

SLOW_SECTIONS = ("learning",)
"""Those that take some minutes more; measured only when they are named."""

LONGEST_FIRST = ("people", "foreign", "optimum", "latency", "scale", "damage", "calibration", "recognition")
"""Begun in this order, so that at the end neither process waits long for the other."""

KEPT = Path(__file__).parent / "kept.json"
"""What the figures were when somebody last kept them: nothing may get worse than that."""

LEEWAY_BESIDE_OTHERS = 4
"""How many times as long a time may be while tests run beside it: they take processors and their caches away, and what
that costs is only guessed at by `slowness`."""

REPORT = Path(".evaluation.json")


def main(arguments: Sequence[str]) -> int:
    """0 where nothing fails, 1 where something does."""
    options = _options(arguments)
    _start_django()
    started = perf_counter()
    with ProcessPoolExecutor(max_workers=2, initializer=_start_django) as pool:
        wanted = options.only or SECTIONS
        order = sorted(wanted, key=lambda name: (*LONGEST_FIRST, *wanted).index(name))
        waiting = {name: pool.submit(measured, name, options.short, options.texts) for name in order}
        sections = {name: waiting[name].result() for name in wanted}
    print("\n\n".join(section.as_text() for section in sections.values()))  # noqa: T201
    print(f"\nMeasured in {perf_counter() - started:.0f} s.")  # noqa: T201
    if options.keep:
        _keep(sections)
    kept = _kept()
    leeway = LEEWAY_BESIDE_OTHERS if options.beside_others else 1
    failures = [why for name, section in sections.items() for why in section.failures(kept.get(name, {}), leeway)]
    missed = [figure for section in sections.values() for figure in section.missed]
    tables = {name: section.as_dict() for name, section in sections.items()}
    report = {"sections": tables, "missed": missed, "failures": failures}
    options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    _say("Not good enough yet", missed)
    _say("Worse than it may be", failures)
    return 1 if failures else 0


def _say(title: str, sentences: Sequence[str]) -> None:
    if sentences:
        print(f"\n{title}:\n  " + "\n  ".join(sentences))  # noqa: T201


def measured(name: str, short: bool, texts: Path | None) -> Section:
    """One section; runs in a process of its own."""
    from tests.evaluation.bench import Bench

    began = process_time()
    section: Section = import_module(f"tests.evaluation.{name}").measure(Bench(short, texts))
    return replace(section, seconds=process_time() - began)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__)
    parser.add_argument("--texts", type=Path, help="a JSONL file of labelled texts beside our own")
    parser.add_argument("--short", action="store_true", help="a form of everything that takes less than a minute")
    parser.add_argument("--beside-others", action="store_true", help="allow longer times, since other work is going on")
    parser.add_argument("--only", nargs="+", choices=(*SECTIONS, *SLOW_SECTIONS), help="measure only these sections")
    parser.add_argument("--keep", action="store_true", help="from now on nothing may be worse than measured now")
    parser.add_argument("--json", type=Path, default=REPORT, help=f"where the table is stored ({REPORT})")
    options = parser.parse_args(arguments)
    if options.texts and not options.texts.is_file():
        parser.error(f"There is no {options.texts}.")
    if options.keep and options.short:
        parser.error("The short form measures too little to be kept.")
    return options


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()


def _kept() -> Mapping[str, Mapping[str, Kept]]:
    data = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return {
        section: {name: Kept(row["value"], tuple(row["cases"])) for name, row in figures.items()}
        for section, figures in data.items()
    }


def _keep(sections: Mapping[str, Section]) -> None:
    data = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for name, section in sections.items():
        data[name] = {
            figure.name: {"value": round(figure.value, 6), "cases": sorted(figure.cases)}
            for figure in section.figures
            if figure.slack is not None
        }
    KEPT.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

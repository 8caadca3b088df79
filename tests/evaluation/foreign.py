"""Log lines of other software: however much they look like errors of ours, no guide may be claimed for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import yaml

from tests.evaluation.bench import DATA, Bench
from tests.evaluation.figures import Figure, Section
from tests.evaluation.recognition import claimer
from tests.evaluation.simulation import chance
from troubleshooter.diagnosis.evaluate import NONE

LINES, SHORT_LINES = 30_000, 1_500
PASTES, SHORT_PASTES = 1_500, 75
LINES_OF_PASTE = 20
MOST_SHOWN = 90
_SLOT = re.compile(r"<(\w+)>")

HOSTS = ("web-01", "db2.example.net", "node17", "build.example.org", "LabSZ", "combo", "mirror.example.com")
USERS = ("root", "admin", "oracle", "jenkins", "postgres", "webmaster", "guest", "svc_backup")
WORDS = ("orders", "billing", "inventory", "reports", "gateway", "connection", "response", "session", "flowtable")
STATUSES = ("200", "204", "301", "400", "401", "403", "404", "429", "499", "500", "502", "503", "504")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Oct", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def measure(bench: Bench) -> Section:
    lines, pastes = (SHORT_LINES, SHORT_PASTES) if bench.short else (LINES, PASTES)

    claim_for = claimer(bench.library)

    def claimed(texts: Iterator[str]) -> tuple[str, ...]:
        answers = ((text, claim_for(text)) for text in texts)
        return tuple(f"{answer}: {text[:MOST_SHOWN]}" for text, answer in answers if answer != NONE)

    of_lines = claimed(line(number) for number in range(lines))
    of_pastes = claimed(paste(number) for number in range(pastes))
    figures = (
        Figure("guides claimed for a line", len(of_lines), limit=0, cases=of_lines, slack=0),
        Figure("guides claimed for a paste", len(of_pastes), limit=0, cases=of_pastes, slack=0),
    )
    title = f"{lines:,} log lines and {pastes:,} pastes of {len(kinds())} kinds of other systems"
    return Section(title, figures)


def line(number: int) -> str:
    """The same number always gives the same line; neighbours come from different systems."""
    systems = tuple(kinds().values())
    return _line(systems[number % len(systems)], number)


def paste(number: int) -> str:
    """Some lines of one system, as somebody would copy them from a log."""
    systems = tuple(kinds().values())
    first = LINES + number * LINES_OF_PASTE
    return "\n".join(_line(systems[number % len(systems)], first + place) for place in range(LINES_OF_PASTE))


@cache
def kinds() -> Mapping[str, Sequence[str]]:
    """Lines with slots to fill, by kind of system."""
    found: Mapping[str, Sequence[str]] = yaml.safe_load((DATA / "foreign.yaml").read_text(encoding="utf-8"))
    return found


def _line(templates: Sequence[str], number: int) -> str:
    template = templates[int(chance(number, 0) * len(templates))]
    places = iter(range(1, 100))
    return _SLOT.sub(lambda slot: _value(slot, number, next(places)), template)


def _value(slot: re.Match[str], number: int, place: int) -> str:
    fill = _FILL.get(slot[1])
    return fill(chance(number, place)) if fill else slot[0]


def _one_of(values: Sequence[str]) -> Callable[[float], str]:
    return lambda share: values[int(share * len(values))]


def _number(low: int, high: int) -> Callable[[float], str]:
    return lambda share: str(low + int(share * (high - low)))


def _clock(share: float) -> str:
    seconds = int(share * 86_400)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _hex(share: float) -> str:
    return f"{int(share * (1 << 32)):08x}"


def _day(share: float) -> tuple[int, int]:
    return 1 + int(share * 12), 1 + int(share * 336) % 28


_FILL: Mapping[str, Callable[[float], str]] = {
    "n": _number(2, 90_000),
    "n3": _number(100, 1_000),
    "n6": _number(100_000, 1_000_000),
    "digit": _number(0, 10),
    "big": _number(10**12, 10**18),
    "port": _number(1_024, 65_536),
    "epoch": _number(1_100_000_000, 1_700_000_000),
    "status": _one_of(STATUSES),
    "host": _one_of(HOSTS),
    "user": _one_of(USERS),
    "word": _one_of(WORDS),
    "wday": _one_of(WEEKDAYS),
    "ip": lambda share: f"10.{int(share * 250)}.{int(share * 62_500) % 250}.{int(share * 15_625_000) % 250}",
    "hex8": _hex,
    "guid": lambda share: f"{_hex(share)}-1f2e-4d3c-8b5a-{_hex(share)}a1b2",
    "clock": _clock,
    "clock6": lambda share: _clock(share).replace(":", ""),
    "day": lambda share: "2020-{:02}-{:02}".format(*_day(share)),
    "day6": lambda share: "08{:02}{:02}".format(*_day(share)),
    "day8": lambda share: "2017{:02}{:02}".format(*_day(share)),
    "slashday": lambda share: "2020/{:02}/{:02}".format(*_day(share)),
    "md": lambda share: "{:02}-{:02}".format(*_day(share)),
    "md4": lambda share: "{:02}{:02}".format(*_day(share)),
    "mdot": lambda share: "{:02}.{:02}".format(*_day(share)),
    "month": lambda share: f"{_one_of(MONTHS)(share)} {_day(share)[1]:2}",
}

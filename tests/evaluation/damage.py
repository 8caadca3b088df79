"""What mail programs, terminals, translators and people do to an error text, and how often it is then still read."""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections.abc import Callable, Mapping

from tests.evaluation.bench import Bench
from tests.evaluation.figures import Figure, Section, percent
from tests.evaluation.recognition import OURS, STRUCTURED, claimer, records_of

LEAST_WHOLE = 14
"""Damages that lose nothing at all. Where only a part of the text is left, the part that tells may be gone."""

LEAST_KEPT = 85
"""Percent of the texts that are still answered rightly under the worst damage."""

SHORT_STEP = 4
"""The short form measures every fourth text."""

SHORTEST_CUT = 200
"""Characters of a text of which somebody may lose a part without noticing; a shorter one is copied whole."""

TYPO_EVERY, BREAK_EVERY, SHARE = 40, 37, 0.6
_QUOTES = re.compile("[\"'`]")
_WORD = re.compile(r"[^\W\d_]{5,}")


def measure(bench: Bench) -> Section:
    files = [OURS, *([bench.texts] if bench.texts else [])]
    records = [record for file in files for record in records_of(file) if record.kind in STRUCTURED]
    records = records[:: SHORT_STEP if bench.short else 1]

    partial = bench.short or not bench.texts
    claimed = claimer(bench.library)

    def is_right(text: str, labels: tuple[str, ...]) -> bool:
        return claimed(text) in labels

    sound = [record for record in records if is_right(record.text, record.labels)]
    figures = []
    for name, damaged in DAMAGES.items():
        lost = tuple(record.id for record in sound if not is_right(damaged(record.text), record.labels))
        kept = percent(len(sound) - len(lost), len(sound))
        figures.append(
            Figure(name, kept, "%", LEAST_KEPT, goal=100, more_is_better=True, cases=lost, slack=0, partial=partial)
        )
    losing = tuple(figure.name for figure in figures if figure.cases)
    whole = len(figures) - len(losing)
    figures.append(
        Figure(
            "damages without any loss",
            whole,
            limit=LEAST_WHOLE,
            goal=16,
            more_is_better=True,
            cases=losing,
            slack=0,
            partial=bench.short,
        )
    )
    return Section(f"Damaged error texts ({len(sound)} that are read rightly undamaged)", tuple(figures))


def _escaped(text: str) -> str:
    for _ in range(3):
        text = json.dumps(text)
    return text


def _with_smart_quotes(text: str) -> str:
    text = re.sub(r'(?<!\w)"|"(?=\w)', "“", text)
    text = re.sub(r"(?<!\w)'|'(?=\w)(?<!\w')", "‘", text)
    return text.replace('"', "”").replace("'", "’")


def _wrapped(text: str) -> str:
    lines = (textwrap.fill(line, 76, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in _wrapped(text).split("\n"))


def _logged(text: str) -> str:
    lines = enumerate(text.split("\n"))
    return "\n".join(f"2026-03-{number % 28 + 1:02} 09:14:07.531 [WARN ] worker-3: {line}" for number, line in lines)


def _in_prose(text: str) -> str:
    return (
        "Good morning, this is about ticket 50233 from room 404. We have 500 users and about 401 chairs, and since the "
        f"14th it costs us 12 euros a day.\n\n{text}\n\nIt is line 400 of my notes and 502 people are waiting."
    )


def _with_typos(text: str) -> str:
    """In turn two letters swapped, one left out, one doubled; in long words only, numbers are copied more carefully."""
    letters, due, count = list(text), 0, 0
    for word in _WORD.finditer(text):
        if word.end() < due:
            continue
        place = max(word.start() + 1, min(due, word.end() - 3))
        if count % 3 == 0:
            letters[place : place + 2] = letters[place + 1], letters[place]
        else:
            letters[place] = "" if count % 3 == 1 else 2 * letters[place]
        due, count = place + TYPO_EVERY, count + 1
    return "".join(letters)


def _broken(text: str) -> str:
    return "\n".join(text[start : start + BREAK_EVERY] for start in range(0, len(text), BREAK_EVERY))


DAMAGES: Mapping[str, Callable[[str], str]] = {
    "escaped three times as JSON": _escaped,
    "escaped as HTML": lambda text: html.escape(text).replace("\n", "<br>\n"),
    "smart quotes": _with_smart_quotes,
    "lower case": str.lower,
    "upper case": str.upper,
    "wrapped at 76 columns": _wrapped,
    "quoted in a mail": _quoted,
    "without quotation marks": lambda text: _QUOTES.sub("", text),
    "without braces": lambda text: text.replace("{", "").replace("}", ""),
    "behind log prefixes": _logged,
    "invisible characters": lambda text: "\u200b".join(text[start : start + 5] for start in range(0, len(text), 5)),
    "among other numbers": _in_prose,
    f"a typo every {TYPO_EVERY} characters": _with_typos,
    f"broken every {BREAK_EVERY} characters": _broken,
    "pasted twice": lambda text: f"{text}\n{text}",
    "first 60 %": lambda text: text[: round(SHARE * len(text))] if len(text) >= SHORTEST_CUT else text,
    "last 60 %": lambda text: text[-round(SHARE * len(text)) :] if len(text) >= SHORTEST_CUT else text,
}

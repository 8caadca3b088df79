"""The plain-text part of a letter."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from troubleshooter.repair_tips.advice import Advice, Fix, Item, Step
from troubleshooter.repair_tips.contents import RESUBMIT, Contents


def plain_text(letter: Contents) -> str:
    """The whole letter as text, with a line between its blocks."""
    blocks = [
        letter.title,
        _heading("Time"),
        letter.time,
        _heading("What happened"),
        _lines(letter.worst.happened, f"Code: {letter.worst.code}" if letter.worst.code else ""),
        *_others(letter),
        _heading("How do I fix"),
        *_how(letter.worst),
        _heading("Troubleshooting tips"),
        letter.times,
        _lines(f"Open the failed run. {RESUBMIT}", letter.run_url),
        _lines(_support(letter), letter.worst.ticket_url),
        _lines("-- ", letter.often),
        _lines("Turn off tips for this flow, or all tips:", letter.off_url),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _support(letter: Contents) -> str:
    return "Send to support, with the address of the failed run:" if letter.run_url else "Send to support:"


def _others(letter: Contents) -> Iterator[str]:
    if not letter.others:
        return
    yield "The same run also failed with:"
    for other in letter.others:
        yield _item("- ", _lines(f"{other.happened} Code: {other.code}" if other.code else other.happened, other.url))


def _how(worst: Advice) -> Iterator[str]:
    yield worst.lead_in
    if not worst.lead:
        yield _links(worst)
    yield worst.condition
    for cause in worst.causes:
        yield _lines(f"Cause: {cause.title}" if cause.title else "Cause", cause.plain)
    for notice in worst.notices:
        yield _lines(notice.title, notice.plain)
    if worst.fix:
        yield from _fix(worst.fix)
    yield _lines("Fix my flow:", worst.url)
    if worst.lead and worst.others:
        yield "Is it something else? Then one of these may fit:"
        yield _links(worst)


def _fix(fix: Fix) -> Iterator[str]:
    yield fix.condition
    yield f"{fix.title} ({fix.time})"
    yield fix.intro.plain
    yield "\n".join(_item(f"{number}. ", _action(item)) for number, item in enumerate(fix.items, start=1))
    yield fix.more
    if fix.further:
        yield "\n".join(["The guide also has:", *(_item("- ", title) for title in fix.further)])


def _action(item: Item) -> str:
    if not item.is_choice:
        return _step(item.steps[0])
    return _lines("Do one of these:", *(_item("- ", _step(step)) for step in item.steps))


def _step(step: Step) -> str:
    return f"{step.place}: {step.text.plain}" if step.place else step.text.plain


def _heading(name: str) -> str:
    return f"{name}\n{'-' * len(name)}"


def _links(advice: Advice) -> str:
    return "\n".join(_item("- ", _lines(title, url)) for title, url in advice.others)


def _item(sign: str, text: str) -> str:
    return sign + textwrap.indent(text, " " * len(sign)).lstrip()


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))

"""A large library that fits together, for measuring: guides with their own codes, some mitigations shared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guides import document as shapes
from tests.guides.factories import document, notice_data, question_data

QUESTIONS = 40
WORDS = ("always", "usually", "sometimes", "rarely", "never")
OBJECTS = ("mailbox", "calendar", "ledger", "drawing", "invoice", "parcel", "roster", "survey", "contract", "badge")
EVENTS = ("was locked by another process", "has no owner", "reached its quota", "lost its schema", "was moved")


def bundle(guides: int) -> list[shapes.Document]:
    """So many guides: each with 2 mitigations of 6 steps, 5 phrases, 3 samples and 8 expectations."""
    return [document(kind, data) for kind, data in _all_data(guides)]


def _all_data(guides: int) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from (("notice", notice_data(slug=f"notice-{number}")) for number in range(5))
    for number in range(QUESTIONS):
        yield "question", question_data(slug=f"question-{number}", order=number, text=f"Is part {number} in order?")
    for number in range(1, guides + 1):
        yield "mitigation", _mitigation(number)
    for number in range(1, guides // 5 + 1):
        yield "mitigation", _mitigation(guides + number)
    for number in range(1, guides + 1):
        yield "guide", _guide(number, shared=guides + 1 + number % max(1, guides // 5))


def _mitigation(number: int) -> dict[str, Any]:
    who = ("maker", "flow-owner", "environment-admin")
    return {
        "reference": f"FIX-{number}",
        "title": f"Repair part {number}",
        "minutes": [2, 10],
        "intro": f"You need about **ten minutes** and access to part {number}.",
        "steps": [
            {
                "number": step,
                "text": f"Open **Settings** of part {number}, then:\n\n- select **Page {step}**\n- press `Save {step}`",
                "where": "source" if step < 4 else "target",
                "who": who[step % 3],
            }
            for step in range(1, 7)
        ],
    }


def _guide(number: int, shared: int) -> dict[str, Any]:
    code = f"Part{_letters(number)}Failed"
    message = f"The {OBJECTS[number % 10]} {_letters(number).lower()} of '<flow>' {EVENTS[number % 5]}."
    sample = message.replace("<flow>", "Nightly run")
    return {
        "reference": f"FLOW-{number}",
        "slug": f"part-{number}-failed",
        "title": f"Mend part {number}",
        "meaning": f"Part {number} has failed and stays so until somebody repairs it.",
        "codes": [{"token": code, "meaning": f"Part {number} has failed."}],
        "messages": [{"key": f"part-{number}", "text": message, "essential": [f"{_letters(number).lower()} of"]}],
        "phrases": [f"part {number} is broken in way {way} since {OBJECTS[way]} day" for way in range(5)],
        "causes": [{"key": "worn", "text": f"Part {number} is **worn**.", "source": "handbook"}],
        "notices": [f"notice-{number % 5}"],
        "before": "Tell people that you *repair* it.",
        "mitigations": [{"fix": f"FIX-{number}", "cause": "worn"}, {"fix": f"FIX-{shared}", "works": "sometimes"}],
        "verification": f"Run part {number}. It says **Succeeded**.",
        "expects": {
            f"question-{(number * 7 + place * 3) % QUESTIONS}": {"off": WORDS[(number + place) % 5]}
            for place in range(8)
        },
        "samples": [
            {"text": code},
            {"text": f'{{"error": {{"code": "{code}", "message": "{sample}"}}}}'},
            {"text": f"Action 'Send' failed: {sample}", "note": "As the run history shows it."},
        ],
        "sources": [{"key": "handbook", "title": f"Handbook, part {number}", "checked": "2026-11-21"}],
    }


def _letters(number: int) -> str:
    """A word that no other number has, without digits, since recognition takes these for what varies."""
    word = ""
    while number:
        number, letter = divmod(number, 20)
        word += "bcdfghjklmnpqrstvwxz"[letter] + "aeiou"[letter % 5]
    return word.capitalize()

"""How long it takes to read a text: usual ones, the worst ones, and among ten thousand codes and messages."""

from __future__ import annotations

from statistics import fmean, quantiles
from time import process_time

from tests.bench.timing import Clock
from tests.evaluation.bench import Bench
from tests.evaluation.figures import Figure, Section
from tests.evaluation.recognition import OURS, records_of
from tests.evaluation.simulation import chance
from troubleshooter.diagnosis.model import Code, Guide, Message, Model
from troubleshooter.diagnosis.recognise import MOST_READ, Recogniser, compile_recogniser

MANY = 10_000
"""Codes, and messages, of the large model; the short form has a tenth of it."""

SHORT_STEP = 4
"""The short form reads every fourth text."""

WORDS_OF_MESSAGE = 14
SYLLABLES = "con nec tion ref flow trig ger run sol val ex pir er ror act in".split()  # noqa: SIM905

HOSTILE = (
    "a", " ", "\n", "\\", '\\"', '"', "'", "<", "<a ", "&", "&amp;", "{", "}", "(", "[", "1", "1 ", "401 ", "error ",
    "status ", "error 401, ", "0x80040265 ", "not ", "flow is not turned off ", "Install flow failed to ", "a.b",
    "a@b.", "接続", "\u0301", "\u200b", "\ufdfa", "InvokerConnectionOverrideFaild ", "FooBarFailed ",
    "ConnectionAuthorisationFaled", "cannot be evaluated because property ", "could not find any valid conection ",
    "a\n", "conn\nection ", "12:00 502, ", "2026-01-01 00:00:00 ", "Unauthorized. ", "was not given by ",
    "before it was 401 ", "x" * 40 + " ",
)  # fmt: skip
"""Pieces that make a text as slow as it can be when they are repeated."""

MOST_SLOWER = 2
"""How many times its limit a time may be above the one that was kept: a busy machine is never measured exactly."""


def measure(bench: Bench) -> Section:
    texts = [record.text for record in records_of(OURS)[:: SHORT_STEP if bench.short else 1]]
    recogniser = bench.library.recogniser
    for text in texts:
        recogniser.read(text)
    clock = Clock()
    usual = [milliseconds(recogniser, text) for text in texts]
    worst = {piece: milliseconds(recogniser, filled(piece, MOST_READ)) for piece in HOSTILE}
    slow = clock.stopped()
    large = compile_recogniser(large_model(MANY // 10 if bench.short else MANY))
    for text in texts:
        large.read(text)
    clock = Clock()
    among_many = [milliseconds(large, text) for text in texts]
    slow_among_many = clock.stopped()
    slowest = max(worst, key=worst.__getitem__)
    figures = (
        Figure("a usual text", fmean(usual) / slow, "ms", limit=1, goal=0.3, slack=MOST_SLOWER, is_time=True),
        Figure("the slowest of a hundred texts", quantiles(usual, n=100)[-1] / slow, "ms", goal=3, is_time=True),
        Figure(
            f"{MOST_READ:,} hostile characters",
            worst[slowest] / slow,
            "ms",
            limit=20,
            goal=10,
            cases=(repr(slowest),),
            slack=20 * MOST_SLOWER,
            is_time=True,
        ),
        Figure(
            "a usual text among many messages", fmean(among_many) / slow_among_many, "ms", limit=2, goal=1, is_time=True
        ),
    )
    measured = (
        f"Measured, before dividing by how slow the machine is ({slow:.1f}): {fmean(usual):.2f} ms a text, "
        f"{worst[slowest]:.0f} ms the worst, {fmean(among_many):.2f} ms among many."
    )
    return Section("Latency of recognition", figures, measured)


def milliseconds(recogniser: Recogniser, text: str, repeats: int = 2) -> float:
    """The best of some readings, since whatever else the machine does can only make it slower."""

    def once() -> float:
        began = process_time()
        recogniser.read(text)
        return 1000 * (process_time() - began)

    return min(once() for _ in range(repeats))


def filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def large_model(many: int) -> Model:
    """As many codes and messages, made of some thousand words, two of each to a guide."""
    guides = tuple(
        Guide(
            f"FLOW-{number + 1}",
            f"guide-{number}",
            f"Guide {number}",
            codes=(Code(_code(number, 0)), Code(_code(number, 1))),
            messages=(_message(number, 0), _message(number, 1)),
            phrases=(" ".join(_word(number, 9, place) for place in range(5)),),
        )
        for number in range(many // 2)
    )
    return Model(guides)


def _code(number: int, which: int) -> str:
    return "".join(_word(number, which, place).capitalize() for place in range(4)) + "Failed"


def _message(number: int, which: int) -> Message:
    words = [_word(number, 2 + which, place) for place in range(WORDS_OF_MESSAGE)]
    text = f"Could not find {' '.join(words[:7])} '<name>' because {' '.join(words[7:])}."
    return Message(f"message-{number}-{which}", text, (" ".join(words[:3]),))


def _word(number: int, which: int, place: int) -> str:
    """Common words are much commoner than rare ones, as in any language."""
    rank = int(4_000 * chance(number, which, place) ** 3)
    size = len(SYLLABLES)
    return SYLLABLES[rank % size] + SYLLABLES[rank // size % size] + SYLLABLES[rank // size**2]

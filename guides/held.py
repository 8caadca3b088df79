"""The redacted text of a visitor's last paste: kept in the session for a day, found again by the token in `held=`.

The address carries the token and the evidence, never the text. A copied or shared address shows the same page
without the text, because the token fits one session only. Nothing here touches the session of a request whose
address has no `held`, so all other pages stay free of cookies. The template `guides/_held.html` shows a held text.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from django.http import HttpRequest
from django.utils import timezone

from troubleshooter.diagnosis.address import HELD
from troubleshooter.diagnosis.kept_ids import places_of
from troubleshooter.diagnosis.model import Fact, Kind, Reading, Span
from troubleshooter.diagnosis.redact import marks
from troubleshooter.diagnosis.redact.marking import next_mark

LIFETIME = timedelta(hours=24)
SESSION_KEY = "held"


@dataclass(frozen=True)
class Piece:
    """A run of characters of the text: plain, used as evidence, or put in place of something personal."""

    text: str
    used: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class HeldText:
    """What the visitor pasted, redacted. `used` and `hidden` point into `text`; `others` are further errors in it."""

    text: str
    used: tuple[Span, ...] = ()
    hidden: tuple[Span, ...] = ()
    others: tuple[Fact, ...] = ()
    shortened: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text cut at the borders of the spans, in order; joined again it is the text."""
        borders = {0, len(self.text)}
        for span in self.used + self.hidden:
            borders.update(min(max(place, 0), len(self.text)) for place in span)
        used, hidden = (_covered(spans, len(self.text)) for spans in (self.used, self.hidden))
        return tuple(
            Piece(self.text[start:end], bool(used[start]), bool(hidden[start]))
            for start, end in pairwise(sorted(borders))
        )

    def without(self, places: tuple[Span, ...]) -> "HeldText":
        """The text with a new mark of an id at the places where it stands. They are in order and do not overlap."""
        mark = next_mark("id", self.text)
        parts, end = [], 0
        for place in places:
            parts += [self.text[end : place.start], mark]
            end = place.end
        text = "".join([*parts, self.text[end:]])
        used = tuple(Span(*(_moved(border, places, len(mark)) for border in span)) for span in self.used)
        return replace(self, text=text, used=used, hidden=marks(text))


def _moved(offset: int, places: tuple[Span, ...], size: int) -> int:
    """Where a border is once marks of that size stand at the places; inside one of them, it is before its mark."""
    shift = 0
    for place in places:
        if offset < place.end:
            return min(offset, place.start) + shift
        shift += size - (place.end - place.start)
    return offset + shift


def _covered(spans: tuple[Span, ...], length: int) -> bytearray:
    """One byte for each character of a text: 1 inside a span, 0 elsewhere. A long text may have thousands of spans."""
    covered = bytearray(length)
    for start, end in spans:
        for place in range(max(start, 0), min(end, length)):
            covered[place] = 1
    return covered


def keep(request: HttpRequest, reading: Reading) -> str:
    """Keep the redacted text of a reading in the visitor's session, in place of an older one; returns its token.

    Sessions that are over are removed now: their texts were promised to be gone after a day.
    """
    request.session.clear_expired()
    token = secrets.token_urlsafe(9)
    request.session[SESSION_KEY] = {
        "token": token,
        "since": timezone.now().isoformat(),
        "text": reading.text,
        "used": [list(seen.span) for seen in reading.seen if seen.span],
        "hidden": [list(span) for span in reading.hidden],
        "others": [list(seen.fact) for seen in reading.others],
        "shortened": reading.shortened,
    }
    return token


def find(request: HttpRequest) -> HeldText | None:
    """The text that the `held` of the address names; None if there is no such key, or it is gone or not ours."""
    return of_token(request, request.GET.get(HELD, ""))


def of_token(request: HttpRequest, token: str) -> HeldText | None:
    """The text of a token; None where there is none, or it is gone or not ours."""
    kept = request.session.get(SESSION_KEY) if token else None
    if kept is None or kept["token"] != token or datetime.fromisoformat(kept["since"]) < timezone.now() - LIFETIME:
        return None
    return HeldText(
        text=kept["text"],
        used=tuple(Span(*pair) for pair in kept["used"]),
        hidden=tuple(Span(*pair) for pair in kept["hidden"]),
        others=tuple(Fact(Kind(kind), value, detail) for kind, value, detail in kept["others"]),
        shortened=kept["shortened"],
    )


def hide(request: HttpRequest, token: str, ids: Iterable[str]) -> HeldText | None:
    """Put a mark in place of some ids wherever they stand in a held text, for good; the text as it is now."""
    text = of_token(request, token)
    if text is None:
        return None
    for value in ids:
        text = text.without(places_of(text.text, value))
    spans = {"used": [list(span) for span in text.used], "hidden": [list(span) for span in text.hidden]}
    request.session[SESSION_KEY] = {**request.session[SESSION_KEY], "text": text.text, **spans}
    return text

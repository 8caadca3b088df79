"""One fact found in a text, and where: what every index of signatures gives."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.diagnosis.model import Fact

MOST_HITS = 200
"""Codes or numbers of one kind that are looked at; more only occur in texts made to be slow."""


@dataclass(frozen=True)
class Hit:
    """A fact found at start..end of the plain text, `depth` errors deep.

    `weight` tells how sure it is, `size` how much of the text says it (in words that are not shared with others).
    """

    fact: Fact
    start: int
    end: int
    depth: int = 0
    weight: float = 1.0
    size: float = 1.0

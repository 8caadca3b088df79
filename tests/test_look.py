"""The look of public pages is one small file."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent.parent / "static"


def test_the_style_sheet_of_public_pages_stays_below_18_000_bytes() -> None:
    assert (STATIC / "site.css").stat().st_size <= 18_000

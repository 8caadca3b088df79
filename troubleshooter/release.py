"""A short name for the code that is running, so that caches ask again after every change of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

PARTS = (("troubleshooter", "*.py"), ("guides", "*.py"), ("templates", "*.html"), ("static", "*"))
"""Everything that decides what a page says besides the content: folders, and the files in them."""


def fingerprint(base: Path) -> str:
    """Twelve hexadecimal digits that change with any of these files, and are the same on every machine."""
    digest = hashlib.sha256()
    for folder, pattern in PARTS:
        for path in sorted((base / folder).rglob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(base)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]

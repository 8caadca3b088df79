"""Caches ask again after every change of the code, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.release import fingerprint


@pytest.fixture
def release(tmp_path: Path) -> Path:
    for name in ("troubleshooter/urls.py", "guides/pages/guide.py", "templates/base.html", "static/site.css"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize("name", ["guides/pages/guide.py", "templates/base.html", "static/site.css"])
def test_a_changed_file_gives_another_name(release: Path, name: str) -> None:
    before = fingerprint(release)
    (release / name).write_text("changed")
    assert fingerprint(release) != before


def test_a_renamed_file_gives_another_name(release: Path) -> None:
    before = fingerprint(release)
    (release / "templates/base.html").rename(release / "templates/other.html")
    assert fingerprint(release) != before


def test_files_that_no_page_depends_on_do_not_matter(release: Path) -> None:
    before = fingerprint(release)
    (release / "db.sqlite3").write_text("rows")
    (release / "guides/notes.txt").write_text("notes")
    assert fingerprint(release) == before

"""Staff take everything out as an archive and bring an archive in, with nothing but links, a file and buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from guides.exchange import archive
from guides.exchange.archive import Content
from guides.models import Guide
from tests.browser.checks import barriers
from tests.guides.factories import document, load_small_library, mitigation_data, small_library


@pytest.fixture
def staff(transactional_db: None, live_server: Any, page: Page) -> str:
    """The address of the page for archives, which stands open before somebody who is signed in."""
    load_small_library()
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    page.goto(f"{live_server.url}/admin/login/?next=/admin/archive/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return f"{live_server.url}/admin/archive/"


def test_an_export_comes_back_changed_and_goes_live(page: Page, staff: str, tmp_path: Path) -> None:
    assert barriers(page, "#content") == []
    with page.expect_download() as download:
        page.get_by_role("link", name="What readers see").click()
    assert download.value.suggested_filename == "guides-live.zip"
    download.value.save_as(tmp_path / "guides-live.zip")
    assert len(archive.read((tmp_path / "guides-live.zip").read_bytes()).documents) == 5
    new = document("mitigation", mitigation_data(reference="FIX-2", title="Another way"))
    changed = archive.write(Content([*small_library(title="Switch the flow on"), new]))
    page.get_by_label("Archive").set_input_files({"name": "b.zip", "mimeType": "application/zip", "buffer": changed})
    page.get_by_role("button", name="Check the archive").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the import")
    expect(page.get_by_text("FIX-2 Another way")).to_be_visible()
    expect(page.locator("ins", has_text="Switch")).to_be_visible()
    assert barriers(page, "#content") == []
    assert Guide.objects.get(reference="FLOW-1").title == "Turn the flow back on"
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    expect(page.get_by_text("6 of 6 documents written")).to_be_visible()
    assert barriers(page, "#content") == []
    page.goto(staff.replace("/admin/archive/", "/guides/flow-turned-off/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Switch the flow on")


def test_a_file_that_is_no_archive_is_answered_where_it_was_chosen(page: Page, staff: str) -> None:
    page.get_by_label("Archive").set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": b"hello"})
    page.get_by_role("button", name="Check the archive").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not a zip archive")
    assert barriers(page, "#content") == []

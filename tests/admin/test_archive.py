"""Everything goes out as one archive and comes in checked, with progress, all or nothing, for those who may."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.exchange import archive, transfer
from guides.exchange.archive import Content
from guides.models import Guide, Revision, Upload
from tests.guides.bundle import bundle
from tests.guides.factories import document, guide_data, mitigation_data, small_library

pytestmark = pytest.mark.django_db


def packed(*extra: Any, **guide_fields: Any) -> bytes:
    return archive.write(Content([*small_library(**guide_fields), *extra]))


def upload(client: Client, content: bytes, name: str = "guides.zip") -> Any:
    return client.post("/admin/archive/", {"archive": SimpleUploadedFile(name, content)})


def waiting(client: Client, content: bytes) -> str:
    """The address of the check page of an archive that was just uploaded."""
    response = upload(client, content)
    assert response.status_code == 302, response.content.decode()
    return response.url


def text(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(body.decode().split())


@pytest.fixture
def members(db: None) -> dict[str, Client]:
    """A signed-in member of each group."""
    clients = {}
    for name in ("Agents", "Curators", "Publishers"):
        person = User.objects.create_user(name.lower(), is_staff=True)
        person.groups.add(Group.objects.get(name=name))
        clients[name] = Client()
        clients[name].force_login(person)
    return clients


def test_an_archive_is_checked_then_imported_with_progress_and_leaves_a_trail(staff: Client) -> None:
    address = waiting(staff, packed())
    shown = text(staff.get(address))
    assert "5 would be created" in shown
    assert not Guide.objects.exists()
    grown = text(staff.post(f"{address}import/"))
    assert "5 of 5 documents written" in grown
    assert "2 of 2 guides checked with their samples" in grown
    assert "5 documents were read, 5 of them say something new" in grown
    assert grown.endswith("</html>")
    assert Guide.objects.live().count() == 2
    assert Revision.objects.filter(author__username="sam", why="Imported from guides.zip").count() == 5
    assert LogEntry.objects.get().change_message == "Imported 5 documents, 5 published."
    assert not Upload.objects.exists()
    assert staff.get(address).status_code == 404


def test_the_check_tells_what_changes_for_readers_and_which_unpublished_work_is_lost(
    staff: Client, guide: Guide
) -> None:
    Guide.objects.filter(pk=guide.pk).update(title="Written here")
    other = document("mitigation", mitigation_data(reference="FIX-9"))
    shown = text(staff.get(waiting(staff, packed(other, title="From elsewhere"))))
    assert "1 would be created" in shown
    assert "FIX-9" in shown
    assert "1 would be changed" in shown
    assert "From elsewhere" in shown
    assert "They would be lost." in shown
    assert "4 would stay as they are" in shown
    assert Guide.objects.get(pk=guide.pk).title == "Written here"


def test_what_stands_in_the_way_is_told_before_and_there_is_no_button(staff: Client, guide: Guide) -> None:
    theft = document("guide", guide_data(reference="FLOW-7"))
    shown = text(staff.get(waiting(staff, archive.write(Content([*small_library()[:3], theft])))))
    assert "FLOW-7: slug: “flow-turned-off” belongs to FLOW-1 already" in shown
    assert "Import now" not in shown


def test_a_sample_that_leads_elsewhere_stops_the_import_and_nothing_is_kept(staff: Client, guide: Guide) -> None:
    before = Revision.objects.count()
    address = waiting(staff, packed(title="New", samples=[{"text": "Nothing that anybody knows"}]))
    grown = text(staff.post(f"{address}import/"))
    assert "Nothing was imported" in grown
    assert "FLOW-1: samples: “Nothing that anybody knows” must lead here, but leads to no guide" in grown
    assert grown.endswith("</html>")
    assert Revision.objects.count() == before
    assert Guide.objects.get(reference="FLOW-1").title == "Turn the flow back on"
    assert not LogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_closing_the_page_early_leaves_nothing(staff: Client) -> None:
    address = waiting(staff, archive.write(Content(bundle(12))))
    response = staff.post(f"{address}import/")
    chunks: Iterator[bytes] = iter(response.streaming_content)  # type: ignore[attr-defined]
    seen = b""
    while b"guides checked" not in seen:
        seen += next(chunks)
    assert Guide.objects.exists()
    response.close()
    assert not Guide.objects.exists()
    assert not Revision.objects.exists()
    assert Upload.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "This is not a zip archive"),
        (b"", "The file is empty."),
        (b"x" * (archive.MAX_UPLOAD + 1), "The file is larger than 20 MB."),
    ],
)
def test_a_file_that_is_no_archive_is_answered_on_the_page_and_not_kept(
    staff: Client, content: bytes, said: str
) -> None:
    assert said in text(upload(staff, content))
    assert not Upload.objects.exists()


def test_no_file_at_all_is_answered_on_the_page(staff: Client) -> None:
    assert "Choose an archive first." in text(staff.post("/admin/archive/"))


def test_what_readers_see_and_the_drafts_are_two_archives(staff: Client, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(title="Written here")
    titles = {}
    for what in ("live", "drafts"):
        response = staff.get(f"/admin/archive/{what}/")
        assert response["Content-Disposition"] == f'attachment; filename="guides-{what}.zip"'
        titles[what] = {getattr(row, "title", "") for row in archive.read(response.content).documents}
    assert "Written here" in titles["drafts"] - titles["live"]


def test_an_incomplete_draft_is_named_instead_of_an_archive(staff: Client, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(verification="")
    shown = text(staff.get("/admin/archive/drafts/"))
    assert "FLOW-1: How you know it worked: say how people know that it worked" in shown
    assert staff.get("/admin/archive/live/")["Content-Type"] == "application/zip"
    assert f'href="/admin/guides/guide/{guide.pk}/change/"' in shown


def test_an_archive_is_seen_by_nobody_else_and_forgotten_after_a_day(staff: Client) -> None:
    address = waiting(staff, packed())
    other = Client()
    other.force_login(User.objects.create_superuser("kim"))
    for path in ("", "import/", "discard/"):
        method = other.get if not path else other.post
        assert method(address + path).status_code == 404
    kept = Upload.objects.get()
    Upload.objects.update(created=kept.created - datetime.timedelta(days=1, seconds=1))
    assert staff.get(address).status_code == 404
    waiting(other, packed())
    assert Upload.objects.get().user.username == "kim"


def test_an_archive_can_be_discarded(staff: Client) -> None:
    assert staff.post(f"{waiting(staff, packed())}discard/").url == "/admin/archive/"  # type: ignore[attr-defined]
    assert not Upload.objects.exists()


def test_each_group_may_what_it_may(members: dict[str, Client]) -> None:
    Upload.objects.create(user=User.objects.get(username="publishers"), name="a.zip", content=packed())
    address = f"/admin/archive/{Upload.objects.get().pk}/"
    start, live = "/admin/archive/", "/admin/archive/live/"
    may = {name: [client.get(path).status_code for path in (start, live, address)] for name, client in members.items()}
    assert may == {"Agents": [403, 403, 403], "Curators": [200, 200, 403], "Publishers": [200, 200, 200]}
    assert "Import an archive" not in text(members["Curators"].get(start))
    assert upload(members["Curators"], packed()).status_code == 403
    assert members["Curators"].post(f"{address}import/").status_code == 403
    assert Client().get(start).url.startswith("/admin/login/")  # type: ignore[attr-defined]
    assert "Done" in text(members["Publishers"].post(f"{address}import/"))


def test_only_a_post_imports_or_discards(staff: Client) -> None:
    address = waiting(staff, packed())
    assert staff.get(f"{address}import/").status_code == 405
    assert staff.get(f"{address}discard/").status_code == 405
    assert staff.post(address).status_code == 405


def test_pages_cost_the_same_however_much_an_archive_holds(
    staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = waiting(staff, archive.write(Content(bundle(30))))
    with django_assert_max_num_queries(12):
        assert staff.get("/admin/archive/").status_code == 200
    with django_assert_max_num_queries(25):
        assert "would be created" in text(staff.get(address))
    text(staff.post(f"{address}import/"))
    with django_assert_max_num_queries(30):
        assert staff.get("/admin/archive/drafts/").status_code == 200
    with django_assert_max_num_queries(45):
        assert "0 would be created" in text(staff.get(waiting(staff, archive.write(transfer.all_live()))))


def test_internal_notes_leave_only_with_those_who_may_see_them(members: dict[str, Client], guide: Guide) -> None:
    Guide.objects.update(internal_note="Ask **Kim** first.")

    def notes() -> dict[str, Any]:
        return dict(archive.read(members["Curators"].get("/admin/archive/live/").content).staff)

    assert notes()[guide.reference].note == "Ask **Kim** first."
    Group.objects.get(name="Curators").permissions.remove(Permission.objects.get(codename="see_internal_notes"))
    assert notes() == {}

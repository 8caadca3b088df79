"""A guide is retired with its successor, refused while something needs it, and brought back as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import drafts, knowledge, publishing
from guides.models import Guide, Revision
from tests.admin.pages import go_live
from tests.guides.factories import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor(guide: Guide) -> Guide:
    return Guide.objects.get(reference="FLOW-2")


def page(guide: Guide) -> str:
    return f"/admin/guides/guide/{guide.pk}/retire/"


def retire(client: Client, guide: Guide, successor: Any = "", **changes: str) -> Any:
    """Open the page, choose and press “Retire”; the answer."""
    form = {"seen": client.get(page(guide)).context["seen"], "successor": getattr(successor, "pk", successor)}
    return client.post(page(guide), form | {"_retire": "1"} | changes)


def test_old_links_lead_to_the_successor_and_below_it_the_last_text(
    staff: Client, guide: Guide, successor: Guide
) -> None:
    response = retire(staff, guide, successor, why="Both are one now")
    assert response["Location"] == f"/admin/guides/guide/{guide.pk}/change/"
    for address in ("/g/FLOW-1/", "/g/FLOW-1/FIX-1.2/", "/guides/flow-turned-off/"):
        gone = staff.get(address)
        shown = gone.content.decode()
        assert gone.status_code == 410
        assert shown.index("Renew the password") < shown.index("Somebody turned the flow off.")
    assert "Turn the flow back on" not in staff.get("/guides/").content.decode()
    assert Revision.objects.get(key="FLOW-1", number=2).why == "Both are one now"
    assert LogEntry.objects.get().change_message == "Retired it, with FLOW-2 as its successor: Both are one now"
    guide.refresh_from_db()
    assert drafts.state(guide) is drafts.State.RETIRED


def test_a_guide_can_be_retired_without_a_successor(staff: Client, guide: Guide) -> None:
    assert retire(staff, guide).status_code == 302
    assert staff.get("/g/FLOW-1/").status_code == 410
    assert LogEntry.objects.get().change_message == "Retired it, without a successor."


def test_only_another_guide_that_readers_see_can_be_the_successor(
    staff: Client, guide: Guide, successor: Guide
) -> None:
    draft = Guide.objects.create(reference="FLOW-3", slug="third", title="A draft")
    for wrong in (guide, draft, 99, "x"):
        response = retire(staff, guide, wrong, why="Kept")
        assert response.status_code == 400
        assert "Choose a guide that readers see, and not this one." in response.content.decode()
        assert "Kept" in response.content.decode()
    retire(staff, successor)
    assert retire(staff, guide, successor).status_code == 400
    assert "FLOW-1" in knowledge.current().guides


def test_what_leads_to_the_guide_is_named_and_refuses(staff: Client, guide: Guide, successor: Guide) -> None:
    fork = {"reference": "FLOW-5", "slug": "fork", "title": "Choose", "meaning": "One of two.", "kind": "fork"}
    publishing.load([document("guide", {**fork, "phrases": ["which one"], "targets": ["FLOW-1", "FLOW-2"]})])
    response = staff.get(page(guide))
    assert "FLOW-5: it is a fork that leads here" in response.content.decode()
    assert 'value="Retire"' not in response.content.decode()
    assert retire(staff, guide).status_code == 409
    assert "FLOW-1" in knowledge.current().guides


def test_a_successor_cannot_be_retired_before_its_readers_are_sent_elsewhere(
    staff: Client, guide: Guide, successor: Guide
) -> None:
    retire(staff, guide, successor)
    assert "FLOW-1: it is retired and sends its readers here." in staff.get(page(successor)).content.decode()
    assert retire(staff, successor, guide).status_code in (400, 409)
    assert "FLOW-2" in knowledge.current().guides


def test_changes_of_the_draft_that_go_along_are_shown_first(staff: Client, guide: Guide) -> None:
    seen = staff.get(page(guide)).context["seen"]
    guide.further = "Written meanwhile."
    guide.save()
    response = staff.post(page(guide), {"seen": seen, "_retire": "1", "why": "Old"})
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Something changed while you were reading" in shown
    assert "Changes of the draft that go live with it" in shown
    assert "Written meanwhile." in shown
    assert retire(staff, guide).status_code == 302


def test_an_incomplete_draft_is_refused_in_plain_words_and_nothing_changes(staff: Client, guide: Guide) -> None:
    guide.meaning = ""
    guide.save()
    response = retire(staff, guide)
    assert response.status_code == 409
    assert "FLOW-1: What went wrong: " in response.content.decode()
    guide.refresh_from_db()
    assert not guide.retired
    assert staff.get("/g/FLOW-1/").status_code == 302


def test_a_retired_guide_is_brought_back_as_a_draft(staff: Client, guide: Guide, successor: Guide) -> None:
    retire(staff, guide, successor)
    assert "Bring back" in staff.get(page(guide)).content.decode()
    address = staff.post(page(guide), {"_bring_back": "1"})["Location"]
    assert staff.get("/g/FLOW-1/").status_code == 410
    go_live(staff, address)
    assert staff.get("/g/FLOW-1/").status_code == 302
    assert staff.get("/guides/flow-turned-off/").status_code == 200
    assert "Brought it back as a draft." in LogEntry.objects.values_list("change_message", flat=True)
    assert "This guide is not retired." in staff.post(page(guide), {"_bring_back": "1"}, follow=True).content.decode()


def test_a_guide_that_readers_never_saw_cannot_be_retired(staff: Client, guide: Guide) -> None:
    draft = Guide.objects.create(reference="FLOW-3", slug="third", title="A draft")
    assert "there is nothing to retire" in staff.get(page(draft)).content.decode()
    assert staff.post(page(draft), {"_retire": "1"}).status_code == 409
    draft.refresh_from_db()
    assert not draft.retired


def test_only_publishers_retire(member: Callable[[str], Client], guide: Guide) -> None:
    for group, status in (("Agents", 403), ("Curators", 403), ("Publishers", 200)):
        assert member(group).get(page(guide)).status_code == status
    assert member("Curators").post(page(guide), {"_retire": "1"}).status_code == 403
    assert "/retire/" not in member("Curators").get(f"/admin/guides/guide/{guide.pk}/change/").content.decode()
    assert "/retire/" in member("Publishers").get(f"/admin/guides/guide/{guide.pk}/change/").content.decode()


def test_the_page_asks_few_questions(
    staff: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    staff.get("/guides/")
    with django_assert_max_num_queries(45):
        staff.get(page(guide))

"""A draft is sent for review, waits in a queue, and is published, taken back or sent back with a note."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import drafts, publishing
from guides.drafts import State
from guides.models import Guide, Mitigation, Notice, Publishable, Question, Revision
from tests.admin.pages import go_live

pytestmark = pytest.mark.django_db

Member = Callable[[str], Client]


@pytest.fixture
def draft(guide: Guide) -> Guide:
    """A live guide whose draft says something else."""
    guide.title = "Turn the flow on again"
    guide.save()
    drafts.saved([guide], None)
    guide.refresh_from_db()
    return guide


def press(client: Client, thing: Publishable, button: str, note: str = "") -> str:
    """Press a button of the review; what the page that follows says."""
    address = f"/admin/guides/{thing.KIND}/{thing.pk}/review/"
    return client.post(address, {button: "1", "note": note}, follow=True).content.decode()


def list_of(client: Client, query: str = "", kind: str = "guide") -> str:
    return client.get(f"/admin/guides/{kind}/{query}").content.decode()


def test_a_curator_sends_a_draft_for_review_and_a_publisher_publishes_it(member: Member, draft: Guide) -> None:
    told = press(member("Curators"), draft, "ask", "Clearer <b>title</b>")
    assert "waits for review now" in told
    publisher = member("Publishers")
    assert "Waiting for review: 1" in list_of(publisher)
    queue = publisher.get("/admin/review/").content.decode()
    assert "curators asked on" in queue
    assert "“Clearer &lt;b&gt;title&lt;/b&gt;”" in queue
    assert f'href="/admin/guides/guide/{draft.pk}/publish/"' in queue
    go_live(publisher, f"/admin/guides/guide/{draft.pk}/publish/")
    draft.refresh_from_db()
    assert drafts.state(draft) is State.LIVE
    assert "Nothing waits for review." in publisher.get("/admin/review/").content.decode()
    assert "Waiting for review:" not in list_of(publisher)


def test_a_draft_that_is_sent_back_tells_its_writer_why(member: Member, draft: Guide) -> None:
    curator, publisher = member("Curators"), member("Publishers")
    press(curator, draft, "ask")
    press(publisher, draft, "send_back", "Name the source.")
    draft.refresh_from_db()
    assert drafts.state(draft) is State.CHANGED
    assert "sent back: “Name the source.”" in list_of(curator)
    assert "sent back: “Name the source.”" in curator.get(f"/admin/guides/guide/{draft.pk}/change/").content.decode()
    assert (
        "It was sent back with this note:" in curator.get(f"/admin/guides/guide/{draft.pk}/publish/").content.decode()
    )
    press(curator, draft, "ask", "Done")
    assert "Name the source" not in list_of(curator)


def test_sending_back_needs_a_note(member: Member, draft: Guide) -> None:
    press(member("Curators"), draft, "ask")
    told = press(member("Publishers"), draft, "send_back")
    assert "say in the note what is to be done" in told
    assert "Or send it back." in told
    draft.refresh_from_db()
    assert drafts.state(draft) is State.REVIEW


def test_whoever_asked_can_take_it_back(member: Member, draft: Guide) -> None:
    curator = member("Curators")
    press(curator, draft, "ask")
    assert "Take it back from review" in curator.get(f"/admin/guides/guide/{draft.pk}/publish/").content.decode()
    press(curator, draft, "take_back")
    draft.refresh_from_db()
    assert drafts.state(draft) is State.CHANGED
    assert "does not wait for review" in press(curator, draft, "take_back")


def test_only_publishers_send_back_and_see_the_queue(member: Member, draft: Guide) -> None:
    curator = member("Curators")
    press(curator, draft, "ask")
    address = f"/admin/guides/guide/{draft.pk}/review/"
    assert curator.post(address, {"send_back": "1", "note": "No"}).status_code == 403
    assert curator.get("/admin/review/").status_code == 403
    assert member("Agents").post(address, {"take_back": "1"}).status_code == 403
    draft.refresh_from_db()
    assert drafts.state(draft) is State.REVIEW


def test_what_cannot_be_done_is_said_and_changes_nothing(member: Member, guide: Guide) -> None:
    curator = member("Curators")
    assert "There is nothing to review." in press(curator, guide, "ask")
    assert "choose one of the buttons" in press(curator, guide, "nothing")
    assert "may have 300 characters" in press(curator, guide, "ask", "x" * 301)
    assert curator.get(f"/admin/guides/guide/{guide.pk}/review/").status_code == 405
    guide.refresh_from_db()
    assert guide.review_asked is None


def test_what_somebody_publishes_in_the_same_moment_is_not_sent_for_review(
    member: Member, draft: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "hold", lambda named: Guide.objects.update(differs=False))
    assert "There is nothing to review." in press(member("Curators"), draft, "ask")
    draft.refresh_from_db()
    assert draft.review_asked is None


def test_every_step_is_in_the_trail(member: Member, draft: Guide) -> None:
    press(member("Curators"), draft, "ask", "Please")
    press(member("Publishers"), draft, "send_back", "Not yet")
    press(member("Curators"), draft, "ask")
    press(member("Curators"), draft, "take_back")
    told = list(LogEntry.objects.order_by("pk").values_list("user__username", "change_message"))
    assert told == [
        ("curators", "Sent it for review: Please"),
        ("publishers", "Sent it back: Not yet"),
        ("curators", "Sent it for review."),
        ("curators", "Took it back from review."),
    ]


def test_the_oldest_request_stands_first_whatever_its_kind(member: Member, draft: Guide) -> None:
    things = [draft, Mitigation.objects.get(), Notice.objects.get(), Question.objects.get()]
    for thing in reversed(things):
        type(thing)._default_manager.filter(pk=thing.pk).update(differs=True)
        press(member("Curators"), thing, "ask")
    shown = member("Publishers").get("/admin/review/").content.decode()
    places = [shown.index(f"/admin/guides/{thing.KIND}/{thing.pk}/publish/") for thing in things]
    assert places == sorted(places, reverse=True)


def test_the_list_filters_by_every_state_in_words(member: Member, draft: Guide) -> None:
    second = Guide.objects.get(reference="FLOW-2")
    for number in (3, 4):
        Guide.objects.create(reference=f"FLOW-{number}", slug=f"guide-{number}", title="A draft")
    Revision.objects.create(kind="guide", key="FLOW-4", number=1, document={}, html={}, renderer=1)
    curator = member("Curators")
    expected = {
        "draft": ["FLOW-3"],
        "withdrawn": ["FLOW-4"],
        "changed": ["FLOW-1"],
        "live": ["FLOW-2"],
        "retired": [],
        "review": [],
    }
    for state, references in expected.items():
        assert _references(curator, state) == references
    draft.ask_for_review(None)
    Guide.objects.filter(pk=second.pk).update(retired=True)
    assert _references(curator, "review") == ["FLOW-1"]
    assert _references(curator, "changed") == []
    assert _references(curator, "retired") == ["FLOW-2"]
    assert len(_references(curator, "nonsense")) == 4
    shown = list_of(curator)
    for words in ("In review", "Retired", "Draft", "Withdrawn"):
        assert f">{words}" in shown


def _references(client: Client, state: str) -> list[str]:
    response = client.get(f"/admin/guides/guide/?state={state}")
    return [guide.reference for guide in response.context["cl"].result_list]


def test_the_queue_asks_a_fixed_number_of_questions(
    staff: Client, draft: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10, 40):
        Guide.objects.create(reference=f"FLOW-{number}", slug=f"guide-{number}").ask_for_review(None)
    with django_assert_max_num_queries(8):
        assert staff.get("/admin/review/").content.decode().count("<li>") >= 30


def test_a_withdrawn_guide_is_told_from_a_draft(staff: Client, guide: Guide) -> None:
    publishing.withdraw([guide])
    assert _references(staff, "withdrawn") == ["FLOW-1"]
    assert _references(staff, "draft") == []

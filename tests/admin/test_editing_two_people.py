"""Two people change one page: the second is told, sees both versions, and nothing that anybody typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guides.models import ErrorCode, Guide, Mitigation, Notice, Step
from tests.admin.pages import controls, page, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ana", first_name="Ana"))
    return client


def opened(client: Client, thing: Any) -> dict[str, Any]:
    """The form of a page as somebody has it open."""
    response = client.get(page(thing))
    return controls(response) | {"_edits": response.context["edits"]}


def test_the_second_to_save_is_told_sees_both_versions_and_can_save_hers(
    staff: Client, ana: Client, guide: Guide
) -> None:
    mine = opened(staff, guide) | {"title": "Switch it on", "before": "Ask first."}
    save(ana, page(guide), {"title": "Start the flow", "uses-0-steps-0-text": "Open **My flows**."})

    response = staff.post(page(guide), mine | {"_save": "1"})
    shown = response.content.decode()
    assert "Ana saved this page at" in shown
    assert 'value="Switch it on"' in shown
    assert "Ask first." in shown
    places = [change.place for change in response.context["conflict"].changes]
    assert "Title" in places
    assert any("FIX-1.1" in place for place in places)
    assert "Start the flow" in "".join(str(c.pieces) for c in response.context["conflict"].changes)
    guide.refresh_from_db()
    assert guide.title == "Start the flow"

    again = mine | {"_edits": response.context["edits"], "_save": "1"}
    assert staff.post(page(guide), again).status_code == 302
    guide.refresh_from_db()
    assert (guide.title, guide.before) == ("Switch it on", "Ask first.")


def test_a_page_that_nobody_else_saved_is_saved_at_once(staff: Client, ana: Client, guide: Guide) -> None:
    save(ana, page(guide), {"title": "Start the flow"})
    assert staff.post(page(guide), opened(staff, guide) | {"title": "Mine", "_save": "1"}).status_code == 302


def test_saving_without_a_change_troubles_nobody(staff: Client, ana: Client, guide: Guide) -> None:
    mine = opened(staff, guide) | {"title": "Mine", "_save": "1"}
    save(ana, page(guide))
    assert staff.post(page(guide), mine).status_code == 302


def test_steps_changed_on_the_mitigations_own_page_are_noticed_on_the_guides(
    staff: Client, ana: Client, guide: Guide
) -> None:
    mine = opened(staff, guide) | {"title": "Mine", "_save": "1"}
    save(ana, page(Mitigation.objects.get()), {"steps-0-text": "Open it there."})
    assert "Ana saved this page" in staff.post(page(guide), mine).content.decode()
    other = opened(staff, Mitigation.objects.get()) | {"waiting": "A day.", "_save": "1"}
    save(ana, page(guide), {"uses-0-steps-1-text": "Press it."})
    assert "Ana saved this page" in staff.post(page(Mitigation.objects.get()), other).content.decode()


def test_rows_that_the_other_person_removed_are_shown_and_come_back_when_saved(
    staff: Client, ana: Client, guide: Guide
) -> None:
    mine = opened(staff, guide) | {"uses-0-steps-0-text": "Open the flow there.", "_save": "1"}
    save(ana, page(guide), {"uses-0-DELETE": "on", "causes-0-DELETE": "on", "uses-0-cause": ""})
    assert not guide.uses.exists()

    response = staff.post(page(guide), mine)
    shown = response.content.decode()
    assert "Ana saved this page" in shown
    assert "Open the flow there." in shown
    again = controls(response) | {"_edits": response.context["edits"], "_save": "1"}
    answer = staff.post(page(guide), again)
    assert answer.status_code == 302, answer.context["problems"]
    assert [use.mitigation.reference for use in guide.uses.all()] == ["FIX-1"]
    assert [cause.key for cause in guide.causes.all()] == ["off"]
    assert Step.objects.values_list("number", "text").first() == (1, "Open the flow there.")


def test_a_step_that_the_other_person_removed_comes_back_as_a_new_one(staff: Client, ana: Client, guide: Guide) -> None:
    mine = opened(staff, guide) | {"_save": "1", "uses-0-steps-1-text": "Press **Start**."}
    save(ana, page(guide), {"uses-0-steps-1-DELETE": "on"})
    response = staff.post(page(guide), mine)
    staff.post(page(guide), mine | {"_edits": response.context["edits"]})
    assert list(Step.objects.values_list("number", "text")) == [(1, "Open the flow."), (None, "Press **Start**.")]


def test_what_cannot_be_read_yet_is_compared_once_it_is_mended(staff: Client, ana: Client, guide: Guide) -> None:
    mine = opened(staff, guide) | {"title": "Mine", "sources-0-checked": "soon", "_save": "1"}
    save(ana, page(guide), {"title": "Hers"})
    response = staff.post(page(guide), mine)
    assert "then both versions are compared" in response.content.decode()
    mended = mine | {"_edits": response.context["edits"], "sources-0-checked": "2026-11-01"}
    response = staff.post(page(guide), mended)
    assert response.context["conflict"].changes[0].place == "Title"


def test_every_save_counts_and_tells_who(staff: Client, ana: Client, guide: Guide) -> None:
    mitigation = Mitigation.objects.get()
    before = guide.edits, mitigation.edits
    save(ana, page(guide), {"title": "Start the flow"})
    guide.refresh_from_db()
    mitigation.refresh_from_db()
    assert (guide.edits, mitigation.edits) == (before[0] + 1, before[1])
    assert guide.edited_by is not None
    assert guide.edited_by.first_name == "Ana"
    assert guide.differs
    save(ana, page(guide), {"title": "Turn the flow back on", "uses-0-steps-0-text": "Open it."})
    guide.refresh_from_db()
    mitigation.refresh_from_db()
    assert not guide.differs
    assert mitigation.differs


@pytest.mark.parametrize("key", ["999999", "no-number"])
def test_saving_a_page_that_is_not_there_any_more_is_told(staff: Client, guide: Guide, key: str) -> None:
    address = page(guide).replace(f"/{guide.pk}/", f"/{key}/")
    assert staff.post(address, opened(staff, guide) | {"_save": "1"}, follow=True).status_code == 200


def test_what_both_people_added_is_told_at_its_row(staff: Client, guide: Guide) -> None:
    form = controls(staff.get(page(guide)))
    notice = Notice.objects.create(slug="second", title="Second")
    guide.notice_uses.create(notice=notice, position=1)
    guide.codes.add(ErrorCode.objects.create(token="AddedByBoth"))
    form |= {"notice_uses-TOTAL_FORMS": "2", "notice_uses-1-notice": str(notice.pk), "notice_uses-1-position": "1"}
    form |= {"Guide_codes-TOTAL_FORMS": "2", "Guide_codes-1-token": "addedbyboth", "_save": "1"}
    told = [problem["text"] for problem in staff.post(page(guide), form).context["problems"]]
    assert len([text for text in told if "Somebody added the same meanwhile" in text]) == 2
    form |= {"notice_uses-1-DELETE": "on", "Guide_codes-1-DELETE": "on"}
    assert staff.post(page(guide), form).status_code == 302
    assert guide.notice_uses.count() == guide.codes.count() == 2

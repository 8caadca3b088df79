"""Steps are written on the page of a guide, belong to their mitigation, and keep their numbers."""

from __future__ import annotations

import pytest
from django.test import Client

from guides import knowledge
from guides.models import Guide, GuideMitigation, Mitigation, Step
from tests.admin.pages import controls, go_live, page, publish, save

pytestmark = pytest.mark.django_db

NEW_ROW = {
    "uses-TOTAL_FORMS": "2",
    "uses-1-mitigation": "",
    "uses-1-title": "Ask the owner",
    "uses-1-minutes_from": "5",
    "uses-1-minutes_to": "10",
    "uses-1-works": "sometimes",
    "uses-1-position": "1",
    "uses-1-steps-TOTAL_FORMS": "2",
    "uses-1-steps-INITIAL_FORMS": "0",
    "uses-1-steps-0-text": "Find the owner.",
    "uses-1-steps-0-where": "source",
    "uses-1-steps-0-who": "maker",
    "uses-1-steps-0-position": "0",
    "uses-1-steps-1-text": "Write to the owner.",
    "uses-1-steps-1-where": "target",
    "uses-1-steps-1-who": "anyone",
    "uses-1-steps-1-position": "1",
}


def texts(reference: str) -> list[tuple[int | None, str]]:
    return list(Step.objects.filter(mitigation__reference=reference).values_list("number", "text"))


def test_a_step_changed_on_the_guide_page_is_a_draft_until_it_is_published(staff: Client, guide: Guide) -> None:
    told = save(staff, page(guide), {"uses-0-steps-1-text": "Press **Start**."})
    assert "Readers do not see the change" in told
    known = knowledge.current()
    assert "Press" not in knowledge.guide_html(known, known.guides["FLOW-1"]).mitigations["FIX-1"][2]
    told = publish(staff, guide)
    assert "FIX-1 Turn on the flow (revision 2)" in told
    known = knowledge.current()
    for reference in ("FLOW-1", "FLOW-2"):
        assert "Start" in knowledge.guide_html(known, known.guides[reference]).mitigations["FIX-1"][2]


def test_saving_without_a_change_changes_nothing(staff: Client, guide: Guide) -> None:
    before = list(Step.objects.values()), list(GuideMitigation.objects.values()), list(Mitigation.objects.values())
    save(staff, page(guide), {})
    after = list(Step.objects.values()), list(GuideMitigation.objects.values()), list(Mitigation.objects.values())
    assert before == after


def test_a_new_mitigation_and_its_steps_are_written_in_one_save(staff: Client, guide: Guide) -> None:
    save(staff, page(guide), NEW_ROW)
    assert texts("FIX-2") == [(None, "Find the owner."), (None, "Write to the owner.")]
    assert list(guide.uses.values_list("mitigation__reference", "works")) == [
        ("FIX-1", "usually"),
        ("FIX-2", "sometimes"),
    ]
    publish(staff, guide)
    steps = knowledge.current().mitigations["FIX-2"].document.steps
    assert [(step.number, step.where) for step in steps] == [(1, "source"), (2, "target")]


def test_steps_without_a_title_are_not_lost_but_asked_about(staff: Client, guide: Guide) -> None:
    address = page(guide)
    untitled = NEW_ROW | {"uses-1-title": "", "uses-1-works": "usually"}
    response = staff.post(address, controls(staff.get(address)) | untitled)
    shown = response.content.decode()
    assert "give the new one a title" in shown
    assert "Write to the owner." in shown
    assert Mitigation.objects.count() == 1


def test_a_row_that_was_added_and_left_empty_is_ignored(staff: Client, guide: Guide) -> None:
    empty = {name: value for name, value in NEW_ROW.items() if "text" not in name}
    empty |= {"uses-1-title": "", "uses-1-works": "usually", "messages-TOTAL_FORMS": "2", "messages-1-position": "1"}
    save(
        staff,
        page(guide),
        empty | {"uses-1-steps-0-who": "maker", "uses-1-steps-1-where": "source", "uses-1-steps-1-who": "maker"},
    )
    assert guide.uses.count() == 1
    assert guide.messages.count() == 1


def test_an_existing_mitigation_is_taken_over_as_it_is(staff: Client, guide: Guide) -> None:
    other = Mitigation.objects.create(reference="FIX-7", title="Wait a day")
    row = {name: value for name, value in NEW_ROW.items() if "steps-0" not in name and "steps-1" not in name}
    row |= {"uses-1-mitigation": str(other.pk), "uses-1-title": "", "uses-1-steps-TOTAL_FORMS": "0"}
    save(staff, page(guide), row)
    other.refresh_from_db()
    assert other.title == "Wait a day"
    assert guide.uses.filter(mitigation=other).exists()


def test_an_existing_mitigation_and_new_steps_at_once_are_refused_in_plain_words(staff: Client, guide: Guide) -> None:
    other = Mitigation.objects.create(reference="FIX-7", title="Wait a day")
    address = page(guide)
    response = staff.post(address, controls(staff.get(address)) | NEW_ROW | {"uses-1-mitigation": str(other.pk)})
    assert "FIX-7 has its own title and steps" in response.content.decode()
    assert not other.steps.exists()


def test_the_same_mitigation_twice_is_refused_in_plain_words(staff: Client, guide: Guide) -> None:
    row = {name: value for name, value in NEW_ROW.items() if "steps-" not in name}
    row |= {"uses-1-steps-TOTAL_FORMS": "0", "uses-1-steps-INITIAL_FORMS": "0", "uses-1-title": ""}
    row["uses-1-mitigation"] = str(Mitigation.objects.get(reference="FIX-1").pk)
    address = page(guide)
    response = staff.post(address, controls(staff.get(address)) | row)
    assert "The same mitigation is there twice; keep one row." in response.content.decode()


def test_giving_a_mitigation_up_leaves_it_and_its_steps_to_the_other_guides(staff: Client, guide: Guide) -> None:
    removed = {"uses-0-DELETE": "on", "uses-0-steps-0-DELETE": "on", "uses-0-steps-1-DELETE": "on"}
    save(staff, page(guide), removed)
    assert not guide.uses.exists()
    assert len(texts("FIX-1")) == 2


def test_moving_steps_keeps_their_numbers(staff: Client, guide: Guide) -> None:
    save(staff, page(guide), {"uses-0-steps-0-position": "1", "uses-0-steps-1-position": "0"})
    assert [number for number, _text in texts("FIX-1")] == [2, 1]


def test_the_number_of_a_removed_step_is_not_given_again(staff: Client, guide: Guide) -> None:
    mitigation = Mitigation.objects.get(reference="FIX-1")
    save(staff, page(mitigation), {"steps-1-DELETE": "on"})
    new = {"steps-TOTAL_FORMS": "2", "steps-1-text": "Turn it on.", "steps-1-where": "source", "steps-1-who": "maker"}
    save(staff, page(mitigation), new)
    publish(staff, mitigation)
    assert texts("FIX-1") == [(1, "Open the flow."), (3, "Turn it on.")]


def test_a_step_dragged_to_another_mitigation_gets_a_number_there(staff: Client, guide: Guide) -> None:
    save(staff, page(guide), NEW_ROW)
    publish(staff, guide)
    form = controls(staff.get(page(guide)))
    dragged = {
        name.replace("uses-0-steps-1", "uses-1-steps-2"): form.pop(name)
        for name in list(form)
        if name.startswith("uses-0-steps-1-")
    }
    dragged |= {"uses-0-steps-TOTAL_FORMS": "1", "uses-0-steps-INITIAL_FORMS": "1"}
    dragged |= {"uses-1-steps-TOTAL_FORMS": "3", "uses-1-steps-INITIAL_FORMS": "3", "uses-1-steps-2-position": "2"}
    response = staff.post(page(guide), form | dragged | {"_publish": "1"})
    assert "Readers see this now" in go_live(staff, response["Location"])
    assert texts("FIX-1") == [(1, "Open the flow.")]
    assert texts("FIX-2") == [(1, "Find the owner."), (2, "Write to the owner."), (3, "Select **Turn on**.")]
    assert Mitigation.objects.get(reference="FIX-1").last_step == 2


def test_two_rows_in_the_same_place_and_an_error_elsewhere_keep_what_was_typed(staff: Client, guide: Guide) -> None:
    address = page(guide)
    wrong = {
        "uses-0-steps-0-position": "0",
        "uses-0-steps-1-position": "0",
        "sources-0-checked": "yesterday",
        "title": "Kept",
    }
    response = staff.post(address, controls(staff.get(address)) | wrong)
    assert response.status_code == 200
    assert "Kept" in response.content.decode()
    assert "Enter a valid date" in response.content.decode()

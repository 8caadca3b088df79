"""Rows are added, moved and removed by plain buttons, with all that was typed kept and nothing saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guides.models import Guide, Step
from tests.admin.pages import controls, page

pytestmark = pytest.mark.django_db


def press(client: Client, thing: Any, button: str, changes: dict[str, Any] | None = None) -> Any:
    """Open the page of a thing, type something, press a button of its rows; the page that follows."""
    response = client.post(page(thing), controls(client.get(page(thing))) | (changes or {}) | {"_rows": button})
    assert response.status_code == 200
    return response


def steps(response: Any) -> list[str]:
    """The texts of the first mitigation's steps in their order on the page."""
    [place] = [place for place in response.context["places"] if place.section.id == "fixes"]
    return [row.form.form["text"].value() for row in place.parts[0].rows[0].parts[0].rows]


def test_a_step_moves_up_with_everything_typed_and_nothing_saved(staff: Client, guide: Guide) -> None:
    typed = {"title": "", "uses-0-steps-1-text": "Press **Start**."}
    response = press(staff, guide, "up:uses-0-steps-1", typed)
    assert steps(response) == ["Press **Start**.", "Open the flow."]
    shown = response.content.decode()
    assert "This field is required" not in shown
    assert "errornote" not in shown
    assert response.context["focus_row"] == "uses-0-steps-1"
    assert list(Step.objects.values_list("text", flat=True)) == ["Open the flow.", "Select **Turn on**."]
    staff.post(page(guide), controls(response) | {"title": "Kept", "_save": "1"})
    assert list(Step.objects.values_list("number", "text")) == [(2, "Press **Start**."), (1, "Open the flow.")]


def test_a_step_that_is_the_first_stays_the_first(staff: Client, guide: Guide) -> None:
    assert steps(press(staff, guide, "up:uses-0-steps-0")) == ["Open the flow.", "Select **Turn on**."]
    assert steps(press(staff, guide, "down:uses-0-steps-0")) == ["Select **Turn on**.", "Open the flow."]


def test_a_new_mitigation_begins_with_an_empty_step_and_usual_values(staff: Client, guide: Guide) -> None:
    form = controls(press(staff, guide, "add:uses"))
    assert (form["uses-1-minutes_from"], form["uses-1-works"], form["uses-1-steps-0-where"]) == (
        "5",
        "usually",
        "source",
    )
    typed = form | {"uses-1-title": "Ask the owner", "uses-1-steps-0-text": "Find the owner.", "_save": "1"}
    assert staff.post(page(guide), typed).status_code == 302
    assert [use.mitigation.title for use in guide.uses.all()] == ["Turn on the flow", "Ask the owner"]
    assert Step.objects.get(mitigation__reference="FIX-2").text == "Find the owner."


def test_a_removed_row_can_be_kept_until_it_is_saved(staff: Client, guide: Guide) -> None:
    removed = press(staff, guide, "remove:uses-0-steps-0")
    assert "Removed when you save." in removed.content.decode()
    kept = staff.post(page(guide), controls(removed) | {"_rows": "keep:uses-0-steps-0"})
    staff.post(page(guide), controls(kept) | {"_save": "1"})
    assert Step.objects.count() == 2
    staff.post(page(guide), controls(removed) | {"_save": "1"})
    assert [step.text for step in Step.objects.all()] == ["Select **Turn on**."]


def test_a_new_guide_is_written_without_script(staff: Client, guide: Guide) -> None:
    address = "/admin/guides/guide/add/"
    form = controls(staff.get(address)) | {"title": "Typed"}
    assert (form["samples-TOTAL_FORMS"], form["uses-TOTAL_FORMS"], form["uses-0-steps-TOTAL_FORMS"]) == (1, 1, 1)
    form = controls(staff.post(address, form | {"_rows": "add:samples", "samples-0-text": "First"}))
    assert (form["title"], form["samples-0-text"], form["samples-TOTAL_FORMS"]) == ("Typed", "First", "2")
    assert not Guide.objects.filter(title="Typed").exists()


@pytest.mark.parametrize(
    "button", ["", "up", "up:", "add:nothing", "up:uses-99", "down:uses-0-steps-x", "fly:uses-0", "remove:" + "9" * 400]
)
def test_a_button_that_makes_no_sense_changes_nothing(staff: Client, guide: Guide, button: str) -> None:
    assert steps(press(staff, guide, button)) == ["Open the flow.", "Select **Turn on**."]


def test_every_button_of_a_row_has_a_name_of_its_own(staff: Client, guide: Guide) -> None:
    shown = staff.get(page(guide)).content.decode()
    for name in ("step 1 of FIX-1", "step 2 of FIX-1", "mitigation 1", "cause 1"):
        assert f'Move up <span class="vh name">{name}</span>' in shown


def test_a_new_part_is_named_after_what_it_says(staff: Client, guide: Guide) -> None:
    rows = {
        "causes-TOTAL_FORMS": "2",
        "causes-1-text": "Somebody **left** the team. Nobody took over.",
        "causes-1-key": "",
        "messages-TOTAL_FORMS": "2",
        "messages-1-text": "<Flow> cannot start: no owner.",
        "messages-1-key": "",
        "sources-TOTAL_FORMS": "2",
        "sources-1-title": "日本語",
        "sources-1-key": "",
        "sources-1-checked": "2026-11-01",
    }
    response = staff.post(page(guide), controls(staff.get(page(guide))) | rows | {"_save": "1"})
    assert response.status_code == 302, response.context["problems"]
    assert guide.causes.last().key == "somebody-left-the-team-nobody"
    assert guide.messages.last().key == "cannot-start-no-owner"
    assert guide.sources.last().key == "source"


@pytest.mark.parametrize(
    ("button", "control"),
    [
        ("up:uses-0-steps-1", "uses-0-steps-0-position"),
        ("up:uses-0-steps-1", "uses-0-steps-0-id"),
        ("up:uses-0-steps-1", "uses-0-id"),
        ("add:uses", "uses-0-mitigation"),
        (f"up:uses-0-steps-{'9' * 5_000}", "uses-0-position"),
    ],
)
def test_a_number_that_no_page_writes_breaks_nothing(staff: Client, guide: Guide, button: str, control: str) -> None:
    assert press(staff, guide, button, {control: "9" * 5_000}).status_code == 200

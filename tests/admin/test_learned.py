"""What outcomes say stands beside the stated word, and a curator decides with one click which of the two counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from guides.models import ContentVersion, Guide
from tests.admin.pages import page, said, save
from tests.cases.votes import say
from tests.guides.factories import document, guide_data, second_guide_data
from tests.pages.reading import main_part, seen
from troubleshooter.cases import learning

pytestmark = pytest.mark.django_db

SECOND = "Outcomes say: about 2 times as common (from 37 outcomes)."


@pytest.fixture
def learned(guide: Guide) -> Guide:
    """A guide whose problem was found to be twice as common as stated."""
    Guide.objects.filter(pk=guide.pk).update(common="sometimes", learned_factor=2.04, learned_from=36.7)
    ContentVersion.advance()
    return Guide.objects.get(pk=guide.pk)


def press(client: Client, guide: Guide, use: str) -> str:
    """Press the button on the page of the guide; the messages that follow."""
    response = client.post(page(guide).replace("/change/", "/learned/"), {"use": use})
    assert response.status_code == 302
    return said(client.get(response["Location"]))


def counts(guide: Guide) -> float:
    """The factor with which readers' diagnoses are made."""
    return knowledge.current().model.guide[guide.reference].learned


def test_it_stands_in_plain_words_beside_the_stated_one(staff: Client, learned: Guide) -> None:
    assert f"Stated: sometimes. {SECOND}" in seen(staff.get(page(learned)))
    assert "Sometimes; about 2 times as common" in seen(staff.get("/admin/guides/guide/"))


@pytest.mark.parametrize(
    ("factor", "number", "words"),
    [
        (1.0, 0.0, "Outcomes say nothing yet."),
        (1.04, 12.0, "Outcomes say: about as common (from 12 outcomes)."),
        (4.0, 1.2, "Outcomes say: about 4 times as common (from 1 outcome)."),
        (0.4, 3.0, "Outcomes say: about 2.5 times as rare (from 3 outcomes)."),
        (0.5, 0.0, "Outcomes say: about 2 times as rare (others were solved more often)."),
    ],
)
def test_each_factor_has_its_words(staff: Client, guide: Guide, factor: float, number: float, words: str) -> None:
    Guide.objects.filter(pk=guide.pk).update(learned_factor=factor, learned_from=number)
    assert f"Nothing is stated, which counts as sometimes. {words}" in seen(staff.get(page(guide)))


def test_there_is_no_button_while_outcomes_say_nothing(staff: Client, guide: Guide) -> None:
    assert "Use the stated word" not in main_part(staff.get(page(guide)))


def test_a_new_guide_says_nothing_about_outcomes(staff: Client, db: None) -> None:
    assert "Outcomes say" not in seen(staff.get("/admin/guides/guide/add/"))


def test_a_fork_is_nobodys_problem_so_outcomes_say_nothing_about_it(staff: Client, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(kind="fork")
    assert "Outcomes say" not in seen(staff.get(page(guide)))


def test_one_click_goes_back_to_the_stated_word_at_once_and_another_undoes_it(staff: Client, learned: Guide) -> None:
    before = staff.get("/guides/flow-turned-off/")["ETag"]
    assert counts(learned) == 2.04
    assert "Only the stated word says how common FLOW-1 is" in press(staff, learned, "stated")
    assert counts(learned) == 1
    held = staff.get("/guides/flow-turned-off/")["ETag"]
    assert held != before
    text = seen(staff.get(page(learned)))
    assert f"{SECOND} Only the stated word counts." in text
    assert "Use what outcomes say" in text
    assert "Sometimes; outcomes are not used" in seen(staff.get("/admin/guides/guide/"))
    assert "counts again" in press(staff, learned, "learned")
    assert counts(learned) == 2.04
    assert staff.get("/guides/flow-turned-off/")["ETag"] not in (before, held)


def test_the_choice_outlives_a_rebuild_and_a_save(staff: Client, learned: Guide) -> None:
    press(staff, learned, "stated")
    save(staff, page(learned), {"title": "A better title"})
    say("FLOW-1", number=40)
    learning.rebuild(at_once=True)
    learned.refresh_from_db()
    assert not learned.uses_learned
    assert counts(learned) == 1
    assert learned.title == "A better title"


def test_whoever_leads_a_sample_astray_is_told(staff: Client, guide: Guide) -> None:
    shared: dict[str, Any] = {"messages": [{"key": "shared", "text": "The frobnicator jammed."}], "codes": []}
    asked_for = guide_data(**shared, samples=[{"text": "The frobnicator jammed."}], expects={}, common="usually")
    publishing.load([document("guide", asked_for), document("guide", second_guide_data(**shared, samples=[]))])
    other = Guide.objects.get(reference="FLOW-2")
    Guide.objects.filter(pk=other.pk).update(learned_factor=4, uses_learned=False)
    Guide.objects.filter(pk=guide.pk).update(learned_factor=0.25)
    assert "must lead here, but leads to FLOW-2" in press(staff, other, "learned")
    assert counts(other) == 4
    assert "must lead here" not in press(staff, other, "stated")


def test_it_is_in_the_audit_trail_once(staff: Client, learned: Guide) -> None:
    version = ContentVersion.now()[0]
    press(staff, learned, "stated")
    press(staff, learned, "stated")
    assert [entry.change_message for entry in LogEntry.objects.all()] == ["Used the stated word."]
    assert ContentVersion.now()[0] == version + 1
    press(staff, learned, "learned")
    assert LogEntry.objects.first().change_message == "Used what outcomes say."  # type: ignore[union-attr]


@pytest.mark.parametrize("use", ["", "x", "<script>", "stated' OR 1=1"])
def test_a_button_that_is_not_there_does_nothing(staff: Client, learned: Guide, use: str) -> None:
    before = ContentVersion.now()
    assert press(staff, learned, use) == "Nothing happened: choose one of the buttons."
    assert ContentVersion.now() == before


def test_the_button_stands_outside_the_form_in_which_people_write(staff: Client, learned: Guide) -> None:
    text = main_part(staff.get(page(learned)))
    start, end = text.index('id="learned-form"'), text.index("</form>", text.index('id="learned-form"'))
    assert text.index("</form>") < start
    assert "csrfmiddlewaretoken" in text[start:end]
    assert 'form="learned-form" name="use" value="stated"' in text


def test_agents_see_it_and_cannot_press_it(member: Callable[[str], Client], learned: Guide) -> None:
    agent = member("Agents")
    text = seen(agent.get(page(learned)))
    assert SECOND in text
    assert "Use the stated word" not in text
    assert agent.post(page(learned).replace("/change/", "/learned/"), {"use": "stated"}).status_code == 403
    learned.refresh_from_db()
    assert learned.uses_learned


def test_only_a_button_changes_it(member: Callable[[str], Client], learned: Guide) -> None:
    curator, address = member("Curators"), page(learned).replace("/change/", "/learned/")
    assert curator.get(address).status_code == 405
    assert curator.post("/admin/guides/guide/999999/learned/", {"use": "stated"}).status_code == 404
    assert curator.post(address, {"use": "stated"}).status_code == 302
    learned.refresh_from_db()
    assert not learned.uses_learned


def test_the_list_of_guides_asks_no_more_for_it(
    staff: Client, learned: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        staff.get("/admin/guides/guide/")

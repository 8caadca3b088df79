"""What people would answer is one table: a word for each choice, stored only where it changed."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.models import Choice, Expectation, Guide, Question
from tests.admin.pages import controls, page, save

pytestmark = pytest.mark.django_db


def words(guide: Guide) -> dict[str, str]:
    return dict(guide.expectations.values_list("choice__slug", "word"))


def test_words_are_added_changed_and_taken_back(staff: Client, guide: Guide) -> None:
    on, off = Choice.objects.order_by("slug").filter(slug__in=["on", "off"]).order_by("-slug")
    before = words(guide)
    assert set(before) == {"off"}
    kept = Expectation.objects.get().pk
    save(staff, page(guide), {f"expects-{on.pk}": "rarely"})
    assert words(guide) == before | {"on": "rarely"}
    assert Expectation.objects.filter(pk=kept).exists()
    save(staff, page(guide), {f"expects-{on.pk}": "never", f"expects-{off.pk}": ""})
    assert words(guide) == {"on": "never"}


def test_the_table_shows_every_choice_its_normal_answer_and_what_is_not_live(staff: Client, guide: Guide) -> None:
    draft = Question.objects.create(slug="new", text="Is it new?")
    draft.choices.create(slug="yes", text="Yes, it is new", summary="You said it is new.")
    shown = staff.get(page(guide)).content.decode()
    assert "normally always" in shown
    assert "Yes, it is new" in shown
    assert shown.count("not live yet") == 1
    assert 'id="effect-flow-on"' in shown


def test_a_word_that_does_not_exist_is_refused(staff: Client, guide: Guide) -> None:
    name = f"expects-{Choice.objects.get(slug='on').pk}"
    response = staff.post(page(guide), controls(staff.get(page(guide))) | {name: "perhaps"})
    assert "Select a valid choice" in response.content.decode()
    assert words(guide).keys() == {"off"}


def test_a_choice_that_was_removed_meanwhile_is_told_and_nothing_else_is_lost(staff: Client, guide: Guide) -> None:
    gone = Question.objects.get().choices.create(slug="maybe", text="Maybe", summary="Maybe.", position=9)
    form = controls(staff.get(page(guide))) | {f"expects-{gone.pk}": "usually", "title": "Kept"}
    gone.delete()
    response = staff.post(page(guide), form)
    assert "Somebody removed an answer that you marked (usually)" in response.content.decode()
    again = controls(response)
    assert again["title"] == "Kept"
    assert staff.post(page(guide), again).status_code == 302


def test_saving_without_a_change_writes_no_answer(staff: Client, guide: Guide) -> None:
    before = list(Expectation.objects.values())
    save(staff, page(guide))
    assert list(Expectation.objects.values()) == before

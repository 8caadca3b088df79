"""The lists of the help form as a new installation has them, and what choosing from them means."""

from __future__ import annotations

import pytest

from guides import knowledge
from guides.help_form import Category, Chosen, HelpForm, ProblemType

CONNECTIONS = ProblemType("1", "Connections", (Category("7", "Sign-in"),))
FLOWS = ProblemType("2", "Flows", (Category("8", "Slow flow"),))
FORM = HelpForm((CONNECTIONS, FLOWS))


def test_a_category_brings_its_problem_type_along() -> None:
    assert FORM.chosen("", "8") == Chosen(FLOWS, FLOWS.categories[0])


def test_a_category_of_another_problem_type_does_not_fit() -> None:
    assert FORM.chosen("2", "8").fits
    assert not FORM.chosen("1", "8").fits


@pytest.mark.parametrize(("kind", "category"), [("9", ""), ("", "9"), ("1", "9"), ("Connections", "")])
def test_what_is_not_in_the_lists_is_stale(kind: str, category: str) -> None:
    assert FORM.chosen(kind, category).is_stale


def test_a_new_installation_has_five_problem_types_with_two_to_four_categories(starter_content: None) -> None:
    types = knowledge.current().help_form.types
    assert len(types) == 5
    assert all(2 <= len(row.categories) <= 4 for row in types)


def test_the_starter_categories_name_live_guides_and_say_live_answers(starter_content: None) -> None:
    known = knowledge.current()
    for category in (category for row in known.help_form.types for category in row.categories):
        assert set(category.guides) <= set(known.guides), category.name
        assert category.guides, category.name
        assert bool(category.question) == bool(category.fact(known.model)), category.name


def test_the_starter_links_lead_to_self_help_to_a_person_and_to_the_community(starter_content: None) -> None:
    links = knowledge.current().help_form.links
    assert set(links) == {"self-help", "ask", "community"}
    assert '<strong translate="no">Contact Support</strong>' in links["ask"][0].about

"""Staff edit the lists of the help form and its links; what they save is what readers see next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import Category, Guide, HelpLink, ProblemType
from tests.admin.pages import controls, save
from tests.pages.reading import seen

TYPES = "/admin/guides/problemtype/"
LINKS = "/admin/guides/helplink/"


@pytest.fixture
def connections(guide: Guide) -> str:
    """The page of the problem type “Connections”."""
    return f"{TYPES}{ProblemType.objects.get(name='Connections').pk}/change/"


def refused(client: Client, address: str, changes: dict[str, Any]) -> list[str]:
    """Save a page in vain; what it says is wrong."""
    response = client.post(address, controls(client.get(address)) | changes | {"_save": "1"})
    assert response.status_code == 200
    return [problem["text"] for problem in response.context["problems"]]


def test_a_changed_name_is_on_the_help_page_at_once(connections: str, member: Callable[[str], Client]) -> None:
    curator, reader = member("Curators"), Client()
    etag = reader.get("/help/")["ETag"]
    save(curator, connections, {"name": "Links to services", "categories-0-name": "A sign-in that ended"})
    page = reader.get("/help/", headers={"If-None-Match": etag})
    assert page.status_code == 200
    assert "Links to services" in seen(page)
    assert "A sign-in that ended" in seen(page)


def test_a_category_says_an_answer_and_names_guides(connections: str, staff: Client) -> None:
    page = staff.get(connections)
    answers = dict(page.context["inline_admin_formsets"][0].formset.forms[0].fields["answer"].choices)
    assert "" in answers
    question = next(rows for rows in list(answers.values())[1:] if isinstance(rows, list))
    answer = question[0][0]
    save(staff, connections, {"categories-0-answer": answer, "categories-0-guides": "flow-1\nFLOW-1\n"})
    row = Category.objects.get(problem_type__name="Connections", position=0)
    assert (f"{row.question}={row.choice}", row.guides) == (answer, ["FLOW-1"])


def test_an_answer_that_is_no_longer_live_stays_until_somebody_changes_it(connections: str, staff: Client) -> None:
    rows = Category.objects.filter(problem_type__name="Connections")
    before = list(rows.values_list("question", "choice"))
    assert ("connection-warning", "yes") in before
    assert "not live now" in staff.get(connections).content.decode()
    save(staff, connections, {"order": "5"})
    assert list(rows.values_list("question", "choice")) == before


def test_a_guide_that_is_not_live_and_an_answer_nobody_gives_are_refused(connections: str, staff: Client) -> None:
    problems = refused(staff, connections, {"categories-0-guides": "FLOW-999"})
    assert problems == ["Category 1, Guides: There is no live guide FLOW-999."]
    assert refused(staff, connections, {"categories-0-answer": "moon=cheese"})
    assert refused(staff, connections, {"categories-0-name": " "})
    assert refused(staff, connections, {"categories-0-name": "Permission to use a connection"})


def test_a_new_problem_type_with_its_first_category(guide: Guide, staff: Client) -> None:
    save(staff, f"{TYPES}add/", {"name": "Forms", "categories-0-name": "A form that stays empty"})
    assert "A form that stays empty" in seen(Client().get("/help/"))


def test_a_deleted_problem_type_is_gone_at_once(connections: str, staff: Client) -> None:
    staff.post(connections.replace("change", "delete"), {"post": "yes"})
    assert "A connection that needs a new sign-in" not in seen(Client().get("/help/"))
    chosen = ProblemType.objects.values_list("pk", flat=True)
    staff.post(TYPES, {"action": "delete_selected", "_selected_action": list(chosen), "post": "yes"})
    assert "Problem type" not in seen(Client().get("/help/")).partition("Make a ticket")[0]


def test_a_link_says_what_to_do_there_in_markdown(guide: Guide, staff: Client) -> None:
    link = HelpLink.objects.get(kind="community")
    about = "Ask in **Flows**. <script>alert(1)</script>"
    save(staff, f"{LINKS}{link.pk}/change/", {"name": "Our chat", "url": "https://chat.example/", "about": about})
    page = Client().get("/help/").content.decode()
    assert '<a href="https://chat.example/" rel="noopener noreferrer">Our chat</a>' in page
    assert 'Ask in <strong translate="no">Flows</strong>.' in page
    assert "alert(1)" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://files.example/", "no address", ""])
def test_a_link_leads_to_a_page_of_the_web(guide: Guide, staff: Client, url: str) -> None:
    assert refused(staff, f"{LINKS}{HelpLink.objects.earliest('pk').pk}/change/", {"url": url})


def test_the_page_of_a_problem_type_takes_as_many_queries_with_more_categories(
    connections: str, staff: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staff.get(connections)
    with django_assert_num_queries(6):
        staff.get(connections)
    kind = ProblemType.objects.get(name="Connections")
    for number in range(20):
        Category.objects.create(problem_type=kind, position=10 + number, name=f"Category {number}")
    with django_assert_num_queries(6):
        staff.get(connections)

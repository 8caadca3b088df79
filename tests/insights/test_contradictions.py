"""What outcomes contradict is suggested to curators, with the way to where it is stated; nothing changes by itself."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from guides.models import Choice, Expectation, Guide, GuideMitigation
from tests.cases.votes import say
from tests.guides.factories import document, guide_data
from tests.insights.conftest import Person
from tests.insights.test_reports import report, rows_of
from tests.pages.reading import links, main_part, seen
from troubleshooter.cases import learning
from troubleshooter.cases.models import Suggestion

pytestmark = pytest.mark.usefixtures("guide")

SLUG = "contradictions"
CODE = "code=FlowIsTurnedOff"


@pytest.fixture
def answered() -> None:
    """Usually “off” is stated; five of forty people said so whom the fix helped."""
    say("FLOW-1", number=35, evidence=f"{CODE}&q.flow-on=on")
    say("FLOW-1", number=5, evidence=f"{CODE}&q.flow-on=off")
    learning.rebuild()


@pytest.fixture
def failed() -> None:
    """A fix that usually works, as is stated, helped one of thirty people."""
    say("FLOW-1", "same", number=29, evidence=CODE)
    say("FLOW-1", evidence=CODE)
    learning.rebuild()


def anchors(client: Client) -> list[str]:
    return [link for link in links(report(client, SLUG)) if "#" in link and "/guide/" in link]


def test_a_statement_is_named_with_what_was_seen_and_a_word_that_would_fit(
    curator: Client, guide: Guide, answered: None
) -> None:
    assert rows_of(curator, SLUG) == [
        [
            "FLOW-1 Turn the flow back on",
            "“No, it is off” to “Is the flow turned on?”",
            "usually",
            "5 of 40",
            "rarely",
        ]
    ]
    choice = Choice.objects.get(question__slug="flow-on", slug="off")
    (link,) = anchors(curator)
    assert link == f"/admin/guides/guide/{guide.pk}/change/#c{choice.pk}"
    assert f'id="c{choice.pk}"' in main_part(curator.get(link))


def test_a_fix_that_works_less_often_than_stated_leads_to_the_fixes_of_the_guide(
    curator: Client, guide: Guide, failed: None
) -> None:
    (row,) = rows_of(curator, SLUG)
    assert row[1:] == ["“Turn on the flow” works", "usually", "1 of 30", "never"]
    (link,) = anchors(curator)
    assert link == f"/admin/guides/guide/{guide.pk}/change/#fixes"
    assert 'id="fixes"' in main_part(curator.get(link))


def test_nothing_that_is_stated_changes_by_itself(guide: Guide, answered: None, failed: None) -> None:
    assert Expectation.objects.get(guide=guide).word == "usually"
    assert GuideMitigation.objects.get(guide=guide).works == "usually"
    known = knowledge.current().model.guide["FLOW-1"]
    assert known.expects == {"flow-on": {"off": "usually"}}


def test_what_fits_is_not_told(curator: Client) -> None:
    say("FLOW-1", number=30, evidence=f"{CODE}&q.flow-on=off")
    say("FLOW-1", "same", number=10, evidence=CODE)
    learning.rebuild()
    assert rows_of(curator, SLUG) == []
    assert "Outcomes contradict nothing that is stated." in seen(report(curator, SLUG))


def test_few_people_contradict_nothing(curator: Client) -> None:
    say("FLOW-1", number=5, evidence=f"{CODE}&q.flow-on=on")
    learning.rebuild()
    assert rows_of(curator, SLUG) == []


def test_once_the_word_is_changed_and_live_it_is_told_no_more(curator: Client, guide: Guide, answered: None) -> None:
    publishing.load([document("guide", guide_data(expects={"flow-on": {"off": "rarely"}}))])
    assert Suggestion.objects.exists()
    assert rows_of(curator, SLUG) == []
    learning.rebuild(at_once=True)
    assert not Suggestion.objects.exists()


def test_a_guide_that_is_retired_or_deleted_is_not_told_of(curator: Client, guide: Guide, answered: None) -> None:
    Guide.objects.filter(pk=guide.pk).update(retired=True)
    publishing.publish([Guide.objects.get(pk=guide.pk)])
    assert rows_of(curator, SLUG) == []


def test_a_silent_guide_is_told_what_anybody_would_say(curator: Client) -> None:
    say("FLOW-2", number=40, evidence="code=PasswordExpired&q.flow-on=off")
    learning.rebuild()
    (row,) = rows_of(curator, SLUG)
    assert row[0] == "FLOW-2 Renew the password"
    assert row[1:4] == ["“Yes, it is on” to “Is the flow turned on?”", "nothing; anybody says it always", "0 of 40"]


def test_the_start_page_names_it_to_those_who_may_mend_it(signed_in: Person, answered: None) -> None:
    page = signed_in("Curators").get("/admin/")
    assert "Outcomes contradict what is stated" in seen(page)
    assert "“No, it is off” to “Is the flow turned on?”. Stated: usually. Seen: 5 of 40." in seen(page)
    assert f"/admin/reports/{SLUG}/" in links(page)
    assert "Outcomes contradict" not in seen(signed_in("Agents").get("/admin/"))


def test_the_start_page_says_nothing_where_nothing_is_contradicted(curator: Client) -> None:
    assert "Outcomes contradict" not in seen(curator.get("/admin/"))


def test_the_pages_read_no_outcomes(
    curator: Client, answered: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    knowledge.current()
    with django_assert_max_num_queries(10) as asked:
        report(curator, SLUG)
    assert not [query for query in asked.captured_queries if "cases_outcome" in query["sql"]]

"""The start page tells staff what to do next, each what they may do, and is no emptier than it must be."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from guides.models import Guide, Mitigation
from tests.cases.clock import DAY
from tests.insights.conftest import Person, make_error
from tests.pages.reading import heading, in_order, links, seen, title
from troubleshooter.cases.models import Flag

pytestmark = pytest.mark.usefixtures("guide")


def flag(guide: Guide, text: str) -> Flag:
    Flag.objects.report(guide.reference, "FIX-1.2", text, guide.live_id or 0)
    return Flag.objects.get(text=text)


def test_it_stands_where_the_admin_starts(curator: Client, client: Client) -> None:
    assert reverse("admin:index") == "/admin/"
    assert client.get("/admin/").url.startswith("/admin/login/")  # type: ignore[attr-defined]
    response = curator.get("/admin/")
    assert heading(response) == "What to do next"
    assert title(response).startswith(heading(response))
    assert in_order(seen(response), "What do you want to change?", "Knowledge", "Guides", "Mitigations")


def test_where_nothing_is_to_do_it_says_so(signed_in: Person) -> None:
    assert in_order(
        seen(signed_in("Publishers").get("/admin/")),
        "Nothing waits for review.",
        "No report of a reader is open.",
        "Every error seen this week has a guide.",
        "No guide is due for review.",
    )


def test_agents_see_nothing_that_is_not_theirs_to_do(signed_in: Person, guide: Guide) -> None:
    guide.ask_for_review(None, "whale")
    flag(guide, "whale")
    make_error(token="FrobnicatorJammed")
    text = seen(signed_in("Agents").get("/admin/"))
    assert in_order(text, "Nothing waits for you.", "What do you want to change?", "Guides")
    assert "whale" not in text
    assert "FrobnicatorJammed" not in text
    assert "reports" not in text


def test_publishers_see_what_waits_for_review_the_oldest_first(signed_in: Person, guide: Guide) -> None:
    anna = User.objects.create_user("anna")
    guide.ask_for_review(anna, "One step is new.")
    fix = Mitigation.objects.get()
    fix.ask_for_review(anna)
    Mitigation.objects.update(review_asked=timezone.now() - DAY)
    publisher = signed_in("Publishers")
    text = seen(publisher.get("/admin/"))
    assert in_order(text, "Waiting for review", "FIX-1", "anna asked on", "FLOW-1", "One step is new.")
    assert f"/admin/guides/guide/{guide.pk}/publish/" in links(publisher.get("/admin/"))
    assert "One step is new." not in seen(signed_in("Curators").get("/admin/"))


def test_a_draft_that_was_sent_back_is_shown_to_its_writer_with_the_reason(signed_in: Person, guide: Guide) -> None:
    anna, ben = signed_in("Curators"), signed_in("Publishers")
    guide.ask_for_review(User.objects.get(username="curators"))
    guide.end_review("Name the menu.")
    Guide.objects.update(differs=True)
    assert in_order(seen(anna.get("/admin/")), "Sent back to you", "FLOW-1", "Name the menu.")
    assert "Name the menu." not in seen(ben.get("/admin/"))


def test_reports_of_readers_come_with_ones_own_first(curator: Client, guide: Guide) -> None:
    flag(guide, "The whale is wrong.")
    mine = flag(guide, "The menu is gone.")
    Flag.objects.filter(pk=mine.pk).update(owner=User.objects.get(username="curators"))
    Flag.objects.exclude(pk=mine.pk).update(created=timezone.now() + DAY)
    response = curator.get("/admin/")
    assert in_order(seen(response), "The menu is gone.", "yours", "The whale is wrong.", "nobody’s yet")
    assert f"/admin/cases/flag/{mine.pk}/change/" in links(response)
    assert "All 2 open reports" in seen(response)


def test_errors_of_this_week_are_told_without_words_of_few_people(curator: Client) -> None:
    make_error(1, token="FrobnicatorJammed", count=14)
    make_error(2, headline="whale", text="whale", count=2, days=1)
    make_error(3, headline="long ago", last_seen=timezone.now() - 8 * DAY)
    make_error(4, headline="not worth it", set_aside=True)
    make_error(5, headline="FlowIsTurnedOff", text="FlowIsTurnedOff")
    text = seen(curator.get("/admin/"))
    assert in_order(
        text, "FrobnicatorJammed", "Seen 14 times.", "An error whose words are not shown yet", "Seen 2 times."
    )
    assert not [words for words in ("whale", "long ago", "not worth it", "FlowIsTurnedOff") if words in text]


def test_ones_own_guides_are_due_first(curator: Client, guide: Guide) -> None:
    Guide.objects.update(review_by=timezone.localdate())
    Guide.objects.filter(reference="FLOW-2").update(owner=User.objects.get(username="curators"))
    assert in_order(seen(curator.get("/admin/")), "Guides to look at again", "FLOW-2", "Review by", "FLOW-1")


def test_it_asks_a_fixed_number_of_questions(
    signed_in: Person, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publisher = signed_in("Publishers")
    for number in range(30):
        make_error(number)
        flag(guide, f"whale {number}")
        row = Guide.objects.create(reference=f"FLOW-{number + 10}", slug=f"g{number}", review_by=timezone.localdate())
        row.ask_for_review(User.objects.create(username=f"olga {number}"))
    knowledge.current()
    with django_assert_max_num_queries(16):
        publisher.get("/admin/")

"""A guide page tells what went wrong, what to do, in which environment, and how people know it worked."""

from __future__ import annotations

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from tests.guides.factories import document, mitigation_data
from tests.pages.reading import anchors, heading, in_order, links, main_part, seen, title, words
from troubleshooter.diagnosis.model import Fact, Kind

TWO_OPTIONS = "/guides/connection-not-given/"
TWO_CASES = "/guides/flow-input-added/"


def test_everything_about_a_guide_stands_in_the_order_people_need_it(client: Client) -> None:
    text = seen(client.get(TWO_OPTIONS))
    assert in_order(
        text,
        "Bring app and flow in step again",
        "ConnectionNotGiven",
        "401",
        "10 to 20 minutes",
        "The maker and an environment admin",
        "Checked 20 November 2026",
        "The app does not give the flow a connection",
        "Cause",
        "Somebody edited it there.",
        "Source : A page",
        "Start in the source",
        "Before you start",
        "Option 1: Try first",
        "Then wait for the import",
        "The app is older than the flow",
        "Source, 19 February 2024 : Error codes",
        "Remove the flow from the app.",
        "Check it worked",
        "Option 2",
        "Check it worked",
        "Good to know",
        "Sources",
        "Checked 21 November 2026",
        "This is not my error",
        "Link for a ticket",
        "http://testserver/g/FLOW-3/",
    )


def test_the_title_starts_with_the_heading(client: Client) -> None:
    response = client.get(TWO_OPTIONS)
    assert heading(response) == "Bring app and flow in step again"
    assert title(response).startswith(heading(response))


def test_a_cause_leads_to_its_source(client: Client) -> None:
    response = client.get(TWO_OPTIONS)
    assert "#source-docs" in links(response)
    assert "source-docs" in anchors(response)


def test_codes_lead_to_their_pages(client: Client) -> None:
    assert "/codes/ConnectionNotGiven/" in links(client.get(TWO_OPTIONS))


def test_steps_are_a_numbered_list_whose_anchors_are_the_permanent_references(client: Client) -> None:
    response = client.get(TWO_OPTIONS)
    steps = [anchor for anchor in anchors(response) if re.fullmatch(r"FIX-\d+(\.\d+)?", anchor)]
    assert steps == ["FIX-2", "FIX-2.1", "FIX-2.3", "FIX-3", "FIX-3.1", "FIX-3.2", "FIX-3.3"]
    assert '<ol class="steps">' in main_part(response)


def test_every_step_says_in_words_where_it_is_done(client: Client) -> None:
    steps = re.findall(r'<li class="step".*?</li>', main_part(client.get(TWO_OPTIONS)), re.DOTALL)
    places = [words(step).removeprefix("or ").split()[:2] for step in steps]
    assert places == [["Source", "environment"], ["Target", "environment"], *[["Either", "environment"]] * 3]


def test_who_does_a_step_is_said_only_where_steps_differ(client: Client) -> None:
    text = seen(client.get(TWO_OPTIONS))
    assert "Remove unmanaged layers . By an environment admin." in text
    assert "By the flow owner" not in text


def test_alternatives_are_one_number_with_or_between_them(client: Client) -> None:
    (either,) = re.findall(r'<li class="one-of">.*?</ul>', main_part(client.get(TWO_OPTIONS)), re.DOTALL)
    assert in_order(
        words(either), "Do one of these:", "Provided by run-only user", "FIX-3.2", "or", "Use this connection"
    )


def test_each_option_and_step_has_its_permanent_link(client: Client) -> None:
    found = links(client.get(TWO_OPTIONS))
    assert "/g/FLOW-3/FIX-2/" in found
    assert "/g/FLOW-3/FIX-2.3/" in found


def test_one_option_alone_is_not_called_an_option(client: Client) -> None:
    assert "Option" not in seen(client.get("/guides/flow-turned-off/"))


def test_a_fork_offers_its_targets_and_a_question_for_the_unsure(client: Client) -> None:
    response = client.get("/guides/install-failed/?message=install-failed")
    assert in_order(
        seen(response), "Which of these is yours?", "Turn the flow back on", "Bring app and flow in step again"
    )
    assert "/guides/flow-turned-off/?message=install-failed" in links(response)
    assert "/diagnose/?about=FLOW-1,FLOW-3" in links(response)
    assert "What to do" not in seen(response)


def test_without_an_answer_every_case_has_its_plain_heading(client: Client) -> None:
    text = seen(client.get(TWO_CASES))
    assert in_order(text, "Is the app live? No", "Add the flow to the app again")
    assert in_order(text, "Is the app live? Yes, people use it", "Save the flow as a copy")
    assert in_order(text, "In most cases", "Change who brings the connection")


def test_a_fix_that_failed_opens_the_other_case_as_the_next_thing_to_try(client: Client) -> None:
    text = seen(client.get(f"{TWO_CASES}?q.app-live=yes&tried=FIX-4.same"))
    assert in_order(
        text, "Try this next", "Add the flow to the app again", "It is for this answer", "Is the app live? No"
    )
    assert "You tried all of this guide" not in text


def test_the_case_that_was_answered_comes_first_and_the_other_stays_readable(client: Client) -> None:
    text = seen(client.get(f"{TWO_CASES}?q.app-live=no"))
    assert in_order(
        text,
        "What to do",
        "Option 1: Try first",
        "Add the flow to the app again",
        "For the other case",
        "Is the app live? Yes, people use it",
        "Option 3",
    )


def test_the_order_is_the_one_in_which_the_diagnosis_offers_the_fixes(client: Client) -> None:
    publishing.load([document("mitigation", {**mitigation_data(), "reference": "FIX-3", "minutes": [1, 1]})])
    facts = frozenset({Fact(Kind.CODE, "ConnectionNotGiven")})
    assert knowledge.current().diagnose(facts).ranking[0].mitigation == "FIX-3"
    for query in ("", "?code=ConnectionNotGiven"):
        assert in_order(" ".join(anchors(client.get(f"{TWO_OPTIONS}{query}"))), "FIX-3", "FIX-2")


def test_unsure_holds_nothing_back(client: Client) -> None:
    assert "Is the app live? Yes, people use it" in seen(client.get(f"{TWO_CASES}?q.app-live=unsure"))


def test_what_was_tried_moves_back_and_says_so(client: Client) -> None:
    text = seen(client.get(f"{TWO_OPTIONS}?code=ConnectionNotGiven&tried=FIX-2.same"))
    assert in_order(
        text, "Try this next", "Change who brings the connection", "Option 2", "You said: the same error. Change"
    )


def test_a_guide_page_takes_two_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    knowledge.current()
    for query in ("", "?code=ConnectionNotGiven&q.app-live=yes&tried=FIX-2.same"):
        with django_assert_num_queries(2):
            client.get(f"{TWO_OPTIONS}{query}")


def test_a_guide_page_sets_no_cookie_and_reads_none(client: Client) -> None:
    response = client.get(TWO_OPTIONS)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_an_unpublished_guide_answers_exactly_like_an_unknown_one(client: Client) -> None:
    draft, unknown = client.get("/guides/still-a-draft/"), client.get("/guides/no-such-guide/")
    assert draft.status_code == unknown.status_code == 404
    assert draft.content.replace(b"still-a-draft", b"no-such-guide") == unknown.content
    assert "A secret draft" not in seen(client.get("/guides/"))


def test_the_list_has_every_live_guide_under_a_heading(client: Client) -> None:
    text = seen(client.get("/guides/"))
    assert in_order(
        text,
        "App and flow",
        "Renew the password",
        "Connections",
        "Bring app and flow",
        "Install",
        "Message without a code",
        "Update the app",
    )
    assert "Delete the flow" not in text

"""The link in a ticket shows the text of today and what changed, and takes what the person behind it reports."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from guides.models import Guide
from tests.guides.factories import document, guide_data, mitigation_data, notice_data
from tests.insights.conftest import Person
from tests.pages.reading import heading, in_order, links, main_part, seen, title
from tests.pages.test_unfurling import shown_elsewhere
from troubleshooter.cases import comments
from troubleshooter.cases.links import reports
from troubleshooter.cases.models import Allowance, Outcome, TicketLink

pytestmark = pytest.mark.usefixtures("guide")

HERE = {"sec-fetch-site": "same-origin"}
TOKEN = "a-token-nobody-guesses"
PAGE = f"/t/{TOKEN}/"
REPORT = f"{PAGE}report/"


def link(part: str = "FIX-1.2", token: str = TOKEN, **fields: Any) -> TicketLink:
    known = knowledge.current()
    mitigation = known.mitigations.get(part.partition(".")[0])
    shown: dict[str, Any] = {"guide": "FLOW-1", "revision_id": known.guides["FLOW-1"].revision}
    shown["part_revision_id"] = mitigation.revision if mitigation else None
    return TicketLink.objects.create(token=token, part=part, **{**shown, **fields})


def read(client: Client, page: str = PAGE) -> str:
    """What the page of the link proves to have shown."""
    return html.unescape(re.findall(r'name="read" value="([^"]+)"', client.get(page).content.decode())[0])


def report(client: Client, result: str = "same", headers: Any = HERE, **fields: str) -> Any:
    return client.post(REPORT, {"read": read(client), "result": result, **fields}, headers=headers)


# The page


def test_the_link_shows_the_guide_of_today_and_what_support_meant(client: Client) -> None:
    link()
    response = client.get(PAGE)
    assert response.status_code == 200
    assert heading(response) == "Turn the flow back on"
    assert in_order(
        seen(response), "Support sent you this link to step 2 (FIX-1.2)", "Open the flow.", "Select Turn on ."
    )
    assert "#FIX-1.2" in links(response)
    assert "Changed since" not in seen(response)


@pytest.mark.parametrize(("part", "words"), [("", "this guide (FLOW-1)"), ("FIX-1", "this fix (FIX-1)")])
def test_it_says_whether_a_guide_or_a_fix_is_meant(client: Client, part: str, words: str) -> None:
    link(part)
    assert f"Support sent you this link to {words}" in seen(client.get(PAGE))


def test_opening_it_stores_nothing_sets_no_cookie_and_stays_out_of_caches(client: Client) -> None:
    link()
    for address in (PAGE, f"{REPORT}?read={read(client)}&result=worked", f"{REPORT}?fix=FIX-1"):
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-cache"
        assert not response.cookies
    assert not Outcome.objects.exists()
    assert not Allowance.objects.exists()


@pytest.mark.parametrize("part", ["", "FIX-1.2"])
def test_it_takes_four_queries(client: Client, part: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    link(part)
    client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(PAGE)


def test_what_changed_since_is_told_and_nothing_that_readers_never_see(client: Client) -> None:
    link()
    steps = [
        {"number": 2, "text": "Select **Switch on**.", "where": "source", "who": "flow-owner"},
        {"number": 1, "text": "Open the flow.", "where": "source", "who": "flow-owner"},
    ]
    changed = guide_data(slug="turn-it-on", former_slugs=["flow-turned-off"], meaning="It is off.", phrases=["whale"])
    publishing.load([document("mitigation", mitigation_data(steps=steps)), document("guide", changed)])
    response = client.get(PAGE)
    assert in_order(
        seen(response),
        "step 1 (FIX-1.2)",
        "Changed since you got this link",
        "“Turn the flow back on”",
        "What went wrong",
        "“Turn on the flow”",
        "Step FIX-1.2",
        "[removed: Turn ] [added: Switch ]",
    )
    assert "whale" not in seen(response)
    assert "turn-it-on" not in seen(response)


def test_a_link_to_a_whole_guide_tells_which_of_its_fixes_changed(client: Client) -> None:
    link("")
    publishing.load([document("mitigation", mitigation_data(title="Switch the flow on"))])
    assert in_order(seen(client.get(PAGE)), "Changed since", "“Switch the flow on”", "Changed: Title")


def test_a_revision_that_only_serves_recognition_is_no_change(client: Client) -> None:
    link()
    publishing.load([document("guide", guide_data(phrases=["it does not start"]))])
    assert "Changed since" not in seen(client.get(PAGE))


def test_words_that_only_look_otherwise_are_no_change(client: Client) -> None:
    link()
    steps = [{**step, "text": step["text"].replace("**", "*")} for step in mitigation_data()["steps"]]
    publishing.load([document("mitigation", mitigation_data(steps=steps))])
    assert "Changed since" not in seen(client.get(PAGE))


def test_nobody_is_offered_staffs_links_behind_a_link(client: Client) -> None:
    link()
    assert "Link in a ticket" not in seen(client.get(PAGE))


def test_a_revision_of_an_older_shape_is_told_without_its_stored_text(client: Client) -> None:
    made = link()
    publishing.load([document("guide", guide_data(meaning="It is off."))])
    made.revision.document = {"whale": 1}
    made.revision.save()
    text = seen(client.get(PAGE))
    assert "We cannot tell the changes one by one." in text
    assert "whale" not in text


def test_a_step_that_is_gone_is_named_above_what_we_advise_today(client: Client) -> None:
    link()
    steps = [{"number": 1, "text": "Open it.", "where": "source", "who": "flow-owner"}]
    publishing.load([document("mitigation", mitigation_data(steps=steps, last_step=2))])
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "a link to FIX-1.2 . It is not part of this guide now." in seen(response)


def test_a_retired_guide_shows_its_successor_first_and_its_last_text_below(client: Client) -> None:
    link()
    publishing.load([document("guide", guide_data(retired={"successor": "FLOW-2"}, codes=[], messages=[], samples=[]))])
    response = client.get(PAGE)
    assert response.status_code == 200
    assert in_order(
        seen(response), "This guide is retired", "Renew the password", "Turn the flow back on", "Open the flow."
    )


def test_a_guide_that_is_not_live_tells_nothing(client: Client, guide: Guide) -> None:
    link()
    Guide.objects.filter(pk=guide.pk).update(live=None, title="A secret")
    publishing.load([document("notice", notice_data(title="Now"))])
    response = client.get(PAGE)
    assert response.status_code == 404
    assert heading(response) == "This guide is not here now"
    told = shown_elsewhere(response)
    assert (told["title"], told["description"]) == ("Troubleshooter", "This page is not here now.")
    assert "back on" not in response.content.decode()
    assert client.post(REPORT, {"result": "worked"}, headers=HERE).status_code == 404


def test_other_programs_are_told_what_it_is_about(client: Client) -> None:
    link()
    told = shown_elsewhere(client.get(PAGE))
    assert told["title"] == "Step 2: Turn the flow back on"
    assert told["description"] == "The flow is turned off."
    assert told["canonical"] == "http://testserver/guides/flow-turned-off/"
    assert '<meta name="robots" content="noindex">' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("token", ["x", "a-token-that-is-not-one", "%00", "x" * 500, "%3Cscript%3E"])
def test_a_link_that_is_none_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/t/{token}/").status_code == 404
    assert client.get(f"/t/{token}/report/").status_code == 404


def test_who_guesses_links_is_told_to_wait_and_real_links_still_open(client: Client) -> None:
    link()
    answers = [client.get(f"/t/a-token-that-is-no-{number:03}/").status_code for number in range(62)]
    assert (answers[0], answers[59], answers[60]) == (404, 404, 429)
    assert client.get(PAGE).status_code == 200


# Reporting


def test_a_report_takes_two_presses_and_says_thank_you(client: Client) -> None:
    link()
    first = client.get(REPORT, {"read": read(client), "result": "same"})
    assert heading(first) == "You say: the same error"
    assert title(first).startswith(heading(first))
    assert in_order(seen(first), "“Turn on the flow” (FIX-1). Nothing has been sent yet.", "Which step failed?")
    assert not Outcome.objects.exists()
    response = report(client, step="FIX-1.2", comment="Ask anna@example.com")
    assert (response.status_code, response["Location"]) == (303, f"{REPORT}?fix=FIX-1")
    outcome = Outcome.objects.get()
    assert (outcome.guide, outcome.mitigation, outcome.result, outcome.step) == ("FLOW-1", "FIX-1", "same", "FIX-1.2")
    assert outcome.comment == "Ask [email]"
    assert outcome.link == TicketLink.objects.get()
    assert outcome.mitigation_revision.key == "FIX-1"
    thanks = client.get(response["Location"])
    assert heading(thanks) == "Thank you. Support sees this."
    assert "You said of FIX-1: the same error, at step FIX-1.2" in seen(thanks)


def test_no_step_is_said_to_have_failed_before_somebody_says_so(client: Client) -> None:
    link()
    page = main_part(client.get(REPORT, {"read": read(client), "result": "could-not"}))
    assert '<option value="FIX-1.2">' in page
    assert " selected>" not in page
    assert "No access" in page


def test_what_works_now_needs_no_step(client: Client) -> None:
    link()
    page = seen(client.get(REPORT, {"read": read(client), "result": "worked"}))
    assert "Which step failed?" not in page
    response = report(client, "worked", step="FIX-1.2", reason="no-access")
    assert heading(client.get(response["Location"])) == "Good. It is fixed."
    assert (Outcome.objects.get().step, Outcome.objects.get().reason) == ("", "")


def test_the_next_fix_of_the_guide_follows_with_its_reason(client: Client) -> None:
    second = mitigation_data(reference="FIX-2", title="Ask for help")
    uses = [{"fix": "FIX-1"}, {"fix": "FIX-2", "works": "rarely"}]
    publishing.load([document("mitigation", second), document("guide", guide_data(mitigations=uses))])
    link()
    page = client.get(report(client)["Location"])
    assert in_order(seen(page), "Try this next", "Ask for help", "rarely helps")
    assert f"{PAGE}#FIX-2" in links(page)


def test_a_report_can_be_changed_on_any_day_and_counts_once(client: Client) -> None:
    link()
    report(client, "same", step="FIX-1.1")
    assert "You said: the same error, at step FIX-1.1" in seen(client.get(PAGE))
    again = client.get(REPORT, {"read": read(client), "result": "worked"})
    assert "So far you said: the same error" in seen(again)
    for _ in range(3):
        report(Client(), "worked")
    outcome = Outcome.objects.get()
    assert (outcome.result, outcome.step) == ("worked", "")
    assert Allowance.objects.get().used == 2


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}])
def test_programs_that_post_change_nothing(client: Client, headers: dict[str, str]) -> None:
    link()
    assert report(client, headers=headers).status_code == 403
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"result": "worked"},
        {"read": "FLOW-1|FIX-1|1|1", "result": "worked"},
        {"read": "\x00", "result": "worked"},
    ],
)
def test_a_report_on_a_text_we_did_not_show_leads_back_to_the_guide(client: Client, fields: dict[str, str]) -> None:
    link()
    assert client.get(REPORT, fields)["Location"] == PAGE
    refused = client.post(REPORT, {**fields, "comment": "My own words"}, headers=HERE)
    assert refused.status_code == 422
    assert PAGE in links(refused)
    assert "My own words</textarea>" in main_part(refused)
    assert not Outcome.objects.exists()


def test_a_result_that_no_button_offers_or_a_text_of_another_guide_is_not_kept(client: Client) -> None:
    link()
    assert report(client, "great").status_code == 422
    link(token="another-token-of-flow-2", part="FIX-1", guide="FLOW-2")
    other = read(client, "/t/another-token-of-flow-2/")
    assert client.post(REPORT, {"read": other, "result": "same"}, headers=HERE).status_code == 422
    assert not Outcome.objects.exists()


def test_a_step_or_reason_that_was_not_offered_is_left_out(client: Client) -> None:
    link()
    report(client, "could-not", step="FIX-9.9", reason="<script>")
    assert (Outcome.objects.get().step, Outcome.objects.get().reason) == ("", "")


def test_a_comment_that_is_too_long_comes_back(client: Client) -> None:
    link()
    response = report(client, comment="<b>" * 200, step="FIX-1.1")
    assert response.status_code == 422
    assert comments.TOO_LONG in seen(response)
    assert html.escape("<b>" * 200) in main_part(response)
    assert '<option value="FIX-1.1" selected>' in main_part(response)
    assert not Outcome.objects.exists()


def test_many_reports_of_one_day_are_refused_and_the_text_kept(client: Client) -> None:
    link()
    signed = read(client)
    for number in range(reports.REPORTS_A_DAY):
        client.post(REPORT, {"read": signed, "result": "same", "comment": f"Number {number}"}, headers=HERE)
    refused = client.post(REPORT, {"read": signed, "result": "same", "comment": "One more"}, headers=HERE)
    assert refused.status_code == 429
    assert "One more</textarea>" in main_part(refused)
    assert Outcome.objects.get().comment == f"Number {reports.REPORTS_A_DAY - 1}"


def test_a_storm_of_reports_is_refused_before_it_reaches_the_allowance(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "REPORTS_A_MINUTE", 2)
    link()
    answers = [report(client, comment="The same words") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "The same words</textarea>" in main_part(answers[2])
    assert Allowance.objects.get().used == 1


def test_the_agent_sees_what_was_reported(client: Client, signed_in: Person) -> None:
    agent = signed_in("Agents")
    link(ticket="ABC-123", made_by=User.objects.get(username="agents"))
    report(client, "same", step="FIX-1.2", comment="It stays grey.")
    for address in ("/tickets/", "/tickets/ABC-123/"):
        assert in_order(seen(agent.get(address)), "Step FIX-1.2 failed: same error", "“It stays grey.”")
    report(client, "worked")
    assert "Worked" in seen(agent.get("/tickets/"))

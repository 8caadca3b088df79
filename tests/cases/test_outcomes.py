"""“Did this fix it?”: every answer leads on at once, counts once, can be changed, and says nothing about the person."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from guides import knowledge, publishing
from guides.models import Guide, Revision
from guides.receipt import Receipt
from guides.words import SAID
from tests import tables
from tests.guides.factories import document, guide_data, notice_data
from tests.pages import library
from tests.pages.reading import heading, in_order, links, main_part, seen, title, words
from troubleshooter.cases import comments, outcomes
from troubleshooter.cases.models import Allowance, Outcome

HERE = {"sec-fetch-site": "same-origin"}
GUIDE = "/guides/connection-not-given/"
CASE = f"{GUIDE}?code=ConnectionNotGiven"
IMPORT = "Import it into your other environments."


@pytest.fixture(scope="module")
def _library_in_the_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        library.load()
        publishing.load([document("notice", notice_data(afterwards=IMPORT))])
    yield
    with django_db_blocker.unblock():
        tables.empty()


@pytest.fixture(autouse=True)
def _live_library(_library_in_the_database: None, db: None) -> None:
    """Every test sees the library; what it changes is rolled back."""


def forms(response: Any) -> dict[str, dict[str, str]]:
    """The hidden fields of each form that asks about a fix, by the fix."""
    found = re.findall(r'<form class="outcome" id="(.*?)-outcome".*?</form>', main_part(response), re.DOTALL)
    parts = re.findall(r'<form class="outcome" id=".*?-outcome".*?</form>', main_part(response), re.DOTALL)
    return dict(zip(found, map(fields, parts), strict=True))


def fields(markup: str) -> dict[str, str]:
    pairs = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', markup)
    return {name: html.unescape(value) for name, value in pairs}


def say(client: Client, result: str, fix: str = "FIX-2", page: str = CASE, headers: Any = HERE, **more: str) -> Any:
    """Open a guide and press one of the four buttons after a fix."""
    return client.post("/outcome/", {**forms(client.get(page))[fix], "result": result, **more}, headers=headers)


def add(client: Client, page: str, **more: str) -> Any:
    """Send a form of the page that followed."""
    markup = re.findall(r'<form class="paste" id="comment-form".*?</form>', main_part(client.get(page)), re.DOTALL)[0]
    return client.post("/outcome/", {**fields(markup), **more}, headers=HERE)


def test_every_mitigation_is_followed_by_four_buttons_and_its_own_name(client: Client) -> None:
    response = client.get(CASE)
    assert list(forms(response)) == ["FIX-2", "FIX-3"]
    text = seen(response)
    buttons = "Yes, it works now No, I get the same error No, I get a new error I could not do it"
    assert in_order(text, "Check it worked", "Did this fix it?", buttons, "Option 2", "Check it worked", buttons)
    assert 'aria-labelledby="FIX-2-ask FIX-2-title"' in main_part(response)
    assert forms(response)["FIX-2"]["code"] == "ConnectionNotGiven"


def test_the_script_marks_an_answer_in_the_words_of_all_pages(client: Client) -> None:
    buttons = re.findall(r'name="result" value="(.*?)" data-said="(.*?)"', main_part(client.get(CASE)))
    assert len(buttons) == 2 * len(SAID)
    assert dict(buttons) == SAID


def test_the_same_error_leads_to_the_next_fix_with_its_reason(client: Client) -> None:
    response = say(client, "same")
    assert response.status_code == 303
    assert response["Location"] == f"{CASE}&tried=FIX-2.same#next"
    page = client.get(response["Location"])
    assert in_order(
        seen(page),
        "Bring app and flow in step again",
        "Try this next",
        "Change who brings the connection",
        "It rarely helps and takes about 5 minutes.",
        "You said: FIX-2 gave the same error.",
        "1 tried, 1 left.",
        "Try this next",
        "Change who brings the connection",
        "Option 2",
        "You said: the same error.",
    )
    assert "#FIX-3" in links(page)
    assert "#FIX-2-outcome" in links(page)


def test_after_the_last_fix_a_person_is_the_way_on(client: Client) -> None:
    first = say(client, "same")["Location"]
    last = say(client, "same", "FIX-3", page=first.partition("#")[0])
    assert last["Location"] == "/diagnose/?code=ConnectionNotGiven&tried=FIX-2.same&tried=FIX-3.same"
    page = client.get(last["Location"])
    assert "No fix that we know for this is left to try." in seen(page)
    guide = client.get(last["Location"].replace("/diagnose/", GUIDE))
    assert in_order(seen(guide), "You tried all of this guide", "Go on", "2 tried, 0 left.")
    assert last["Location"] in links(guide)


def test_somebody_of_whom_we_know_nothing_stays_with_the_guide_they_opened(client: Client) -> None:
    assert say(client, "same", page=GUIDE)["Location"] == f"{GUIDE}?tried=FIX-2.same#next"


def test_a_new_error_opens_the_paste_box_and_keeps_the_case(client: Client) -> None:
    response = say(client, "new", page=f"{CASE}&q.app-live=yes")
    page = client.get(response["Location"])
    assert heading(page) == "Paste the new error"
    assert title(page).startswith(heading(page))
    assert "<details" not in main_part(page)
    box = re.findall(r'<form action="/diagnose/".*?</form>', main_part(page), re.DOTALL)[0]
    assert fields(box) == {"q.app-live": "yes", "tried": "FIX-2.new"}


def test_whoever_could_not_do_it_gets_a_message_for_somebody_who_can(client: Client) -> None:
    page = client.get(say(client, "could-not")["Location"])
    assert heading(page) == "Let somebody else do it"
    assert "Send these steps to the maker and an environment admin" in seen(page)
    message = re.findall(r"<textarea readonly.*?</textarea>", main_part(page), re.DOTALL)[0]
    assert in_order(
        words(message),
        "ConnectionNotGiven",
        "Bring app and flow in step again (FLOW-3)",
        "Add the flow to the app again (FIX-2)",
        "Start in the source Change it where you build.",
        "1. Source environment, the maker: Remove the flow from the app.",
        "2. Target environment, an environment admin: Remove unmanaged layers.",
        "The flow runs and is Succeeded.",
        "http://testserver/g/FLOW-3/FIX-2/",
    )
    assert f"{CASE}&tried=FIX-2.could-not#next" in links(page)
    assert "/ticket/?code=ConnectionNotGiven&tried=FIX-2.could-not" in links(page)


def test_a_message_says_of_which_steps_one_is_done(client: Client) -> None:
    text = seen(client.get(say(client, "could-not", "FIX-3")["Location"]))
    assert in_order(text, "2. Do one of these:", "Provided by run-only user", "or: Either environment:", "Use this")


def test_a_reason_is_kept_and_shown_as_chosen(client: Client) -> None:
    response = say(client, "could-not", reason="no-access")
    assert response["Location"].endswith("#reasons")
    assert "No access Your answer now" in seen(client.get(response["Location"]))
    assert Outcome.objects.get().reason == "no-access"


def test_who_fixed_it_learns_what_remains_and_gets_a_note(client: Client) -> None:
    page = client.get(say(client, "worked")["Location"])
    assert heading(page) == "Good. It is fixed."
    assert in_order(
        seen(page),
        "What remains to do",
        IMPORT,
        "What it was: The app does not give the flow a connection that it needs.",
        "What fixed it: Add the flow to the app again (FIX-2): http://testserver/g/FLOW-3/FIX-2/",
        "If it comes back",
        "The flow runs and is Succeeded",
    )
    assert "What fixed it: [Add the flow to the app again (FIX-2)](http://testserver/g/FLOW-3/FIX-2/)" in seen(page)


def test_nothing_remains_where_the_guide_has_no_such_notice(client: Client) -> None:
    page = client.get(say(client, "worked", "FIX-3", page="/guides/flow-input-added/")["Location"])
    assert "What remains to do" not in seen(page)


@pytest.mark.parametrize("result", ["worked", "new", "could-not"])
def test_every_page_leads_back_to_the_buttons_and_another_answer_changes_what_is_kept(
    client: Client, result: str
) -> None:
    page = client.get(say(client, result)["Location"])
    (back,) = {link for link in links(page) if link.endswith("#FIX-2-outcome")}
    assert say(client, "same", page=back.partition("#")[0])["Location"] == f"{CASE}&tried=FIX-2.same#next"
    assert Outcome.objects.get().result == "same"


def test_another_guide_says_what_was_tried_before(client: Client) -> None:
    page = client.get("/guides/flow-turned-off/?code=ConnectionNotGiven&tried=FIX-2.same")
    assert "You tried “Add the flow to the app again”: the same error. Change what I said" in seen(page)
    assert f"{CASE}&tried=FIX-2.same#FIX-2-outcome" in links(page)


def test_it_is_kept_with_what_was_read_and_known_and_nothing_about_the_person(client: Client) -> None:
    say(client, "same", page=f"{CASE}&tried=FIX-3.could-not")
    kept = Outcome.objects.get()
    guide = Guide.objects.get(reference="FLOW-3")
    assert (kept.guide, kept.mitigation, kept.result) == ("FLOW-3", "FIX-2", "same")
    assert (kept.revision, kept.mitigation_revision.key) == (guide.live, "FIX-2")
    assert kept.evidence == "code=ConnectionNotGiven&tried=FIX-3.could-not"
    assert kept.content_version == knowledge.current().version
    assert "127.0.0.1" not in str([list(model.objects.values_list()) for model in (Outcome, Allowance)])


def test_a_form_that_is_sent_again_counts_once_and_costs_nothing(client: Client) -> None:
    assert len({say(client, "same")["Location"] for _ in range(3)}) == 1
    assert Outcome.objects.count() == 1
    assert Allowance.objects.get().used == 1


def test_who_drops_the_cookie_is_no_new_voice(client: Client) -> None:
    for _ in range(3):
        client.cookies.clear()
        say(client, "worked")
    assert Outcome.objects.count() == 1


def test_the_text_that_was_read_is_named_even_if_another_is_live_now(client: Client) -> None:
    form = forms(client.get("/guides/flow-turned-off/"))["FIX-1"]
    read = Guide.objects.get(reference="FLOW-1").live
    publishing.load([document("guide", guide_data(title="Start the flow", former_slugs=["flow-is-off"]))])
    response = client.post("/outcome/", {**form, "result": "worked"}, headers=HERE)
    assert Outcome.objects.get().revision == read
    assert add(client, response["Location"], comment="Thank you").status_code == 303
    assert Outcome.objects.get().revision == read


def test_a_guide_retired_meanwhile_still_takes_the_answer(client: Client) -> None:
    form = forms(client.get("/guides/flow-input-added/"))["FIX-2"]
    now = knowledge.current().guides["FLOW-4"].document.model_dump(mode="json")
    publishing.load([document("guide", {**now, "retired": {"successor": "FLOW-1"}})])
    response = client.post("/outcome/", {**form, "result": "worked"}, headers=HERE)
    assert heading(client.get(response["Location"])) == "Good. It is fixed."
    assert Outcome.objects.get().guide == "FLOW-4"


@pytest.mark.parametrize(
    "read",
    [
        "",
        "FLOW-3|FIX-2|1|2",
        Receipt("FLOW-3", "FIX-2", 1, 2).signed()[:-1],
        Receipt("FLOW-3", "FIX-2", 10**9, 10**9 + 1).signed(),
        Receipt("FLOW-99", "FIX-99", 1, 2).signed(),
        "x" * 5_000,
        "\x00",
    ],
)
def test_an_answer_without_proof_of_what_was_read_is_not_kept_but_led_on(client: Client, read: str) -> None:
    response = say(client, "same", read=read, comment="My own words")
    assert response.status_code == 422
    assert "My own words</textarea>" in main_part(response)
    assert heading(response) == "This page is out of date"
    assert any("code=ConnectionNotGiven" in link for link in links(response))
    assert not Outcome.objects.exists()


def test_the_proof_of_one_fix_is_none_for_another(client: Client) -> None:
    found = forms(client.get(CASE))
    mixed = found["FIX-3"]["read"].rpartition(":")[0] + ":" + found["FIX-2"]["read"].rpartition(":")[2]
    assert say(client, "worked", read=mixed).status_code == 422
    other = Revision.objects.filter(key="FIX-1").latest("pk").pk
    assert say(client, "worked", read=Receipt("FLOW-3", "FIX-2", other, other).signed()).status_code == 422
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("result", ["", "solved", "worked ", "<script>"])
def test_an_answer_that_no_button_gives_is_not_kept(client: Client, result: str) -> None:
    assert say(client, result).status_code == 422
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}])
def test_an_answer_from_elsewhere_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    assert say(client, "worked", headers=headers).status_code == 403
    assert not Outcome.objects.exists()
    assert not Allowance.objects.exists()


def test_who_says_too_much_in_a_day_is_told_so_and_led_on_all_the_same(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(outcomes, "OUTCOMES_A_DAY", 2)
    assert [say(client, result).status_code for result in ("worked", "same", "same")] == [303, 303, 303]
    response = say(client, "new")
    assert response.status_code == 429
    assert heading(response) == "We did not count your answer"
    assert client.get(links(response)[-1]).status_code == 200
    assert "&tried=FIX-2.new" in links(response)[-1]
    assert Outcome.objects.get().result == "same"


def test_a_storm_of_answers_is_refused_before_it_reaches_the_database(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(outcomes, "OUTCOMES_A_MINUTE", 0)
    assert say(client, "worked").status_code == 429
    assert not client.cookies
    assert not Allowance.objects.exists()


def test_a_comment_is_redacted_and_kept_with_the_answer(client: Client) -> None:
    response = add(client, say(client, "worked")["Location"], comment=" Ask anna@example.com <b>now</b>\x00 ")
    assert response.status_code == 303
    page = client.get(response["Location"])
    assert "We keep your words with your answer." in seen(page)
    kept = Outcome.objects.get()
    assert (kept.result, kept.comment) == ("worked", "Ask [email] <b>now</b>")


def test_a_comment_that_is_too_long_comes_back(client: Client) -> None:
    page = say(client, "could-not", reason="not-safe")["Location"].partition("#")[0]
    typed = "<script>alert(1)</script>" + "x" * 500
    response = add(client, page, comment=typed)
    assert response.status_code == 422
    assert title(response).startswith("Error: ")
    assert main_part(response).count(comments.TOO_LONG) == 2
    assert f"{html.escape(typed)}</textarea>" in main_part(response)
    assert "Not safe now Your answer now" in seen(response)
    assert Outcome.objects.get().comment == ""


def test_another_answer_drops_what_was_added_to_the_one_before(client: Client) -> None:
    add(client, say(client, "could-not", reason="other")["Location"].partition("#")[0], comment="No rights")
    assert Outcome.objects.get().comment == "No rights"
    say(client, "worked")
    kept = Outcome.objects.get()
    assert (kept.result, kept.reason, kept.comment) == ("worked", "", "")


def test_a_huge_case_is_cut_and_what_is_strange_is_dropped(client: Client) -> None:
    form = forms(client.get(CASE))["FIX-2"]
    strange = {f"q.nothing-{number}": "yes" * 999 for number in range(200)}
    response = client.post("/outcome/", {**form, "result": "same", **strange}, headers=HERE)
    assert response["Location"] == f"{CASE}&tried=FIX-2.same#next"
    assert Outcome.objects.get().evidence == "code=ConnectionNotGiven"


def test_the_held_text_stays_with_the_case(client: Client) -> None:
    there = client.post("/diagnose/", {"text": "ConnectionNotGiven"}, headers=HERE)["Location"]
    for result in ("same", "worked", "could-not"):
        response = say(client, result, page=there)
        assert "held=" in response["Location"]
        assert "held=" not in Outcome.objects.get().evidence


@pytest.mark.parametrize("query", ["", "?guide=FLOW-99&fix=FIX-2&result=worked", "?guide=<script>", "?result=worked"])
def test_a_page_of_no_guide_is_not_there(client: Client, query: str) -> None:
    assert client.get(f"/outcome/{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "&fix=FIX-2", "&fix=FIX-99&result=worked", "&fix=FIX-1&result=worked", "&fix=FIX-2&result=maybe"]
)
def test_a_page_of_no_answer_is_the_guide(client: Client, query: str) -> None:
    response = client.get(f"/outcome/?guide=flow-3{query}&code=ConnectionNotGiven")
    assert (response.status_code, response["Location"]) == (302, CASE)


def test_the_address_of_the_same_error_leads_to_the_next_fix(client: Client) -> None:
    response = client.get("/outcome/?guide=FLOW-3&fix=FIX-2&result=same&code=ConnectionNotGiven")
    assert (response.status_code, response["Location"]) == (302, f"{CASE}&tried=FIX-2.same#next")


@pytest.mark.parametrize("result", ["worked", "new", "could-not"])
def test_what_follows_is_a_public_page_of_two_queries(
    client: Client, result: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    knowledge.current()
    with django_assert_max_num_queries(2):
        response = client.get(f"/outcome/?guide=FLOW-3&fix=FIX-2&result={result}&code=ConnectionNotGiven")
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert not Outcome.objects.exists()


def test_keeping_an_answer_takes_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    form = forms(client.get(CASE))["FIX-2"]
    with django_assert_max_num_queries(25):
        client.post("/outcome/", {**form, "result": "same"}, headers=HERE)

"""What the owner of a flow reads: the four sections, the way to the fix, and nothing that should not be there."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from tests.guides.factories import document, load_small_library, mitigation_data
from tests.repair_tips.failures import NOW, ROOT, a_sender, take
from troubleshooter.repair_tips import letters
from troubleshooter.repair_tips.errors import MOST_ERRORS
from troubleshooter.repair_tips.models import Letter, Sender

SECTIONS = ["Time", "What happened", "How do I fix", "Troubleshooting tips"]
RUN = "https://make.powerautomate.com/environments/Default-1/flows/3f2b/runs/0858"


@pytest.fixture
def seeds(starter_content: None) -> Sender:
    return a_sender()


def written(sender: Sender, **report: Any) -> EmailMultiAlternatives:
    """The letter about one report."""
    received = take(sender, **report)
    assert received.queued
    return rewritten(received.queued)


def rewritten(letter: Letter) -> EmailMultiAlternatives:
    message = letters.write(letter, knowledge.current(), NOW)
    assert message
    return message


def html(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def seen(message: EmailMultiAlternatives) -> str:
    """The words of the HTML part."""
    body = html(message).partition("<body")[2]
    joined = re.sub(r"</?(a|bdi|code|strong)\b[^>]*>", "", body)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<!--.*?-->|<[^>]*>", " ", f"<body{joined}")))


def links(message: EmailMultiAlternatives) -> dict[str, str]:
    """Addresses of the HTML part by their words."""
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', html(message), re.DOTALL)
    return {unescape(re.sub("<[^>]*>", "", words)): unescape(address) for address, words in found}


def publish(steps: list[dict[str, Any]]) -> None:
    """Make these the steps of the fix."""
    publishing.load([document("mitigation", mitigation_data(steps=steps))])


def failed(*errors: tuple[str, str]) -> list[dict[str, Any]]:
    """What a scope gives whose actions failed."""
    return [
        {"name": f"Action {n}", "status": "Failed", "error": {"code": code, "message": text}}
        for n, (code, text) in enumerate(errors)
    ]


def test_both_parts_have_the_four_sections_in_order(sender: Sender) -> None:
    message = written(sender)
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", html(message)) == SECTIONS
    assert re.findall(r"^(.+)\n-{4,}$", message.body, re.MULTILINE) == SECTIONS


def test_a_known_error_is_told_with_cause_notice_steps_and_the_way_to_its_guide(sender: Sender, client: Client) -> None:
    message = written(sender)
    assert message.subject == "Your flow failed: Send invoices (FlowIsTurnedOff)"
    fix = links(message)["Fix my flow"]
    assert fix == f"{ROOT}/guides/flow-turned-off/?code=FlowIsTurnedOff"
    for part in (seen(message), message.body):
        for words in (
            "The flow is turned off.",
            "Code: FlowIsTurnedOff",
            "Somebody turned the flow off.",
            "Start in the source",
            "Change it where you build.",
            "Turn on the flow",
            "Open the flow.",
            "Select Turn on.",
            "Source environment",
        ):
            assert words in part
    assert f"Fix my flow:\n{fix}\n" in message.body
    assert "Why this fits" in client.get(fix.removeprefix(ROOT)).content.decode()


def test_the_first_three_steps_are_given_and_the_rest_is_counted(sender: Sender) -> None:
    steps = [{"number": n, "text": f"Do number {n}.", "where": "either", "who": "maker"} for n in range(1, 7)]
    publish(steps)
    message = written(sender)
    for part in (seen(message), message.body):
        assert "Do number 3." in part
        assert "Do number 4." not in part
        assert "3 more steps follow in the guide." in part


def test_the_time_is_that_of_the_first_failure_in_the_zone_of_the_report(sender: Sender) -> None:
    message = written(sender, occurred_at="2026-03-09T09:42:00+01:30")
    for part in (seen(message), message.body):
        assert "Your flow failed at 09:42 on 9 March 2026 (UTC+01:30)." in part
        assert "It failed once with this error." in part


def test_how_often_it_failed_and_when_last_is_told_as_it_is_when_the_letter_is_sent(sender: Sender) -> None:
    received = take(sender, occurred_at="2026-03-09T08:15:00Z")
    take(sender, NOW + timedelta(hours=1), run_id="2", occurred_at="2026-03-09T09:00:00Z")
    assert received.queued
    message = rewritten(received.queued)
    for part in (seen(message), message.body):
        assert "Your flow first failed with this error at 08:15 on 9 March 2026 (UTC)." in part
        assert "It failed 2 times with this error. The last time was at 09:00 on 9 March 2026 (UTC)." in part


def test_the_failed_run_and_support_are_one_press_away(sender: Sender, client: Client) -> None:
    message = written(sender)
    assert links(message)["Open the failed run"] == RUN
    support = links(message)["Send to support"]
    assert support == f"{ROOT}/ticket/?code=FlowIsTurnedOff&guide=FLOW-1"
    assert client.get(support.removeprefix(ROOT)).status_code == 200
    assert RUN in message.body
    assert support in message.body
    assert "Steps that worked run again too." in message.body


def test_without_a_link_to_the_run_people_are_told_to_open_it(sender: Sender) -> None:
    message = written(sender, run_url="")
    assert "Open the failed run. There you can resubmit it" in seen(message)
    assert "Open the failed run" not in links(message)


@pytest.mark.parametrize(
    ("error", "subject", "query"),
    [
        ("StrangeNewError: it broke", "Your flow failed: Send invoices (StrangeNewError)", "unknown=StrangeNewError"),
        ("it broke somehow", "Your flow failed: Send invoices", "unknown=1"),
    ],
)
def test_an_unknown_error_says_so_and_leads_to_the_questions(
    sender: Sender, client: Client, error: str, subject: str, query: str
) -> None:
    message = written(sender, error=error)
    assert message.subject == subject
    assert links(message)["Fix my flow"] == f"{ROOT}/diagnose/?{query}"
    assert client.get(f"/diagnose/?{query}").status_code == 200
    for part in (seen(message), message.body):
        assert "We do not know this error yet." in part
        assert "Answer one question at a time." in part
        assert "Cause" not in part


def test_of_several_errors_the_worst_is_first_and_the_others_have_a_line_each(seeds: Sender) -> None:
    errors = failed(("500", "Internal Server Error"), ("NobodyKnowsThis", "Hm"), ("ResponseTimeout", "Too late"))
    message = written(seeds, error=errors)
    assert message.subject == "Your flow failed: Send invoices (ResponseTimeout)"
    others = message.body.partition("The same run also failed with:")[2].partition("How do I fix")[0]
    assert re.findall(r"Code: (\S+)", others) == ["NobodyKnowsThis", "500"]
    assert "unknown=NobodyKnowsThis" in links(message)["Look for the cause of NobodyKnowsThis"]
    assert links(message)["How to fix 500"] == f"{ROOT}/guides/transient-failure/?status=500"
    assert "at most one mail a day about each error" in seen(message)


def test_every_error_of_a_run_has_its_line(sender: Sender) -> None:
    message = written(sender, error=[{"error": {"code": f"Strange{code}Error"}} for code in "ABCDEFGHIJKL"])
    assert len(re.findall("We do not know this error yet. Code: Strange.Error", message.body)) == MOST_ERRORS - 1


def test_an_error_with_several_causes_leads_to_the_question_that_tells_them_apart(seeds: Sender) -> None:
    message = written(seeds, error="The connection reference 'x' was not given by invoker.")
    assert links(message)["Fix my flow"] == f"{ROOT}/diagnose/?message=not-given-by-invoker"
    found = message.body.partition("One question tells which of these it is:")[2].partition("Fix my flow")[0]
    assert re.findall(r"/guides/([\w-]+)/", found) == [
        "missing-connection-reference",
        "not-allowed-connection-reference",
    ]
    assert "1. " not in message.body


def test_an_error_that_no_question_tells_more_of_lists_what_can_fix_it(seeds: Sender) -> None:
    body = written(seeds, error={"code": "0x80048d0b", "message": "Failed to install the flow."}).body
    assert "One question" not in body
    assert "/guides/" in body.partition("These can fix it, the likeliest first:")[2].partition("Fix my flow")[0]


def test_an_error_of_a_general_kind_gets_the_likeliest_steps_and_what_else_it_may_be(seeds: Sender) -> None:
    message = written(seeds, error="The action failed with status code 500.")
    assert links(message)["Fix my flow"] == f"{ROOT}/guides/transient-failure/?status=500"
    assert "Select Resubmit at the top." in message.body
    assert "Is it something else?" in seen(message)
    assert links(message)["Sign in to the connection again"] == f"{ROOT}/guides/authentication-failure/?status=500"


def test_other_fixes_of_the_guide_are_named_with_their_condition(seeds: Sender) -> None:
    message = written(seeds, error="ConnectionAuthorizationFailed")
    for part in (seen(message), message.body):
        assert "The guide also has:" in part
        assert "Does a Power App start this flow?" in part


def test_a_cause_that_is_not_the_only_one_is_told_with_whom_it_is_for(seeds: Sender) -> None:
    message = written(seeds, error="ConnectionAuthorizationFailed")
    for part in (seen(message), message.body):
        assert part.index("In most cases:") < part.index("Cause: The maker of the app")


def test_a_guide_that_has_changed_meanwhile_is_told_as_it_is_now(sender: Sender) -> None:
    received = take(sender)
    load_small_library(title="Switch it on", slug="switch-it-on", former_slugs=["flow-turned-off"])
    assert received.queued
    assert links(rewritten(received.queued))["Fix my flow"].startswith(f"{ROOT}/guides/switch-it-on/")


@pytest.mark.parametrize(
    "name",
    [
        "Invoices\r\nBcc: all@contoso.com",
        "Invoices\nSubject: Win",
        "Invoices\u2028Bcc: all@contoso.com\u0085x\x0bx\x00",
        "\u202egnp.exe\u200b\u2066",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "{{ settings.SECRET_KEY }} {% include 'x' %} %s {0}",
        '"><a href="https://evil.example">',
        "=?utf-8?q?Bcc=3A?= all",
        "x" * 200,
        "流程" * 100,
        "",
    ],
)
def test_no_name_of_a_flow_gets_out_of_its_place(sender: Sender, name: str) -> None:
    message = written(sender, flow_name=name)
    sent: EmailMessage = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    assert set(sent.keys()) == HEADERS
    assert len(sent.get_all("To", [])) == len(sent.get_all("Subject", [])) == 1
    subject = sent["Subject"].strip()
    assert subject.startswith("Your flow failed")
    assert subject.endswith("(FlowIsTurnedOff)")
    assert subject.isprintable()
    assert len(subject) < 150
    assert not re.search(r"<(script|img|a href=\"https://evil)", html(message))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", html(message) + message.body)


HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Subject",
    "From",
    "To",
    "Message-ID",
    "Date",
    "Auto-Submitted",
    "Content-Language",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
}


def test_mail_programs_get_a_button_that_turns_tips_off(sender: Sender) -> None:
    sent = written(sender).message()
    off = " ".join(str(sent["List-Unsubscribe"]).split())
    assert re.fullmatch(rf"<{re.escape(ROOT)}/tips/[\w:-]+/off/>", off)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"


def test_a_letter_keeps_its_id_and_no_two_share_one(sender: Sender) -> None:
    one, two = (take(sender, flow_id=flow).queued for flow in ("a", "b"))
    assert one
    assert two
    ids = [rewritten(letter).message()["Message-ID"] for letter in (one, one, two)]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@help.contoso.com>")


def test_who_wants_no_tips_finds_the_way_in_both_parts(sender: Sender) -> None:
    message = written(sender)
    off = links(message)["Turn off tips for this flow, or all tips"]
    assert off.startswith(f"{ROOT}/tips/")
    assert off in message.body
    assert "You get at most one mail a day about this error." in message.body


def test_nothing_personal_and_nothing_of_the_input_is_in_a_letter(sender: Sender) -> None:
    error = "FlowIsTurnedOff: order 4711 of Jane Miller, jane@fabrikam.com, token=abcdef0123456789abcdef"
    for message in (written(sender, error=error), written(sender, error=f"Hm, {error[17:]}", flow_id="another")):
        for part in (message.subject, html(message), message.body):
            for secret in ("anna", "4711", "Jane", "Miller", "fabrikam", "abcdef0123456789"):
                assert secret not in part


def test_a_letter_loads_nothing_and_tells_nobody_that_it_was_read(sender: Sender) -> None:
    text = "Look at ![a picture](/media/x.png) and at [our page](/guides/), then **go on**."
    steps = [{"number": 1, "text": text, "where": "either", "who": "maker"}]
    publish(steps)
    page = html(written(sender))
    assert not re.search(r"<(img|link|script|iframe|object|video|audio|form|input)\b|src=|url\(|@import", page)
    assert f'<a href="{ROOT}/guides/"' in page
    assert not re.search(r'href="(?!https://)', page)


def test_a_letter_is_one_column_that_needs_no_pictures_and_follows_the_theme(sender: Sender) -> None:
    page = html(written(sender))
    assert page.startswith("<!doctype html>")
    assert '<html lang="en">' in page
    assert "max-width: 600px" in page
    assert "prefers-color-scheme: dark" in page
    assert '<meta name="color-scheme" content="light dark">' in page
    assert set(re.findall(r"<table ([\w-]+=\"\w+\")", page)) == {'role="presentation"'}
    assert len(page.encode()) < 50_000


def test_writing_a_letter_takes_three_queries(
    sender: Sender, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queued = take(sender).queued
    assert queued
    known = knowledge.current()
    letter = Letter.objects.select_related("flow__sender").get(pk=queued.pk)
    with django_assert_num_queries(3):
        letters.write(letter, known, NOW)

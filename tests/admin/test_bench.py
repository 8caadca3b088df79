"""The bench says what an edit does before anything is saved: to an error text, to all samples, to the questions."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from guides.models import Guide, Mitigation, Notice, Question
from guides.models.guide import Sample
from tests.admin.pages import controls, page
from tests.admin.test_publish import NEW_GUIDE
from tests.admin.test_typed import everything
from tests.guides.factories import document, guide_data

pytestmark = pytest.mark.django_db

ZORK = {
    "messages-TOTAL_FORMS": "2",
    "messages-1-key": "zork",
    "messages-1-text": "The zork of '<flow>' cannot be reached by anybody today.",
    "messages-1-position": "1",
}


def bench(thing: Any) -> str:
    return f"/admin/guides/{thing._meta.model_name}/{thing.pk}/bench/"


def test_typed(staff: Client, thing: Any, changes: dict[str, Any]) -> Any:
    """The bench with what somebody typed."""
    return staff.post(bench(thing), controls(staff.get(page(thing))) | changes)


test_typed.__test__ = False  # type: ignore[attr-defined]


def verdicts(response: Any) -> list[tuple[str, str]]:
    """(heading, reference or "") of each verdict."""
    found = response.context["verdicts"]
    return [(str(heading), verdict.guide.reference if verdict.guide else "") for heading, verdict in found]


def sentences(response: Any) -> list[str]:
    return [check.sentence for check in response.context["checks"]]


def test_a_pasted_text_shows_who_wins_before_and_after_the_edit_and_why(staff: Client, guide: Guide) -> None:
    paste = "anna@example.com: The zork of 'Orders' cannot be reached by anybody today."
    response = test_typed(staff, guide, {**ZORK, "paste": paste})
    assert verdicts(response) == [("What readers get today", ""), ("After this edit", "FLOW-1")]
    shown = response.content.decode()
    assert "No guide." in shown
    assert "Your error has the message" in shown
    assert "<mark>The zork of" in shown
    assert "[email]" in shown
    assert "anna@example.com: The zork" in response.context["paste"]
    assert knowledge.current().library.claimed(paste) is None


def test_a_text_that_the_edit_does_not_touch_is_judged_once(staff: Client, guide: Guide) -> None:
    response = test_typed(staff, guide, {"paste": "PasswordExpired"})
    assert verdicts(response) == [("Today and after this edit", "FLOW-2")]
    assert "opens at once" in response.content.decode()


def test_what_counted_is_shown_for_the_leader_and_for_the_guide_that_is_asked_about(
    staff: Client, guide: Guide
) -> None:
    response = staff.post(bench(guide), {"saved": "1", "paste": "PasswordExpired", "against": "FLOW-1"})
    weighing = response.context["weighing"]
    assert [shown.reference for shown in weighing.guides] == ["FLOW-2", "FLOW-1"]
    shown = response.content.decode()
    assert "Your error has the code PasswordExpired." in shown
    assert 'strongly for <span class="number">+34.8</span>' in shown
    assert '<option value="FLOW-1" selected>' in shown


def test_the_address_of_a_diagnosis_is_tried_with_its_answers(staff: Client, guide: Guide) -> None:
    url = "http://testserver/diagnose/?code=FlowIsTurnedOff&q.flow-on=off"
    response = staff.post(bench(guide), {"saved": "1", "paste": url})
    assert verdicts(response) == [("Today and after this edit", "FLOW-1")]
    assert [row.what for row in response.context["weighing"].rows][1] == "Your error has the code FlowIsTurnedOff."
    assert len(response.context["weighing"].rows) == 3


def test_the_saved_draft_can_be_tried_without_a_form(staff: Client, guide: Guide) -> None:
    guide.messages.create(key="zork", text=ZORK["messages-1-text"])
    response = staff.post(bench(guide), {"saved": "1", "paste": "The zork of 'a' cannot be reached by anybody today."})
    assert verdicts(response)[1] == ("After this edit", "FLOW-1")


def test_every_sample_of_the_guide_says_where_it_leads(staff: Client, guide: Guide) -> None:
    guide.samples.create(text="PasswordExpired", position=1)
    guide.samples.create(text="Something else", leads="elsewhere", position=2)
    response = staff.get(bench(guide))
    found = [(proof.sample.text, proof.holds, winner) for proof, winner in response.context["own_samples"]]
    assert found == [
        ("FlowIsTurnedOff", True, "Turn the flow back on"),
        ("PasswordExpired", False, "Renew the password"),
        ("Something else", True, ""),
    ]
    shown = response.content.decode()
    assert "Leads to “Renew the password”." in shown
    assert "It must lead here." in shown
    assert "The sample “PasswordExpired” must lead here, but leads to “Renew the password”." in sentences(response)


def test_a_template_that_steals_samples_of_another_guide_is_named_at_once(staff: Client, guide: Guide) -> None:
    other = Guide.objects.get(reference="FLOW-2")
    other.phrases.create(text="the quux has come to its end")
    for number in range(3):
        other.samples.create(text=f"The quux has come to its end in room {number}.", position=number + 1)
    publishing.publish([other])
    assert test_typed(staff, guide, {}).context["thefts"] == []
    response = test_typed(staff, guide, {**ZORK, "messages-1-text": "The quux has come to its end in room <room>."})
    assert response.context["thefts"] == ["This guide now also catches 3 samples of “Renew the password”."]
    told = [check.sentence for check in response.context["checks"] if check.serious]
    assert "The sample “The quux has come to its end in room 1.” of “Renew the password” would lead to" in told[1]


def test_checks_say_what_is_missing_in_plain_words_and_lead_to_the_control(staff: Client, guide: Guide) -> None:
    changes = {"verification": "", "samples-0-DELETE": "on", "causes-0-source": "", "sources-0-DELETE": "on"}
    response = test_typed(staff, guide, changes)
    by_control = {check.control: check for check in response.context["checks"]}
    assert by_control["id_verification"].serious
    assert by_control["sources-group"].sentence.startswith("Source: ")
    assert "must lead here" in by_control["samples-group"].sentence
    assert "questions" in by_control["expectations-group"].sentence
    shown = response.content.decode()
    assert f'formaction="{page(guide)}#id_verification"' in shown
    assert f'data-say="{len(response.context["checks"])} checks need work."' in shown
    saved = staff.get(bench(guide)).content.decode()
    assert f'href="{page(guide)}#expectations-group"' in saved


def test_an_address_that_another_guide_has_is_a_check(staff: Client, guide: Guide) -> None:
    guide.former_slugs = ["flow-off"]
    guide.save()
    publishing.publish([guide])
    response = test_typed(staff, Guide.objects.get(reference="FLOW-2"), {"slug": "flow-off"})
    assert [check.control for check in response.context["checks"] if "flow-off" in check.sentence] == ["id_slug"]


def test_long_causes_many_steps_and_old_sources_are_told(staff: Client, guide: Guide) -> None:
    mitigation = Mitigation.objects.get()
    for number in range(3, 10):
        mitigation.steps.create(text="In the target environment, wait.", position=number)
    guide.causes.update(text="word " * 61)
    guide.sources.update(checked=datetime.date(2020, 1, 1))
    response = staff.get(bench(guide))
    told = "\n".join(sentences(response))
    assert "The cause “off” has 61 words." in told
    assert "FIX-1 has 9 steps." in told
    assert "Step FIX-1.3 speaks of the target environment" in told
    assert "Nobody has looked at the source “Turn on a flow” for a year." in told
    figures = {figure.name: figure.value for figure in response.context["figures"]}
    assert figures["Words in the longest cause"] == 61
    assert figures["Steps in the longest mitigation"] == 9
    assert "too much" in response.content.decode()


def test_each_statement_says_what_it_does_and_the_most_helpful_one_is_named(
    staff: Client, starter_content: None
) -> None:
    guide = Guide.objects.get(slug="connection-authorization-failed")
    response = staff.get(bench(guide))
    shown = response.content.decode()
    assert {row.slug for row in response.context["statements"]} == set(knowledge.current().questions)
    assert 'data-effect="app-starts-flow"' in shown
    assert "Separates this guide from" in shown


def test_the_statement_that_would_help_most_is_named_and_leads_to_its_row(staff: Client, guide: Guide) -> None:
    response = staff.post("/admin/guides/guide/add/bench/", controls(staff.get("/admin/guides/guide/add/")) | NEW_GUIDE)
    assert response.context["suggestion"].question == "flow-on"
    assert 'formaction="/admin/guides/guide/add/#effect-flow-on"' in response.content.decode()


def test_a_new_guide_is_tested_before_it_is_ever_saved(staff: Client, guide: Guide) -> None:
    data = controls(staff.get("/admin/guides/guide/add/")) | NEW_GUIDE | ZORK
    data |= {"messages-TOTAL_FORMS": "1", "messages-0-key": "zork", "messages-0-text": ZORK["messages-1-text"]}
    paste = "The zork of 'a' cannot be reached by anybody today."
    response = staff.post("/admin/guides/guide/add/bench/", data | {"paste": paste})
    assert verdicts(response) == [("What readers get today", ""), ("After this edit", "FLOW-3")]
    assert Guide.objects.count() == 2


def test_shared_parts_and_questions_have_checks_and_name_the_guides_that_show_them(staff: Client, guide: Guide) -> None:
    for thing, guides in (
        (Mitigation.objects.get(), ["FLOW-1", "FLOW-2"]),
        (Notice.objects.get(), ["FLOW-1"]),
        (Question.objects.get(), ["FLOW-1"]),
    ):
        response = staff.get(bench(thing))
        assert [row.reference for row in response.context["shown_by"]] == guides
        assert "bench-paste" not in response.content.decode()
    response = test_typed(staff, Mitigation.objects.get(), {"title": ""})
    assert [(check.control, check.serious) for check in response.context["checks"]] == [("id_title", True)]


def test_nothing_that_is_tested_is_kept_logged_or_put_in_an_address(
    staff: Client, guide: Guide, caplog: pytest.LogCaptureFixture
) -> None:
    before = everything()
    with caplog.at_level(logging.DEBUG):
        response = test_typed(staff, guide, {"paste": "SecretText of Anna", "title": "Typed"})
    assert response.status_code == 200
    assert "Location" not in response
    assert "SecretText" not in caplog.text
    assert everything() == before
    assert list(staff.session.keys()) == ["_auth_user_id", "_auth_user_backend", "_auth_user_hash"]


HOSTILE = ["x" * 100_001, "a\x00b", "\ud800", "<script>alert(1)</script>", "'" * 5_000, "\u202e\u200b\n" * 500]


@pytest.mark.parametrize("paste", HOSTILE, ids=["long", "nul", "surrogate", "script", "quotes", "marks"])
def test_whatever_is_pasted_gets_a_clear_answer(staff: Client, guide: Guide, paste: str) -> None:
    sent = paste.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    response = staff.post(bench(guide), {"saved": "1", "paste": sent})
    assert response.status_code == 200
    shown = response.content.decode()
    assert "<script>alert" not in shown
    assert ("Only its first 100,000 characters" in shown) == (len(paste) > 100_000)


def test_a_form_that_cannot_be_read_says_why_and_falls_back_to_the_saved_draft(staff: Client, guide: Guide) -> None:
    response = test_typed(staff, guide, {"sources-0-checked": "soon", "paste": "FlowIsTurnedOff", "title": "Typed"})
    shown = response.content.decode()
    assert "What you typed cannot be read yet" in shown
    assert "Source 1, Checked: Enter a valid date." in shown
    assert "Until then, all below is about the saved draft." in shown
    assert verdicts(response) == [("Today and after this edit", "FLOW-1")]
    assert 'value="Typed"' in shown
    assert staff.post("/admin/guides/guide/add/bench/", {}).status_code == 200


def test_only_those_who_may_come_in(client: Client, guide: Guide) -> None:
    assert client.get(bench(guide))["Location"].startswith("/admin/login/")
    assert client.post(bench(guide), {"paste": "x"})["Location"].startswith("/admin/login/")
    reader = User.objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert client.get(bench(guide)).status_code == 403
    reader.user_permissions.set(Permission.objects.filter(codename="view_guide"))
    assert client.get(bench(guide)).status_code == 200
    assert f'href="{bench(guide)}"' in client.get(page(guide)).content.decode()
    assert client.post(bench(guide), {"saved": "1", "paste": "FlowIsOff"}).status_code == 200
    assert client.post(bench(guide), {"title": "x"}).status_code == 403
    assert client.get(f"/admin/guides/guide/{guide.pk + 99}/bench/").status_code == 404


def test_conditions_that_lead_in_a_circle_are_told_and_stop_nothing(staff: Client, guide: Guide) -> None:
    one, other = (Question.objects.create(slug=slug, order=50, text=f"{slug}?", group=slug) for slug in ("egg", "hen"))
    for question in (one, other):
        question.choices.create(slug="yes", text="Yes", summary="Yes.", normal="usually")
        question.choices.create(slug="no", text="No", summary="No.", position=1)
    Question.objects.filter(pk=one.pk).update(only_if=other.choices.first())
    Question.objects.filter(pk=other.pk).update(only_if=one.choices.first())
    guide.expectations.create(choice=one.choices.first(), word="always")
    response = staff.post(bench(guide), {"saved": "1", "paste": "something happened"})
    assert "its condition leads in a circle" in "\n".join(sentences(response))


def test_the_bench_asks_the_database_a_fixed_number_of_questions(
    staff: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2, 12):
        mitigation = Mitigation.objects.create(reference=f"FIX-{number}", title="Another")
        mitigation.steps.create(text="Do it.")
        guide.uses.create(mitigation=mitigation, position=number)
    Sample.objects.bulk_create(Sample(guide=guide, text=f"FlowIsOff {number}") for number in range(20))
    publishing.load([document("guide", guide_data(reference="FLOW-9", slug="nine", codes=[], messages=[], samples=[]))])
    staff.get(bench(guide))
    with django_assert_max_num_queries(30):
        staff.get(bench(guide))

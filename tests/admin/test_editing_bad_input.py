"""Whatever somebody types into a change page: a clear message at the field, nothing lost, nothing half-saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guides.models import Choice, ErrorCode, Guide, Message, Mitigation, Notice, Question
from tests.admin.pages import controls, page, save

pytestmark = pytest.mark.django_db

TEXTS = [
    *("title", "meaning", "phrases", "before", "verification", "further", "internal_note", "former_slugs"),
    *("messages-0-text", "messages-0-essential", "causes-0-title", "causes-0-text", "causes-0-source"),
    *("samples-0-text", "samples-0-note", "sources-0-title", "sources-0-url"),
    *("uses-0-title", "uses-0-waiting", "uses-0-intro", "uses-0-cause"),
    *("uses-0-steps-0-text", "uses-0-steps-0-group", "Guide_codes-0-token"),
]
MARKUP = '</textarea><script>alert(1)</script><b onclick="x">&amp;</b>'


def send(client: Client, thing: Any, changes: dict[str, str]) -> Any:
    return client.post(page(thing), controls(client.get(page(thing))) | changes | {"_save": "1"})


def errors(response: Any) -> dict[str, str]:
    """Where the page says what is wrong: sentences by the id of the control."""
    assert response.status_code == 200
    return {problem["target"]: problem["text"] for problem in response.context["problems"]}


@pytest.mark.parametrize("wrong", ["x" * 100_000, "a\x00b"], ids=["100 KB", "NUL"])
def test_every_text_that_cannot_be_stored_is_told_at_its_field(staff: Client, guide: Guide, wrong: str) -> None:
    told = errors(send(staff, guide, dict.fromkeys(TEXTS, wrong)))
    assert [name for name in TEXTS if f"id_{name}" not in told] == []
    guide.refresh_from_db()
    assert guide.title == "Turn the flow back on"


def test_html_and_script_in_every_field_are_shown_as_text(staff: Client, guide: Guide) -> None:
    fields = {name: MARKUP for name in TEXTS if name not in ("sources-0-url", "Guide_codes-0-token", "former_slugs")}
    response = send(staff, guide, fields)
    assert response.status_code == 302, response.context["problems"]
    shown = staff.get(page(guide)).content.decode()
    assert "<script>alert" not in shown
    assert "<b onclick" not in shown
    assert shown.count("&lt;script&gt;alert(1)") >= len(fields)


def test_a_slug_that_another_guide_has_is_told_at_its_field(staff: Client, guide: Guide) -> None:
    told = errors(send(staff, guide, {"slug": "password-expired"}))
    assert "already exists" in told["id_slug"]


@pytest.mark.parametrize("text", ["<a> <b> <c> <d>", "<flow>: '<x>' .", "<<<<<<<<<<<"])
def test_a_template_of_placeholders_alone_is_refused_at_its_field(staff: Client, guide: Guide, text: str) -> None:
    told = errors(send(staff, guide, {"messages-0-text": text}))
    assert "these alone would fit every text" in told["id_messages-0-text"]
    assert Message.objects.get().text != text


def test_conditions_that_lead_in_a_circle_are_told_at_the_field(staff: Client, guide: Guide) -> None:
    first = Question.objects.get()
    second = Question.objects.create(slug="second", text="Second?", only_if=first.choices.get(slug="off"))
    yes = second.choices.create(slug="yes", text="Yes", summary="Yes.")
    told = errors(send(staff, first, {"only_if": str(yes.pk)}))
    assert "circle" in told["id_only_if"]
    own = errors(send(staff, first, {"only_if": str(first.choices.get(slug="on").pk)}))
    assert "circle" in own["id_only_if"]
    first.refresh_from_db()
    assert first.only_if is None


def test_a_choice_that_guides_use_is_not_removed_and_they_are_named(staff: Client, guide: Guide) -> None:
    question = Question.objects.get()
    told = errors(send(staff, question, {"choices-1-DELETE": "on"}))
    assert "FLOW-1" in " ".join(told.values())
    assert question.choices.count() == 2


def test_a_code_is_taken_as_people_copy_it(staff: Client, guide: Guide) -> None:
    rows = {"Guide_codes-TOTAL_FORMS": "3", "Guide_codes-1-token": " 'FlowIsTurnedOff' ", "Guide_codes-2-token": ""}
    assert "twice" in errors(send(staff, guide, rows))["id_Guide_codes-1-token"]
    save(staff, page(guide), rows | {"Guide_codes-1-token": '"NewCode"'})
    assert sorted(code.token for code in guide.codes.all()) == ["FlowIsTurnedOff", "NewCode"]
    spaced = rows | {"Guide_codes-1-token": "not a code"}
    assert "A sentence is a message" in " ".join(errors(send(staff, guide, spaced)).values())
    assert ErrorCode.objects.filter(token__contains=" ").count() == 0


def test_the_shorter_time_comes_first(staff: Client, guide: Guide) -> None:
    told = errors(send(staff, guide, {"uses-0-minutes_from": "90"}))
    assert told == {"id_uses-0-minutes_from": "Mitigation 1, Minutes from: Write the shorter time first."}
    told = errors(send(staff, Mitigation.objects.get(), {"minutes_from": "90"}))
    assert told == {"id_minutes_from": "Minutes from: Write the shorter time first."}


def test_a_form_that_claims_countless_rows_is_refused_at_once(staff: Client, guide: Guide) -> None:
    response = send(staff, guide, {"samples-TOTAL_FORMS": "1000000000"})
    assert "at most" in errors(response)["samples-group"]
    samples = next(one.formset for one in response.context["inline_admin_formsets"] if one.formset.prefix == "samples")
    assert len(samples.forms) < 20


def test_each_error_is_said_once_and_in_the_words_of_the_page(staff: Client, guide: Guide) -> None:
    response = send(staff, guide, {"causes-0-key": "", "uses-0-minutes_from": ""})
    told = errors(response)
    assert told["id_causes-0-key"] == "Cause 1, Name: This field is required."
    assert told["id_uses-0-minutes_from"] == "Mitigation 1, Minutes from: This field is required."
    assert response.content.decode().count('<ul class="errorlist"') == 2


def test_shared_things_say_on_their_pages_where_they_are_used(staff: Client, guide: Guide) -> None:
    link = f'href="/admin/guides/guide/{guide.pk}/change/">FLOW-1</a>'
    for model in (Notice, Question, Mitigation, ErrorCode):
        assert link in staff.get(page(model.objects.first())).content.decode(), model
    unused = Notice.objects.create(slug="unused", title="Unused")
    assert "Nothing yet" in staff.get(page(unused)).content.decode()
    assert Choice.objects.count() == 2


@pytest.mark.parametrize("key", ["x", "", "9" * 20, "9" * 5_000])
@pytest.mark.parametrize("of", ["guides/guide", "guides/revision", "guides/errorcode", "cases/flag"])
def test_a_selected_row_that_cannot_be_is_refused_with_a_page(staff: Client, guide: Guide, of: str, key: str) -> None:
    actions = {
        "guides/guide": "withdraw_selected",
        "guides/revision": "compare_selected",
        "cases/flag": "delete_selected",
    }
    sent = {"action": actions.get(of, "publish_guides"), "_selected_action": [key]}
    assert staff.post(f"/admin/{of}/", sent).status_code == 400
    assert Guide.objects.live().count() == 2


def test_a_number_beyond_what_is_stored_gets_a_page(staff: Client, guide: Guide) -> None:
    """Some databases cannot be asked for such a number; others find nothing."""
    refused = send(staff, guide, {"targets": "9" * 20})
    assert refused.status_code == 400 or "id_targets" in errors(refused)
    listed = staff.get(f"/admin/guides/guide/?id__in={'9' * 20}")
    assert listed.status_code == 400 or "FLOW-1" not in listed.content.decode()


@pytest.mark.parametrize("stored", ["1", "0"])
def test_a_row_of_another_guide_is_neither_changed_nor_taken_nor_deleted(
    staff: Client, guide: Guide, stored: str
) -> None:
    other = Guide.objects.get(reference="FLOW-2").samples.get()
    named = {"samples-0-id": str(other.pk), "samples-INITIAL_FORMS": stored, "samples-0-text": "Something else"}
    send(staff, guide, named)
    send(staff, guide, named | {"samples-0-DELETE": "on"})
    other.refresh_from_db()
    assert (other.text, other.guide.reference) == ("PasswordExpired", "FLOW-2")


def test_a_spelling_that_is_another_code_is_told_at_its_field(staff: Client, guide: Guide) -> None:
    told = errors(send(staff, ErrorCode.objects.get(token="FlowIsTurnedOff"), {"aliases-0-text": "passwordexpired"}))
    assert "is a code of its own" in told["id_aliases-0-text"]


def test_a_code_is_not_renamed_to_another_code_or_its_spelling(staff: Client, guide: Guide) -> None:
    other = ErrorCode.objects.get(token="PasswordExpired")
    for taken in ("flowisturnedoff", "FLOWISOFF"):
        assert "is a code already" in errors(send(staff, other, {"token": taken}))["id_token"]


def test_lists_are_not_filtered_by_patterns(staff: Client, guide: Guide) -> None:
    assert staff.get("/admin/guides/guide/?title__regex=((((").status_code == 400

"""What staff publish is what readers see; a refusal gives every reason and changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from guides import knowledge
from guides.models import ContentVersion, ErrorCode, Guide, Mitigation, Notice, Question, Revision
from tests.admin.pages import act, controls, page, publish, save

pytestmark = pytest.mark.django_db

NEW_GUIDE = {
    "slug": "owner-left",
    "title": "Give the flow a new owner",
    "meaning": "The owner has left.",
    "verification": "Run the flow.",
    "uses-TOTAL_FORMS": "1",
    "uses-0-title": "Share the flow",
    "uses-0-minutes_from": "5",
    "uses-0-minutes_to": "10",
    "uses-0-works": "usually",
    "uses-0-position": "0",
    "uses-0-steps-TOTAL_FORMS": "1",
    "uses-0-steps-INITIAL_FORMS": "0",
    "uses-0-steps-0-text": "Select **Share**.",
    "uses-0-steps-0-where": "source",
    "uses-0-steps-0-who": "environment-admin",
    "uses-0-steps-0-position": "0",
    "causes-TOTAL_FORMS": "1",
    "causes-0-key": "left",
    "causes-0-text": "The owner left the company.",
    "causes-0-position": "0",
    "sources-TOTAL_FORMS": "1",
    "sources-0-key": "docs",
    "sources-0-title": "Share a flow",
    "sources-0-checked": "2026-11-21",
    "sources-0-position": "0",
    "phrases": "nobody owns the flow",
}


def test_a_new_guide_is_invisible_until_published_and_goes_live_with_its_parts(staff: Client, guide: Guide) -> None:
    told = save(staff, "/admin/guides/guide/add/", NEW_GUIDE)
    assert "Readers do not see the change until it is published" in told
    new = Guide.objects.get(slug="owner-left")
    assert new.reference == "FLOW-3"
    assert "FLOW-3" not in knowledge.current().guides
    told = act(staff, "publish_selected", new)
    assert "FLOW-3 Give the flow a new owner (revision 1)" in told
    assert "FIX-2 Share the flow (revision 1)" in told
    assert 'href="/guides/owner-left/"' in told
    assert knowledge.current().guides["FLOW-3"].document.mitigations[0].fix == "FIX-2"
    assert Revision.objects.get(key="FLOW-3").author is not None


def test_an_incomplete_draft_is_kept_and_the_person_told_what_it_lacks(staff: Client, guide: Guide) -> None:
    told = save(staff, "/admin/guides/guide/add/", {"slug": "not-ready", "title": "Not ready"})
    assert "Saved as a draft. Before it can go live, mend this" in told
    assert "FLOW-3: What went wrong: this field is needed" in told
    assert Guide.objects.filter(slug="not-ready").exists()


def test_a_refusal_gives_every_reason_and_changes_nothing(staff: Client, guide: Guide) -> None:
    version = ContentVersion.now()
    told = publish(staff, guide, {"verification": "", "samples-0-text": "It says PasswordExpired."})
    assert "FLOW-1: How you know it worked: say how people know that it worked" in told
    guide.refresh_from_db()
    assert guide.verification == ""
    told = publish(staff, guide, {"verification": "Run it."})
    assert "must lead here, but leads to FLOW-2" in told
    assert ContentVersion.now() == version
    assert knowledge.current().guides["FLOW-1"].document.verification.startswith("Run the flow.")


def test_publishing_again_says_that_nothing_has_changed(staff: Client, guide: Guide) -> None:
    assert "Nothing has changed" in publish(staff, guide)
    assert Revision.objects.filter(key="FLOW-1").count() == 1


def test_notices_questions_and_mitigations_are_published_on_their_own(staff: Client, guide: Guide) -> None:
    publish(staff, Notice.objects.get(), {"text": "Build it **there** first."})
    publish(staff, Question.objects.get(), {"text": "Does the flow run?"})
    publish(staff, Mitigation.objects.get(), {"title": "Switch the flow on"})
    known = knowledge.current()
    assert known.notices["source-first"].document.text == "Build it **there** first."
    assert known.questions["flow-on"].document.text == "Does the flow run?"
    assert known.mitigations["FIX-1"].document.title == "Switch the flow on"
    assert known.guides["FLOW-1"].revision == guide.live_id


def test_a_code_goes_live_with_the_guides_that_share_it(staff: Client, guide: Guide) -> None:
    code = ErrorCode.objects.get(token="FlowIsTurnedOff")
    second = Guide.objects.get(reference="FLOW-2")
    second.codes.add(code)
    code.meaning = "Nobody can run it."
    code.save()
    assert "make both equal" in publish(staff, second)
    assert "FLOW-1 Turn the flow back on (revision 2)" in act(staff, "publish_guides", code)
    entry = knowledge.current().code("FlowIsTurnedOff")
    assert entry is not None
    assert entry.meaning == "Nobody can run it."


def test_withdrawing_hides_a_guide_and_what_is_needed_cannot_be_withdrawn(staff: Client, guide: Guide) -> None:
    told = act(staff, "withdraw_selected", Mitigation.objects.get())
    assert "Nothing was withdrawn" in told
    assert "FLOW-1: Mitigation: there is no “FIX-1” that readers can see" in told
    assert "FIX-1" in knowledge.current().mitigations
    assert "Readers no longer see this" in act(staff, "withdraw_selected", guide)
    assert "FLOW-1" not in knowledge.current().guides
    assert "Readers see none of this" in act(staff, "withdraw_selected", guide)


def test_the_reference_of_a_published_thing_cannot_be_changed_nor_the_thing_deleted(
    staff: Client, guide: Guide
) -> None:
    save(staff, page(guide), {"reference": "FLOW-99"})
    guide.refresh_from_db()
    assert guide.reference == "FLOW-1"
    for thing in (guide, Mitigation.objects.get(), Notice.objects.get(), Question.objects.get()):
        assert staff.post(page(thing).replace("change", "delete"), {"post": "yes"}).status_code == 403
    act(staff, "withdraw_selected", guide)
    assert staff.post(page(guide).replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_a_draft_that_was_never_published_can_be_deleted(staff: Client) -> None:
    draft = Guide.objects.create(reference="FLOW-8", slug="draft", title="Draft")
    staff.post(page(draft).replace("change", "delete"), {"post": "yes"})
    assert not Guide.objects.exists()


def test_names_are_checked_at_once_in_plain_words(staff: Client) -> None:
    response = staff.post("/admin/guides/notice/add/", {"slug": "Source_First", "title": "Kept"})
    assert "Use small letters, digits and single hyphens" in response.content.decode()
    assert "Kept" in response.content.decode()


def test_a_reference_of_another_form_is_refused_at_once(staff: Client, guide: Guide) -> None:
    response = staff.post("/admin/guides/guide/add/", {"reference": "guide seven", "slug": "seven", "title": "Kept"})
    assert "Write a reference such as FLOW-3." in response.content.decode()


def test_old_addresses_and_essential_words_are_written_one_on_a_line(staff: Client, guide: Guide) -> None:
    changes = {"former_slugs": "flow-off\n\n flow-is-off ", "messages-0-essential": "not enabled\ntrigger"}
    save(staff, page(guide), changes)
    guide.refresh_from_db()
    assert guide.former_slugs == ["flow-off", "flow-is-off"]
    assert guide.messages.get().essential == ["not enabled", "trigger"]
    shown = staff.get(page(guide)).content.decode()
    assert "flow-off\nflow-is-off" in shown


def test_a_choice_that_a_guide_names_cannot_be_removed(staff: Client, guide: Guide) -> None:
    question = Question.objects.get()
    response = staff.post(page(question), controls(staff.get(page(question))) | {"choices-1-DELETE": "on"})
    assert "“No, it is off” cannot be removed: FLOW-1" in response.content.decode()
    assert question.choices.count() == 2


def test_revisions_are_listed_and_cannot_be_changed(staff: Client, guide: Guide) -> None:
    revision = Revision.objects.get(key="FLOW-1")
    assert "FLOW-1" in staff.get("/admin/guides/revision/?kind=guide&key=FLOW-1").content.decode()
    assert "flow-turned-off" in staff.get(f"/admin/guides/revision/{revision.pk}/change/").content.decode()
    assert staff.post(f"/admin/guides/revision/{revision.pk}/change/", {"why": "x"}).status_code == 405
    assert staff.get("/admin/guides/revision/add/").status_code == 403


WRONG = {
    "title": ("a\x00b", "Null characters are not allowed"),
    "before": ("x" * 100_000, "at most 20000 characters"),
    "sources-0-url": ("not an address", "Enter a valid URL"),
    "messages-0-key": ("", "This field is required"),
    "uses-0-minutes_from": ("soon", "Enter a whole number"),
    "uses-0-position": ("first", "uses-0-position"),
    "causes-TOTAL_FORMS": ("many", "ManagementForm data is missing"),
}


def test_what_cannot_be_stored_gets_a_message_and_what_was_typed_stays(staff: Client, guide: Guide) -> None:
    typed = {control: text for control, (text, _told) in WRONG.items()}
    response = staff.post(page(guide), controls(staff.get(page(guide))) | typed | {"further": "I typed this"})
    assert response.status_code == 200
    shown = response.content.decode()
    assert [told for _text, told in WRONG.values() if told not in shown] == []
    assert "I typed this" in shown


def test_opening_and_saving_a_starter_guide_changes_nothing_in_it(staff: Client, starter_content: None) -> None:
    guide = Guide.objects.get(slug="connection-authorization-failed")
    assert "Nothing has changed" in publish(staff, guide)


def test_an_address_that_readers_had_stays_an_old_address_of_the_guide(staff: Client, guide: Guide) -> None:
    save(staff, page(guide), {"slug": "flow-off"})
    publish(staff, guide)
    refused = staff.post(page(guide), controls(staff.get(page(guide))) | {"former_slugs": "", "title": "Kept"})
    assert "Links in tickets may lead to flow-turned-off. Keep it here." in refused.content.decode()
    assert "Kept" in refused.content.decode()
    save(staff, page(guide), {"former_slugs": "flow-turned-off\nflow-never-published"})
    save(staff, page(guide), {"former_slugs": "flow-turned-off"})
    guide.refresh_from_db()
    assert guide.former_slugs == ["flow-turned-off"]

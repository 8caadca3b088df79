"""Staff look back at what readers saw, compare any two revisions, and put one back as the draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import drafts, publishing, rows
from guides.models import ContentVersion, ErrorCode, Guide, Mitigation, Notice, Question, Revision
from tests.admin.pages import act, said
from tests.guides.factories import document, guide_data, mitigation_data, question_data, small_library

pytestmark = pytest.mark.django_db

LIST = "/admin/guides/revision/"
COMPARE = "/admin/guides/revision/compare/"


def page(revision: Revision) -> str:
    return f"/admin/guides/revision/{revision.pk}/change/"


def restore_page(revision: Revision) -> str:
    return f"/admin/guides/revision/{revision.pk}/restore/"


def published(kind: str, data: dict[str, Any], why: str = "") -> Revision:
    (revision,) = publishing.load([document(kind, data)], why=why)
    return revision


def first(kind: str, key: str) -> Revision:
    return Revision.objects.get(kind=kind, key=key, number=1)


def shown(client: Client, address: str, status: int = 200, **data: Any) -> str:
    response = client.get(address, data)
    assert response.status_code == status
    return response.content.decode()


def restored(client: Client, revision: Revision, **posted: Any) -> Any:
    """Press the button on the page that asks first."""
    thing = shown_thing(client, revision)
    return client.post(restore_page(revision), {"edits": thing.edits if thing else "", **posted})


def shown_thing(client: Client, revision: Revision) -> Any:
    return client.get(restore_page(revision)).context["thing"]


def somebody(group: str) -> Client:
    client = Client()
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


def test_a_revision_tells_who_when_why_and_what_it_changed(staff: Client, guide: Guide) -> None:
    revision = published("guide", guide_data(title="Turn the flow on again"), why="Clearer <title>")
    text = shown(staff, page(revision))
    assert "Readers see this revision now." in text
    assert "Clearer &lt;title&gt;" in text
    assert "What it changed since revision 1" in text
    assert '<del><span class="visually-hidden">[removed: </span>back <span' in text
    assert "Somebody turned the flow off." in text
    assert "Readers do not see this revision now." in shown(staff, page(first("guide", "FLOW-1")))


def test_a_revision_that_no_longer_fits_its_shape_is_shown_as_it_is_stored(staff: Client, guide: Guide) -> None:
    old, new = first("guide", "FLOW-1"), published("guide", guide_data(title="Newer"))
    old.document = {**old.document, "severity": "high", "title": ["<b>"]}
    old.save()
    text = shown(staff, page(old))
    assert "severity: high" in text
    assert "&lt;b&gt;" in text
    assert "Restore as draft" not in text
    assert "The text as it is stored" in shown(staff, page(new))
    assert "The text as it is stored" in shown(staff, COMPARE, one=old.pk, other=new.pk)
    text = shown(staff, restore_page(old))
    assert "severity: there is no such field" in text
    assert "<form method=" not in text.split("<h1>")[1]
    assert restored(staff, old).status_code == 409


def test_two_ticked_revisions_are_compared_from_the_older_to_the_newer(staff: Client, guide: Guide) -> None:
    old, new = first("guide", "FLOW-1"), published("guide", guide_data(title="Newer"))
    response = staff.post(LIST, {"action": "compare_selected", "_selected_action": [new.pk, old.pk]})
    text = shown(staff, response.url)  # type: ignore[attr-defined]
    assert "What changed from revision 1 to revision 2" in text
    assert "What changed from revision 1 to revision 2" in shown(staff, COMPARE, one=new.pk, other=old.pk)
    assert "exactly two" in act(staff, "compare_selected", old)


def test_a_revision_compared_with_itself_has_no_difference(staff: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    assert "There is no difference." in shown(staff, COMPARE, one=old.pk, other=old.pk)


def test_revisions_that_cannot_be_compared_are_answered_in_plain_words(staff: Client, guide: Guide) -> None:
    old, other = first("guide", "FLOW-1"), first("mitigation", "FIX-1")
    assert "Tick two revisions" in shown(staff, COMPARE)
    assert "Choose two revisions." in shown(staff, COMPARE, one=old.pk)
    assert "FLOW-1 and FIX-1 are two different things" in shown(staff, COMPARE, 400, one=old.pk, other=other.pk)
    for wrong in ("999999", "x", "9" * 40, "-1", "²", "\x00"):
        assert "There is no such revision" in shown(staff, COMPARE, 400, one=old.pk, other=wrong)


def test_addresses_of_revisions_that_never_were_are_not_found(staff: Client, guide: Guide) -> None:
    for number in (999_999, 10**30):
        assert staff.get(f"/admin/guides/revision/{number}/change/").status_code == 404
        assert staff.get(f"/admin/guides/revision/{number}/restore/").status_code == 404


def test_restoring_writes_the_draft_and_leaves_readers_what_they_see(staff: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    new = published("guide", guide_data(title="Newer", phrases=["it is off"], expects={}))
    version = ContentVersion.now()
    text = shown(staff, restore_page(old))
    assert "The draft as it is now is replaced." in text
    assert "it is off" in text
    response = restored(staff, old)
    assert response.url == f"/admin/guides/guide/{guide.pk}/change/"
    assert "Readers see no change until it is published" in said(staff.get("/admin/"))
    guide.refresh_from_db()
    assert (guide.live, guide.differs, guide.edited_by.username) == (new, True, "sam")  # type: ignore[union-attr]
    assert rows.read(guide) == document("guide", guide_data())
    assert ContentVersion.now() == version
    assert LogEntry.objects.get().change_message == "Restored revision 1 as the draft."


def test_what_was_written_and_never_published_is_listed_before_it_is_lost(staff: Client, guide: Guide) -> None:
    mitigation = Mitigation.objects.get()
    mitigation.steps.create(text="Not yet numbered.", position=9)
    drafts.saved([mitigation], None)
    text = shown(staff, restore_page(first("mitigation", "FIX-1")))
    assert "no revision has kept" in text
    assert "Step FIX-1.3" in text
    assert "Not yet numbered." in text
    assert mitigation.steps.count() == 3


def test_an_incomplete_draft_is_listed_too(staff: Client, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(meaning="", verification="")
    guide.causes.update(key="")
    guide.messages.create(text="A template without its name", position=9)
    drafts.saved([guide], None)
    changes = staff.get(restore_page(first("guide", "FLOW-1"))).context["changes"]
    assert [(change.place, change.kind) for change in changes] == [
        ("What went wrong", "added"),
        ("Message", "removed"),
        ("Cause off", "added"),
        ("Cause", "removed"),
        ("How you know it worked", "added"),
    ]
    assert restored(staff, first("guide", "FLOW-1")).status_code == 302
    guide.refresh_from_db()
    assert guide.meaning == "The flow is turned off."


def test_a_draft_that_says_the_same_offers_no_button(staff: Client, guide: Guide) -> None:
    text = shown(staff, restore_page(first("guide", "FLOW-1")))
    assert "There is nothing to restore" in text
    assert 'value="Restore as draft"' not in text


def test_a_draft_that_somebody_saved_meanwhile_is_shown_again_first(staff: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    Guide.objects.filter(pk=guide.pk).update(title="Somebody else's")
    drafts.saved([guide], None)
    for stamp in ("1", "", "x", "9" * 5000):
        assert restored(staff, old, edits=stamp).status_code == 409
    response = restored(staff, old, edits="0")
    assert "Somebody saved the draft while you were reading" in response.content.decode()
    guide.refresh_from_db()
    assert guide.title == "Somebody else's"


def test_a_shared_code_keeps_the_description_it_has_now(staff: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    code = ErrorCode.objects.get(token="FlowIsTurnedOff")
    published("guide", guide_data(codes=[], samples=[]))
    ErrorCode.objects.filter(pk=code.pk).update(meaning="Newer words.")
    code.aliases.create(text="AFlowIsOff")
    assert restored(staff, old).status_code == 302
    code.refresh_from_db()
    assert list(guide.codes.all()) == [code]
    assert code.meaning == "Newer words."
    assert {alias.text for alias in code.aliases.all()} == {"FlowIsOff", "AFlowIsOff"}


def test_step_numbers_and_former_addresses_are_never_given_again(staff: Client, guide: Guide) -> None:
    steps = mitigation_data()["steps"]
    published("mitigation", mitigation_data(steps=[*steps, {**steps[0], "number": 3}]))
    published("guide", guide_data(slug="flow-off", former_slugs=["flow-turned-off"]))
    restored(staff, first("mitigation", "FIX-1"))
    restored(staff, first("guide", "FLOW-1"))
    mitigation = Mitigation.objects.get()
    assert [step.number for step in mitigation.steps.all()] == [1, 2]
    assert mitigation.last_step == 3
    guide.refresh_from_db()
    assert guide.slug == "flow-turned-off"
    publishing.publish([guide])
    guide.refresh_from_db()
    assert "flow-off" in guide.former_slugs


def test_what_a_revision_names_and_is_gone_is_told_and_nothing_is_half_restored(staff: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    published("guide", guide_data(title="Newer", notices=[], expects={}))
    Notice.objects.all().delete()
    Question.objects.all().delete()
    text = shown(staff, restore_page(old))
    assert "There is no notice “source-first” any more." in text
    assert "There is no answer “off” to the question “flow-on” any more." in text
    assert 'value="Restore as draft"' not in text
    assert restored(staff, old).status_code == 409
    guide.refresh_from_db()
    assert guide.title == "Newer"


def test_a_question_loses_the_choices_it_had_not_then_unless_a_guide_needs_them(staff: Client, guide: Guide) -> None:
    old = first("question", "flow-on")
    third = {"slug": "paused", "text": "Paused", "summary": "You said it is paused."}
    published("question", question_data(choices=[*question_data()["choices"], third]))
    question = Question.objects.get()
    use = guide.expectations.create(choice=question.choices.get(slug="paused"), word="always")
    response = restored(staff, old)
    assert response.status_code == 409
    assert "still named by" in response.content.decode()
    assert question.choices.count() == 3
    use.delete()
    assert restored(staff, old).status_code == 302
    assert question.choices.count() == 2


def test_an_address_that_another_guide_has_now_is_refused(staff: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    published("guide", guide_data(slug="flow-off"))
    Guide.objects.filter(reference="FLOW-2").update(slug="flow-turned-off")
    response = restored(staff, old)
    assert response.status_code == 409
    assert "belongs to FLOW-2 already" in response.content.decode()


def test_restoring_brings_no_retired_or_withdrawn_guide_back_to_readers(staff: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    retired = published("guide", guide_data(retired={}))
    restored(staff, old)
    guide.refresh_from_db()
    assert (guide.retired, guide.live) == (False, retired)
    publishing.withdraw([guide])
    restored(staff, retired)
    guide.refresh_from_db()
    assert (guide.retired, guide.live) == (True, None)


def test_a_deleted_thing_is_made_again(staff: Client, guide: Guide) -> None:
    published("guide", guide_data(notices=[]))
    Notice.objects.all().delete()
    old = first("notice", "source-first")
    assert "It would be made again" in shown(staff, restore_page(old))
    assert restored(staff, old).status_code == 302
    assert Notice.objects.get().live is None


def test_those_who_may_not_edit_look_and_compare_but_do_not_restore(guide: Guide) -> None:
    agent, old = somebody("Agents"), first("guide", "FLOW-1")
    new = published("guide", guide_data(title="Newer"))
    assert "Restore as draft" not in shown(agent, page(old))
    assert "What changed" in shown(agent, COMPARE, one=old.pk, other=new.pk)
    assert agent.get(restore_page(old)).status_code == 403
    assert agent.post(restore_page(old), {"edits": guide.edits}).status_code == 403
    guide.refresh_from_db()
    assert guide.title == "Newer"
    curator = somebody("Curators")
    assert "Restore as draft" in shown(curator, page(old))
    assert restored(curator, old).status_code == 302


def test_staff_without_any_right_and_visitors_see_no_revision(client: Client, guide: Guide) -> None:
    old = first("guide", "FLOW-1")
    addresses = [page(old), restore_page(old), f"{COMPARE}?one={old.pk}"]
    for address in addresses:
        assert client.get(address).url.startswith("/admin/login/")  # type: ignore[attr-defined]
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    for address in [*addresses, LIST]:
        assert client.get(address).status_code == 403
    assert client.post(page(old)).status_code == 405


def test_the_pages_ask_the_database_a_fixed_number_of_questions(
    guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    curator, old = somebody("Curators"), first("guide", "FLOW-1")
    for number in range(12):
        new = published("guide", guide_data(phrases=[f"phrase {count}" for count in range(1 + number)]))
    with django_assert_max_num_queries(7):
        shown(curator, page(new))
    with django_assert_max_num_queries(7):
        shown(curator, COMPARE, one=old.pk, other=new.pk)
    with django_assert_max_num_queries(29):
        shown(curator, restore_page(old))
    with django_assert_max_num_queries(12):
        shown(curator, LIST)


def test_every_kind_can_be_restored(staff: Client, guide: Guide) -> None:
    for model in rows.MODELS.values():
        for thing in model._default_manager.all():
            field = "text" if hasattr(thing, "text") else "title"
            model._default_manager.filter(pk=thing.pk).update(**{field: "Otherwise"})
            drafts.saved([thing], None)
            assert restored(staff, first(thing.KIND, thing.key)).status_code == 302
    read = [document for kind in rows.MODELS for document in rows.read_all(kind)]
    assert sorted(read, key=repr) == sorted(small_library(), key=repr)
    assert not any(model._default_manager.filter(differs=True).exists() for model in rows.MODELS.values())

"""The page on which things go live shows exactly what will, and publishes nothing that was not shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import drafts, knowledge, publishing, rows
from guides.models import ContentVersion, Guide, Mitigation, Notice, Publishable, Question, Revision
from tests.admin.pages import go_live, save, seen
from tests.guides.factories import document, guide_data, mitigation_data, notice_data, second_guide_data

pytestmark = pytest.mark.django_db


def page(thing: Publishable) -> str:
    return f"/admin/guides/{thing.KIND}/{thing.pk}/publish/"


def wrote(kind: str, data: dict[str, Any]) -> Any:
    """A draft as somebody saved it."""
    thing = rows.write(document(kind, data))
    drafts.saved([thing], None)
    return thing


def test_the_page_shows_what_readers_will_see_change(staff: Client, guide: Guide) -> None:
    wrote("guide", guide_data(title="Turn the flow on again"))
    shown = staff.get(page(guide)).content.decode()
    assert "<h1>Publish FLOW-1 Turn the flow on again</h1>" in shown
    assert "Readers see revision 1 now." in shown
    assert "<ins>" in shown
    assert "again" in shown
    assert knowledge.current().guides["FLOW-1"].document.title == "Turn the flow back on"


def test_publishing_keeps_who_and_why_and_leads_back(staff: Client, guide: Guide) -> None:
    wrote("guide", guide_data(title="Turn the flow on again"))
    response = staff.post(page(guide), seen(staff.get(page(guide))) | {"_publish": "1", "why": "  Clearer words "})
    assert response["Location"] == f"/admin/guides/guide/{guide.pk}/change/"
    revision = Revision.objects.get(key="FLOW-1", number=2)
    assert (revision.why, str(revision.author)) == ("Clearer words", "sam")
    assert LogEntry.objects.get().change_message == "Published revision 2: Clearer words"
    assert not Guide.objects.get(pk=guide.pk).differs


def test_a_draft_saved_meanwhile_is_shown_and_not_published_unseen(staff: Client, guide: Guide) -> None:
    wrote("guide", guide_data(title="What I read"))
    form = seen(staff.get(page(guide))) | {"_publish": "1", "why": "My reason"}
    wrote("guide", guide_data(title="What another wrote"))
    response = staff.post(page(guide), form)
    assert response.status_code == 409
    assert "Something changed while you were reading" in response.content.decode()
    assert "What another wrote" in response.content.decode()
    assert "My reason" in response.content.decode()
    assert knowledge.current().guides["FLOW-1"].document.title == "Turn the flow back on"


def test_a_part_saved_meanwhile_or_something_published_meanwhile_stops_publishing_too(
    staff: Client, guide: Guide
) -> None:
    wrote("guide", guide_data(title="What I read"))
    form = seen(staff.get(page(guide))) | {"_publish": "1"}
    wrote("mitigation", mitigation_data(title="Changed"))
    assert staff.post(page(guide), form).status_code == 409
    form = seen(staff.get(page(guide))) | {"_publish": "1"}
    publishing.publish([wrote("guide", second_guide_data(title="Another"))])
    assert staff.post(page(guide), form).status_code == 409
    assert staff.post(page(guide), {"_publish": "1"}).status_code == 409
    assert Revision.objects.filter(key="FLOW-1").count() == 1


def test_a_changed_part_is_ticked_only_if_no_other_live_guide_shows_it(staff: Client, guide: Guide) -> None:
    wrote("mitigation", mitigation_data(title="Shared and changed"))
    wrote("notice", notice_data(title="Changed, on this guide only"))
    wrote("guide", guide_data(title="New title"))
    response = staff.get(page(guide))
    ticked = {str(choice.draft.thing.key): choice.is_ticked for choice in response.context["selection"].choices}
    assert ticked == {"FIX-1": False, "source-first": True}
    assert "These live guides show it too:" in response.content.decode()
    assert "FLOW-2 Renew the password" in response.content.decode()
    told = go_live(staff, page(guide), **{"with": [f"notice.{Notice.objects.get().pk}"]})
    assert "(revision 2)" in told
    assert "FIX-1" not in told
    known = knowledge.current()
    assert known.mitigations["FIX-1"].document.title == "Turn on the flow"
    assert known.notices["source-first"].document.title == "Changed, on this guide only"


def test_only_parts_that_the_page_is_about_can_be_ticked(staff: Client, guide: Guide) -> None:
    question = Question.objects.get()
    question.hint = "Unseen"
    question.save()
    wrote("guide", guide_data(title="New title"))
    go_live(staff, page(guide), **{"with": [f"question.{question.pk}", "nonsense", "mitigation.99"]})
    assert knowledge.current().questions["flow-on"].document.hint == ""


def test_parts_that_are_not_live_go_along_and_are_shown(staff: Client, guide: Guide) -> None:
    wrote("mitigation", mitigation_data(reference="FIX-2", title="Another way"))
    wrote("guide", guide_data(mitigations=[{"fix": "FIX-1", "cause": "off"}, {"fix": "FIX-2"}]))
    shown = staff.get(page(guide)).content.decode()
    assert "FIX-2 Another way" in shown
    assert "It goes live too, because a guide here needs it." in shown
    assert "FIX-2 Another way (revision 1)" in go_live(staff, page(guide))


def test_live_guides_that_will_show_a_shared_change_are_listed(staff: Client, guide: Guide) -> None:
    mitigation = wrote("mitigation", mitigation_data(title="Changed"))
    shown = staff.get(page(mitigation)).content.decode()
    assert "Other live guides that will show the change" in shown
    for name in ("FLOW-1 Turn the flow back on", "FLOW-2 Renew the password"):
        assert name in shown


def test_what_stands_in_the_way_is_linked_to_where_it_is_mended_and_there_is_no_button(
    staff: Client, guide: Guide
) -> None:
    sources = {"sources": [], "causes": [{"key": "off", "text": "It is off."}]}
    wrote("guide", guide_data(**sources))
    response = staff.get(page(guide))
    shown = response.content.decode()
    assert "This cannot go live yet. Mend this first:" in shown
    assert f'href="/admin/guides/guide/{guide.pk}/change/#sources-group"' in shown
    assert 'value="Publish"' not in shown
    response = staff.post(page(guide), seen(response) | {"_publish": "1"})
    assert response.status_code == 409
    assert "FLOW-1: Source: say where the facts come from" in response.content.decode()
    assert Revision.objects.filter(key="FLOW-1").count() == 1


def test_a_refused_publish_gives_no_step_a_number(staff: Client, guide: Guide) -> None:
    mitigation = Mitigation.objects.get()
    mitigation.steps.create(text="Wait.", position=7)
    mitigation.minutes_from = 90
    mitigation.save()
    assert "FIX-1: Minutes: write the shorter time first" in go_live(staff, page(mitigation))
    assert mitigation.steps.get(position=7).number is None


def test_advice_is_shown_and_does_not_refuse(staff: Client, guide: Guide) -> None:
    wrote("guide", guide_data(causes=[{"key": "off", "text": "word " * 70, "source": "docs"}]))
    assert "has 70 words. Sixty are enough." in staff.get(page(guide)).content.decode()
    assert "Readers see this now" in go_live(staff, page(guide))


def test_what_a_new_mitigation_and_its_guide_share_is_advised_once(staff: Client, guide: Guide) -> None:
    new = {"title": "Wait until tomorrow", "uses-0-title": "Wait", "uses-0-steps-0-text": "Wait for a day."}
    save(staff, "/admin/guides/guide/add/", new)
    response = staff.get(page(Guide.objects.get(title="Wait until tomorrow")))
    advised = [advice["text"] for advice in response.context["advice"]]
    sentences = [sentence.partition(": ")[2] for sentence in advised]
    assert len(sentences) == len(set(sentences)) > 0
    assert all(sentence.startswith("FLOW-3: ") for sentence in advised)


def test_a_reason_that_is_too_long_is_kept_and_nothing_goes_live(staff: Client, guide: Guide) -> None:
    wrote("guide", guide_data(title="New title"))
    response = staff.post(page(guide), seen(staff.get(page(guide))) | {"_publish": "1", "why": "x" * 301})
    assert response.status_code == 400
    assert "at most 300 characters" in response.content.decode()
    assert "x" * 301 in response.content.decode()
    assert Revision.objects.filter(key="FLOW-1").count() == 1


def test_script_in_every_field_is_only_text_on_the_page(staff: Client, guide: Guide) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    wrote("guide", guide_data(title=attack, meaning=attack, verification=attack, phrases=[attack]))
    shown = staff.get(page(guide)).content.decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


def test_several_things_are_published_together_on_a_page_of_the_same_kind(staff: Client, guide: Guide) -> None:
    other = wrote("guide", second_guide_data(title="Another title"))
    wrote("guide", guide_data(title="New title"))
    selected = {"action": "publish_selected", "_selected_action": [guide.pk, other.pk]}
    address = staff.post("/admin/guides/guide/", selected)["Location"]
    shown = staff.get(address).content.decode()
    assert "<h1>Publish 2 things</h1>" in shown
    assert Revision.objects.filter(number=2).count() == 0
    assert "FLOW-2 Another title (revision 2)" in go_live(staff, address)
    assert Revision.objects.filter(number=2).count() == 2


def test_an_address_without_anything_to_publish_leads_home(staff: Client, guide: Guide) -> None:
    for query in ("", "?pk=99", "?pk=x", f"?pk={'9' * 400}"):
        response = staff.get(f"/admin/guides/guide/publish/{query}", follow=True)
        assert "There is nothing to publish." in response.content.decode()
    assert staff.get("/admin/guides/guide/99/publish/").status_code == 404


def test_somebody_who_may_only_edit_sees_the_page_without_the_button(
    member: Callable[[str], Client], guide: Guide
) -> None:
    curator = member("Curators")
    wrote("guide", guide_data(title="New title"))
    response = curator.get(page(guide))
    shown = response.content.decode()
    assert "Send for review" in shown
    assert 'name="_publish"' not in shown
    assert curator.post(page(guide), seen(response) | {"_publish": "1"}).status_code == 403
    assert curator.get(f"/admin/guides/guide/publish/?pk={guide.pk}").status_code == 403
    curator.post("/admin/guides/guide/", {"action": "publish_selected", "_selected_action": [guide.pk]})
    curator.post("/admin/guides/guide/", {"action": "withdraw_selected", "_selected_action": [guide.pk]})
    assert knowledge.current().guides["FLOW-1"].document.title == "Turn the flow back on"
    assert "Save and send for review" in curator.get(f"/admin/guides/guide/{guide.pk}/change/").content.decode()


def test_an_agent_sees_no_publish_page(member: Callable[[str], Client], guide: Guide) -> None:
    assert member("Agents").get(page(guide)).status_code == 403


def test_the_page_asks_a_fixed_number_of_questions(
    staff: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    wrote("guide", guide_data(title="New title"))
    for number in range(2, 12):
        wrote("mitigation", mitigation_data(reference=f"FIX-{number}"))
        mitigation = Mitigation.objects.get(reference=f"FIX-{number}")
        guide.uses.create(mitigation=mitigation, position=number)
    with django_assert_max_num_queries(75):
        response = staff.get(page(guide))
    assert len(response.context["found"].drafts) == 11
    form = seen(response) | {"_publish": "1"}
    with django_assert_max_num_queries(330):
        assert staff.post(page(guide), form).status_code == 302


def test_nothing_changes_while_the_page_is_only_looked_at(staff: Client, guide: Guide) -> None:
    wrote("guide", guide_data(title="New title"))
    before = ContentVersion.now()
    staff.get(page(guide))
    staff.head(page(guide))
    assert ContentVersion.now() == before

"""Who did what is written down, can be searched, and cannot be changed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import Guide
from tests.admin.pages import act, page, publish, save

pytestmark = pytest.mark.django_db

LIST = "/admin/admin/logentry/"


def rows(client: Client, query: str = "") -> list[str]:
    """What was done, newest first, as the list shows it."""
    shown = client.get(f"{LIST}{query}").content.decode()
    return re.findall(r'class="field-what">([^<]*)<', shown)


def test_saving_publishing_and_withdrawing_are_written_down(staff: Client, guide: Guide) -> None:
    save(staff, page(guide), {"title": "Turn the flow on again"})
    publish(staff, guide)
    act(staff, "withdraw_selected", guide)
    told = rows(staff)
    assert told[0] == "Withdrew it from readers."
    assert told[1] == "Published revision 2."
    assert any("Title" in row for row in told[2:])
    assert {str(entry.user) for entry in LogEntry.objects.all()} == {"sam"}


def test_codes_and_new_steps_are_called_what_people_call_them(staff: Client, guide: Guide) -> None:
    new = {"Guide_codes-0-token": "QuotaExceeded", "uses-0-title": "Wait", "uses-0-steps-0-text": "Wait for a day."}
    save(staff, "/admin/guides/guide/add/", {"title": "Wait until tomorrow"} | new)
    told = html.unescape(rows(staff)[0])
    assert "Added error code “QuotaExceeded”" in told
    assert "Added step “Wait for a day.”" in told
    save(staff, page(Guide.objects.get(title="Wait until tomorrow")), {"Guide_codes-0-DELETE": "on"})
    assert "Deleted error code “QuotaExceeded”" in html.unescape(rows(staff)[0])


def test_a_refused_withdrawal_leaves_no_trace(staff: Client, guide: Guide) -> None:
    act(staff, "withdraw_selected", guide.uses.get().mitigation)
    assert rows(staff) == []


def test_the_trail_is_searched_and_filtered_by_person_and_deed(staff: Client, guide: Guide) -> None:
    other = Client()
    other.force_login(User.objects.create_superuser("ana"))
    publish(staff, guide, {"title": "Turn the flow on again"})
    publish(other, Guide.objects.get(reference="FLOW-2"), {"title": "Another password"})
    assert len(rows(staff, "?q=FLOW-2")) == 2
    assert len(rows(staff, "?q=ana")) == 2
    assert rows(staff, "?deed=published") == ["Published revision 2.", "Published revision 2."]
    assert rows(staff, f"?deed=published&user__id__exact={User.objects.get(username='ana').pk}") == [
        "Published revision 2."
    ]
    assert len(rows(staff, "?deed=saved")) == 4
    assert rows(staff, "?deed=review") == []
    assert len(rows(staff, "?deed=nonsense")) == 4


def test_nobody_changes_what_was_written_down(staff: Client, guide: Guide) -> None:
    publish(staff, guide, {"title": "Turn the flow on again"})
    entry = LogEntry.objects.latest("pk")
    assert staff.get(f"{LIST}add/").status_code == 403
    assert staff.post(f"{LIST}{entry.pk}/change/", {"change_message": "x"}).status_code == 403
    assert staff.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    staff.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert LogEntry.objects.filter(pk=entry.pk).exists()


def test_the_trail_is_for_administrators(member: Callable[[str], Client]) -> None:
    for group, status in (("Agents", 403), ("Curators", 403), ("Publishers", 403), ("Administrators", 200)):
        assert member(group).get(LIST).status_code == status


def test_a_change_page_leads_to_the_trail_of_its_thing(staff: Client, guide: Guide) -> None:
    address = f"/admin/guides/guide/{guide.pk}/history/"
    assert address in staff.get(page(guide)).content.decode()
    assert "Nobody has done anything to it here." in staff.get(address).content.decode()
    publish(staff, guide, {"title": "Turn the flow on again"})
    shown = staff.get(address).content.decode()
    assert "<h1>Audit trail of FLOW-1 Turn the flow on again</h1>" in shown
    assert "Published revision 2." in shown


def test_the_list_asks_a_fixed_number_of_questions(
    staff: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sam = User.objects.get()
    for _ in range(30):
        LogEntry.objects.log_actions(sam.pk, [guide], 2, change_message="Published revision 1.", single_object=True)
    with django_assert_max_num_queries(14):
        assert len(rows(staff)) == 30

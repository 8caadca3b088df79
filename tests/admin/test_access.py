"""Who may come in, and how much the pages ask of the database."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import CodeAlias, ErrorCode, Guide, Mitigation, Step
from tests.admin.pages import act, controls, page, save

pytestmark = pytest.mark.django_db

PAGES = ("", "guide/", "guide/add/", "mitigation/", "notice/", "question/", "errorcode/", "revision/")


@pytest.mark.parametrize("address", [f"/admin/guides/{name}" for name in PAGES])
def test_only_staff_come_in(client: Client, address: str, db: None) -> None:
    assert client.get(address).url.startswith("/admin/login/")  # type: ignore[attr-defined]
    client.force_login(User.objects.create_user("visitor"))
    assert client.get(address).url.startswith("/admin/login/")  # type: ignore[attr-defined]
    assert client.post(address, {"action": "publish_selected"}).url.startswith("/admin/login/")  # type: ignore[attr-defined]


def test_staff_who_may_only_look_cannot_change_or_publish(client: Client, guide: Guide) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    response = client.get(page(guide))
    assert response.status_code == 200
    assert "Open the flow." in response.content.decode()
    assert "Save and publish" not in response.content.decode()
    assert client.post(page(guide), {"title": "x", "_publish": "1"}).status_code == 403
    guide.title = "Changed"
    guide.save()
    act(client, "publish_selected", guide)
    act(client, "withdraw_selected", guide)
    guide.refresh_from_db()
    assert guide.live is not None
    assert guide.live.number == 1


def test_pages_are_grouped_by_what_people_come_to_do(staff: Client) -> None:
    response = staff.get("/admin/")
    groups = [str(group["name"]) for group in response.context["app_list"]]
    assert groups == [
        *("Knowledge", "The help page", "What readers saw and said"),
        *("Repair tips and other programs", "People"),
    ]
    assert "Troubleshooter" in response.content.decode()


def test_no_staff_page_needs_a_weaker_policy(staff: Client, guide: Guide) -> None:
    response = staff.get(page(guide))
    assert "unsafe" not in response["Content-Security-Policy"]
    shown = response.content.decode()
    assert "<style" not in shown
    assert " style=" not in shown
    assert " onclick=" not in shown


def test_the_page_of_a_guide_costs_the_same_however_much_it_holds(
    staff: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2, 6):
        mitigation = Mitigation.objects.create(reference=f"FIX-{number}", title="Another")
        Step.objects.bulk_create(Step(mitigation=mitigation, position=place, text="Do it.") for place in range(7))
        guide.uses.create(mitigation=mitigation, position=number)
        guide.phrases.create(text="It is off", position=number)
    with django_assert_max_num_queries(30):
        response = staff.get(page(guide))
    assert response.content.decode().count("Do it.") == 28
    with django_assert_max_num_queries(12):
        staff.get(page(mitigation))


def test_the_page_of_a_starter_guide_is_light(staff: Client, starter_content: None) -> None:
    response = staff.get(page(Guide.objects.get(slug="connection-authorization-failed")))
    assert len(response.content) < 200_000


@pytest.mark.parametrize("name", ["guide", "mitigation", "notice", "question", "errorcode", "revision"])
def test_lists_ask_the_database_a_fixed_number_of_questions(
    staff: Client, guide: Guide, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20, 40):
        mitigation = Mitigation.objects.create(reference=f"FIX-{number}", title="Another", live=guide.live)
        other = Guide.objects.create(reference=f"FLOW-{number}", slug=f"guide-{number}", live=guide.live)
        other.uses.create(mitigation=mitigation)
    with django_assert_max_num_queries(12):
        assert staff.get(f"/admin/guides/{name}/").status_code == 200


def test_a_page_with_hundreds_of_rows_can_be_saved(staff: Client) -> None:
    code = ErrorCode.objects.create(token="Old")
    code.aliases.bulk_create(CodeAlias(code=code, text=f"Alias {number}") for number in range(350))
    assert len(controls(staff.get(page(code)))) > 1000
    save(staff, page(code), {"token": "New"})
    assert ErrorCode.objects.get().token == "New"


@pytest.mark.parametrize(
    ("group", "links"), [("Agents", (False, False)), ("Curators", (False, True)), ("Publishers", (True, True))]
)
def test_the_side_of_a_staff_page_leads_to_the_work_that_somebody_may_do(
    client: Client, group: str, links: tuple[bool, bool]
) -> None:
    person = User.objects.create_user("pat", is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    side = client.get("/admin/guides/guide/").content.decode().partition('id="nav-sidebar"')[2]
    assert "What to do next" in side
    assert ("/admin/review/" in side, "/admin/reports/" in side) == links

"""Administrators keep accounts and put people into groups, and cannot give more than they have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import Guide
from tests.admin.pages import controls

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough horse"


@pytest.fixture
def administrator(member: Callable[[str], Client]) -> Client:
    return member("Administrators")


def page(person: User) -> str:
    return f"/admin/auth/user/{person.pk}/change/"


def save(client: Client, person: User, **changes: Any) -> Any:
    form = controls(client.get(page(person)))
    return client.post(page(person), {name: value for name, value in (form | changes).items() if value is not None})


def groups(*names: str) -> list[int]:
    return [Group.objects.get(name=name).pk for name in names]


def test_nothing_is_offered_on_an_account_that_may_do_more(administrator: Client) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)
    assert "Reset password" not in administrator.get(page(root)).content.decode()
    own = User.objects.create_user("ana", password=PASSWORD)
    assert "Reset password" in administrator.get(page(own)).content.decode()


def test_an_administrator_makes_an_account_and_its_group_lets_it_in(administrator: Client) -> None:
    assert "<h1>Accounts</h1>" in administrator.get("/admin/auth/user/").content.decode()
    new = {"username": "ana", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    administrator.post("/admin/auth/user/add/", new)
    ana = User.objects.get(username="ana")
    assert not ana.is_staff
    shown = administrator.get(page(ana)).content.decode()
    assert "Now choose a group." in shown
    assert "Without a group nobody can sign in here." in shown
    assert save(administrator, ana, groups=groups("Curators")).status_code == 302
    ana.refresh_from_db()
    assert ana.is_staff
    client = Client()
    assert client.login(username="ana", password=PASSWORD)
    assert client.get("/admin/guides/guide/add/").status_code == 200
    save(administrator, ana, groups=[])
    ana.refresh_from_db()
    assert not ana.is_staff


def test_an_administrator_cannot_make_anybody_a_superuser(administrator: Client) -> None:
    own = User.objects.get(username="administrators")
    ana = User.objects.create_user("ana")
    right = Permission.objects.get(codename="delete_user")
    for person in (own, ana):
        everything = {"is_superuser": "on", "is_staff": "on", "user_permissions": [right.pk]}
        kept = groups("Administrators") if person == own else []
        save(administrator, person, groups=kept, **everything)
        person.refresh_from_db()
        assert not person.is_superuser
        assert not person.user_permissions.exists()
    assert not ana.is_staff


def test_an_administrator_cannot_give_a_group_that_may_do_more(administrator: Client) -> None:
    mighty = Group.objects.create(name="Mighty")
    mighty.permissions.add(Permission.objects.get(codename="delete_user"))
    ana = User.objects.create_user("ana")
    assert "Mighty" not in administrator.get(page(ana)).content.decode()
    response = save(administrator, ana, groups=[mighty.pk])
    assert response.status_code == 200
    assert not ana.groups.exists()


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {"is_superuser": True, "is_active": False}])
def test_an_account_that_may_do_more_is_only_shown(administrator: Client, fields: dict[str, bool]) -> None:
    chief = User.objects.create_user("chief", password=PASSWORD, **fields)
    _is_only_shown(administrator, chief)


def test_an_account_with_a_right_of_its_own_that_the_administrator_lacks_is_only_shown(administrator: Client) -> None:
    chief = User.objects.create_user("chief", password=PASSWORD, is_active=False)
    chief.user_permissions.add(Permission.objects.get(codename="delete_user"))
    _is_only_shown(administrator, chief)


def _is_only_shown(administrator: Client, person: User) -> None:
    assert administrator.get(page(person)).status_code == 200
    assert administrator.post(page(person), {"username": "mine"}).status_code == 403
    new = {"usable_password": "true", "password1": "another horse!", "password2": "another horse!"}
    address = f"/admin/auth/user/{person.pk}/password/"
    assert administrator.get(address).status_code == 403
    assert administrator.post(address, new).status_code == 403
    person.refresh_from_db()
    assert person.username == "chief"
    assert person.check_password(PASSWORD)


def test_an_administrator_sets_the_password_of_somebody_who_may_do_less(administrator: Client) -> None:
    ana = User.objects.create_user("ana", password="forgotten horse")
    new = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    administrator.post(f"/admin/auth/user/{ana.pk}/password/", new)
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_groups_are_shown_and_not_changed_by_administrators(administrator: Client) -> None:
    group = Group.objects.get(name="Agents")
    assert administrator.get(f"/admin/auth/group/{group.pk}/change/").status_code == 200
    assert administrator.post(f"/admin/auth/group/{group.pk}/change/", {"name": "x"}).status_code == 403
    assert administrator.get("/admin/auth/group/add/").status_code == 403


def test_publishers_keep_no_accounts(member: Callable[[str], Client]) -> None:
    for address in ("/admin/auth/user/", "/admin/auth/user/add/", page(User.objects.create_user("ana"))):
        assert member("Publishers").get(address).status_code == 403


def test_a_superuser_may_make_another(staff: Client) -> None:
    ana = User.objects.create_user("ana")
    save(staff, ana, is_superuser="on")
    ana.refresh_from_db()
    assert ana.is_superuser
    assert ana.is_staff


def test_what_is_done_to_an_account_is_in_the_trail(administrator: Client) -> None:
    ana = User.objects.create_user("ana")
    save(administrator, ana, groups=groups("Agents"))
    entry = LogEntry.objects.get()
    assert (str(entry.user), entry.object_repr) == ("administrators", "ana")
    assert "Groups" in entry.get_change_message()


def test_the_internal_note_is_for_those_who_may_see_it(member: Callable[[str], Client], guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(internal_note="Ask the platform team.")
    address = f"/admin/guides/guide/{guide.pk}/change/"
    assert "Ask the platform team." in member("Agents").get(address).content.decode()
    guest = User.objects.create_user("guest", is_staff=True)
    for may_change in (False, True):
        names = [name for name in ("view_guide", "change_guide") if may_change or name == "view_guide"]
        guest.user_permissions.set(Permission.objects.filter(codename__in=names))
        client = Client()
        client.force_login(guest)
        shown = client.get(address)
        assert shown.status_code == 200
        assert "Ask the platform team." not in shown.content.decode()
        assert "internal_note" not in shown.content.decode()


def test_the_list_of_people_asks_a_fixed_number_of_questions(
    staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        User.objects.create_user(f"person-{number}").groups.add(Group.objects.get(name="Agents"))
    with django_assert_max_num_queries(10):
        staff.get("/admin/auth/user/")


def test_an_account_is_made_inactive_and_never_deleted_so_that_its_deeds_stay_in_the_trail(
    admin_client: Client,
) -> None:
    ana = User.objects.create_user("ana", password=PASSWORD)
    assert admin_client.post(f"/admin/auth/user/{ana.pk}/delete/", {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [ana.pk], "post": "yes"}
    admin_client.post("/admin/auth/user/", selected)
    assert User.objects.filter(username="ana").exists()

"""No test depends on those before it: emptied tables hold what migrations put into them, and nothing else."""

import pytest
from django.contrib.auth.models import Group, User

from tests import tables


def rights() -> dict[str, set[tuple[str, str]]]:
    names = ("content_type__app_label", "codename")
    return {group.name: set(group.permissions.values_list(*names)) for group in Group.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_the_groups_of_staff_and_their_rights_are_back_when_the_tables_are_emptied() -> None:
    before = rights()
    assert set(before) == {"Agents", "Curators", "Publishers", "Administrators"}
    Group.objects.all().delete()
    User.objects.create_user("sam")
    tables.empty()
    assert rights() == before
    assert not User.objects.exists()

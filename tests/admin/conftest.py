"""A signed-in member of staff, and a small library that is live."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from guides.models import Guide
from tests.guides.factories import load_small_library


@pytest.fixture
def guide(db: None) -> Guide:
    return load_small_library()


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("sam", "sam@example.org", "correct horse"))
    return client


@pytest.fixture
def member(db: None) -> Callable[[str], Client]:
    """Signs in somebody who is in a group; called twice, it is the same person."""

    def sign_in(group: str) -> Client:
        person, _created = User.objects.get_or_create(username=group.lower(), is_staff=True)
        person.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(person)
        return client

    return sign_in

"""A small library that is live, staff of every kind, and what people left behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from guides.models import Guide, MissedSearch
from tests.cases.clock import DAY
from tests.guides.factories import load_small_library
from troubleshooter.cases.models import UnrecognisedError

Person = Callable[[str], Client]


@pytest.fixture
def guide(db: None) -> Guide:
    return load_small_library()


@pytest.fixture
def signed_in(db: None) -> Person:
    """Sign in as a new member of a group, named like the group."""

    def sign_in(group: str) -> Client:
        user = User.objects.create_user(group.lower(), is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def curator(signed_in: Person) -> Client:
    return signed_in("Curators")


def make_error(number: int = 1, **fields: Any) -> UnrecognisedError:
    """An error that many people had; every field can be replaced."""
    now = timezone.now()
    text = f"The frobnicator {number} is jammed."
    known: dict[str, Any] = {"headline": text, "text": text, "count": 9, "days": 3, "first_seen": now - 3 * DAY}
    return UnrecognisedError.objects.create(**{"fingerprint": f"text:{number}", **known, "last_seen": now, **fields})


def make_missed(query: str = "zork", **fields: Any) -> MissedSearch:
    now = timezone.now()
    times = {"count": 9, "days": 3, "first_seen": now - 3 * DAY, "last_seen": now}
    return MissedSearch.objects.create(query=query, **{**times, **fields})

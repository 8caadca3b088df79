"""A signed-in member of staff, and a small library that is live."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
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

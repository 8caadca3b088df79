"""A small library that is live, for what people tell us about it."""

from __future__ import annotations

import pytest

from guides.models import Guide
from tests.guides.factories import load_small_library
from tests.insights.conftest import signed_in

__all__ = ["signed_in"]


@pytest.fixture
def guide(db: None) -> Guide:
    return load_small_library()

"""The pages' tests read a small library: made live once, since publishing takes longer than reading a page."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests import tables
from tests.pages import library


@pytest.fixture(scope="package")
def _library_in_the_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        library.load()
    yield
    with django_db_blocker.unblock():
        tables.empty()


@pytest.fixture(autouse=True)
def _live_library(_library_in_the_database: None, db: None) -> None:
    """Every test sees the library; what it changes is rolled back."""

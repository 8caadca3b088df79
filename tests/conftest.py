"""What many tests need: the starter guides, quickly, and a clean slate between tests."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import tables

DATABASE = {"db", "transactional_db", "django_db_setup"}
"""Fixtures without one of which a test cannot reach the test database."""

YOUNG_OBJECTS = 100_000
"""Objects after which Python looks for garbage. It looks through all that pages and guides are made of each time."""


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what uses the database before anything is selected by marks, and put first what begins first at the end."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
    yield
    items.sort(key=lambda item: item.get_closest_marker("begins_first") is None)


def pytest_collection_finish() -> None:
    """What was imported stays, so that looking for garbage leaves it out."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: the threads of a live server would share the one connection of a database in memory.

    Each run has its own, so that two runs at once do not meet.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a test that empties the tables, what migrations put into them is back: no test depends on those before."""
    with django_db_blocker.unblock():
        tables.keep_migrated()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: tables.empty())
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Limits that one test used up must not meet the next."""
    cache.clear()


@pytest.fixture
def starter_content(db: None) -> None:
    """The starter guides, live."""
    tables.fill(_load_starter_guides)


def _load_starter_guides() -> None:
    call_command("load_guides", verbosity=0)

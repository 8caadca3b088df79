"""What many tests need: the starter guides, quickly, and a clean slate between tests."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: the threads of a live server would share the one connection of a database in memory.

    Each run has its own, so that two runs at once do not meet.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Limits that one test used up must not meet the next."""
    cache.clear()


@pytest.fixture(scope="session")
def _starter_rows() -> dict[type[Model], list[dict[str, Any]]]:
    """Filled by the first test that loads the starter guides: all rows, so that later tests only copy them."""
    return {}


@pytest.fixture
def starter_content(db: None, _starter_rows: dict[type[Model], list[dict[str, Any]]]) -> None:
    """The starter guides, live."""
    models = list(apps.get_app_config("guides").get_models(include_auto_created=True))
    if not _starter_rows:
        call_command("load_guides", verbosity=0)
        _starter_rows.update({model: list(model._base_manager.order_by("pk").values()) for model in models})
        return
    with transaction.atomic(), connection.constraint_checks_disabled():
        for model, rows in _starter_rows.items():
            model._base_manager.bulk_create(model(**row) for row in rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)

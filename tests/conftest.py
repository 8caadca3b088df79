"""What many tests need: the starter guides, quickly, and a clean slate between tests."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core import serializers
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Limits that one test used up must not meet the next."""
    cache.clear()


@pytest.fixture(scope="session")
def _starter_rows() -> list[str]:
    """Filled by the first test that loads the starter guides: all rows, so that later tests only copy them."""
    return []


@pytest.fixture
def starter_content(db: None, _starter_rows: list[str]) -> None:
    """The starter guides, live."""
    models = list(apps.get_app_config("guides").get_models())
    if not _starter_rows:
        call_command("load_guides", verbosity=0)
        rows = [row for model in models for row in model._default_manager.order_by("pk")]
        _starter_rows.append(serializers.serialize("json", rows))
        return
    with transaction.atomic(), connection.constraint_checks_disabled():
        for row in serializers.deserialize("json", _starter_rows[0]):
            row.save()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)

"""The tables of the test database: as a fresh installation has them, or as something slow once left them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

Rows = Mapping[type[Model], list[tuple[Any, ...]]]

_kept: dict[Callable[[], object], Rows] = {}
"""What each function left behind in the tables of guides, by the function; of this process."""

_migrated: dict[type[Model], list[tuple[Any, ...]]] = {}
"""What migrations left behind in all tables: the groups of staff, and Django's own names of what may be done."""


def keep_migrated() -> None:
    """To be called when the database is new."""
    _migrated.update(_rows(apps.get_models(include_auto_created=True)))


def empty() -> None:
    """Every table as it is after the migrations."""
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    _insert(_migrated)


def fill(load: Callable[[], object]) -> None:
    """Empty tables of guides as `load` fills them. It is called once in a process, then its rows are only copied.

    The content version is copied too, so that what was compiled of it serves the next test.
    """
    if load in _kept:
        _insert({model: _without_migrated(model, rows) for model, rows in _kept[load].items()})
    else:
        load()
        _kept[load] = _rows(apps.get_app_config("guides").get_models(include_auto_created=True))


def _without_migrated(model: type[Model], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows that migrations did not make, since those are there already."""
    return [row for row in rows if row not in _migrated.get(model, ())]


def _rows(models: Iterable[type[Model]]) -> Rows:
    with connection.cursor() as cursor:
        return {model: list(cursor.execute(f"SELECT {_columns(model)} FROM {_table(model)}")) for model in models}


def _insert(rows: Rows) -> None:
    """In one transaction, at whose end foreign keys are checked."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model, values in rows.items():
            if values:
                places = ", ".join(["%s"] * len(values[0]))
                cursor.executemany(f"INSERT INTO {_table(model)} ({_columns(model)}) VALUES ({places})", values)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(statement)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[Model]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)

"""The tables of the test database as a fresh installation has them."""

from importlib import import_module

from django.apps import apps
from django.core.management import call_command


def empty() -> None:
    """Every table as it is after the migrations: nothing in it but the groups of staff."""
    call_command("flush", interactive=False, verbosity=0)
    create_staff_groups()


def create_staff_groups() -> None:
    """The four groups of staff, which are emptied with all other tables after a test with a running site."""
    import_module("troubleshooter.cases.migrations.0002_groups").create_groups(apps, None)

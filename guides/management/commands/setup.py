"""Bring an installation to the state in which it can serve: tables, starter guides, a first staff account."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guides.models import Guide


class Command(BaseCommand):
    help = "Migrate, load the starter guides where there are none, and create the first staff account. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--serve", metavar="ADDRESS", help="then serve there, in this process (for development)")

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        if self.migrations_wait():
            call_command("migrate", verbosity=0, interactive=False)
        if not Guide.objects.exists():
            call_command("load_guides", verbosity=verbosity, stdout=self.stdout)
        self.create_first_account()
        if options["serve"]:
            self.stdout.write(f"Serving on http://{options['serve']}/ until you press Ctrl+C.")
            call_command("runserver", options["serve"], use_reloader=False, skip_checks=True)

    def migrations_wait(self) -> bool:
        """Whether `migrate` has work: at every start but the first, asking is much quicker than calling it in vain."""
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def create_first_account(self) -> None:
        """An account with a random password that is printed now and never again."""
        users = get_user_model().objects
        if users.filter(is_staff=True).exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(username="admin", password=password)
        self.stdout.write(f"A staff account for /admin/ was created. Name: admin. Password: {password}")
        self.stdout.write("Keep the password now: it is not shown again.")

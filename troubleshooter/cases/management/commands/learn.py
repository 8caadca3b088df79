"""Rebuild what outcomes say about how common problems are. Made to be run again and again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localtime

from troubleshooter.cases import learning


class Command(BaseCommand):
    help = "Rebuild what outcomes say about how common problems are. Applied at most once an hour; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--now", action="store_true", help="apply it even if the last time is less than an hour ago"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = learning.rebuild(at_once=options["now"], dry_run=options["dry_run"])
        except learning.BusyError:
            raise CommandError("Nothing was applied: somebody published meanwhile. Run it again.") from None
        if found.wait:
            self.tell(options, f"Nothing was done: outcomes count again from {localtime(found.wait):%H:%M} on.")
            return
        for reference in found.held:
            self.stderr.write(f"{reference} stays as it is: a sample would lead elsewhere.")
        if number := len(found.suggestions):
            self.tell(options, f"Statements that outcomes contradict: {number}. The reports of staff name them.")
        if not found.noticeable:
            self.tell(options, "Nothing changes: outcomes say what they said before.")
            return
        for change in found.noticeable:
            now = f"{change.now.factor:.2f} times as common as stated (was {change.before:.2f})"
            self.tell(options, f"{change.guide}: {now}. Outcomes it rests on: {change.now.votes:.0f}.")
        self.tell(options, "Readers see it now." if found.is_applied else "This would change. Nothing was done.")

    def tell(self, options: Any, line: str) -> None:
        if options["verbosity"]:
            self.stdout.write(line)

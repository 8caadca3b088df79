"""Send the letters of the outbox. The worker beside several web processes; with --once, for a cron job."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from troubleshooter.repair_tips import outbox, tidying

PAUSE = 5.0
"""Seconds between two looks into the outbox."""


class Command(BaseCommand):
    help = "Send the letters of the outbox until stopped, and erase addresses that are kept long enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            now = timezone.now()
            sent = outbox.send_due(now)
            tidying.tidy(now)
            if options["verbosity"]:
                self.stdout.write(f"Letters sent: {sent}.")
            return
        while True:
            outbox.work()
            time.sleep(PAUSE)

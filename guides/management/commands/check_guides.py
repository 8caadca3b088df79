"""Say what is wrong with the content: in a folder before loading it, or in the drafts of this installation."""

import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guides import findings, rows
from guides.exchange import folder
from guides.library import Library
from guides.models import ErrorCode
from guides.parsing import DocumentError


class Command(BaseCommand):
    help = "Check the documents of a folder, or the drafts when none is named: all that is wrong, and what to improve."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", nargs="?", type=Path)
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day from which the age of sources is counted, instead of today",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["dir"]:
                documents, codes = folder.read(options["dir"]), []
            else:
                documents = [document for kind in rows.MODELS for document in rows.read_all(kind)]
                codes = list(ErrorCode.objects.values_list("token", flat=True))
        except DocumentError as error:
            raise CommandError("\n".join(error.problems)) from None
        found = findings.everything(Library.of(documents), options["today"] or timezone.localdate(), codes)
        advice = [problem for problem in found if not problem.serious]
        for problem in advice:
            self.stdout.write(f"Advice: {problem}")
        if len(advice) < len(found):
            raise CommandError("\n".join(str(problem) for problem in found if problem.serious))
        if options["verbosity"]:
            better = f", {len(advice)} could be better" if advice else ""
            self.stdout.write(f"{len(documents)} documents checked; nothing is wrong{better}.")

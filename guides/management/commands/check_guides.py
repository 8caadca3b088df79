"""Say what is wrong with the content: in a folder before loading it, or in the drafts of this installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides import checks, rows
from guides.exchange import folder
from guides.library import Library
from guides.parsing import DocumentError
from troubleshooter.diagnosis.lint import lint


class Command(BaseCommand):
    help = "Check the documents of a folder, or the drafts when none is named: names, samples, and what lint advises."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["dir"]:
                documents = folder.read(options["dir"])
            else:
                documents = [document for kind in rows.MODELS for document in rows.read_all(kind)]
        except DocumentError as error:
            raise CommandError("\n".join(error.problems)) from None
        library = Library.of(documents)
        advice = lint(library.recogniser)
        for problem in advice:
            if not problem.serious:
                self.stdout.write(f"Advice: {problem.key}: {problem.sentence}")
        problems = checks.problems(library) + [f"{row.key}: {row.sentence}" for row in advice if row.serious]
        if problems:
            raise CommandError("\n".join(problems))
        if options["verbosity"]:
            self.stdout.write(f"{len(documents)} documents checked; nothing is wrong.")

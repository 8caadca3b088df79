"""Write the documents of a folder as rows and publish them. Loading twice changes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides import folder, publishing
from guides.parsing import DocumentError


class Command(BaseCommand):
    help = "Load the documents of a folder (the starter guides when none is named) and publish them, all or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", nargs="?", type=Path, default=folder.STARTER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            documents = folder.read(options["dir"])
            revisions = publishing.load(documents, why="Loaded from files")
        except (DocumentError, publishing.PublishError) as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(error.problems)) from None
        if options["verbosity"]:
            self.stdout.write(f"{len(documents)} documents read, {len(revisions)} published.")

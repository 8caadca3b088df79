"""Write every draft as a document file, so that loading the folder elsewhere gives the same rows."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides import folder, rows
from guides.parsing import DocumentError


class Command(BaseCommand):
    help = "Write all guides, mitigations, notices and questions into a folder, one file each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            documents = [document for kind in rows.MODELS for document in rows.read_all(kind)]
        except DocumentError as error:
            raise CommandError("Nothing was written: a draft is not complete.\n" + "\n".join(error.problems)) from None
        count = folder.write(options["dir"], documents)
        if options["verbosity"]:
            self.stdout.write(f"{count} documents written to {options['dir']}.")

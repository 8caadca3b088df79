"""Write every draft as a document file, so that loading the folder or archive elsewhere gives the same rows."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.exchange import archive, folder, transfer
from guides.parsing import DocumentError


class Command(BaseCommand):
    help = (
        "Write all guides, mitigations, notices and questions into a folder or, if the name ends in .zip, an archive."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            content = transfer.all_drafts()
        except DocumentError as error:
            raise CommandError("Nothing was written: a draft is not complete.\n" + "\n".join(error.problems)) from None
        try:
            if path.suffix.lower() == ".zip":
                path.write_bytes(archive.write(content))
            else:
                folder.write(path, content.documents, content.staff)
        except OSError as error:
            raise CommandError(f"Cannot write {path}: {error.strerror}.") from None
        if options["verbosity"]:
            self.stdout.write(f"{len(content.documents)} documents written to {path}.")

"""Write the documents of a folder or an archive as rows and publish them. Loading twice changes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides import publishing
from guides.exchange import archive, folder, transfer
from guides.exchange.archive import Content
from guides.parsing import DocumentError

_WORDS = {"written": "documents written", "checked": "guides checked", "published": "documents published"}


class Command(BaseCommand):
    help = (
        "Load the documents of a folder or of an archive (.zip), or the starter guides when none is named, and publish "
        "them, all or none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=folder.STARTER)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be created, changed and left")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = _content(options["path"])
            if options["dry_run"]:
                self.tell(transfer.plan(content))
                return
            done = self.finish(transfer.importing(content, why="Loaded from files"))
        except (DocumentError, publishing.PublishError) as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(error.problems)) from None
        except OSError as error:
            raise CommandError(f"Cannot read {options['path']}: {error.strerror}.") from None
        if options["verbosity"]:
            self.stdout.write(f"{done.documents} documents read, {len(done.revisions)} published.")

    def tell(self, plan: transfer.Plan) -> None:
        """One line for each thing, then what would keep the import from happening."""
        for document in plan.created:
            self.stdout.write(f"Created: {document.KIND} {document.key}")
        for changed in plan.changed:
            lost = "; unpublished changes here would be lost" if changed.loses_draft else ""
            self.stdout.write(f"Changed: {changed.document.KIND} {changed.document.key}{lost}")
            for change in changed.changes:
                self.stdout.write(f"  {change.word}: {change.place}")
        for reference in plan.staff:
            self.stdout.write(f"Staff data: {reference}")
        self.stdout.write(f"Left as they are: {len(plan.left)}")
        if plan.problems:
            raise CommandError("It would be refused.\n" + "\n".join(plan.problems))

    def finish(self, work: publishing.Work[transfer.Done]) -> transfer.Done:
        """Do the work; on a terminal a line shows how far it is."""
        if not self.stdout.isatty():
            return publishing.finish(work)
        try:
            while True:
                progress = next(work)
                self.stdout.write(f"\r{progress.done} of {progress.of} {_WORDS[progress.phase]}\033[K", ending="")
                self.stdout.flush()
        except StopIteration as end:
            self.stdout.write("\r\033[K", ending="")
            return end.value


def _content(path: Path) -> Content:
    if path.is_file():
        with path.open("rb") as file:
            return archive.read(file.read(archive.MAX_UPLOAD + 1))
    files = folder.read_files(path)
    return Content(files.checked(), folder.staff(path), files.names)

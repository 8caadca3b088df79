"""Measure the live content: how often the right guide is claimed for real error texts."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides import knowledge
from troubleshooter.diagnosis import evaluate


class Command(BaseCommand):
    help = "Score a JSONL file of texts and the guides they need (fields id, text, labels; kind if you have it)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        library = knowledge.current().library
        if not library.guides:
            raise CommandError("There are no live guides to measure. Run “manage.py load_guides” first.")
        try:
            lines = options["file"].read_text(encoding="utf-8").split("\n")
            records = evaluate.parse_records(lines)
        except OSError as error:
            raise CommandError(f"Cannot read {options['file']}: {error.strerror}.") from None
        except ValueError as error:
            raise CommandError(f"{options['file']}: {error}") from None

        def answer(text: str) -> str:
            guide = library.claimed(text)
            return guide.slug if guide else evaluate.NONE

        report = evaluate.score(records, answer)
        self.stdout.write(json.dumps(report.as_dict(), indent=2) if options["json"] else report.as_text())

"""Measure the live content: how often the right guide is claimed for real error texts, and what learning is worth."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides import knowledge
from troubleshooter.diagnosis import evaluate, learning_curve
from troubleshooter.diagnosis.model import Model


class Command(BaseCommand):
    help = "Score a JSONL file of texts and the guides they need (fields id, text, labels; kind if you have it)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument(
            "--long",
            action="store_true",
            help="also let made-up people walk through, before and after the site learned from outcomes (some minutes)",
        )

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
        if not options["json"]:
            self.stdout.write(report.as_text())
        learning = self._learning(library.model) if options["long"] else None
        if options["json"]:
            more = {"learning": learning.as_dict()} if learning else {}
            self.stdout.write(json.dumps({**report.as_dict(), **more}, indent=2))
        elif learning:
            self.stdout.write("\n" + learning.as_text())

    def _learning(self, model: Model) -> learning_curve.Report:
        """What learning is worth; on a terminal a line shows how far it is."""
        trials, of = [], learning_curve.WORLDS * len(learning_curve.SKEWS)
        for trial in learning_curve.trials(model):
            trials.append(trial)
            if self.stderr.isatty():
                self.stderr.write(f"{len(trials)} of {of} worlds measured")
        return learning_curve.Report(tuple(trials))

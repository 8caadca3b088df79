"""Render stored revisions again, after the renderer or the sanitiser changed. Documents stay as they are."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from guides import markdown, parsing, publishing
from guides.models import ContentVersion, Revision


class Command(BaseCommand):
    help = "Render every revision whose HTML an older renderer made."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        old = list(Revision.objects.exclude(renderer=markdown.RENDERER))
        for revision in old:
            revision.html = publishing.render(parsing.validate(revision.kind, revision.document))
            revision.renderer = markdown.RENDERER
        Revision.objects.bulk_update(old, ["html", "renderer"], batch_size=200)
        if old:
            ContentVersion.advance()
        self.stdout.write(f"{len(old)} revisions rendered again.")

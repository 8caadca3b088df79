"""What readers found wrong on a page."""

from __future__ import annotations

import hashlib
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Guide, Revision

MAX_FLAG = 2_000
"""Characters of a report."""


class FlagQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def known(self, guide: str, part: str, text: str) -> bool:
        """Whether the same was reported today already."""
        return self.filter(digest=_digest(guide, part, text)).exists()

    def report(self, guide: str, part: str, text: str, revision: int) -> None:
        """Keep what a reader wrote (redacted before) about a live revision; the same on one day only once.

        The report goes to the owner of the guide.
        """
        owner = Guide.objects.filter(reference=guide).values_list("owner", flat=True).first()
        try:
            with transaction.atomic():
                self.create(
                    guide=guide,
                    part=part,
                    text=text[:MAX_FLAG],
                    revision_id=revision,
                    owner_id=owner,
                    digest=_digest(guide, part, text),
                )
        except IntegrityError:  # the form was sent twice
            return


class Flag(models.Model):
    """A reader's report about a guide, for its owner. Never shown to other readers."""

    guide = models.CharField(max_length=12, db_index=True, help_text=_("Such as FLOW-3."))
    part = models.CharField(max_length=20, blank=True, help_text=_("The step it is about, such as FIX-4.2."))
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=MAX_FLAG)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    """Of day, place and text, so that a form that is sent twice counts once."""
    created = models.DateTimeField(auto_now_add=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who looks into it."),
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True, help_text=_("What was done about it."))

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = [F("done_at").asc(nulls_first=True), "-created"]
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")

    def __str__(self) -> str:
        return f"{self.part or self.guide}: {self.text[:60]}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def close(self, by: Any) -> None:
        """Say that nothing is left to do. Not saved yet."""
        self.done_at, self.done_by = timezone.now(), by

    def reopen(self) -> None:
        """Put it back into the queue. Not saved yet."""
        self.done_at = self.done_by = None


def _digest(guide: str, part: str, text: str) -> str:
    return hashlib.sha256(f"{timezone.localdate()}|{guide}|{part}|{text}".encode()).hexdigest()

"""What readers see: immutable published documents, and the one number that says whether anything changed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """A published document of one guide, mitigation, notice or question, with its rendered HTML. Never edited."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    document = models.JSONField()
    html = models.JSONField()
    """Rendered parts by name; may be rebuilt from the document when the sanitiser changes."""
    renderer = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "number"], name="revision_number_once")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.key}, revision {self.number}"


class PublishableQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Only what readers may see."""
        return self.filter(live__isnull=False)

    def in_review(self) -> Self:
        """What waits for somebody who may publish it, the oldest first."""
        return self.filter(review_asked__isnull=False).order_by("review_asked")


class Publishable(models.Model):
    """A thing whose rows are a draft and whose live revision is what people read."""

    KIND: ClassVar[str]
    KEY: ClassVar[str]

    live = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("live"),
    )
    edits = models.PositiveIntegerField(default=0, editable=False)
    """How often the draft was saved, so that somebody who saves an older state is told."""
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    differs = models.BooleanField(default=True, editable=False)
    """Whether the draft says something else than readers see, or was never live."""
    review_asked = models.DateTimeField(null=True, blank=True, editable=False)
    review_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    review_note = models.CharField(max_length=300, blank=True, editable=False)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        return str(getattr(self, self.KEY))

    @property
    def is_live(self) -> bool:
        return self.live_id is not None

    def ask_for_review(self, by: Any, note: str = "") -> None:
        """Put the draft in the queue of those who may publish."""
        self.review_asked, self.review_asked_by, self.review_note = timezone.now(), by, note
        self.save(update_fields=["review_asked", "review_asked_by", "review_note"])

    def end_review(self, note: str = "") -> None:
        """Take the draft out of the queue; a note tells its writer why."""
        self.review_asked, self.review_note = None, note
        self.save(update_fields=["review_asked", "review_note"])


class ContentVersion(models.Model):
    """One row. The number counts what changed for readers: publications, saves of the help form, what outcomes taught.

    The stamp keeps a restored database from passing for another.
    """

    number = models.PositiveIntegerField(default=0)
    stamp = models.UUIDField(default=uuid.uuid4)
    changed = models.DateTimeField(default=timezone.now)
    """When the number was last counted up."""
    learned_at = models.DateTimeField(null=True, blank=True)
    """When what outcomes say about how common problems are was applied last."""

    def __str__(self) -> str:
        return f"Content version {self.number}"

    @classmethod
    def now(cls) -> tuple[int, str, datetime | None]:
        """(number, stamp, changed) of the live content in one query; (0, "", None) before anything was published."""
        row = cls.objects.filter(pk=1).values_list("number", "stamp", "changed").first()
        return (row[0], str(row[1]), row[2]) if row else (0, "", None)

    @classmethod
    def hold(cls) -> ContentVersion:
        """The row, locked: until this transaction ends nobody else publishes. Call before reading what is live."""
        row, _created = cls.objects.select_for_update().get_or_create(pk=1)
        return row

    @classmethod
    def advance(cls) -> int:
        """Count one change for readers and return its number. Call inside a transaction."""
        row = cls.hold()
        row.number, row.stamp, row.changed = row.number + 1, uuid.uuid4(), timezone.now()
        row.save()
        return row.number

"""Whether a mitigation helped."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Revision


class Outcome(models.Model):
    """What became of one try of one mitigation, with what was known of the case."""

    class Result(models.TextChoices):
        WORKED = "worked", _("Worked")
        SAME = "same", _("Same error")
        NEW = "new", _("New error")
        COULD_NOT = "could-not", _("Could not do it")

    guide = models.CharField(max_length=12, db_index=True, help_text=_("Such as FLOW-3."))
    mitigation = models.CharField(max_length=12, help_text=_("Such as FIX-4."))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    """Of the guide, as it was read."""
    result = models.CharField(max_length=10, choices=Result.choices)
    evidence = models.TextField(max_length=2_000, blank=True)
    """The keys of the diagnosis, as its address has them. Never a pasted text."""
    content_version = models.PositiveIntegerField()
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.guide} {self.mitigation}: {self.get_result_display()}"

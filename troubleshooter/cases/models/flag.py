"""What readers found wrong on a page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models import Revision


class Flag(models.Model):
    """A reader's report about a guide, for its owner. Never shown to other readers."""

    guide = models.CharField(max_length=12, db_index=True, help_text=_("Such as FLOW-3."))
    part = models.CharField(max_length=20, blank=True, help_text=_("The step it is about, such as FIX-4.2."))
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=2_000)
    created = models.DateTimeField(auto_now_add=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True, help_text=_("What was done about it."))

    class Meta:
        ordering = ["done_at", "-created"]
        verbose_name = _("reader's report")

    def __str__(self) -> str:
        return f"{self.part or self.guide}: {self.text[:60]}"

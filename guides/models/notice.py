"""Blocks of text that stand on several guides, such as "Do this in your source environment first"."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .revision import Publishable


class Notice(Publishable):
    KIND = "notice"
    KEY = "slug"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    text = models.TextField(max_length=20_000, help_text=_("Markdown."))
    afterwards = models.CharField(
        max_length=300, blank=True, help_text=_("What remains to be done once the fix works, in one or two sentences.")
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

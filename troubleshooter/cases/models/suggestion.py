"""Words of curators that outcomes do not bear out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Suggestion(models.Model):
    """One word of a guide to think about again: about an answer, or about how often a fix works. Changes nothing."""

    guide = models.CharField(max_length=12, help_text=_("Such as FLOW-3."))
    question = models.CharField(max_length=80, blank=True)
    choice = models.CharField(max_length=80, blank=True)
    mitigation = models.CharField(max_length=12, blank=True, help_text=_("Such as FIX-4."))
    word = models.CharField(max_length=10)
    """As it was stated, by the guide or as the normal answer."""
    fits = models.CharField(max_length=10)
    """The word that is nearest to what was seen."""
    seen = models.FloatField()
    """Cases in which the answer was given, or the fix worked; older ones count less."""
    of = models.FloatField()
    """Cases in which the question was answered, or the fix was tried."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "question", "mitigation"], name="suggestion_once_per_statement")
        ]

    def __str__(self) -> str:
        return f"{self.guide}, {self.mitigation or self.question}: {self.word}"

    @classmethod
    @transaction.atomic
    def replace_all(cls, found: Iterable[Self]) -> None:
        """Keep these, in their order, in place of all that were kept before."""
        cls.objects.all().delete()
        cls.objects.bulk_create(found)

"""What the wizard can ask, and the choices people have."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from troubleshooter.diagnosis.model import Word

from .revision import Publishable

WORDS = [(word.value, _(word.value)) for word in Word]


class Question(Publishable):
    KIND = "question"
    KEY = "slug"

    slug = models.SlugField(max_length=80, unique=True, help_text=_("Stands in addresses; do not change it later."))
    order = models.PositiveIntegerField(default=100, help_text=_("Breaks ties: the lower number is asked first."))
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    help = models.TextField(_("how do I check?"), max_length=20_000, blank=True, help_text=_("Markdown."))
    minutes = models.FloatField(default=1.0, help_text=_("How long it takes people to find the answer."))
    group = models.CharField(
        max_length=80,
        blank=True,
        help_text=_(
            "Only one question of a group counts. “error-text” and “error-code” are for what a pasted error answers "
            "by itself."
        ),
    )
    only_if = models.ForeignKey(
        "Choice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Ask only after this answer to another question."),
    )

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.text


class Choice(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveIntegerField(default=0)
    slug = models.SlugField(max_length=80, help_text=_("Stands in addresses; do not change it later."))
    text = models.CharField(max_length=300, help_text=_("The words on the button."))
    summary = models.CharField(
        max_length=300, help_text=_("The same as a statement: “You said an app starts the flow.”")
    )
    normal = models.CharField(
        max_length=10,
        choices=WORDS,
        blank=True,
        help_text=_("What anybody would answer whose guide says nothing about this question."),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "slug"], name="choice_slug_once_per_question")]

    def __str__(self) -> str:
        return f"{self.question.slug}: {self.text}"

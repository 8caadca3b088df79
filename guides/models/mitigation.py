"""Titled lists of steps that may cure one or more guides."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from .revision import Publishable


class Mitigation(Publishable):
    KIND = "mitigation"
    KEY = "reference"

    reference = models.CharField(
        max_length=12, unique=True, help_text=_("Such as FIX-4. Stands in tickets; never changes and is never reused.")
    )
    title = models.CharField(max_length=300)
    minutes_from = models.PositiveIntegerField(default=5)
    minutes_to = models.PositiveIntegerField(default=10)
    waiting = models.CharField(
        max_length=300, blank=True, help_text=_("Waiting that comes on top, such as “The import takes up to an hour.”")
    )
    intro = models.TextField(max_length=20_000, blank=True, help_text=_("Markdown."))
    last_step = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = [Length("reference"), "reference"]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def give_numbers(self) -> None:
        """Give every step without a number the next one that was never used; numbers once given stay."""
        used = self.steps.exclude(number=None).aggregate(highest=models.Max("number"))["highest"] or 0
        self.last_step = max(self.last_step, used)
        for step in self.steps.filter(number=None):
            self.last_step += 1
            step.number = self.last_step
            step.save(update_fields=["number"])
        self.save(update_fields=["last_step"])


class Step(models.Model):
    class Where(models.TextChoices):
        SOURCE = "source", _("Source environment")
        TARGET = "target", _("Target environment")
        EITHER = "either", _("Either environment")

    class Who(models.TextChoices):
        MAKER = "maker", _("Maker of the app")
        FLOW_OWNER = "flow-owner", _("Owner of the flow")
        CONNECTION_OWNER = "connection-owner", _("Owner of the connection")
        ENVIRONMENT_ADMIN = "environment-admin", _("Environment admin")
        ANYONE = "anyone", _("Anyone who uses the flow")

    mitigation = models.ForeignKey(Mitigation, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    """The 2 of FIX-4.2. Not the position: given once and never reused."""
    text = models.TextField(max_length=20_000, help_text=_("Markdown. One action; say where before what."))
    where = models.CharField(max_length=10, choices=Where.choices, default=Where.SOURCE)
    who = models.CharField(max_length=20, choices=Who.choices, default=Who.MAKER)
    group = models.CharField(
        max_length=80, blank=True, help_text=_("Steps with the same word here are alternatives: “Do one of these”.")
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["mitigation", "number"], name="step_number_once")]

    def __str__(self) -> str:
        return f"{self.mitigation.reference}.{self.number}" if self.number else self.text[:60]

"""Whether a mitigation helped."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Revision
from troubleshooter.cases.models.ticket_link import TicketLink

MAX_COMMENT = 500
"""Characters of what somebody says about an outcome."""

MAX_EVIDENCE = 2_000
"""Characters of the keys of a diagnosis that are kept."""


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def say(self, voice: str, guide: str, mitigation: str, **said: Any) -> Outcome:
        """Keep what became of one try, in place of what the same voice said of it before."""
        outcome, _created = self.update_or_create(
            voice=voice, guide=guide, mitigation=mitigation, defaults={**said, "changed": timezone.now()}
        )
        return outcome

    def say_once(self, voice: str, guide: str, mitigation: str, **said: Any) -> bool:
        """The same, but what is kept already stays as it is; whether this voice never spoke of the try before."""
        outcome, is_first = self.get_or_create(voice=voice, guide=guide, mitigation=mitigation, defaults=said)
        if not is_first and any(getattr(outcome, name) != value for name, value in said.items()):
            self.say(voice, guide, mitigation, **said)
        return is_first


class Outcome(models.Model):
    """What became of one try of one mitigation, with what was known of the case."""

    class Result(models.TextChoices):
        WORKED = "worked", _("Worked")
        SAME = "same", _("Same error")
        NEW = "new", _("New error")
        COULD_NOT = "could-not", _("Could not do it")

    class Reason(models.TextChoices):
        """Why somebody could not do it."""

        NO_ACCESS = "no-access", _("No access")
        NOT_FOUND = "not-found", _("Could not find it")
        NOT_SAFE = "not-safe", _("Not safe now")
        OTHER = "other", _("Another reason")

    voice = models.CharField(max_length=64)
    """Of one browser on one day, one ticket link, or one case of a program (see `troubleshooter.cases.voices`)."""
    guide = models.CharField(max_length=12, db_index=True, help_text=_("Such as FLOW-3."))
    mitigation = models.CharField(max_length=12, help_text=_("Such as FIX-4."))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    """Of the guide, as it was read."""
    mitigation_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    """Of the mitigation, as it was read."""
    result = models.CharField(max_length=10, choices=Result.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    step = models.CharField(max_length=20, blank=True, help_text=_("The step that failed, such as FIX-4.2."))
    comment = models.TextField(max_length=MAX_COMMENT, blank=True, help_text=_("Redacted before it was kept."))
    evidence = models.CharField(max_length=MAX_EVIDENCE, blank=True)
    """The keys of the diagnosis, as its address has them. Never a pasted text."""
    content_version = models.PositiveIntegerField()
    link = models.ForeignKey(TicketLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="outcomes")
    """The ticket link behind which it was reported."""
    created = models.DateTimeField(default=timezone.now, db_index=True)
    changed = models.DateTimeField(default=timezone.now)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        constraints = [models.UniqueConstraint(fields=["voice", "guide", "mitigation"], name="outcome_once_per_voice")]

    def __str__(self) -> str:
        return f"{self.guide} {self.mitigation}: {self.get_result_display()}"

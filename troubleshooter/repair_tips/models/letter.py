"""The outbox: every letter that is to be sent, until it was, with what went wrong on the way."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .flow import Flow
from .problem import FlowProblem

_TROUBLES = {
    "ConnectionRefusedError": _("Nothing answers at the address of the mail server."),
    "gaierror": _("The name of the mail server leads nowhere."),
    "TimeoutError": _("The mail server did not answer in time."),
    "SMTPConnectError": _("The mail server takes no letters now."),
    "SMTPServerDisconnected": _("The mail server hung up."),
    "SMTPAuthenticationError": _("The mail server does not accept the name and password of this site."),
    "SMTPSenderRefused": _("The mail server does not take letters from the address of this site."),
    "SMTPRecipientsRefused": _("The mail server does not take letters to this owner."),
    "SMTPDataError": _("The mail server did not take the text of the letter."),
    "UnsureError": _("The line broke after the whole letter was sent."),
    "ProcessEnded": _("Sending was cut short each time."),
}
"""What staff read, by the name of the problem."""


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> LetterQuerySet:
        """Letters that are still to be sent."""
        return self.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING])

    def over(self) -> LetterQuerySet:
        """Letters that are not tried any more, unless staff wish it."""
        state = Letter.State
        return self.filter(state__in=[state.SENT, state.UNSURE, state.REFUSED, state.DROPPED])


class Letter(models.Model):
    """One e-mail about one run of a flow. It is written when it is sent, so no address and no text is kept here."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        UNSURE = "unsure", _("Perhaps sent")
        """The mail server had the whole letter and did not say whether it took it."""
        REFUSED = "refused", _("Refused")
        """The mail server refused it for good, or did not take it for days."""
        DROPPED = "dropped", _("Not wanted any more")
        """The owner turned tips off, or the address was erased, before it was sent."""

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="letters")
    problems = models.ManyToManyField(FlowProblem, related_name="letters")
    """The worst first is decided when it is written."""
    root = models.CharField(max_length=300)
    """Scheme and host of our own site, for links, such as https://help.contoso.com."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    """When it may be tried next; while it is being sent, until when that process has it for itself."""
    trouble = models.CharField(max_length=200, blank=True)
    """The name and SMTP code of what went wrong last, with nothing personal in it."""
    sent = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["state", "due"], name="letters_that_are_due")]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_state_display()}"

    @property
    def trouble_in_words(self) -> str:
        """What went wrong last as a sentence for staff; "" where nothing did or no sentence is known."""
        return str(_TROUBLES.get(self.trouble.partition(" ")[0], ""))

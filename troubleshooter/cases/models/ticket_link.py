"""Links to a guide, a mitigation or a step that an agent put into a ticket."""

from __future__ import annotations

import re
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Revision

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,32}")

MAX_TICKET = 40
"""Characters of a ticket reference."""


class TicketLinkQuerySet(models.QuerySet["TicketLink"]):
    def of_ticket(self, ticket: str) -> Self:
        """All links of one ticket, the newest first. Capital letters make no other ticket."""
        return self.filter(ticket__iexact=ticket)

    def keep(self, token: str, **first: Any) -> tuple[TicketLink, bool]:
        """The link with this token, and whether it was made now: sending a form twice makes one link."""
        return self.get_or_create(token=token, defaults=first)

    def with_token(self, token: str) -> Self:
        """The link with this token, which may be any text; no database is asked for what cannot be one."""
        return self.filter(token=token) if _TOKEN.fullmatch(token) else self.none()

    def made_by(self, agent: Any) -> Self:
        return self.filter(made_by=agent)


class TicketLink(models.Model):
    """A link that leads to the text of today and knows which text it showed when it was made."""

    class Role(models.TextChoices):
        OFFERED = "offered", _("Offered")
        TRIED = "tried", _("Tried")
        RESOLVED = "resolved", _("Resolved by")

    token = models.CharField(max_length=32, unique=True)
    guide = models.CharField(max_length=12, db_index=True, help_text=_("Such as FLOW-3."))
    part = models.CharField(max_length=20, blank=True, help_text=_("The fix or step, such as FIX-4 or FIX-4.2."))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    """Of the guide, as it was when the link was made."""
    part_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Of the mitigation that `part` names."""
    ticket = models.CharField(max_length=MAX_TICKET, blank=True, db_index=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.OFFERED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now, db_index=True)

    objects = TicketLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                models.functions.Upper("ticket"),
                condition=Q(role="resolved") & ~Q(ticket=""),
                name="one_resolved_by_per_ticket",
            )
        ]

    def __str__(self) -> str:
        return f"{self.part or self.guide} for {self.ticket or '?'}"

    @property
    def mitigation(self) -> str:
        """The reference of the mitigation the link is about; "" for a whole guide."""
        return self.part.partition(".")[0]

    def use_in(self, ticket: str, role: str) -> None:
        """Say in which ticket the link stands and what for. What resolved the ticket before counts as tried now."""
        with transaction.atomic():
            if role == self.Role.RESOLVED and ticket:
                rivals = type(self).objects.of_ticket(ticket).filter(role=self.Role.RESOLVED).exclude(pk=self.pk)
                rivals.update(role=self.Role.TRIED)
            self.ticket, self.role = ticket, role
            self.save(update_fields=["ticket", "role"])

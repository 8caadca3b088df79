"""Keys of programs that may write through the API: kept as hashes, shown once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from troubleshooter.repair_tips.models import Sender

PREFIX = "ts_"
BOTH_WORK = timedelta(days=7)
"""How long an old key works beside the one that replaces it."""


class KeyQuerySet(models.QuerySet["ApiKey"]):
    def working(self) -> Self:
        return self.filter(revoked=None).filter(Q(expires=None) | Q(expires__gt=timezone.now()))

    def of_secret(self, secret: str) -> ApiKey | None:
        """The key with this secret, working or not; None for one that we never gave out."""
        return self.filter(digest=_digest(secret)).select_related("sender").first()

    def make(self, **fields: Any) -> tuple[ApiKey, str]:
        """A new key and its secret, which is known to nobody after this."""
        key = self.model(**fields)
        secret = key.take_secret()
        key.save()
        return key, secret


def new_program() -> str:
    return secrets.token_hex(8)


class ApiKey(models.Model):
    """One key. What it may do stands in its scopes; reports of failed runs are those of its sender."""

    class Scope(models.TextChoices):
        FAILURES = "failures", _("Report failed runs")
        OUTCOMES = "outcomes", _("Say whether a fix helped")
        TICKET_LINKS = "ticket-links", _("Make links for tickets")

    name = models.CharField(max_length=80, validators=[MinLengthValidator(2)], help_text=_("Which program uses it."))
    scopes = models.JSONField(default=list)
    """Values of `Scope`."""
    sender = models.ForeignKey(
        Sender,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="keys",
        help_text=_("Whose runs it reports."),
    )
    program = models.CharField(max_length=16, default=new_program, editable=False)
    """The same for a key and for those that replace it, so that a program stays who it is."""
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=4, editable=False)
    """The last characters of the secret, to tell keys apart."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    used = models.DateField(null=True, blank=True, editable=False)
    """The last day on which it was used."""
    expires = models.DateTimeField(null=True, blank=True, editable=False)
    revoked = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-created"]
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.name} (…{self.hint})"

    @property
    def is_working(self) -> bool:
        return self.revoked is None and (self.expires is None or self.expires > timezone.now())

    def allows(self, scope: str) -> bool:
        return scope in self.scopes

    @property
    def is_newest(self) -> bool:
        """Whether it works and no other one replaces it."""
        return self.revoked is None and self.expires is None

    def take_secret(self) -> str:
        """Give it a new secret, which is returned here and known to nobody after this. Not saved yet."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self.digest, self.hint = _digest(secret), secret[-4:]
        return secret

    @transaction.atomic
    def rotate(self, by: Any) -> tuple[ApiKey, str] | None:
        """A new key that may do the same, and its secret. This one works for BOTH_WORK more.

        None where it does not work any more or is replaced already.
        """
        newest = type(self).objects.filter(pk=self.pk, revoked=None, expires=None)
        if not newest.update(expires=timezone.now() + BOTH_WORK):
            return None
        same = {"name": self.name, "scopes": self.scopes, "sender": self.sender, "program": self.program}
        return type(self).objects.make(**same, made_by=by)

    def use(self) -> None:
        """Write down that it was used today."""
        today = timezone.localdate()
        if self.used != today:
            type(self).objects.filter(pk=self.pk).update(used=today)

    def revoke(self) -> None:
        """It stops working now, for good. What was revoked before keeps its date."""
        type(self).objects.filter(pk=self.pk, revoked=None).update(revoked=timezone.now())


def _digest(secret: str) -> str:
    """A secret is long and random, so one fast hash is enough."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

"""Error codes as systems print them, and their misspellings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErrorCode(models.Model):
    class Group(models.TextChoices):
        APP_AND_FLOW = "app-and-flow", _("App and flow")
        CONNECTIONS = "connections", _("Connections")
        INSTALL = "install", _("Install")
        HTTP = "http", _("HTTP")
        EXPRESSIONS = "expressions", _("Expressions")

    token = models.CharField(
        max_length=80, unique=True, help_text=_("Exactly as the system prints it, without quotes.")
    )
    meaning = models.CharField(max_length=300, blank=True, help_text=_("What it means, in at most twelve words."))
    group = models.CharField(max_length=20, choices=Group.choices, default=Group.APP_AND_FLOW)
    generic = models.BooleanField(
        default=False,
        help_text=_("Other systems print it too. It then counts only together with a message of its guide."),
    )

    class Meta:
        ordering = ["token"]
        verbose_name = _("error code")

    def __str__(self) -> str:
        return self.token


class CodeAlias(models.Model):
    code = models.ForeignKey(ErrorCode, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=300, unique=True, help_text=_("A misspelling or another spelling of the code."))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return self.text

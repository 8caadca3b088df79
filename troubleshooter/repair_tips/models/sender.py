"""Who may report failed runs, and to whom and about which sites mail may go out for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_LIST = 2_000


class Sender(models.Model):
    """A team or tenant whose flows report their failures, with a key of its own (see `troubleshooter.api`)."""

    name = models.CharField(max_length=80, unique=True, help_text=_("Whose flows report: a team or a tenant."))
    recipient_domains = models.TextField(
        max_length=MAX_LIST, help_text=_("Domains that owners' addresses may have, one a line, such as contoso.com.")
    )
    run_hosts = models.TextField(
        max_length=MAX_LIST,
        default="make.powerautomate.com",
        help_text=_("Hosts that links to runs may have, one a line."),
    )
    active = models.BooleanField(default=True, help_text=_("Reports of a sender that is not active are refused."))
    created = models.DateTimeField(auto_now_add=True)
    last_report = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("sender")
        verbose_name_plural = _("senders")

    def __str__(self) -> str:
        return self.name

    def may_write_to(self, address: str) -> bool:
        """Whether mail may go to this address: its domain is one of the allowed ones, exactly."""
        return address.rpartition("@")[2].lower() in _lines(self.recipient_domains)

    def may_link_to(self, host: str) -> bool:
        """Whether a run may be at this host."""
        return host.lower() in _lines(self.run_hosts)


def _lines(text: str) -> set[str]:
    return {line.strip().lower() for line in text.splitlines() if line.strip()}

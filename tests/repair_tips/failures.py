"""Reports of failed runs for tests: each is complete, and every field can be replaced by name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from troubleshooter.repair_tips import intake
from troubleshooter.repair_tips.models import Sender

NOW = datetime(2026, 3, 9, 8, 20, tzinfo=UTC)
ROOT = "https://help.contoso.com"
OFF = "FlowIsTurnedOff"
"""An error that a guide of the small library knows."""


def a_sender(**fields: Any) -> Sender:
    return Sender.objects.create(**{"name": "Finance", "recipient_domains": "contoso.com\nFabrikam.com", **fields})


def a_report(**fields: Any) -> intake.Report:
    whole: dict[str, Any] = {
        "flow_id": "3f2b",
        "flow_name": "Send invoices",
        "environment": "Default-1",
        "run_id": "0858",
        "run_url": "https://make.powerautomate.com/environments/Default-1/flows/3f2b/runs/0858",
        "owner_email": "anna@contoso.com",
        "occurred_at": "2026-03-09T08:15:00Z",
        "error": OFF,
    }
    return intake.Report(**{**whole, **fields})


def take(sender: Sender, now: datetime = NOW, **fields: Any) -> intake.Received:
    return intake.report(sender, a_report(**fields), ROOT, now)

"""Staff see what arrives: a made-up failure goes through the same intake and outbox as those of flows.

Each is a run of a flow of its own, so that no letter of today stands in its way; it counts nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from guides import knowledge
from guides.knowledge import Knowledge
from troubleshooter.diagnosis.model import Match
from troubleshooter.repair_tips import intake
from troubleshooter.repair_tips.intake import Received, Report
from troubleshooter.repair_tips.models import Flow, Sender

FLOW_NAME = "Test failure"
ENVIRONMENT = "test"
UNKNOWN = {"code": "MadeUpErrorOfNobody", "message": "Nobody knows this."}


class Sample(models.TextChoices):
    """What the made-up run failed with."""

    KNOWN = "known", _("An error that a guide knows")
    UNKNOWN = "unknown", _("An error that no guide knows")
    SEVERAL = "several", _("Several errors in one run")


class NoCodeError(Exception):
    """No live guide has an error code of its own, so that no known error can be made up."""


def send(sender: Sender, recipient: str, sample: str, root: str, now: datetime) -> Received:
    """Report a made-up failure. Where no letter comes of it, nothing of it is kept.

    `sample` is a value of Sample, `root` scheme and host of our site. Raises NotTakenError and NoCodeError.
    """
    flow_id = f"test-{secrets.token_hex(8)}"
    host = next(iter(sender.run_hosts.split()), "")
    report = Report(
        flow_id=flow_id,
        flow_name=FLOW_NAME,
        environment=ENVIRONMENT,
        run_id=flow_id,
        run_url=f"https://{host}/environments/{ENVIRONMENT}/flows/{flow_id}/runs/{flow_id}" if host else "",
        owner_email=recipient,
        occurred_at=now.isoformat(),
        error=_error(knowledge.current(), sample),
    )
    with transaction.atomic():
        received = intake.report(sender, report, root, now, is_test=True)
        if received.queued is None:
            Flow.objects.filter(sender=sender, flow_id=flow_id, is_test=True).delete()
    return received


def _error(known: Knowledge, sample: str) -> list[dict[str, Any]]:
    """What `result('Scope')` of the made-up run gives."""
    if sample == Sample.UNKNOWN:
        return [_action(1, UNKNOWN)]
    errors = list(islice(_known_errors(known), 2 if sample == Sample.SEVERAL else 1))
    if not errors:
        raise NoCodeError
    more = [UNKNOWN] if sample == Sample.SEVERAL else []
    return [_action(number, error) for number, error in enumerate([*errors, *more], start=1)]


def _known_errors(known: Knowledge) -> Iterator[dict[str, str]]:
    """An error for each code that leads to one guide for certain."""
    for entry in known.codes:
        diagnosis = known.diagnose(known.read(entry.token).evidence)
        if len(entry.guides) == 1 and diagnosis.match is Match.EXACT:
            yield {"code": entry.token, "message": entry.meaning}


def _action(number: int, error: dict[str, str]) -> dict[str, Any]:
    return {"name": f"Action_{number}", "status": "Failed", "error": error}

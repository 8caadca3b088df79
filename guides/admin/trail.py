"""The audit trail: who did what to which thing, kept by Django's own log of staff actions."""

from __future__ import annotations

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model
from django.http import HttpRequest


def record(request: HttpRequest, thing: Model, what: str) -> None:
    """Write down that the person of this request did something, in a sentence such as “Published revision 4.”"""
    assert request.user.pk is not None, "staff pages are behind sign-in"  # noqa: S101 - tells the type checker
    LogEntry.objects.log_actions(request.user.pk, [thing], CHANGE, change_message=what, single_object=True)

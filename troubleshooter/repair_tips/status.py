"""The status page of repair tips: the queue of letters, what went wrong with them, and who reports failures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from guides.admin import posted_rows, site, trail
from troubleshooter.repair_tips import outbox
from troubleshooter.repair_tips.models import FailedRun, Letter, Sender
from troubleshooter.repair_tips.sending import AT_ONCE

ROWS = 30
DAY = timedelta(hours=24)
ALL_WAITING = "all-waiting"

State = Letter.State

WORDS = {
    State.WAITING: gettext_lazy("They are tried by themselves, for nearly three days."),
    State.UNSURE: gettext_lazy("The mail server had the whole letter and did not say whether it took it."),
    State.REFUSED: gettext_lazy("The mail server did not want them, or did not take them for days."),
}
"""The states in which something is left to do."""


class Pile(NamedTuple):
    """All letters in one state. `oldest` is None where there are none."""

    name: str
    number: int
    oldest: datetime | None
    words: str


class Busy(NamedTuple):
    """A sender, and what came of it in a day."""

    sender: Sender
    runs: int
    flows: int
    sent: int


@site.page("repair-tips/", name="repair_tips_status")
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("repair_tips.view_letter", raise_exception=True)
def status(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _press(request)
    now = timezone.now()
    senders = list(_senders(now))
    context = {
        **site.each_context(request),
        "title": _("Repair tips"),
        "subtitle": None,
        "piles": list(_piles(now)),
        "sent": sum(busy.sent for busy in senders),
        "sending": Letter.objects.filter(Q(state=State.SENDING) | Q(state=State.UNSURE, due__gt=now)).count(),
        "page": Paginator(_open(now), ROWS).get_page(request.GET.get("page")),
        "State": State,
        "all_waiting": ALL_WAITING,
        "may_send": request.user.has_perm("repair_tips.change_letter"),
        "senders": senders,
        "has_worker": settings.MAIL_WORKER,
        "has_server": "console" not in settings.EMAIL_BACKEND,
    }
    return render(request, "admin/repair_tips/status.html", context)


def _press(request: HttpRequest) -> HttpResponse:
    """Have one letter, or all that wait, tried now."""
    if not request.user.has_perm("repair_tips.change_letter"):
        raise PermissionDenied
    chosen = _chosen(request.POST.get("letter", ""))
    if number := outbox.send_again(Letter.objects.filter(pk__in=[letter.pk for letter in chosen]), timezone.now()):
        for letter in chosen:
            trail.record(request, letter, _("Had it tried again."))
        outbox.wake()
        said = ngettext("%(number)s letter goes out now.", "%(number)s letters go out now.", number)
        messages.success(request, f"{said % {'number': number}} {_('Open this page again in a minute.')}")
    else:
        messages.warning(request, _("There is nothing to send: it went out meanwhile, or is on its way."))
    return HttpResponseRedirect(reverse("admin:repair_tips_status"))


def _chosen(value: str) -> list[Letter]:
    if value == ALL_WAITING:
        return list(Letter.objects.filter(state=State.WAITING).order_by("due", "pk")[:AT_ONCE])
    return list(Letter.objects.filter(pk=posted_rows.as_number(value) or 0))


def _piles(now: datetime) -> Iterator[Pile]:
    letters = _open(now).order_by().values_list("state")
    counted: Any = letters.annotate(Count("pk"), Min("created"))
    found = {state: (number, oldest) for state, number, oldest in counted}
    for state, words in WORDS.items():
        number, oldest = found.get(state, (0, None))
        yield Pile(str(state.label), number, oldest, str(words))


def _open(now: datetime) -> QuerySet[Letter]:
    """The letters that did not go out for sure, and that nobody is sending, newest first."""
    unsure = Q(state=State.UNSURE, due__lte=now)
    return Letter.objects.filter(Q(state__in=[State.WAITING, State.REFUSED]) | unsure).select_related("flow__sender")


def _sent(now: datetime) -> QuerySet[Letter]:
    """Those of a day; a letter is never due before it is sent, which finds them by index."""
    return Letter.objects.filter(state=State.SENT, due__gte=now - DAY, sent__gte=now - DAY)


def _senders(now: datetime) -> Iterator[Busy]:
    runs = FailedRun.objects.filter(reported__gte=now - DAY, flow__is_test=False).values("flow__sender")
    reported = {row["flow__sender"]: row for row in runs.annotate(runs=Count("pk"), flows=Count("flow", distinct=True))}
    letters: Any = _sent(now).order_by().values_list("flow__sender").annotate(Count("pk"))
    sent = dict(letters)
    for sender in Sender.objects.all():
        row = reported.get(sender.pk, {"runs": 0, "flows": 0})
        yield Busy(sender, row["runs"], row["flows"], sent.get(sender.pk, 0))

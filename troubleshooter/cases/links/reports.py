"""What the person behind a ticket link reports: asked once more before it is sent, and changeable on any day.

A report takes a second press, on a page of its own, so that programs that follow links report nothing.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guides import knowledge, parts
from guides.knowledge import Knowledge, LiveGuide
from guides.pages.shown import cases
from guides.pages.tries import tries
from guides.place import Place
from guides.receipt import Receipt
from guides.search import plain
from guides.words import SAID
from troubleshooter.cases import comments, voices
from troubleshooter.cases.links.shared import behind_a_link, said
from troubleshooter.cases.models import Allowance, Outcome, TicketLink
from troubleshooter.cases.outcomes import out_of_date
from troubleshooter.diagnosis.model import Fact, Kind, Result
from troubleshooter.public_writes import caller, posted, same_origin, too_often

REPORTS_A_DAY = 60
"""From one address."""

REPORTS_A_MINUTE = 120
"""From one address, those that say nothing new among them."""

TOO_OFTEN = (
    f"{REPORTS_A_DAY} reports came from your network today. That is as many as we take. "
    "Your text is still here. Send it tomorrow."
)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin
@behind_a_link
def report(request: HttpRequest, known: Knowledge, live: LiveGuide, link: TicketLink) -> HttpResponse:
    fields = posted(request).fields if request.method == "POST" else request.GET
    receipt = _receipt(fields.get("read", ""), link)
    if receipt is None or fields.get("result") not in SAID:
        if request.method == "POST":
            return out_of_date(request, reverse("cases:shared", args=[link.token]), fields)
        return _thanks(request, known, live, link, fields.get("fix", ""))
    if request.method == "POST":
        return _keep(request, known, link, receipt, fields)
    return _ask(request, known, link, receipt, fields)


def _receipt(signed: str, link: TicketLink) -> Receipt | None:
    """What was read; None where we did not show it, or where it belongs to another guide than the link."""
    receipt = Receipt.of(signed)
    return receipt if receipt and receipt.guide == link.guide and receipt.was_shown() else None


def _ask(
    request: HttpRequest,
    known: Knowledge,
    link: TicketLink,
    receipt: Receipt,
    fields: QueryDict,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page before a report is sent, with room for the step that failed and for a few words."""
    mitigation = known.mitigations.get(receipt.mitigation)
    before, result = _before(link, receipt), fields.get("result", "")
    context = {
        "link": link,
        "title": mitigation.document.title if mitigation else "",
        "fix": receipt.mitigation,
        "result": result,
        "told": SAID[result],
        "before": said(before) if before else "",
        "read": fields.get("read", ""),
        "steps": _steps(known, receipt.mitigation),
        "step": fields.get("step", ""),
        "reasons": Outcome.Reason.choices,
        "reason": fields.get("reason", ""),
        "comment": fields.get("comment", ""),
        "problem": problem,
    }
    return render(request, "cases/report.html", context, status=status)


def _keep(
    request: HttpRequest, known: Knowledge, link: TicketLink, receipt: Receipt, fields: QueryDict
) -> HttpResponse:
    """Keep a report in place of an earlier one behind this link; what cannot be kept comes back as it was typed."""
    if too_often(request, "report", REPORTS_A_MINUTE):
        return _ask(request, known, link, receipt, fields, TOO_OFTEN, status=429)
    comment = comments.typed(fields)
    if problem := comments.problem(comment):
        return _ask(request, known, link, receipt, fields, problem, status=422)
    told = {
        **_told(known, receipt, fields),
        "comment": comments.kept(comment),
        "revision_id": receipt.revision,
        "mitigation_revision_id": receipt.mitigation_revision,
    }
    before = _before(link, receipt)
    if before is None or any(getattr(before, name) != value for name, value in told.items()):
        if not Allowance.take(caller(request), "report", REPORTS_A_DAY):
            return _ask(request, known, link, receipt, fields, TOO_OFTEN, status=429)
        Outcome.objects.say(
            voices.of_link(link.token),
            link.guide,
            receipt.mitigation,
            **told,
            link=link,
            content_version=known.version,
        )
    address = reverse("cases:shared_report", args=[link.token])
    response = HttpResponseRedirect(f"{address}?fix={receipt.mitigation}")
    response.status_code = 303
    return response


def _told(known: Knowledge, receipt: Receipt, fields: QueryDict) -> dict[str, str]:
    """The result; where it did not work, also the step and the reason, if they are among those that were offered."""
    result, step, reason = (fields.get(name, "") for name in ("result", "step", "reason"))
    failed = result != Outcome.Result.WORKED
    could_not = result == Outcome.Result.COULD_NOT
    return {
        "result": result,
        "step": step if failed and step in dict(_steps(known, receipt.mitigation)) else "",
        "reason": reason if could_not and reason in Outcome.Reason.values else "",
    }


def _thanks(request: HttpRequest, known: Knowledge, live: LiveGuide, link: TicketLink, fix: str) -> HttpResponse:
    """What was said of a fix, how to change it, and the way on; back to the guide where nothing was said of it."""
    outcomes = {outcome.mitigation: outcome for outcome in link.outcomes.all()}
    outcome = outcomes.get(fix)
    if outcome is None:
        return HttpResponseRedirect(reverse("cases:shared", args=[link.token]))
    receipt = Receipt(link.guide, fix, outcome.revision_id, outcome.mitigation_revision_id)
    context = {
        "link": link,
        "outcome": outcome,
        "said": said(outcome),
        "receipt": receipt.signed(),
        "guide": live.document,
    }
    if outcome.result != Outcome.Result.WORKED:
        context |= _way_on(known, live, outcomes.values())
    return render(request, "cases/reported.html", context)


def _way_on(known: Knowledge, live: LiveGuide, outcomes: Any) -> dict[str, Any]:
    """The next fix of the guide with its reason, and the way to a person that carries along what was tried."""
    failed = (outcome for outcome in outcomes if outcome.result != Outcome.Result.WORKED)
    place = Place(frozenset(Fact(Kind.TRIED, outcome.mitigation, Result(outcome.result)) for outcome in failed))
    offered = cases(known, live, knowledge.guide_html(known, live), place.evidence)
    next_try = tries(known, live, offered, place, known.diagnose(place.evidence))
    return {"tries": next_try, "ticket_url": place.ticket_link()}


def _before(link: TicketLink, receipt: Receipt) -> Outcome | None:
    """What was said of a fix behind this link so far."""
    return next((outcome for outcome in link.outcomes.all() if outcome.mitigation == receipt.mitigation), None)


def _steps(known: Knowledge, mitigation: str) -> list[tuple[str, str]]:
    """(reference, words) of each step as it is today."""
    live = known.mitigations.get(mitigation)
    if live is None:
        return []
    numbered = parts.numbered(live.document)
    return [(f"{mitigation}.{step.number}", f"Step {number}: {plain(step.text)}") for number, step in numbered]

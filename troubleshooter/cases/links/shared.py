"""The link that support put into a ticket: the text of today, what changed since, and what was reported behind it.

Nothing about the person or the ticket is in the address, and opening it stores nothing and sets no cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from guides import knowledge, parts, words
from guides.caching import PRIVATE
from guides.knowledge import Knowledge, LiveGuide
from guides.pages.guide import shown
from guides.pages.shown import Case
from troubleshooter.cases.links import changes
from troubleshooter.cases.models import Outcome, TicketLink
from troubleshooter.public_writes import too_often

MISSES_A_MINUTE = 60
"""Links that are none, from one address."""

Page = Callable[[HttpRequest, Knowledge, LiveGuide, TicketLink], HttpResponse]


def behind_a_link(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Make a page that shows a link's guide a view of its token; its answers are never kept by caches.

    A link whose guide is not live any more gets a page that tells nothing of it. Retired guides are shown.
    """

    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        links = TicketLink.objects.select_related("revision", "part_revision").prefetch_related("outcomes")
        link = links.with_token(token).first()
        if link is None:
            return _unknown(request)
        known = knowledge.current()
        live = known.guide(link.guide)
        if live is None:
            response = render(request, "cases/shared_gone.html", status=404)
        else:
            response = page(request, known, live, link)
        response["Cache-Control"] = PRIVATE
        return response

    return view


@require_safe
@behind_a_link
def shared(request: HttpRequest, known: Knowledge, live: LiveGuide, link: TicketLink) -> HttpResponse:
    """The guide as it is today. A retired one too answers 200: the link works, and programs show what it leads to."""
    template, context = shown(request, known, live)
    shown_cases = _with_what_was_said(context["cases"], {row.mitigation: said(row) for row in link.outcomes.all()})
    part = parts.find(known, link.guide, link.part) or parts.Part(live)
    context |= {
        "template": template,
        "link": link,
        "part": part,
        "is_gone": part.own_reference != link.part,
        "name": f"Step {part.number}: {live.document.title}" if part.step else part.title,
        "changed": changes.since(link, known, live),
        "cases": shown_cases,
        "first": shown_cases[0].options[0] if shown_cases else None,
    }
    return render(request, "cases/shared.html", context)


def said(outcome: Outcome) -> str:
    """What was reported, and when: “the same error, at step FIX-4.2 (3 November 2026)”."""
    step = f", at step {outcome.step}" if outcome.step else ""
    return f"{words.SAID[outcome.result]}{step} ({date_format(outcome.changed, 'j F Y')})"


def _with_what_was_said(shown_cases: Iterable[Case], told: Mapping[str, str]) -> list[Case]:
    def with_told(case: Case) -> Case:
        options = (replace(option, said=told.get(option.reference, option.said)) for option in case.options)
        return replace(case, options=tuple(options))

    return [with_told(case) for case in shown_cases]


def _unknown(request: HttpRequest) -> Any:
    """Who tries many links that are none is guessing, and is told to wait."""
    if too_often(request, "token", MISSES_A_MINUTE):
        return render(request, "cases/shared_too_often.html", status=429)
    raise Http404("There is no such link.")

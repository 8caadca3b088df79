"""What became of the links in tickets: an agent's own, and all that stand in one ticket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guides import knowledge, parts
from guides.admin import site
from guides.knowledge import Knowledge
from troubleshooter.cases.links import names
from troubleshooter.cases.links.access import for_agents
from troubleshooter.cases.links.making import AT_THE_SAME_TIME, MADE, NO_ROLE
from troubleshooter.cases.models import Outcome, TicketLink

LINKS = 30
"""On one page."""

LONGEST_BACK = 200
"""Characters of an address that stand in the field again where it names no ticket."""

NO_LINK = "This link is not in the ticket any more."


@dataclass(frozen=True)
class Row:
    """A link with what the person behind it reported. `url` is its page for copying; "" where that is not there."""

    link: TicketLink
    title: str
    url: str
    reports: list[Outcome]


@require_safe
@for_agents
def my_links(request: HttpRequest) -> HttpResponse:
    """An agent's own links, the newest first, and a field that opens a ticket."""
    typed = request.GET.get("ticket", "")
    ticket = names.tidy(typed)
    problem = names.problem(ticket)
    if ticket and not problem:
        return HttpResponseRedirect(reverse("cases:ticket_links", args=[ticket]))
    links = TicketLink.objects.made_by(request.user)
    context = {"typed": typed, "problem": problem, "hint": names.HINT}
    return _page(request, "cases/my_links.html", _("My ticket links"), links, context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def ticket_links(request: HttpRequest, ticket: str) -> HttpResponse:
    """All links of one ticket, whoever made them, with what was reported behind them."""
    name = names.tidy(ticket)
    if not name or names.problem(name):
        return HttpResponseRedirect(f"{reverse('cases:my_links')}?{urlencode({'ticket': ticket[:LONGEST_BACK]})}")
    if request.method == "POST":
        return _change_role(request, name)
    links = TicketLink.objects.of_ticket(name).select_related("made_by")
    context = {"ticket": name, "roles": TicketLink.Role.choices}
    return _page(request, "cases/ticket_links.html", _("Links of %(ticket)s") % {"ticket": name}, links, context)


def _change_role(request: HttpRequest, ticket: str) -> HttpResponse:
    """Say what a link of the ticket is for. What resolved the ticket before counts as tried now."""
    number, role = request.POST.get("link", ""), request.POST.get("role", "")
    pk = int(number) if number.isdecimal() and len(number) < 18 else 0
    link = TicketLink.objects.of_ticket(ticket).filter(pk=pk).first()
    if link is None or role not in TicketLink.Role.values:
        messages.error(request, NO_ROLE if link else NO_LINK)
    else:
        try:
            link.use_in(link.ticket, role)
            messages.success(request, _("Saved."))
        except IntegrityError:
            messages.error(request, AT_THE_SAME_TIME)
    return HttpResponseRedirect(reverse("cases:ticket_links", args=[ticket]))


def _page(
    request: HttpRequest,
    template: str,
    title: str,
    links: QuerySet[TicketLink],
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    page = Paginator(links.prefetch_related("outcomes"), LINKS).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": list(_rows(request, knowledge.current(), page)), "title": title, "subtitle": None}
    return render(request, template, {**site.each_context(request), **shown, **context}, status=status)


def _rows(request: HttpRequest, known: Knowledge, page: Page[TicketLink]) -> Iterator[Row]:
    for link in page:
        part = parts.find(known, link.guide, link.part)
        url = _url(link) if part and link.made_by_id == request.user.pk else ""
        yield Row(link, part.title if part else "", url, list(link.outcomes.all()))


def _url(link: TicketLink) -> str:
    name, references = ("cases:link_part", [link.guide, link.part]) if link.part else ("cases:link", [link.guide])
    return f"{reverse(name, args=references)}?{MADE}={link.token}"

"""The help page: how to find the error, what people can do themselves, and how to reach a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guides.caching import public_page
from guides.knowledge import Knowledge
from guides.place import place_of


@public_page
def ask_for_help(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """What is known of a case goes on to its ticket."""
    place, _ = place_of(request.GET, known)
    read = known.guide(request.GET.get("guide", ""))
    ticket_url = place.ticket_link(read.document.reference if read else "")
    return render(request, "guides/help.html", {"ticket_url": ticket_url})

"""The hand-over: everything known of a case as one ready ticket, to copy, download or send to support."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guides.caching import public_page
from guides.knowledge import Knowledge


@public_page
def ticket(request: HttpRequest, known: Knowledge) -> HttpResponse:
    return render(request, "cases/ticket.html")

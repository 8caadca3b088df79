"""The help page: how to find the error, what people can do themselves, and how to reach a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guides.caching import public_page
from guides.knowledge import Knowledge


@public_page
def ask_for_help(request: HttpRequest, known: Knowledge) -> HttpResponse:
    return render(request, "guides/help.html")

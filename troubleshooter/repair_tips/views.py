"""The public page about repair tips: how a flow reports its failures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from guides.caching import public_page
from guides.knowledge import Knowledge
from troubleshooter.absolute import root_of
from troubleshooter.repair_tips import how_to as texts
from troubleshooter.repair_tips.models import KEPT_DAYS

EXAMPLE_OWNER = "owner@contoso.com"


@public_page
def how_to(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """Step by step, with texts to paste."""
    root = root_of(request)
    shown = {
        "root": root,
        "address": f"{root}{reverse('api:api-root')}failures",
        "scope": texts.SCOPE,
        "failures": texts.FAILURES,
        "map": texts.failures(),
        "body": texts.body(EXAMPLE_OWNER),
        "owner": EXAMPLE_OWNER,
        "kept_days": KEPT_DAYS,
    }
    return render(request, "repair_tips/how_to.html", shown)

"""The one call of the API, and its OpenAPI document."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from ninja.decorators import decorate_view

from guides import knowledge

from . import guards, problems, reading, schemas, writing
from .answer import answer
from .docs import Docs
from .suggesting import suggestions

DESCRIPTION = f"""Send what is known about a failed flow, and get what to do next.

No key is needed and nothing is kept. Send the error text first. Show the question that comes back, and send its
answer together with everything sent before. One address may make {settings.API_CALLS_A_MINUTE:,} calls a minute."""

api = problems.ProblemAPI(
    title="Troubleshooter",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs=Docs(),
    docs_decorator=cache_control(public=True, max_age=300),
)


@api.post(
    "/diagnose",
    summary="Diagnose one failure",
    operation_id="diagnose",
    tags=["Diagnosis"],
    response=schemas.Answer,
    openapi_extra={"responses": problems.responses(400, 405, 413, 415, 422, 429)},
)
@decorate_view(guards.taking_text)
def diagnose(request: HttpRequest, case: schemas.Case) -> schemas.Answer:
    """The page at /diagnose/ gives the same answer, because the same function gives it."""
    return answer(knowledge.current(), case)


@api.post(
    "/suggestions",
    summary="Suggest guides for a ticket",
    operation_id="suggest",
    tags=["Diagnosis"],
    response=schemas.Suggestions,
    openapi_extra={"responses": problems.responses(400, 405, 413, 415, 422, 429)},
)
@decorate_view(guards.taking_text)
def suggest(request: HttpRequest, ticket: schemas.TicketText) -> schemas.Suggestions:
    """Nothing is kept. The note is ready to be put into the ticket."""
    return suggestions(knowledge.current(), ticket.text, request.build_absolute_uri("/").rstrip("/"))


api.add_router("", reading.router)
api.add_router("", writing.router)


@csrf_exempt
def root(request: HttpRequest) -> HttpResponse:
    """People who open the address of the API in a browser find its description."""
    return redirect("api:openapi-view") if request.method in ("GET", "HEAD") else problems.nothing_here(request)

"""The API as a whole: what can be asked without a key by sending a text, and the OpenAPI document of everything."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from ninja.decorators import decorate_view

from guides import knowledge
from troubleshooter.absolute import root_of

from . import failures, guards, outcomes, problems, reading, schemas, ticket_links
from .answer import answer
from .docs import Docs, same_until_release
from .suggesting import suggestions

DESCRIPTION = f"""What this site knows about failed flows, for other programs.

- **Without a key**: a diagnosis, guides for the text of a ticket, all guides and error codes. Nothing that is sent
  is kept. Pages of any site may read guides and codes. One address may make {settings.API_CALLS_A_MINUTE:,} calls a
  minute.
- **With a key**, in the header `Authorization: Bearer ts_…`: failed runs, outcomes, links for tickets. The people who
  run this site give out keys, each for what it may do. One key may make {settings.API_WRITES_A_MINUTE:,} calls a
  minute.

Who makes too many calls gets 429, and is told in `Retry-After` how many seconds to wait. Every refusal is a problem
document (RFC 9457) whose `detail` says in plain words what to change. Guides and codes carry `ETag` and
`Last-Modified`: send them back as `If-None-Match` or `If-Modified-Since`, and 304 means that nothing changed.
References such as FLOW-3 and FIX-4.2 are permanent, and so are the addresses made of them."""

TAGS = {
    "Diagnosis": "Send the error text first. Show the question that comes back, and send its answer together with "
    "everything that was sent before.",
    "Guides and codes": "All that is published. Only the drafts of its writers are not in it.",
    "Failed runs": "A flow that failed says so, and its owner gets a mail with what to do. "
    "[How to add it to a flow](/help/repair-tips/) is told step by step.",
    "Outcomes": "What became of a fix. It makes the order of guides and fixes better for everybody.",
    "Ticket links": "A link for a ticket says what changed since it was made, and takes what became of the fix.",
}

api = problems.ProblemAPI(
    title="Troubleshooter",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs=Docs(),
    docs_decorator=same_until_release,
    openapi_extra={"tags": [{"name": name, "description": sentence} for name, sentence in TAGS.items()]},
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
    return suggestions(knowledge.current(), ticket.text, root_of(request))


for part in (reading, failures, outcomes, ticket_links):
    api.add_router("", part.router)


@csrf_exempt
def root(request: HttpRequest) -> HttpResponse:
    """People who open the address of the API in a browser find its description."""
    return redirect("api:openapi-view") if request.method in ("GET", "HEAD") else problems.nothing_here(request)

"""Published content for other programs: open to all, from any page of the web, and cheap to ask for again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router
from ninja.decorators import decorate_view
from pydantic import BaseModel, BeforeValidator, WithJsonSchema

from guides import knowledge
from guides.caching import kept
from guides.cors import open_to_all
from guides.knowledge import Knowledge, LiveGuide
from guides.pages.codes import MAX_TOKEN
from troubleshooter.absolute import root_of

from . import content, problems, published
from .guards import limited, taking
from .problems import Answering, problem

MOST_PAGES = 100_000
GIVEN = {
    "ETag": {"description": "Send it back as If-None-Match.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "Send it back as If-Modified-Since.", "schema": {"type": "string"}},
}
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(?::([0-5]\d|60)(?:\.\d+)?)?([Zz]|[-+ ]\d\d:\d\d)?)?", re.ASCII
)

router = Router(tags=["Guides and codes"])


def moment(typed: str) -> datetime.datetime:
    """A date, or a date and time, in any way that a program writes one; without an offset it is UTC.

    Raises ValueError for anything else. A plus sign may have become a space on its way through an address, and a leap
    second is read as the one before it.
    """
    found = _MOMENT.fullmatch(typed)
    if not found:
        raise ValueError("Write a date such as 2026-11-21, or a time such as 2026-11-21T08:30:00Z.")
    day, time, second, offset = found.groups()
    zone = "+00:00" if offset in (None, "Z", "z") else offset.replace(" ", "+")
    try:
        return datetime.datetime.fromisoformat(f"{day}T{time or '00:00'}:{min(int(second or 0), 59):02}{zone}")
    except ValueError:
        raise ValueError("There is no such day or time.") from None


Moment = Annotated[
    datetime.datetime | None,
    BeforeValidator(moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]

SINCE = Query(
    None,
    description="Only guides of which something was published at this time or later. A date means its beginning; "
    "without an offset it is UTC. A guide that was withdrawn is in no list any more.",
)


def readable(
    path: str, *problem_statuses: int, takes: Sequence[str] = (), **described: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a view that answers GET, HEAD and what browsers ask before they read from another site's page.

    `problem_statuses` are its own, beside those of all of them; `takes` are the keys its address may have.
    """
    told = {
        200: {"headers": GIVEN},
        304: {"description": "Nothing changed since the ETag or the time that was sent."},
        **problems.responses(*problem_statuses, 406, 412, 422, 429),
    }

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        view = decorate_view(taking(*takes), openly)(view)
        router.api_operation(["HEAD", "OPTIONS"], path, include_in_schema=False)(view)
        return router.get(path, openapi_extra={"responses": told}, **described)(view)

    return register


def openly(operation: Answering) -> Answering:
    """Answer JSON to any site's page; refuse who takes no JSON, and who asks too often."""

    @wraps(operation)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.accepts("application/json"):
            return problem(406, "The answer is JSON. Ask with Accept: application/json, or without Accept.")
        return operation(request, *args, **kwargs)

    return open_to_all(limited(answering))


def given(request: HttpRequest, make: Callable[[Knowledge, str], BaseModel]) -> HttpResponse:
    """What is made of the knowledge of now and of the scheme and host of this site; 304 where it is known already."""
    known, root = knowledge.current(), root_of(request)

    def answer() -> HttpResponse:
        return HttpResponse(make(known, root).model_dump_json(), content_type="application/json")

    response = kept(request, known, answer)
    return problem(412, "What you ask for has changed.") if response.status_code == 412 else response


@readable(
    "/guides",
    operation_id="listGuides",
    summary="List the guides",
    response=content.GuideList,
    url_name="guides",
    takes=("page", "since", "code"),
)
def guides(
    request: HttpRequest,
    page: int = Query(1, ge=1, le=MOST_PAGES, description="The page of the list."),
    since: Moment = SINCE,
    code: str = Query(
        "",
        max_length=MAX_TOKEN,
        description="Only guides that name this error code. Quotes, spaces, case and known misspellings do not matter.",
    ),
) -> HttpResponse:
    """Fifty a page. Retired guides come last and are marked, so that a copy of yours can drop them."""
    return given(
        request,
        lambda known, root: published.guide_list(known, root, page=page, since=since, code=code),
    )


@readable(
    "/guides/{name}", 404, operation_id="getGuide", summary="Read one guide", response=content.Guide, url_name="guide"
)
def guide(request: HttpRequest, name: str = Path(example="FLOW-3")) -> HttpResponse:
    """By its reference (`FLOW-3`) or by its name in addresses, also a former one. A retired guide is marked."""
    return given(request, lambda known, root: published.guide(known, _guide(known, name), root))


@readable(
    "/codes", operation_id="listCodes", summary="List the error codes", response=content.CodeList, url_name="codes"
)
def codes(request: HttpRequest) -> HttpResponse:
    """All codes with their other names and their guides. The same as one file: /codes.json."""
    return given(request, published.code_list)


@readable(
    "/codes/{token}",
    404,
    operation_id="getCode",
    summary="Look up an error code",
    response=content.Code,
    url_name="code",
)
def code(request: HttpRequest, token: str = Path(example="WorkflowTriggerIsNotEnabled")) -> HttpResponse:
    """Quotes, spaces, case and known misspellings do not matter; `token` in the answer is the right spelling."""
    return given(request, lambda known, root: published.code(known, _code(known, token), root))


def _guide(known: Knowledge, name: str) -> LiveGuide:
    found = known.guide(name) or known.guide_by_slug(known.slug_now(name) or name)
    if found is None:
        raise Http404("There is no guide with this name or reference.")
    return found


def _code(known: Knowledge, token: str) -> knowledge.CodeEntry:
    found = known.code(token) if len(token) <= MAX_TOKEN else None
    if found is None:
        raise Http404("No guide names this error code.")
    return found

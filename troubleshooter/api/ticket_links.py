"""A program makes links for tickets, and reads what became of them."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from guides import knowledge, parts
from guides.knowledge import Knowledge
from guides.parts import Part
from troubleshooter.absolute import root_of
from troubleshooter.cases import voices
from troubleshooter.cases.links import making, names, texts
from troubleshooter.cases.links.making import Token
from troubleshooter.cases.models import MAX_TICKET, TicketLink

from . import guards, sent
from .keys import Key
from .models import ApiKey
from .problems import Refused, responses
from .writing import OF_WRITES, guide_named

MAX_BODY = 64_000
"""Bytes of a call that takes no pasted text."""
MOST_LINKS = 100

router = Router()


@router.post(
    "/ticket-links",
    auth=Key(ApiKey.Scope.TICKET_LINKS),
    tags=["Ticket links"],
    operation_id="makeTicketLink",
    summary="Make a link for a ticket",
    response={200: sent.LinkMade, 201: sent.LinkMade},
    openapi_extra={"responses": responses(*OF_WRITES, 409)},
)
@decorate_view(guards.taking_json(MAX_BODY))
def make_link(request: HttpRequest, wanted: sent.LinkWanted) -> Any:
    """The link leads to the text of today, and says what changed since it was made. The same part for the same ticket
    is the same link (200); another role is what the link is for from now on."""
    known = knowledge.current()
    ticket = _ticket(wanted.ticket)
    part = _part(known, wanted)
    program = request.auth.program  # type: ignore[attr-defined]
    token = voices.token_of_program(program, ticket.lower(), part.reference, part.guide.document.reference)
    link, is_new = making.keep(Token.fresh(part, token), part, ticket=ticket)
    role = wanted.role or link.role
    if role != link.role:
        try:
            link.use_in(ticket, role)
        except IntegrityError:
            raise Refused(409, making.AT_THE_SAME_TIME) from None
    root = root_of(request)
    head = _head(known, link, root)
    steps = texts.steps(known, part, head.url, root)
    made = sent.LinkMade(
        **dict(head),
        ticket=link.ticket,
        texts=sent.LinkTexts(
            link=sent.Formats.model_validate(texts.link(part, head.url)),
            steps=sent.Formats.model_validate(steps) if steps else None,
        ),
    )
    return Status(201 if is_new else 200, made)


@router.api_operation(
    ["GET", "HEAD"],
    "/ticket-links",
    auth=Key(ApiKey.Scope.TICKET_LINKS),
    tags=["Ticket links"],
    operation_id="listTicketLinks",
    summary="Read what became of the links of a ticket",
    response=sent.LinksOfTicket,
    openapi_extra={"responses": responses(401, 403, 405, 422, 429)},
)
@decorate_view(guards.taking("ticket"), guards.limited)
def links(
    request: HttpRequest,
    response: HttpResponse,
    ticket: str = Query(min_length=1, max_length=MAX_TICKET, description=names.HINT),
) -> sent.LinksOfTicket:
    """All links of one ticket, whoever made them, with what was reported behind them."""
    response["Cache-Control"] = "no-store"
    known, root, name = knowledge.current(), root_of(request), _ticket(ticket)
    found = TicketLink.objects.of_ticket(name).prefetch_related("outcomes")[:MOST_LINKS]
    return sent.LinksOfTicket(
        ticket=name,
        links=[
            sent.LinkInTicket(
                **dict(_head(known, link, root)),
                reports=[
                    sent.LinkReport(
                        mitigation=said.mitigation,
                        result=said.result,
                        step=said.step,
                        reason=said.reason,
                        comment=said.comment,
                        told=said.changed,
                    )
                    for said in link.outcomes.all()
                ],
            )
            for link in found
        ],
    )


def _head(known: Knowledge, link: TicketLink, root: str) -> sent.LinkHead:
    part = parts.find(known, link.guide, link.part)
    return sent.LinkHead(
        token=link.token,
        url=root + reverse("cases:shared", args=[link.token]),
        guide=link.guide,
        part=link.part,
        title=part.title if part else "",
        role=link.role,
        created=link.created,
    )


def _ticket(typed: str) -> str:
    name = names.tidy(typed)
    if problem := names.problem(name) or ("" if name else names.STRANGE):
        raise Refused(422, problem, field="ticket")
    return name


def _part(known: Knowledge, wanted: sent.LinkWanted) -> Part:
    guide = guide_named(known, wanted.guide)
    part = parts.find(known, guide.document.reference, wanted.part)
    if part is None:
        raise Refused(422, "This guide has no such fix or step.", field="part")
    return part

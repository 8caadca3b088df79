"""What programs with a key may write: failed runs, what became of a fix, and links for tickets."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from guides import knowledge, parts
from guides.knowledge import Knowledge, LiveGuide
from guides.parts import Part
from guides.place import Place, place_of
from guides.receipt import Receipt
from troubleshooter.cases import comments, outcomes, voices
from troubleshooter.cases.links import making, names, texts
from troubleshooter.cases.links.making import Token
from troubleshooter.cases.models import MAX_TICKET, Outcome, TicketLink
from troubleshooter.repair_tips import intake

from . import guards, sent
from .keys import Key
from .models import ApiKey
from .problems import Refused, of_fields, responses
from .published import root_of

MAX_BODY = 64_000
"""Bytes of a call that takes no pasted text."""
MOST_LINKS = 100

OF_ALL = (400, 401, 403, 405, 413, 415, 422, 429, 503)
"""Problems of every call that writes."""

router = Router()


@router.post(
    "/failures",
    auth=Key(ApiKey.Scope.FAILURES),
    tags=["Failed runs"],
    operation_id="reportFailure",
    summary="Report a failed run of a flow",
    response={200: sent.FailureReceived, 201: sent.FailureReceived},
    openapi_extra={"responses": responses(*OF_ALL)},
)
@decorate_view(guards.taking_text)
def failures(request: HttpRequest, failure: sent.Failure) -> Any:
    """The failure is recognised and counted, and the owner of the flow gets a mail with what to do: at once for a new
    error, then at most one a day for each flow and error. A run that is reported again changes nothing (200)."""
    sender = request.auth.sender  # type: ignore[attr-defined]
    if sender is None or not sender.active:
        raise Refused(403, "Reports with this key are turned off. Ask the people who run this site.")
    root = root_of(request)
    try:
        received = intake.report(sender, intake.Report(**dict(failure)), root, timezone.now())
    except intake.NotTakenError as error:
        return of_fields(error.refused)
    return Status(200 if received.repeated else 201, _received(received, root))


def _received(received: intake.Received, root: str) -> sent.FailureReceived:
    diagnosis = received.diagnosis
    place, guide = Place(diagnosis.evidence), None
    if diagnosis.match and diagnosis.ranking:
        best = diagnosis.ranking[0].guide
        guide = sent.FailureGuide(reference=best.reference, title=best.title, url=root + place.guide_link(best.slug))
    return sent.FailureReceived(
        repeated=received.repeated,
        letter=received.letter,
        problems=[
            sent.FailureProblem(
                code=problem.code,
                match=problem.match or None,
                times=problem.times,
                first=problem.first,
                last=problem.last,
            )
            for problem in received.problems
        ],
        guide=guide,
        url=root + place.next_link(diagnosis),
        notes=list(received.notes),
    )


@router.post(
    "/outcomes",
    auth=Key(ApiKey.Scope.OUTCOMES),
    tags=["Outcomes"],
    operation_id="tellOutcome",
    summary="Say what became of a fix",
    response={200: sent.OutcomeKept, 201: sent.OutcomeKept},
    openapi_extra={"responses": responses(*OF_ALL)},
)
@decorate_view(guards.taking_text)
def outcome(request: HttpRequest, told: sent.OutcomeTold) -> Any:
    """It counts like an answer to “Did this fix it?” on the page of the guide. The same case counts once for each fix:
    told again it replaces what was told before (200)."""
    if told.reason and told.result != Outcome.Result.COULD_NOT:
        raise Refused(422, "A reason belongs to the result could-not only.", field="reason")
    known = knowledge.current()
    place, notes = _place(known, told)
    guide = _guide(known, told.guide)
    tried = outcomes.find_try(known, guide, place, told.mitigation, told.result)
    if tried is None or not parts.uses(guide, tried.references[1]):
        fixes = ", ".join(used.fix for used in guide.document.mitigations) or "none"
        raise Refused(422, f"This guide has no such fix. It has {fixes}.", field="mitigation")
    receipt = Receipt(*tried.references, guide.revision, tried.mitigation.revision)
    is_first = Outcome.objects.say_once(
        voices.of_program(request.auth.program, told.case),  # type: ignore[attr-defined]
        receipt.guide,
        receipt.mitigation,
        **outcomes.said_of(known, receipt, tried),
        reason=told.reason or "",
        comment=comments.kept(told.comment.strip()),
    )
    kept = sent.OutcomeKept(
        repeated=not is_first,
        guide=receipt.guide,
        mitigation=receipt.mitigation,
        result=told.result,
        url=root_of(request) + outcomes.way_on(known, tried),
        notes=list(notes),
    )
    return Status(201 if is_first else 200, kept)


def _place(known: Knowledge, told: sent.OutcomeTold) -> tuple[Place, tuple[str, ...]]:
    """What was known of the case, with sentences about what was left out of it."""
    if told.text and told.evidence:
        raise Refused(422, "Send the evidence or the text, not both.", field="text")
    if told.text:
        return Place(known.read(told.text).evidence), ()
    path, _, query = told.evidence.rpartition("?")
    if path and "=" in path:
        raise Refused(
            422, "Send the url that diagnose gave, or what stands behind its question mark.", field="evidence"
        )
    place, notes = place_of(QueryDict(query), known)
    return Place(place.evidence), notes


@router.post(
    "/ticket-links",
    auth=Key(ApiKey.Scope.TICKET_LINKS),
    tags=["Ticket links"],
    operation_id="makeTicketLink",
    summary="Make a link for a ticket",
    response={200: sent.LinkMade, 201: sent.LinkMade},
    openapi_extra={"responses": responses(*OF_ALL, 409)},
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


def _guide(known: Knowledge, name: str) -> LiveGuide:
    found = known.guide(name) or known.guide_by_slug(known.slug_now(name) or name)
    if found is None:
        raise Refused(422, "There is no guide with this reference or name.", field="guide")
    return found


def _part(known: Knowledge, wanted: sent.LinkWanted) -> Part:
    guide = _guide(known, wanted.guide)
    part = parts.find(known, guide.document.reference, wanted.part)
    if part is None:
        raise Refused(422, "This guide has no such fix or step.", field="part")
    return part

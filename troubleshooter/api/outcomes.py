"""A program says what became of a fix."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from ninja import Router, Status
from ninja.decorators import decorate_view

from guides import knowledge, parts
from guides.knowledge import Knowledge
from guides.place import Place, place_of
from guides.receipt import Receipt
from troubleshooter.absolute import root_of
from troubleshooter.cases import comments, outcomes, voices
from troubleshooter.cases.models import Outcome

from . import guards, sent
from .keys import Key
from .models import ApiKey
from .problems import Refused, responses
from .writing import OF_WRITES, guide_named

router = Router()


@router.post(
    "/outcomes",
    auth=Key(ApiKey.Scope.OUTCOMES),
    tags=["Outcomes"],
    operation_id="tellOutcome",
    summary="Say what became of a fix",
    response={200: sent.OutcomeKept, 201: sent.OutcomeKept},
    openapi_extra={"responses": responses(*OF_WRITES)},
)
@decorate_view(guards.taking_text)
def outcome(request: HttpRequest, told: sent.OutcomeTold) -> Any:
    """It counts like an answer to “Did this fix it?” on the page of the guide. The same case counts once for each fix:
    told again it replaces what was told before (200)."""
    if told.reason and told.result != Outcome.Result.COULD_NOT:
        raise Refused(422, "A reason belongs to the result could-not only.", field="reason")
    known = knowledge.current()
    place, notes = _place(known, told)
    guide = guide_named(known, told.guide)
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

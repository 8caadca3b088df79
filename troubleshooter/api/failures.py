"""A flow reports a failed run."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from ninja.decorators import decorate_view

from guides.place import Place
from troubleshooter.absolute import root_of
from troubleshooter.repair_tips import intake

from . import guards, sent
from .keys import Key
from .models import ApiKey
from .problems import Refused, of_fields, responses
from .writing import OF_WRITES

router = Router()


@router.post(
    "/failures",
    auth=Key(ApiKey.Scope.FAILURES),
    tags=["Failed runs"],
    operation_id="reportFailure",
    summary="Report a failed run of a flow",
    response={200: sent.FailureReceived, 201: sent.FailureReceived},
    openapi_extra={"responses": responses(*OF_WRITES)},
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

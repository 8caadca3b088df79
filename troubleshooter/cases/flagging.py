"""“Something is wrong on this page”: a form for readers of a guide, whose text goes to the owner of the guide only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from guides import knowledge
from guides.caching import public_page
from guides.knowledge import Knowledge, LiveGuide
from guides.parts import PART
from guides.search import plain
from troubleshooter.cases.models import MAX_FLAG, Allowance, Flag
from troubleshooter.diagnosis.redact import redact
from troubleshooter.public_writes import caller, posted, same_origin, without_control_characters

FLAGS_A_DAY = 10
"""From one address."""

STEP_SHOWN = 60
"""Characters of a step in the list of steps."""

EMPTY = "Say what is wrong on the page."
TOO_LONG = f"Your text has more than {MAX_FLAG:,} characters. It is still here. Make it shorter."
TOO_OFTEN = (
    f"You sent {FLAGS_A_DAY} reports today. That is as many as we take. Your text is still here. Send it tomorrow."
)


class Part(NamedTuple):
    """One thing on a page that can be wrong. `reference` is FIX-4 or FIX-4.2."""

    reference: str
    text: str


@csrf_exempt
def flag(request: HttpRequest) -> HttpResponse:
    return _accept(request) if request.method == "POST" else _form(request)


@public_page
def _form(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """The empty form for one guide."""
    live = _guide(known, request.GET.get("guide", ""))
    return _page(request, known, live, part=request.GET.get("part", "").upper())


@public_page
def thanks(request: HttpRequest, known: Knowledge) -> HttpResponse:
    live = _guide(known, request.GET.get("guide", ""))
    return render(request, "cases/thanks.html", {"guide": live.document})


@same_origin
def _accept(request: HttpRequest) -> HttpResponse:
    """Keep a report, redacted; whatever is wrong with it, the text comes back."""
    known, sent = knowledge.current(), posted(request)
    live = _guide(known, sent.fields.get("guide", ""))
    typed = without_control_characters(sent.text)
    chosen = sent.fields.get("part", "").upper()
    part = chosen if PART.fullmatch(chosen) else ""
    if problem := _problem(typed):
        return _page(request, known, live, part=part, text=typed, problem=problem, status=422)
    report = (live.document.reference, part, redact(typed.strip()).text)
    if not Flag.objects.known(*report):
        if not Allowance.take(caller(request), "flag", FLAGS_A_DAY):
            return _page(request, known, live, part=part, text=typed, problem=TOO_OFTEN, status=429)
        Flag.objects.report(*report, revision=live.revision)
    response = HttpResponseRedirect(f"{reverse('cases:thanks')}?{urlencode({'guide': live.document.reference})}")
    response.status_code = 303
    return response


def _problem(typed: str) -> str:
    """Why a text cannot be taken; "" where it can."""
    if not typed.strip():
        return EMPTY
    return TOO_LONG if len(typed) > MAX_FLAG else ""


def _page(
    request: HttpRequest, known: Knowledge, live: LiveGuide, *, part: str, status: int = 200, **typed: Any
) -> HttpResponse:
    context = {"guide": live.document, "groups": list(_parts(known, live)), "part": part, **typed}
    return render(request, "cases/flag.html", context, status=status)


def _guide(known: Knowledge, reference: str) -> LiveGuide:
    """The live or retired guide with this reference; 404 where there is none."""
    live = known.guide(reference)
    if live is None:
        raise Http404("There is no guide with this reference.")
    return live


def _parts(known: Knowledge, live: LiveGuide) -> Iterator[tuple[Part, list[Part]]]:
    """Each mitigation of the guide with its steps, as readers see them now."""
    for used in live.document.mitigations:
        if used.fix in known.mitigations:
            mitigation = known.mitigations[used.fix].document
            steps = [Part(f"{used.fix}.{step.number}", _shortened(plain(step.text))) for step in mitigation.steps]
            yield Part(used.fix, mitigation.title), steps


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= STEP_SHOWN else f"{text[: STEP_SHOWN - 1].rstrip()}…"

"""Permanent links: `/g/FLOW-3/` and `/g/FLOW-3/FIX-4.2/` lead to where the guide and the step are now."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guides.caching import public_page
from guides.knowledge import Knowledge, LiveGuide
from guides.pages.guide import PART, guide_page
from guides.place import GONE


@public_page
def reference(request: HttpRequest, known: Knowledge, reference: str) -> HttpResponse:
    """A guide by its reference: 302 to its address of today, 410 with its last text when it was retired."""
    if retired := known.retired.get(reference.upper()):
        return guide_page(request, known, retired)
    return HttpResponseRedirect(_address(_live(known, reference)))


@public_page
def reference_part(request: HttpRequest, known: Knowledge, reference: str, part: str) -> HttpResponse:
    """A mitigation or step of a guide: 302 to its anchor, or to what is left of it, with a note."""
    if not PART.fullmatch(part.upper()):
        raise Http404("There is no such part of a guide.")
    if retired := known.retired.get(reference.upper()):
        return guide_page(request, known, retired)
    live = _live(known, reference)
    mitigation, _, number = part.upper().partition(".")
    if mitigation not in known.mitigations or all(used.fix != mitigation for used in live.document.mitigations):
        return HttpResponseRedirect(f"{_address(live)}?{urlencode({GONE: part.upper()})}")
    steps = known.mitigations[mitigation].document.steps
    if number and all(step.number != int(number) for step in steps):
        return HttpResponseRedirect(f"{_address(live)}?{urlencode({GONE: part.upper()})}#{mitigation}")
    return HttpResponseRedirect(f"{_address(live)}#{part.upper()}")


def _live(known: Knowledge, reference: str) -> LiveGuide:
    live = known.guides.get(reference.upper())
    if live is None:
        raise Http404("There is no guide with this reference.")
    return live


def _address(live: LiveGuide) -> str:
    return reverse("guides:guide", args=[live.document.slug])

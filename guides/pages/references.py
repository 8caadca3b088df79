"""Permanent links: `/g/FLOW-3/`, `/g/FLOW-3/FIX-4.2/` and `/g/FIX-4.2/` lead to where guide, fix and step are now."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guides import parts
from guides.caching import public_page
from guides.knowledge import Knowledge, LiveGuide
from guides.pages.guide import guide_page
from guides.parts import PART
from guides.place import GONE


@public_page
def reference(request: HttpRequest, known: Knowledge, reference: str) -> HttpResponse:
    """A guide by its reference: 302 to its address of today, 410 with its last text when it was retired."""
    if PART.fullmatch(reference.upper()):
        return _in_its_guides(request, known, reference.upper())
    guide = _guide(known, reference)
    return guide_page(request, known, guide) if guide.document.retired else HttpResponseRedirect(_address(guide))


@public_page
def reference_part(request: HttpRequest, known: Knowledge, reference: str, part: str) -> HttpResponse:
    """A mitigation or step of a guide: 302 to its anchor, or to what is left of it, with a note."""
    if not PART.fullmatch(part.upper()):
        raise Http404("There is no such part of a guide.")
    guide = _guide(known, reference)
    if guide.document.retired:
        return guide_page(request, known, guide)
    return HttpResponseRedirect(_part_address(known, guide, part.upper()))


def guide_address(known: Knowledge, guide: str, part: str = "") -> str | None:
    """Where a guide or a part of it is read now; None where no guide has that name."""
    found = known.guide(guide)
    if found is None:
        return None
    return _part_address(known, found, part) if part and not found.document.retired else _address(found)


def part_address(known: Knowledge, part: str) -> str | None:
    """Where a part is read now; if several guides use it, the page that lists them. None where no guide has it."""
    users = _users(known.guides.values(), part)
    if len(users) == 1:
        return _part_address(known, users[0], part)
    return reverse("guides:reference", args=[part]) if users or _users(known.retired.values(), part) else None


def _in_its_guides(request: HttpRequest, known: Knowledge, part: str) -> HttpResponse:
    """A mitigation or step without its guide: 302 where one guide uses it, a choice where several do."""
    mitigation, users = part.partition(".")[0], _users(known.guides.values(), part)
    if len(users) == 1:
        return HttpResponseRedirect(_part_address(known, users[0], part))
    if users and mitigation in known.mitigations:
        context = {
            "part": part,
            "mitigation": known.mitigations[mitigation].document,
            "guides": [(live.document, _part_address(known, live, part)) for live in users],
        }
        return render(request, "guides/shared_part.html", context)
    retired = _users(known.retired.values(), part)
    if not retired:
        raise Http404("No guide has a part with this reference.")
    return guide_page(request, known, retired[0])


def _users(guides: Iterable[LiveGuide], part: str) -> list[LiveGuide]:
    """The guides with the mitigation of a part."""
    return [live for live in guides if parts.uses(live, part.partition(".")[0])]


def _part_address(known: Knowledge, live: LiveGuide, part: str) -> str:
    """The anchor of a part; of what is left of it where it is gone, with a key that lets the page say so."""
    mitigation, _, number = part.partition(".")
    if mitigation not in known.mitigations or not parts.uses(live, mitigation):
        return f"{_address(live)}?{urlencode({GONE: part})}"
    steps = known.mitigations[mitigation].document.steps
    if number and all(step.number != int(number) for step in steps):
        return f"{_address(live)}?{urlencode({GONE: part})}#{mitigation}"
    return f"{_address(live)}#{part}"


def _guide(known: Knowledge, reference: str) -> LiveGuide:
    """The live or retired guide with this reference; 404 where there is none."""
    guide = known.guide(reference)
    if guide is None:
        raise Http404("There is no guide with this reference.")
    return guide


def _address(live: LiveGuide) -> str:
    return reverse("guides:guide", args=[live.document.slug])

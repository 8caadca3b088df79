"""The list of guides, and one guide: what went wrong, why it fits, what to do, and how people know it worked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from guides import held, knowledge, told, words
from guides.caching import public_page
from guides.document import Code, GuideDocument
from guides.held import HeldText
from guides.knowledge import Knowledge, LiveGuide
from guides.pages.shown import Option, cases, general_causes
from guides.pages.tries import tries
from guides.parts import PART
from guides.place import FIXES, GONE, Place, place_of
from guides.told import Told
from troubleshooter.absolute import root_of
from troubleshooter.diagnosis.address import HELD
from troubleshooter.diagnosis.model import MOST_ABOUT, Candidate, Fact, Kind, Open

OTHERS_SHOWN = 3


@public_page
def all_guides(request: HttpRequest, known: Knowledge) -> HttpResponse:
    return render(request, "guides/list.html", {"groups": grouped(known.guides.values())})


@public_page
def guide(request: HttpRequest, known: Knowledge, slug: str) -> HttpResponse:
    live = known.guide_by_slug(slug)
    if live is None:
        return _renamed(request, known, slug)
    return guide_page(request, known, live)


def guide_page(request: HttpRequest, known: Knowledge, live: LiveGuide) -> HttpResponse:
    """The page of a guide; 410 where it is retired."""
    template, context = shown(request, known, live)
    return render(request, template, context, status=410 if live.document.retired else 200)


def shown(request: HttpRequest, known: Knowledge, live: LiveGuide) -> tuple[str, dict[str, Any]]:
    """The template of a guide's page and what it shows: a retired guide its successor first, the last text below."""
    document, context = live.document, _context(request, known, live)
    if document.retired:
        successor = known.guides.get(document.retired.successor or "")
        return "guides/retired.html", {**context, "successor": successor.document if successor else None}
    if document.kind == "fork":
        return "guides/fork.html", {**context, **_fork_context(request, known, live)}
    return "guides/guide.html", context


def grouped(guides: Iterable[LiveGuide]) -> list[tuple[str, list[GuideDocument]]]:
    """Guides under the group of their most telling code; those without a code last."""
    headings = [*words.CODE_GROUPS.values(), "Message without a code", "No error message"]
    groups: dict[str, list[GuideDocument]] = {heading: [] for heading in headings}
    for live in guides:
        document = live.document
        if document.codes:
            heading = words.CODE_GROUPS[telling_first(document.codes)[0].group]
        else:
            heading = headings[-2] if document.messages else headings[-1]
        groups[heading].append(document)
    return [(heading, members) for heading, members in groups.items() if members]


def telling_first(codes: Iterable[Code]) -> list[Code]:
    """Codes with the HTTP statuses last, since they tell least."""
    return sorted(codes, key=lambda code: code.group == "http")


def _renamed(request: HttpRequest, known: Knowledge, slug: str) -> HttpResponse:
    now = known.slug_now(slug)
    if now is None:
        raise Http404("There is no guide at this address.")
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse("guides:guide", args=[now]) + (f"?{query}" if query else ""))


def _context(request: HttpRequest, known: Knowledge, live: LiveGuide) -> dict[str, Any]:
    """What the templates show of a guide, in the light of what the address says about this person."""
    document, html = live.document, knowledge.guide_html(known, live)
    text = held.find(request)
    place, notes = place_of(request.GET, known)
    diagnosis = known.diagnose(place.evidence) if place.evidence else None
    ranking = diagnosis.ranking if diagnosis else ()
    fit = next((candidate for candidate in ranking if candidate.guide.reference == document.reference), None)
    shown = cases(known, live, html, place.evidence)
    options = [option for case in shown for option in case.options]
    return {
        "guide": document,
        "codes": telling_first(document.codes),
        "html": html,
        "fit": fit,
        "match": words.MATCH[fit.match] if fit else None,
        "notes": notes,
        "causes": general_causes(live, html),
        "notices": [(known.notices[slug].document.title, notice) for slug, notice in html.notices.items()],
        "cases": shown,
        "tries": tries(known, live, shown, place, diagnosis) if diagnosis else None,
        "tried_elsewhere": list(_tried_elsewhere(known, place, options)),
        "place_fields": place.fields(),
        "first": options[0] if options else None,
        "names_places": any(option.names_places for option in options),
        "checked": min((source.checked for source in document.sources), default=None),
        "held": text,
        "also": list(_also(known, text)) if text else [],
        "held_is_gone": HELD in request.GET,
        "gone": _gone(request),
        "answers": list(told.answers(known, place)),
        "back_url": place.link(show=FIXES) if place.evidence else "",
        "others": [(other.guide, place.guide_link(other.guide.slug)) for other in _others(ranking, fit)],
        "questions_url": _questions_url(known, place.without_text()),
        "kept_fields": place.without_text().fields(),
        "ticket_url": place.ticket_link(document.reference),
        "permanent": root_of(request) + reverse("guides:reference", args=[document.reference]),
    }


def _fork_context(request: HttpRequest, known: Knowledge, live: LiveGuide) -> dict[str, Any]:
    """Where a fork leads, and the question asked first of somebody who does not know which it is."""
    place, _ = place_of(request.GET, known)
    targets = [known.guides[reference].document for reference in live.document.targets if reference in known.guides]
    unsure = Place(frozenset(Fact(Kind.ABOUT, target.reference) for target in targets[:MOST_ABOUT]))
    return {
        "targets": [(target, place.guide_link(target.slug)) for target in targets],
        "unsure_url": unsure.link(),
    }


def _others(ranking: Sequence[Candidate], fit: Candidate | None) -> list[Candidate]:
    return [candidate for candidate in ranking if candidate.likely and candidate is not fit][:OTHERS_SHOWN]


def _tried_elsewhere(known: Knowledge, place: Place, options: Iterable[Option]) -> Iterator[Told]:
    """What the person tried before of other guides."""
    here = {option.reference for option in options}
    for fact in sorted(place.evidence):
        if fact.kind is Kind.TRIED and fact.value not in here:
            yield told.tried(known, place, fact)


def _also(known: Knowledge, text: HeldText) -> Iterator[tuple[str, str]]:
    """(name, address) of each further error that was read in the pasted text."""
    for fact in text.others:
        guides = known.model.observed_by.get((fact.kind, fact.value.lower()), ())
        if guides:
            name = guides[0].meaning if fact.kind is Kind.MESSAGE else fact.value
            yield name, Place(frozenset({fact})).link()


def _questions_url(known: Knowledge, place: Place) -> str:
    """Where the conversation goes on; at the fixes where it would only open a guide again."""
    opens_a_guide = place.evidence and isinstance(known.diagnose(place.evidence).turn, Open)
    return place.link(show=FIXES if opens_a_guide else "")


def _gone(request: HttpRequest) -> str:
    """The part a permanent link named that is no longer in the guide; "" for anything that is not a reference."""
    part = request.GET.get(GONE, "")
    return part if PART.fullmatch(part) else ""

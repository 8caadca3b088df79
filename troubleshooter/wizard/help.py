"""The help page: a form that leads to solutions, what people can do themselves, and how to reach a person."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from guides import held, knowledge
from guides.caching import public_page
from guides.help_form import CATEGORY, TYPE, Chosen
from guides.knowledge import Knowledge
from guides.place import Place, place_of, told_before
from guides.words import MATCH
from troubleshooter.cases import pasting
from troubleshooter.diagnosis.model import Open
from troubleshooter.public_writes import Posted, posted, same_origin
from troubleshooter.wizard.solutions import Solutions, with_category
from troubleshooter.wizard.views import NOT_TEXT, TOO_OFTEN

GUIDE = "guide"
OWN = (TYPE, CATEGORY, GUIDE)
"""Keys of these addresses that are no evidence."""

EMPTY = "Choose a category, or tell us what you need help with."
EMPTY_WITHOUT_LISTS = "Tell us what you need help with."
STALE = "What you chose is no longer in this list. Choose again."
OUT_OF_DATE = "This page is out of date. We kept what you wrote and your answers."

Problem = tuple[str, str, HTTPStatus]
"""(the field, what is wrong with it, the status of the answer)"""


@csrf_exempt
def help_page(request: HttpRequest) -> HttpResponse:
    return _accept(request) if request.method == "POST" else _form(request)


@public_page
def _form(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """What is known of a case goes on to its ticket, and into the form."""
    place, _ = place_of(request.GET, known, OWN)
    read = known.guide(request.GET.get(GUIDE, ""))
    kept = held.find(request)
    chosen = _chosen(request.GET, known)
    reference = read.document.reference if read else ""
    return _page(request, known, place, chosen, kept.text if kept else "", reference=reference)


@same_origin
def _accept(request: HttpRequest) -> HttpResponse:
    """A known error goes straight to its guide, all else to the solutions; what was written stays with a problem."""
    known = knowledge.current()
    sent = posted(request)
    chosen = _chosen(sent.fields, known)
    place = Place(told_before(sent.fields, known))
    if problem := _problem(request, known, sent, chosen):
        field, sentence, status = problem
        return _page(request, known, place, chosen, sent.text, problem=sentence, field=field, status=status)
    if sent.text.strip():
        told = with_category(place, known, chosen.category)
        place, diagnosis = pasting.paste(request, known, sent.text, told.evidence)
        if diagnosis.match and isinstance(diagnosis.turn, Open):
            return _see_other(place.next_link(diagnosis))
    return _see_other(_solutions_link(place, known, chosen))


@public_page
def solutions(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """Ranked solutions with the reason each is shown; without one, a question and the way to a person."""
    place, notes = place_of(request.GET, known, OWN)
    chosen = _chosen(request.GET, known)
    if not place.evidence and chosen.category is None:
        return redirect("wizard:help")
    if chosen.is_stale:
        notes = (*notes, OUT_OF_DATE)
    kept = held.find(request)
    context = {
        "found": Solutions.of(known, with_category(place, known, chosen.category), chosen, kept, notes),
        "match_words": MATCH,
        **_fields(known, place, chosen, kept.text if kept else ""),
    }
    return render(request, "wizard/solutions.html", context)


def _chosen(fields: QueryDict, known: Knowledge) -> Chosen:
    return known.help_form.chosen(fields.get(TYPE, ""), fields.get(CATEGORY, ""))


def _problem(request: HttpRequest, known: Knowledge, sent: Posted, chosen: Chosen) -> Problem | None:
    if pasting.is_too_often(request):
        return "text", TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS
    if sent.too_long:
        return "text", pasting.TOO_LONG, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if chosen.is_stale:
        return "category", STALE, HTTPStatus.UNPROCESSABLE_ENTITY
    if chosen.type and chosen.category and not chosen.fits:
        sentence = f"“{chosen.category.name}” does not belong to “{chosen.type.name}”. Choose again."
        return "category", sentence, HTTPStatus.UNPROCESSABLE_ENTITY
    if not sent.text.strip() and chosen.category is None:
        empty = EMPTY if known.help_form.types else EMPTY_WITHOUT_LISTS
        return "text", NOT_TEXT if sent.has_file else empty, HTTPStatus.UNPROCESSABLE_ENTITY
    return None


def _solutions_link(place: Place, known: Knowledge, chosen: Chosen) -> str:
    """The address of the solutions. What the category says stands in it as the category alone."""
    fact = chosen.category.fact(known.model) if chosen.category else None
    rest = place.without(fact) if fact else place
    keys = {TYPE: chosen.type.key if chosen.type else "", CATEGORY: chosen.category.key if chosen.category else ""}
    return rest.solutions_link(**keys)


def _see_other(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)


def _page(
    request: HttpRequest,
    known: Knowledge,
    place: Place,
    chosen: Chosen,
    text: str,
    *,
    reference: str = "",
    problem: str = "",
    field: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    told = with_category(place, known, chosen.category)
    context = {
        **_fields(known, place, chosen, text),
        "problem": problem,
        "field": field,
        "ticket_url": told.ticket_link(reference, chosen.category.key if chosen.category else ""),
        "links": {kind.replace("-", "_"): rows for kind, rows in known.help_form.links.items()},
    }
    return render(request, "wizard/help.html", context, status=status)


def _fields(known: Knowledge, place: Place, chosen: Chosen, text: str) -> dict[str, object]:
    """What the form shows: the lists, what was chosen and written, and hidden fields with what a new text keeps."""
    return {"types": known.help_form.types, "chosen": chosen, "text": text, "fields": place.without_text().fields()}

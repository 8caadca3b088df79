"""Search: a reference or code is opened; words give what an error text says, guides, questions, the paste box last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guides import words
from guides.caching import SHOW, public_page
from guides.document import QuestionDocument
from guides.knowledge import Knowledge
from guides.models import MissedSearch
from guides.pages.codes import closest
from guides.pages.exact import address_of, reference_in
from guides.pages.forms import QueryForm
from guides.place import Place
from guides.search import index
from troubleshooter.diagnosis.model import Fact, Kind
from troubleshooter.public_writes import too_often

MISSES_A_MINUTE = 30
"""Searches without a result that are counted from one address."""

STARTERS = 6
"""Guides shown before anything was typed."""

ALL = "all"
"""The value of `show` that asks for every result, where a reference or a code would lead on at once."""


@public_page
def search(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """What was found; a reference or an exact code leads on at once, unless the address asks for all results."""
    form = QueryForm(request.GET)
    if not form.text:
        starters = [live.document for live in known.guides.values()][:STARTERS]
        return render(request, "guides/search.html", {"starters": starters})
    if form.is_too_long:
        context = {"typed": form.text, "too_long": True, "recognised": _recognised(known, form.text)}
        return render(request, "guides/search.html", context)
    if request.GET.get(SHOW) != ALL and (exact := address_of(known, form.text)):
        return HttpResponseRedirect(exact)
    if reference := reference_in(form.text):
        return render(request, "guides/search.html", {"typed": form.text, "reference": reference})
    context = _results(known, form.text)
    if not context["count"] and not context["recognised"]:
        _count_miss(request, form.text)
    return render(request, "guides/search.html", context)


def _results(known: Knowledge, typed: str) -> dict[str, Any]:
    results, code, recognised = index(known).search(typed), known.code(typed), _recognised(known, typed)
    return {
        "typed": typed,
        "recognised": recognised,
        "code": code,
        "found": results.guides,
        "questions": [(question, _choices(question)) for question in results.questions],
        "read_as": "" if recognised or code else results.read_as,
        "closest": [] if code else closest(known, typed),
        "count": len(results.guides) + len(results.questions) + (code is not None),
    }


def _count_miss(request: HttpRequest, query: str) -> None:
    """Remember for staff what was not found; what only asks for the headers of the page does not count."""
    if request.method == "GET" and not too_often(request, "miss", MISSES_A_MINUTE):
        MissedSearch.remember(query)


def _recognised(known: Knowledge, text: str) -> dict[str, Any] | None:
    """The guide that an error text typed here points to, if it is one."""
    facts = known.read(text).evidence
    diagnosis = known.diagnose(facts)
    if diagnosis.match is None or not diagnosis.ranking:
        return None
    best, here = diagnosis.ranking[0], Place(facts)
    return {
        "guide": best.guide,
        "match": words.MATCH[diagnosis.match],
        "kind": diagnosis.match,
        "url": here.guide_link(best.guide.slug),
        "diagnosis_url": here.link(),
    }


def _choices(question: QuestionDocument) -> list[tuple[str, str]]:
    """(text, address) of each answer to a question that can be asked on its own."""
    if question.only_if:
        return []
    return [
        (row.text, Place(frozenset({Fact(Kind.ANSWER, question.slug, row.slug)})).link()) for row in question.choices
    ]

"""Search: an exact code on top, then what an error text says, guides, questions, and the paste box last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guides import words
from guides.caching import public_page
from guides.document import QuestionDocument
from guides.knowledge import Knowledge
from guides.models import MissedSearch
from guides.pages.codes import closest
from guides.pages.forms import QueryForm
from guides.place import Place
from guides.search import index
from troubleshooter.diagnosis.model import Fact, Kind
from troubleshooter.public_writes import too_often

MISSES_A_MINUTE = 30
"""Searches without a result that are counted from one address."""

STARTERS = 6
"""Guides shown before anything was typed."""


@public_page
def search(request: HttpRequest, known: Knowledge) -> HttpResponse:
    form = QueryForm(request.GET)
    if not form.text:
        starters = [live.document for live in known.guides.values()][:STARTERS]
        return render(request, "guides/search.html", {"starters": starters})
    context: dict[str, Any] = {
        "typed": form.text,
        "too_long": form.is_too_long,
        "recognised": _recognised(known, form.text),
    }
    if not form.is_too_long:
        results, code = index(known).search(form.text), known.code(form.text)
        context |= {
            "code": code,
            "found": results.guides,
            "questions": [(question, _choices(question)) for question in results.questions],
            "did_you_mean": "" if context["recognised"] else results.did_you_mean,
            "closest": [] if code else closest(known, form.text),
            "count": len(results.guides) + len(results.questions) + (code is not None),
        }
        if not context["count"] and not context["recognised"]:
            _count_miss(request, form.text)
    return render(request, "guides/search.html", context)


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

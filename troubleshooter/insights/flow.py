"""How the wizard flows now for people without an error text: a tree of questions, answers and where they lead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides import knowledge
from guides.admin import site
from troubleshooter.diagnosis.model import Ask, Choose, Guide, HandOver, Model, Open, Turn
from troubleshooter.diagnosis.paths import Branch, Path, likely_paths
from troubleshooter.insights.access import for_readers_of_reports

LEAST = 0.03
"""The share of people from which it is shown what follows an answer; less would be more than people read."""


@dataclass(frozen=True)
class Node:
    """One turn of the wizard and what leads to it. `tenths` is the share of people for its bar."""

    answer: str
    share: str
    tenths: int
    question: str
    """What is asked, or "" where the wizard asks nothing more."""

    guides: tuple[Guide, ...]
    """Where it leads, best first."""

    reason: str
    """Why nothing is offered."""

    is_cut: bool
    answers: tuple[Node, ...]


@require_safe
@for_readers_of_reports
def flow(request: HttpRequest) -> HttpResponse:
    tree = _tree(knowledge.current().model)
    context = {**site.each_context(request), "title": _("How the wizard flows now"), "subtitle": None, "tree": tree}
    return render(request, "insights/flow.html", context)


@lru_cache(maxsize=1)
def _tree(model: Model) -> Node:
    """Worked out once for all who look at this content version."""
    return _node(likely_paths(model, least=LEAST))


def _node(path: Path, branch: Branch | None = None) -> Node:
    return Node(
        answer=branch.choice.text if branch else "",
        share=in_words(path.share),
        tenths=round(10 * path.share),
        question=path.turn.question.text if isinstance(path.turn, Ask) else "",
        guides=_guides(path.turn),
        reason=path.turn.reason if isinstance(path.turn, HandOver) else "",
        is_cut=path.cut,
        answers=tuple(_node(below.path, below) for below in path.branches),
    )


def _guides(turn: Turn) -> tuple[Guide, ...]:
    if isinstance(turn, Open):
        return (turn.guide,)
    return turn.guides if isinstance(turn, Choose) else ()


def in_words(share: float) -> str:
    """A share of people, said as people say it."""
    if share > 0.95:
        return _("nearly everybody")
    if share >= 0.15:
        return _("about %(tenths)s of 10 people") % {"tenths": round(10 * share)}
    if share >= 0.005:
        return _("about 1 of %(number)s people") % {"number": round(1 / share)}
    return _("very few people")

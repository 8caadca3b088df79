"""The page behind the links of a letter: how often the flow failed until now, and tips off and on again.

Opening it changes nothing. Mail programs turn tips off by a form of their own (RFC 8058), which carries no origin.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guides import knowledge
from guides.place import place_of
from troubleshooter.public_writes import posted, same_origin
from troubleshooter.repair_tips.contents import moment
from troubleshooter.repair_tips.models import KEPT_DAYS, Flow
from troubleshooter.repair_tips.models.problem import worst_first
from troubleshooter.repair_tips.opting import Wish

MOST_SHOWN = 20
"""Problems of a flow on the page."""

FORMS = {"flow-off": (False, False), "flow-on": (False, True), "all-off": (True, False), "all-on": (True, True)}
"""What a button says: (about all flows, on)."""


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin
@never_cache
def tips(request: HttpRequest, token: str) -> HttpResponse:
    wish = Wish.read(token)
    if wish is None:
        return _no_link(request)
    if request.method == "POST":
        return _change(request, wish)
    flow = Flow.objects.filter(pk=wish.flow).first()
    context = {
        "flow": flow,
        "problems": list(_problems(flow)) if flow else [],
        "off": wish.is_off(all_flows=False),
        "all_off": wish.is_off(all_flows=True),
        "kept_days": KEPT_DAYS,
    }
    return render(request, "repair_tips/tips.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def off(request: HttpRequest, token: str) -> HttpResponse:
    """One press in a mail program. People who open the address find the page with the buttons."""
    wish = Wish.read(token)
    if wish is None:
        return _no_link(request)
    if request.method == "POST":
        wish.turn_off(all_flows=False)
        return HttpResponse("Tips for this flow are turned off.", content_type="text/plain")
    return HttpResponseRedirect(reverse("repair_tips:tips", args=[token]))


def _no_link(request: HttpRequest) -> HttpResponse:
    return render(request, "repair_tips/no_link.html", status=404)


def _change(request: HttpRequest, wish: Wish) -> HttpResponse:
    """Do what a button says; anything else changes nothing and shows the page again."""
    if form := FORMS.get(posted(request).fields.get("do", "")):
        all_flows, on = form
        (wish.turn_on if on else wish.turn_off)(all_flows=all_flows)
    response = HttpResponseRedirect(request.path)
    response.status_code = 303
    return response


def _problems(flow: Flow) -> Iterator[dict[str, object]]:
    """What the flow failed with, as it is now: the worst first, each with the way to its fix."""
    known = knowledge.current()
    for problem in worst_first(flow.problems.all()[:MOST_SHOWN]):
        place, _notes = place_of(QueryDict(problem.evidence), known)
        diagnosis = known.diagnose(place.evidence)
        guide = diagnosis.ranking[0].guide if diagnosis.ranking and problem.match else None
        yield {
            "code": problem.code,
            "title": guide.title if guide else "",
            "url": place.next_link(diagnosis),
            "times": problem.times,
            "last": moment(problem.last, problem.offset),
            "run_url": problem.run_url,
        }

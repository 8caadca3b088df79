"""“Did this fix it?”: what people say of a fix is kept, and everybody is led on at once.

The same error leads to the next fix. The other answers lead to a page that is a pure function of its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from guides import knowledge, words
from guides.caching import public_page
from guides.document import MitigationDocument
from guides.knowledge import Knowledge, Live, LiveGuide
from guides.parts import Part, uses
from guides.place import Place, place_of
from guides.receipt import Receipt
from troubleshooter.absolute import root_of
from troubleshooter.cases import after_a_try, comments, voices
from troubleshooter.cases.models import Allowance, Outcome
from troubleshooter.diagnosis import decide
from troubleshooter.diagnosis import model as core
from troubleshooter.diagnosis.model import Kind, Open, is_grounded
from troubleshooter.public_writes import caller, posted, same_origin, too_often

OUTCOMES_A_DAY = 60
"""From one address."""

OUTCOMES_A_MINUTE = 120
"""From one address, those that say nothing new among them."""

OWN = ("read", "guide", "fix", "result", "reason", "comment", "noted")
"""Keys of this address that are no evidence."""

RESULTS = Outcome.Result
TEMPLATES = {
    RESULTS.WORKED: "cases/outcome_worked.html",
    RESULTS.NEW: "cases/outcome_new.html",
    RESULTS.COULD_NOT: "cases/outcome_could_not.html",
}
COMMENTED = (RESULTS.WORKED, RESULTS.COULD_NOT)


class Try(NamedTuple):
    """One mitigation of one guide, what became of it, and where the person is with that known."""

    guide: LiveGuide
    mitigation: Live[MitigationDocument]
    result: Outcome.Result
    place: Place

    @property
    def references(self) -> tuple[str, str]:
        return self.guide.document.reference, self.mitigation.document.reference

    @property
    def part(self) -> Part:
        return Part(self.guide, self.mitigation)

    def link(self, **own: str) -> str:
        return self.place.outcome_link(*self.references, self.result, **own)


@csrf_exempt
def outcome(request: HttpRequest) -> HttpResponse:
    return _accept(request) if request.method == "POST" else _page(request)


@public_page
def _page(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """What follows from a result; at the guide where the address names no such result or fix."""
    place, _ = place_of(request.GET, known, OWN)
    guide = known.guide(request.GET.get("guide", ""))
    if guide is None:
        raise Http404("There is no guide with this reference.")
    tried = find_try(known, guide, place, request.GET.get("fix", ""), request.GET.get("result", ""))
    if tried is None or not uses(guide, tried.mitigation.document.reference):
        return HttpResponseRedirect(place.guide_link(guide.document.slug))
    if tried.result == RESULTS.SAME:
        return HttpResponseRedirect(next_fix(known, tried))
    return _shown(request, known, tried, request.GET)


@same_origin
def _accept(request: HttpRequest) -> HttpResponse:
    """Keep what somebody says of a fix they read, and lead them on; whatever is wrong with it, the case is kept."""
    known, fields = knowledge.current(), posted(request).fields
    place, _ = place_of(fields, known, OWN)
    receipt = Receipt.of(fields.get("read", ""))
    guide = known.guide(receipt.guide) if receipt else None
    tried = find_try(known, guide, place, receipt.mitigation, fields.get("result", "")) if receipt and guide else None
    if receipt is None or tried is None or not receipt.was_shown():
        link = place.guide_link(guide.document.slug) if guide else place.link()
        return _stays(out_of_date(request, link, fields))
    more = _more(tried, fields)
    comment = more.get("comment", "")
    if problem := comments.problem(comment):
        return _stays(_shown(request, known, tried, fields, comment=comment, problem=problem))
    link = way_on(known, tried, more)
    if not _store(request, known, receipt, tried, more):
        context = {"link": link, "most": OUTCOMES_A_DAY, "comment": comment}
        return _stays(render(request, "cases/outcome_too_often.html", context, status=429))
    response = HttpResponseRedirect(link)
    response.status_code = 303
    return response


def next_fix(known: Knowledge, tried: Try) -> str:
    """Where to go on after a fix that did not help: this guide's next one, another guide, a question or a person."""
    diagnosis = known.diagnose(tried.place.evidence)
    reference, turn = tried.guide.document.reference, diagnosis.turn
    opens_here = isinstance(turn, Open) and turn.guide.reference == reference
    # Without an error or an answer the guide that somebody opened knows better than the diagnosis.
    left = decide.order_of_repair(known.model, tried.place.evidence, reference)
    if opens_here or (left and not is_grounded(tried.place.evidence)):
        return f"{tried.place.guide_link(tried.guide.document.slug)}#next"
    return tried.place.next_link(diagnosis)


def find_try(known: Knowledge, guide: LiveGuide, place: Place, mitigation: str, result: str) -> Try | None:
    """None where there is no such mitigation or result."""
    live = known.mitigations.get(mitigation.strip().upper())
    if live is None or result not in RESULTS.values:
        return None
    reference = live.document.reference
    failed = result != RESULTS.WORKED
    there = place.after_try(reference, core.Result(result)) if failed else place.without_try(reference)
    return Try(guide, live, RESULTS(result), there)


def _more(tried: Try, fields: QueryDict) -> dict[str, str]:
    """What somebody adds to what they said, as typed: a comment, and why they could not do it."""
    more = {}
    if tried.result == RESULTS.COULD_NOT and (reason := _reason(fields)):
        more["reason"] = reason
    if tried.result in COMMENTED and "comment" in fields:
        more["comment"] = comments.typed(fields)
    return more


def _store(request: HttpRequest, known: Knowledge, receipt: Receipt, tried: Try, more: dict[str, str]) -> bool:
    """Keep it unless that is what is kept already; False where this address has said enough.

    What is added to the same result leaves everything else as it was: the text that was read may have changed since.
    """
    if too_often(request, "outcome", OUTCOMES_A_MINUTE):
        return False
    if "comment" in more:
        more = {**more, "comment": comments.kept(more["comment"])}
    read = said_of(known, receipt, tried)
    voice = voices.of_browser(request)
    row = Outcome.objects.filter(voice=voice, guide=receipt.guide, mitigation=receipt.mitigation).first()
    said: dict[str, Any]
    if row is None or row.result != tried.result:
        said = {"reason": "", "comment": "", **read, **more}
    else:
        said = more or read
        if all(getattr(row, name) == value for name, value in said.items()):
            return True
    if not Allowance.take(caller(request), "outcome", OUTCOMES_A_DAY):
        return False
    Outcome.objects.say(voice, receipt.guide, receipt.mitigation, **said)
    return True


def said_of(known: Knowledge, receipt: Receipt, tried: Try) -> dict[str, Any]:
    """What is kept of a result, whoever tells it: which texts were read, and what was known of the case."""
    return {
        "result": tried.result,
        "revision_id": receipt.revision,
        "mitigation_revision_id": receipt.mitigation_revision,
        "evidence": voices.recorded(tried.place.without_try(receipt.mitigation).evidence),
        "content_version": known.version,
    }


def way_on(known: Knowledge, tried: Try, more: Mapping[str, str] = MappingProxyType({})) -> str:
    """Where the answer leads: to the next fix, or to its page, at what was added there."""
    if tried.result == RESULTS.SAME:
        return next_fix(known, tried)
    link = tried.link(reason=more.get("reason", ""), noted="1" if "comment" in more else "")
    place = "comment-form" if "comment" in more else "reasons" if more else ""
    return f"{link}#{place}" if place else link


def _reason(fields: QueryDict) -> str:
    """The reason that a form or an address names; "" for none that there is."""
    reason = fields.get("reason", "")
    return reason if reason in Outcome.Reason.values else ""


def _shown(
    request: HttpRequest, known: Knowledge, tried: Try, said: QueryDict, *, comment: str = "", problem: str = ""
) -> HttpResponse:
    """The page of a result. `comment` is what was typed and could not be taken, for the reason in `problem`."""
    receipt = Receipt(*tried.references, tried.guide.revision, tried.mitigation.revision)
    mitigation = tried.mitigation.document
    context: dict[str, Any] = {
        "guide": tried.guide.document,
        "mitigation": mitigation,
        "result": tried.result,
        "said": words.SAID[tried.result],
        "receipt": receipt.signed(),
        "place_fields": tried.place.fields(),
        "change_url": f"{tried.place.guide_link(tried.guide.document.slug)}#{mitigation.reference}-outcome",
        "ticket_url": tried.place.ticket_link(),
        "permanent": _permanent(request, tried),
        "chosen": _reason(said),
        "noted": "noted" in said,
        "comment": comment,
        "problem": problem,
    }
    context |= _ADDED[tried.result](request, known, tried)
    return render(request, TEMPLATES[tried.result], context, status=422 if problem else 200)


def _when_it_worked(request: HttpRequest, known: Knowledge, tried: Try) -> dict[str, Any]:
    slugs = tried.guide.document.notices
    notices = [known.notices[slug].document for slug in slugs if slug in known.notices]
    guide_url = root_of(request) + reverse("guides:reference", args=tried.references[:1])
    return {
        "afterwards": [notice.afterwards for notice in notices if notice.afterwards],
        "note": after_a_try.note(tried.part, _permanent(request, tried), guide_url),
        "verification": knowledge.guide_html(known, tried.guide).verification,
    }


def _when_a_new_error_came(request: HttpRequest, known: Knowledge, tried: Try) -> dict[str, Any]:
    kept = tried.place.without_text()
    return {"kept_fields": kept.fields(), "questions_url": kept.link()}


def _when_somebody_could_not(request: HttpRequest, known: Knowledge, tried: Try) -> dict[str, Any]:
    codes = [fact.value for fact in sorted(tried.place.evidence) if fact.kind in (Kind.CODE, Kind.HEX, Kind.STATUS)]
    rendered, root = knowledge.guide_html(known, tried.guide), root_of(request)
    return {
        "reasons": Outcome.Reason.choices,
        "who": words.people(tried.mitigation.document.steps),
        "message": after_a_try.message(known, tried.part, rendered, codes, _permanent(request, tried), root),
        "next_url": next_fix(known, tried),
    }


def _permanent(request: HttpRequest, tried: Try) -> str:
    return root_of(request) + reverse("guides:reference_part", args=tried.references)


_ADDED = {
    RESULTS.WORKED: _when_it_worked,
    RESULTS.NEW: _when_a_new_error_came,
    RESULTS.COULD_NOT: _when_somebody_could_not,
}


def out_of_date(request: HttpRequest, link: str, fields: QueryDict) -> HttpResponse:
    """The page for an answer that does not say what was read; `link` is where to go on."""
    context = {"link": link, "comment": comments.typed(fields)}
    return render(request, "cases/outcome_out_of_date.html", context, status=422)


def _stays(response: HttpResponse) -> HttpResponse:
    """An answer that has no address of its own: the one of the page it was sent from stays."""
    response["HX-Push-Url"] = "false"
    return response

"""The wizard's pages: home, what was pasted, and one page for every diagnosis."""

from itertools import islice

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guides import held, knowledge
from guides.caching import SHOW, public_page
from guides.knowledge import CodeEntry, Knowledge
from guides.place import FIXES, Place, place_of, told_before
from guides.words import MATCH
from troubleshooter.cases import pasting
from troubleshooter.diagnosis.model import Ask, Evidence, Open
from troubleshooter.public_writes import posted, same_origin, too_often
from troubleshooter.wizard import screens

READINGS_A_MINUTE = 600
CODES_ON_HOME = 6

EMPTY = "Paste the error text, or pick an answer below."
NOT_TEXT = "That is a picture or another file. Open the error, copy the text and paste it here."
TOO_OFTEN = "That was very often in one minute. Your text is still here. Wait a minute, then send it again."


@public_page
def home(request: HttpRequest, known: Knowledge) -> HttpResponse:
    return _home(request, known)


@csrf_exempt
def diagnose(request: HttpRequest) -> HttpResponse:
    return _accept(request) if request.method == "POST" else _diagnosis(request)


@same_origin
def _accept(request: HttpRequest) -> HttpResponse:
    """A pasted text, or answers without one, becomes the address of its diagnosis."""
    known = knowledge.current()
    sent = posted(request)
    before = told_before(sent.fields, known)
    if pasting.is_too_often(request):
        return _home(request, known, problem=TOO_OFTEN, text=sent.text, before=before, status=429)
    if sent.too_long:
        return _home(request, known, problem=pasting.TOO_LONG, text=sent.text, before=before, status=413)
    if sent.text.strip():
        place, diagnosis = pasting.paste(request, known, sent.text, before)
    elif before:
        place = Place(before)
        diagnosis = known.diagnose(place.evidence)
    else:
        problem = NOT_TEXT if sent.has_file else EMPTY
        return _home(request, known, problem=problem, text=sent.text, status=422)
    response = HttpResponseRedirect(place.next_link(diagnosis))
    response.status_code = 303
    return response


@public_page
def _diagnosis(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """What we read, one question, the ranked fixes or the ways on; straight to the guide when only that is left."""
    place, notes = place_of(request.GET, known)
    diagnosis = known.diagnose(place.evidence, notes)
    show = request.GET.get(SHOW, "")
    if isinstance(diagnosis.turn, Open) and show != FIXES and not screens.question_to_change(known, show):
        return HttpResponseRedirect(place.next_link(diagnosis))
    screen = screens.screen(known, diagnosis, place, held.find(request), show)
    return render(request, "wizard/diagnosis.html", {"screen": screen, "match_words": MATCH})


@require_POST
@same_origin
@never_cache
def read(request: HttpRequest) -> HttpResponse:
    """What a text says while it is typed: a card for the page it is typed on. Nothing is kept or counted."""
    if too_often(request, "read", READINGS_A_MINUTE):
        return HttpResponse(TOO_OFTEN, status=429, content_type="text/plain")
    sent = posted(request)
    if sent.too_long or not sent.text.strip():
        return render(request, "wizard/_card.html", {"too_long": sent.too_long})
    known = knowledge.current()
    place = Place(known.read(sent.text).evidence | told_before(sent.fields, known))
    card = screens.card(known, known.diagnose(place.evidence), place)
    return render(request, "wizard/_card.html", {"card": card})


def _home(
    request: HttpRequest,
    known: Knowledge,
    *,
    problem: str = "",
    text: str = "",
    before: Evidence = frozenset(),
    status: int = 200,
) -> HttpResponse:
    """The home page; with a problem it gives back what was sent."""
    turn = known.diagnose(frozenset()).turn
    context = {
        "problem": problem,
        "text": text,
        "fields": Place(before).fields(),
        "question": screens.asked(known, turn.question, Place(before)) if isinstance(turn, Ask) else None,
        "codes": _well_known_codes(known),
    }
    return render(request, "wizard/home.html", context, status=status)


def _well_known_codes(known: Knowledge) -> list[CodeEntry]:
    """The first codes that name one problem, in the order in which curators put the guides."""
    entries = {entry.token: entry for entry in known.codes if not entry.generic and entry.group != "http"}
    tokens = (code.token for guide in known.guides.values() for code in guide.document.codes)
    return list(islice((entries[token] for token in dict.fromkeys(tokens) if token in entries), CODES_ON_HOME))

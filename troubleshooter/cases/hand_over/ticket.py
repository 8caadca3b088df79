"""The hand-over: everything known of a case as one ready ticket, to copy, download or send to support.

The address holds the case. What somebody types stands in the form alone and comes back with every answer to it; only
the ticket that was sent is kept, redacted, in the session, so that it can still be copied.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.encoding import punycode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from guides import held, knowledge
from guides.caching import PRIVATE, public_page
from guides.held import HeldText
from guides.help_form import CATEGORY
from guides.knowledge import Knowledge
from guides.pages.forms import TypedText
from guides.place import Place, place_of
from troubleshooter.absolute import root_of
from troubleshooter.cases import pasting
from troubleshooter.cases.hand_over import sending
from troubleshooter.cases.hand_over.facts import Case, Typed, hidden_sentence
from troubleshooter.cases.hand_over.texts import as_text, texts
from troubleshooter.cases.models import HandOver
from troubleshooter.diagnosis.redact import redact
from troubleshooter.public_writes import posted, same_origin, too_often

MAX_DOING = 500
MAX_MORE = 2_000
"""Characters of what somebody adds."""

CHANGES_A_MINUTE = 600
SESSION_KEY = "sent"

GUIDE = "guide"
"""The key of this address that names the guide somebody read."""

OWN = (GUIDE, CATEGORY)
"""Keys of this address that are no evidence."""

ALL = "all"
"""The value of `remove` that takes every kept id out of the text."""

NOTHING = "Write one sentence, or paste the error text. Then we can make a ticket."
TOO_LONG = "This has more than {:,} characters. It is still here. Make it shorter."
NO_EMAIL = "This is not a complete e-mail address. Write it like name@example.com, or leave it empty."
TOO_OFTEN = "That was very often in one minute. Your text is still here. Wait a minute, then try again."


class TicketForm(forms.Form):
    """What somebody adds to a ticket. Nothing of it is required."""

    doing = TypedText(required=False, max_length=MAX_DOING, error_messages={"max_length": TOO_LONG.format(MAX_DOING)})
    more = TypedText(required=False, max_length=MAX_MORE, error_messages={"max_length": TOO_LONG.format(MAX_MORE)})
    reply = forms.EmailField(
        required=False, max_length=200, error_messages={"invalid": NO_EMAIL, "max_length": NO_EMAIL}
    )

    def clean_reply(self) -> str:
        """An address that the head of a letter can carry: some letters and signs have no way to be written there."""
        reply = str(self.cleaned_data["reply"])
        if not reply.isprintable():
            raise forms.ValidationError(NO_EMAIL)
        try:
            punycode(reply.rpartition("@")[2])
        except UnicodeError:
            raise forms.ValidationError(NO_EMAIL) from None
        return reply

    @property
    def typed(self) -> Typed:
        """What goes into the ticket: redacted, and no longer than allowed."""
        doing, more = (str(self.fields[name].to_python(self.data.get(name, ""))) for name in ("doing", "more"))
        return Typed(redact(doing[:MAX_DOING]).text, redact(more[:MAX_MORE]).text)

    def problems(self, *fields: str) -> list[tuple[str, str]]:
        """(field, what is wrong with it) for some of the fields."""
        return [(name, " ".join(map(str, self.errors[name]))) for name in fields if name in self.errors]


@csrf_exempt
def ticket(request: HttpRequest) -> HttpResponse:
    return _accept(request) if request.method == "POST" else _ready(request)


@public_page
def _ready(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """The ticket of the case that the address names. Nothing is counted or kept."""
    place, notes = place_of(request.GET, known, OWN)
    return _page(request, _case(request, known, place, held.find(request)), notes=notes)


@same_origin
def _accept(request: HttpRequest) -> HttpResponse:
    """Something was added to a ticket, removed from it, or it was taken or sent. What was typed always comes back."""
    known, given = knowledge.current(), posted(request)
    place, notes = place_of(request.GET, known, OWN)
    form, text = TicketForm(given.fields), held.find(request)
    wanted = given.fields.get("do", "")
    is_paste = bool(given.text.strip())
    if too_often(request, "ticket", CHANGES_A_MINUTE) or (is_paste and pasting.is_too_often(request)):
        case = _case(request, known, place, text, form)
        return _page(request, case, form, problems=[("more", TOO_OFTEN)], pasted=given.text, status=429)
    problems = form.problems("doing", "more", *(["reply"] if wanted == "send" else []))
    if given.too_long:
        problems.append(("text", pasting.TOO_LONG))
    if problems:
        case = _case(request, known, place, text, form)
        return _page(request, case, form, problems=problems, pasted=given.text, status=413 if given.too_long else 422)
    if is_paste:
        place, _ = pasting.paste(request, known, given.text, place.without_text().evidence)
        text = held.of_token(request, place.held)
    if text and "remove" in given.fields:
        text = held.hide(request, place.held, _ids(str(given.fields["remove"]), _case(request, known, place, text)))
    response = _answer(request, _case(request, known, place, text, form), form, wanted, notes)
    if "remove" in given.fields:
        response["Clear-Site-Data"] = '"cache"'  # or Back would show the pages with the id again
    return response


def _answer(request: HttpRequest, case: Case, form: TicketForm, wanted: str, notes: tuple[str, ...]) -> HttpResponse:
    if wanted == "copied":
        sending.record(request, case, HandOver.Way.COPIED)
        return HttpResponse(status=204)
    if case.is_empty:
        return _page(request, case, form, problems=[("doing", NOTHING)], status=422)
    if wanted == "download":
        return _file(request, case)
    if wanted == "send" and settings.SUPPORT_EMAIL:
        return _send(request, case, form)
    if any((form.typed.doing, form.typed.more, form.data.get("reply"))):
        return _page(request, case, form, notes=notes)
    return _see_other(f"{case.link}{'#kept' if 'remove' in form.data else ''}")


def _ids(wanted: str, case: Case) -> list[str]:
    return [kept.value for kept in case.kept()] if wanted == ALL else [wanted]


def _file(request: HttpRequest, case: Case) -> HttpResponse:
    sending.record(request, case, HandOver.Way.DOWNLOADED)
    response = HttpResponse(as_text(case.ticket()), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ticket.txt"'
    response["Cache-Control"] = "private, no-store"
    return response


def _send(request: HttpRequest, case: Case, form: TicketForm) -> HttpResponse:
    try:
        number, again = sending.send(request, case, form.cleaned_data["reply"])
    except sending.NotSent as problem:
        return _page(request, case, form, problems=[("ready", problem.why)], status=problem.status, failed=True)
    address = case.sent_link
    request.session[SESSION_KEY] = {"number": number, "again": again, "address": address, "typed": vars(case.typed)}
    return _see_other(address)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The number of the ticket that this visitor sent last, and the ticket once more, to copy or print."""
    known = knowledge.current()
    place, _ = place_of(request.GET, known, OWN)
    kept = request.session.get(SESSION_KEY)
    typed = Typed(**kept["typed"]) if kept else None
    case = _case(request, known, place, held.find(request), typed=typed)
    if kept is None or kept["address"] != case.sent_link:
        return HttpResponseRedirect(case.link)
    response = render(request, "cases/ticket_sent.html", {**_ready_to_take(case), **kept, "case": case})
    response["Cache-Control"] = PRIVATE
    return response


def _case(
    request: HttpRequest,
    known: Knowledge,
    place: Place,
    text: HeldText | None,
    form: TicketForm | None = None,
    typed: Typed | None = None,
) -> Case:
    typed = typed or (form.typed if form else Typed())
    guide = known.guide(request.GET.get(GUIDE, ""))
    site = root_of(request)
    chosen = known.help_form.chosen("", request.GET.get(CATEGORY, ""))
    return Case(known, place, text, typed, site, guide.document if guide else None, chosen.category)


def _page(
    request: HttpRequest, case: Case, form: TicketForm | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    text, kept = case.held, case.kept()
    context = {
        **_ready_to_take(case),
        "case": case,
        "action": case.link,
        "told": case.summary(),
        "held": text,
        "is_lost": bool(case.place.held) and text is None,
        "hidden": hidden_sentence(text.text, kept) if text else "",
        "kept": kept,
        "sends": bool(settings.SUPPORT_EMAIL),
        "fields": {name: form.data.get(name, "") for name in form.fields} if form else {},
        **more,
    }
    response = render(request, "cases/ticket.html", context, status=status)
    if request.method == "POST":
        response["Cache-Control"] = PRIVATE
    return response


def _ready_to_take(case: Case) -> dict[str, Any]:
    ticket = case.ticket()
    return {"ticket": ticket, "texts": texts(ticket)}


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response

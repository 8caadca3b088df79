"""Review: a draft waits for somebody who may publish it, is taken back, or is sent back with a note."""

from __future__ import annotations

from operator import attrgetter

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides import drafts
from guides.models import Publishable
from guides.rows import MODELS

from . import trail
from .publish import MAY_PUBLISH, back_to
from .staff_site import site


class NoteForm(forms.Form):
    note = forms.CharField(max_length=300, required=False, strip=True)


def review(request: HttpRequest, thing: Publishable) -> HttpResponse:
    """One step of the review of a draft, named by the button that was pressed: ask, take_back or send_back."""
    step = next((name for name in _STEPS if name in request.POST), None)
    form = NoteForm(request.POST)
    if step is None:
        messages.error(request, _("Nothing happened: choose one of the buttons."))
    elif not form.is_valid():
        messages.error(request, _("Nothing happened: the note may have 300 characters. Make it shorter."))
    else:
        with transaction.atomic():
            drafts.hold([thing])
            thing.refresh_from_db(fields=["differs", "review_asked"])  # somebody may have published it just now
            _STEPS[step](request, thing, form.cleaned_data["note"])
    if step == "send_back" and thing.review_asked:  # nothing happened, and the note is asked for there
        return HttpResponseRedirect(reverse(f"admin:guides_{thing.KIND}_publish", args=[thing.pk]))
    return HttpResponseRedirect(back_to([thing]))


@site.page("review/", "review")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for somebody who may publish it, the oldest first."""
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    things = [
        thing for model in MODELS.values() for thing in model.objects.in_review().select_related("review_asked_by")
    ]
    things.sort(key=attrgetter("review_asked"))
    waiting = [
        {"thing": thing, "page": reverse(f"admin:guides_{thing.KIND}_publish", args=[thing.pk])} for thing in things
    ]
    context = {**site.each_context(request), "title": _("Waiting for review"), "waiting": waiting}
    return render(request, "admin/review.html", context)


def waiting(request: HttpRequest) -> int:
    """How many drafts wait for review; 0 for people who may not publish them."""
    if not request.user.has_perm(MAY_PUBLISH):
        return 0
    return sum(model.objects.in_review().count() for model in MODELS.values())


def _ask(request: HttpRequest, thing: Publishable, note: str) -> None:
    if not thing.differs:
        messages.info(request, _("Readers see all of this already. There is nothing to review."))
        return
    thing.ask_for_review(request.user, note)
    trail.record(request, thing, _with_note(_("Sent it for review"), note))
    messages.success(request, _("%(thing)s waits for review now.") % {"thing": thing})


def _take_back(request: HttpRequest, thing: Publishable, note: str) -> None:
    if not thing.review_asked:
        messages.info(request, _("This does not wait for review."))
        return
    thing.end_review()
    trail.record(request, thing, _("Took it back from review."))
    messages.success(request, _("%(thing)s does not wait for review any more.") % {"thing": thing})


def _send_back(request: HttpRequest, thing: Publishable, note: str) -> None:
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    if not thing.review_asked:
        messages.info(request, _("This does not wait for review."))
    elif not note:
        messages.error(request, _("Nothing happened: say in the note what is to be done before it can go live."))
    else:
        thing.end_review(note)
        trail.record(request, thing, _with_note(_("Sent it back"), note))
        messages.success(request, _("%(thing)s is sent back. Its writer sees the note.") % {"thing": thing})


def _with_note(what: str, note: str) -> str:
    return f"{what}: {note}" if note else f"{what}."


_STEPS = {"ask": _ask, "take_back": _take_back, "send_back": _send_back}

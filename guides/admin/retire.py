"""Retiring a guide: what becomes of its addresses, who still needs it, and bringing it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import drafts, knowledge, publishing
from guides.models import ContentVersion, Guide
from guides.rehearsal import drafts_of

from . import trail
from .publish import fingerprint, linked
from .staff_site import site


class RetireForm(forms.Form):
    successor = forms.ModelChoiceField(
        Guide.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        error_messages={"invalid_choice": gettext_lazy("Choose a guide that readers see, and not this one.")},
    )
    why = forms.CharField(max_length=300, required=False, strip=True)

    def __init__(self, guide: Guide, *args: Any) -> None:
        super().__init__(*args)
        successors: Any = self.fields["successor"]
        references = [reference for reference in knowledge.current().library.guides if reference != guide.reference]
        successors.queryset = Guide.objects.filter(reference__in=references)


def retire_page(request: HttpRequest, guide: Guide) -> HttpResponse:
    """GET shows what retiring the guide means. POST retires it, or brings it back as a draft."""
    if request.method == "POST" and "_bring_back" in request.POST:
        return _bring_back(request, guide)
    if request.method != "POST":
        return _page(request, guide, RetireForm(guide))
    with transaction.atomic():
        ContentVersion.hold()
        drafts.hold([guide])
        form = RetireForm(guide, request.POST)
        problems = _needed_by(guide)
        if not form.is_valid() or problems or guide.retired or not guide.live:
            return _page(request, guide, form, status=409 if form.is_valid() else 400)
        if request.POST.get("seen") != _seen(guide):
            return _page(request, guide, form, is_stale=True, status=409)
        try:
            with transaction.atomic():
                revisions = _retire(request, guide, **form.cleaned_data)
        except publishing.PublishError as refusal:
            guide.retired, guide.successor = False, None
            return _page(request, guide, form, refused=refusal.problems, status=409)
        trail.record(request, guide, _retired_in_words(guide, form.cleaned_data["why"]))
    told = _("%(guide)s is retired. Readers of old links are told so, with its last text (revision %(number)s).")
    messages.success(request, told % {"guide": guide, "number": revisions[-1].number})
    return HttpResponseRedirect(_change_page(guide))


def _retire(request: HttpRequest, guide: Guide, successor: Guide | None, why: str) -> list[Any]:
    guide.retired, guide.successor = True, successor
    guide.save(update_fields=["retired", "successor"])
    drafts.saved([guide], request.user)  # type: ignore[arg-type]
    stored = Guide.objects.get(pk=guide.pk)
    return publishing.publish([stored], author=request.user, why=why)  # type: ignore[arg-type]


def _bring_back(request: HttpRequest, guide: Guide) -> HttpResponse:
    if not guide.retired:
        messages.info(request, _("This guide is not retired."))
        return HttpResponseRedirect(_change_page(guide))
    with transaction.atomic():
        guide.retired, guide.successor = False, None
        guide.save(update_fields=["retired", "successor"])
        drafts.saved([guide], request.user)  # type: ignore[arg-type]
        trail.record(request, guide, _("Brought it back as a draft."))
    messages.success(request, _("It is a draft again. Readers see it once you publish it."))
    return HttpResponseRedirect(reverse("admin:guides_guide_publish", args=[guide.pk]))


def _page(
    request: HttpRequest,
    guide: Guide,
    form: RetireForm,
    *,
    is_stale: bool = False,
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    (draft,) = drafts_of([guide])
    needed_by = _needed_by(guide)
    title = _("Bring back %(guide)s") if guide.retired else _("Retire %(guide)s")
    context = {
        **site.each_context(request),
        "opts": Guide._meta,
        "title": title % {"guide": guide},
        "guide": guide,
        "thing": guide,
        "live": guide.live,
        "back": _change_page(guide),
        "form": form,
        "draft": draft,
        "seen": _seen(guide),
        "needed_by": linked(needed_by),
        "refused": linked(refused),
        "is_stale": is_stale,
        "may_go": bool(guide.live and not guide.retired and not needed_by),
    }
    return render(request, "admin/retire.html", context, status=status)


def _needed_by(guide: Guide) -> list[str]:
    """Why the guide cannot go: what readers see that leads to it."""
    live, reference = knowledge.current().library, guide.reference
    reasons = []
    for other in live.all_guides.values():
        if reference in other.targets and other.retired is None:
            reasons.append(
                _("%(other)s: it is a fork that leads here. Take %(reference)s from its targets and publish it first.")
                % {"other": other.reference, "reference": reference}
            )
        if other.retired and other.retired.successor == reference:
            reasons.append(
                _("%(other)s: it is retired and sends its readers here. Give it another successor first.")
                % {"other": other.reference}
            )
    return reasons


def _seen(guide: Guide) -> str:
    return fingerprint(drafts_of([guide]))


def _retired_in_words(guide: Guide, why: str) -> str:
    if guide.successor:
        what = _("Retired it, with %(successor)s as its successor") % {"successor": guide.successor.reference}
    else:
        what = _("Retired it, without a successor")
    return f"{what}: {why}" if why else f"{what}."


def _change_page(guide: Guide) -> str:
    return reverse("admin:guides_guide_change", args=[guide.pk])

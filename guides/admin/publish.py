"""The page on which drafts go live: what readers will see change, what stands in the way, and why it is done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides import drafts, knowledge, parsing, publishing
from guides.document import SHAPES
from guides.field_names import in_words
from guides.models import ContentVersion, Guide, Mitigation, Publishable, Revision
from guides.rehearsal import Draft, Rehearsal, drafts_of, rehearse, shown_in
from guides.rows import MODELS

from . import trail
from .staff_site import site
from .typed import control

MAY_PUBLISH = "guides.publish_content"


class WhyForm(forms.Form):
    why = forms.CharField(max_length=300, required=False, strip=True)


@dataclass(frozen=True)
class Choice:
    """A live part whose draft changed: it goes along if it is ticked. `others` are the other guides that show it."""

    draft: Draft
    others: Sequence[Any]
    is_ticked: bool

    @property
    def value(self) -> str:
        return f"{self.draft.thing.KIND}.{self.draft.thing.pk}"


@dataclass(frozen=True)
class Selection:
    """Everything that one page is about. `seen` changes with anything in it, ticked or not, and with what is live."""

    things: Sequence[Publishable]
    needed: Sequence[Publishable]
    choices: Sequence[Choice]
    seen: str

    @property
    def going(self) -> list[Publishable]:
        ticked = [choice.draft.thing for choice in self.choices if choice.is_ticked]
        return [*self.needed, *ticked, *self.things]

    @property
    def everything(self) -> list[Publishable]:
        return [*self.needed, *(choice.draft.thing for choice in self.choices), *self.things]


def select(things: Sequence[Publishable], ticked: Iterable[str] | None = None) -> Selection:
    """The things with their parts: those not live go along always, those that changed if they are ticked.

    Where nobody ticked yet, a part goes along if no other live guide shows it.
    """
    guides = [thing for thing in things if isinstance(thing, Guide)]
    needed = publishing.parts_not_live(guides)
    changed = [draft for draft in drafts_of(publishing.parts_live(guides)) if draft.is_changed]
    live, own = knowledge.current().library, {guide.reference for guide in guides}
    choices = []
    for draft in changed:
        others = [guide for guide in shown_in(live, [draft.after]) if guide.reference not in own]
        value = f"{draft.thing.KIND}.{draft.thing.pk}"
        choices.append(Choice(draft, others, not others if ticked is None else value in ticked))
    return Selection(things, needed, choices, fingerprint([*drafts_of([*needed, *things]), *changed]))


def publish_page(request: HttpRequest, things: Sequence[Publishable]) -> HttpResponse:
    """GET shows what would happen. POST publishes exactly that, or shows what it would be now and why it did not."""
    if not things:
        messages.info(request, _("There is nothing to publish."))
        return HttpResponseRedirect(reverse("admin:index"))
    if request.method != "POST":
        return _page(request, select(things), WhyForm())
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    form = WhyForm(request.POST)
    with transaction.atomic():
        ContentVersion.hold()
        ticked = request.POST.getlist("with")
        selection = select(things, ticked)
        if "_check" in request.POST or not form.is_valid():
            return _page(request, selection, form, status=200 if form.is_valid() else 400)
        drafts.hold(selection.everything)
        selection = select(things, ticked)  # what is compared with what was seen is what goes live
        if request.POST.get("seen") != selection.seen:
            return _page(request, selection, form, is_stale=True, status=409)
        why = form.cleaned_data["why"]
        try:
            revisions = publishing.publish(selection.going, author=request.user, why=why)  # type: ignore[arg-type]
        except publishing.PublishError as refusal:
            return _page(request, selection, form, refused=refusal.problems, status=409)
        _record(request, revisions, why)
    _tell_what_is_live(request, revisions)
    return HttpResponseRedirect(back_to(things))


def withdraw(request: HttpRequest, things: Sequence[Publishable]) -> None:
    """Take live things away from readers, all or none, and tell the person about it."""
    if not things:
        messages.info(request, _("Readers see none of this."))
        return
    try:
        with transaction.atomic():
            publishing.withdraw(things)
            for thing in things:
                trail.record(request, thing, _("Withdrew it from readers."))
    except publishing.PublishError as refusal:
        lines = [line["text"] for line in linked(refusal.problems)]
        _tell(request, messages.ERROR, _("Nothing was withdrawn. Mend this first:"), lines)
        return
    _tell(request, messages.SUCCESS, _("Readers no longer see this:"), [str(thing) for thing in things])


def tell_what_is_missing(request: HttpRequest, thing: Publishable) -> None:
    """Say after saving that readers do not see the draft, and what would keep it from going live."""
    found = rehearse(select([thing]).everything)
    if found.problems:
        lines = [line["text"] for line in linked(found.problems, found)]
        _tell(request, messages.WARNING, _("Saved as a draft. Before it can go live, mend this:"), lines)
    elif not found.changes_nothing:
        messages.warning(request, _("Saved as a draft. Readers do not see the change until it is published."))


def address(model: type[Publishable], keys: Iterable[int]) -> str:
    """The page on which several things are published together."""
    query = "&".join(f"pk={key}" for key in keys)
    return f"{reverse(f'admin:guides_{model.KIND}_publish_several')}?{query}"


def back_to(things: Sequence[Publishable]) -> str:
    if len(things) == 1:
        return reverse(f"admin:guides_{things[0].KIND}_change", args=[things[0].pk])
    return reverse(f"admin:guides_{things[0].KIND}_changelist")


def page_of(thing: Publishable) -> str | None:
    """The public page on which readers see the thing now, or None."""
    guide = thing if isinstance(thing, Guide) else None
    if isinstance(thing, Mitigation) and thing.live:
        guides = [use.guide for use in thing.uses.all()]
        guide = next((guide for guide in guides if guide.live and not guide.retired), None)
    if guide is None or guide.live is None:
        return None
    address = reverse("guides:guide", args=[guide.live.document["slug"]])
    return address if guide is thing else f"{address}#{thing.key}"


def _page(
    request: HttpRequest,
    selection: Selection,
    form: WhyForm,
    *,
    is_stale: bool = False,
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    found = rehearse(selection.going)
    things = selection.things
    name = str(things[0]) if len(things) == 1 else _("%(count)d things") % {"count": len(things)}
    may_publish = request.user.has_perm(MAY_PUBLISH)
    title = _("Publish %(name)s") if may_publish else _("Send %(name)s for review")
    problems = list(dict.fromkeys([*refused, *found.problems]))
    ticked = {choice.value for choice in selection.choices}
    context = {
        **site.each_context(request),
        "opts": things[0]._meta,
        "title": title % {"name": name},
        "thing": things[0] if len(things) == 1 else None,
        "back": back_to(things),
        "selection": selection,
        "found": found,
        "drafts": [draft for draft in found.drafts if f"{draft.thing.KIND}.{draft.thing.pk}" not in ticked],
        "needed": [part.pk for part in selection.needed],
        "problems": linked(problems, found),
        "advice": linked(found.advice, found),
        "form": form,
        "is_stale": is_stale,
        "may_publish": may_publish,
        "may_go": may_publish and not problems and bool(selection.choices or not found.changes_nothing),
        "review_page": reverse(f"admin:guides_{things[0].KIND}_review", args=[things[0].pk]),
    }
    return render(request, "admin/publish.html", context, status=status)


def linked(sentences: Iterable[str], found: Rehearsal | None = None) -> list[dict[str, str]]:
    """Sentences that begin with the key of a thing, in the words of its page, each with where that is mended."""
    going = {draft.thing.key: draft for draft in (found.drafts if found else ())}
    pairs = [sentence.partition(": ")[::2] for sentence in sentences]
    keys = {key for key, _rest in pairs}
    things: dict[str, Publishable] = {key: draft.thing for key, draft in going.items()}
    if missing := keys - set(things):
        for model in MODELS.values():
            things |= {row.key: row for row in model._default_manager.filter(**{f"{model.KEY}__in": missing})}
    lines = []
    for key, rest in pairs:
        if key not in things:
            lines.append({"text": f"{key}: {rest}" if rest else key, "url": ""})
            continue
        url = reverse(f"admin:guides_{things[key].KIND}_change", args=[things[key].pk])
        field = rest.partition(":")[0].partition(".")[0]
        place = control(going[key].after, field) if key in going else ""
        words = in_words(SHAPES[things[key].KIND], rest)
        lines.append({"text": f"{key}: {words}", "url": f"{url}#{place}" if place else url})
    return lines


def fingerprint(found: Iterable[Draft]) -> str:
    """Short, and another one as soon as any of these drafts, or anything that is live, says something else."""
    number, stamp, _changed = ContentVersion.now()
    documents = [[draft.thing.KIND, draft.thing.pk, parsing.plain(draft.after), draft.problems] for draft in found]
    text = json.dumps([number, stamp, documents], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _record(request: HttpRequest, revisions: Iterable[Revision], why: str) -> None:
    for revision in revisions:
        thing = MODELS[revision.kind]._default_manager.get(live=revision)
        words = {"number": revision.number, "why": why}
        what = _("Published revision %(number)s: %(why)s") if why else _("Published revision %(number)s.")
        trail.record(request, thing, what % words)


def _tell_what_is_live(request: HttpRequest, revisions: Sequence[Revision]) -> None:
    if revisions:
        _tell(request, messages.SUCCESS, _("Readers see this now:"), [_in_words(revision) for revision in revisions])
    else:
        messages.info(request, _("Readers see all of this already. Nothing has changed since it was last published."))


def _in_words(revision: Revision) -> SafeString:
    thing = MODELS[revision.kind]._default_manager.get(live=revision)
    words = format_html(_("{} (revision {})"), thing, revision.number)
    page = page_of(thing)
    return format_html('{}: <a href="{}">{}</a>', words, page, _("view on site")) if page else words


def _tell(request: HttpRequest, level: int, heading: str, lines: Iterable[object]) -> None:
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    messages.add_message(request, level, format_html("{}<ul>{}</ul>", heading, items))

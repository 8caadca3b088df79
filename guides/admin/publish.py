"""Publishing and withdrawing from the staff pages: what was done, or every reason why not, in messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides import publishing
from guides.models import Guide, Mitigation, Publishable, Revision
from guides.rows import MODELS


def publish(request: HttpRequest, things: Sequence[Publishable]) -> None:
    """Publish the drafts, all or none, and tell the person what readers see now or what stands in the way."""
    try:
        revisions = publishing.publish(things, author=request.user)  # type: ignore[arg-type]
    except publishing.PublishError as refusal:
        _tell(request, messages.ERROR, _("Nothing went live. Mend this first:"), refusal.problems)
        return
    if revisions:
        _tell(request, messages.SUCCESS, _("Readers see this now:"), [_in_words(revision) for revision in revisions])
    else:
        messages.info(request, _("Readers see all of this already. Nothing has changed since it was last published."))


def withdraw(request: HttpRequest, things: Sequence[Publishable]) -> None:
    """Take live things away from readers, all or none, and tell the person about it."""
    if not things:
        messages.info(request, _("Readers see none of this."))
        return
    try:
        publishing.withdraw(things)
    except publishing.PublishError as refusal:
        _tell(request, messages.ERROR, _("Nothing was withdrawn. Mend this first:"), refusal.problems)
        return
    _tell(request, messages.SUCCESS, _("Readers no longer see this:"), [str(thing) for thing in things])


def tell_what_is_missing(request: HttpRequest, things: Sequence[Publishable]) -> None:
    """Say after saving that readers do not see the draft, and what would keep it from going live."""
    problems: list[str] = []
    try:
        with transaction.atomic():
            changed = publishing.publish(things)
            transaction.set_rollback(True)
    except publishing.PublishError as refusal:
        problems = refusal.problems
    if problems:
        _tell(request, messages.WARNING, _("Saved as a draft. Before it can go live, mend this:"), problems)
    elif changed:
        messages.warning(request, _("Saved as a draft. Readers do not see the change until you publish it."))


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


def _in_words(revision: Revision) -> SafeString:
    thing = MODELS[revision.kind]._default_manager.get(live=revision)
    words = format_html(_("{} (revision {})"), thing, revision.number)
    page = page_of(thing)
    return format_html('{}: <a href="{}">{}</a>', words, page, _("view on site")) if page else words


def _tell(request: HttpRequest, level: int, heading: str, lines: Iterable[object]) -> None:
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    messages.add_message(request, level, format_html("{}<ul>{}</ul>", heading, items))

"""The start page of staff: what to do next for this person, and below it everything they may change."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from guides import knowledge
from guides.admin import site
from guides.models import Publishable
from guides.rows import MODELS
from troubleshooter.cases.models import Flag, UnrecognisedError
from troubleshooter.insights.figures.counting import solved_without_ticket
from troubleshooter.insights.figures.period import DAYS, Period
from troubleshooter.insights.reports.contradictions import Doubt, doubts
from troubleshooter.insights.reports.counted import known_now, name_of
from troubleshooter.insights.reports.knowledge import due
from troubleshooter.insights.reports.shape import day, guide_page

SHOWN = 5
"""Tasks of one kind; the rest stands behind a link."""

WEEK = datetime.timedelta(days=7)
LOOKED_AT = 30
"""The most frequent errors of a week, which are read again to see whether a guide knows them now."""


@dataclass(frozen=True)
class Task:
    """One thing to do: a link, and a few words about it."""

    text: str
    url: str
    about: str = ""
    is_code: bool = False


@dataclass(frozen=True)
class Section:
    """Tasks of one kind. `empty` is said where there are none; `more` is (text, address) of all of them."""

    title: str
    tasks: Sequence[Task]
    empty: str
    more: tuple[str, str] | None = None


@require_safe
@site.admin_view
def start(request: HttpRequest) -> HttpResponse:
    request.current_app = site.name
    newest = Period.of_days(DAYS)
    context = {
        **site.each_context(request),
        "title": _("What to do next"),
        "subtitle": None,
        "solved": solved_without_ticket(newest) if request.user.has_perm("guides.see_reports") else None,
        "solved_in": newest.in_days,
        "sections": list(_sections(request.user)),
        "app_list": site.get_app_list(request),
        "app_list_title": site.index_title,
    }
    return render(request, "insights/start.html", context)


def _sections(user: Any) -> Iterator[Section]:
    """What this person may do something about."""
    may_publish, may_edit = user.has_perm("guides.publish_content"), user.has_perm("guides.change_guide")
    if may_edit:
        waiting, sent_back = _reviews(user)
        if sent_back:
            yield Section(_("Sent back to you"), sent_back, "")
        if may_publish:
            more = (_("All that waits for review"), reverse("admin:review")) if len(waiting) > SHOWN else None
            yield Section(_("Waiting for review"), waiting[:SHOWN], _("Nothing waits for review."), more)
    if user.has_perm("cases.change_flag"):
        yield _flags(user)
    if user.has_perm("guides.see_reports"):
        yield _errors()
        if found := doubts(knowledge.current()):
            yield _contradicted(found)
        yield _due(user)


def _reviews(user: Any) -> tuple[list[Task], list[Task]]:
    """(drafts that wait for somebody to publish them, oldest first; drafts of this person that were sent back)"""
    waiting: list[tuple[datetime.datetime, Task]] = []
    sent_back = []
    is_sent_back = Q(review_asked=None, review_asked_by=user, differs=True) & ~Q(review_note="")
    for model in MODELS.values():
        rows = model._default_manager.filter(Q(review_asked__isnull=False) | is_sent_back)
        for thing in rows.select_related("review_asked_by"):
            if thing.review_asked:
                waiting.append((thing.review_asked, _waiting(thing)))
            else:
                sent_back.append(Task(str(thing), _page_of(thing), thing.review_note))
    return [task for _asked, task in sorted(waiting, key=lambda pair: pair[0])], sent_back


def _waiting(thing: Any) -> Task:
    words = {"who": thing.review_asked_by or _("Somebody"), "day": day(thing.review_asked)}
    about = _("%(who)s asked on %(day)s.") % words
    return Task(str(thing), _page_of(thing, "publish"), f"{about} {thing.review_note}".strip())


def _page_of(thing: Publishable, page: str = "change") -> str:
    return reverse(f"admin:guides_{thing._meta.model_name}_{page}", args=[thing.pk])


def _flags(user: Any) -> Section:
    """Open reports of readers, this person's own first."""
    flags = list(Flag.objects.open().select_related("owner"))
    flags.sort(key=lambda flag: flag.owner_id != user.pk)
    tasks = []
    for flag in flags[:SHOWN]:
        owner = _("yours") if flag.owner_id == user.pk else flag.owner or _("nobody’s yet")
        about = f"{Truncator(flag.text).chars(80)} ({day(flag.created)}, {owner})"
        url = reverse("admin:cases_flag_change", args=[flag.pk])
        tasks.append(Task(f"{flag.guide}, {flag.part}" if flag.part else flag.guide, url, about))
    all_of_them = ngettext("%(number)s open report", "All %(number)s open reports", len(flags))
    queue = f"{reverse('admin:cases_flag_changelist')}?state=open"
    return Section(
        _("Reports of readers"),
        tasks,
        _("No report of a reader is open."),
        (all_of_them % {"number": len(flags)}, queue) if flags else None,
    )


def _errors() -> Section:
    """Errors of this week that no guide knows, the most frequent first."""
    report = reverse("insights:report", args=["errors"])
    recent = UnrecognisedError.objects.open().filter(last_seen__gte=timezone.now() - WEEK)
    known = knowledge.current()
    unknown = (error for error in recent[:LOOKED_AT] if known_now(known, error) is None)
    tasks = []
    for error in islice(unknown, SHOWN):
        seen = ngettext("Seen once.", "Seen %(count)s times.", error.count) % {"count": error.count}
        text = name_of(error) or _("An error whose words are not shown yet")
        tasks.append(Task(text, report, seen, is_code=bool(error.token)))
    empty = _("Every error seen this week has a guide.")
    return Section(_("Errors without a guide"), tasks, empty, (_("All errors without a guide"), report))


def _contradicted(found: Sequence[Doubt]) -> Section:
    """Statements of curators that outcomes do not bear out."""
    words = _("Stated: %(stated)s. Seen: %(seen)s.")
    tasks = [
        Task(str(doubt.guide), doubt.url, f"{doubt.about}. {words % {'stated': doubt.stated, 'seen': doubt.seen}}")
        for doubt in found[:SHOWN]
    ]
    more = (_("All statements that outcomes contradict"), reverse("insights:report", args=["contradictions"]))
    return Section(_("Outcomes contradict what is stated"), tasks, "", more)


def _due(user: Any) -> Section:
    guides = sorted(due(timezone.localdate()), key=lambda guide: guide.owner_id != user.pk)
    tasks = []
    for guide in guides[:SHOWN]:
        review = _("Review by %(day)s.") % {"day": day(guide.review_by)} if guide.review_by else ""
        tasks.append(Task(str(guide), guide_page(guide), review or _("A source was checked long ago.")))
    more = (_("All guides to look at again"), reverse("insights:report", args=["due"]))
    return Section(_("Guides to look at again"), tasks, _("No guide is due for review."), more if guides else None)

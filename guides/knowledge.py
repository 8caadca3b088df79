"""What readers may know: everything live, compiled once per content version and process, and the diagnosis over it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, Generic, TypeVar

from django.utils.safestring import SafeString

from troubleshooter.diagnosis import decide
from troubleshooter.diagnosis import model as core

from . import document as shapes
from . import help_form, parsing
from .document import GuideDocument, MitigationDocument, NoticeDocument, QuestionDocument, by_number
from .help_form import HelpForm
from .library import Library
from .markdown import trusted
from .models import ContentVersion, Guide, Revision
from .rows import MODELS

D = TypeVar("D", bound=shapes.Document)

_GROUPS = ("app-and-flow", "connections", "install", "http", "expressions")


@dataclass(frozen=True)
class Live(Generic[D]):
    """A published document, with the primary key and the date of its revision."""

    document: D
    revision: int
    published: datetime.datetime
    html: Mapping[str, str] | None = field(default=None, kw_only=True)
    """The rendered parts by place, where no revision holds them: of a draft that is shown as if it were live."""


LiveGuide = Live[GuideDocument]


@dataclass(frozen=True)
class LiveQuestion(Live[QuestionDocument]):
    help: SafeString = field(default_factory=lambda: trusted(""))


@dataclass(frozen=True)
class CodeEntry:
    """One error code as readers look it up, with the guides that name it."""

    token: str
    meaning: str
    group: str
    aliases: tuple[str, ...]
    generic: bool
    guides: tuple[LiveGuide, ...]


@dataclass(frozen=True)
class GuideHtml:
    """The rendered parts of one guide page, all sanitised before they were stored.

    `causes` by cause key, `notices` by slug, `mitigations` by reference: "intro" and step numbers to HTML.
    """

    before: SafeString
    verification: SafeString
    further: SafeString
    causes: Mapping[str, SafeString]
    notices: Mapping[str, SafeString]
    mitigations: Mapping[str, Mapping[str | int, SafeString]]


@dataclass(frozen=True)
class Knowledge:
    """Everything live at one content version. Read-only and shared by all requests of the process."""

    version: int
    stamp: str
    changed: datetime.datetime | None
    """When readers got it; None before anything was published."""
    library: Library
    guides: Mapping[str, LiveGuide]
    retired: Mapping[str, LiveGuide]
    mitigations: Mapping[str, Live[MitigationDocument]]
    notices: Mapping[str, Live[NoticeDocument]]
    questions: Mapping[str, LiveQuestion]
    help_form: HelpForm = field(default_factory=HelpForm)

    @property
    def model(self) -> core.Model:
        return self.library.model

    def read(self, text: str) -> core.Reading:
        """What a pasted text says, with everything personal removed first."""
        return self.library.recogniser.read(text)

    def diagnose(self, evidence: core.Evidence, notes: tuple[str, ...] = ()) -> core.Diagnosis:
        """The one function behind the page, the API and everything else."""
        return decide.diagnose(self.model, evidence, notes)

    def changed_at(self, guide: LiveGuide) -> datetime.datetime:
        """When something that readers see of a guide was published last: itself, a mitigation, a notice."""
        document = guide.document
        parts: list[Live[Any]] = [guide]
        parts += [self.mitigations[used.fix] for used in document.mitigations if used.fix in self.mitigations]
        parts += [self.notices[slug] for slug in document.notices if slug in self.notices]
        return max(part.published for part in parts)

    @cached_property
    def _by_slug(self) -> dict[str, LiveGuide]:
        return {guide.document.slug: guide for guide in (*self.guides.values(), *self.retired.values())}

    def guide(self, reference: str) -> LiveGuide | None:
        """The live or retired guide with a reference, however that is typed."""
        wanted = reference.strip().upper()
        return self.guides.get(wanted) or self.retired.get(wanted)

    def guide_by_slug(self, slug: str) -> LiveGuide | None:
        """The live or retired guide at an address."""
        return self._by_slug.get(slug)

    @cached_property
    def _former(self) -> dict[str, str]:
        return {slug: guide.document.slug for guide in self._by_slug.values() for slug in guide.document.former_slugs}

    def slug_now(self, former_slug: str) -> str | None:
        """Where a renamed guide is now."""
        return self._former.get(former_slug)

    @cached_property
    def codes(self) -> tuple[CodeEntry, ...]:
        """Every code of a live guide, sorted by group and token."""
        users: dict[str, list[LiveGuide]] = {}
        codes: dict[str, shapes.Code] = {}
        for guide in self.guides.values():
            for code in guide.document.codes:
                codes.setdefault(code.token, code)
                users.setdefault(code.token, []).append(guide)
        entries = [
            CodeEntry(code.token, code.meaning, code.group, tuple(code.aliases), code.generic, tuple(users[token]))
            for token, code in codes.items()
        ]
        return tuple(sorted(entries, key=lambda entry: (_GROUPS.index(entry.group), entry.token.lower())))

    @cached_property
    def _code_by_form(self) -> dict[str, CodeEntry]:
        forms: dict[str, CodeEntry] = {}
        for entry in self.codes:
            for alias in entry.aliases:
                forms.setdefault(squeezed(alias), entry)
        return forms | {squeezed(entry.token): entry for entry in self.codes}

    def code(self, dirty: str) -> CodeEntry | None:
        """The code behind what somebody typed: spaces, quotes, case and known misspellings do not matter."""
        return self._code_by_form.get(squeezed(dirty[:300]))


def squeezed(token: str) -> str:
    """A code without what people mistype: its letters and digits, in one case."""
    return re.sub(r"[\W_]+", "", token).casefold()


_lock = Lock()
_latest: Knowledge | None = None


def current() -> Knowledge:
    """The knowledge of now. One query where this process knows the version already."""
    global _latest
    number, stamp, changed = ContentVersion.now()
    if _latest is None or _latest.stamp != stamp:
        with _lock:
            if _latest is None or _latest.stamp != stamp:
                _latest = _compile(number, stamp, changed)
    return _latest


def guide_html(knowledge: Knowledge, guide: LiveGuide) -> GuideHtml:
    """The HTML of a guide page's parts, in one query."""
    document = guide.document
    mitigations = [
        knowledge.mitigations[used.fix] for used in document.mitigations if used.fix in knowledge.mitigations
    ]
    notices = [knowledge.notices[slug] for slug in document.notices if slug in knowledge.notices]
    html = _stored_html([guide, *mitigations, *notices])
    own = html(guide)
    return GuideHtml(
        before=trusted(own.get("before", "")),
        verification=trusted(own.get("verification", "")),
        further=trusted(own.get("further", "")),
        causes={cause.key: trusted(own.get(f"cause.{cause.key}", "")) for cause in document.causes},
        notices={notice.document.slug: trusted(html(notice)["text"]) for notice in notices},
        mitigations={part.document.reference: _mitigation_html(html(part)) for part in mitigations},
    )


def _stored_html(parts: Iterable[Live[Any]]) -> Callable[[Live[Any]], Mapping[str, str]]:
    """Where to look up the rendered parts of these things, after one query for those that revisions hold."""
    wanted = [part.revision for part in parts if part.html is None]
    stored: dict[int, dict[str, str]] = dict(Revision.objects.filter(pk__in=wanted).values_list("pk", "html"))
    return lambda part: stored.get(part.revision, {}) if part.html is None else part.html


def _mitigation_html(html: Mapping[str, str]) -> dict[str | int, SafeString]:
    parts: dict[str | int, SafeString] = {"intro": trusted(html.get("intro", ""))}
    return parts | {int(place.removeprefix("step.")): trusted(text) for place, text in html.items() if place != "intro"}


def _compile(number: int, stamp: str, changed: datetime.datetime | None) -> Knowledge:
    live = {kind: list(_live(kind)) for kind in MODELS}
    guides: list[LiveGuide] = sorted(live["guide"], key=lambda row: by_number(row.document.key))
    return Knowledge(
        version=number,
        stamp=stamp,
        changed=changed,
        library=Library.of((row.document for rows in live.values() for row in rows), Guide.learned_factors()),
        guides={guide.document.reference: guide for guide in guides if guide.document.retired is None},
        retired={guide.document.reference: guide for guide in guides if guide.document.retired is not None},
        mitigations=_by_key(live["mitigation"]),
        notices=_by_key(live["notice"]),
        questions=_by_key(live["question"]),
        help_form=help_form.stored(),
    )


def _live(kind: str) -> Iterable[Live[Any]]:
    """The live revisions of a kind. HTML is kept only for questions, whose page must need no second query."""
    fields = ["live__document", "live_id", "live__created"]
    if kind == "question":
        fields.append("live__html")
    for document, revision, created, *html in MODELS[kind].objects.live().values_list(*fields):
        checked: Any = parsing.validate(kind, document)
        if html:
            yield LiveQuestion(checked, revision, created, help=trusted(html[0].get("help", "")))
        else:
            yield Live(checked, revision, created)


def _by_key(rows: Iterable[Live[Any]]) -> dict[str, Any]:
    return {row.document.key: row for row in sorted(rows, key=lambda row: by_number(row.document.key))}

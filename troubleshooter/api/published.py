"""What is published, in the shapes in which the API gives it out."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from guides import document as documents
from guides import knowledge, parts
from guides.document import MitigationDocument
from guides.knowledge import GuideHtml, Knowledge, LiveGuide

from . import content

GUIDES_A_PAGE = 50


def guide_list(
    known: Knowledge, root: str, *, page: int, since: datetime.datetime | None, code: str
) -> content.GuideList:
    """One page of the guides. `root` stands before addresses of our own; `code` may be written in any way."""
    found = [live for live in _guides(known, code) if since is None or known.changed_at(live) >= since]
    pages = max(1, math.ceil(len(found) / GUIDES_A_PAGE))
    rest = {name: value for name, value in (("since", since and since.isoformat()), ("code", code)) if value}
    following = f"{root}{reverse('api:guides')}?{urlencode({'page': page + 1, **rest})}"
    return content.GuideList(
        guides=[_entry(known, live, root) for live in found[(page - 1) * GUIDES_A_PAGE : page * GUIDES_A_PAGE]],
        page=page,
        pages=pages,
        total=len(found),
        next=following if page < pages else None,
        content_version=known.version,
    )


def guide(known: Knowledge, live: LiveGuide, root: str) -> content.Guide:
    """One guide with everything readers see of it. Reads the rendered texts in one query."""
    row, html = live.document, knowledge.guide_html(known, live)
    return content.Guide(
        **_head(known, live, root),
        page=root + reverse("guides:guide", args=[row.slug]),
        codes=[content.GuideCode(**code.model_dump()) for code in row.codes],
        messages=[message.text for message in row.messages],
        targets=[guide_link(known.guides[target], root) for target in row.targets if target in known.guides],
        causes=[
            content.Cause(
                key=cause.key, title=cause.title, text=_text(cause.text, html.causes[cause.key]), source=cause.source
            )
            for cause in row.causes
        ],
        notices=[
            content.Notice(
                slug=notice.slug,
                title=notice.title,
                text=_text(notice.text, html.notices[notice.slug]),
                afterwards=notice.afterwards,
            )
            for notice in (known.notices[slug].document for slug in row.notices if slug in known.notices)
        ],
        before=_text(row.before, html.before),
        mitigations=[_mitigation(known, live, used, html, root) for used in _uses(known, live)],
        verification=_text(row.verification, html.verification),
        further=_text(row.further, html.further),
        sources=[content.Source(**source.model_dump()) for source in row.sources],
        content_version=known.version,
    )


def code_list(known: Knowledge, root: str) -> content.CodeList:
    """All codes of the guides that hold."""
    return content.CodeList(codes=[_code(entry, root) for entry in known.codes], content_version=known.version)


def code(known: Knowledge, entry: knowledge.CodeEntry, root: str) -> content.Code:
    return content.Code(**dict(_code(entry, root)), content_version=known.version)


def guide_link(live: LiveGuide, root: str) -> content.GuideLink:
    """A guide by name, with its permanent address."""
    row = live.document
    url = root + reverse("guides:reference", args=[row.reference])
    return content.GuideLink(reference=row.reference, slug=row.slug, title=row.title, url=url)


def part_url(root: str, guide: str, part: str) -> str:
    """The permanent address of a mitigation or step of a guide."""
    return root + reverse("guides:reference_part", args=[guide, part])


def _guides(known: Knowledge, code: str) -> Sequence[LiveGuide]:
    """The guides that hold, then the retired ones; of a code only those that name it."""
    if not code:
        return (*known.guides.values(), *known.retired.values())
    entry = known.code(code)
    return entry.guides if entry else ()


def _entry(known: Knowledge, live: LiveGuide, root: str) -> content.GuideEntry:
    return content.GuideEntry(**_head(known, live, root), codes=[code.token for code in live.document.codes])


def _head(known: Knowledge, live: LiveGuide, root: str) -> dict[str, Any]:
    row, retired = live.document, None
    if row.retired:
        successor = known.guide(row.retired.successor or "")
        retired = content.Retired(successor=guide_link(successor, root) if successor else None)
    return {
        **dict(guide_link(live, root)),
        "meaning": row.meaning,
        "kind": row.kind,
        "changed": known.changed_at(live),
        "retired": retired,
    }


def _uses(known: Knowledge, live: LiveGuide) -> Iterable[documents.GuideMitigation]:
    return (used for used in live.document.mitigations if used.fix in known.mitigations)


def _mitigation(
    known: Knowledge, live: LiveGuide, used: documents.GuideMitigation, html: GuideHtml, root: str
) -> content.Mitigation:
    row = known.mitigations[used.fix].document
    return content.Mitigation(
        reference=row.reference,
        title=row.title,
        works=used.works,
        minutes=(row.minutes[0], row.minutes[1]),
        waiting=row.waiting,
        cause=used.cause,
        when=_condition(known, used.when),
        intro=_text(row.intro, html.mitigations[row.reference]["intro"]),
        steps=list(_steps(live, row, html, root)),
        url=part_url(root, live.document.reference, row.reference),
    )


def _condition(known: Knowledge, when: documents.Condition | None) -> content.Condition | None:
    """None where it always holds, and where the question is not asked any more."""
    question = known.questions.get(when.question) if when else None
    if when is None or question is None:
        return None
    text = next((choice.text for choice in question.document.choices if choice.slug == when.choice), "")
    return content.Condition(
        question=when.question, choice=when.choice, question_text=question.document.text, choice_text=text
    )


def _steps(live: LiveGuide, row: MitigationDocument, html: GuideHtml, root: str) -> Iterator[content.Step]:
    rendered = html.mitigations[row.reference]
    for number, step in parts.numbered(row):
        reference = f"{row.reference}.{step.number}"
        yield content.Step(
            reference=reference,
            number=number,
            where=step.where,
            who=step.who,
            text=_text(step.text, rendered[step.number]),
            url=part_url(root, live.document.reference, reference),
        )


def _code(entry: knowledge.CodeEntry, root: str) -> content.CodeEntry:
    return content.CodeEntry.model_validate(
        {
            "token": entry.token,
            "meaning": entry.meaning,
            "group": entry.group,
            "aliases": entry.aliases,
            "generic": entry.generic,
            "url": root + reverse("guides:code", args=[entry.token]),
            "guides": [guide_link(live, root) for live in entry.guides],
        }
    )


def _text(markdown: str, html: str) -> content.Text:
    return content.Text(markdown=markdown, html=html)

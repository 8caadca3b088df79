"""Drafts as if they were live: everything that readers may know, with some documents put on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from . import document as shapes
from . import markdown, publishing
from .document import by_number
from .knowledge import Knowledge, Live, LiveQuestion
from .markdown import trusted
from .models import Guide, Mitigation, Notice, Publishable


def written_with(guide: Guide) -> list[Publishable]:
    """The mitigations that stand on the page of a guide, in their order there."""
    return list(Mitigation.objects.filter(uses__guide=guide).order_by("uses__position", "uses__pk"))


def shown_with(guide: Guide) -> list[Publishable]:
    """Whose drafts people see beside the guide and its mitigations: its notices, and questions that are not live."""
    notices = list(Notice.objects.filter(uses__guide=guide))
    return [*notices, *(part for part in publishing.parts_not_live([guide]) if part.KIND == "question")]


def as_if_live(known: Knowledge, documents: Sequence[shapes.Document]) -> Knowledge:
    """What readers would know if these documents were live too, their HTML rendered now by the real renderer."""
    guides = {**known.guides, **known.retired, **_of_kind(documents, "guide")}
    ordered = sorted(guides.values(), key=lambda guide: by_number(guide.document.reference))
    return replace(
        known,
        library=known.library.with_documents(documents),
        guides={guide.document.reference: guide for guide in ordered if guide.document.retired is None},
        retired={guide.document.reference: guide for guide in ordered if guide.document.retired is not None},
        mitigations={**known.mitigations, **_of_kind(documents, "mitigation")},
        notices={**known.notices, **_of_kind(documents, "notice")},
        questions={**known.questions, **_of_kind(documents, "question")},
    )


def _of_kind(documents: Iterable[shapes.Document], kind: str) -> dict[str, Any]:
    return {document.key: _live(document) for document in documents if kind == document.KIND}


def _live(document: shapes.Document) -> Live[Any]:
    html = {place: markdown.rendered(text) for place, text in publishing.texts(document).items()}
    if isinstance(document, shapes.QuestionDocument):
        return LiveQuestion(document, 0, timezone.now(), html=html, help=trusted(html.get("help", "")))
    return Live(document, 0, timezone.now(), html=html)

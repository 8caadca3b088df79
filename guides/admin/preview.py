"""A draft as its readers will see it: a page for staff with two frames, and the page inside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from guides import knowledge
from guides.document import Document, GuideDocument
from guides.draft_knowledge import as_if_live
from guides.models import Guide
from guides.pages import guide as public

from . import kept
from .typed import Typed, stored, typed

# The types of these decorators know only views without arguments.
_has_frames: Any = csp_update({"frame-src": [SELF]})
_may_be_framed: Any = csp_replace({"frame-ancestors": [SELF], "form-action": [NONE]})


@_has_frames
def preview(model_admin: Any, request: HttpRequest, guide: Guide | None) -> HttpResponse:
    """GET: the saved draft, at an address that staff can share. POST: what somebody has typed, kept nowhere."""
    if request.method == "POST":
        found = typed(model_admin, request, guide)
        frame = rendered(request, found.documents, found.beside) if found.documents else ""
        return _page(model_admin, request, guide, found, {"frame": frame, "kept": kept.fields(request)})
    assert guide is not None  # noqa: S101 - a new guide has only what is typed
    frame_url = reverse("admin:guides_guide_preview_page", args=[guide.pk])
    return _page(model_admin, request, guide, stored(guide), {"frame_url": frame_url})


@xframe_options_sameorigin
@_may_be_framed
def framed(request: HttpRequest, guide: Guide) -> HttpResponse:
    """The page inside the frames. Nothing else on the site may be framed, and nothing in it can be sent."""
    found = stored(guide)
    return HttpResponse(rendered(request, found.documents, found.beside))


def rendered(request: HttpRequest, documents: Sequence[Document], beside: Iterable[Document]) -> str:
    """The public page of a guide (the first document) as it would be if all these documents were live."""
    own = documents[0]
    assert isinstance(own, GuideDocument)  # noqa: S101 - only guides have a page of their own
    known = as_if_live(knowledge.current(), [*documents, *beside])
    live = known.guides.get(own.reference) or known.retired[own.reference]
    template, context = public.shown(request, known, live)
    return render_to_string("admin/guides/preview/page.html", {**context, "public_page": template}, request)


def _page(
    model_admin: Any, request: HttpRequest, guide: Guide | None, found: Typed, context: dict[str, Any]
) -> HttpResponse:
    own = found.documents[0] if found.documents else None
    title = own.title if isinstance(own, GuideDocument) else str(guide or _("New guide"))
    return render(
        request,
        "admin/guides/preview/show.html",
        {
            **model_admin.admin_site.each_context(request),
            **model_admin.addresses(guide),
            **context,
            "title": _("Preview: %(title)s") % {"title": title},
            "is_nav_sidebar_enabled": False,
            "opts": model_admin.opts,
            "original": guide,
            "problems": found.problems,
            "drafts": [document.key for document in (*found.documents, *found.beside)],
        },
    )

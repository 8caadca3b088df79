"""One Markdown field as readers will see it, by the renderer that publishing uses."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from guides import markdown


class MarkdownArea(AdminTextareaWidget):
    """A text area with a preview below it, which a script keeps up to date and a button shows without one."""

    template_name = "admin/guides/_markdown_area.html"
    shows_preview = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        preview = rendered(value or "") if self.shows_preview else None
        return {**context, "preview": preview}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """With the line ends that texts have everywhere else, or a text would differ that nobody changed."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def rendered(text: str) -> dict[str, Any]:
    """The HTML of a text, or the sentence that says why it has none."""
    try:
        return {"html": markdown.trusted(markdown.render(text)), "problem": ""}
    except markdown.RefusedError as refusal:
        return {"html": "", "problem": str(refusal)}


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The HTML of the posted text; 422 with a sentence where it cannot be shown."""
    if not request.user.has_perm("guides.change_guide"):
        raise PermissionDenied
    shown = rendered(request.POST.get("text", ""))
    return render(request, "admin/guides/_preview.html", shown, status=422 if shown["problem"] else 200)


def urls(site: Any) -> list[URLPattern]:
    return [path("markdown/", site.admin_view(preview), name="markdown")]

"""Beside every change page: a bench that tests what is typed, and for guides a preview as readers see it."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from guides.models import Guide, Publishable

from . import bench, preview


class Workbench:
    """Mixin for the model admins of publishable things."""

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, str, Any]] = [
            ("<int:pk>/bench/", "bench", self._bench),
            ("add/bench/", "bench_add", self._bench),
        ]
        if issubclass(self.model, Guide):  # type: ignore[attr-defined]
            pages += [
                ("<int:pk>/preview/", "preview", self._preview),
                ("<int:pk>/preview/page/", "preview_page", self._framed),
                ("add/preview/", "preview_add", self._preview),
            ]
        own = [path(route, self._for_staff(view), name=f"{self._name}_{name}") for route, name, view in pages]
        return own + super().get_urls()  # type: ignore[misc]

    def addresses(self, thing: Publishable | None) -> dict[str, str]:
        """Where a thing, or a new one, is changed, tested and previewed; "" where it cannot be."""
        new, arguments = ("_add", []) if thing is None else ("", [thing.pk])
        change = "add" if thing is None else "change"
        has_preview = issubclass(self.model, Guide)  # type: ignore[attr-defined]
        return {
            "form_id": f"{self.opts.model_name}_form",  # type: ignore[attr-defined]
            "change_url": reverse(f"admin:{self._name}_{change}", args=arguments),
            "bench_url": reverse(f"admin:{self._name}_bench{new}", args=arguments),
            "preview_url": reverse(f"admin:{self._name}_preview{new}", args=arguments) if has_preview else "",
        }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"workbench": self.addresses(context.get("original"))}
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    @property
    def _name(self) -> str:
        return f"guides_{self.opts.model_name}"  # type: ignore[attr-defined]

    def _for_staff(self, view: Any) -> Any:
        """Only for those who may see the thing, and with POST only for those who may change it."""

        @wraps(view)
        @require_http_methods(["GET", "HEAD", "POST"])
        def page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
            thing = self._thing(request, pk)
            typed = request.method == "POST" and "saved" not in request.POST
            if not self._may(request, thing, typed):
                raise PermissionDenied
            if thing is None and not typed:  # nothing was saved of it and nothing is typed yet
                return redirect(self.addresses(None)["change_url"])
            return view(request, thing)

        return self.admin_site.admin_view(page)  # type: ignore[attr-defined]

    def _may(self, request: HttpRequest, thing: Publishable | None, typed: bool) -> bool:
        if thing is None:
            return self.has_add_permission(request)  # type: ignore[attr-defined]
        if typed:
            return self.has_change_permission(request, thing)  # type: ignore[attr-defined]
        return self.has_view_or_change_permission(request, thing)  # type: ignore[attr-defined]

    def _thing(self, request: HttpRequest, pk: int | None) -> Publishable | None:
        thing = None if pk is None else self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if pk is not None and thing is None:
            raise Http404("There is no such draft.")
        return thing

    def _bench(self, request: HttpRequest, thing: Publishable | None) -> HttpResponse:
        return bench.bench(self, request, thing)

    def _preview(self, request: HttpRequest, thing: Guide | None) -> HttpResponse:
        return preview.preview(self, request, thing)

    def _framed(self, request: HttpRequest, thing: Guide) -> HttpResponse:
        return preview.framed(request, thing)

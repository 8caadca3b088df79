"""The addresses under /api/v1/. Whatever is not among them gets its refusal as JSON too."""

from __future__ import annotations

from django.urls import path

from . import refusals, views

urlpatterns = [
    path("", views.root),
    path("", views.api.urls),
    path("<path:rest>", refusals.nothing_here),
]

"""The addresses under /api/v1/. Whatever is not among them gets a problem document too."""

from __future__ import annotations

from django.urls import path

from . import problems, views

urlpatterns = [
    path("", views.root),
    path("", views.api.urls),
    path("<path:rest>", problems.nothing_here),
]

"""The addresses under /api/v1/. Whatever is not among them gets its refusal as JSON too."""

from __future__ import annotations

from django.urls import path

from . import refusals
from .views import api

urlpatterns = [
    path("", refusals.nothing_here),
    path("", api.urls),
    path("<path:rest>", refusals.nothing_here),
]

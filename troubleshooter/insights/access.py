"""Who may open a page of this application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse

from guides.admin import site

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def for_readers_of_reports(view: View[Arguments]) -> View[Arguments]:
    """A staff page for those who may see reports: others sign in first, or are refused."""
    return site.admin_view(permission_required("guides.see_reports", raise_exception=True)(view))

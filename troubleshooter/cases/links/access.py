"""Who may make and see ticket links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse

from guides.admin import site

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def for_agents(view: View[Arguments]) -> View[Arguments]:
    """A staff page for those who may make ticket links: others sign in first, or are refused. Never cached."""
    return site.admin_view(permission_required("guides.make_ticket_links", raise_exception=True)(view))

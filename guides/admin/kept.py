"""A posted form that another page hands on, so that nothing typed is lost on the way through it."""

from __future__ import annotations

from django.http import HttpRequest

_NOT_TYPED = ("csrfmiddlewaretoken", "paste", "against", "saved", "_preview", "_save", "_continue", "_publish")


def fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and value of every posted field, without those that belong to the page or to a button."""
    return [(name, value) for name, values in request.POST.lists() if name not in _NOT_TYPED for value in values]

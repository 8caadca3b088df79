"""A new guide that starts with what was found elsewhere: its page comes filled in, and nothing is saved yet.

`/admin/guides/guide/add/?from-error=7` asks the source called "from-error" for the start named "7". Sources stand in
the applications that know them, so texts of people are never in an address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from guides.models import Guide, Sample


@dataclass(frozen=True)
class Start:
    """What is known of a problem before its guide is written."""

    code: str = ""
    phrase: str = ""
    sample: str = ""

    def rows(self, model: type[Model]) -> list[dict[str, Any]]:
        """The rows of one kind of part that are filled in."""
        if model is Guide.codes.through and self.code:
            return [{"token": self.code}]
        return [{"text": self.sample}] if model is Sample and self.sample else []


Source = Callable[[HttpRequest, str], Start | None]
_SOURCES: dict[str, Source] = {}


def source(key: str) -> Callable[[Source], Source]:
    """Make a function the source of starts for a key of the address. It checks what the person may see."""

    def register(found: Source) -> Source:
        _SOURCES[key] = found
        return found

    return register


def start_of(request: HttpRequest) -> Start:
    """The start that an address names; an empty one where there is none."""
    key = next(filter(_SOURCES.__contains__, request.GET), "")
    return (_SOURCES[key](request, request.GET.get(key, "")) if key else None) or Start()


class StartsElsewhere:
    """Mixin for the page of a guide. What is sent back is all that counts, so only the empty page is filled in."""

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        inlines = super().get_inline_instances(request, obj)  # type: ignore[misc]
        if obj is None and request.method == "GET":
            start = start_of(request)
            for inline in inlines:
                inline.start = start.rows(inline.model)
                inline.extra += len(inline.start)
        return inlines

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)  # type: ignore[misc]
        phrase = start_of(request).phrase
        return {**initial, "phrases": [phrase]} if phrase else initial

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        rows = getattr(inline, "start", [])
        return {**kwargs, "initial": rows} if rows else kwargs

"""Where a shared thing is used: links to the pages of the guides and questions that name it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _


def links(things: Iterable[Any]) -> str:
    """The keys of some guides or questions, each once, as links to the pages on which staff write them."""
    each = {(thing.KIND, thing.pk): thing for thing in things}.values()
    rows = ((reverse(f"admin:guides_{thing.KIND}_change", args=[thing.pk]), thing.key) for thing in each)
    return format_html_join(", ", '<a href="{}">{}</a>', rows) or _("Nothing yet")

"""The one thing people type on these pages: a short text to look for."""

from __future__ import annotations

from typing import Any

from django import forms

from guides.models.missed_search import MAX_QUERY
from troubleshooter.public_writes import without_control_characters


class TypedText(forms.CharField):
    """A text as typed, with characters that no keyboard makes read as spaces."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(without_control_characters(value) if value else value))


class QueryForm(forms.Form):
    """`q` of the address. Nothing typed is wrong: a text that is too long to look for is kept and said so."""

    q = TypedText(required=False)

    @property
    def text(self) -> str:
        """All that was typed, trimmed."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > MAX_QUERY

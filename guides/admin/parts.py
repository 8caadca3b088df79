"""What the rows of parts on a page share: they can be sorted, may be empty, and every control has a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from nested_admin.forms import SortableHiddenMixin
from nested_admin.formsets import NestedInlineFormSet
from nested_admin.nested import NestedStackedInline, NestedTabularInline

from .fields import DraftFields


class PartForm(forms.ModelForm):
    def has_changed(self) -> bool:
        """Whether anything was written; the place of a new row alone says nothing."""
        written = set(self.changed_data)
        return bool(written if self.instance.pk else written - {"position"})


class PartFormSet(NestedInlineFormSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and getattr(self, "sortable_field_name", None):
            self._number_places()

    def _number_places(self) -> None:
        """Make the posted places distinct numbers: the sorting that follows cannot cope with others."""
        names = [f"{self.add_prefix(index)}-{self.sortable_field_name}" for index in range(self.total_form_count())]
        places = [self.data.get(name, "") for name in names]
        order = sorted(range(len(names)), key=lambda index: int(places[index]) if places[index].isdecimal() else 10**9)
        for place, index in enumerate(order):
            self.data[names[index]] = str(place)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            label = _("Remove this row") if name == "DELETE" else field.label or name
            widget: Any = getattr(field.widget, "widget", field.widget)  # selects are wrapped with their pop-up links
            widget.attrs.setdefault("aria-label", str(label))


class _Part(DraftFields, SortableHiddenMixin):
    form = PartForm
    formset = PartFormSet
    extra = 0


class StackedPart(_Part, NestedStackedInline):
    """Parts with a place, each a small form."""


class TabularPart(_Part, NestedTabularInline):
    """Parts with a place, each a row of a table."""


class UnsortedPart(DraftFields, NestedTabularInline):
    """Parts whose place follows from what they are."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    is_sortable = False

"""What the rows of parts on a page share: they can be moved, may be empty, and what somebody typed is never lost."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from nested_admin.forms import SortableHiddenMixin
from nested_admin.formsets import NestedInlineFormSet
from nested_admin.nested import NestedStackedInline, NestedTabularInline

from . import posted_rows
from .fields import DraftFields


class PartForm(forms.ModelForm):
    @property
    def is_lost(self) -> bool:
        """Whether somebody else deleted the row while this person changed it."""
        return getattr(self.instance, "was_lost", False)

    def has_changed(self) -> bool:
        """Whether anything was written; the place of a new row alone says nothing."""
        written = set(self.changed_data)
        return self.is_lost or bool(written if self.instance.pk else written - {"position"})


class NamedForm(PartForm):
    """A part with a short name. A new one that nobody named is named after what it says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields and not self.instance.pk:
            self.fields["key"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("key") and "key" not in self.errors:
            says = cleaned.get("title") or cleaned.get("text") or ""
            cleaned["key"] = short_name(says) or self.instance._meta.model_name
        return cleaned


def short_name(text: str) -> str:
    """The first words of a text in the form of a name, such as `trigger-not-enabled`; empty where it has none."""
    letters = unicodedata.normalize("NFKD", re.sub(r"<[^<>]*>", " ", text).casefold())
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return "-".join(words[:5])[:40].strip("-")


class PartFormSet(NestedInlineFormSet):
    """Rows of one kind. A row that somebody else deleted meanwhile is kept, and becomes a new one when it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and getattr(self, "sortable_field_name", None):
            self._number_places()

    @cached_property
    def _fields_sent(self) -> int:
        return sum(name.startswith(f"{self.prefix}-") for name in self.data)

    def total_form_count(self) -> int:
        """As many rows as the form says, but never more than fields were sent for: each takes time to build."""
        count = super().total_form_count()
        return min(count, self._fields_sent) if self.is_bound else count

    def _number_places(self) -> None:
        """Make the posted places distinct numbers: the sorting that follows cannot cope with others."""
        names = [f"{self.add_prefix(index)}-{self.sortable_field_name}" for index in range(self.total_form_count())]
        places = [self.data.get(name, "") for name in names]
        order = sorted(range(len(names)), key=lambda index: posted_rows.as_position(places[index]))
        for place, index in enumerate(order):
            self.data[names[index]] = str(place)

    def own_rows(self) -> QuerySet[Any]:
        """The rows that this list may write."""
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance.pk})
        return rows if self.instance.pk else rows.none()

    def get_queryset(self) -> QuerySet[Any]:
        """When something was sent: the rows that belong here, not whatever rows it names."""
        return self.own_rows() if self.is_bound else super().get_queryset()

    def _construct_form(self, index: int, **kwargs: Any) -> forms.ModelForm:
        key = f"{self.add_prefix(index)}-{self.model._meta.pk.name}"
        is_new = index >= self.initial_form_count()
        if not self.is_bound or (not is_new and self._is_stored(self.data.get(key, ""))):
            return super()._construct_form(index, **kwargs)
        if key in self.data:
            self.data[key] = ""
        if is_new:
            return super()._construct_form(index, **kwargs)
        instance = self.new_instance(self.add_prefix(index))
        instance.was_lost = True
        form = super()._construct_form(index, **kwargs, instance=instance)
        form.fields[self.model._meta.pk.name].required = False
        return form

    def new_instance(self, prefix: str) -> Any:
        """What stands in for a row that is gone, before the fields with this prefix are written to it."""
        return self.model()

    def clean(self) -> None:
        """Besides what Django compares, refuse a row that somebody else added while this page was open."""
        super().clean()
        sent = [form.instance.pk for form in self.forms if form.instance.pk]
        others = self.model._default_manager.filter(**{self.fk.name: self.instance.pk}).exclude(pk__in=sent)
        meta = self.model._meta
        for rule in [*meta.unique_together, *(constraint.fields for constraint in meta.total_unique_constraints)]:
            names = [meta.get_field(name).attname for name in rule if name != self.fk.name]
            taken = set(others.values_list(*names)) if self.instance.pk else set()
            for form in self.forms:
                values = tuple(getattr(form.instance, name) for name in names)
                if values in taken and not form.errors and not self._should_delete_form(form):
                    form.add_error(None, _("Somebody added the same meanwhile. Remove this row, then save."))

    def _is_stored(self, key: str) -> bool:
        number = posted_rows.as_number(key)
        return number is not None and self._existing_object(number) is not None

    def process_forms_pre_save(self, forms: list[Any]) -> list[Any]:
        for form in forms:
            form._is_initial = form._is_initial and not form.is_lost
        return super().process_forms_pre_save(forms)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            field.help_text = ""  # said once, above the rows
            if name == "DELETE":
                field.widget = forms.HiddenInput()


class _Part(DraftFields):
    """A list of parts. `help` stands above its rows; a `bare` row has one field, which needs no label to be seen."""

    add: Any = ""
    """What the button says that adds a row."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    help: Any = ""
    bare = False
    begin = 0
    """Empty rows on the page of a new thing, so that people can write at once."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return self.extra or (self.begin if obj is None else 0)


class StackedPart(_Part, SortableHiddenMixin, NestedStackedInline):
    """Parts with a place that hold other parts."""


class TabularPart(_Part, SortableHiddenMixin, NestedTabularInline):
    """Parts with a place."""


class UnsortedPart(_Part, NestedTabularInline):
    """Parts whose place follows from what they are."""

    is_sortable = False

"""The pages of the help form: problem types with their categories, and links to help. Saving puts them live."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from nested_admin.nested import NestedModelAdmin

from guides import knowledge
from guides.knowledge import Knowledge
from guides.models import Category, ContentVersion, HelpLink, ProblemType

from .editing import Editing
from .fields import DraftFields
from .layout import Section
from .parts import PartForm, PartFormSet, TabularPart
from .staff_site import site

_NO_LONGER_LIVE = _("%(answer)s (not live now, so it says nothing)")


class CategoryForm(PartForm):
    """Question and choice are written as one answer. One that is no longer live stays until somebody changes it."""

    answer = forms.CharField(label=_("Says this answer"), required=False, widget=forms.Select)

    class Meta:
        model = Category
        fields = ["name", "guides", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.known: Knowledge = kwargs.pop("known")
        super().__init__(*args, **kwargs)
        answers = _answers(self.known)
        now = f"{self.instance.question}={self.instance.choice}" if self.instance.question else ""
        if now and all(now != value for _question, rows in answers for value, _words in rows):
            answers.append((now, [(now, _NO_LONGER_LIVE % {"answer": now})]))
        choices = [("", _("No answer")), *answers]
        self.fields["answer"] = forms.ChoiceField(label=_("Says this answer"), required=False, choices=choices)
        self.initial = {**self.initial, "answer": now}

    def clean_guides(self) -> list[str]:
        references = [reference.upper() for reference in self.cleaned_data["guides"]]
        stored = self.instance.guides if self.instance.pk else []
        for reference in references:
            if reference not in self.known.guides and reference not in stored:
                raise ValidationError(_("There is no live guide %(reference)s."), params={"reference": reference})
        return list(dict.fromkeys(references))

    def save(self, commit: bool = True) -> Any:
        self.instance.question, _equals, self.instance.choice = self.cleaned_data["answer"].partition("=")
        return super().save(commit)


def _answers(known: Knowledge) -> list[tuple[str, list[tuple[str, str]]]]:
    """All live choices below their questions. The question stands again in each: a closed select shows no group."""
    return [
        (question.text, [(f"{slug}={choice.slug}", f"{question.text} {choice.text}") for choice in question.choices])
        for slug, question in known.model.question.items()
    ]


class CategoryFormSet(PartFormSet):
    @cached_property
    def known(self) -> Knowledge:
        return knowledge.current()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "known": self.known}


class _LiveAtOnce(DraftFields):
    """What is saved or deleted is what readers see next. There is no draft, so names cannot stay empty."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, CharField) and not db_field.blank:
            field.required = True
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        ContentVersion.advance()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)  # type: ignore[misc]
        ContentVersion.advance()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)  # type: ignore[misc]
        ContentVersion.advance()


class CategoryInline(_LiveAtOnce, TabularPart):
    model = Category
    form = CategoryForm
    formset = CategoryFormSet
    add = _("Add a category")
    begin = 1
    fields = ["name", "answer", "guides", "position"]
    help = _(
        "The answer is what everybody who chooses the category has told us for certain; leave it out where somebody "
        "could mean something else. Guides, such as FLOW-3, one on each line, are shown after all that fits better."
    )


@admin.register(ProblemType, site=site)
class ProblemTypeAdmin(Editing, _LiveAtOnce, NestedModelAdmin):
    list_display = ["name", "order", "number_of_categories"]
    search_fields = ["name", "categories__name"]
    sections = [
        Section("type", _("Problem type"), fields=["name", "order"], help=_("Readers see it as soon as you save.")),
        Section("categories", _("What people choose next"), parts=["categories"]),
    ]
    inlines = [CategoryInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProblemType]:
        return super().get_queryset(request).prefetch_related("categories")

    @admin.display(description=_("Categories"))
    def number_of_categories(self, row: ProblemType) -> int:
        return len(row.categories.all())


@admin.register(HelpLink, site=site)
class HelpLinkAdmin(Editing, _LiveAtOnce, NestedModelAdmin):
    list_display = ["name", "kind", "url", "order"]
    list_filter = ["kind"]
    search_fields = ["name", "url"]
    sections = [
        Section(
            "link",
            _("Link on the help page"),
            fields=["kind", "name", "url", "about", "order"],
            help=_("Readers see it as soon as you save."),
        ),
    ]

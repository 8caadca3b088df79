"""Form fields for drafts: what is not there yet may stay empty, lists are one line each, names are checked at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator, validate_slug
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from guides import document as shapes
from guides import markdown
from guides.document import SLUG
from guides.field_names import WORDS
from guides.models import (
    Cause,
    Choice,
    ErrorCode,
    Guide,
    GuideMitigation,
    Message,
    Mitigation,
    Notice,
    Question,
    Sample,
    Source,
    Step,
)

from .markdown import MarkdownArea
from .references import RULES

_slug = RegexValidator(SLUG, _("Use small letters, digits and single hyphens, such as flow-turned-off."))

_QUOTED = (Message, Sample)
"""Their texts are what systems print, not Markdown."""


_SHAPES: dict[type[models.Model], Any] = {
    Guide: shapes.GuideDocument,
    Message: shapes.Message,
    Cause: shapes.Cause,
    GuideMitigation: shapes.GuideMitigation,
    Sample: shapes.Sample,
    Source: shapes.Source,
    Mitigation: shapes.MitigationDocument,
    Step: shapes.Step,
    Notice: shapes.NoticeDocument,
    Question: shapes.QuestionDocument,
    Choice: shapes.Choice,
    ErrorCode: shapes.Code,
}


def _label(db_field: models.Field) -> str:
    """What the page calls a field: the same as comparisons and problems do; empty where only the page has it."""
    names = WORDS.get(_SHAPES.get(db_field.model, shapes.Document), {})
    return capfirst(str(names.get(db_field.name, "")))


def _labels(model: type[models.Model]) -> dict[str, str]:
    """What the page calls the fields of a model, for those who may only look too."""
    found = {field.name: _label(field) for field in model._meta.fields}
    return {name: label for name, label in found.items() if label}


def renderable(text: str) -> None:
    """Validator: refuse what would take too long to render."""
    is_too_long = len(text) > markdown.MAX_CHARACTERS  # every field says that itself
    if not is_too_long and (problem := markdown.refusal(text)):
        raise ValidationError(problem)


_LONGEST_LINE = 300


class TimesInOrder:
    """Mixin for forms with `minutes_from` and `minutes_to`."""

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        shorter, longer = (self.cleaned_data.get(name) for name in ("minutes_from", "minutes_to"))  # type: ignore[attr-defined]
        if shorter is not None and longer is not None and shorter > longer:
            self.add_error("minutes_from", _("Write the shorter time first."))  # type: ignore[attr-defined]
        return cleaned


class Lines(forms.CharField):
    """A list of texts, written one per line, each at most 300 characters long."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))
        for line in value:
            if len(line) > _LONGEST_LINE:
                numbers = {"start": line[:40], "most": _LONGEST_LINE}
                raise ValidationError(_("“%(start)s…” is too long. A line has at most %(most)s characters.") % numbers)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class DraftFields:
    """Mixin for model admins and inlines."""

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_form(request, obj, **{"labels": _labels(self.model), **kwargs})  # type: ignore[misc, attr-defined]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"labels": _labels(self.model), **kwargs})  # type: ignore[misc, attr-defined]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.JSONField):
            return _lines(db_field)
        if isinstance(db_field, models.URLField):
            kwargs |= {"assume_scheme": "https", "widget": forms.URLInput}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if label := _label(db_field):
            field.label = label
        if isinstance(db_field, models.SlugField):
            field.validators = [_slug, *(rule for rule in field.validators if rule is not validate_slug)]
        elif db_field.name == "reference":
            field.validators.append(RULES[db_field.model])
        elif isinstance(db_field, models.CharField | models.TextField) and not (db_field.unique or db_field.choices):
            field.required = False
        if isinstance(db_field, models.TextField):
            if db_field.model not in _QUOTED:
                field.widget = MarkdownArea()
                field.help_text = str(field.help_text).replace(str(_("Markdown.")), "").strip()
                field.validators.append(renderable)
            field.widget.attrs["rows"] = 3
        _say_length_plainly(field)
        if isinstance(db_field, models.DateField):
            field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # other things are written on their own pages, not in pop-ups
        return field

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if field and db_field.related_model is Choice:
            field.choices = [("", field.empty_label), *choices_by_question(request)]
        return field


def choices_by_question(request: HttpRequest) -> list[tuple[str, list[tuple[int, str]]]]:
    """All choices under their questions, in the order of the questions. One query for each request."""
    if not hasattr(request, "choices_by_question"):
        groups: dict[str, list[tuple[int, str]]] = {}
        rows = Choice.objects.order_by("question__order", "question__slug", "position", "pk")
        for pk, question, text in rows.values_list("pk", "question__text", "text"):
            # The question again, because a closed select shows no group.
            groups.setdefault(question, []).append((pk, f"{question} {text}"))
        request.choices_by_question = list(groups.items())  # type: ignore[attr-defined]
    return request.choices_by_question  # type: ignore[attr-defined]


def rows_as_choices(request: HttpRequest, model: type[models.Model]) -> list[tuple[int, str]]:
    """All rows of a model for a select that stands on a page many times. One query for each request."""
    known = request.__dict__.setdefault("rows_as_choices", {})
    if model not in known:
        known[model] = [(row.pk, str(row)) for row in model._default_manager.all()]
    return known[model]


def _say_length_plainly(field: forms.Field | None) -> None:
    for rule in field.validators if field else ():
        if isinstance(rule, MaxLengthValidator):
            rule.message = _("Write at most %(limit_value)d characters here; there are %(show_value)d.")


def _lines(db_field: models.Field) -> Lines:
    return Lines(
        label=_label(db_field) or capfirst(db_field.verbose_name),
        help_text=_("%(help)s One on each line.") % {"help": db_field.help_text},
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )

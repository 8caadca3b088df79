"""The page of a guide: everything readers see of it and everything the diagnosis knows of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides import publishing
from guides.models import (
    Cause,
    ErrorCode,
    Expectation,
    Guide,
    GuideNotice,
    Message,
    Mitigation,
    Notice,
    Phrase,
    Publishable,
    Sample,
    Source,
)

from .fields import rows_as_choices
from .parts import TabularPart, UnsortedPart
from .publishable import PublishableAdmin
from .references import next_reference
from .staff_site import site
from .uses import UseInline


class CodeInline(UnsortedPart):
    model = Guide.codes.through
    fields = ["errorcode"]
    verbose_name = _("error code")
    verbose_name_plural = _("error codes")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "errorcode" and field:
            field.label = _("Code")
            field.choices = [("", field.empty_label), *rows_as_choices(request, ErrorCode)]
        return field


class MessageInline(TabularPart):
    model = Message
    fields = ["key", "text", "essential", "position"]


class PhraseInline(TabularPart):
    model = Phrase
    fields = ["text", "position"]


class CauseInline(TabularPart):
    model = Cause
    fields = ["key", "title", "text", "source", "position"]


class NoticeInline(TabularPart):
    model = GuideNotice
    fields = ["notice", "position"]
    verbose_name = _("notice")
    verbose_name_plural = _("notices")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "notice" and field:
            field.choices = [("", field.empty_label), *rows_as_choices(request, Notice)]
        return field


class ExpectationInline(UnsortedPart):
    model = Expectation
    fields = ["choice", "word"]
    verbose_name_plural = _("expectations: what somebody with this problem would answer")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("choice__question")


class SampleInline(TabularPart):
    model = Sample
    fields = ["text", "leads", "note", "position"]
    verbose_name_plural = _("samples: error texts that must lead here, or must not")


class SourceInline(TabularPart):
    model = Source
    fields = ["key", "title", "url", "dated", "checked", "position"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "checked":
            field.initial = timezone.localdate
        return field


@admin.register(Guide, site=site)
class GuideAdmin(PublishableAdmin):
    list_display = ["reference", "title", "state", "on_site"]
    list_display_links = ["reference", "title"]
    list_filter = [*PublishableAdmin.list_filter, "kind", "retired"]
    search_fields = ["reference", "title", "slug", "codes__token"]
    fieldsets = [
        (
            None,
            {"fields": [("state", "history"), ("reference", "slug"), "title", "meaning", ("kind", "common")]},
        ),
        (_("Text"), {"fields": ["before", "verification", "further"]}),
        (_("Only for a fork"), {"fields": ["targets"], "classes": ["collapse"]}),
        (_("Addresses and retirement"), {"fields": ["former_slugs", "retired", "successor"], "classes": ["collapse"]}),
    ]
    inlines = [
        CodeInline,
        MessageInline,
        PhraseInline,
        CauseInline,
        NoticeInline,
        UseInline,
        ExpectationInline,
        SampleInline,
        SourceInline,
    ]

    def together(self, things: Iterable[Any]) -> list[Publishable]:
        """A guide goes live with the mitigations that are on its page, and with all parts readers cannot see yet."""
        guides = list(things)
        mitigations = Mitigation.objects.filter(uses__guide__in=guides).distinct()
        parts = {(part.KIND, part.key): part for part in (*publishing.parts_not_live(guides), *mitigations)}
        return [*parts.values(), *guides]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"reference": next_reference(Guide), **super().get_changeform_initial_data(request)}

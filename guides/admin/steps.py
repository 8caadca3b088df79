"""The steps of a mitigation as rows of a table."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Step

from .parts import TabularPart


class StepInline(TabularPart):
    model = Step
    fields = ["reference", "text", "where", "who", "group", "position"]
    readonly_fields = ["reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Step]:
        return super().get_queryset(request).select_related("mitigation")

    @admin.display(description=_("Number"))
    def reference(self, step: Step) -> str:
        """The permanent number; the order on the page may be another."""
        return str(step if step.number else _("new"))

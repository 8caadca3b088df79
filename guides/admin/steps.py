"""The steps of a mitigation as rows."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Step

from .parts import TabularPart


class StepInline(TabularPart):
    model = Step
    add = _("Add a step")
    begin = 1
    fields = ["text", ("where", "who", "group"), "position"]
    help = _("Where before what. Steps with the same word under “Do one of these” are alternatives.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Step]:
        return super().get_queryset(request).select_related("mitigation")

    def row_reference(self, step: Step) -> str:
        """The permanent number; the order on the page may be another."""
        return str(step) if step.number else ""

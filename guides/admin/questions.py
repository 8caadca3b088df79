"""The page of a question with its choices, and the guides that state an answer to it."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import Choice, Guide, GuideMitigation, Question

from .layout import Section
from .parts import TabularPart
from .publishable import PublishableAdmin
from .staff_site import site
from .used_by import links


class ChoiceInline(TabularPart):
    model = Choice
    add = _("Add an answer")
    fields = [("text", "summary"), ("normal", "slug"), "position"]
    help = _(
        "The words on the button, and the same as a statement: “You said an app starts the flow.” "
        "Normal is what anybody would answer whose guide says nothing."
    )


@admin.register(Question, site=site)
class QuestionAdmin(PublishableAdmin):
    list_display = ["order", "text", "slug", "state"]
    list_display_links = ["text"]
    search_fields = ["slug", "text", "choices__text"]
    readonly_fields = ["used_by"]
    sections = [
        Section("state", _("State"), fields=[("state", "history"), "used_by"]),
        Section("ask", _("What people are asked"), fields=["text", "hint", "help", "slug"]),
        Section("choose", _("What they can answer"), parts=["choices"]),
        Section("when", _("When it is asked"), fields=["only_if", ("minutes", "group", "order")]),
    ]
    inlines = [ChoiceInline]

    @admin.display(description=_("Used by"))
    def used_by(self, question: Question) -> str:
        """Guides that state an answer, guides whose mitigations need one, and questions that are asked after one."""
        if question.pk is None:
            return links([])
        uses = GuideMitigation.objects.filter(when__question=question).values("guide")
        guides = Guide.objects.filter(expectations__choice__question=question) | Guide.objects.filter(pk__in=uses)
        return links([*guides.distinct(), *Question.objects.filter(only_if__question=question)])

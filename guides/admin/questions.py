"""The page of a question with its choices."""

from __future__ import annotations

from django.contrib import admin

from guides.models import Choice, Question

from .parts import TabularPart
from .publishable import PublishableAdmin
from .staff_site import site


class ChoiceInline(TabularPart):
    model = Choice
    fields = ["slug", "text", "summary", "normal", "position"]


@admin.register(Question, site=site)
class QuestionAdmin(PublishableAdmin):
    list_display = ["order", "text", "slug", "state"]
    list_display_links = ["text"]
    search_fields = ["slug", "text", "choices__text"]
    fieldsets = [
        (None, {"fields": [("state", "history"), ("slug", "order"), "text", "hint", "help"]}),
        (None, {"fields": [("minutes", "group"), "only_if"]}),
    ]
    inlines = [ChoiceInline]

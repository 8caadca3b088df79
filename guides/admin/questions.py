"""The page of a question with its choices, and the guides that state an answer to it."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guides.models import Choice, Guide, GuideMitigation, Publishable, Question

from .layout import Section
from .parts import PartFormSet, TabularPart
from .publishable import PublishableAdmin
from .staff_site import site
from .used_by import links


class QuestionForm(forms.ModelForm):
    def clean_only_if(self) -> Choice | None:
        """Refuse a condition that leads back to this question, directly or through others."""
        condition: Choice | None = self.cleaned_data["only_if"]
        asked, passed = condition.question if condition else None, set()
        while asked is not None and asked.pk not in passed:
            if asked.pk == self.instance.pk:
                raise ValidationError(_("This condition leads in a circle back to this question. Choose another."))
            passed.add(asked.pk)
            asked = asked.only_if.question if asked.only_if else None
        return condition


class ChoiceFormSet(PartFormSet):
    def clean(self) -> None:
        for form in self.forms:
            if form.instance.pk and self._should_delete_form(form) and (users := _users([form.instance])):
                names = ", ".join(thing.key for thing in users)
                raise ValidationError(
                    _("“%(choice)s” cannot be removed: %(users)s still name it. Change these first, then remove it."),
                    params={"choice": form.instance.text, "users": names},
                )
        super().clean()


class ChoiceInline(TabularPart):
    model = Choice
    formset = ChoiceFormSet
    add = _("Add an answer")
    begin = 2
    fields = [("text", "summary"), ("normal", "slug"), "position"]
    help = _(
        "The words on the button, and the same as a statement: “You said an app starts the flow.” "
        "Normal is what anybody would answer whose guide says nothing."
    )


@admin.register(Question, site=site)
class QuestionAdmin(PublishableAdmin):
    form = QuestionForm
    list_display = ["order", "text", "slug", "state"]
    list_display_links = ["text"]
    search_fields = ["slug", "text", "choices__text"]
    readonly_fields = ["used_by"]
    sections = [
        Section("state", _("State"), fields=[("state", "history"), ("last_saved", "used_by")]),
        Section("ask", _("What people are asked"), fields=["text", "hint", "help", "slug"]),
        Section("choose", _("What they can answer"), parts=["choices"]),
        Section("when", _("When it is asked"), fields=["only_if", ("minutes", "group", "order")]),
    ]
    inlines = [ChoiceInline]

    @admin.display(description=_("Used by"))
    def used_by(self, question: Question) -> str:
        return links(_users(question.choices.all()) if question.pk else [])


def _users(choices: Iterable[Choice]) -> list[Publishable]:
    """Guides that state one of these answers or need it for a mitigation, and questions that are asked after one."""
    uses = GuideMitigation.objects.filter(when__in=choices).values("guide")
    guides = Guide.objects.filter(Q(expectations__choice__in=choices) | Q(pk__in=uses)).distinct()
    return [*guides, *Question.objects.filter(only_if__in=choices)]

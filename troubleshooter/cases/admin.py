"""The queue of what readers reported: who looks into it, and what was done."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from guides.admin import site
from guides.models import Guide
from troubleshooter.cases.models import Flag


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), ("mine", _("Open, mine")), ("done", _("Done"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "mine":
            return queryset.open().filter(owner_id=request.user.pk)
        if self.value() == "done":
            return queryset.exclude(done_at=None)
        return queryset.open() if self.value() == "open" else queryset


class FlagForm(forms.ModelForm):
    done = forms.BooleanField(label=_("Done"), required=False, help_text=_("Nothing is left to do about it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["done"] = self.instance.is_done


@admin.register(Flag, site=site)
class FlagAdmin(admin.ModelAdmin):
    form = FlagForm
    list_display = ["place", "excerpt", "came", "owner", "state"]
    list_display_links = ["place", "excerpt"]
    list_filter = [StateFilter]
    list_select_related = ["owner"]
    search_fields = ["guide", "part", "text"]
    readonly_fields = ["about", "said", "came", "done_when", "done_by"]
    fieldsets = [
        (None, {"fields": ["about", "said", "came"]}),
        (_("What becomes of it"), {"fields": ["owner", "note", "done", "done_when", "done_by"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Readers’ reports"), **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        told = {"title": _("A reader’s report about %(place)s") % {"place": self.place(context["original"])}}
        return super().render_change_form(request, {**context, **told, "subtitle": None}, *args, **kwargs)

    @admin.display(description=_("What the reader says"))
    def said(self, flag: Flag) -> str:
        return flag.text

    @admin.display(description=_("Came"), ordering="created")
    def came(self, flag: Flag) -> str:
        return _moment(flag.created)

    @admin.display(description=_("Done at"))
    def done_when(self, flag: Flag) -> str:
        return _moment(flag.done_at) if flag.done_at else ""

    @admin.display(description=_("About"), ordering="guide")
    def place(self, flag: Flag) -> str:
        return f"{flag.guide}, {flag.part}" if flag.part else flag.guide

    @admin.display(description=_("Report"))
    def excerpt(self, flag: Flag) -> str:
        return Truncator(flag.text).chars(100)

    @admin.display(description=_("State"), ordering="done_at")
    def state(self, flag: Flag) -> str:
        return str(_("Done") if flag.is_done else _("Open"))

    @admin.display(description=_("About"))
    def about(self, flag: Flag) -> str:
        """The place, with links to mend the guide and to see it as readers do."""
        guide = Guide.objects.filter(reference=flag.guide).first()
        if guide is None:
            return self.place(flag)
        place = [guide.reference, flag.part] if flag.part else [guide.reference]
        page = reverse("guides:reference_part" if flag.part else "guides:reference", args=place)
        edit = reverse("admin:guides_guide_change", args=[guide.pk])
        words = (self.place(flag), guide.title, edit, _("Mend the guide"), page, _("See it as readers do"))
        return format_html('{} “{}”: <a href="{}">{}</a>, <a href="{}">{}</a>', *words)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """The owner is one of the staff, and accounts are made and mended elsewhere."""
        if db_field.name != "owner":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.ModelChoiceField(
            User.objects.filter(is_staff=True, is_active=True), required=False, help_text=db_field.help_text
        )

    def save_model(self, request: HttpRequest, obj: Flag, form: FlagForm, change: bool) -> None:
        if form.cleaned_data["done"] and not obj.is_done:
            obj.close(by=request.user)
        elif not form.cleaned_data["done"]:
            obj.reopen()
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def _moment(when: datetime.datetime) -> str:
    return date_format(localtime(when), "j F Y, H:i")

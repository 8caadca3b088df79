"""Senders on the staff site: to whom they may write and link, their keys, what they reported, and a test of it all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.admin import site
from troubleshooter.repair_tips import hosts, status, trial_pages
from troubleshooter.repair_tips.models import FailedRun, Sender

SHOWN_RUNS = 10

__all__ = ["SenderAdmin", "status"]


class SenderForm(forms.ModelForm):
    """Lists of names are written in one way, so that intake compares them letter by letter."""

    class Meta:
        widgets = dict.fromkeys(("recipient_domains", "run_hosts"), AdminTextareaWidget({"rows": 4}))

    def clean_recipient_domains(self) -> str:
        return hosts.tidied(self.cleaned_data["recipient_domains"])

    def clean_run_hosts(self) -> str:
        return hosts.tidied(self.cleaned_data["run_hosts"])


@admin.register(Sender, site=site)
class SenderAdmin(admin.ModelAdmin):
    form = SenderForm
    fields = ["name", "recipient_domains", "run_hosts", "active"]
    list_display = ["name", "domains", "is_active", "last"]
    search_fields = ["name", "recipient_domains"]

    def get_urls(self) -> list[URLPattern]:
        pages = (("", trial_pages.ask, ""), ("<int:letter>/", trial_pages.show, "_letter"))
        more = ("<int:letter>/html/", trial_pages.html, "_html")
        own = [
            path(f"<int:pk>/test/{route}", self.admin_site.admin_view(view), name=f"repair_tips_trial{name}")
            for route, view, name in (*pages, more)
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Senders"), **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        sender = context.get("original")
        told = {
            "title": _("Sender %(name)s") % {"name": sender.name} if sender else _("Add a sender"),
            "subtitle": None,
            "show_save_and_add_another": False,
            "keys": list(sender.keys.all()) if sender and request.user.has_perm("api.view_apikey") else [],
            "runs": _last_runs(sender) if sender else [],
        }
        return super().render_change_form(request, {**context, **told}, *args, **kwargs)

    @admin.display(description=gettext_lazy("Mail may go to"))
    def domains(self, sender: Sender) -> str:
        return ", ".join(sender.recipient_domains.split())

    @admin.display(description=gettext_lazy("Active"), boolean=True, ordering="active")
    def is_active(self, sender: Sender) -> bool:
        return sender.active

    @admin.display(description=gettext_lazy("Last report"), ordering="last_report")
    def last(self, sender: Sender) -> str:
        return _when(sender.last_report) if sender.last_report else _("None yet")

    def has_delete_permission(self, request: HttpRequest, obj: Sender | None = None) -> bool:
        """A sender that is no longer needed is turned off, so that its flows keep their history."""
        return False


def _last_runs(sender: Sender) -> list[FailedRun]:
    runs = FailedRun.objects.filter(flow__sender=sender, flow__is_test=False).select_related("flow")
    return list(runs.order_by("-reported", "-pk")[:SHOWN_RUNS])


def _when(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y, H:i")

"""Keys of other programs: who has one, what it may do, and making, replacing and revoking them."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.admin import site, trail

from .models import BOTH_WORK, ApiKey


class KeyForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=ApiKey.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if ApiKey.Scope.FAILURES in cleaned.get("scopes", []) and not cleaned.get("sender"):
            self.add_error("sender", ValidationError(_("Choose whose failed runs it reports.")))
        return cleaned


@admin.register(ApiKey, site=site)
class KeyAdmin(admin.ModelAdmin):
    form = KeyForm
    list_display = ["name", "ends_with", "may", "sender", "state", "last_used"]
    list_filter = [("sender", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["sender"]
    search_fields = ["name", "hint"]
    readonly_fields = ["state", "ends_with", "last_used", "made"]

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        own = ["name", "scopes", "sender"]
        return [*own, *self.readonly_fields] if obj else own

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        return self.readonly_fields if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        return super().get_queryset(request).select_related("sender", "made_by")

    def get_urls(self) -> list[URLPattern]:
        pages = (("rotate", self._rotate), ("revoke", self._revoke))
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"api_apikey_{name}")
            for name, view in pages
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("API keys"), **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        key = context.get("original")
        title = _("Key of %(name)s") % {"name": key.name} if key else _("Make a key for another program")
        only_save = {"show_save_and_add_another": False, "show_save_and_continue": False}
        told = {"title": title, "subtitle": None, **only_save}
        return super().render_change_form(request, {**context, **told}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: ApiKey, form: KeyForm, change: bool) -> None:
        """A new key gets its secret, which the answer to this request shows and nothing keeps."""
        if not change:
            obj.made_by = request.user  # type: ignore[assignment]
            request.new_secret = obj.take_secret()  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        return self._shown_once(request, obj, request.new_secret)  # type: ignore[attr-defined]

    def _rotate(self, request: HttpRequest, pk: int) -> HttpResponse:
        key = self._changeable(request, pk)
        days = BOTH_WORK.days
        if request.method != "POST":
            return self._confirmed(
                request,
                key,
                title=_("Replace the key of %(name)s") % {"name": key.name},
                what=_("You get a new key that may do the same. This one works for %(days)s more days.")
                % {"days": days},
                button=_("Make the new key"),
            )
        rotated = key.rotate(by=request.user)
        if rotated is None:
            messages.error(request, _("This key is replaced or revoked already."))
            return HttpResponseRedirect(_page_of(key))
        new, secret = rotated
        trail.record(request, key, _("Replaced it. It works for %(days)s more days.") % {"days": days})
        self.log_addition(request, new, [{"added": {}}])
        return self._shown_once(request, new, secret, old=ApiKey.objects.get(pk=key.pk))

    def _revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        key = self._changeable(request, pk)
        if request.method != "POST":
            return self._confirmed(
                request,
                key,
                title=_("Revoke the key of %(name)s") % {"name": key.name},
                what=_("The program that uses it is refused from now on. This cannot be undone."),
                button=_("Revoke the key"),
            )
        if key.revoked is None:
            key.revoke()
            trail.record(request, key, _("Revoked it."))
        messages.success(request, _("The key is revoked."))
        return HttpResponseRedirect(_page_of(key))

    def _changeable(self, request: HttpRequest, pk: int) -> ApiKey:
        key = self.get_object(request, str(pk))
        if not self.has_change_permission(request, key):
            raise PermissionDenied
        if key is None:
            raise Http404("There is no such key.")
        return key

    def _confirmed(self, request: HttpRequest, key: ApiKey, **told: Any) -> HttpResponse:
        """The page with the button that does it."""
        context = {**site.each_context(request), "opts": self.opts, "key": key, "back": _page_of(key), **told}
        return render(request, "admin/api/apikey/confirm.html", context)

    def _shown_once(self, request: HttpRequest, key: ApiKey, secret: str, old: ApiKey | None = None) -> HttpResponse:
        """The secret as the answer to the form itself, so that it is stored nowhere on the way to a next page."""
        context = {
            **site.each_context(request),
            "opts": self.opts,
            "title": _("The key of %(name)s") % {"name": key.name},
            "key": key,
            "secret": secret,
            "old": old,
            "reports": key.allows(ApiKey.Scope.FAILURES),
            "back": _page_of(key),
        }
        return render(request, "admin/api/apikey/secret.html", context)

    @admin.display(description=gettext_lazy("Ends with"))
    def ends_with(self, key: ApiKey) -> str:
        return f"…{key.hint}"

    @admin.display(description=gettext_lazy("What it may do"))
    def may(self, key: ApiKey) -> str:
        return ", ".join(str(label) for value, label in ApiKey.Scope.choices if key.allows(value))

    @admin.display(description=gettext_lazy("State"))
    def state(self, key: ApiKey) -> str:
        if key.revoked:
            return _("Revoked on %(day)s") % {"day": _day(key.revoked)}
        if key.expires is None:
            return _("Works")
        words = _("Replaced, works until %(day)s") if key.is_working else _("Replaced, stopped on %(day)s")
        return words % {"day": _day(key.expires)}

    @admin.display(description=gettext_lazy("Last used"), ordering="used")
    def last_used(self, key: ApiKey) -> str:
        return date_format(key.used, "j F Y") if key.used else _("Never")

    @admin.display(description=gettext_lazy("Made"))
    def made(self, key: ApiKey) -> str:
        by = key.made_by.get_username() if key.made_by else _("somebody")
        return _("On %(day)s by %(name)s") % {"day": _day(key.created), "name": by}

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """A key that is no longer needed is revoked, so that it stays known what it was."""
        return False


def _page_of(key: ApiKey) -> str:
    return reverse("admin:api_apikey_change", args=[key.pk])


def _day(when: datetime.datetime) -> str:
    return date_format(localtime(when), "j F Y")

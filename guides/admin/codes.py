"""Error codes: the rows in which a guide names them, and the page of each. A code goes live with its guides."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from nested_admin.nested import NestedModelAdmin

from guides import drafts
from guides.document import ONE_WORD
from guides.models import CodeAlias, ErrorCode, Guide

from . import publish
from .editing import Editing
from .fields import DraftFields
from .layout import Section
from .parts import PartForm, PartFormSet, UnsortedPart
from .staff_site import site
from .used_by import links

_AROUND = " \t\r\n'\"“”‘’`"
"""What people copy together with a code."""


class CodeForm(PartForm):
    """A code is written, not looked up: one that is not known yet is made when the guide is saved."""

    token = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "known-codes", "translate": "no", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial = {**self.initial, "token": self.instance.errorcode.token}

    def clean_token(self) -> str:
        token = str(self.cleaned_data["token"]).strip(_AROUND)
        if not token:
            raise ValidationError(_("Write the code, or remove the row."))
        known = ErrorCode.objects.filter(Q(token__iexact=token) | Q(aliases__text__iexact=token)).first()
        if known is None and (len(token) > 80 or not re.match(ONE_WORD, token)):
            raise ValidationError(
                _("Write one code of at most 80 characters, without spaces and slashes. A sentence is a message.")
            )
        self.known = known
        if known and "token" in self.changed_data:
            self.instance.errorcode = known
        return known.token if known else token

    def save(self, commit: bool = True) -> Any:
        if "token" in self.changed_data:
            self.instance.errorcode = self.known or ErrorCode.objects.get_or_create(token=self.cleaned_data["token"])[0]
        return super().save(commit)


class CodeFormSet(PartFormSet):
    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            token = getattr(form, "cleaned_data", {}).get("token", "").lower()
            if token and token in seen and not self._should_delete_form(form):
                form.add_error("token", _("This code is there twice; keep one row."))
            seen.add(token)


class CodeInline(UnsortedPart):
    model = Guide.codes.through
    add = _("Add an error code")
    begin = 1
    form = CodeForm
    formset = CodeFormSet
    fields = [("token", "own_page")]
    readonly_fields = ["own_page"]
    verbose_name = _("error code")
    verbose_name_plural = _("error codes")
    bare = True
    help = _("A code, status or hex number, exactly as the system prints it. A new one is made when you save.")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("errorcode")

    def row_reference(self, row: Any) -> str:
        return row.errorcode.token if row.errorcode_id else ""

    @admin.display(description=_("Code"))
    def token(self, row: Any) -> str:
        """For those who may only look."""
        return self.row_reference(row)

    @admin.display(description=_("Meaning"))
    def own_page(self, row: Any) -> str:
        if not row.errorcode_id:
            return str(_("New"))
        address = reverse("admin:guides_errorcode_change", args=[row.errorcode_id])
        words = row.errorcode.meaning or _("No meaning yet")
        return format_html('<a href="{}">{}</a>', address, words)


class ErrorCodeForm(forms.ModelForm):
    def clean_token(self) -> str:
        token = str(self.cleaned_data["token"]).strip(_AROUND)
        others = ErrorCode.objects.filter(Q(token__iexact=token) | Q(aliases__text__iexact=token))
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("“%(token)s” is a code already, or another spelling of one."), params={"token": token}
            )
        return token


class AliasForm(PartForm):
    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip(_AROUND)
        if ErrorCode.objects.filter(token__iexact=text).exists():
            raise ValidationError(_("“%(text)s” is a code of its own, not another spelling."), params={"text": text})
        return text


class AliasInline(UnsortedPart):
    model = CodeAlias
    form = AliasForm
    add = _("Add a spelling")
    fields = ["text"]
    bare = True
    help = _("Misspellings and other spellings that people paste.")


@admin.register(ErrorCode, site=site)
class ErrorCodeAdmin(Editing, DraftFields, NestedModelAdmin):
    form = ErrorCodeForm
    list_display = ["token", "meaning", "group", "used_by"]
    list_filter = ["group", "generic"]
    search_fields = ["token", "meaning", "aliases__text"]
    readonly_fields = ["used_by"]
    sections = [
        Section("code", _("The code"), fields=["used_by", "token", "meaning", "group", "generic"]),
        Section("spellings", _("Other spellings"), parts=["aliases"]),
    ]
    inlines = [AliasInline]
    actions = ["publish_guides"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("guides")

    @admin.display(description=_("Used by"))
    def used_by(self, code: ErrorCode) -> str:
        return links(code.guides.all()) if code.pk else links([])

    @admin.action(description=_("Publish the live guides of the selected codes"), permissions=["publish"])
    def publish_guides(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """All at once: guides that share a code must describe it alike."""
        guides = Guide.objects.live().filter(codes__in=queryset).distinct()
        return HttpResponseRedirect(publish.address(Guide, guides.values_list("pk", flat=True)))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(publish.MAY_PUBLISH)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The code is part of its guides: their drafts changed."""
        super().save_related(request, form, formsets, change)
        drafts.saved(form.instance.guides.all(), request.user)  # type: ignore[arg-type]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: ErrorCode | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.guides.exists())

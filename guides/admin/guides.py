"""The page of a guide: everything readers see of it and everything the diagnosis knows of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.document import refuse_no_words
from guides.models import (
    Cause,
    ErrorCode,
    Guide,
    GuideNotice,
    Message,
    Notice,
    Phrase,
    Revision,
    Sample,
    Source,
)

from . import two_editors
from .codes import CodeInline
from .expectations import ExpectationsForm
from .fields import Lines, rows_as_choices
from .layout import Section
from .learned import Frequency
from .parts import NamedForm, TabularPart, short_name
from .publishable import PublishableAdmin
from .references import free_address, next_reference
from .staff_site import site
from .starting import StartsElsewhere
from .uses import UseInline


class GuideForm(ExpectationsForm):
    """Phrases are short and many, so they are one text with a phrase on each line."""

    phrases = Lines(
        label=_("How people describe it"),
        help_text=_("Such as “nothing happens when I press the button”. One on each line."),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if address := self.fields.get("slug"):
            address.required = bool(self.instance.pk)
            address.error_messages["unique"] = gettext("This address already exists. Choose another.")
            address.help_text = (
                _("When you change it, the old address leads to the new one.")
                if self.instance.pk
                else _("Left empty, it is made from the title. Such as flow-turned-off.")
            )
        if self.instance.pk:
            self.initial["phrases"] = [phrase.text for phrase in self.instance.phrases.all()]

    def clean_slug(self) -> str:
        """The address that was typed. A new guide without one is named after its title."""
        address = self.cleaned_data["slug"]
        if address or "title" in self.errors:
            return address
        if not self.cleaned_data.get("title"):
            raise ValidationError(gettext("Write a title, or an address."))
        return free_address(short_name(self.cleaned_data["title"]) or "guide")

    def clean_former_slugs(self) -> list[str]:
        """Old addresses stand in tickets: all that readers ever had go on leading here."""
        kept: list[str] = self.cleaned_data["former_slugs"]
        published = Revision.objects.filter(kind=Guide.KIND, key=self.instance.reference)
        rows = published.values_list("document__slug", "document__former_slugs")
        ever = {address for slug, former in rows for address in (slug, *(former or []))}
        now = self.instance.live.document["slug"] if self.instance.live else ""  # kept when another one goes live
        lost = sorted(ever - {*kept, now, self.cleaned_data.get("slug", self.instance.slug)})
        if lost:
            raise ValidationError(
                gettext("Links in tickets may lead to %(addresses)s. Keep it here.") % {"addresses": ", ".join(lost)}
            )
        return kept

    def clean_phrases(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["phrases"]))

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if "phrases" in self.changed_data:
            self.instance.phrases.all().delete()
            rows = (
                Phrase(guide=self.instance, text=text, position=place)
                for place, text in enumerate(self.cleaned_data["phrases"])
            )
            Phrase.objects.bulk_create(rows)


class MessageForm(NamedForm):
    def clean_text(self) -> str:
        try:
            return refuse_no_words(self.cleaned_data["text"])
        except ValueError as problem:
            raise ValidationError(f"{capfirst(str(problem))}.") from None


class MessageInline(TabularPart):
    model = Message
    form = MessageForm
    add = _("Add a message")
    fields = ["text", ("essential", "key"), "position"]
    help = _(
        "The error text as the system prints it, with <placeholders> for what varies: "
        "“The flow <name> is off.” Essential words tell it from other messages. A name left empty is made for you."
    )


class CauseInline(TabularPart):
    model = Cause
    form = NamedForm
    add = _("Add a cause")
    begin = 1
    fields = ["text", ("title", "key", "source"), "position"]
    help = _(
        "Why it happens, in sixty words at most. The source is the title or the name of a source below. "
        "A name left empty is made for you."
    )


class NoticeInline(TabularPart):
    model = GuideNotice
    add = _("Add a notice")
    fields = ["notice", "position"]
    verbose_name = _("notice")
    verbose_name_plural = _("notices")
    bare = True
    help = _("Blocks that stand above the steps, only where they are true. They are written on their own pages.")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "notice" and field:
            field.choices = [("", field.empty_label), *rows_as_choices(request, Notice)]
        return field


class SampleInline(TabularPart):
    model = Sample
    add = _("Add a sample")
    begin = 1
    fields = ["text", ("leads", "note"), "position"]
    help = _("Real error texts, without names and ids. Nothing can be published that sends one of them elsewhere.")


class SourceInline(TabularPart):
    model = Source
    form = NamedForm
    add = _("Add a source")
    begin = 1
    fields = [("title", "url"), ("key", "dated", "checked"), "position"]
    help = _("What the guide relies on, and when somebody last compared it. A name left empty is made for you.")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "checked":
            field.initial = timezone.localdate
        return field


SECTIONS = [
    Section("state", _("State"), fields=[("state", "history"), ("last_saved", "kept_by")]),
    Section(
        "problem",
        _("The problem"),
        fields=["title", "meaning", ("slug", "reference"), ("kind", "common")],
        template="admin/guides/_learned.html",
    ),
    Section(
        "recognise",
        _("How it is recognised"),
        parts=["Guide_codes", "messages"],
        template="admin/guides/_known_codes.html",
        help=_("A code is the surest, then a message, then the words of people."),
    ),
    Section("words", _("How people describe it"), fields=["phrases"], is_lone=True),
    Section("cause", _("Why it happens"), parts=["causes"]),
    Section("notice", _("Notices above the steps"), parts=["notice_uses"]),
    Section("begin", _("Before you start"), fields=["before"], is_lone=True),
    Section("fixes", _("Mitigations and their steps"), parts=["uses"]),
    Section("worked", _("How you know it worked"), fields=["verification"], is_lone=True),
    Section(
        "expectations-group",
        _("What people would answer"),
        template="admin/guides/_expectations.html",
        help=_("For somebody with exactly this problem. Where you say nothing, the normal answer holds."),
    ),
    Section("proof", _("Sample error texts"), parts=["samples"]),
    Section("origin", _("Sources"), parts=["sources"]),
    Section("more", _("Good to know"), fields=["further"], is_lone=True),
    Section("fork", _("Only for a fork"), fields=["targets"]),
    Section(
        "staff",
        _("Only for staff"),
        fields=[("owner", "review_by"), "internal_note"],
        help=_("Only staff see this, and it takes effect as soon as you save."),
    ),
    Section("addresses", _("Addresses and retirement"), fields=["former_slugs", "retirement"]),
]


@admin.register(Guide, site=site)
class GuideAdmin(StartsElsewhere, PublishableAdmin):
    form = GuideForm
    list_display = ["reference", "title", "state", "frequency", "on_site"]
    list_display_links = ["reference", "title"]
    list_filter = [*PublishableAdmin.list_filter, "kind"]
    list_select_related = ["live"]
    search_fields = ["reference", "title", "slug", "codes__token"]
    readonly_fields = ["retirement", "kept_by"]
    sections = SECTIONS
    begins_with = {"uses": "steps"}
    inlines = [
        CodeInline,
        MessageInline,
        CauseInline,
        NoticeInline,
        UseInline,
        SampleInline,
        SourceInline,
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        fieldsets = super().get_fieldsets(request, obj)
        if not request.user.has_perm("guides.see_internal_notes"):
            for _title, options in fieldsets:
                options["fields"] = [name for name in options["fields"] if name != "internal_note"]
        return fieldsets

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("How common"))
    def frequency(self, guide: Guide) -> str:
        return Frequency(guide).short

    @admin.display(description=_("Kept by"))
    def kept_by(self, guide: Guide) -> str:
        return two_editors.name(guide.owner) if guide.owner else gettext("Nobody yet. Choose an owner below.")

    @admin.display(description=_("Retired"))
    def retirement(self, guide: Guide) -> str:
        if not guide.retired:
            return gettext("No")
        return (
            gettext("Yes. It leads to %(guide)s.") % {"guide": guide.successor} if guide.successor else gettext("Yes")
        )

    @admin.display(description=_("How people describe it"))
    def phrases(self, guide: Guide) -> str:
        """For those who may only look."""
        return "\n".join(phrase.text for phrase in guide.phrases.all())

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """For the audit trail. The row that gives a guide a code has no name, so the code itself is named."""
        said = super().construct_change_message(request, form, formsets, add)
        tokens = (
            row.errorcode.token
            for rows in formsets or ()
            if rows.model is Guide.codes.through
            for row in (*rows.new_objects, *(row for row, _names in rows.changed_objects), *rows.deleted_objects)
        )
        for what in (what for entry in said for what in entry.values()):
            if what.get("name") == str(Guide.codes.through._meta.verbose_name):
                what |= {"name": gettext("error code"), "object": next(tokens)}
        return said

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.name_what_titles_mean()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        told: dict[str, Any] = {"known_codes": ErrorCode.objects.values_list("token", flat=True)}
        if (guide := context.get("original")) and guide.kind == Guide.Kind.FIX:
            told |= {
                "frequency": Frequency(guide),
                "learned_page": reverse("admin:guides_guide_learned", args=[guide.pk]),
            }
        return super().render_change_form(request, {**context, **told}, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"reference": next_reference(Guide), **super().get_changeform_initial_data(request)}

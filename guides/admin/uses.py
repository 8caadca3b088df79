"""The mitigations of a guide with their steps, on the guide's own page.

A row is a GuideMitigation together with the title and the times of its Mitigation; the steps nested in the row
belong to that mitigation, so that what is written in one guide changes in all guides that share it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.forms.models import InlineForeignKeyField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import GuideMitigation, Mitigation, Step

from . import posted_rows
from .fields import TimesInOrder, renderable, rows_as_choices
from .markdown import MarkdownArea
from .parts import PartForm, PartFormSet, StackedPart
from .references import next_reference
from .steps import StepInline

OWN = ("title", "minutes_from", "minutes_to", "waiting", "intro")
"""The fields of the row that belong to the mitigation."""


def _own(name: str, **options: Any) -> Any:
    return Mitigation._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]


class UseForm(TimesInOrder, PartForm):
    """A mitigation as the guide uses it. A new row takes an existing mitigation or writes a new one."""

    title = _own("title", required=False, widget=AdminTextInputWidget(attrs={"class": "vTextField"}))
    minutes_from = _own("minutes_from")
    minutes_to = _own("minutes_to")
    waiting = _own("waiting", label=_("Waiting on top"), widget=AdminTextInputWidget(attrs={"class": "vTextField"}))
    intro = _own("intro", label=_("Introduction"), widget=MarkdownArea(attrs={"rows": 2}), validators=[renderable])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.mitigation_id is None
        self.fields["mitigation"].required = False
        if not self.is_new:
            self.fields["mitigation"].widget = forms.HiddenInput()
            self.initial = {**self.initial, **{name: getattr(self.instance.mitigation, name) for name in OWN}}

    @property
    def is_removed(self) -> bool:
        return bool(self.data.get(self.add_prefix("DELETE")))

    def has_steps_written(self) -> bool:
        return any(formset.has_changed() for formset in getattr(self, "nested_formsets", ()))

    def has_changed(self) -> bool:
        return super().has_changed() or (self.is_new and self.has_steps_written())

    def clean_mitigation(self) -> Mitigation | None:
        return self.cleaned_data["mitigation"] if self.is_new else self.instance.mitigation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("mitigation")
        if self.is_new and chosen and (self.has_steps_written() or set(OWN) & set(self.changed_data)):
            raise ValidationError(
                _("%(mitigation)s has its own title and steps. Leave these empty here and save; they then appear."),
                params={"mitigation": chosen.reference},
            )
        if self.is_new and not chosen and not cleaned.get("title"):
            self.add_error("title", _("Choose a mitigation above, or give the new one a title."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.instance.mitigation_id is None:
            self.instance.mitigation = Mitigation(reference=next_reference(Mitigation))
            self._write_own(OWN)
        elif not self.is_new:
            self._write_own([name for name in OWN if name in self.changed_data])
        return super().save(commit)

    def _write_own(self, names: Any) -> None:
        mitigation = self.instance.mitigation
        for name in names:
            setattr(mitigation, name, self.cleaned_data[name])
        if names:
            mitigation.save(update_fields=None if mitigation.pk is None else names)


class UseFormSet(PartFormSet):
    def new_instance(self, prefix: str) -> GuideMitigation:
        """The mitigation itself may still be there: its row then goes on with its title and its steps."""
        key = posted_rows.as_number(self.data.get(f"{prefix}-mitigation", ""))
        mitigation = Mitigation.objects.filter(pk=key).first() if key is not None else None
        if mitigation is None:
            self.data[f"{prefix}-mitigation"] = ""
        return GuideMitigation(mitigation=mitigation)

    def get_unique_error_message(self, unique_check: Any) -> str:
        return gettext("The same mitigation is there twice; keep one row.")


class _Parent(InlineForeignKeyField):
    """The page's script writes the key of the row here, which is not the mitigation's. The row decides."""

    def clean(self, value: object) -> Any:
        return self.parent_instance


class StepFormSet(PartFormSet):
    """The steps of the mitigation of one row. `instance` is the row, or None for the row that scripts copy."""

    def __init__(self, *args: Any, instance: GuideMitigation | None = None, **kwargs: Any) -> None:
        self.use = instance
        known = instance is not None and instance.mitigation_id is not None
        mitigation = instance.mitigation if instance and known else Mitigation()
        super().__init__(*args, instance=mitigation, **kwargs)
        if not self.is_bound:
            # Loaded for all rows at once by UseInline.
            self._queryset = mitigation.steps.all() if known else Step.objects.none()

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[self.fk.name] = _Parent(self.instance)

    def own_rows(self) -> QuerySet[Step]:
        """Those of all mitigations on the page: a step may move from one to another."""
        if self.use is None or self.use.guide_id is None:
            return super().own_rows()
        of_page = Q(mitigation=self.instance.pk) | Q(mitigation__uses__guide=self.use.guide_id)
        return Step.objects.filter(of_page).distinct()

    @property
    def is_let_go(self) -> bool:
        """Whether the guide gives this mitigation up; its steps then stay as they are."""
        return self.parent_form.is_removed

    def is_valid(self) -> bool:
        return True if self.is_let_go else super().is_valid()

    def save(self, commit: bool = True) -> list[Step]:
        if self.is_let_go:
            for names in ("new_objects", "changed_objects", "deleted_objects"):
                setattr(self, names, [])
            return []
        if self.use and self.use.mitigation_id is not None:
            self.instance = self.use.mitigation
        return super().save(commit)

    def save_existing(self, form: forms.ModelForm, obj: Step, commit: bool = True) -> Step:
        if obj.mitigation_id != self.instance.pk:
            form.instance.number = None  # its number belongs to the mitigation that it was dragged away from
        return super().save_existing(form, obj, commit)


class StepOfUseInline(StepInline):
    """The steps of a row's mitigation. Their parent is the mitigation, although they stand under the row."""

    formset = StepFormSet

    def __init__(self, parent_model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(Mitigation, admin_site)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """One for each new row of the page; none in the row that scripts copy, which they fill themselves."""
        return int(obj is not None and obj.pk is None)


class UseInline(StackedPart):
    model = GuideMitigation
    form = UseForm
    formset = UseFormSet
    inlines = [StepOfUseInline]
    verbose_name = _("mitigation")
    verbose_name_plural = _("mitigations")
    add = _("Add a mitigation")
    begin = 1
    remove = _("Remove from this guide")
    help = _(
        "What may cure it, the best first. Steps say where, then what: one action each, seven at most. "
        "A mitigation for one cause alone names the cause by its title or its name."
    )
    fieldsets = [
        (None, {"fields": ["mitigation", "shared", "title", ("minutes_from", "minutes_to", "works"), "waiting"]}),
        (None, {"fields": ["intro", ("cause", "when"), "position"]}),
    ]
    readonly_fields = ["shared"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GuideMitigation]:
        rows = super().get_queryset(request)
        return rows.select_related("mitigation").prefetch_related("mitigation__steps", "mitigation__uses__guide")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "mitigation" and field:
            field.choices = [("", _("A new one, written here")), *rows_as_choices(request, Mitigation)]
        return field

    # For those who may only look.
    title = admin.display(description=_("Title"))(lambda self, use: use.mitigation.title)
    minutes_from = admin.display(description=_("Minutes from"))(lambda self, use: use.mitigation.minutes_from)
    minutes_to = admin.display(description=_("Minutes to"))(lambda self, use: use.mitigation.minutes_to)
    waiting = admin.display(description=_("Waiting on top"))(lambda self, use: use.mitigation.waiting)
    intro = admin.display(description=_("Introduction"))(lambda self, use: use.mitigation.intro)

    def row_reference(self, use: GuideMitigation) -> str:
        return use.mitigation.reference if use.mitigation_id else ""

    @admin.display(description=_("Used by"))
    def shared(self, use: GuideMitigation) -> str:
        """Who else shows these steps, so that nobody changes them for others unawares."""
        if not use.mitigation_id:
            return "—"
        own_page = reverse("admin:guides_mitigation_change", args=[use.mitigation_id])
        others = [row.guide.reference for row in use.mitigation.uses.all() if row.guide_id != use.guide_id]
        if not others:
            return format_html(gettext('Only this guide. <a href="{}">Its own page</a>'), own_page)
        return format_html(
            gettext('Also {}: what you change here changes there too. <a href="{}">Its own page</a>'),
            ", ".join(others),
            own_page,
        )

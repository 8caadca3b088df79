"""What every page on which staff write has in common: its layout, the buttons of its rows, and two people at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import BaseForm, Media
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from nested_admin.nested import NestedModelAdminMixin

from guides import drafts
from guides.models import Publishable

from . import layout, posted_rows, two_editors
from .markdown import MarkdownArea


class _Unsaved:
    """Makes a form that is shown again with all that was typed, whether or not it could be saved."""

    def is_valid(self) -> bool:
        super().is_valid()  # type: ignore[misc]
        return False


class Editing:
    """Mixin for the model admins of pages with `sections`."""

    change_form_template = "admin/guides/editing.html"
    sections: Sequence[layout.Section] = ()
    begins_with: Mapping[str, str] = {}
    """By kind of row: the kind of which a new row holds an empty one from the start."""

    @property
    def media(self) -> Media:
        """Without the script of nested-admin: its formsets serve us, our rows need no dragging."""
        return super(NestedModelAdminMixin, self).media  # type: ignore[misc]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        return [(section.title, {"fields": list(section.fields)}) for section in self.sections if section.fields]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return type(form.__name__, (_Unsaved, form), {}) if hasattr(request, "shown_again") else form

    def _changeform_view(self, request: HttpRequest, object_id: Any, form_url: str, extra_context: Any) -> HttpResponse:
        """Inside the transaction that saves: answer a row's button, or stop when somebody else saved meanwhile."""
        context = dict(extra_context or {})
        if request.method == "POST" and "_rows" in request.POST:
            request.POST = request.POST.copy()  # type: ignore[assignment]
            request.shown_again = "rows"  # type: ignore[attr-defined]
            context["focus"] = request.POST["_rows"].partition(":")[0]
            context["focus_row"] = posted_rows.press(request.POST, request.POST["_rows"], self.begins_with)
        elif request.method == "POST" and "_preview" in request.POST:
            request.shown_again = "preview"  # type: ignore[attr-defined]
        elif request.method == "POST" and object_id and issubclass(self.model, Publishable):  # type: ignore[attr-defined]
            context["conflict"] = two_editors.conflict(self, request, object_id)
            if context["conflict"]:
                request.shown_again = "conflict"  # type: ignore[attr-defined]
        return super()._changeform_view(request, object_id, form_url, context)  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        shown_again = getattr(request, "shown_again", "")
        if shown_again in ("rows", "preview"):
            for form in _forget_errors(context["adminform"].form, context["inline_admin_formsets"]):
                _show_preview(form, request.POST.get("_preview", ""))
                if context.get("focus") == "add" and form.prefix and form.prefix == context["focus_row"]:
                    form.visible_fields()[0].field.widget.attrs["autofocus"] = True
            context["errors"] = []
        places = layout.places(self.sections, context["adminform"], context["inline_admin_formsets"])
        conflict = context.get("conflict")
        keeps_stamp = shown_again in ("rows", "preview") or (conflict and not conflict.is_compared)
        context |= {
            "is_nav_sidebar_enabled": False,  # the room is for what people write
            "places": places,
            "blanks": layout.blanks(places),
            "problems": list(_problems(context["adminform"].form, places)) if context["errors"] else [],
            "edits": request.POST.get("_edits", "") if keeps_stamp else two_editors.stamp(context.get("original")),
        }
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    @admin.display(description=_lazy("Last saved"))
    def last_saved(self, thing: Any) -> str:
        """Who saved the draft last, and when."""
        if thing.edited_at is None:
            return "—"
        when = date_format(localtime(thing.edited_at), "j F Y, H:i")
        return _("%(who)s, %(when)s") % {"who": two_editors.name(thing.edited_by), "when": when}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "last_saved"]  # type: ignore[misc]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if isinstance(form.instance, Publishable):
            drafts.saved(two_editors.changed(form, formsets, change), request.user)  # type: ignore[arg-type]


def _forget_errors(form: Any, formsets: Iterable[Any]) -> Iterator[Any]:
    """Show what was typed without judging it, since nobody asked to save it; every form of the page."""
    form._errors = ErrorDict()
    yield form
    for formset in _every(inline.formset for inline in formsets):
        formset._non_form_errors = ErrorList()
        for row in formset.forms:
            row._errors = ErrorDict()
            _fill_new(row)
            yield row


def _every(formsets: Iterable[Any]) -> Iterator[Any]:
    for formset in formsets:
        yield formset
        for row in formset.forms:
            yield from _every(getattr(row, "nested_formsets", ()))


def _show_preview(form: Any, control: str) -> None:
    for name, field in form.fields.items():
        if isinstance(field.widget, MarkdownArea) and form.add_prefix(name) == control:
            field.widget.shows_preview = True


def _fill_new(form: Any) -> None:
    """Give a row that was just added the values with which new rows begin."""
    names = {form.add_prefix(name): name for name in form.fields if name not in ("position", "DELETE")}
    if any(posted in form.data for posted in names):
        return
    for posted, name in names.items():
        value = form.fields[name].prepare_value(form.get_initial_for_field(form.fields[name], name))
        if value is not None and value is not False and not isinstance(value, Model):
            form.data[posted] = str(value)


def _problems(form: BaseForm, places: list[layout.Place]) -> Iterator[dict[str, str]]:
    """Every error of the page: in which words, and the id of the control that it is about."""
    yield from _of_form(form, "")
    for part in layout.every_part(places):
        for error in part.formset.non_form_errors():
            yield {"text": str(error), "target": f"{part.formset.prefix}-group"}
        for row in part.rows:
            if not row.is_removed:
                yield from _of_form(row.form.form, capfirst(row.name))


def _of_form(form: BaseForm, owner: str) -> Iterator[dict[str, str]]:
    for name, errors in form.errors.items():
        control = form[name] if name in form.fields else None
        words = [part for part in (owner, str(control.label) if control else "") if part]
        for error in errors:
            sentence = _("%(place)s: %(error)s") % {"place": ", ".join(words), "error": error} if words else error
            target = control.id_for_label or control.auto_id if control else form.prefix or "content-start"
            yield {"text": str(sentence), "target": str(target)}

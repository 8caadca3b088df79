"""The forms of the staff pages as a browser would send them back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client


def page(thing: Model) -> str:
    return f"/admin/guides/{thing._meta.model_name}/{thing.pk}/change/"


def save(client: Client, address: str, changes: dict[str, Any] | None = None, button: str = "_save") -> str:
    """Open a page, change some of its controls, press a button; the messages that follow."""
    response = client.post(address, controls(client.get(address)) | (changes or {}) | {button: "1"})
    assert response.status_code == 302, response.context["errors"]
    return said(client.get("/admin/"))


def publish(client: Client, thing: Model, changes: dict[str, Any] | None = None) -> str:
    """Press “Save and publish” on the page of a thing, then “Publish” on the page that follows; what that says."""
    save(client, page(thing), changes, "_publish")
    return go_live(client, page(thing).replace("/change/", "/publish/"))


def go_live(client: Client, address: str, **changes: Any) -> str:
    """Open a page on which things are published and press “Publish”; the messages that follow, or why not."""
    response = client.post(address, seen(client.get(address)) | {"_publish": "1"} | changes)
    if response.status_code == 302:
        return said(client.get("/admin/"))
    return "\n".join(problem["text"] for problem in response.context["problems"])


def seen(response: Any) -> dict[str, Any]:
    """What the form of a publish page sends back when every part of the guide is ticked."""
    selection = response.context["selection"]
    return {"seen": selection.seen, "with": [choice.value for choice in selection.choices]}


def act(client: Client, action: str, *things: Model) -> str:
    """Select things in their list and run an action; the messages that follow."""
    address = f"/admin/guides/{things[0]._meta.model_name}/"
    response = client.post(address, {"action": action, "_selected_action": [thing.pk for thing in things]})
    if response.status_code == 302 and "/publish/" in response["Location"]:
        return go_live(client, response["Location"])
    return said(client.get("/admin/")) if response.status_code == 302 else said(response)


def controls(response: Any) -> dict[str, Any]:
    """The names and values of everything on a change page."""
    data = dict(_of_form(response.context["adminform"].form))
    for inline in response.context["inline_admin_formsets"]:
        data |= dict(_of_formset(inline.formset))
    return data


def _of_formset(formset: Any) -> Iterator[tuple[str, Any]]:
    yield from _of_form(formset.management_form)
    for form in formset.forms:
        yield from _of_form(form)
        for nested in getattr(form, "nested_formsets", []):
            yield from _of_formset(nested)


def _of_form(form: Any) -> Iterator[tuple[str, Any]]:
    for control in form:
        value = control.value()
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if value is not None and value is not False:
            yield control.html_name, value


def said(response: HttpResponse) -> str:
    """All messages on a page."""
    return "\n".join(str(message) for message in response.context["messages"])  # type: ignore[attr-defined]

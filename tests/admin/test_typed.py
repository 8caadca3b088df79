"""What somebody is typing can be read as documents at any moment, and nothing of it is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import Client, RequestFactory

from guides.admin import site
from guides.admin.typed import Typed, typed
from guides.document import GuideDocument, MitigationDocument
from guides.models import Guide, Mitigation, Publishable
from tests.admin.pages import controls, page
from tests.admin.test_publish import NEW_GUIDE

pytestmark = pytest.mark.django_db


def read(staff: Client, thing: Guide | Mitigation, changes: dict[str, Any]) -> Typed:
    """What is read of a form in which somebody changed some controls."""
    return of(thing, posted(controls(staff.get(page(thing))) | changes))


def of(thing: Publishable | None, request: HttpRequest) -> Typed:
    model = type(thing) if thing else Guide
    return typed(site.get_model_admin(model), request, thing)


def posted(data: dict[str, Any]) -> HttpRequest:
    request = RequestFactory().post("/", data)
    request.user = User.objects.get(username="sam")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def everything() -> dict[str, list[Any]]:
    models = apps.get_app_config("guides").get_models(include_auto_created=True)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def test_typed_text_is_read_and_nothing_of_it_is_kept(staff: Client, guide: Guide) -> None:
    before = everything()
    changes = {"title": "Typed", "uses-0-steps-1-text": "Press **Start**.", "samples-0-text": "FlowIsOff"}
    found = read(staff, guide, changes)
    document, mitigation = found.documents
    assert isinstance(document, GuideDocument)
    assert isinstance(mitigation, MitigationDocument)
    assert (document.title, document.samples[0].text) == ("Typed", "FlowIsOff")
    assert mitigation.steps[1].text == "Press **Start**."
    assert found.problems == ()
    assert everything() == before
    assert not LogEntry.objects.exists()
    assert guide.title == "Turn the flow back on"


def test_reading_what_is_typed_announces_nothing(staff: Client, guide: Guide) -> None:
    request = posted(controls(staff.get(page(guide))) | {"title": "Typed"})
    of(guide, request)
    assert list(request._messages) == []  # type: ignore[attr-defined]


def test_an_unchanged_form_reads_as_what_is_live(staff: Client, starter_content: None) -> None:
    for slug in ("connection-authorization-failed", "install-flow-failed"):
        starter = Guide.objects.get(slug=slug)
        found = read(staff, starter, {})
        assert starter.live is not None
        assert found.documents[0] == GuideDocument.model_validate(starter.live.document)


def test_a_new_guide_is_read_before_it_is_ever_saved(staff: Client, guide: Guide) -> None:
    found = of(None, posted(controls(staff.get("/admin/guides/guide/add/")) | NEW_GUIDE))
    assert [document.key for document in found.documents] == ["FLOW-3", "FIX-2"]
    assert isinstance(found.documents[1], MitigationDocument)
    assert found.documents[1].steps[0].number == 1
    assert found.problems == ()
    assert not Mitigation.objects.filter(reference="FIX-2").exists()


def test_a_new_guide_is_read_before_it_has_an_address(staff: Client, guide: Guide) -> None:
    found = of(None, posted(controls(staff.get("/admin/guides/guide/add/")) | NEW_GUIDE | {"slug": ""}))
    document = found.documents[0]
    assert isinstance(document, GuideDocument)
    assert document.title == "Give the flow a new owner"
    assert document.slug == "give-the-flow-a-new"
    assert found.problems == ()


def test_a_new_guide_is_read_before_it_has_an_address_or_a_title(staff: Client, guide: Guide) -> None:
    nameless = NEW_GUIDE | {"slug": "", "title": ""}
    found = of(None, posted(controls(staff.get("/admin/guides/guide/add/")) | nameless))
    assert isinstance(found.documents[0], GuideDocument)
    assert (found.problems[0], found.fields[0]) == ("Address: write a title, or an address", "id_slug")


def test_what_an_unfinished_draft_lacks_is_said_and_the_rest_is_read(staff: Client, guide: Guide) -> None:
    changes = {"meaning": "", "verification": "", "causes-0-text": "Because.", "messages-0-text": "short"}
    found = read(staff, guide, changes)
    document = found.documents[0]
    assert isinstance(document, GuideDocument)
    assert document.causes[0].text == "Because."
    assert document.messages == []
    assert ("What went wrong: this field is needed", "id_meaning") in zip(found.problems, found.fields, strict=True)
    assert "messages-group" in found.fields


def test_a_form_that_cannot_be_read_says_why_in_plain_words(staff: Client, guide: Guide) -> None:
    changes = {"title": "a\x00b", "sources-0-checked": "soon", "uses-0-steps-0-who": "nobody"}
    found = read(staff, guide, changes)
    assert found.documents == ()
    by_field = dict(zip(found.fields, found.problems, strict=True))
    assert by_field["id_title"] == "Title: Null characters are not allowed."
    assert by_field["id_sources-0-checked"] == "Source 1, Checked: Enter a valid date."
    assert by_field["id_uses-0-steps-0-who"].startswith("Step 1, Who: Select a valid choice.")


def test_a_form_with_lost_rows_is_a_problem_and_no_crash(staff: Client, guide: Guide) -> None:
    found = read(staff, guide, {"uses-0-steps-TOTAL_FORMS": ""})
    assert found.documents == ()
    assert "ManagementForm data is missing" in "".join(found.problems)


def test_an_empty_form_is_a_problem_and_no_crash(staff: Client, guide: Guide) -> None:
    assert of(guide, posted({})).problems != ()
    assert of(None, posted({})).problems != ()


def test_the_rows_of_a_mitigation_that_the_guide_gives_up_are_not_complained_about(staff: Client, guide: Guide) -> None:
    found = read(staff, guide, {"uses-0-DELETE": "on", "uses-0-steps-0-who": "nobody"})
    assert [document.key for document in found.documents] == ["FLOW-1"]
    assert found.problems == ("Mitigation: name at least one, such as “- fix: FIX-1”",)


def test_a_mitigation_is_read_on_its_own_page(staff: Client, guide: Guide) -> None:
    found = read(staff, Mitigation.objects.get(), {"title": "Switch it on", "steps-1-text": ""})
    document = found.documents[0]
    assert isinstance(document, MitigationDocument)
    assert document.title == "Switch it on"
    assert len(document.steps) == 1
    assert found.fields == ("steps-group",)

"""A new guide needs no names from the person who writes it: its address and the names of its parts are made."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guides.models import Guide
from tests.admin.pages import controls, page, save

pytestmark = pytest.mark.django_db
ADD = "/admin/guides/guide/add/"


def told(response: Any) -> dict[str, str]:
    return {problem["target"]: problem["text"] for problem in response.context["problems"]}


def add(client: Client, changes: dict[str, str]) -> Any:
    return client.post(ADD, controls(client.get(ADD)) | changes | {"_save": "1"})


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Slow the flow down below the limit", "slow-the-flow-down-below"),
        ("Größe ändern", "grosse-andern"),
        ("流れを直す", "guide"),
        ("Flow off now", "flow-off-now"),
    ],
)
def test_an_address_that_is_left_empty_is_made_from_the_title(
    staff: Client, guide: Guide, title: str, address: str
) -> None:
    assert "made from the title" in staff.get(ADD).content.decode()
    save(staff, ADD, {"title": title})
    assert Guide.objects.get(title=title).slug == address


def test_a_made_address_is_never_one_that_leads_or_led_to_another_guide(staff: Client, guide: Guide) -> None:
    guide.slug, guide.former_slugs = "only-in-the-draft", ["turn-it-on"]
    guide.save()
    for title, address in [
        ("Only in the draft", "only-in-the-draft-2"),
        ("Turn it on", "turn-it-on-2"),
        ("Flow turned off", "flow-turned-off-2"),
    ]:
        save(staff, ADD, {"title": title})
        assert Guide.objects.get(title=title).slug == address


def test_without_a_title_an_address_is_asked_for(staff: Client, guide: Guide) -> None:
    assert "Write a title, or an address." in told(add(staff, {}))["id_slug"]
    assert Guide.objects.count() == 2


def test_an_address_that_exists_is_refused_in_plain_words(staff: Client, guide: Guide) -> None:
    response = add(staff, {"title": "Mine", "slug": "password-expired"})
    assert told(response)["id_slug"] == "Address: This address already exists. Choose another."


def test_the_address_of_a_guide_that_exists_cannot_be_emptied(staff: Client, guide: Guide) -> None:
    response = staff.post(page(guide), controls(staff.get(page(guide))) | {"slug": "", "_save": "1"})
    assert "required" in told(response)["id_slug"]


def test_a_source_and_a_cause_can_be_called_by_their_titles(staff: Client, guide: Guide) -> None:
    rows = {
        "causes-0-title": "The policy is new",
        "causes-0-text": "An administrator made a policy.",
        "causes-0-source": " data policies",
        "sources-0-title": "Data policies",
        "uses-0-title": "Ask",
        "uses-0-cause": "The policy is new",
    }
    save(staff, ADD, {"title": "Follow the policy"} | rows)
    written = Guide.objects.get(title="Follow the policy")
    assert written.causes.get().source == written.sources.get().key == "data-policies"
    assert written.uses.get().cause == written.causes.get().key == "the-policy-is-new"


def test_a_text_that_is_too_long_is_said_once(staff: Client, guide: Guide) -> None:
    response = add(staff, {"title": "Long", "causes-0-text": "x" * 100_000})
    texts = [problem["text"] for problem in response.context["problems"]]
    assert texts == ["Cause 1, Text: Write at most 20000 characters here; there are 100000."]


def test_those_who_may_only_look_read_the_same_labels(member: Callable[[str], Client], guide: Guide) -> None:
    shown = re.findall(r'class="label">([^<]*)<', member("Agents").get(page(guide)).content.decode())
    assert {"Address", "What went wrong", "Do one of these", "Words that must be there"} <= set(shown)
    assert not {"Slug", "Meaning", "Key", "Group", "Essential"} & (set(shown) - {"Meaning"})

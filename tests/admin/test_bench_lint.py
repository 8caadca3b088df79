"""What lint finds is shown where it is mended: on the bench beside the form, and on the page before publishing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guides import drafts, rows
from guides.models import Guide, Mitigation
from tests.guides.factories import document, guide_data, mitigation_data

pytestmark = pytest.mark.django_db


def wrote(kind: str, data: dict[str, Any]) -> Any:
    """A draft as somebody saved it."""
    thing = rows.write(document(kind, data))
    drafts.saved([thing], None)
    return thing


def told(staff: Client, thing: Any, page: str) -> str:
    return str(staff.get(f"/admin/guides/{thing.KIND}/{thing.pk}/{page}/").content.decode())


@pytest.mark.parametrize("page", ["bench", "publish"])
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"phrases": ["broken"]}, "The phrase “broken” is not found even in itself."),
        ({"phrases": ["the ledger is off", "The ledger is off!"]}, "has the same words as another one of this guide."),
        ({"further": "See [more](/guides/gone/)."}, "“/guides/gone/” in “Good to know” leads nowhere."),
        ({"further": "See [more](www.example.com)."}, "The link “www.example.com” in “Good to know” cannot be opened."),
        ({"before": "Wait for it. " * 36}, "words before the first step."),
        (
            {"messages": [{"key": "a", "text": "The operation could not be completed"}]},
            "a text that does not tell of this problem",
        ),
    ],
)
def test_a_defect_of_a_guide_is_shown_before_it_goes_live(
    staff: Client, guide: Guide, page: str, fields: dict[str, Any], sentence: str
) -> None:
    assert sentence not in told(staff, guide, page)
    assert sentence in told(staff, wrote("guide", guide_data(**fields)), page)


@pytest.mark.parametrize("page", ["bench", "publish"])
def test_a_step_without_its_environment_is_shown_with_its_mitigation(staff: Client, guide: Guide, page: str) -> None:
    steps = [
        {"number": number, "text": "Open the flow.", "where": where, "who": "maker"}
        for number, where in enumerate(("source", "either", "target"), 1)
    ]
    sentence = "Step FIX-1.2 stands between steps that name their environment."
    assert sentence not in told(staff, Mitigation.objects.get(), page)
    assert sentence in told(staff, wrote("mitigation", mitigation_data(steps=steps)), page)

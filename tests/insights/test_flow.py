"""The picture of the wizard is a list that can be read aloud: what is asked, what people answer, where it leads."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.models import Guide
from tests.pages.reading import in_order, links, main_part, seen
from troubleshooter.insights.flow import in_words


def test_it_tells_questions_answers_and_where_they_lead(curator: Client, guide: Guide) -> None:
    response = curator.get("/admin/reports/flow/")
    assert in_order(
        seen(response), "Asks", "Is the flow turned on?", "“Yes, it is on”", "“No, it is off”", "Turn the flow back on"
    )
    assert "/guides/flow-turned-off/" in links(response)
    assert "<script" not in main_part(response)
    assert " style=" not in main_part(response)


def test_it_stands_on_what_is_live(curator: Client, guide: Guide) -> None:
    Guide.objects.update(title="A secret draft")
    assert "secret" not in seen(curator.get("/admin/reports/flow/"))


def test_without_guides_it_says_so(curator: Client) -> None:
    assert "Ends" in seen(curator.get("/admin/reports/flow/"))


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "nearly everybody"),
        (0.52, "about 5 of 10 people"),
        (0.15, "about 2 of 10 people"),
        (0.1, "about 1 of 10 people"),
        (0.02, "about 1 of 50 people"),
        (0.001, "very few people"),
        (0.0, "very few people"),
    ],
)
def test_shares_are_said_in_words(share: float, words: str) -> None:
    assert in_words(share) == words

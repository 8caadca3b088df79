"""Made-up content is what the bench says it is, and the same every time."""

import pytest

from guides import parsing
from guides.library import Library
from tests.bench.synthetic import STATEMENTS, Size, documents


def library(size: Size) -> Library:
    return Library.of(parsing.validate(kind, data) for kind, data in documents(size))


def statements(size: Size) -> list[int]:
    """How many guides name each question, the most named one first."""
    named = [slug for guide in library(size).model.guides for slug in guide.expects]
    return sorted((named.count(slug) for slug in set(named)), reverse=True)


def test_the_same_size_gives_the_same_content() -> None:
    size = Size(20, 30, hub=True)
    assert list(documents(size)) == list(documents(size))


@pytest.mark.parametrize("hub", [False, True])
def test_content_has_the_size_it_was_asked_for(hub: bool) -> None:
    model = library(Size(100, 40, hub)).model
    assert (len(model.guides), len(model.questions)) == (100, 40)
    assert {len(guide.expects) for guide in model.hypotheses} == {STATEMENTS}
    assert any(guide.is_fork for guide in model.guides)


def test_hub_questions_are_named_by_far_more_guides_than_others() -> None:
    even, hub = statements(Size(100, 100)), statements(Size(100, 100, hub=True))
    assert even[0] < 4 * even[-1] + 10
    assert hub[0] > 2 * even[0]

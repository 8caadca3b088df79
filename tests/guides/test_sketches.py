"""A draft that is not complete can be shown as far as it goes."""

from __future__ import annotations

import pytest

from guides import rows
from guides.document import GuideDocument, MitigationDocument
from guides.models import Guide, Mitigation, Notice, Publishable, Question
from guides.sketches import Sketch, sketch
from tests.guides.factories import load_small_library

pytestmark = pytest.mark.django_db


def of(thing: Publishable) -> Sketch:
    return sketch(rows.as_stored([thing])[0])


def test_a_complete_draft_is_its_document() -> None:
    guide = load_small_library()
    assert guide.live is not None
    assert of(guide) == Sketch(GuideDocument.model_validate(guide.live.document), ())


def test_an_empty_draft_says_what_it_lacks_and_can_be_shown() -> None:
    empty = [
        Guide.objects.create(reference="FLOW-8", slug="empty"),
        Mitigation.objects.create(reference="FIX-8", minutes_from=20_000),
        Notice.objects.create(slug="empty"),
        Question.objects.create(slug="empty", order=200_000),
    ]
    for thing in empty:
        found = of(thing)
        assert found.problems
        assert found.document.key == thing.key


def test_everything_that_a_guide_lacks_is_said_at_once() -> None:
    fields = {problem.partition(":")[0] for problem in of(Guide.objects.create(reference="FLOW-8", slug="x")).problems}
    assert fields == {"title", "meaning", "mitigations", "verification"}


def test_rows_that_are_wrong_are_left_out_and_the_others_stay() -> None:
    guide = load_small_library()
    guide.causes.create(key="two", text="x" * 20_001, position=2)
    guide.causes.create(key="three", text="x" * 20_001, position=3)
    guide.causes.create(key="four", text="Because.", position=4)
    document = of(guide).document
    assert isinstance(document, GuideDocument)
    assert [cause.key for cause in document.causes] == ["off", "four"]


def test_new_steps_bear_the_numbers_that_publishing_will_give_them() -> None:
    load_small_library()
    mitigation = Mitigation.objects.get()
    mitigation.steps.create(text="Third.", position=2)
    mitigation.steps.create(text="Fourth.", position=3)
    document = of(mitigation).document
    assert isinstance(document, MitigationDocument)
    assert [step.number for step in document.steps] == [1, 2, 3, 4]
    assert set(mitigation.steps.values_list("number", flat=True)) == {1, 2, None}

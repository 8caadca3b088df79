import math

import pytest
from hypothesis import given

from tests.diagnosis.factories import make_guide, make_model, make_question
from tests.diagnosis.strategies import few, models
from troubleshooter.diagnosis.overlap import Overlaps, alike, says
from troubleshooter.diagnosis.tables import compiled


def plainly(tables, first, second):
    """The overlap of two hypotheses, question by question: the most telling one of each group counts."""
    best = {}
    for slug, asking in tables.asking.items():
        group = asking.question.group or f"question {slug}"
        best[group] = min(best.get(group, 1.0), alike(asking.distribution(first), asking.distribution(second)))
    return math.prod(best.values())


@few
@given(models())
def test_a_row_holds_the_overlap_with_every_hypothesis_and_speaks_of_itself_as_the_same(model):
    tables = compiled(model)
    overlaps = Overlaps(tables)
    for first in range(len(model.hypotheses)):
        row = overlaps.row(says(tables, first))
        assert row == pytest.approx([plainly(tables, first, second) for second in range(len(row))])
        assert row[first] == pytest.approx(1)


def test_of_two_questions_in_one_group_only_the_more_telling_one_counts():
    def overlap(group):
        questions = [make_question("seen", group=group), make_question("heard", group=group)]
        guides = [make_guide(1, {"seen": {"yes": "always"}, "heard": {"yes": "usually"}}), make_guide(2)]
        tables = compiled(make_model(guides, questions))
        return Overlaps(tables).row(says(tables, 0))[1]

    assert overlap("") < overlap("senses") < 1

"""What a question tells is counted from the guides that speak alone, and comes out as if all guides were counted."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given

from tests.diagnosis.strategies import evidence, few, models
from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.worth import best_questions, gain


def entropy(shares: Sequence[float]) -> float:
    return -sum(share * math.log2(share) for share in shares if share > 0)


@few
@given(models(), evidence())
def test_a_question_tells_what_counting_every_guide_says(model, known):
    case = weigh(model, known)
    for asking in case.tables.asking.values():
        rows = [(share, asking.distribution(index)) for index, share in enumerate(case.belief.shares)]
        rows.append((case.belief.other, asking.normal))
        mixed = [sum(share * row[place] for share, row in rows) for place in range(len(asking.normal))]
        dense = entropy(mixed) - sum(share * entropy(row) for share, row in rows)
        assert gain(asking, case.belief.shares) == pytest.approx(dense, abs=1e-9)
        assert asking.expected(case.belief.shares) == pytest.approx(mixed, abs=1e-9)


@few
@given(models(), evidence())
def test_the_best_questions_come_in_the_order_of_all_their_scores(model, known):
    case = weigh(model, known)
    askable = Agenda(case).askable
    scores = {
        asking.question.slug: round(gain(asking, case.belief.shares) / math.sqrt(asking.cost), 9) for asking in askable
    }
    by_score = sorted((slug for slug, score in scores.items() if score > 0), key=lambda slug: -scores[slug])
    assert [asking.question.slug for asking in best_questions(case, askable)] == by_score


@few
@given(models(), evidence())
def test_no_question_tells_more_than_its_bound(model, known):
    case = weigh(model, known)
    shares = case.belief.shares
    assert all(gain(asking, shares) <= asking.most_told(shares) + 1e-12 for asking in case.tables.asking.values())

import json
from collections.abc import Iterator

import pytest

from tests.diagnosis.factories import make_guide, make_model, make_question
from tests.evaluation import learning_curve
from tests.evaluation.learning_curve import (
    AFTER_FEW,
    AFTER_MANY,
    BOUNDED,
    KNOWN,
    MISLED,
    SKEWS,
    STATED,
    Figures,
    Report,
    Trial,
    trials,
)

SLUGS = ("off", "late", "new", "blank", "shared", "old")
MODEL = make_model(
    [
        make_guide(number, {slug: {"yes": "usually"}}, fixes={f"FIX-{number}": "always"}, common="rarely")
        for number, slug in enumerate(SLUGS, start=1)
    ],
    [make_question(slug, word="always") for slug in SLUGS],
    minutes={"FIX-6": 40.0},
)
WORLDS, PEOPLE = 3, 150
"""Of each skew, and in each: worlds differ more than people do, so that some worlds tell more than many people."""


def figures(questions: float, minutes: float) -> Figures:
    return Figures(questions, minutes, solved=0.5, first_right=0.25)


def trial(skew: str, after: float, misled: float) -> Trial:
    stages = dict.fromkeys([STATED, AFTER_FEW, BOUNDED, KNOWN], figures(4.0, 100.0))
    stages |= {AFTER_MANY: figures(after, 80.0), MISLED: figures(after, misled)}
    text = {STATED: figures(1.0, 50.0), AFTER_MANY: figures(0.5, 40.0)}
    return Trial(skew, stages, text, {AFTER_MANY: figures(after, 50.0), MISLED: figures(after, 51.0)})


REPORT = Report(
    tuple(trial(skew, after, misled) for skew, after, misled in zip(SKEWS, (3.0, 2.0), (84, 80), strict=True))
)


def test_what_is_saved_is_a_share_of_what_was_needed_before_with_its_error_over_worlds():
    saved = REPORT.saved("", "questions", AFTER_MANY)
    assert saved.saved == pytest.approx(0.375)
    assert saved.error == pytest.approx(0.125)
    (one, other) = (REPORT.saved(skew, "questions", AFTER_MANY) for skew in SKEWS)
    assert (one.saved, one.error, other.saved) == (0.25, 0.0, 0.5)


def test_the_report_says_what_is_saved_and_what_false_reports_cost():
    text = REPORT.as_text()
    assert "Questions saved (goal: at least 18 %): 0.0 ± 0.0 % after 100 cases, 37.5 ± 12.5 % after 1,000." in text
    assert "+2.5 ± 2.5 % where no guide says it" in text
    assert "+2.0 ± 0.0 % where every guide says about rightly" in text
    assert "1.00 as stated, 0.50 after 1,000 cases" in text


def test_the_report_is_also_data():
    data = json.loads(json.dumps(REPORT.as_dict()))
    assert data["worlds"] == 2
    assert data["by_skew"][""]["questions_saved"][AFTER_MANY]["saved"] == pytest.approx(0.375)
    assert data["by_skew"][""]["damage"]["saved"] == pytest.approx(-0.025)
    assert data["by_skew"][""]["damage_with_words"]["saved"] == pytest.approx(-0.02)
    assert data["by_skew"]["Zipf 1"]["stages"][STATED]["minutes"] == 100.0


@pytest.fixture(scope="module")
def small() -> Iterator[tuple[Trial, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning_curve, "MANY", 300)
        yield tuple(trials(MODEL, worlds=WORLDS, people=PEOPLE))


def test_in_small_worlds_what_was_learned_saves_questions_and_comes_near_to_knowing_everything(small):
    report = Report(small, PEOPLE)
    assert [trial.skew for trial in small] == [skew for skew in SKEWS for _ in range(WORLDS)]
    learned, known = (report.saved("", "questions", stage).saved for stage in (AFTER_MANY, KNOWN))
    assert learned > 0.2
    assert learned > known / 2
    assert report.saved("", "questions", BOUNDED).saved > 0.2


def test_where_curators_say_how_common_problems_are_lies_do_little_harm_and_less_than_where_nobody_says_it(small):
    report = Report(small, PEOPLE)
    told, untold = report.damage_with_words().saved, report.saved("", "minutes", MISLED, since=AFTER_MANY).saved
    assert told > -0.08
    assert told > untold


def test_the_same_worlds_are_always_measured_alike(monkeypatch):
    monkeypatch.setattr(learning_curve, "MANY", 100)
    first, again = (next(trials(MODEL, worlds=1, people=50)) for _ in range(2))
    assert first == again

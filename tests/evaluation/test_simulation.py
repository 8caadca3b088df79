from collections import Counter

import pytest

from tests.diagnosis.factories import code, make_guide, make_model, make_question
from tests.evaluation.simulation import Site, World, chance
from troubleshooter.diagnosis.learning import learned, taught
from troubleshooter.diagnosis.model import Condition, Model, Remedy, Word
from troubleshooter.diagnosis.worth import SUPPORT_MINUTES

MODEL = make_model(
    [
        make_guide(1, {"off": {"yes": "always"}}, codes="Alpha", fixes={"FIX-1": "always"}),
        make_guide(2, {"late": {"yes": "always"}}, fixes={"FIX-2": "usually"}),
        make_guide(3, {"new": {"yes": "usually"}}, fixes={"FIX-3": "usually"}),
        make_guide(4, {"blank": {"yes": "usually"}}, fixes={"FIX-4": "usually"}),
        make_guide(5, {"shared": {"yes": "usually"}}, fixes={"FIX-5": "usually"}),
    ],
    [make_question(slug, word="always") for slug in ("off", "late", "new", "blank", "shared")],
)
UNEQUAL = World(MODEL, (1.0, 1.0, 1.0, 1.0, 16.0), 1)


def means(model: Model, world: World, people: int = 300) -> tuple[float, float]:
    """Questions and minutes of the first people of a world."""
    site = Site(model)
    visits = [site.visited_by(world.person(number)) for number in range(people)]
    return sum(visit.questions for visit in visits) / people, sum(visit.minutes for visit in visits) / people


def test_chance_is_even_and_always_the_same():
    drawn = [chance(7, number) for number in range(10_000)]
    tenths = Counter(int(10 * number) for number in drawn)
    assert drawn == [chance(7, number) for number in range(10_000)]
    assert len(tenths) == 10
    assert all(900 < count < 1_100 for count in tenths.values())
    assert chance(1, 2) != chance(2, 1)


def test_people_have_problems_as_often_as_the_world_says_and_some_have_none_that_a_guide_describes():
    problems = Counter(UNEQUAL.person(number).problem for number in range(5_000))
    assert problems[4] / 5_000 == pytest.approx(0.92 * 0.8, abs=0.02)
    assert problems[5] / 5_000 == pytest.approx(0.08, abs=0.02)


def test_people_answer_as_their_guide_states_with_some_slips_and_some_unsure():
    question = MODEL.question["shared"]
    asked = [person for person in map(UNEQUAL.person, range(5_000)) if person.problem == 4]
    given = Counter(person.answers(question) for person in asked)
    assert given["unsure"] / len(asked) == pytest.approx(0.1, abs=0.02)
    assert given["yes"] / given.total() == pytest.approx(0.9 * (0.75 * 0.95 + 0.25 * 0.05), abs=0.03)


def test_the_same_person_always_has_the_same_visit():
    again = World(MODEL, UNEQUAL.common, 1)
    visits = [Site(MODEL).visited_by(world.person(3)) for world in (UNEQUAL, again)]
    assert visits[0] == visits[1]
    assert means(MODEL, UNEQUAL, 50) == means(MODEL, again, 50)
    assert means(MODEL, UNEQUAL, 50) != means(MODEL, World(MODEL, UNEQUAL.common, 2), 50)


def test_a_visit_ends_with_the_fix_that_worked_or_with_support():
    site = Site(MODEL)
    for person in map(UNEQUAL.person, range(100)):
        visit = site.visited_by(person)
        assert visit.solved == any(vote.worked for vote in visit.votes)
        assert all(not vote.worked for vote in visit.votes[:-1])
        assert visit.questions <= 8
        assert visit.minutes >= visit.questions + 10 * len(visit.votes) + (0 if visit.solved else SUPPORT_MINUTES)
        assert visit.solved or visit.minutes >= SUPPORT_MINUTES


def test_nobody_without_a_fitting_guide_is_helped():
    lost = [person for person in map(UNEQUAL.person, range(500)) if person.problem == 5]
    assert lost
    assert not any(Site(MODEL).visited_by(person).solved for person in lost)


def test_an_error_text_saves_the_questions():
    site = Site(MODEL)
    people = [person for person in map(UNEQUAL.person, range(500)) if person.problem == 0]
    assert all(site.visited_by(person, frozenset({code("Alpha")})).votes[0].mitigation == "FIX-1" for person in people)


def test_a_fix_helps_only_where_it_applies():
    applies = Remedy("FIX-1", Word.ALWAYS, when=Condition("off", "yes"))
    model = make_model([make_guide(1, {"off": {"yes": "never"}}, remedies=(applies,))], [make_question("off")])
    people = [World(model, (1.0,), 1).person(number) for number in range(300)]
    assert sum(person.is_helped_by("FIX-1") for person in people) < 15
    assert not any(person.is_helped_by("FIX-2") for person in people)


def test_learning_from_others_saves_questions_and_minutes():
    site = Site(MODEL)
    votes = [vote for number in range(1_000, 1_200) for vote in site.visited_by(UNEQUAL.person(number)).votes]
    rows = learned(MODEL, votes)
    assert max(rows, key=lambda reference: rows[reference].factor) == "FLOW-5"
    before, after = means(MODEL, UNEQUAL), means(taught(MODEL, rows), UNEQUAL)
    assert after[0] < 0.9 * before[0]
    assert after[1] < before[1]

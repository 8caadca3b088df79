import pytest
from hypothesis import given

from guides.exchange import folder
from guides.library import Library
from tests.diagnosis.factories import make_guide, make_model, make_question
from tests.diagnosis.strategies import few, models
from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.model import Ask, HandOver, Open
from troubleshooter.diagnosis.paths import LEAST, likely_paths


@pytest.fixture(scope="module")
def starter():
    return Library.of(folder.read(folder.STARTER)).model


def tidy_model():
    """Four guides; each question has one guide whose people answer yes."""
    slugs = ("off", "left", "new", "slow")
    guides = [
        make_guide(number, {slug: {"yes": "always" if slug == own else "never"} for slug in slugs})
        for number, own in enumerate(slugs, 1)
    ]
    return make_model(guides, [make_question(slug) for slug in slugs])


def test_a_path_goes_from_nothing_over_answers_to_a_guide():
    root = likely_paths(tidy_model())
    assert root.evidence == frozenset()
    assert root.share == 1
    ends = [path.turn for path in root.walk() if not path.branches]
    opened = {turn.guide.reference for turn in ends if isinstance(turn, Open)}
    assert opened == {"FLOW-1", "FLOW-2", "FLOW-3", "FLOW-4"}


@few
@given(models())
def test_shares_add_up_and_every_turn_is_that_of_the_diagnosis(model):
    root = likely_paths(model)
    assert root == likely_paths(model)
    for path in root.walk():
        assert path.turn == diagnose(model, path.evidence).turn
        assert path.cut == (isinstance(path.turn, Ask) and not path.branches)
        if path.branches:
            assert [branch.choice for branch in path.branches] == list(path.turn.question.choices)
            assert sum(branch.path.share for branch in path.branches) == pytest.approx(path.share)
            assert path.share >= LEAST


def test_the_share_of_an_answer_is_what_the_guides_state():
    question = make_question("on", normal="no", word="always")
    root = likely_paths(make_model([make_guide(1, {"on": {"yes": "always"}})], [question]))
    assert [round(branch.path.share, 2) for branch in root.branches] == [0.86, 0.14]


def test_what_few_people_meet_is_cut_and_says_so(starter):
    cut = [path for path in likely_paths(starter, least=0.1).walk() if path.cut]
    assert cut
    assert all(path.share < 0.1 for path in cut)
    assert not any(path.cut for path in likely_paths(tidy_model(), least=0).walk())


def test_a_tree_is_no_deeper_and_no_larger_than_asked_for(starter):
    assert max(len(path.evidence) for path in likely_paths(starter, deepest=2, least=0).walk()) == 2
    small = list(likely_paths(starter, most=30, least=0).walk())
    assert 20 < len(small) <= 30
    assert likely_paths(starter, most=1).cut


def test_the_likeliest_path_is_followed_first(starter):
    paths = list(likely_paths(starter, most=40, least=0).walk())
    assert min(path.share for path in paths if path.branches) >= max(path.share for path in paths if path.cut)


def test_without_a_question_the_only_path_hands_over():
    root = likely_paths(make_model([make_guide(1)]))
    assert isinstance(root.turn, HandOver)
    assert not root.cut
    assert root.branches == ()

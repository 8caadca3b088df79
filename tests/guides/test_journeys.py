"""People without an error text answer truthfully, or say that they are not sure, and reach their guide."""

import statistics

import pytest

from guides.exchange import folder
from guides.library import Library
from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.model import UNSURE, Ask, Diagnosis, Fact, HandOver, Kind, Model, Word

SAME_REMEDY = {"invoker-connection-override-failed", "flow-connections-changed", "flow-input-added"}
"""Guides that answers alone often cannot tell apart, because people do the same about them."""

NEWER = {"app-starts-flow": "yes", "flow-on": "yes"}
SAME_AS_BEFORE = {"what-changed": "nothing", "flow-on": "yes"}

PEOPLE = {
    "a new action brought a connection": (
        NEWER | {"error-shows": "connection", "what-changed": "new-connector", "how-often": "every-time"},
        {"invoker-connection-override-failed"},
    ),
    "a new action, and it fails for everybody": (
        NEWER | {"error-shows": "connection", "what-changed": "new-connector", "who-fails": "everybody"},
        SAME_REMEDY,
    ),
    "a colleague's connection is used": (
        SAME_AS_BEFORE | {"error-shows": "connection", "named-code": "permission", "who-fails": "not-owner"}
        | {"app-starts-flow": "yes"},
        {"connection-authorization-failed"},
    ),
    "somebody switched the flow off": (
        {"error-shows": "flow-off", "what-changed": "nothing", "flow-on": "no", "app-starts-flow": "yes"},
        {"workflow-trigger-not-enabled"},
    ),
    "the flow came back as a draft and a board is empty": (
        {"error-shows": "none", "flow-on": "no", "after-import": "yes", "blank-value": "yes"},
        {"workflow-trigger-not-enabled", "flow-output-removed"},
    ),
    "it stops after two minutes": (
        {"error-shows": "server", "named-code": "timeout", "over-two-minutes": "yes"},
        {"response-timeout"},
    ),
    "the flow cannot be installed": (
        {"error-shows": "other", "app-starts-flow": "yes"},
        {"workflow-trigger-not-enabled", "connection-authorization-failed", "invoker-connection-override-failed"},
    ),
    "the flow cannot be installed by colleagues": (
        {"error-shows": "other", "app-starts-flow": "yes", "who-fails": "not-owner", "flow-on": "yes"},
        {"connection-authorization-failed", "invoker-connection-override-failed"},
    ),
    "the run-only setting was changed": (
        NEWER | {"error-shows": "connection", "fails-where": "target-only"}
        | {"named-code": "not-allowed", "what-changed": "run-only"},
        {"not-allowed-connection-reference"},
    ),
    "an input was added": (
        NEWER | {"error-shows": "other", "what-changed": "input", "who-fails": "everybody"},
        {"flow-input-added"},
    ),
    "a connection was exchanged": (
        NEWER | {"error-shows": "connection", "named-code": "connections", "what-changed": "connection"},
        {"flow-connections-changed"},
    ),
    "an output was renamed": (
        NEWER | {"error-shows": "none", "blank-value": "yes", "what-changed": "output"},
        {"flow-output-removed"},
    ),
    "a connection asks for a new sign-in": (
        SAME_AS_BEFORE | {"error-shows": "auth", "connection-warning": "yes"},
        {"authentication-failure"},
    ),
    "a list was renamed": (
        SAME_AS_BEFORE | {"error-shows": "request", "named-code": "none", "how-often": "every-time"},
        {"action-configuration"},
    ),
    "one run failed in the night": (
        SAME_AS_BEFORE | {"error-shows": "server", "how-often": "now-and-then", "over-two-minutes": "no"},
        {"transient-failure"},
    ),
    "a server error comes every time": (
        SAME_AS_BEFORE | {"error-shows": "server", "how-often": "every-time", "over-two-minutes": "no"}
        | {"connection-warning": "no", "app-starts-flow": "yes", "who-fails": "everybody"},
        {"transient-failure", "action-configuration"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def starter_model() -> Model:
    return Library.of(folder.read(folder.STARTER)).model


def talk(model: Model, answers: dict[str, str]) -> Diagnosis:
    """The diagnosis after everything was asked; what somebody cannot tell they are not sure of."""
    known: frozenset[Fact] = frozenset()
    diagnosis = diagnose(model, known)
    while isinstance(diagnosis.turn, Ask):
        slug = diagnosis.turn.question.slug
        known |= {Fact(Kind.ANSWER, slug, answers.get(slug, UNSURE))}
        diagnosis = diagnose(model, known)
    return diagnosis


@pytest.mark.parametrize("person", PEOPLE)
def test_truthful_answers_lead_to_the_guide(starter_model, person):
    answers, right = PEOPLE[person]
    assert all(model_has(starter_model, slug, choice) for slug, choice in answers.items())
    diagnosis = talk(starter_model, answers)
    assert not isinstance(diagnosis.turn, HandOver)
    assert diagnosis.ranking[0].guide.slug in right


def test_people_need_about_four_questions(starter_model):
    assert statistics.mean(talk(starter_model, answers).asked for answers, _ in PEOPLE.values()) <= 4.5


def test_every_guide_is_reached_by_what_it_says_itself(starter_model):
    """Somebody who gives each guide's likeliest answers finds it among the first three."""
    for guide in starter_model.hypotheses:
        answers = {slug: max(words, key=lambda choice: OFTEN[words[choice]]) for slug, words in guide.expects.items()}
        first = [candidate.guide.slug for candidate in talk(starter_model, answers).ranking[:3]]
        assert guide.slug in first, guide.slug


OFTEN = {word: -place for place, word in enumerate(Word)}
"""Words by how often they say that something happens."""


def model_has(model: Model, slug: str, choice: str) -> bool:
    """A journey that gives an answer which does not exist would prove nothing."""
    return model.question[slug].choice(choice) is not None

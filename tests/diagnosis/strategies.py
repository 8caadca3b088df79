"""Random small models and evidence for property tests."""

from hypothesis import settings
from hypothesis import strategies as st

from tests.diagnosis.factories import (
    about,
    answer,
    code,
    make_guide,
    make_model,
    make_question,
    message,
    status,
    tried,
    unknown,
)
from troubleshooter.diagnosis.model import TEXT_GROUP, UNSURE, Condition, Model, Remedy, Result, Word

few = settings(max_examples=40, deadline=None)
"""Drawing a whole model takes a while, and two cores are shared."""

WORDS = [word.value for word in Word]
QUESTIONS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]
CHOICES = ["yes", "no", "maybe"]
CODES = ["NoSuchKey", "TurnedOff", "SharedCode", "0x80040265", "401", "504"]
MESSAGES = {"shared-message": "The <thing> was not given", "own-message": "Property <name> does not exist"}


@st.composite
def models(draw, most_guides: int = 6, most_questions: int = len(QUESTIONS)) -> Model:
    """A model with forks, groups, conditions, shared codes and shared mitigations."""
    slugs = QUESTIONS[: draw(st.integers(0, most_questions))]
    questions = [
        make_question(
            slug,
            normal=draw(st.sampled_from(CHOICES)),
            word=draw(st.sampled_from(WORDS)),
            choices=" ".join(CHOICES[: draw(st.integers(2, 3))]),
            group=draw(st.sampled_from(["", "", "pair", TEXT_GROUP])),
            minutes=draw(st.sampled_from([0.2, 1.0, 3.0])),
            only_if=draw(st.none() | st.tuples(st.sampled_from(slugs), st.sampled_from(["yes", "no"]))),
        )
        for slug in slugs
    ]
    guides = [_guide(draw, number, slugs) for number in range(1, draw(st.integers(1, most_guides)) + 1)]
    if draw(st.booleans()):
        targets = draw(st.lists(st.sampled_from([guide.reference for guide in guides]), min_size=1, unique=True))
        guides.append(
            make_guide(99, targets=tuple(targets), codes="0x80040265 InstallFailed", phrases=("install failed",))
        )
    return make_model(guides, questions, {f"FIX-{number}": float(number * 5) for number in range(1, 5)})


def _guide(draw, number: int, slugs: list[str]):
    stated = draw(st.lists(st.sampled_from(slugs), unique=True, max_size=6)) if slugs else []
    words = st.dictionaries(st.sampled_from(["yes", "no"]), st.sampled_from(WORDS), min_size=1)
    when = st.builds(Condition, st.sampled_from(slugs), st.sampled_from(["yes", "no"])) if slugs else st.none()
    fixes = draw(st.lists(st.sampled_from(["FIX-1", "FIX-2", "FIX-3", "FIX-4"]), unique=True, max_size=3))
    return make_guide(
        number,
        {slug: draw(words) for slug in stated},
        codes=" ".join(draw(st.lists(st.sampled_from(CODES), unique=True, max_size=2))),
        messages={
            key: MESSAGES[key] for key in draw(st.lists(st.sampled_from(sorted(MESSAGES)), unique=True, max_size=2))
        },
        phrases=draw(st.sampled_from([(), ("it stopped",)])),
        remedies=tuple(Remedy(fix, Word(draw(st.sampled_from(WORDS))), when=draw(st.none() | when)) for fix in fixes),
        common=draw(st.none() | st.sampled_from(list(Word))),
    )


def observations() -> st.SearchStrategy:
    tokens = st.sampled_from([*CODES, "InstallFailed"])
    return (
        tokens.map(lambda token: status(token) if token.isdigit() else code(token))
        | st.sampled_from(sorted(MESSAGES)).map(message)
        | st.sampled_from(["FLOW-1", "FLOW-2", "FLOW-99"]).map(message)
    )


def trials() -> st.SearchStrategy:
    return st.builds(
        tried, st.sampled_from(["FIX-1", "FIX-2", "FIX-3"]), st.sampled_from([result.value for result in Result])
    )


def facts() -> st.SearchStrategy:
    """Any fact, known to a model or not."""
    return (
        observations()
        | st.builds(answer, st.sampled_from([*QUESTIONS, "retired"]), st.sampled_from([*CHOICES, UNSURE]))
        | trials()
        | st.sampled_from(["FLOW-1", "FLOW-2", "FLOW-99"]).map(about)
        | st.sampled_from(["1", "NeverHeard"]).map(unknown)
    )


def evidence(most: int = 12) -> st.SearchStrategy:
    """Any set of facts, contradictory ones included."""
    return st.frozensets(facts(), max_size=most)

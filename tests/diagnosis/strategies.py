"""Random small models and evidence for property tests."""

import random

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
from troubleshooter.diagnosis.model import TEXT_GROUP, UNSURE, Condition, Guide, Model, Question, Remedy, Result, Word

few = settings(max_examples=60, deadline=None)
"""Enough to find what breaks, and quick; a slow machine must not fail a test."""

WORDS = [word.value for word in Word]
QUESTIONS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]
FIXES = ["FIX-1", "FIX-2", "FIX-3", "FIX-4"]
CHOICES = ["yes", "no", "maybe"]
CODES = ["NoSuchKey", "TurnedOff", "SharedCode", "0x80040265", "401", "504"]
MESSAGES = {"shared-message": "The <thing> was not given", "own-message": "Property <name> does not exist"}


def models() -> st.SearchStrategy[Model]:
    """Models with forks, groups, conditions, shared codes and shared mitigations; each made from one number."""
    return st.integers(0, 5_000).map(make_random_model)


def make_random_model(seed: int) -> Model:
    chance = random.Random(seed)
    slugs = QUESTIONS[: chance.randint(0, len(QUESTIONS))]
    questions = [_question(chance, slug, slugs) for slug in slugs]
    guides = [_guide(chance, number, slugs) for number in range(1, chance.randint(1, 6) + 1)]
    if chance.random() < 0.5:
        targets = tuple(guide.reference for guide in guides if chance.random() < 0.5) or ("FLOW-1",)
        guides.append(make_guide(99, targets=targets, codes="0x80040265 InstallFailed", phrases=("install failed",)))
    return make_model(guides, questions, {f"FIX-{number}": float(number * 5) for number in range(1, 5)})


def _question(chance: random.Random, slug: str, slugs: list[str]) -> Question:
    return make_question(
        slug,
        normal=chance.choice(CHOICES),
        word=chance.choice(WORDS),
        choices=" ".join(CHOICES[: chance.randint(2, 3)]),
        group=chance.choice(["", "", "pair", TEXT_GROUP]),
        minutes=chance.choice([0.2, 1.0, 3.0]),
        only_if=chance.choice([None, None, (chance.choice(slugs), chance.choice(["yes", "no"]))]),
    )


def _guide(chance: random.Random, number: int, slugs: list[str]) -> Guide:
    def some(things, most):
        return chance.sample(things, chance.randint(0, min(most, len(things))))

    def when():
        return chance.choice([None, Condition(chance.choice(slugs), chance.choice(["yes", "no"]))]) if slugs else None

    return make_guide(
        number,
        {slug: {choice: chance.choice(WORDS) for choice in some(["yes", "no"], 2)} for slug in some(slugs, 6)},
        codes=" ".join(some(CODES, 2)),
        messages={key: MESSAGES[key] for key in some(sorted(MESSAGES), 2)},
        phrases=chance.choice([(), ("it stopped",)]),
        remedies=tuple(
            Remedy(fix, Word(chance.choice(WORDS)), when=when())
            for fix in some(["FIX-1", "FIX-2", "FIX-3", "FIX-4"], 3)
        ),
        common=chance.choice([None, *Word]),
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

"""Ways of leading people: the engine, and what it is compared with."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.model import Ask, Diagnosis, Evidence, Model

Policy = Callable[[Evidence], Diagnosis]
"""What to do in each evidence set."""


def engine(model: Model) -> Policy:
    """The engine as it ships."""
    return lambda evidence: diagnose(model, evidence)


def in_fixed_order(model: Model) -> Policy:
    """Whenever the engine asks, this asks the next question in curator order; it stops when the engine does."""

    def policy(evidence: Evidence) -> Diagnosis:
        diagnosis = diagnose(model, evidence)
        if not isinstance(diagnosis.turn, Ask):
            return diagnosis
        following = Agenda(weigh(model, evidence)).askable[0].question
        return dataclasses.replace(diagnosis, turn=Ask(following))

    return policy

"""What curators should mend: statements that contradict each other, say too little, or tell nothing apart."""

from __future__ import annotations

from troubleshooter.diagnosis.lint.conversations import of_conversations
from troubleshooter.diagnosis.lint.guides import of_guides
from troubleshooter.diagnosis.lint.pairs import of_pairs
from troubleshooter.diagnosis.lint.problem import Defect, Problem
from troubleshooter.diagnosis.lint.questions import never_change_order, of_questions
from troubleshooter.diagnosis.lint.signatures import of_signatures
from troubleshooter.diagnosis.model import Model
from troubleshooter.diagnosis.recognise import Recogniser

__all__ = ["Defect", "Problem", "lint", "never_change_order", "of_conversations", "of_signatures", "of_statements"]


def lint(recogniser: Recogniser) -> tuple[Problem, ...]:
    """All problems of the model that a recogniser was made of, in curator order within each family."""
    model = recogniser.model
    told = (*of_statements(model), *of_signatures(recogniser))
    return (*told, *of_conversations(model, told))


def of_statements(model: Model) -> tuple[Problem, ...]:
    """The problems that show without reading a text and without going through conversations; every serious one."""
    return (*of_guides(model), *of_pairs(model), *of_questions(model))

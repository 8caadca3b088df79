"""The reports, in the order in which they are worth a look."""

from .contradictions import CONTRADICTIONS
from .counted import ERRORS, SEARCHES, SET_ASIDE
from .knowledge import CODES, DUE, FLAGGED, UNHELPFUL, UNTESTED
from .questions import QUESTIONS
from .shape import Asked, Column, Report, Row

REPORTS = {
    report.slug: report
    for report in (ERRORS, FLAGGED, UNHELPFUL, CONTRADICTIONS, DUE, CODES, SEARCHES, UNTESTED, QUESTIONS)
}

__all__ = ["REPORTS", "SET_ASIDE", "Asked", "Column", "Report", "Row"]

"""What is kept of failed runs, and the outbox. Personal is one thing alone: the owner's address, for sending."""

from .failed_run import FailedRun
from .flow import KEPT_DAYS, Flow
from .letter import Letter
from .opt_out import OptOut
from .problem import FlowProblem
from .sender import Sender

__all__ = ["KEPT_DAYS", "FailedRun", "Flow", "FlowProblem", "Letter", "OptOut", "Sender"]

"""What is recorded of cases. Nothing of it is personal: texts are redacted before they come here."""

from .allowance import Allowance
from .flag import MAX_FLAG, Flag
from .outcome import Outcome
from .unrecognised import UnrecognisedError

__all__ = ["MAX_FLAG", "Allowance", "Flag", "Outcome", "UnrecognisedError"]

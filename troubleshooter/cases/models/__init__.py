"""What is recorded of cases. Nothing of it is personal: texts are redacted before they come here."""

from .flag import Flag
from .outcome import Outcome
from .unrecognised import UnrecognisedError

__all__ = ["Flag", "Outcome", "UnrecognisedError"]

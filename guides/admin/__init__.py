"""The pages on which staff write, publish and withdraw."""

from . import codes, guides, help_form, mitigations, notices, people, questions, revisions, trail
from .staff_site import site

__all__ = [
    "codes",
    "guides",
    "help_form",
    "mitigations",
    "notices",
    "people",
    "questions",
    "revisions",
    "site",
    "trail",
]

"""What calls that write have in common."""

from __future__ import annotations

from guides.knowledge import Knowledge, LiveGuide

from .problems import Refused

OF_WRITES = (400, 401, 403, 405, 413, 415, 422, 429, 503)
"""Problems of every call that writes."""


def guide_named(known: Knowledge, name: str) -> LiveGuide:
    """The live guide with this reference or name in addresses; Refused for any other."""
    found = known.guide(name) or known.guide_by_slug(known.slug_now(name) or name)
    if found is None:
        raise Refused(422, "There is no guide with this reference or name.", field="guide")
    return found

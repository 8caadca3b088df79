"""Proof of which texts a page showed: signed by the page, and handed back with what somebody says of them.

It is the same for everybody who reads the same texts, so that a page that carries it can still be kept by caches.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from guides.models import Revision

_SALT = "cases.outcome"
_BETWEEN = "|"


class Receipt(NamedTuple):
    """A guide and a mitigation by reference, and the revisions of both that were shown, by primary key."""

    guide: str
    mitigation: str
    revision: int
    mitigation_revision: int

    def signed(self) -> str:
        return Signer(salt=_SALT).sign(_BETWEEN.join(map(str, self)))

    @classmethod
    def of(cls, signed: str) -> Self | None:
        """The receipt behind a signature; None where we did not sign it."""
        try:
            guide, mitigation, *revisions = Signer(salt=_SALT).unsign(signed).split(_BETWEEN)
        except BadSignature:
            return None
        return cls(guide, mitigation, *map(int, revisions))

    def was_shown(self) -> bool:
        """Whether both revisions are there and belong to what it names: the database may be another one now."""
        guide = Q(pk=self.revision, kind="guide", key=self.guide)
        mitigation = Q(pk=self.mitigation_revision, kind="mitigation", key=self.mitigation)
        return Revision.objects.filter(guide | mitigation).count() == 2

"""Who wants no tips, as hashes: of an address, or of an address and one flow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from .flow import Flow


class OptOutQuerySet(models.QuerySet["OptOut"]):
    def turn_off(self, digest: str) -> None:
        """Keep a wish for no mail; wishing it again changes nothing."""
        self.get_or_create(digest=digest)


class OptOut(models.Model):
    """One wish for no mail. Whoever has only the hash cannot tell whose it is."""

    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = OptOutQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:8]


def digest_of(address: str, flow: Flow | None = None, *, secret: str | None = None) -> str:
    """The hash of an address, or of it and one flow; 64 characters. `secret` is the site's own if not given.

    A flow is known by its ids, so that the wish still holds when its row was deleted and it fails again.
    """
    about = (str(flow.sender_id), flow.environment, flow.flow_id) if flow else ()
    what = "\n".join((address.strip().lower(), *about))
    return salted_hmac(
        "repair_tips.opt_out", what, secret=secret or settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()

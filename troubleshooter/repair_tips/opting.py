"""Turning tips off and on again: the wishes of owners, and the signed links that stand in their letters.

A link holds hashes only. It stays good when the address is erased, and says nothing about whose it is.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from django.conf import settings
from django.core import signing
from django.urls import reverse

from troubleshooter.repair_tips.models import Flow, Letter, OptOut
from troubleshooter.repair_tips.models.opt_out import digest_of

_SALT = "repair_tips.opting"


class Wish(NamedTuple):
    """Whose tips of which flow a link is about: the flow by primary key, and the two hashes that an OptOut can have."""

    flow: int
    of_flow: str
    of_address: str

    @classmethod
    def of(cls, flow: Flow) -> Self:
        return cls(flow.pk, digest_of(flow.owner, flow), digest_of(flow.owner))

    @classmethod
    def read(cls, token: str) -> Self | None:
        """What a token says; None where we did not sign it."""
        try:
            return cls(*signing.Signer(salt=_SALT).unsign_object(token))
        except (signing.BadSignature, TypeError):
            return None

    def token(self) -> str:
        return signing.Signer(salt=_SALT).sign_object(list(self))

    def turn_off(self, *, all_flows: bool) -> None:
        OptOut.objects.turn_off(self.of_address if all_flows else self.of_flow)

    def turn_on(self, *, all_flows: bool) -> None:
        """Take a wish back, also one that was kept under an earlier secret of the site."""
        OptOut.objects.filter(digest__in=self._digests(all_flows=all_flows)).delete()

    def is_off(self, *, all_flows: bool) -> bool:
        return OptOut.objects.filter(digest__in=self._digests(all_flows=all_flows)).exists()

    def _digests(self, *, all_flows: bool) -> list[str]:
        """The hash of the link, and those under all secrets while the address that it was made for is still there."""
        own = self.of_address if all_flows else self.of_flow
        flow = Flow.objects.filter(pk=self.flow).exclude(owner="").first()
        if flow is None:
            return [own]
        current = [digest_of(flow.owner, None if all_flows else flow, secret=secret) for secret in _secrets()]
        return [own, *current] if own in current else [own]


def is_off(flow: Flow) -> bool:
    """Whether the owner of a flow wants no tips: about it, or about any flow."""
    digests = [digest_of(flow.owner, about, secret=secret) for secret in _secrets() for about in (flow, None)]
    return OptOut.objects.filter(digest__in=digests).exists()


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def link(letter: Letter) -> str:
    """The page of a letter where its reader turns tips off and on."""
    return letter.root + reverse("repair_tips:tips", args=[Wish.of(letter.flow).token()])


def one_click_link(letter: Letter) -> str:
    """Where a mail program turns tips of the flow off, for the header List-Unsubscribe (RFC 8058)."""
    return letter.root + reverse("repair_tips:off", args=[Wish.of(letter.flow).token()])

"""Who calls: the key of a program, from the header Authorization, and what that key may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import date_format
from ninja.security import HttpBearer

from troubleshooter.public_writes import too_often_by

from .models import ApiKey
from .problems import Refused

ASK = "Ask the people who run this site for a key."
MISSING = f"Send your key in the header Authorization: Bearer ts_… {ASK}"
UNKNOWN = f"We do not know this key. Check that it was copied whole. {ASK}"

_CHALLENGE = 'Bearer realm="Troubleshooter"'


class Key(HttpBearer):
    """Lets a call through that has a working key for one scope."""

    openapi_description = f"A key of a program, such as ts_…, for what it may do. {ASK}"

    def __init__(self, scope: ApiKey.Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiKey:
        return key_of(request, self.scope)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Not used: `key_of` says more than whether a key is good."""
        raise NotImplementedError


def key_of(request: HttpRequest, scope: ApiKey.Scope) -> ApiKey:
    """The working key of a call that may do what `scope` names; Refused with 401, 403 or 429 otherwise."""
    kind, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise Refused(401, MISSING, headers={"WWW-Authenticate": _CHALLENGE})
    key = ApiKey.objects.of_secret(secret.strip())
    if key is None or not key.is_working:
        problem = _why_not(key) if key else UNKNOWN
        raise Refused(401, problem, headers={"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'})
    if not key.allows(scope):
        allowed = " and ".join(f"“{label}”" for value, label in ApiKey.Scope.choices if key.allows(value))
        raise Refused(
            403,
            f"This key is not for “{scope.label}”. It is for {allowed or 'nothing'}.",
            headers={"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{scope.value}"'},
        )
    if too_often_by(key.program, "key", settings.API_WRITES_A_MINUTE):
        raise Refused(429, "Too many calls with this key. Wait a minute.", headers={"Retry-After": "60"})
    key.use()
    return key


def _why_not(key: ApiKey) -> str:
    """Why a key that we gave out does not work any more."""
    if key.revoked:
        return f"This key was revoked on {date_format(key.revoked, 'j F Y')}. {ASK}"
    since = date_format(key.expires, "j F Y") if key.expires else ""
    return f"This key was replaced, and stopped working on {since}. Use the new one."

"""How tests write through the API: with a key, as any program would."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from troubleshooter.api.models import ApiKey

SCOPES = tuple(ApiKey.Scope.values)


def a_key(*scopes: str, **fields: Any) -> str:
    """The secret of a new key for these scopes; for all of them where none is named."""
    return ApiKey.objects.make(**{"name": "Service desk", "scopes": scopes or SCOPES, **fields})[1]


def write(path: str, body: Any, secret: str = "", **headers: str) -> HttpResponse:
    return send(path, json.dumps(body), secret, **headers)


def send(path: str, raw: str | bytes, secret: str = "", **headers: str) -> HttpResponse:
    """Send a body exactly as it is. An error on our side is an answer with status 500, as it is for callers."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    known = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.generic(
        "POST", f"/api/v1/{path}", raw, headers={"Content-Type": "application/json", **known, **headers}
    )


def read(path: str, secret: str = "", **query: str) -> HttpResponse:
    known = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client(raise_request_exception=False).get(f"/api/v1/{path}", query, headers=known)


def refused(response: HttpResponse, status: int) -> dict[str, Any]:
    """The problem document of a refusal."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    return response.json()

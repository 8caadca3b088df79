"""How the tests of the API call it: as any program would, over HTTP and without a cookie."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

DIAGNOSE = "/api/v1/diagnose"


def call(body: Any = None, **headers: str) -> HttpResponse:
    """Send data as JSON."""
    return send(json.dumps({} if body is None else body), **headers)


def send(raw: str | bytes, content_type: str = "application/json", **headers: str) -> HttpResponse:
    """Send a body exactly as it is. An error on our side is an answer with status 500, as it is for callers."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    return client.generic("POST", DIAGNOSE, raw, headers={"Content-Type": content_type, **headers})

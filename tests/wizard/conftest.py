"""What every test of the wizard starts from: a small set of live guides, and nobody counted yet."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.wizard import library

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def guides(db: None) -> Iterator[None]:
    library.load()
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def paste(client: Client) -> Callable[..., HttpResponse]:
    """Send a text the way the form on our page does; other fields by name."""

    def send(text: str, to: str = "/diagnose/", **fields: str) -> HttpResponse:
        body = urlencode({"text": text, **fields}, errors="surrogatepass")
        return client.post(to, body, content_type=FORM, headers={"sec-fetch-site": "same-origin"})

    return send

"""What every test of the wizard starts from: a small set of live guides, and nobody counted yet."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import tables
from tests.wizard import library

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="package", autouse=True)
def guides(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for all tests of this folder, since loading takes longer than most of them."""
    with django_db_blocker.unblock():
        library.load()
    yield
    with django_db_blocker.unblock():
        tables.empty()


@pytest.fixture(autouse=True)
def uncounted(db: None) -> None:
    cache.clear()


@pytest.fixture
def paste(client: Client) -> Callable[..., HttpResponse]:
    """Send a text the way the form on our page does; other fields by name."""

    def send(text: str, to: str = "/diagnose/", **fields: str) -> HttpResponse:
        body = urlencode({"text": text, **fields}, errors="surrogatepass")
        return client.post(to, body, content_type=FORM, headers={"sec-fetch-site": "same-origin"})

    return send

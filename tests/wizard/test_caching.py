import pytest
from django.test import Client

from guides import publishing
from guides.parsing import validate
from tests.wizard import library

PAGES = ["/", "/diagnose/", "/diagnose/?q.what-happens=error", "/diagnose/?code=InstallFailed"]


@pytest.mark.parametrize("page", PAGES)
def test_public_pages_set_no_cookie_and_may_be_kept_by_caches(client: Client, page: str) -> None:
    response = client.get(page)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=60")
    assert client.get(page, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_publishing_makes_kept_pages_stale(client: Client) -> None:
    before = client.get("/")["ETag"]
    publishing.load([validate("guide", library.GUIDES[0] | {"title": "Switch it on"})])
    assert client.get("/", headers={"if-none-match": before}).status_code == 200


def test_an_address_with_a_held_text_is_private(client: Client) -> None:
    response = client.get("/diagnose/?code=InstallFailed&held=abc")
    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response

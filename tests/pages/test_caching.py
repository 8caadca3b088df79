"""Public pages may be kept by anybody, and are sent again only when release or content changed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from guides import knowledge, publishing
from guides.models import ContentVersion
from tests.guides.factories import document, guide_data

PAGES = [
    "/guides/",
    "/guides/flow-turned-off/",
    "/codes/",
    "/codes/FlowIsTurnedOff/",
    "/codes.json",
    "/robots.txt",
    "/sitemap.xml",
    "/search/?q=flow",
    "/help/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_may_be_kept_and_has_a_weak_etag(client: Client, path: str) -> None:
    response = client.get(path)
    assert (
        response["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
    )
    assert response["ETag"].startswith('W/"')
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_not_sent_again(
    client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = client.get(path)["ETag"]
    with django_assert_num_queries(1):
        response = client.get(path, headers={"If-None-Match": etag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize("path", PAGES)
def test_who_only_knows_when_they_asked_is_told_whether_anything_changed_since(client: Client, path: str) -> None:
    changed = client.get(path)["Last-Modified"]
    assert client.get(path, headers={"If-Modified-Since": changed}).status_code == 304
    ContentVersion.objects.update(changed=timezone.now() + timedelta(minutes=1), stamp=uuid4())
    response = client.get(path, headers={"If-Modified-Since": changed})
    assert response.status_code == 200
    assert response["Last-Modified"] != changed


def test_publishing_changes_the_etag(client: Client) -> None:
    etag = client.get("/guides/")["ETag"]
    publishing.load([document("guide", guide_data(title="Start the flow", former_slugs=["flow-is-off"]))])
    response = client.get("/guides/", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert b"Start the flow" in response.content


def test_a_release_changes_the_etag(client: Client, settings: Settings) -> None:
    etag = client.get("/guides/")["ETag"]
    settings.RELEASE = "another"
    assert client.get("/guides/")["ETag"] != etag


@pytest.mark.parametrize("path", [page for page in PAGES if page != "/guides/flow-turned-off/"])
def test_every_other_page_takes_one_query(
    client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    knowledge.current()
    with django_assert_num_queries(1):
        client.get(path)


@pytest.mark.parametrize("path", [page for page in PAGES if page != "/help/"])
def test_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200

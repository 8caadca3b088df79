"""A link in an old ticket leads to the guide and step of today, whatever happened since."""

from __future__ import annotations

import pytest
from django.test import Client

from guides import publishing
from tests.guides.factories import document, guide_data
from tests.pages.reading import heading, in_order, links, seen

GUIDE = "/guides/connection-not-given/"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("/g/FLOW-3/", GUIDE),
        ("/g/flow-3/", GUIDE),
        ("/g/FLOW-3/FIX-2/", f"{GUIDE}#FIX-2"),
        ("/g/FLOW-3/FIX-2.3/", f"{GUIDE}#FIX-2.3"),
        ("/g/flow-3/fix-2.3/", f"{GUIDE}#FIX-2.3"),
        ("/g/FLOW-3/FIX-2.2/", f"{GUIDE}?gone=FIX-2.2#FIX-2"),
        ("/g/FLOW-3/FIX-4.1/", f"{GUIDE}?gone=FIX-4.1"),
        ("/g/FLOW-3/FIX-99/", f"{GUIDE}?gone=FIX-99"),
        ("/g/FIX-4.1/", "/guides/flow-input-added/#FIX-4.1"),
        ("/g/fix-4/", "/guides/flow-input-added/#FIX-4"),
        ("/g/FIX-4.9/", "/guides/flow-input-added/?gone=FIX-4.9#FIX-4"),
    ],
)
def test_a_reference_leads_to_where_it_is_now(client: Client, link: str, target: str) -> None:
    response = client.get(link)
    assert (response.status_code, response["Location"]) == (302, target)


@pytest.mark.parametrize(
    "link",
    [
        "/g/FLOW-99/",
        "/g/FLOW-7/",
        "/g/nonsense/",
        "/g/FLOW-3/nonsense/",
        "/g/FLOW-3/FIX-2.x/",
        "/g/FLOW-7/FIX-1/",
        "/g/FIX-99/",
    ],
)
def test_what_was_never_published_is_not_found(client: Client, link: str) -> None:
    assert client.get(link).status_code == 404


def test_a_fix_that_several_guides_share_asks_which_problem_it_is_about(client: Client) -> None:
    response = client.get("/g/fix-2.3/")
    assert heading(response) == "Add the flow to the app again (FIX-2.3)"
    assert links(response)[-2:] == [f"{GUIDE}#FIX-2.3", "/guides/flow-input-added/#FIX-2.3"]


def test_a_part_that_is_gone_is_named_above_what_we_advise_today(client: Client) -> None:
    text = seen(client.get("/g/FLOW-3/FIX-2.2/", follow=True))
    assert in_order(text, "The link you followed names FIX-2.2", "Option 1")


def test_a_made_up_part_is_not_repeated(client: Client) -> None:
    assert "nonsense" not in seen(client.get(f"{GUIDE}?gone=nonsense"))


def test_a_renamed_guide_is_found_under_its_old_address(client: Client) -> None:
    response = client.get("/guides/flow-is-off/?code=FlowIsTurnedOff")
    assert (response.status_code, response["Location"]) == (301, "/guides/flow-turned-off/?code=FlowIsTurnedOff")


def test_a_reference_follows_a_rename(client: Client) -> None:
    renamed = guide_data(slug="turn-it-on", former_slugs=["flow-is-off", "flow-turned-off"])
    publishing.load([document("guide", renamed)])
    assert client.get("/g/FLOW-1/")["Location"] == "/guides/turn-it-on/"
    assert client.get("/guides/flow-turned-off/")["Location"] == "/guides/turn-it-on/"


@pytest.mark.parametrize("link", ["/guides/old-advice/", "/g/FLOW-6/", "/g/FLOW-6/FIX-1.1/"])
def test_a_retired_guide_names_its_successor_first_and_stays_readable(client: Client, link: str) -> None:
    response = client.get(link)
    assert response.status_code == 410
    assert heading(response) == "Delete the flow"
    assert in_order(
        seen(response), "This guide is retired", "Turn the flow back on", "Delete the flow", "Open the flow."
    )

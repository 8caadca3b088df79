"""The guide that somebody read goes with them to the ticket, though nothing else is known of their case."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.models import Guide
from tests.cases.test_ticket import area, post
from tests.pages.reading import in_order, links, main_part, seen

pytestmark = pytest.mark.usefixtures("guide")

READ = "/ticket/?guide=FLOW-1"


def test_the_end_of_a_guide_leads_to_a_ticket_that_knows_the_guide(client: Client, guide: Guide) -> None:
    assert READ in links(client.get(f"/guides/{guide.slug}/"))
    with_code = client.get(f"/guides/{guide.slug}/?code=FlowIsTurnedOff")
    assert "/ticket/?code=FlowIsTurnedOff&guide=FLOW-1" in links(with_code)


def test_a_guide_alone_asks_what_happened_and_is_not_forgotten(client: Client) -> None:
    response = client.get(READ)
    assert "What were you doing?" in seen(response)
    assert "The ticket will name the guide you read: “Turn the flow back on” (FLOW-1)." in seen(response)
    assert f'action="{READ}"' in main_part(response)
    made = post(client, READ, doing="The flow stopped on Monday.")
    assert "FLOW-1: Turn the flow back on (read last) http://testserver/g/FLOW-1/" in area(made)


def test_a_guide_that_was_read_stands_once_in_the_ticket_and_can_be_taken_out(client: Client) -> None:
    response = client.get(f"{READ}&code=FlowIsTurnedOff")
    assert in_order(seen(response), "What we know", "Guide read", "Turn the flow back on")
    assert area(response).count("FLOW-1:") == 1
    assert "Turn the flow back on (read last)" in area(response)
    removal = '<a href="/ticket/?code=FlowIsTurnedOff">Remove<span class="unseen">: Guide read</span></a>'
    assert removal in main_part(response)


def test_a_guide_whose_fix_was_tried_is_told_as_tried(client: Client) -> None:
    ticket = area(client.get(f"{READ}&tried=FIX-1.same"))
    assert ticket.count("FLOW-1:") == 1
    assert "Turn the flow back on (a fix of it was tried)" in ticket


@pytest.mark.parametrize("reference", ["FLOW-99", "FIX-1", "<b>", "", "\x00", "x" * 500])
def test_a_made_up_guide_is_left_out(client: Client, reference: str) -> None:
    response = client.get("/ticket/", {"guide": reference, "code": "FlowIsTurnedOff"})
    assert response.status_code == 200
    assert "Guide read" not in seen(response)


def test_get_help_in_the_header_takes_the_case_along_to_the_ticket(client: Client, guide: Guide) -> None:
    page = client.get(f"/guides/{guide.slug}/?code=FlowIsTurnedOff&tried=FIX-1.same")
    way = "/help/?code=FlowIsTurnedOff&tried=FIX-1.same&guide=FLOW-1"
    assert f'href="{way.replace("&", "&amp;")}"' in page.content.decode()
    assert "/ticket/?code=FlowIsTurnedOff&tried=FIX-1.same&guide=FLOW-1" in links(client.get(way))

"""The help page says how to find the error, how to help oneself, and how to reach a person."""

from __future__ import annotations

from django.test import Client

from tests.pages.reading import heading, in_order, links, seen


def test_help_goes_from_the_error_to_self_help_to_a_person(client: Client) -> None:
    response = client.get("/help/")
    assert heading(response) == "Get help from a person"
    assert in_order(
        seen(response),
        "In the web portal",
        "notifications icon",
        "In the mobile app",
        "Activity",
        "Self Help",
        "Contact Support",
    )


def test_the_form_of_the_support_site_is_named_as_it_is_there(client: Client) -> None:
    text = seen(client.get("/help/"))
    assert in_order(text, "Problem type", "Category", "Tell us what you need help with", "See solutions", "Solutions")


def test_the_parts_of_a_repair_tips_email_are_explained(client: Client) -> None:
    text = seen(client.get("/help/"))
    assert in_order(
        text, "Time", "What happened", "How do I fix", "Troubleshooting Tips", "Fix my flow", "Turn them off"
    )


def test_support_and_community_are_one_press_away(client: Client) -> None:
    found = links(client.get("/help/"))
    assert "https://flow.microsoft.com/support/" in found
    assert "https://go.microsoft.com/fwlink/?LinkID=787467" in found

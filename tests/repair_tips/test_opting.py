"""Owners turn tips off and on behind the links of a letter: only by a press, and nobody is told who they are."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.pages.reading import heading, main_part
from tests.repair_tips.failures import a_sender, take
from troubleshooter.repair_tips import opting
from troubleshooter.repair_tips.intake import Mailing
from troubleshooter.repair_tips.models import Flow, Letter, OptOut, Sender

SIGNER = signing.Signer(salt="repair_tips.opting")
HERE = {"Sec-Fetch-Site": "same-origin"}


def page(letter: Letter) -> str:
    return urlsplit(opting.link(letter)).path


def one_click(letter: Letter) -> str:
    return urlsplit(opting.one_click_link(letter)).path


def press(client: Client, letter: Letter, button: str) -> None:
    response = client.post(page(letter), {"do": button}, headers=HERE)
    assert (response.status_code, response["Location"]) == (303, page(letter))


def test_the_page_says_how_often_the_flow_failed_until_now(client: Client, sender: Sender) -> None:
    letter = take(sender, run_id="1").queued
    assert letter is not None
    take(sender, run_id="2", error="A strange text that nobody knows")
    take(sender, run_id="3")
    shown = client.get(page(letter))
    assert heading(shown) == "Repair tips for “Send invoices”"
    text = main_part(shown)
    assert "<td>2 times</td>" in text
    assert "An error we do not know yet" in text
    assert "08:15 on 9 March 2026" in text
    assert escape("https://make.powerautomate.com/environments/Default-1/flows/3f2b/runs/0858") in text
    assert shown["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_opening_the_links_changes_nothing(client: Client, letter: Letter) -> None:
    for address in (page(letter), one_click(letter)):
        client.get(address, follow=True)
        client.head(address)
    assert not OptOut.objects.exists()


def test_tips_of_one_flow_are_turned_off_and_on_again(client: Client, sender: Sender, letter: Letter) -> None:
    press(client, letter, "flow-off")
    assert "You get no tips about this flow." in main_part(client.get(page(letter)))
    own = {"flow_id": "flow-0", "owner_email": "owner0@contoso.com"}
    assert take(sender, **own, run_id="2", error="Strange").letter == Mailing.TURNED_OFF
    assert take(sender, **{**own, "flow_id": "other"}).letter == Mailing.QUEUED
    press(client, letter, "flow-on")
    assert take(sender, **own, run_id="3", error="Stranger").letter == Mailing.QUEUED


def test_tips_of_all_flows_are_turned_off_and_on_again(client: Client, sender: Sender, letter: Letter) -> None:
    press(client, letter, "all-off")
    assert "You get no tips about any flow." in main_part(client.get(page(letter)))
    assert take(sender, flow_id="other", owner_email="OWNER0@contoso.com").letter == Mailing.TURNED_OFF
    press(client, letter, "all-on")
    assert take(sender, flow_id="third", owner_email="owner0@contoso.com").letter == Mailing.QUEUED


def test_a_mail_program_turns_tips_off_with_one_press_of_its_own(client: Client, letter: Letter) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example.com"}
    for _press in range(2):
        assert client.post(one_click(letter), {"List-Unsubscribe": "One-Click"}, headers=foreign).status_code == 200
    assert opting.is_off(letter.flow)
    assert OptOut.objects.count() == 1


def test_a_form_of_another_site_changes_nothing(client: Client, letter: Letter) -> None:
    response = client.post(page(letter), {"do": "flow-off"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not OptOut.objects.exists()


def test_a_button_that_is_not_there_changes_nothing(client: Client, letter: Letter) -> None:
    for button in ("", "all", "\0", "off" * 1000):
        press(client, letter, button)
    assert not OptOut.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", SIGNER.sign_object([1, "a"]), "9" * 3000])
def test_a_broken_link_says_so_and_changes_nothing(client: Client, db: None, token: str) -> None:
    for address in (f"/tips/{token}/", f"/tips/{token}/off/"):
        response = client.post(address, {"do": "all-off"}, headers=HERE)
        assert response.status_code == 404
        assert heading(response) == "This link does not work"
    assert not OptOut.objects.exists()


def test_neither_links_nor_wishes_hold_the_address(client: Client, letter: Letter) -> None:
    press(client, letter, "flow-off")
    press(client, letter, "all-off")
    kept = str(list(OptOut.objects.values()))
    token = page(letter).split("/")[2]
    for text in (kept, str(SIGNER.unsign_object(token)), main_part(client.get(page(letter)))):
        assert "owner0" not in text
        assert "contoso.com" not in text or "make.powerautomate.com" in text


def test_a_link_works_after_the_address_was_erased(client: Client, sender: Sender, letter: Letter) -> None:
    link = page(letter)
    Flow.objects.update(owner="")
    assert client.post(link, {"do": "all-off"}, headers=HERE).status_code == 303
    assert take(sender, flow_id="new", owner_email="owner0@contoso.com").letter == Mailing.TURNED_OFF


def test_wishes_and_links_outlive_a_new_secret_of_the_site(
    client: Client, sender: Sender, letter: Letter, settings: Settings
) -> None:
    link, before = page(letter), settings.SECRET_KEY
    client.post(link, {"do": "all-off"}, headers=HERE)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another long random text", [before]
    assert take(sender, flow_id="new", owner_email="owner0@contoso.com").letter == Mailing.TURNED_OFF
    new = page(letter)
    assert new != link
    client.post(new, {"do": "all-on"}, headers=HERE)
    assert not opting.is_off(letter.flow)


def test_a_new_owner_is_asked_anew(client: Client, sender: Sender, letter: Letter) -> None:
    press(client, letter, "flow-off")
    received = take(sender, flow_id="flow-0", owner_email="ben@contoso.com", run_id="2", error="Strange")
    assert received.letter == Mailing.QUEUED


def test_the_page_needs_few_queries(
    client: Client, letter: Letter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(page(letter))
    with django_assert_max_num_queries(7):
        client.get(page(letter))


def test_a_flow_that_is_gone_leaves_the_buttons(client: Client, letter: Letter) -> None:
    link = page(letter)
    Sender.objects.all().delete()
    a_sender(name="Another")
    shown = client.get(link)
    assert heading(shown) == "Repair tips"
    assert client.post(link, {"do": "all-off"}, headers=HERE).status_code == 303

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.wizard.conftest import FORM
from troubleshooter.cases import pasting

Paste = Callable[..., HttpResponse]


def test_a_text_of_100_000_characters_is_read(paste: Paste) -> None:
    assert paste("ä" * 99_980 + " TriggerNotEnabled. ").status_code == 303


def test_one_character_more_gives_the_first_100_000_back(paste: Paste) -> None:
    response = paste("TriggerNotEnabled " + "x" * 99_983)
    page = response.content.decode()
    assert response.status_code == 413
    assert "more than 100,000 characters" in page
    assert "\nTriggerNotEnabled " + "x" * 99_982 + "</textarea>" in page


def test_line_ends_of_a_browser_count_once(paste: Paste) -> None:
    assert paste("TriggerNotEnabled" + "\r\n" * 60_000).status_code == 303


@pytest.mark.parametrize("content_type", [FORM, "multipart/form-data; boundary=x"])
def test_ten_megabytes_get_the_same_friendly_page(client: Client, content_type: str) -> None:
    text = "y" * 10_000_000
    part = f'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n{text}\r\n--x--\r\n'
    body = f"text={text}" if content_type == FORM else part
    response = client.post("/diagnose/", body, content_type=content_type, headers={"sec-fetch-site": "same-origin"})
    page = response.content.decode()
    assert response.status_code == 413
    assert "more than 100,000 characters" in page
    assert len(page) < 120_000
    assert content_type != FORM or "y" * 100_000 in page


def test_a_long_text_is_read_at_both_ends_and_we_say_so(paste: Paste, client: Client) -> None:
    there = paste("z" * 30_000 + " InstallFailed")["Location"]
    assert "We read the first and the last part" in client.get(there).content.decode()


def test_too_many_pastes_in_a_minute_keep_the_text(paste: Paste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasting, "PASTES_A_MINUTE", 2)
    assert [paste("InstallFailed").status_code for _ in range(2)] == [303, 303]
    refused = paste("my precious text")
    assert refused.status_code == 429
    assert "my precious text" in refused.content.decode()


def test_a_form_of_a_thousand_fields_is_no_error(client: Client) -> None:
    body = "text=InstallFailed&" + "&".join(f"f{number}=1" for number in range(5_000))
    response = client.post("/diagnose/", body, content_type=FORM, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 303

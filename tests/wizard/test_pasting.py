from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.wizard.conftest import FORM

Paste = Callable[..., HttpResponse]


def test_a_known_code_leads_straight_to_its_guide(paste: Paste) -> None:
    response = paste('{"code": "TriggerNotEnabled", "message": "off"}')
    assert response.status_code == 303
    assert response["Location"].startswith("/guides/turn-it-on/?code=TriggerNotEnabled&held=")


def test_the_text_is_in_no_address_and_shown_only_to_the_one_who_pasted_it(paste: Paste, client: Client) -> None:
    there = paste("InstallFailed in the blue whale app")["Location"]
    assert "whale" not in there
    assert "blue whale" in client.get(there).content.decode()
    others = Client().get(there)
    assert "whale" not in others.content.decode()
    assert "We no longer hold your text." in others.content.decode()


def test_the_part_that_was_used_is_marked(paste: Paste, client: Client) -> None:
    page = client.get(paste("It says InstallFailed today")["Location"]).content.decode()
    assert "<mark>InstallFailed</mark>" in page


def test_a_shared_message_leads_to_a_question_and_not_to_a_guess(paste: Paste, client: Client) -> None:
    there = paste("The connection 'shared_x' was not given by invoker.")["Location"]
    assert there.startswith("/diagnose/?message=")
    page = client.get(there).content.decode()
    assert "We found your error" in page
    assert "Likely" in page
    assert 'class="answers"' in page


def test_further_errors_in_the_text_are_links(paste: Paste, client: Client) -> None:
    page = client.get(paste('{"code": "InstallFailed"} {"code": "ResponseTimeout"}')["Location"]).content.decode()
    assert "Also in your text" in page


def test_an_unknown_error_is_said_to_be_unknown_and_has_ways_on(paste: Paste, client: Client) -> None:
    there = paste("The moon is made of cheese")["Location"]
    page = client.get(there).content.decode()
    assert "We do not know this error yet" in page
    assert 'class="answers"' in page
    assert "likely fix" not in page


def test_a_description_is_not_called_an_error_message(paste: Paste, client: Client) -> None:
    page = client.get(paste("Help, the invoices screen stays empty")["Location"]).content.decode()
    assert "You describe a problem we know" in page
    assert "Your text describes" in page
    assert "Error message" not in page


def test_no_fix_stands_out_where_two_fit_as_well(paste: Paste, client: Client) -> None:
    page = client.get(paste("The connection 'shared_x' was not given by invoker.")["Location"]).content.decode()
    assert "Try this first" not in page


def test_words_alone_are_not_said_to_be_an_error(client: Client) -> None:
    page = client.get("/diagnose/?about=FLOW-1&held=x").content.decode()
    assert "We are not sure yet" in page
    assert "We read no error that we know." in page
    assert "The words may point to" in page


def test_an_unknown_code_stays_unknown_beside_words_that_point_somewhere(client: Client) -> None:
    page = client.get("/diagnose/?about=FLOW-1&unknown=NeverHeard").content.decode()
    assert "We do not know this error yet" in page
    assert "We do not know the code NeverHeard yet." in page
    assert "We read no error" not in page


def test_a_code_that_other_systems_print_too_is_not_called_unknown(paste: Paste, client: Client) -> None:
    page = client.get(paste("0x80040265: a record with these values exists already")["Location"]).content.decode()
    assert "The code 0x80040265 alone does not say which error this is." in page


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_an_empty_paste_is_told_what_to_do(paste: Paste, text: str) -> None:
    response = paste(text)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: What went wrong?" in page
    assert page.count("Paste the error text, or pick an answer below.") == 2
    assert '<a href="#text">' in page


def test_a_picture_is_said_to_be_one(client: Client) -> None:
    picture = SimpleUploadedFile("error.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
    response = client.post("/diagnose/", {"text": picture}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 422
    assert "That is a picture or another file." in response.content.decode()


def test_a_form_that_cannot_be_read_is_not_called_long(client: Client) -> None:
    headers = {"sec-fetch-site": "same-origin"}
    response = client.post("/diagnose/", "garbage", content_type="multipart/form-data", headers=headers)
    assert response.status_code == 422
    assert "Paste the error text" in response.content.decode()


@pytest.mark.parametrize("text", ["a\x00b TriggerNotEnabled", "\u202eTriggerNotEnabled", "TriggerNotEnabled \udc00"])
def test_strange_characters_do_no_harm(paste: Paste, client: Client, text: str) -> None:
    response = paste(text)
    assert response.status_code == 303
    assert client.get(response["Location"], follow=True).status_code == 200


def test_answers_that_were_given_before_stay_with_a_new_text(paste: Paste) -> None:
    there = paste("The moon is made of cheese", **{"q.app-starts": "yes", "unknown": "Foo"})["Location"]
    assert "q.app-starts=yes" in there
    assert "Foo" not in there


def test_answers_alone_are_enough_without_script(paste: Paste) -> None:
    response = paste("", **{"q.what-happens": "error"})
    assert response.status_code == 303
    assert response["Location"] == "/diagnose/?q.what-happens=error"


def test_a_form_of_another_site_is_refused_and_the_text_given_back(client: Client) -> None:
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}, {}, {"origin": "null"}):
        response = client.post("/diagnose/", "text=my+precious+text", content_type=FORM, headers=headers)
        assert response.status_code == 403
        assert "my precious text" in response.content.decode()
        assert not response.cookies


def test_a_browser_that_only_sends_its_origin_is_believed(client: Client) -> None:
    headers = {"origin": "http://testserver"}
    assert client.post("/diagnose/", "text=InstallFailed", content_type=FORM, headers=headers).status_code == 303

"""Forms that are not sent as our pages send them: nothing is kept, nothing breaks, and what was typed comes back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.pages.reading import heading, main_part
from troubleshooter.cases import voices
from troubleshooter.cases.models import HandOver, Outcome
from troubleshooter.diagnosis.model import ANY_CODE, Fact, Kind

pytestmark = pytest.mark.usefixtures("guide")


@pytest.mark.parametrize(
    "origin", ["http://[::1", "http://[x]:y:z", "null", "", "//testserver", "http://testserver.example"]
)
@pytest.mark.parametrize("address", ["/outcome/", "/ticket/", "/t/abcdefghijklmnop/report/"])
def test_an_origin_that_is_none_of_ours_is_refused(client: Client, address: str, origin: str) -> None:
    response = client.post(address, {"comment": "My words"}, headers={"origin": origin})
    assert response.status_code == 403
    assert heading(response) == "This form was not sent from our page"


def test_our_own_origin_is_enough(client: Client) -> None:
    response = client.post("/ticket/", {"doing": "My words"}, headers={"origin": "http://testserver"})
    assert response.status_code == 200


def test_what_was_written_comes_back_with_a_refused_form(client: Client) -> None:
    written = {"comment": "One", "doing": "Two </textarea>", "more": "Three"}
    page = main_part(client.post("/ticket/", written, headers={"sec-fetch-site": "cross-site"}))
    assert "One</textarea>" in page
    assert "Two &lt;/textarea&gt;</textarea>" in page
    assert "Three</textarea>" in page


@pytest.mark.parametrize(("address", "status"), [("/outcome/", 422), ("/ticket/", 413), ("/diagnose/", 413)])
def test_a_form_full_of_files_is_answered_like_any_other(client: Client, address: str, status: int) -> None:
    files = {f"file{number}": SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)}
    response = client.post(address, {**files, "text": "x"}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == status
    assert heading(response)


def test_what_somebody_writes_as_a_code_is_not_kept_in_words(client: Client) -> None:
    kept = [voices.recorded(frozenset({Fact(Kind.UNKNOWN, value)})) for value in ("jane@example.com", "Jane-Doe", "X1")]
    assert len(set(kept)) == 3
    assert not any(word in "".join(kept).lower() for word in ("jane", "doe", "example"))
    assert voices.recorded(frozenset({Fact(Kind.UNKNOWN, ANY_CODE)})) == "unknown=1"
    client.post("/ticket/?code=jane@example.com", {"do": "copied"}, headers={"sec-fetch-site": "same-origin"})
    assert "jane" not in str([*HandOver.objects.values(), *Outcome.objects.values()])
    assert HandOver.objects.count() == 1

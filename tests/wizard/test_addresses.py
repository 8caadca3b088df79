import pytest
from django.test import Client
from django.test.client import FakePayload

from troubleshooter.wsgi import application


def test_an_unknown_key_is_dropped_with_a_note(client: Client) -> None:
    page = client.get("/diagnose/?colour=blue").content.decode()
    assert "We left out what we do not know in this address: colour." in page


def test_a_retired_question_is_dropped_with_a_note(client: Client) -> None:
    response = client.get("/diagnose/?q.gone-long-ago=yes&q.app-starts=unsure")
    assert response.status_code == 200
    assert "This page is out of date." in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "code=" + "x" * 5_000,
        "q.app-starts=yes&q.app-starts=no",
        "code=TriggerNotEnabled&hex=0x1&message=not-given&status=401",
        "tried=FIX-1.same&tried=FIX-1.new&tried=nonsense",
        "held=" + "x" * 5_000,
        "show=q.no-such-question",
        "show=nonsense",
        "%00=%ff&q.=&=",
        "about=FLOW-1,FLOW-999,,",
        "&".join(f"a{number}=1" for number in range(900)),
    ],
)
def test_any_address_is_answered(client: Client, query: str) -> None:
    assert client.get(f"/diagnose/?{query}", follow=True).status_code == 200


def test_what_an_address_says_is_printed_as_text(client: Client) -> None:
    page = client.get("/diagnose/?unknown=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_a_diagnosis_with_evidence_is_not_for_search_engines(client: Client) -> None:
    assert 'content="noindex"' in client.get("/diagnose/?q.app-starts=unsure").content.decode()
    assert 'content="noindex"' not in client.get("/diagnose/").content.decode()


def test_only_reading_and_pasting_are_allowed(client: Client) -> None:
    assert client.put("/diagnose/", headers={"sec-fetch-site": "same-origin"}).status_code == 405


@pytest.mark.parametrize(
    "kind", ["text/plain; charset=hex", "a/b;CHARSET = 'hex'; x=y", "a/b; x=y; charset*=a'b'hex", 'a/b; charset="hex"']
)
def test_the_codec_that_a_request_names_is_not_used(kind: str) -> None:
    answers: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "QUERY_STRING": "x=%ff", "CONTENT_TYPE": kind}
    environ |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.input": FakePayload()}
    list(application(environ, lambda status, headers: answers.append(status)))
    assert answers == ["200 OK"]

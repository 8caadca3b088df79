"""Whatever staff write, no byte of a public answer changes until it is published."""

from __future__ import annotations

from django.test import Client

from guides import publishing
from guides.models import (
    Cause,
    Choice,
    CodeAlias,
    ErrorCode,
    Expectation,
    Guide,
    GuideMitigation,
    Message,
    Mitigation,
    Notice,
    Phrase,
    Question,
    Sample,
    Source,
    Step,
)

PAGES = (
    *("/", "/diagnose/", "/diagnose/?show=fixes", "/guides/", "/guides/response-timeout/", "/codes/", "/codes.json"),
    *(
        "/codes/DraftCode/",
        "/codes/ResponseTimeout/",
        "/search/?q=whale",
        "/search/?q=DraftCode",
        "/search/?q=draftalias",
    ),
    *("/guides/draft-guide/", "/g/FLOW-77/", "/g/FLOW-77/FIX-77.1/", "/g/FLOW-4/FIX-77/", "/api/v1/openapi.json"),
    *("/diagnose/?code=DraftCode", "/diagnose/?message=draft-message", "/diagnose/?message=FLOW-77"),
    *("/diagnose/?about=FLOW-77", "/diagnose/?tried=FIX-77.same", "/diagnose/?q.draft-question=yes"),
    *("/outcome/?guide=FLOW-77&fix=FIX-77&result=worked", "/outcome/?guide=FLOW-4&fix=FIX-77&result=could-not"),
    *("/outcome/?guide=FLOW-7&fix=FIX-6&result=worked", "/outcome/?guide=FLOW-7&fix=FIX-6&result=could-not"),
    *("/diagnose/?show=q.draft-question", "/guides/response-timeout/?tried=FIX-77.same"),
)
CASES = (
    {"text": "DraftCode: a whale swallowed the flow"},
    {"text": "the whale swallowed it whole"},
    {"answers": {"draft-question": "yes"}},
    {"tried": {"FIX-77": "same"}},
)


def public_answers(client: Client) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """Status, headers and body of everything a reader could try, by what was asked."""
    answers = {address: client.get(address) for address in PAGES}
    for case in CASES:
        answers[str(case)] = client.post("/api/v1/diagnose", case, content_type="application/json")
    return {asked: (answer.status_code, dict(answer.headers), answer.content) for asked, answer in answers.items()}


def write_a_new_guide() -> Guide:
    code = ErrorCode.objects.create(token="DraftCode", meaning="A whale.")
    CodeAlias.objects.create(code=code, text="draftalias")
    mitigation = Mitigation.objects.create(reference="FIX-77", title="Ask the whale")
    Step.objects.create(mitigation=mitigation, number=1, text="Ask the whale.")
    question = Question.objects.create(slug="draft-question", order=0, text="Is there a whale?")
    Choice.objects.create(question=question, slug="no", text="No whale", summary="You saw none.", normal="always")
    choice = Choice.objects.create(question=question, slug="yes", text="A whale", summary="You saw a whale.")
    guide = Guide.objects.create(
        reference="FLOW-77", slug="draft-guide", title="Free the flow", meaning="A whale.", verification="Run it."
    )
    guide.codes.add(code)
    Message.objects.create(guide=guide, key="draft-message", text="the whale swallowed it whole", essential=["whale"])
    Sample.objects.create(guide=guide, text="DraftCode")
    Cause.objects.create(guide=guide, key="whale", text="There is a whale.")
    Source.objects.create(guide=guide, key="docs", title="On whales", checked="2026-11-21")
    Phrase.objects.create(guide=guide, text="a whale swallowed it")
    GuideMitigation.objects.create(guide=guide, mitigation=mitigation)
    Expectation.objects.create(guide=guide, choice=choice, word="always")
    return guide


def change_everything_live() -> None:
    Guide.objects.update(title="Whale", meaning="Whale", verification="Whale")
    Phrase.objects.create(guide=Guide.objects.get(slug="response-timeout"), text="whale")
    ErrorCode.objects.update(meaning="Whale")
    CodeAlias.objects.create(code=ErrorCode.objects.get(token="ResponseTimeout"), text="whalealias")
    for part in (Step, Cause, Notice, Question, Choice):
        part.objects.update(text="Whale")  # type: ignore[attr-defined]
    for part in (Mitigation, Source):
        part.objects.update(title="Whale")  # type: ignore[attr-defined]


def test_no_public_answer_changes_before_something_is_published(client: Client, starter_content: None) -> None:
    before = public_answers(client)
    guide = write_a_new_guide()
    change_everything_live()
    after = public_answers(client)
    assert [asked for asked in before if before[asked] != after[asked]] == []
    publishing.publish([*publishing.parts_not_live([guide]), guide])
    assert client.get("/codes/DraftCode/").status_code == 200

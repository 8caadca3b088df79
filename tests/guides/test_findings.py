"""Each kind of defect is planted alone into good documents, and exactly that is reported, where it is mended."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guides import advice, checks, findings, publishing
from guides import document as shapes
from guides.defects import DocumentDefect
from guides.exchange import folder
from guides.library import Library
from guides.models import ErrorCode
from tests.guides.factories import (
    document,
    guide_data,
    mitigation_data,
    notice_data,
    question_data,
    second_guide_data,
)
from troubleshooter.diagnosis.lint import Problem

TODAY = datetime.date(2026, 11, 21)

Documents = list[shapes.Document]


def second(**fields: Any) -> dict[str, Any]:
    """The second guide with all that guides must have."""
    return second_guide_data(
        **{
            "causes": [{"key": "old", "text": "The password is old.", "source": "docs"}],
            "sources": [
                {
                    "key": "docs",
                    "title": "Passwords",
                    "url": "https://example.com/passwords",
                    "dated": "2026-01-02",
                    "checked": "2026-11-21",
                }
            ],
            **fields,
        }
    )


def written(kind: str, **fields: Any) -> Documents:
    """Good documents, of which one says something else."""
    data: dict[str, dict[str, Any]] = {
        "notice": notice_data(),
        "question": question_data(),
        "mitigation": mitigation_data(),
        "guide": guide_data(),
        "second": second(),
    }
    data[kind] |= fields
    return [document("guide" if name == "second" else name, row) for name, row in data.items()]


def beside(kind: str, data: dict[str, Any]) -> Documents:
    """Good documents, and one more."""
    return [*written("guide"), document(kind, data)]


def steps(*places: str, text: str = "Open the flow.") -> Documents:
    rows = [{"number": n, "text": text, "where": where, "who": "maker"} for n, where in enumerate(places, 1)]
    return written("mitigation", steps=rows)


def source(**fields: Any) -> list[dict[str, Any]]:
    return [{**second()["sources"][0], **fields}]


def in_a_circle() -> Documents:
    other = question_data(slug="other", only_if={"question": "flow-on", "choice": "on"})
    return [
        *written("question", only_if={"question": "other", "choice": "on"}),
        document("question", other),
    ]


PLANTED: list[tuple[DocumentDefect, str, str, str, Callable[[], Documents]]] = [
    (
        DocumentDefect.UNKNOWN_NAME,
        "FLOW-1",
        "notices",
        "there is no “lost”",
        lambda: written("guide", notices=["source-first", "lost"]),
    ),
    (
        DocumentDefect.UNKNOWN_NAME,
        "flow-on",
        "only_if",
        "there is no question “lost”",
        lambda: written("question", only_if={"question": "lost", "choice": "on"}),
    ),
    (
        DocumentDefect.SAME_ADDRESS,
        "FLOW-2",
        "slug",
        "belongs to FLOW-1 already",
        lambda: written("second", former_slugs=["flow-turned-off"]),
    ),
    (
        DocumentDefect.TOLD_DIFFERENTLY,
        "FLOW-2",
        "messages",
        "make both equal",
        lambda: written("second", messages=[{"key": "not-enabled", "text": "Something else is not enabled here."}]),
    ),
    (
        DocumentDefect.SAME_SPELLING,
        "FLOW-2",
        "codes",
        "already stands for FlowIsTurnedOff",
        lambda: written("second", codes=[{"token": "PasswordExpired", "aliases": ["flowisoff"]}]),
    ),
    (
        DocumentDefect.SAME_SAMPLE,
        "FLOW-2",
        "samples",
        "a text can lead to one guide only",
        lambda: written("second", samples=[{"text": "flowisturnedOFF"}]),
    ),
    (DocumentDefect.CIRCLE, "flow-on other", "only_if", "remove one of flow-on, other", in_a_circle),
    (
        DocumentDefect.LOST_SAMPLE,
        "FLOW-1",
        "samples",
        "must lead here, but leads to FLOW-2",
        lambda: written("guide", samples=[{"text": "PasswordExpired and more"}]),
    ),
    (
        DocumentDefect.NOTHING_LEADS_HERE,
        "FLOW-2",
        "messages",
        "add an error code",
        lambda: written("second", codes=[], samples=[]),
    ),
    (
        DocumentDefect.NO_CAUSE,
        "FLOW-1",
        "causes",
        "say why it happens",
        lambda: written("guide", causes=[], mitigations=[{"fix": "FIX-1"}]),
    ),
    (
        DocumentDefect.NO_SOURCE,
        "FLOW-1",
        "sources",
        "say where the facts come from",
        lambda: written("guide", sources=[], causes=[{"key": "off", "text": "It is off."}]),
    ),
    (DocumentDefect.NO_SAMPLE, "FLOW-1", "samples", "add an error text", lambda: written("guide", samples=[])),
    (
        DocumentDefect.LONG_CAUSE,
        "FLOW-1",
        "causes",
        "Sixty are enough",
        lambda: written("guide", causes=[{"key": "off", "text": "It is off. " * 21, "source": "docs"}]),
    ),
    (
        DocumentDefect.LATE_FIRST_STEP,
        "FLOW-1",
        "before",
        "move the rest below the steps",
        lambda: written("guide", before="Wait for it. " * 36),
    ),
    (
        DocumentDefect.LONG_SENTENCES,
        "FLOW-1",
        "",
        "make two of the longest ones",
        lambda: written("guide", further="word " * 120),
    ),
    (
        DocumentDefect.OLD_SOURCE,
        "FLOW-2",
        "sources",
        "Check it again",
        lambda: written("second", sources=source(checked="2025-11-20")),
    ),
    (
        DocumentDefect.UNDATED_SOURCE,
        "FLOW-2",
        "sources",
        "Write the date",
        lambda: written("second", sources=source(dated=None)),
    ),
    (DocumentDefect.MANY_STEPS, "FIX-1", "steps", "Seven are enough", lambda: steps(*["source"] * 8)),
    (
        DocumentDefect.WRONG_PLACE,
        "FIX-1",
        "steps",
        "speaks of the target environment",
        lambda: steps("source", text="Open the target environment."),
    ),
    (
        DocumentDefect.UNCLEAR_PLACE,
        "FIX-1",
        "steps",
        "Step FIX-1.2 stands between",
        lambda: steps("source", "either", "target"),
    ),
    (
        DocumentDefect.DEAD_LINK,
        "FLOW-1",
        "further",
        "“/guides/gone/” in “Good to know” leads nowhere",
        lambda: written("guide", further="See [the other guide](/guides/gone/)."),
    ),
    (
        DocumentDefect.DEAD_LINK,
        "source-first",
        "text",
        "“FIX-1.9”",
        lambda: written("notice", text="Do FIX-1.1 first and then FIX-1.9."),
    ),
    (
        DocumentDefect.MALFORMED_LINK,
        "FIX-1",
        "steps",
        "“www.example.com/page” in step FIX-1.1 cannot be opened",
        lambda: steps("source", text="Open [the page](www.example.com/page)."),
    ),
    (
        DocumentDefect.MALFORMED_LINK,
        "FLOW-2",
        "sources",
        "“https://example/passwords” cannot be opened",
        lambda: written("second", sources=source(url="https://example/passwords")),
    ),
    (
        DocumentDefect.UNUSED_MITIGATION,
        "FIX-9",
        "",
        "Name it in a guide",
        lambda: beside("mitigation", mitigation_data(reference="FIX-9")),
    ),
    (
        DocumentDefect.UNUSED_NOTICE,
        "alone",
        "",
        "Name it in a guide",
        lambda: beside("notice", notice_data(slug="alone")),
    ),
]


def told(documents: Documents, today: datetime.date = TODAY) -> list[Problem]:
    found = findings.everything(Library.of(documents), today)
    return [problem for problem in found if isinstance(problem.kind, DocumentDefect)]


def test_nothing_is_told_of_good_documents() -> None:
    assert told(written("guide")) == []


@pytest.mark.parametrize(
    ("kind", "keys", "field", "words", "documents"), PLANTED, ids=[f"{kind} at {key}" for kind, key, *_rest in PLANTED]
)
def test_a_planted_defect_is_reported_alone_at_its_place_and_says_what_to_do(
    kind: DocumentDefect, keys: str, field: str, words: str, documents: Callable[[], Documents]
) -> None:
    found = told(documents())
    assert {(problem.kind, problem.key, problem.field) for problem in found} == {
        (kind, key, field) for key in keys.split()
    }
    assert any(words in problem.sentence for problem in found), found


def test_every_kind_of_defect_has_a_planted_example() -> None:
    assert {kind for kind, *_rest in PLANTED} == set(DocumentDefect) - {DocumentDefect.CODE_WITHOUT_GUIDE}


def test_a_code_that_no_guide_names_is_reported() -> None:
    (problem,) = advice.of_codes(["FlowIsTurnedOff", "NobodyKnows"], Library.of(written("guide")))
    assert (problem.kind, problem.key) == (DocumentDefect.CODE_WITHOUT_GUIDE, "NobodyKnows")
    assert "Write one" in problem.sentence


@pytest.mark.django_db
def test_the_command_looks_at_the_list_of_codes_of_this_installation() -> None:
    publishing.load(written("guide"))
    ErrorCode.objects.create(token="NobodyKnows")
    out = StringIO()
    call_command("check_guides", "--today", "2026-11-21", stdout=out)
    assert "Advice: NobodyKnows: No guide names the code" in out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "[a guide](/guides/flow-turned-off/), [a reference](/g/FLOW-2/), [a step](/g/FLOW-1/FIX-1.2/)",
        "[a code](/codes/PasswordExpired/), [the list](/guides/), [a page](https://example.com/a?b=c#d)",
        "[by mail](mailto:help@example.com), [a heading](#md-more), FLOW-1 and FIX-1.2, `FLOW-77`",
    ],
)
def test_links_that_lead_somewhere_are_left_alone(text: str) -> None:
    assert told(written("guide", further=text)) == []


@pytest.mark.parametrize("target", ["htp://example.com", "https//example.com", "//example.com", "javascript:alert"])
def test_links_that_no_browser_opens_are_named(target: str) -> None:
    (problem,) = told(written("guide", further=f"[Look]({target})."))
    assert problem.kind is DocumentDefect.MALFORMED_LINK
    assert target in problem.sentence


def test_nothing_is_asked_of_a_retired_guide() -> None:
    gone = second(sources=source(checked="2020-01-01"), retired={}, further="[Gone](/guides/gone/)")
    assert told([*written("guide")[:4], document("guide", gone)]) == []


def test_a_year_after_a_source_was_checked_the_command_reminds_of_it(tmp_path: Path) -> None:
    folder.write(tmp_path, written("guide"))
    said = {today: StringIO() for today in ("2027-11-21", "2027-11-22")}
    for today, out in said.items():
        call_command("check_guides", tmp_path, "--today", today, stdout=out)
        assert "nothing is wrong" in out.getvalue()
    reminder = "Advice: FLOW-2: Nobody has looked at the source “Passwords” for a year. Check it again."
    assert [reminder in out.getvalue() for out in said.values()] == [False, True]
    assert all("could be better." in out.getvalue() for out in said.values())


def test_what_keeps_a_guide_from_going_live_fails_the_command(tmp_path: Path) -> None:
    folder.write(tmp_path, written("guide", samples=[]))
    with pytest.raises(CommandError, match="FLOW-1: samples: add an error text"):
        call_command("check_guides", tmp_path, stdout=StringIO())


def test_all_that_refuses_to_go_live_is_in_the_list_of_everything() -> None:
    library = Library.of(written("guide", samples=[], sources=[], causes=[{"key": "off", "text": "It is off."}]))
    assert set(checks.shortcomings(library)) <= set(findings.everything(library, TODAY))


def test_nothing_is_wrong_with_the_starter_guides() -> None:
    assert findings.everything(Library.of(folder.read(folder.STARTER)), TODAY) == []

"""What publishing would do is told beforehand, with every reason to refuse it, and nothing of it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from guides import checks, drafts, knowledge, publishing, rows
from guides.library import Library
from guides.models import ContentVersion, Guide, Mitigation, Question, Revision
from guides.rehearsal import Rehearsal, rehearse
from tests.guides.factories import (
    document,
    guide_data,
    load_small_library,
    mitigation_data,
    notice_data,
    question_data,
    second_guide_data,
)

pytestmark = pytest.mark.django_db

NEW = {"reference": "FLOW-3", "slug": "third", "title": "The third", "messages": [], "codes": [], "samples": []}


@pytest.fixture
def guide() -> Guide:
    return load_small_library()


def rehearsed(kind: str, data: dict[str, Any]) -> Rehearsal:
    """Write a draft and rehearse it. Publishing says the same: it refuses with the same words, or makes revisions."""
    thing = rows.write(document(kind, data))
    drafts.saved([thing], None)
    found = rehearse([thing])
    if found.problems:
        with pytest.raises(publishing.PublishError) as refused:
            publishing.publish([thing])
        assert tuple(refused.value.problems) == found.problems
    else:
        assert bool(publishing.publish([thing])) == (not found.changes_nothing)
        assert [rows.read(rows.as_stored([thing])[0])] == [draft.after for draft in found.drafts]
    return found


def test_a_rehearsal_tells_the_documents_before_and_after_and_keeps_nothing(guide: Guide) -> None:
    mitigation = Mitigation.objects.get()
    mitigation.steps.create(text="Wait for a minute.", position=9)
    guide.slug = "turn-it-on"
    guide.save()
    before = (ContentVersion.now(), Revision.objects.count())
    found = rehearse([mitigation, guide])
    assert [change.place for change in found.drafts[0].changes] == ["Step FIX-1.3"]
    assert found.drafts[1].after.former_slugs == ["flow-turned-off"]  # type: ignore[attr-defined]
    assert found.problems == ()
    assert (ContentVersion.now(), Revision.objects.count()) == before
    assert mitigation.steps.get(position=9).number is None


def test_the_live_guides_that_show_a_shared_part_are_named(guide: Guide) -> None:
    found = rehearsed("mitigation", mitigation_data(title="Switch the flow on"))
    assert [shown.reference for shown in found.shown_in] == ["FLOW-1", "FLOW-2"]
    assert [shown.reference for shown in rehearsed("notice", notice_data(text="New.")).shown_in] == ["FLOW-1"]
    assert [shown.reference for shown in rehearsed("question", question_data(hint="Look.")).shown_in] == ["FLOW-1"]
    assert rehearsed("guide", guide_data(title="Another title")).shown_in == ()


def test_nothing_to_publish_is_said(guide: Guide) -> None:
    assert rehearse([guide]).changes_nothing


def test_an_incomplete_draft_is_told_everything_that_it_lacks_at_once(guide: Guide) -> None:
    draft = Guide.objects.create(reference="FLOW-3", slug="third", title="The third")
    problems = "\n".join(rehearse([draft]).problems)
    for lack in ("meaning", "mitigations", "verification", "messages", "causes", "sources"):
        assert f"FLOW-3: {lack}: " in problems


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"causes": [], "mitigations": [{"fix": "FIX-1"}]}, "FLOW-3: causes: say why it happens"),
        ({"sources": [], "causes": [{"key": "off", "text": "It is off."}]}, "FLOW-3: sources: say where"),
        ({"expects": {}}, "FLOW-3: messages: nothing leads to this guide"),
        ({"codes": [{"token": "Third"}]}, "FLOW-3: samples: add an error text"),
        (
            {"codes": [{"token": "Third", "aliases": ["passwordexpired"]}], "samples": [{"text": "Third"}]},
            "FLOW-3: codes: “passwordexpired” of Third already stands for PasswordExpired",
        ),
        (
            {"codes": [{"token": "FlowIsOff"}], "samples": [{"text": "x"}]},
            "“FlowIsOff” of FlowIsOff already stands for",
        ),
        (
            {"phrases": ["no luck"], "samples": [{"text": "  PASSWORDEXPIRED "}]},
            "FLOW-3: samples: “PASSWORDEXPIRED” is a sample of FLOW-2 already",
        ),
        (
            {"messages": [{"key": "short", "text": "<it> is broken"}], "samples": [{"text": "this is broken"}]},
            "FLOW-3: The message “<it> is broken” is short",
        ),
        ({"phrases": ["no luck"], "samples": [{"text": "PasswordExpired", "leads": "elsewhere"}]}, ""),
        ({"phrases": ["no luck"]}, ""),
    ],
)
def test_what_must_not_go_live_is_refused_with_the_thing_and_the_field(
    guide: Guide, fields: dict[str, Any], problem: str
) -> None:
    problems = rehearsed("guide", guide_data(**(NEW | fields))).problems
    assert any(problem in found for found in problems) if problem else problems == ()


def test_a_sample_of_another_guide_that_would_change_its_owner_refuses(guide: Guide) -> None:
    codes = [{"token": "PasswordExpired", "meaning": "The password has expired."}]
    rows.write(document("guide", second_guide_data(codes=[], phrases=["a password"])))
    thief = rows.write(document("guide", guide_data(**(NEW | {"codes": codes, "samples": [{"text": "It expired"}]}))))
    problems = rehearse([thief, Guide.objects.get(reference="FLOW-2")]).problems
    assert "FLOW-2: samples: “PasswordExpired” must lead here, but leads to FLOW-3 (The third)" in problems


def test_a_choice_that_a_live_guide_names_cannot_be_taken_from_its_question(guide: Guide) -> None:
    guide.expectations.all().delete()
    choices = [*question_data()["choices"][:1], {"slug": "broken", "text": "Broken", "summary": "You said broken."}]
    question = rows.write(document("question", question_data(choices=choices)))
    rows.prune(document("question", question_data(choices=choices)))  # type: ignore[arg-type]
    problems = rehearse([question]).problems
    assert problems == ("FLOW-1: expects: “flow-on” has no choice “off”; it has on, broken",)


def test_conditions_that_go_in_a_circle_are_refused_and_named(guide: Guide) -> None:
    second = rows.write(
        document("question", question_data(slug="second", only_if={"question": "flow-on", "choice": "on"}))
    )
    first = Question.objects.get(slug="flow-on")
    first.only_if = second.choices.get(slug="on")  # type: ignore[attr-defined]
    first.save()
    assert "flow-on: only_if: its condition leads in a circle" in "\n".join(rehearse([first, second]).problems)


def test_what_was_wrong_before_does_not_hold_up_other_work(guide: Guide) -> None:
    assert not Guide.objects.get(reference="FLOW-2").causes.exists()
    assert rehearsed("guide", second_guide_data(meaning="The password is too old.")).problems == ()
    assert "FLOW-2: causes: say why it happens" in rehearse([_changed("FLOW-2")]).advice
    assert knowledge.current().guides["FLOW-2"].document.meaning == "The password is too old."


def _changed(reference: str) -> Guide:
    Guide.objects.filter(reference=reference).update(meaning="Changed again.")
    return Guide.objects.get(reference=reference)


def test_advice_does_not_refuse(guide: Guide) -> None:
    cause = {"key": "off", "text": "word " * 70, "source": "docs"}
    found = rehearsed("guide", guide_data(causes=[cause]))
    assert "FLOW-1: The cause “off” has 70 words. Sixty are enough." in found.advice
    assert found.problems == ()


def test_what_is_wrong_in_the_library_is_looked_up_as_often_for_many_drafts_as_for_one(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    things = [guide, *(rows.write(document("notice", notice_data(slug=f"new-{number}"))) for number in range(5))]
    looked: list[object] = []
    misfits = checks.misfits

    def counted(library: Library) -> list[str]:
        looked.append(library)
        return misfits(library)

    monkeypatch.setattr(checks, "misfits", counted)
    guide.title = "A better title"
    guide.save()
    rehearse([guide])
    for_one = len(looked)
    rehearse(things)
    assert len(looked) == 2 * for_one > 0

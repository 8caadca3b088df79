"""Readers see revisions only; publishing checks everything together and is all or nothing."""

from __future__ import annotations

import pytest

from guides import knowledge, publishing, rows
from guides.models import ContentVersion, Guide, Mitigation, Question, Revision, Step
from guides.parsing import DocumentError
from tests.guides.factories import (
    document,
    guide_data,
    load_small_library,
    mitigation_data,
    question_data,
    second_guide_data,
    small_library,
)

pytestmark = pytest.mark.django_db


def problems_of_publishing(*things: object) -> str:
    with pytest.raises(publishing.PublishError) as refused:
        publishing.publish(things)  # type: ignore[arg-type]
    return str(refused.value)


def test_a_draft_is_invisible_until_it_is_published() -> None:
    guide = load_small_library()
    guide.title = "A better title"
    guide.save()
    assert knowledge.current().guides["FLOW-1"].document.title == "Turn the flow back on"
    publishing.publish([guide])
    assert knowledge.current().guides["FLOW-1"].document.title == "A better title"


def test_a_shared_mitigation_is_fixed_once_and_no_guide_is_published_again() -> None:
    load_small_library()
    step = Step.objects.get(mitigation__reference="FIX-1", number=2)
    step.text = "Press **Start**."
    step.save()
    revisions = publishing.publish([Mitigation.objects.get(reference="FIX-1")])
    assert [(revision.key, revision.number) for revision in revisions] == [("FIX-1", 2)]
    known = knowledge.current()
    for reference in ("FLOW-1", "FLOW-2"):
        html = knowledge.guide_html(known, known.guides[reference])
        assert "Start" in html.mitigations["FIX-1"][2]


def test_publishing_what_has_not_changed_makes_no_revision_and_no_new_version() -> None:
    guide = load_small_library()
    version = ContentVersion.now()
    assert publishing.publish([guide]) == []
    assert ContentVersion.now() == version


def test_a_revision_holds_the_document_and_its_sanitised_html() -> None:
    load_small_library(verification="Run it. <script>alert(1)</script> **Succeeded**")
    revision = Guide.objects.get(reference="FLOW-1").live
    assert revision is not None
    assert revision.document["verification"].startswith("Run it. <script>")
    assert "<script" not in revision.html["verification"]


def test_a_sample_that_would_lead_elsewhere_stops_publishing() -> None:
    load_small_library()
    thief = Guide.objects.get(reference="FLOW-2")
    rows.write(document("guide", second_guide_data(samples=[{"text": "It says FlowIsTurnedOff today."}])))
    assert "must lead here, but leads to FLOW-1" in problems_of_publishing(thief)
    assert Revision.objects.filter(key="FLOW-2").count() == 1


def test_a_code_taken_from_another_guide_is_noticed_by_that_guides_sample() -> None:
    load_small_library()
    rows.write(document("guide", guide_data(codes=[], messages=[], samples=[], phrases=["somebody switched it off"])))
    guide = Guide.objects.get(reference="FLOW-1")
    publishing.publish([guide])
    rows.write(document("guide", guide_data(codes=[], messages=[], samples=[{"text": "It says PasswordExpired."}])))
    assert "leads to FLOW-2" in problems_of_publishing(guide)


def test_a_draft_that_lacks_a_field_is_refused_with_the_fields_name() -> None:
    guide = load_small_library()
    guide.verification = ""
    guide.save()
    assert "FLOW-1: verification: say how people know that it worked" in problems_of_publishing(guide)


def test_a_guide_whose_mitigation_is_not_live_is_refused_and_the_part_is_listed() -> None:
    guide = load_small_library()
    rows.write(document("mitigation", mitigation_data(reference="FIX-2", title="Another")))
    rows.write(document("guide", guide_data(mitigations=[{"fix": "FIX-2"}])))
    assert "there is no “FIX-2” that readers can see" in problems_of_publishing(guide)
    parts = publishing.parts_not_live([guide])
    assert [part.key for part in parts] == ["FIX-2"]
    publishing.publish([*parts, guide])
    assert "FIX-2" in knowledge.current().mitigations


def test_the_question_behind_a_condition_belongs_to_the_parts_of_a_guide() -> None:
    guide = load_small_library()
    rows.write(document("question", question_data(slug="first")))
    condition = {"question": "first", "choice": "on"}
    rows.write(document("question", question_data(slug="second", only_if=condition)))
    rows.write(document("guide", guide_data(expects={"second": {"off": "usually"}})))
    assert {part.key for part in publishing.parts_not_live([guide])} == {"first", "second"}


def test_a_question_that_guides_speak_about_cannot_be_withdrawn_without_them() -> None:
    load_small_library()
    with pytest.raises(publishing.PublishError, match="no question “flow-on”"):
        publishing.withdraw([Question.objects.get(slug="flow-on")])
    assert "flow-on" in knowledge.current().questions


def test_a_withdrawn_guide_is_gone_for_readers() -> None:
    load_small_library()
    publishing.withdraw([Guide.objects.get(reference="FLOW-2")])
    known = knowledge.current()
    assert known.guide_by_slug("password-expired") is None
    assert known.code("PasswordExpired") is None


def test_a_renamed_guide_remembers_its_old_address() -> None:
    guide = load_small_library()
    guide.slug = "turn-it-on"
    guide.save()
    publishing.publish([guide])
    known = knowledge.current()
    assert known.guide_by_slug("flow-turned-off") is None
    assert known.slug_now("flow-turned-off") == "turn-it-on"


def test_an_old_address_outlives_every_later_load() -> None:
    load_small_library()
    for slug in ("turn-it-on", "turn-it-on", "switch-it-on", "switch-it-on"):
        publishing.load(small_library(slug=slug))
    known = knowledge.current()
    assert [known.slug_now(slug) for slug in ("flow-turned-off", "turn-it-on")] == ["switch-it-on", "switch-it-on"]


def test_a_retired_guide_is_kept_apart_from_the_live_ones() -> None:
    guide = load_small_library(samples=[])
    guide.retired, guide.successor = True, Guide.objects.get(reference="FLOW-2")
    guide.save()
    publishing.publish([guide])
    known = knowledge.current()
    assert "FLOW-1" not in known.guides
    assert known.retired["FLOW-1"].document.retired.successor == "FLOW-2"
    assert [row.reference for row in known.model.guides] == ["FLOW-2"]


def test_loading_twice_changes_nothing() -> None:
    publishing.load(small_library())
    before = (ContentVersion.now(), Revision.objects.count())
    assert publishing.load(small_library()) == []
    assert (ContentVersion.now(), Revision.objects.count()) == before


def test_rows_written_from_documents_read_as_the_same_documents() -> None:
    documents = small_library()
    publishing.load(documents)
    assert [row for kind in rows.MODELS for row in rows.read_all(kind)] == documents


def test_loading_is_all_or_nothing() -> None:
    broken = [*small_library()[:-1], document("guide", second_guide_data(notices=["nowhere"]))]
    with pytest.raises(publishing.PublishError, match="FLOW-2: notices: there is no “nowhere”"):
        publishing.load(broken)
    assert not Guide.objects.exists()


def test_a_slug_that_belongs_to_another_guide_is_refused() -> None:
    load_small_library()
    with pytest.raises(DocumentError, match="belongs to FLOW-1 already"):
        rows.write(document("guide", second_guide_data(slug="flow-turned-off")))


def test_conditions_that_go_in_a_circle_are_refused() -> None:
    first = question_data(only_if={"question": "second", "choice": "on"})
    second = question_data(slug="second", only_if={"question": "flow-on", "choice": "on"})
    circle = [document("question", first), document("question", second)]
    with pytest.raises(publishing.PublishError, match="leads in a circle back to itself"):
        publishing.load(circle)


def test_a_condition_may_stand_on_a_question_that_sorts_later() -> None:
    first = question_data(only_if={"question": "z-last", "choice": "on"})
    publishing.load([document("question", first), document("question", question_data(slug="z-last"))])
    assert knowledge.current().questions["flow-on"].document.only_if is not None


def test_a_choice_can_be_dropped_together_with_what_guides_said_about_it() -> None:
    load_small_library()
    choices = [*question_data()["choices"][:1], {"slug": "broken", "text": "Broken", "summary": "You said broken."}]
    changed = [
        document("question", question_data(choices=choices)),
        document("guide", guide_data(expects={"flow-on": {"broken": "usually"}})),
    ]
    publishing.load(changed)
    question = knowledge.current().questions["flow-on"].document
    assert [choice.slug for choice in question.choices] == ["on", "broken"]


def test_a_number_once_given_to_a_step_is_never_given_again() -> None:
    load_small_library()
    mitigation = Mitigation.objects.get(reference="FIX-1")
    mitigation.steps.get(number=2).delete()
    Step.objects.create(mitigation=mitigation, position=9, text="New last step.")
    publishing.publish([mitigation])
    assert [step.number for step in knowledge.current().mitigations["FIX-1"].document.steps] == [1, 3]


def test_loading_an_older_document_does_not_free_the_number_of_a_removed_step() -> None:
    load_small_library()
    mitigation = Mitigation.objects.get(reference="FIX-1")
    added = Step.objects.create(mitigation=mitigation, position=9, text="Added here.")
    publishing.publish([mitigation])
    added.delete()
    publishing.load(small_library())
    Step.objects.create(mitigation=mitigation, position=9, text="Another.")
    publishing.publish([Mitigation.objects.get(reference="FIX-1")])
    assert [step.number for step in knowledge.current().mitigations["FIX-1"].document.steps] == [1, 2, 4]


def test_two_descriptions_of_one_code_are_refused() -> None:
    codes = [{"token": "FlowIsTurnedOff", "meaning": "Something else."}]
    with pytest.raises(publishing.PublishError, match="described otherwise in FLOW-1"):
        publishing.load([*small_library()[:-1], document("guide", second_guide_data(codes=codes))])

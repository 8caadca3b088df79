"""Outcomes make problems commoner than stated or rarer: bounded, one voice once, fading, at most hourly."""

from __future__ import annotations

import datetime
import io
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from guides.models import ContentVersion, Guide
from tests.cases.clock import DAY, at
from tests.cases.votes import say
from tests.guides.factories import document, guide_data, load_small_library, mitigation_data, second_guide_data
from tests.guides.test_publishing_at_once import run_at_once
from troubleshooter.cases import learning
from troubleshooter.diagnosis.frequency import LARGEST_FACTOR
from troubleshooter.diagnosis.learning import Vote
from troubleshooter.diagnosis.model import Fact, Kind

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def guide(guide: Guide) -> Guide:
    """Two guides live, each with a fix of its own."""
    other = mitigation_data(reference="FIX-2", title="Ask for a new password")
    renew = second_guide_data(mitigations=[{"fix": "FIX-2"}])
    publishing.load([document("mitigation", other), document("guide", renew)])
    return guide


def learn(*options: str) -> str:
    """What the command says."""
    told = io.StringIO()
    call_command("learn", *options, stdout=told, stderr=told)
    return told.getvalue()


def factor(reference: str) -> float:
    """With which readers' diagnoses are made."""
    return knowledge.current().model.guide[reference].learned


def votes() -> list[Vote]:
    return list(learning.votes(knowledge.current().model))


def test_without_outcomes_nothing_changes(guide: Guide) -> None:
    before = ContentVersion.now()
    assert "Nothing changes" in learn()
    assert ContentVersion.now() == before
    assert (factor("FLOW-1"), factor("FLOW-2")) == (1, 1)


def test_without_any_content_there_is_nothing_to_learn(db: None) -> None:
    assert "Nothing changes" in learn()
    assert ContentVersion.now() == (0, "", None)


def test_what_helped_often_is_commoner_and_all_else_rarer(guide: Guide) -> None:
    say("FLOW-1", number=30)
    told = learn()
    assert factor("FLOW-1") > 1.3
    assert factor("FLOW-2") < 0.7
    assert "FLOW-1 Turn the flow back on: " in told
    assert "times as common as stated (was 1.00). Outcomes it rests on: 30." in told
    assert "Readers see it now." in told
    row = Guide.objects.get(reference="FLOW-1")
    assert (row.learned_factor, round(row.learned_from)) == (factor("FLOW-1"), 30)


def test_thousands_of_voices_make_nothing_commoner_than_four_times(guide: Guide) -> None:
    for number in range(3, 20):
        data = guide_data(reference=f"FLOW-{number}", slug=f"g{number}", codes=[], messages=[], samples=[])
        publishing.load([document("guide", {**data, "phrases": [f"frobnicator {number}"]})])
    say("FLOW-2", number=3_000, mitigation="FIX-2")
    learn()
    factors = [factor(reference) for reference in knowledge.current().guides]
    assert max(factors) == factor("FLOW-2") == LARGEST_FACTOR
    assert min(factors) >= 1 / LARGEST_FACTOR


@pytest.mark.parametrize("result", ["new", "could-not"])
def test_what_was_not_done_or_led_elsewhere_is_no_vote(guide: Guide, result: str) -> None:
    say("FLOW-1", result, number=50)
    assert votes() == []
    assert "Nothing changes" in learn()


def test_a_voice_that_names_several_fixes_of_a_guide_counts_once(guide: Guide) -> None:
    publishing.load([document("guide", guide_data(mitigations=[{"fix": "FIX-1"}, {"fix": "FIX-2"}]))])
    for fix in ("FIX-1", "FIX-2"):
        say("FLOW-1", mitigation=fix, voice="anna")
    assert len(votes()) == 1
    say("FLOW-1", "same", mitigation="FIX-2", voice="ben")
    say("FLOW-1", mitigation="FIX-1", voice="ben")
    assert len(votes()) == 3
    assert [vote.mitigation for vote in votes() if not vote.worked] == ["FIX-2"]


def test_an_outcome_fades_to_a_half_in_half_a_year_and_to_a_quarter_in_a_year(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    for age in (0, 182.5, 365):
        say("FLOW-1", created=now - age * DAY)
    say("FLOW-1", created=now + DAY)
    assert [round(vote.weight, 6) for vote in votes()] == [1, 1, 0.5, 0.25]


def test_of_what_was_known_only_what_we_still_know_counts(guide: Guide) -> None:
    say("FLOW-1", evidence="code=FlowIsTurnedOff&gone=1&q.flow-on=off&q.nothing=no&tried=FIX-99.same")
    (vote,) = votes()
    assert vote.evidence == {Fact(Kind.CODE, "FlowIsTurnedOff"), Fact(Kind.ANSWER, "flow-on", "off")}


def test_outcomes_of_guides_that_are_not_live_any_more_count_for_nothing(guide: Guide) -> None:
    say("FLOW-1", number=30)
    learn()
    Guide.objects.filter(reference="FLOW-1").update(retired=True)
    publishing.publish([Guide.objects.get(reference="FLOW-1")])
    learn("--now")
    assert votes() == []
    assert list(Guide.objects.values_list("learned_factor", "learned_from")) == [(1, 0), (1, 0)]


def test_no_more_than_the_newest_outcomes_are_read(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_OUTCOMES", 5)
    say("FLOW-1", number=5, created=timezone.now() - DAY)
    say("FLOW-2", number=3, mitigation="FIX-2")
    assert [vote.guide for vote in votes()] == ["FLOW-2"] * 3 + ["FLOW-1"] * 2


def test_it_is_applied_at_most_once_an_hour(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    say("FLOW-1", number=30)
    learn()
    first, before = ContentVersion.now(), factor("FLOW-1")
    say("FLOW-2", number=60, mitigation="FIX-2")
    at(monkeypatch, now + HOUR - DAY / 10_000)
    assert "Nothing was done: outcomes count again from" in learn()
    assert ContentVersion.now() == first
    at(monkeypatch, now + HOUR)
    assert "Readers see it now." in learn()
    assert ContentVersion.now()[0] == first[0] + 1
    assert factor("FLOW-1") < before


def test_who_tests_can_apply_it_now_or_only_look(guide: Guide) -> None:
    say("FLOW-1", number=30)
    before = ContentVersion.now()
    assert "This would change. Nothing was done." in learn("--dry-run")
    assert (ContentVersion.now(), factor("FLOW-1")) == (before, 1)
    learn()
    say("FLOW-2", number=60, mitigation="FIX-2")
    assert "Readers see it now." in learn("--now")


def test_to_run_it_twice_changes_nothing_the_second_time(guide: Guide) -> None:
    say("FLOW-1", number=30)
    learn()
    before = ContentVersion.now()
    assert "Nothing changes" in learn("--now")
    assert ContentVersion.now() == before


def test_what_hardly_moves_a_factor_leaves_all_pages_as_they_are(guide: Guide) -> None:
    say("FLOW-1", number=300)
    learn()
    before, then = ContentVersion.now(), factor("FLOW-1")
    say("FLOW-1")
    assert "Nothing changes" in learn("--now")
    assert (ContentVersion.now(), factor("FLOW-1")) == (before, then)
    row = Guide.objects.get(reference="FLOW-1")
    assert (row.learned_factor, round(row.learned_from)) == (then, 301)


def test_readers_get_fresh_pages_after_it_and_only_then(guide: Guide, client: Client) -> None:
    before = client.get("/guides/flow-turned-off/")["ETag"]
    learn()
    assert client.get("/guides/flow-turned-off/")["ETag"] == before
    say("FLOW-1", number=30)
    assert client.get("/guides/flow-turned-off/")["ETag"] == before
    learn()
    assert client.get("/guides/flow-turned-off/")["ETag"] != before


def test_a_guide_that_is_held_back_keeps_the_stated_word_and_its_cases_make_no_other_rarer(guide: Guide) -> None:
    third = guide_data(reference="FLOW-3", slug="g3", codes=[], messages=[], samples=[], mitigations=[{"fix": "FIX-3"}])
    fix = document("mitigation", mitigation_data(reference="FIX-3", title="Oil the frobnicator"))
    publishing.load([fix, document("guide", {**third, "phrases": ["frobnicator"]})])
    Guide.objects.filter(reference="FLOW-1").update(uses_learned=False)
    say("FLOW-1", number=300)
    assert "Nothing changes" in learn()
    say("FLOW-2", number=10, mitigation="FIX-2")
    learn()
    assert factor("FLOW-1") == 1
    assert Guide.objects.get(reference="FLOW-1").learned_factor > 1.3
    assert factor("FLOW-2") > 1.2
    assert factor("FLOW-3") < 0.8


def test_where_only_guides_that_are_held_back_move_all_pages_stay(guide: Guide) -> None:
    Guide.objects.update(uses_learned=False)
    say("FLOW-1", number=30)
    before = ContentVersion.now()
    assert "Nothing changes" in learn()
    assert ContentVersion.now() == before
    assert Guide.objects.get(reference="FLOW-1").learned_factor > 1.3


def test_drafts_and_checks_use_what_was_learned(guide: Guide) -> None:
    say("FLOW-1", number=30)
    learn()
    known = knowledge.current()
    draft = document("guide", guide_data(title="Another title"))
    for library in (
        known.library.with_documents([draft]),
        known.library.without("guide", "FLOW-2"),
        publishing.live_library(),
    ):
        assert library.model.guide["FLOW-1"].learned == known.library.factors["FLOW-1"] > 1.3


def test_a_sample_leads_where_it_led_before_whatever_readers_say(guide: Guide) -> None:
    """Two guides that differ in nothing but how common they are share a message; a sample shows which is asked for."""
    shared: dict[str, Any] = {"messages": [{"key": "shared", "text": "The frobnicator jammed."}], "codes": []}
    sample = [{"text": "The frobnicator jammed."}]
    publishing.load(
        [
            document("guide", guide_data(**shared, samples=sample, expects={}, common="usually")),
            document("guide", second_guide_data(**shared, samples=[], mitigations=[{"fix": "FIX-2"}])),
        ]
    )
    assert knowledge.current().library.owner(sample[0]["text"]) == "FLOW-1"
    say("FLOW-2", number=500, mitigation="FIX-2")
    assert "stays as it is: a sample would lead elsewhere" in learn()
    assert knowledge.current().library.owner(sample[0]["text"]) == "FLOW-1"


def test_who_publishes_meanwhile_is_not_overwritten(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was worked out for other content than is live now is worked out again, and given up in the end."""
    real = learning._look

    def slow(known: knowledge.Knowledge) -> learning.Rebuilt:
        found = real(known)
        ContentVersion.advance()
        return found

    say("FLOW-1", number=30)
    monkeypatch.setattr(learning, "_look", slow)
    with pytest.raises(CommandError, match="somebody published meanwhile"):
        learn()
    assert factor("FLOW-1") == 1


def test_reading_many_outcomes_takes_few_queries(
    guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    say("FLOW-1", number=500)
    knowledge.current()
    with django_assert_max_num_queries(16):
        learn()
    known = knowledge.current()
    with django_assert_max_num_queries(1):
        assert knowledge.current() is known


@pytest.mark.django_db(transaction=True)
def test_two_that_run_at_once_apply_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    load_small_library()
    say("FLOW-1", number=30)
    say("FLOW-1", number=30, evidence="code=FlowIsTurnedOff")
    before, both_looked, real = ContentVersion.now()[0], Barrier(2, timeout=30), learning._look
    looks: list[str] = []

    def look(known: knowledge.Knowledge) -> learning.Rebuilt:
        found = real(known)
        looks.append(known.stamp)
        if len(looks) <= 2:
            both_looked.wait()
        return found

    monkeypatch.setattr(learning, "_look", look)
    found: list[learning.Rebuilt] = []
    run_at_once(*[lambda: found.append(learning.rebuild())] * 2)
    assert sorted(one.is_applied for one in found) == [False, True]
    assert ContentVersion.now()[0] == before + 1
    assert factor("FLOW-1") > 1.1

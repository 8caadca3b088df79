"""A reported run is recognised, redacted and counted once; its owner gets a letter where one is due."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from guides.models import Guide
from tests.cases.clock import DAY
from tests.guides.factories import load_small_library
from tests.repair_tips.failures import NOW, OFF, ROOT, a_sender, take
from troubleshooter.cases.models import Allowance, UnrecognisedError
from troubleshooter.repair_tips import intake
from troubleshooter.repair_tips.intake import Mailing, NotTakenError
from troubleshooter.repair_tips.models import FailedRun, Flow, FlowProblem, Letter, OptOut, Sender
from troubleshooter.repair_tips.models.opt_out import digest_of
from troubleshooter.repair_tips.models.problem import worst_first

HOUR = timedelta(hours=1)
UNKNOWN = "The frobnicator of bob@contoso.com jammed."


@pytest.fixture(autouse=True)
def guide(db: None) -> Guide:
    return load_small_library()


@pytest.fixture
def sender(db: None) -> Sender:
    return a_sender()


def failed(code: str, **fields: Any) -> dict[str, Any]:
    return {
        "name": f"Do_{code}",
        "status": "Failed",
        "code": code,
        "outputs": {"body": {"error": {"code": code}}},
        **fields,
    }


def test_a_known_error_is_recognised_and_its_letter_waits(sender: Sender) -> None:
    received = take(sender, error=[failed(OFF)])
    (problem,) = received.problems
    assert (problem.error, problem.match, problem.code, problem.evidence) == (
        f"code:{OFF}",
        "exact",
        OFF,
        f"code={OFF}",
    )
    assert (received.repeated, received.letter, received.notes) == (False, Mailing.QUEUED, ())
    assert received.diagnosis.ranking[0].guide.reference == "FLOW-1"
    letter = Letter.objects.get()
    assert received.queued == letter
    assert (letter.flow.owner, letter.root, letter.state, list(letter.problems.all())) == (
        "anna@contoso.com",
        ROOT,
        Letter.State.WAITING,
        [problem],
    )


def test_what_is_kept_is_redacted_and_holds_no_inputs(sender: Sender) -> None:
    take(
        sender,
        flow_name="Report for bob@contoso.com",
        error=[failed(OFF, inputs={"to": "secret"}, more="bob@contoso.com")],
    )
    problem = FlowProblem.objects.get()
    assert "secret" not in problem.text
    assert "bob" not in problem.text + problem.flow.name


def test_an_unknown_error_is_kept_for_staff_and_mailed_too(sender: Sender) -> None:
    received = take(sender, error=UNKNOWN)
    (problem,) = received.problems
    assert (problem.match, problem.evidence, problem.error[:5]) == ("", "unknown=1", "text:")
    assert received.letter is Mailing.QUEUED
    assert UnrecognisedError.objects.get().text == "The frobnicator of [email] jammed."


def test_an_unknown_code_is_named(sender: Sender) -> None:
    (problem,) = take(sender, error={"error": {"code": "FrobnicatorJammed"}}).problems
    assert (problem.error, problem.code) == ("code:frobnicatorjammed", "FrobnicatorJammed")


def test_a_message_without_a_code_is_known_by_its_words(sender: Sender) -> None:
    (problem,) = take(sender, error="Cannot run 'Send invoices': the trigger is not enabled.").problems
    assert (problem.error, problem.match, problem.code) == ("message:not-enabled", "likely", "")


def test_the_same_error_of_the_same_flow_is_one_problem(sender: Sender) -> None:
    for run in range(3):
        take(sender, run_id=str(run), error=f"{OFF} in run {run}")
    problem = FlowProblem.objects.get()
    assert (problem.times, problem.text) == (3, f"{OFF} in run 2")


def test_other_flows_environments_and_senders_have_problems_of_their_own(sender: Sender) -> None:
    take(sender)
    take(sender, flow_id="other")
    take(sender, environment="other")
    take(a_sender(name="Sales"))
    assert list(FlowProblem.objects.values_list("times", flat=True)) == [1] * 4


def test_a_run_that_is_reported_again_counts_once(sender: Sender) -> None:
    first = take(sender, error=UNKNOWN)
    again = take(sender, now=NOW + DAY + HOUR, error=UNKNOWN)
    assert (first.repeated, again.repeated, again.letter) == (False, True, Mailing.NOT_NOW)
    assert again.problems == first.problems
    assert (FailedRun.objects.count(), Letter.objects.count(), FlowProblem.objects.get().times) == (1, 1, 1)
    assert UnrecognisedError.objects.get().count == 1


def test_a_run_that_is_reported_again_with_another_error_counts_nothing(sender: Sender) -> None:
    take(sender)
    again = take(sender, error=UNKNOWN)
    assert (again.repeated, again.problems) == (True, ())
    assert again.diagnosis.match is None


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_first_and_last_are_those_of_the_runs_not_of_the_reports(sender: Sender, order: tuple[int, ...]) -> None:
    for hour in order:
        take(
            sender,
            run_id=str(hour),
            run_url=f"https://make.powerautomate.com/{hour}",
            occurred_at=f"2026-03-09T0{hour + 4}:00:00+00:{hour}0",
            error=f"{OFF} {'x' * hour}",
        )
    problem = FlowProblem.objects.get()
    assert (f"{problem.first:%H:%M}", f"{problem.last:%H:%M}", problem.offset) == ("04:50", "06:30", 10)
    assert (problem.text, problem.run_url) == (f"{OFF} xxx", "https://make.powerautomate.com/3")


def test_of_several_errors_the_worst_is_first(sender: Sender) -> None:
    received = take(sender, error=[UNKNOWN, failed("PasswordExpired")])
    assert [problem.code for problem in received.problems] == ["PasswordExpired", ""]
    assert received.diagnosis.ranking[0].guide.reference == "FLOW-2"
    assert Letter.objects.get().problems.count() == 2


def problem(**fields: Any) -> FlowProblem:
    return FlowProblem(**{"match": "exact", "times": 1, "last": NOW, **fields})


def test_what_needs_work_is_worse_than_the_unknown_and_that_than_what_passes() -> None:
    passes, unknown, works = problem(match="general", times=99), problem(match="", times=9), problem(match="likely")
    assert worst_first([passes, unknown, works]) == [works, unknown, passes]
    rare, frequent, late = problem(), problem(times=2), problem(last=NOW + HOUR)
    assert worst_first([rare, late, frequent]) == [frequent, late, rare]


def test_the_same_error_in_two_actions_counts_once_per_run(sender: Sender) -> None:
    assert len(take(sender, error=[failed(OFF), failed(OFF, name="Again")]).problems) == 1
    assert FlowProblem.objects.get().times == 1


def test_one_letter_a_day_about_one_error(sender: Sender) -> None:
    moments = {"1": NOW, "2": NOW + HOUR, "3": NOW + DAY - HOUR, "4": NOW + DAY, "5": NOW + DAY + HOUR}
    letters = []
    for run, now in moments.items():
        letters.append(take(sender, now=now, run_id=run).letter)
        Letter.objects.update(state=Letter.State.SENT)
    assert letters == ["queued", "not-now", "not-now", "queued", "not-now"]
    assert FlowProblem.objects.get().times == 5


def test_while_a_letter_waits_no_other_one_about_the_same_error_is_put_behind_it(sender: Sender) -> None:
    take(sender)
    again = take(sender, now=NOW + 2 * DAY, run_id="2", error=[failed(OFF), failed("PasswordExpired")])
    assert [problem.code for problem in Letter.objects.latest("pk").problems.all()] == ["PasswordExpired"]
    assert again.letter is Mailing.QUEUED
    assert take(sender, now=NOW + 4 * DAY, run_id="3").letter is Mailing.NOT_NOW
    Letter.objects.update(state=Letter.State.REFUSED)
    assert take(sender, now=NOW + 4 * DAY, run_id="4").letter is Mailing.QUEUED


def test_another_error_is_mailed_at_once_and_alone(sender: Sender) -> None:
    take(sender)
    received = take(sender, run_id="2", error=[failed(OFF), failed("PasswordExpired")])
    assert received.letter is Mailing.QUEUED
    assert [problem.code for problem in Letter.objects.latest("pk").problems.all()] == ["PasswordExpired"]


def test_who_turned_tips_off_gets_none_and_who_turns_them_on_again_gets_the_next(sender: Sender) -> None:
    flow = Flow.objects.create(sender=sender, flow_id="3f2b", environment="Default-1", name="x", last_report=NOW)
    wish = OptOut.objects.create(digest=digest_of("anna@contoso.com", flow))
    received = take(sender)
    assert (received.letter, FlowProblem.objects.get().times) == (Mailing.TURNED_OFF, 1)
    assert "turned tips off" in received.notes[0]
    wish.delete()
    assert take(sender, run_id="2").letter is Mailing.QUEUED


def test_without_an_address_it_is_counted_and_the_next_address_gets_a_letter(sender: Sender) -> None:
    assert take(sender, owner_email="").letter is Mailing.NO_ADDRESS
    assert take(sender, run_id="2").letter is Mailing.QUEUED
    assert FlowProblem.objects.get().times == 2


def test_the_address_of_before_is_used_as_long_as_it_is_kept_and_allowed(sender: Sender) -> None:
    take(sender)
    Letter.objects.update(state=Letter.State.SENT)
    assert take(sender, now=NOW + 2 * DAY, run_id="2", owner_email="").letter is Mailing.QUEUED
    Letter.objects.update(state=Letter.State.SENT)
    sender.recipient_domains = "fabrikam.com"
    assert take(sender, now=NOW + 4 * DAY, run_id="3", owner_email="").letter is Mailing.NO_ADDRESS


def test_a_flow_that_fails_again_keeps_its_owner_and_a_repeated_report_does_not(sender: Sender) -> None:
    take(sender)
    take(sender, now=NOW + 31 * DAY)
    assert Flow.objects.forget_owners(NOW + 31 * DAY) == 1
    take(sender, now=NOW + 32 * DAY, run_id="2")
    assert Flow.objects.forget_owners(NOW + 33 * DAY) == 0
    assert Flow.objects.get().owner == "anna@contoso.com"


def test_one_address_gets_so_many_letters_a_day(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LETTERS_TO_ONE", 2)
    letters = [take(sender, flow_id=str(flow), owner_email="ANNA@contoso.com").letter for flow in range(2)]
    received = take(sender, flow_id="another")
    assert [*letters, received.letter] == ["queued", "queued", "too-many"]
    assert "counted" in received.notes[0]
    assert (FlowProblem.objects.count(), Letter.objects.count()) == (3, 2)
    assert take(sender, flow_id="another", owner_email="bob@contoso.com").repeated
    assert take(sender, flow_id="another", run_id="2", owner_email="bob@contoso.com").letter is Mailing.QUEUED


def test_a_flood_of_one_sender_is_counted_but_not_mailed(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LETTERS_OF_SENDER", 2)
    letters = [take(sender, flow_id=str(n), owner_email=f"p{n}@contoso.com").letter for n in range(3)]
    assert letters == ["queued", "queued", "too-many"]
    assert Allowance.used_today("p2@contoso.com", "repair tip") == 0
    assert take(a_sender(name="Sales"), owner_email="p2@contoso.com").letter is Mailing.QUEUED


@pytest.mark.parametrize("error", ["", [], [{"name": "Compose", "status": "Succeeded", "outputs": {}}]])
def test_a_run_without_an_error_is_counted_and_the_answer_says_so(sender: Sender, error: Any) -> None:
    received = take(sender, error=error)
    assert (received.letter, FlowProblem.objects.get().times) == (Mailing.QUEUED, 1)
    assert "No failed action" in received.notes[0]
    assert not UnrecognisedError.objects.exists()


def test_a_long_error_is_read_from_both_ends(sender: Sender) -> None:
    received = take(sender, error=f"{OFF} {'lorem ipsum ' * 5_000}")
    assert received.problems[0].code == OFF
    assert "beginning and its end" in received.notes[0]
    assert len(FlowProblem.objects.get().text) <= 4_000


@pytest.mark.parametrize("error", ["a\x00b went wrong", "lone \ud800 is wrong", [failed("\x00\udc00")], "🦑" * 5_000])
def test_any_characters_can_be_kept(sender: Sender, error: Any) -> None:
    take(sender, error=error, flow_name="\x00\ud800")
    assert FlowProblem.objects.get().times == 1


def test_a_report_that_is_refused_leaves_nothing(sender: Sender) -> None:
    with pytest.raises(NotTakenError, match="exactly one plain address"):
        take(sender, owner_email="a@contoso.com,b@contoso.com")
    assert not Flow.objects.exists()


def test_nothing_is_kept_of_a_report_that_could_not_be_kept_whole(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(intake, "_mail", broken)
    with pytest.raises(RuntimeError):
        take(sender)
    monkeypatch.undo()
    assert not FailedRun.objects.exists()
    assert take(sender).repeated is False


def test_the_sender_knows_when_it_reported_last(sender: Sender) -> None:
    take(sender)
    sender.refresh_from_db()
    assert sender.last_report == NOW


def test_the_outbox_is_woken_once_the_letter_is_there(
    sender: Sender, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    woken: list[int] = []
    monkeypatch.setattr("troubleshooter.repair_tips.outbox.wake", lambda: woken.append(Letter.objects.count()))
    with django_capture_on_commit_callbacks(execute=True):
        take(sender)
        assert woken == []
    assert woken == [1]
    with django_capture_on_commit_callbacks(execute=True):
        take(sender)
    assert woken == [1]


def test_a_report_costs_few_queries(sender: Sender, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    take(sender)
    with django_assert_max_num_queries(24):
        take(sender, now=NOW + 2 * DAY, run_id="2")
    with django_assert_max_num_queries(8):
        take(sender, run_id="2")

"""A failed run is reported: recognised, redacted, counted once, and a letter about it is put into the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from guides import knowledge
from guides.knowledge import Knowledge
from troubleshooter.cases.models import Allowance, UnrecognisedError
from troubleshooter.diagnosis import address
from troubleshooter.diagnosis.model import ANY_CODE, OBSERVATIONS, Diagnosis, Kind, Reading
from troubleshooter.diagnosis.text.fingerprint import fingerprint
from troubleshooter.repair_tips import errors, opting, outbox
from troubleshooter.repair_tips.models import FailedRun, Flow, FlowProblem, Letter, Sender
from troubleshooter.repair_tips.models.problem import MAX_CODE, MAX_KEY, MAX_TEXT, worst_first
from troubleshooter.repair_tips.reports import FailedOnce, NotTakenError, Refused, Report, checked

__all__ = ["Mailing", "NotTakenError", "Received", "Refused", "Report", "report"]

LETTERS_TO_ONE = 20
"""A day, to one address."""
LETTERS_OF_SENDER = 2_000
"""A day."""


class Mailing(StrEnum):
    """What becomes of the letter about a report."""

    QUEUED = "queued"
    NOT_NOW = "not-now"
    """Its owner got one about the same error in the last day or one waits to be sent; or the run is not new."""
    TURNED_OFF = "turned-off"
    TOO_MANY = "too-many"
    NO_ADDRESS = "no-address"


NOTES = {
    Mailing.TURNED_OFF: "The owner turned tips off, so no mail is sent.",
    Mailing.TOO_MANY: "The failure is counted, but too many mails went out today, so none is sent about it.",
    Mailing.NO_ADDRESS: "There is no address to write to, so no mail is sent.",
}


@dataclass(frozen=True)
class Received:
    """What became of a report. `problems` are worst first, and `diagnosis` is that of the worst."""

    repeated: bool
    """The run was reported before, so that nothing was counted."""
    problems: tuple[FlowProblem, ...]
    letter: Mailing
    notes: tuple[str, ...]
    diagnosis: Diagnosis
    queued: Letter | None = None
    """The letter that was put into the outbox."""


@dataclass(frozen=True)
class _Error:
    """One error of a run, as it was read."""

    reading: Reading
    diagnosis: Diagnosis

    @property
    def key(self) -> str:
        """What makes it the same error when it comes again."""
        seen = (seen.fact for seen in self.reading.seen if seen.fact.kind in OBSERVATIONS)
        return next((f"{fact.kind}:{fact.value}"[:MAX_KEY] for fact in seen), fingerprint(self.reading))

    @property
    def code(self) -> str:
        coded = (*OBSERVATIONS, Kind.UNKNOWN)
        facts = (seen.fact for seen in self.reading.seen if seen.fact.kind in coded and seen.fact.value != ANY_CODE)
        return next((fact.value[:MAX_CODE] for fact in facts if fact.kind is not Kind.MESSAGE), "")

    def shown(self) -> dict[str, Any]:
        """The fields of a problem that are as they were in its latest run."""
        return {
            "match": self.diagnosis.match.value if self.diagnosis.match else "",
            "evidence": address.to_query(self.diagnosis.evidence),
            "code": self.code,
            "text": self.reading.text[:MAX_TEXT],
        }


def report(sender: Sender, report: Report, root: str, now: datetime, *, is_test: bool = False) -> Received:
    """Take one report of a failed run. `root` is scheme and host of our own site, for links. Raises NotTakenError.

    A test is treated alike, but counts neither as a report of its sender nor as an error that we should know.
    """
    failed = checked(sender, report, now)
    known = knowledge.current()
    found, notes = _read(known, report.error)
    with transaction.atomic():
        flow = _locked(sender, failed, now, is_test=is_test)
        if is_new := _is_new(flow, failed, now):
            problems = _counted(flow, found, failed)
            letter, queued = _mail(sender, flow, problems, root, now)
        else:
            problems = worst_first(flow.problems.filter(error__in=found))
            letter, queued = Mailing.NOT_NOW, None
    if is_new and not is_test:
        for error in found.values():
            UnrecognisedError.remember(error.reading, known.model)
    worst = found[problems[0].error] if problems else next(iter(found.values()))
    said = [NOTES[letter]] if letter in NOTES else []
    return Received(
        repeated=not is_new,
        problems=tuple(problems),
        letter=letter,
        notes=(*failed.notes, *notes, *said),
        diagnosis=worst.diagnosis,
        queued=queued,
    )


def _read(known: Knowledge, raw: Any) -> tuple[dict[str, _Error], tuple[str, ...]]:
    """The different errors of a run by their keys, never none, and sentences about what was not read."""
    texts = errors.texts(raw)
    readings = [known.read(text) for text in texts or [""]]
    found = [_Error(reading, known.diagnose(reading.evidence)) for reading in readings]
    notes = [] if texts else ["No failed action and no error text was in the report."]
    if any(reading.shortened for reading in readings):
        notes.append("The error is long, so we read its beginning and its end.")
    return {error.key: error for error in found}, tuple(notes)


def _locked(sender: Sender, failed: FailedOnce, now: datetime, *, is_test: bool) -> Flow:
    """The row of the flow, which nobody else counts on until the end of the transaction."""
    first = {"name": failed.flow_name, "owner": failed.owner, "last_report": now, "is_test": is_test}
    flow, _created = Flow.objects.select_for_update().get_or_create(
        sender=sender, flow_id=failed.flow_id, environment=failed.environment, defaults=first
    )
    return flow


def _is_new(flow: Flow, failed: FailedOnce, now: datetime) -> bool:
    """Keep the run; False for one that was reported before. What else the report says of its flow is kept, too."""
    when = {"occurred": failed.occurred, "reported": now}
    _run, is_new = FailedRun.objects.get_or_create(flow=flow, run_id=failed.run_id, defaults=when)
    if is_new:
        flow.name, flow.owner, flow.last_report = failed.flow_name, failed.owner or flow.owner, now
        flow.save(update_fields=["name", "owner", "last_report"])
        if not flow.is_test:
            Sender.objects.filter(pk=flow.sender_id).update(last_report=now)
    return is_new


def _counted(flow: Flow, found: Mapping[str, _Error], failed: FailedOnce) -> list[FlowProblem]:
    """The problems of a new run, each counted once more, worst first."""
    before = {problem.error: problem for problem in flow.problems.filter(error__in=found)}
    problems = []
    for key, error in found.items():
        problem = before.get(key) or FlowProblem(flow=flow, error=key)
        problem.count(failed.occurred, failed.offset, **error.shown(), run_url=failed.run_url)
        problem.save()
        problems.append(problem)
    return worst_first(problems)


def _mail(
    sender: Sender, flow: Flow, problems: Iterable[FlowProblem], root: str, now: datetime
) -> tuple[Mailing, Letter | None]:
    """Put a letter about those problems into the outbox that are due. The flow is locked, so none is claimed twice."""
    waiting = set(flow.letters.waiting().values_list("problems", flat=True))
    due = [problem for problem in problems if problem.is_due(now) and problem.pk not in waiting]
    if not due:
        return Mailing.NOT_NOW, None
    if not flow.owner or not sender.may_write_to(flow.owner):
        return Mailing.NO_ADDRESS, None
    if opting.is_off(flow):
        return Mailing.TURNED_OFF, None
    if not _may_write_today(sender, flow):
        return Mailing.TOO_MANY, None
    letter = Letter.objects.create(flow=flow, root=root, created=now, due=now)
    letter.problems.set(due)
    for problem in due:
        problem.mailed = now
    FlowProblem.objects.bulk_update(due, ["mailed"])
    transaction.on_commit(outbox.wake)
    return Mailing.QUEUED, letter


def _may_write_today(sender: Sender, flow: Flow) -> bool:
    """Use one of the day's letters to an address, and one of its sender."""
    owner, action = flow.owner.lower(), "repair tip"
    if not Allowance.take(owner, action, LETTERS_TO_ONE):
        return False
    if Allowance.take(f"sender {sender.pk}", action, LETTERS_OF_SENDER):
        return True
    Allowance.give_back(owner, action)
    return False

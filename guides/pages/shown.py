"""What a guide page shows, in the order people need it: cases, options, numbered actions and their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby

from django.utils.safestring import SafeString

from guides import words
from guides.document import Condition, GuideMitigation, MitigationDocument, Source, Step
from guides.knowledge import GuideHtml, Knowledge, Live, LiveGuide
from guides.receipt import Receipt
from troubleshooter.diagnosis import decide
from troubleshooter.diagnosis.model import Evidence, Kind, Result

FITTING = "What to do"
BESIDE_CASES = "In most cases"
"""The heading over what always holds, where a question is open that decides about the rest."""

TRY_FIRST = "Option 1: Try first"
TRY_NEXT = "Try this next"


@dataclass(frozen=True)
class ShownStep:
    """One step: its permanent reference (also its anchor), where and by whom it is done, and what to do.

    `who` is empty where one person does all steps, which the option says already.
    """

    reference: str
    where: str
    place: str
    who: str
    html: SafeString


@dataclass(frozen=True)
class Action:
    """One number of the list: a step, or several steps of which people do one."""

    steps: tuple[ShownStep, ...]

    @property
    def is_choice(self) -> bool:
        return len(self.steps) > 1


@dataclass(frozen=True)
class ShownCause:
    """Why it happens, and where we have that from."""

    title: str
    html: SafeString
    source: Source | None


@dataclass(frozen=True)
class Option:
    """One mitigation as this guide offers it to this reader. `cause` is set where it cures one of several causes.

    `said` is what the reader said of it ("" for nothing yet); `receipt` proves that it was shown.
    """

    reference: str
    label: str
    title: str
    time: str
    waiting: str
    who: str
    cause: ShownCause | None
    said: str
    receipt: str
    intro: SafeString
    actions: tuple[Action, ...]

    @property
    def told(self) -> str:
        """What the reader said of it, with its name: “FIX-4 gave the same error”."""
        could_not = self.said == words.SAID[Result.COULD_NOT]
        return f"you could not do {self.reference}" if could_not else f"{self.reference} gave {self.said}"

    @property
    def names_places(self) -> bool:
        """Whether a step belongs in one environment and not in the other."""
        return any(step.where != "either" for action in self.actions for step in action.steps)


@dataclass(frozen=True)
class Case:
    """The options that hold under one condition.

    `question` is set where `heading` is an answer to it that is still open; `condition` says which answer is meant
    by a heading that does not.
    """

    question: str
    heading: str
    condition: str
    options: tuple[Option, ...]


def cases(known: Knowledge, guide: LiveGuide, html: GuideHtml, evidence: Evidence) -> tuple[Case, ...]:
    """The mitigations of a guide in the order of repair; what was tried later, what is for another case last.

    Without an answer, or with one in doubt, every condition has a heading of its own, and nothing is held back.
    """
    answers = decide.trusted_answers(known.model, evidence, guide.document.reference)
    said = {fact.value: words.SAID[fact.detail] for fact in evidence if fact.kind is Kind.TRIED}
    order = decide.order_of_repair(known.model, evidence, guide.document.reference)
    uses = [used for used in guide.document.mitigations if used.fix in known.mitigations]
    uses.sort(key=lambda used: order.index(used.fix) if used.fix in order else len(order))
    uses.sort(key=lambda used: (_is_other(used.when, answers), used.fix in said))
    first = TRY_NEXT if any(used.fix in said for used in uses) else TRY_FIRST
    causes = _by_key(guide, html) if len(guide.document.causes) > 1 else {}
    by_case: dict[tuple[str, str, str], list[GuideMitigation]] = {}
    for used in uses:
        by_case.setdefault(_case(known, used.when, answers), []).append(used)
    is_open = any(question for question, _, _ in by_case)
    number, shown = count(1), []
    for (question, heading, condition), members in by_case.items():
        options = tuple(
            _option(
                guide,
                known.mitigations[used.fix],
                html,
                label=_label(next(number), len(uses), "" if condition or heading or used.fix in said else first),
                cause=causes.get(used.cause),
                said=said.get(used.fix, ""),
            )
            for used in members
        )
        shown.append(Case(question, heading or (BESIDE_CASES if is_open else FITTING), condition, options))
    return tuple(shown)


def general_causes(guide: LiveGuide, html: GuideHtml) -> list[ShownCause]:
    """The causes to tell before all options: those that no single option belongs to, and the only one there is."""
    causes = _by_key(guide, html)
    told_later = {used.cause for used in guide.document.mitigations} if len(causes) > 1 else set()
    return [cause for key, cause in causes.items() if key not in told_later]


def _by_key(guide: LiveGuide, html: GuideHtml) -> dict[str, ShownCause]:
    sources = {source.key: source for source in guide.document.sources}
    return {
        cause.key: ShownCause(cause.title, html.causes[cause.key], sources.get(cause.source))
        for cause in guide.document.causes
    }


def _is_other(when: Condition | None, answers: Mapping[str, str]) -> bool:
    return when is not None and answers.get(when.question, when.choice) != when.choice


def _case(known: Knowledge, when: Condition | None, answers: Mapping[str, str]) -> tuple[str, str, str]:
    """(question, heading, condition) of the case a mitigation belongs to; all empty where it holds for this reader."""
    question = known.questions.get(when.question) if when else None
    if when is None or question is None or answers.get(when.question) == when.choice:
        return "", "", ""
    choice = next((row.text for row in question.document.choices if row.slug == when.choice), "")
    if _is_other(when, answers):
        return "", "For the other case", f"{question.document.text} {choice}"
    return question.document.text, choice, ""


def _label(number: int, options: int, first: str) -> str:
    if options == 1:
        return ""
    return first if number == 1 and first else f"Option {number}"


def _option(
    guide: LiveGuide, live: Live[MitigationDocument], html: GuideHtml, label: str, cause: ShownCause | None, said: str
) -> Option:
    mitigation = live.document
    return Option(
        reference=mitigation.reference,
        label=label,
        title=mitigation.title,
        time=words.duration(*mitigation.minutes),
        waiting=mitigation.waiting,
        who=words.people(mitigation.steps),
        cause=cause,
        said=said,
        receipt=Receipt(guide.document.reference, mitigation.reference, guide.revision, live.revision).signed(),
        intro=html.mitigations[mitigation.reference]["intro"],
        actions=tuple(_actions(mitigation, html)),
    )


def _actions(mitigation: MitigationDocument, html: GuideHtml) -> Iterator[Action]:
    """Steps one by one; those that share a group become one action."""
    several = len({step.who for step in mitigation.steps}) > 1
    for _, steps in groupby(mitigation.steps, key=lambda step: step.group or step.number):
        yield Action(tuple(_step(mitigation.reference, step, html, several) for step in steps))


def _step(mitigation: str, step: Step, html: GuideHtml, several: bool) -> ShownStep:
    return ShownStep(
        reference=f"{mitigation}.{step.number}",
        where=step.where,
        place=words.WHERE[step.where],
        who=words.WHO[step.who] if several else "",
        html=html.mitigations[mitigation][step.number],
    )

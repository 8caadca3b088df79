"""What a letter says of one error: what it means and how to fix it, from the guides as they are when it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from django.utils.safestring import SafeString

from guides import told as words
from guides.knowledge import Knowledge, LiveGuide, guide_html
from guides.pages.shown import BESIDE_CASES, Action, Case, ShownStep, cases, general_causes
from guides.place import Place
from troubleshooter.cases.formats import as_plain
from troubleshooter.diagnosis import address
from troubleshooter.diagnosis.model import OBSERVATIONS, Ask, Choose, Diagnosis, Evidence, Match, Open
from troubleshooter.repair_tips.models import FlowProblem
from troubleshooter.repair_tips.reports import one_line

STEPS_SHOWN = 3
GUIDES_SHOWN = 3
LONGEST_NAME = 80
"""Characters of a flow's name or of a code in a letter."""

UNKNOWN = "We do not know this error yet."
SEVERAL = "This error has several known causes."
LOOK_WITH_US = "Answer one question at a time. We look for the cause with you."
LOOK_FOR_CAUSE, HOW_TO_FIX = "Look for the cause of", "How to fix"
ASK_WHICH, TRY_THESE = "One question tells which of these it is:", "These can fix it, the likeliest first:"


@dataclass(frozen=True)
class Prose:
    """A text of a curator, as sanitised HTML and as plain text."""

    html: SafeString
    title: str = ""

    @property
    def plain(self) -> str:
        return as_plain(self.html)


@dataclass(frozen=True)
class Step:
    """What to do, and where: "Source environment", "Target environment", or "" for either."""

    place: str
    text: Prose


@dataclass(frozen=True)
class Item:
    """One number of the list: a step, or several of which people do one."""

    steps: tuple[Step, ...]

    @property
    def is_choice(self) -> bool:
        return len(self.steps) > 1


@dataclass(frozen=True)
class Fix:
    """The beginning of what to do. `condition` says for whom, such as “Is the flow on? No:”; "" for everybody."""

    title: str
    time: str
    condition: str
    intro: Prose
    items: tuple[Item, ...]
    more: str
    """How many steps stand only in the guide; "" for none."""
    further: tuple[str, ...]
    """Titles of the guide's other fixes, with the condition of each."""


@dataclass(frozen=True)
class Advice:
    """One error as a letter tells it. Addresses are absolute; `code` may be "".

    Where several guides may fit and naming one would be a guess, `lead` is None and `others` are these guides.
    """

    code: str
    happened: str
    url: str
    """Where the error is fixed: its guide, or the question that is asked first."""
    ticket_url: str
    lead_in: str = ""
    """What to say in place of steps where no guide can be named."""
    others: tuple[tuple[str, str], ...] = ()
    """(title, address) of further guides that may fit."""
    lead: LiveGuide | None = None
    evidence: Evidence = frozenset()
    condition: str = ""
    """For whom the causes hold, where they are those of the fix alone; then `fix` does not say it again."""
    causes: tuple[Prose, ...] = ()
    notices: tuple[Prose, ...] = ()
    fix: Fix | None = None

    @property
    def way_on(self) -> str:
        """What a link to `url` says of an error that is not told in full."""
        return f"{LOOK_FOR_CAUSE if self.happened == UNKNOWN else HOW_TO_FIX} {self.code or 'this error'}"


def brief(known: Knowledge, problem: FlowProblem, root: str) -> Advice:
    """What we know today about an error that a flow reported, without the steps."""
    evidence, _ = address.from_query(parse_qsl(problem.evidence), known.model)
    place, diagnosis = Place(evidence), known.diagnose(evidence)
    code, ask = short_name(problem.code), root + place.link()
    if diagnosis.match is None:
        return Advice(code, UNKNOWN, ask, root + place.ticket_link(), LOOK_WITH_US)
    lead, meaning = _lead(known, diagnosis), _meaning(known, diagnosis)
    if lead is None:
        lead_in = ASK_WHICH if isinstance(diagnosis.turn, Ask) else TRY_THESE
        others = _others(diagnosis, place, root)
        return Advice(code, meaning or SEVERAL, ask, root + place.ticket_link(), lead_in, others)
    return Advice(
        code=code,
        happened=meaning or lead.document.meaning,
        url=root + place.guide_link(lead.document.slug),
        ticket_url=root + place.ticket_link(lead.document.reference),
        others=_others(diagnosis, place, root, besides=lead.document.reference),
        lead=lead,
        evidence=evidence,
    )


def in_full(known: Knowledge, told: Advice) -> Advice:
    """The same with cause, notices and first steps, where a guide fits; one query."""
    if told.lead is None:
        return told
    html = guide_html(known, told.lead)
    shown = cases(known, told.lead, html, told.evidence)
    option, condition = shown[0].options[0], _condition(shown[0])
    causes = [option.cause] if option.cause else general_causes(told.lead, html)
    return replace(
        told,
        condition=condition if option.cause else "",
        causes=tuple(Prose(cause.html, cause.title) for cause in causes),
        notices=tuple(Prose(text, known.notices[slug].document.title) for slug, text in html.notices.items()),
        fix=_fix(shown, "" if option.cause else condition),
    )


def short_name(text: str) -> str:
    """A name in one line, cut if it is long."""
    line = one_line(text)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def _lead(known: Knowledge, diagnosis: Diagnosis) -> LiveGuide | None:
    """The guide whose steps the letter gives: the one that fits, or the best for an error of a general kind.

    None where an error is known to have several causes, so that we would only guess.
    """
    if isinstance(diagnosis.turn, Open):
        guide = diagnosis.turn.guide
    elif isinstance(diagnosis.turn, Ask) and diagnosis.match is Match.GENERAL and diagnosis.ranking:
        guide = diagnosis.ranking[0].guide
    else:
        return None
    live = known.guides.get(guide.reference)
    return live if live and any(used.fix in known.mitigations for used in live.document.mitigations) else None


def _others(diagnosis: Diagnosis, place: Place, root: str, besides: str = "") -> tuple[tuple[str, str], ...]:
    """Likely guides beside the one that is named; none where that one is sure."""
    if isinstance(diagnosis.turn, Open):
        return ()
    likely = [row.guide for row in diagnosis.ranking if row.likely and row.mitigation]
    others = [guide for guide in likely if guide.reference != besides][:GUIDES_SHOWN]
    return tuple((guide.title, root + place.guide_link(guide.slug)) for guide in others)


def _meaning(known: Knowledge, diagnosis: Diagnosis) -> str:
    """What the error means, where all guides that know it agree; else ""."""
    if isinstance(diagnosis.turn, Choose):
        return diagnosis.turn.guides[0].meaning
    observed = next((fact for fact in diagnosis.evidence if fact.kind in OBSERVATIONS), None)
    return words.meaning(known, observed) if observed else ""


def _fix(shown: tuple[Case, ...], condition: str) -> Fix:
    option = shown[0].options[0]
    others = [(case, other) for case in shown for other in case.options if other is not option]
    return Fix(
        title=option.title,
        time=option.time,
        condition=condition,
        intro=Prose(option.intro),
        items=tuple(_item(action) for action in option.actions[:STEPS_SHOWN]),
        more=_more(len(option.actions) - STEPS_SHOWN),
        further=tuple(f"{_condition(case)} {other.title}".strip() for case, other in others),
    )


def _condition(case: Case) -> str:
    """For whom the options of a case are; "" for everybody."""
    if case.question:
        return f"{case.question} {case.heading}:"
    said = case.condition or (case.heading if case.heading == BESIDE_CASES else "")
    return said and f"{said}:"


def _more(number: int) -> str:
    if number < 1:
        return ""
    return "One more step follows in the guide." if number == 1 else f"{number} more steps follow in the guide."


def _item(action: Action) -> Item:
    return Item(tuple(_step(step) for step in action.steps))


def _step(step: ShownStep) -> Step:
    return Step("" if step.where == "either" else f"{step.place} environment", Prose(step.html))

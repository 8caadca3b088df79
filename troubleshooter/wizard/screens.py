"""What the pages of a diagnosis show: a diagnosis and the knowledge in, plain values for the templates out."""

from __future__ import annotations

from guides import told, words
from guides.held import HeldText
from guides.knowledge import Knowledge
from guides.place import FIXES, OF_THE_TEXT, Place
from guides.told import Told
from troubleshooter.diagnosis import explain
from troubleshooter.diagnosis.address import ANSWER_PREFIX
from troubleshooter.diagnosis.model import (
    OBSERVATIONS,
    UNSURE,
    Ask,
    Candidate,
    Choose,
    Diagnosis,
    Evidence,
    Fact,
    HandOver,
    Kind,
    Match,
    Open,
    Question,
)
from troubleshooter.wizard.shown import AskedQuestion, Card, Fix, Found, Screen

MOST_MORE_SHOWN = 4
"""A bound of more questions than this helps nobody, so it is not shown."""

NOTHING_LEFT = "No fix of it is left to try."


def screen(known: Knowledge, diagnosis: Diagnosis, place: Place, held: HeldText | None, show: str = "") -> Screen:
    """The page of a diagnosis. `show` asks for the fixes, or for one question again, whatever the turn."""
    question = None if show == FIXES else _question_shown(known, diagnosis, place, show)
    found = _found(known, diagnosis, place, held)
    is_ranked = show == FIXES or _is_told_something(place.evidence)
    likely = [candidate for candidate in diagnosis.ranking if candidate.likely and is_ranked]
    hands_over = question is None and (isinstance(diagnosis.turn, HandOver) or not likely)
    to_try = [candidate for candidate in likely if is_left(candidate)]
    if hands_over:  # nobody is sent back to what they tried in vain
        likely = to_try
    fixes = tuple(fix(known, candidate, place) for candidate in likely)
    found_first = found is not None and not show and all(fact.kind in OF_THE_TEXT for fact in place.evidence)
    lines = tuple(told.told(known, place))
    misfits = explain.misfits(known.model, place.evidence) if hands_over else ()
    if found and found_first:
        heading = found.heading
    elif question:
        heading = question.text
    else:
        heading = "We found no fix for this" if hands_over else likely_fixes(len(to_try))
    return Screen(
        heading=heading,
        place=place,
        notes=diagnosis.notes,
        reason=_reason(known, diagnosis, place, show),
        question=question,
        found=found,
        found_first=found_first,
        best=_best(found, fixes) if found and found_first and question else None,
        fixes=fixes,
        less_likely=tuple(fix(known, candidate, place) for candidate in diagnosis.ranking if not candidate.likely),
        told=lines,
        say=_say(question, fixes, hands_over),
        hands_over=hands_over,
        misfit=told.answer(known, place, misfits[0]) if misfits else None,
        fields=place.without_text().fields(),
        go_on=place.link() if show == FIXES and isinstance(diagnosis.turn, Ask) else "",
    )


def _best(found: Found, fixes: tuple[Fix, ...]) -> Fix | None:
    """The first fix where it alone fits as well as what we read tells."""
    as_good = [fix for fix in fixes if fix.match is found.match]
    return as_good[0] if len(as_good) == 1 and as_good[0] is fixes[0] else None


def card(known: Knowledge, diagnosis: Diagnosis, place: Place) -> Card:
    """What is shown under the paste box while somebody types."""
    found = _found(known, diagnosis, place, None)
    best = next((row for row in diagnosis.ranking if isinstance(diagnosis.turn, Open) and row.likely), None)
    return Card(
        fix=fix(known, best, place) if best else None,
        heading=found.heading if found else "We do not know this error yet",
        word=found.word if found else None,
        match=diagnosis.match,
        meaning=found.meaning if found and found.match else "",
    )


def likely_fixes(number: int) -> str:
    return "1 likely fix" if number == 1 else f"{number} likely fixes"


def asked(
    known: Knowledge, question: Question, place: Place, *, number: int = 0, more: int | None = None
) -> AskedQuestion:
    """A question as it is printed on a page."""
    live = known.questions.get(question.slug)
    return AskedQuestion(
        slug=question.slug,
        text=question.text,
        hint=question.hint,
        choices=question.choices,
        fields=place.without_answer(question.slug).fields(),
        help=live.help if live else "",
        answer_now=next((f.detail for f in place.evidence if (f.kind, f.value) == (Kind.ANSWER, question.slug)), ""),
        number=number,
        at_most=more if more is not None and more <= MOST_MORE_SHOWN else None,
    )


def _question_shown(known: Knowledge, diagnosis: Diagnosis, place: Place, show: str) -> AskedQuestion | None:
    again = question_to_change(known, show)
    if again:
        return asked(known, again, place)
    if isinstance(diagnosis.turn, Ask):
        return asked_next(known, diagnosis, diagnosis.turn, place)
    return None


def asked_next(known: Knowledge, diagnosis: Diagnosis, turn: Ask, place: Place) -> AskedQuestion:
    """The question of a turn, with its number and how many can follow."""
    return asked(known, turn.question, place, number=diagnosis.asked + 1, more=diagnosis.at_most)


def question_to_change(known: Knowledge, show: str) -> Question | None:
    """The question that an address asks to show again."""
    return known.model.question.get(show.removeprefix(ANSWER_PREFIX)) if show.startswith(ANSWER_PREFIX) else None


def _found(known: Knowledge, diagnosis: Diagnosis, place: Place, held: HeldText | None) -> Found | None:
    read = [fact for fact in place.evidence if fact.kind in OF_THE_TEXT]
    if not read and not place.held:
        return None
    observation = next((fact for fact in read if fact.kind in OBSERVATIONS), None)
    return Found(
        heading=_found_heading(known, read, diagnosis),
        match=diagnosis.match,
        word=words.MATCH[diagnosis.match] if diagnosis.match else None,
        code=observation.value if observation and observation.kind is not Kind.MESSAGE else "",
        meaning=told.meaning(known, observation) if observation else _without_an_error(read),
        held=held,
        lost=bool(place.held) and held is None,
        others=tuple(_other(known, fact) for fact in held.others) if held else (),
    )


def _found_heading(known: Knowledge, read: list[Fact], diagnosis: Diagnosis) -> str:
    if diagnosis.match is Match.GENERAL:
        return "We know this kind of error"
    if diagnosis.match:
        is_described = any(told.is_described(known, fact) for fact in read)
        return "You describe a problem we know" if is_described else "We found your error"
    return "We are not sure yet" if _is_only_words(read) else "We do not know this error yet"


def _without_an_error(read: list[Fact]) -> str:
    """What to say of a text in which no error was read; "" where an error we do not know is told of anyway."""
    return "We read no error that we know. Your words only tell us where to start." if _is_only_words(read) else ""


def _is_only_words(read: list[Fact]) -> bool:
    return any(fact.kind is Kind.ABOUT for fact in read) and all(fact.kind is not Kind.UNKNOWN for fact in read)


def _other(known: Knowledge, fact: Fact) -> Told:
    there = Place(frozenset({fact}))
    line = told.read_in_text(known, there, fact)
    return Told(line.label, line.value, there.next_link(known.diagnose(there.evidence)), "Open", line.is_code)


def fix(known: Knowledge, candidate: Candidate, place: Place) -> Fix:
    """A guide of the ranking as it is printed on a page."""
    live = known.mitigations.get(candidate.mitigation)
    steps = live.document.steps if live else []
    shown = {"source": "Source", "target": "Target"}
    return Fix(
        title=candidate.guide.title,
        url=place.guide_link(candidate.guide.slug),
        match=candidate.match,
        word=words.MATCH[candidate.match],
        reasons=candidate.reasons[:2] if is_left(candidate) else (*candidate.reasons, NOTHING_LEFT),
        action=live.document.title if live else "",
        time=words.duration(*live.document.minutes) if live else "",
        who=words.people(steps) if live else "",
        places=tuple((value, word) for value, word in shown.items() if any(step.where == value for step in steps)),
    )


def is_left(candidate: Candidate) -> bool:
    """False once all its fixes were tried; true for a guide that only leads on."""
    return bool(candidate.mitigation or not candidate.guide.remedies)


def _reason(known: Knowledge, diagnosis: Diagnosis, place: Place, show: str) -> str:
    """Why this turn, or why the question that is shown again; "" where the page shows other fixes than the turn's."""
    if again := question_to_change(known, show):
        return explain.why_question(known.model, place.without_answer(again.slug).evidence, again)
    if show == FIXES and not isinstance(diagnosis.turn, Choose):
        return ""
    unknown = next((fact for fact in place.evidence if fact.kind is Kind.UNKNOWN), None)
    code = known.code(unknown.value) if unknown else None
    if code and unknown and diagnosis.reason == explain.unknown_sentence(unknown):
        return f"The code {code.token} alone does not say which error this is."
    return diagnosis.reason


def _is_told_something(evidence: Evidence) -> bool:
    """True when more than plain words or a code we do not know has put the fixes in this order."""
    return any(fact.kind not in (Kind.UNKNOWN, Kind.ABOUT) and fact.detail != UNSURE for fact in evidence)


def _say(question: AskedQuestion | None, fixes: tuple[Fix, ...], hands_over: bool) -> str:
    if hands_over:
        return "No guide fits. There are ways on below."
    if question:
        return f"{likely_fixes(len(fixes))} left." if fixes else ""
    return "The best one to try is first."

"""What people copy after a try: a note for the ticket, and a fix in plain text for somebody else who can do it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from guides import words
from guides.document import GuideDocument, MitigationDocument, NoticeDocument, Step
from guides.search import plain


def note(guide: GuideDocument, mitigation: MitigationDocument, link: str) -> str:
    """What it was and what fixed it."""
    return "\n".join(
        [
            f"Fixed: {guide.title} ({guide.reference})",
            f"What it was: {guide.meaning}",
            f"What fixed it: {mitigation.title} ({mitigation.reference})",
            f"The steps: {link}",
        ]
    )


def request(
    guide: GuideDocument, mitigation: MitigationDocument, notices: list[NoticeDocument], codes: list[str], link: str
) -> str:
    """A message to whoever can do the steps, with all that they need. `codes` are those of the error."""
    time = words.duration(*mitigation.minutes)
    facts = [
        f"What it is: {guide.meaning}",
        *([f"Error: {', '.join(codes)}"] if codes else []),
        f"Guide: {guide.title} ({guide.reference})",
        f"Fix: {mitigation.title} ({mitigation.reference})",
        f"Who can do it: {words.people(mitigation.steps)}",
        f"On the web: {link}",
    ]
    before = [f"{notice.title}. {_line(notice.text)}" for notice in notices]
    before += [_line(text) for text in (guide.before, mitigation.intro) if text]
    blocks = [
        "Hello,",
        f"a flow fails, and I cannot do this fix myself. Can you do it? It takes {time[0].lower()}{time[1:]}.",
        "\n".join(facts),
        *before,
        "\n".join(_numbered(mitigation.steps)),
        f"It worked when: {_line(guide.verification)}",
        "Thank you",
    ]
    return "\n\n".join(blocks)


def _numbered(steps: list[Step]) -> Iterator[str]:
    """Steps one by one; of those that share a group, people do one."""
    several = len({step.who for step in steps}) > 1
    alternatives = groupby(steps, key=lambda step: step.group or step.number)
    for number, (_, members) in enumerate(alternatives, start=1):
        first, *others = members
        if not others:
            yield f"{number}. {_step(first, several)}"
            continue
        yield f"{number}. Do one of these:"
        yield f"   - {_step(first, several)}"
        yield from (f"   - or: {_step(step, several)}" for step in others)


def _step(step: Step, several: bool) -> str:
    who = f" By {words.WHO[step.who]}." if several else ""
    return f"[{words.WHERE[step.where]} environment] {_line(step.text)}{who}"


def _line(markdown: str) -> str:
    return " ".join(plain(markdown).split())

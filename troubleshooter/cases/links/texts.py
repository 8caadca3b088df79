"""What an agent copies into a ticket: a link with a title, or the steps in full for people who cannot open it."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from guides import knowledge
from guides.knowledge import GuideHtml, Knowledge
from guides.pages.shown import FITTING, Action, Case, Option, ShownStep, cases
from guides.parts import Part
from troubleshooter.cases.formats import Texts, as_plain, from_anywhere, in_markdown

_OWN_ADDRESS_IN_MARKDOWN = re.compile(r"(\]\()(?=/)")
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class _Writing:
    """How one format writes things. `words` holds the texts of curators: by step, intro, notice; "" is the check.

    `own` writes a text that is no Markdown.
    """

    words: Mapping[str, str]
    own: Callable[[str], str]
    mark: str

    def strong(self, text: str) -> str:
        return f"{self.mark}{self.own(text)}{self.mark}"


def link(part: Part, url: str) -> Texts:
    """The title as a link."""
    return Texts(
        plain=f"{part.name}: {url}",
        html=f'<a href="{html.escape(url)}">{html.escape(part.name)}</a>',
        markdown=f"[{in_markdown(part.name)}]({url})",
    )


def steps(known: Knowledge, part: Part, url: str, root: str) -> Texts | None:
    """The steps of a part in full; None for a guide that only leads to others. One query."""
    if part.guide.document.kind == "fork":
        return None
    return quote(known, part, knowledge.guide_html(known, part.guide), url, root)


def quote(known: Knowledge, part: Part, rendered: GuideHtml, url: str, root: str) -> Texts:
    """The steps of a part in full, with where each is done. `root` stands before addresses of our own."""
    shown = [replace(case, options=_wanted(part, case)) for case in cases(known, part.guide, rendered, frozenset())]
    shown = [case for case in shown if case.options]
    notices = {} if part.step else {slug: known.notices[slug].document.title for slug in rendered.notices}
    origin = link(part, url)
    dated = date_format((part.mitigation or part.guide).published, "j F Y")
    context = {
        "part": part,
        "guide": part.guide.document,
        "notices": [(title, rendered.notices[slug]) for slug, title in notices.items()],
        "cases": [(_heading(case), case) for case in shown],
        "verification": "" if part.step else rendered.verification,
        "url": url,
        "dated": dated,
    }
    plain = _Writing(_plain_words(rendered), str, "")
    markdown = _Writing(_markdown_words(known, part), in_markdown, "**")
    in_html = _EMPTY_LINES.sub("\n", render_to_string("cases/_quote.html", context)).strip()
    marked_up = _in_full(part, shown, notices, markdown, f"As of {dated}: {origin.markdown}")
    return Texts(
        plain=_in_full(part, shown, notices, plain, f"As of {dated}: {origin.plain}"),
        html=from_anywhere(in_html, root),
        markdown=_OWN_ADDRESS_IN_MARKDOWN.sub(rf"\g<1>{root}", marked_up),
    )


def _wanted(part: Part, case: Case) -> tuple[Option, ...]:
    """What of a case belongs to the part: all its options, one, or one step of one."""
    if part.mitigation is None:
        return case.options
    fix = part.mitigation.document.reference
    options = (replace(option, label="") for option in case.options if option.reference == fix)
    if part.step is None:
        return tuple(options)
    return tuple(
        replace(option, intro=SafeString(), actions=_only(option.actions, part.reference)) for option in options
    )


def _only(actions: tuple[Action, ...], reference: str) -> tuple[Action, ...]:
    """The actions, all but one step of them empty, so that it keeps its number."""
    return tuple(Action(tuple(step for step in action.steps if step.reference == reference)) for action in actions)


def _heading(case: Case) -> str:
    """The condition under which the options of a case hold; "" where there is none."""
    heading = "" if case.heading == FITTING else case.heading
    return f"{case.question} {heading}".strip()


def _plain_words(rendered: GuideHtml) -> dict[str, str]:
    words = {slug: as_plain(text) for slug, text in rendered.notices.items()} | {"": as_plain(rendered.verification)}
    for fix, texts in rendered.mitigations.items():
        words |= {fix if place == "intro" else f"{fix}.{place}": as_plain(text) for place, text in texts.items()}
    return words


def _markdown_words(known: Knowledge, part: Part) -> dict[str, str]:
    guide = part.guide.document
    words = {slug: known.notices[slug].document.text for slug in guide.notices if slug in known.notices}
    mitigations = [known.mitigations[used.fix] for used in guide.mitigations if used.fix in known.mitigations]
    for mitigation in (live.document for live in mitigations):
        words[mitigation.reference] = mitigation.intro
        words |= {f"{mitigation.reference}.{step.number}": step.text for step in mitigation.steps}
    return words | {"": guide.verification}


def _in_full(part: Part, shown: list[Case], notices: Mapping[str, str], writing: _Writing, origin: str) -> str:
    strong, words = writing.strong, writing.words
    blocks = [strong(part.name)]
    if part.step is None:
        blocks.append(writing.own(part.guide.document.meaning))
    blocks += [f"{strong(title)}\n{words[slug]}" for slug, title in notices.items()]
    for case in shown:
        blocks += [strong(heading) for heading in [_heading(case)] if heading]
        blocks.append(writing.own(case.condition))
        for option in case.options:
            if part.mitigation is None:
                title = f"{option.title} ({option.reference})"
                blocks.append(strong(f"{option.label}: {title}" if option.label else title))
            blocks.append(words[option.reference] if option.intro else "")
            blocks.append("\n".join(_actions(option.actions, writing)))
    if part.step is None and words[""]:
        blocks.append(f"{strong('Check it worked')}\n{words['']}")
    return "\n\n".join(filter(None, [*blocks, origin]))


def _actions(actions: tuple[Action, ...], writing: _Writing) -> Iterator[str]:
    """The numbered steps; alternatives as a list below one number."""
    for number, action in enumerate(actions, start=1):
        steps = [f"{writing.strong(_place(step))} {writing.words[step.reference]}" for step in action.steps]
        if action.is_choice:
            alternatives = [_item("- ", step if place == 0 else f"or: {step}") for place, step in enumerate(steps)]
            yield _item(f"{number}. ", "\n".join(["Do one of these:", *alternatives]))
        else:
            yield from (_item(f"{number}. ", step) for step in steps)


def _place(step: ShownStep) -> str:
    """Where a step is done, and by whom where steps differ in that."""
    who = f", {step.who}" if step.who else ""
    return f"{step.place} environment{who}:"


def _item(sign: str, text: str) -> str:
    return sign + textwrap.indent(text, " " * len(sign)).lstrip()

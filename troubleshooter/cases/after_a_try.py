"""What people copy after a try: a note for the ticket, and a message to somebody who can do the steps."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from guides import words
from guides.knowledge import GuideHtml, Knowledge
from guides.parts import Part
from troubleshooter.cases import link_texts


class Text(NamedTuple):
    """A text to copy, plain and as HTML."""

    plain: str
    html: str


def note(part: Part, url: str, guide_url: str) -> Text:
    """What it was and what fixed it."""
    guide, fix = link_texts.link(Part(part.guide), guide_url), link_texts.link(part, url)
    meaning = part.guide.document.meaning
    lines = f"Fixed: {guide.plain}", f"What it was: {meaning}", f"What fixed it: {fix.plain}"
    in_html = f"Fixed: {guide.html}", f"What it was: {escape(meaning)}", f"What fixed it: {fix.html}"
    return Text("\n".join(lines), f"<p>{'<br>'.join(in_html)}</p>")


def message(known: Knowledge, part: Part, rendered: GuideHtml, codes: Sequence[str], url: str, root: str) -> Text:
    """The steps in full, with what to say to whoever can do them. `codes` are those of the error."""
    assert part.mitigation is not None  # noqa: S101 - a whole guide is not tried
    fix = part.mitigation.document
    time = words.duration(*fix.minutes)
    blocks = [
        "Hello,",
        f"a flow fails, and I cannot do this fix myself. Can you do it? It takes {time[0].lower()}{time[1:]}.",
        f"Who can do it: {words.people(fix.steps)}.",
        *([f"Error: {', '.join(codes)}"] if codes else []),
        f"Guide: {Part(part.guide).name}",
    ]
    quote = link_texts.quote(known, part, rendered, url, root)
    in_html = "\n".join(f"<p>{escape(block)}</p>" for block in blocks)
    return Text("\n\n".join([*blocks, quote.plain, "Thank you"]), f"{in_html}\n{quote.html}\n<p>Thank you</p>")

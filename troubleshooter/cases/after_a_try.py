"""What people copy after a try: a note for the ticket, and a message to somebody who can do the steps."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from guides import words
from guides.knowledge import GuideHtml, Knowledge
from guides.parts import Part
from troubleshooter.cases.formats import Texts, in_markdown
from troubleshooter.cases.links import texts


def note(part: Part, url: str, guide_url: str) -> Texts:
    """What it was and what fixed it."""
    guide, fix = texts.link(Part(part.guide), guide_url), texts.link(part, url)
    line = "Fixed: {}\nWhat it was: {}\nWhat fixed it: {}".format
    meaning = part.guide.document.meaning
    return Texts(
        plain=line(guide.plain, meaning, fix.plain),
        html=f"<p>{line(guide.html, escape(meaning), fix.html)}</p>".replace("\n", "<br>"),
        markdown=line(guide.markdown, in_markdown(meaning), fix.markdown).replace("\n", "  \n"),
    )


def message(known: Knowledge, part: Part, rendered: GuideHtml, codes: Sequence[str], url: str, root: str) -> Texts:
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
    quote = texts.quote(known, part, rendered, url, root)
    in_html = "\n".join(f"<p>{escape(block)}</p>" for block in blocks)
    return Texts(
        plain="\n\n".join([*blocks, quote.plain, "Thank you"]),
        html=f"{in_html}\n{quote.html}\n<p>Thank you</p>",
        markdown="\n\n".join([*map(in_markdown, blocks), quote.markdown, "Thank you"]),
    )

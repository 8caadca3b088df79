"""A ticket as people paste it: plain text, Markdown and rich text, from plain values that may hold anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from troubleshooter.cases.formats import Texts, in_markdown, one_line

_BEGINS_A_LIST = re.compile(r"^(\d*)([-+=.)])")
"""At the start of a line, a sign or a number with its point."""
_BACKTICKS = re.compile("`+")


@dataclass(frozen=True)
class Line:
    """One fact. `url` is an absolute address of what the value names, "" for none."""

    label: str
    value: str
    is_code: bool = False
    url: str = ""

    @property
    def name(self) -> str:
        """The label as it stands before the value: a question keeps its own mark."""
        return self.label if self.label.endswith("?") else f"{self.label}:"


@dataclass(frozen=True)
class Part:
    """A heading with its facts, or with a text: one that people wrote, or one quoted as it was printed."""

    heading: str
    lines: tuple[Line, ...] = ()
    text: str = ""
    is_quoted: bool = False


@dataclass(frozen=True)
class Ticket:
    """Everything a person needs to help. The subject is one line."""

    subject: str
    parts: tuple[Part, ...]


def texts(ticket: Ticket) -> Texts:
    """The ticket in all its formats."""
    return Texts(as_text(ticket), as_html(ticket), as_markdown(ticket))


def as_text(ticket: Ticket) -> str:
    """Plain text, for any form."""
    blocks = [f"Subject: {ticket.subject}"]
    for part in ticket.parts:
        lines = [f"{line.name} {one_line(line.value)}{f' {line.url}' if line.url else ''}" for line in part.lines]
        blocks.append("\n".join([part.heading.upper(), *lines, *([part.text.strip()] if part.text else [])]))
    return "\n\n".join(blocks) + "\n"


def as_markdown(ticket: Ticket) -> str:
    """Markdown as GitHub, GitLab and most ticket systems read it."""
    blocks = [f"**{in_markdown(ticket.subject)}**"]
    for part in ticket.parts:
        blocks.append(f"### {in_markdown(part.heading)}")
        if part.lines:
            blocks.append("\n".join(f"- {in_markdown(line.name)} {_markdown_value(line)}" for line in part.lines))
        if part.text:
            blocks.append(_fenced(part.text) if part.is_quoted else "  \n".join(_paragraph(part.text)))
    return "\n\n".join(blocks) + "\n"


def as_html(ticket: Ticket) -> SafeString:
    """Rich text, for mail programs and editors; every value is escaped."""
    parts = format_html_join("\n", "<h3>{}</h3>\n{}{}", map(_html_part, ticket.parts))
    return format_html("<p><strong>{}</strong></p>\n{}\n", ticket.subject, parts)


def _html_part(part: Part) -> tuple[str, str, str]:
    lines = format_html_join("\n", "<li>{} {}</li>", ((line.name, _html_value(line)) for line in part.lines))
    listed = format_html("<ul>\n{}\n</ul>", lines) if part.lines else ""
    if not part.text:
        return part.heading, listed, ""
    if part.is_quoted:
        return part.heading, listed, format_html("<pre>{}</pre>", part.text.strip())
    written = ((line,) for line in part.text.splitlines() if line.strip())
    return part.heading, listed, format_html_join("\n", "<p>{}</p>", written)


def _html_value(line: Line) -> str:
    value = format_html("<code>{}</code>", line.value) if line.is_code else line.value
    return format_html('<a href="{}">{}</a>', line.url, value) if line.url else value


def _markdown_value(line: Line) -> str:
    value = _code(one_line(line.value)) if line.is_code else in_markdown(line.value)
    return f"[{value}]({line.url})" if line.url else value


def _paragraph(text: str) -> Iterator[str]:
    """The lines of what people wrote; none of them becomes a list or a heading."""
    return (_BEGINS_A_LIST.sub(r"\1\\\2", in_markdown(line)) for line in text.strip().splitlines())


def _code(text: str) -> str:
    """Inline code: longer marks than any inside, and a space where the text begins or ends with one."""
    marks = "`" * (_longest(_BACKTICKS.findall(text)) + 1)
    space = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{marks}{space}{text}{space}{marks}"


def _fenced(text: str) -> str:
    marks = "`" * max(3, _longest(_BACKTICKS.findall(text)) + 1)
    return f"{marks}\n{text.strip()}\n{marks}"


def _longest(runs: Iterable[str]) -> int:
    return max(map(len, runs), default=0)

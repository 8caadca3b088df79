"""A ticket holds anything people and systems wrote, and every format of it shows just that."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from troubleshooter.cases.formats import as_plain
from troubleshooter.cases.hand_over.texts import Line, Part, Ticket, as_html, as_markdown, as_text

NASTY = "`a` ``b`` *c* _d_ [e](http://f) <script>g</script> | h ~ i & j # k \\ l"
CODE = "Connection`Failed``"


def a_ticket(value: str = "value", text: str = "", is_quoted: bool = False, is_code: bool = False) -> Ticket:
    lines = (Line("Error code", value, is_code), Line("Is it on?", "Yes", url="https://site.example/g/FLOW-1/"))
    return Ticket("[X] It fails", (Part("Error", lines), Part("Text", text=text, is_quoted=is_quoted)))


class Seen(HTMLParser):
    """The text of some HTML, and the names of its tags."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()
        self.feed(markup)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


def test_plain_text_reads_like_a_form() -> None:
    assert as_text(a_ticket(text="One.\nTwo.")) == (
        "Subject: [X] It fails\n\n"
        "ERROR\nError code: value\nIs it on? Yes https://site.example/g/FLOW-1/\n\n"
        "TEXT\nOne.\nTwo.\n"
    )


def test_markdown_has_headings_lists_and_links() -> None:
    assert as_markdown(a_ticket(text="One.\nTwo.")) == (
        "**\\[X\\] It fails**\n\n"
        "### Error\n\n- Error code: value\n- Is it on? [Yes](https://site.example/g/FLOW-1/)\n\n"
        "### Text\n\nOne.  \nTwo.\n"
    )


@pytest.mark.parametrize(("is_quoted", "is_code"), [(False, False), (True, False), (False, True)])
def test_rich_text_shows_markup_as_it_was_written(is_quoted: bool, is_code: bool) -> None:
    shown = Seen(as_html(a_ticket(NASTY, NASTY, is_quoted, is_code)))
    assert shown.text.count(NASTY) == 2
    assert shown.tags <= {"p", "strong", "h3", "ul", "li", "a", "pre", "code"}


def test_markdown_shows_markup_as_it_was_written() -> None:
    written = as_markdown(a_ticket(NASTY, NASTY))
    assert "\\<script\\>" in written
    shown = Seen(
        markdown(written.replace("\\<", "&lt;").replace("\\&", "&amp;").replace("\\|", "|").replace("\\~", "~"))
    )
    assert "script" not in shown.tags
    assert "em" not in shown.tags
    assert shown.text.count("`a` ``b`` *c* _d_ [e](http://f)") == 2


@pytest.mark.parametrize("text", ["plain", "a ``` b", "````\nfence\n````", "`", "\n\nblank lines\n\n"])
def test_a_quoted_text_cannot_leave_its_fence(text: str) -> None:
    quoted = as_markdown(a_ticket(text=text, is_quoted=True)).partition("### Text\n\n")[2].rstrip("\n")
    fence, _, rest = quoted.partition("\n")
    body, _, end = rest.rpartition("\n")
    assert set(fence) == {"`"}
    assert end == fence
    assert fence not in body
    assert body == text.strip()


def test_a_code_with_backticks_stays_one_code() -> None:
    assert f"- Error code: ``` {CODE} ```" in as_markdown(a_ticket(CODE, is_code=True))


@pytest.mark.parametrize("line", ["- a", "+ a", "1. a", "12) a", "=== a", "# a", "> a"])
def test_a_line_that_people_wrote_becomes_no_list_and_no_heading(line: str) -> None:
    last = as_markdown(a_ticket(text=f"words\n{line}")).rstrip("\n").rpartition("\n")[2]
    assert "\\" in last
    assert last.replace("\\", "") == line


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_makes_a_ticket_in_every_format(value: str, text: str) -> None:
    ticket = a_ticket(value, text)
    assert as_text(ticket).endswith("\n")
    assert as_markdown(ticket).endswith("\n")
    assert Seen(as_html(ticket)).tags <= {"p", "strong", "h3", "ul", "li", "a"}
    assert " ".join(value.split()) in as_text(ticket)


def test_plain_words_say_where_a_link_to_elsewhere_leads() -> None:
    rendered = (
        '<p>See <a href="https://x.example/a?b=1&amp;c=2" rel="noopener">that</a> or <a href="/g/FLOW-1/">this</a>.</p>'
    )
    assert as_plain(rendered) == "See that (https://x.example/a?b=1&c=2) or this."
    assert as_plain('<a href="https://x.example/">https://x.example/</a>') == "https://x.example/"

"""Staff's Markdown in, HTML that is safe to show out. The only place that marks HTML as safe."""

from __future__ import annotations

import re

import markdown
import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

MAX_CHARACTERS = 20_000

RENDERER = 1
"""Count up when the rendering or the sanitiser changes; `manage.py rebuild_html` then renews what is stored."""

_EXTENSIONS = ["admonition", "attr_list", "fenced_code", "sane_lists", "tables", "def_list", "toc"]
_TAGS = {
    *("a", "abbr", "b", "code", "del", "em", "i", "kbd", "strong", "sub", "sup"),
    *("blockquote", "br", "dd", "div", "dl", "dt", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "ul"),
    *("caption", "table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope"},
    **{tag: {"id"} for tag in ("h3", "h4", "h5", "h6")},
}
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_DEEP_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]*){11}", re.MULTILINE)
_HEADING = re.compile(r"^[ \t>]*#", re.MULTILINE)
_DEFINITION = re.compile(r"^[ \t>]*:", re.MULTILINE)
_UNDERLINE = re.compile(r"^[ \t>]*[-=_*][-=_* ]*$", re.MULTILINE)
_BACKTICKS = re.compile(r"`+")
_MOST = 100
_MOST_LOOKING = 300_000
"""Characters passed on the way to the ends of brackets; more than that takes longer than a second."""
_PRODUCT_LABEL = re.compile(r"<strong>")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep ids that cannot collide with the page's own, and pictures of our own host only."""
    if name == "id":
        return value if value.startswith("md-") else None
    if tag == "img" and name == "src":
        return value if value.startswith(("/media/", "/static/")) else None
    if tag == "a" and name == "href":
        return value if value.startswith(("https://", "http://", "mailto:", "#md-")) or _is_own_path(value) else None
    return value


def _is_own_path(href: str) -> bool:
    return href.startswith("/") and not href.startswith(("//", "/\\"))


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    allowed_classes={"div": {"admonition", "note", "warning", "tip"}, "p": {"admonition-title"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
    clean_content_tags={"script", "style", "iframe", "svg", "math", "template", "object", "noscript"},
)


class RefusedError(ValueError):
    """A text that would take too long to render. The message is a plain sentence that says what to write instead."""


def render(text: str) -> str:
    """The sanitised HTML of a Markdown text. Raises RefusedError where `refusal` says why it has none."""
    if problem := refusal(text):
        raise RefusedError(problem)
    converter = markdown.Markdown(
        extensions=_EXTENSIONS,
        extension_configs={"toc": {"baselevel": 3, "slugify": _heading_id}},
        output_format="html",
    )
    try:
        html = converter.convert(text)
    except RecursionError:
        raise RefusedError(_("Lists and quotes stand too deep inside each other here.")) from None
    clean = _CLEANER.clean(html)
    # Bold text is a product's label, shown as the product shows it and so never translated by the browser.
    return _PRODUCT_LABEL.sub('<strong translate="no">', clean)


def rendered(text: str) -> str:
    """The sanitised HTML of a text, or of the sentence that says why it has none."""
    try:
        return render(text)
    except RefusedError as refused:
        return render(str(refused))


def refusal(text: str) -> str:
    """Why a text is not rendered, in a plain sentence; empty for all that people write.

    The renderer's time grows with the square of what is refused here, and is well below a second for all else.
    """
    if len(text) > MAX_CHARACTERS:
        numbers = {"most": MAX_CHARACTERS, "count": len(text)}
        return _("Write at most %(most)s characters here; there are %(count)s.") % numbers
    if text.count(">") > _MOST and _DEEP_QUOTE.search(text):
        return _("Do not put quotes inside quotes more than ten deep.")
    if text.count("#") > _MOST and len(_HEADING.findall(text)) > _MOST:
        return _("Use at most %(most)s headings in one text.") % {"most": _MOST}
    if text.count(":") > _MOST and len(_DEFINITION.findall(text)) > _MOST:
        return _("Use at most %(most)s definitions in one text.") % {"most": _MOST}
    if len(_UNDERLINE.findall(text)) > _MOST:
        return _("Use at most %(most)s lines that draw a rule or underline a heading.") % {"most": _MOST}
    if text.count("]:") > _MOST:
        return _("Use at most %(most)s addresses that are defined with ]: in one text.") % {"most": _MOST}
    if sum(map(text.count, "[<{`")) * len(text) > _MOST_LOOKING and _looking(text) > _MOST_LOOKING:
        return _(
            "Too many brackets are opened and not closed: [ ( < { or `. Close them, or put the text between ``` lines."
        )
    return ""


def _looking(text: str) -> int:
    """How many characters the renderer passes, looking for the ends of brackets that are opened."""
    return sum(_looking_in(paragraph) for paragraph in _EMPTY_LINE.split(text))


def _looking_in(paragraph: str) -> int:
    end, passed, opened = len(paragraph), 0, []
    for place, character in enumerate(paragraph):
        if character == "[":
            opened.append(place)
        elif character == "]" and opened:
            passed += place - opened.pop()
    passed += sum(end - place for place in opened)
    for opening, closing in (("](", ")"), ("<", ">"), ("{", "}")):
        for match in re.finditer(re.escape(opening), paragraph):
            found = paragraph.find(closing, match.end())
            passed += (end if found < 0 else found) - match.start()
    return passed + _looking_for_backticks(paragraph)


def _looking_for_backticks(paragraph: str) -> int:
    """As many backticks close as open. Those that nothing closes are looked up again after each piece of code."""
    end, passed, closing = len(paragraph), 0, dict[int, int]()
    runs = list(_BACKTICKS.finditer(paragraph))
    for run in reversed(runs):
        length = run.end() - run.start()
        passed += closing[length] - run.start() if length in closing else (end - run.start()) * length * len(runs)
        closing[length] = run.start()
    return passed


def _heading_id(value: str, separator: str) -> str:
    return "md-" + re.sub(r"[^a-z0-9]+", separator, value.lower()).strip(separator)


def trusted(html: str) -> SafeString:
    """Mark HTML that `render` made, and that was stored with a revision, as safe to show."""
    return mark_safe(html)  # noqa: S308 - sanitised by render() before it was stored

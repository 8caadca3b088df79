"""Staff's Markdown in, HTML that is safe to show out. The only place that marks HTML as safe."""

from __future__ import annotations

import re

import markdown
import nh3
from django.utils.safestring import SafeString, mark_safe

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


def render(text: str) -> str:
    """The sanitised HTML of a Markdown text. Slow on hostile input: callers bound its length and store the result."""
    converter = markdown.Markdown(
        extensions=_EXTENSIONS,
        extension_configs={"toc": {"baselevel": 3, "slugify": _heading_id}},
        output_format="html",
    )
    clean = _CLEANER.clean(converter.convert(text))
    # Bold text is a product's label, shown as the product shows it and so never translated by the browser.
    return _PRODUCT_LABEL.sub('<strong translate="no">', clean)


def _heading_id(value: str, separator: str) -> str:
    return "md-" + re.sub(r"[^a-z0-9]+", separator, value.lower()).strip(separator)


def trusted(html: str) -> SafeString:
    """Mark HTML that `render` made, and that was stored with a revision, as safe to show."""
    return mark_safe(html)  # noqa: S308 - sanitised by render() before it was stored

"""Documents as text and as plain data: YAML in, a checked document out, and back; what is wrong in plain words.

Every scalar of the YAML is read as text and given its type by the document's shape, so `yes` stays a word and a
date stays what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from . import document as shapes
from .document import ONE_WORD, SHAPES, SLUG, Document

MAX_DOCUMENT = 200_000
"""Characters of one document's YAML."""
MAX_DEPTH = 12
"""Lists and maps inside each other; no shape needs half of it."""

_BAD_ESCAPE = "an escape such as \\ud800 is half a character or none; write the character itself"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


Shape = TypeVar("Shape", bound=BaseModel)


class DocumentError(ValueError):
    """A document that cannot be read. `problems` are sentences that name the field and what to write."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def parse(kind: str, text: str) -> Document:
    """The document of a kind that a YAML text holds; DocumentError when it does not."""
    if len(text) > MAX_DOCUMENT:
        raise DocumentError([f"the document has {len(text)} characters; {MAX_DOCUMENT} are allowed"])
    return validate(kind, data(text))


def data(text: str) -> Any:
    """What a YAML text holds, every scalar as text; DocumentError when it is not YAML that a file of ours can be."""
    try:
        return _data(text)
    except yaml.YAMLError as error:
        raise DocumentError([_where_yaml_stopped(error)]) from None
    except (ValueError, OverflowError):  # PyYAML's own parser makes characters of escapes unchecked
        raise DocumentError([_BAD_ESCAPE]) from None


def validate(kind: str, data: Any) -> Document:
    """The document of a kind that plain data (from YAML or JSON) holds; DocumentError when it does not."""
    if not isinstance(data, dict):
        raise DocumentError(["a document is a list of fields, such as “title: Turn the flow back on”"])
    return fitted(SHAPES[kind], data)


def fitted(shape: type[Shape], data: Any) -> Shape:
    """Plain data in a shape; DocumentError when it does not fit."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise DocumentError([_in_plain_words(shape, problem) for problem in error.errors()]) from None


def plain(document: Document) -> dict[str, Any]:
    """The document as JSON-ready data, defaults left out; `validate` turns it back into an equal document."""
    return document.model_dump(mode="json", exclude_defaults=True)


def to_yaml(document: Document) -> str:
    """The document as YAML text; `parse` turns it back into an equal document."""
    return dump(plain(document))


def dump(data: Any) -> str:
    """Plain data as YAML that people can read; the same on every machine."""
    return yaml.dump(data, Dumper=_ReadableDumper, sort_keys=False, allow_unicode=True, width=110)


FASTEST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The parser in C, where PyYAML was built with it, is ten times as fast."""


def _data(text: str) -> Any:
    """What a YAML text holds, every scalar as text.

    Refuses what cannot be stored, keys that are there twice, and references in the file. Built from the parser's
    events without recursion, so that a text nested thousands of times deep is refused like any other.
    """
    _refuse_unstorable(text, 0)
    places: list[_Place] = [_Place([])]
    for event in yaml.parse(text, Loader=FASTEST):
        if isinstance(event, yaml.ScalarEvent):
            _refuse_unstorable(event.value, _line(event))
            places[-1].add(event.value, event)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(places) > MAX_DEPTH:
                raise _refusal("the document is nested too deeply", _line(event))
            places.append(_Place({} if isinstance(event, yaml.MappingStartEvent) else [], event))
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = places.pop()
            places[-1].add(closed.content, closed.start)
        elif isinstance(event, yaml.AliasEvent):
            raise _refusal("references (*name) are not allowed", _line(event))
        elif isinstance(event, yaml.DocumentStartEvent) and places[0].content:
            raise _refusal("a second document begins here (---); write one in each file", _line(event))
    return next(iter(places[0].content), None)


class _Place:
    """A list or a map that is being read."""

    def __init__(self, content: list[Any] | dict[str, Any], start: yaml.Event | None = None) -> None:
        self.content = content
        self.start: Any = start
        self.key: str | None = None

    def add(self, value: Any, event: Any) -> None:
        """The next entry of a list, or in turn the next key and its value of a map."""
        if isinstance(self.content, list):
            self.content.append(value)
        elif self.key is not None:
            self.content[self.key], self.key = value, None
        elif not isinstance(value, str):
            raise _refusal("the name of a field is a word", _line(event))
        elif value in self.content:
            raise _refusal(f"“{value}” is there twice", _line(event))
        else:
            self.key = value


def _refuse_unstorable(text: str, line: int) -> None:
    found = _UNSTORABLE.search(text)
    if found:
        line += text.count("\n", 0, found.start())
        raise _refusal("there is a NUL or half a character (a lone surrogate); remove it", line)


def _line(event: Any) -> int:
    return event.start_mark.line


def _refusal(problem: str, line: int) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=yaml.Mark("", 0, line, 0, None, 0))


class _ReadableDumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, the way people write them."""


def _block_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_ReadableDumper.add_representer(str, _block_text)


def _where_yaml_stopped(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "the text is not YAML"
    if problem == "found invalid Unicode character escape code":
        problem = _BAD_ESCAPE
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)


_PLAIN_MESSAGES = {
    "missing": "this field is needed",
    "extra_forbidden": "there is no such field",
    "string_type": "write a text here",
    "list_type": "write a list here (lines that begin with “- ”)",
    "dict_type": "write fields here, such as “name: value”",
    "model_type": "write fields here, such as “name: value”",
    "string_too_short": "write something here",
    "date_from_datetime_parsing": "write a date such as 2026-11-21",
    "date_parsing": "write a date such as 2026-11-21",
    "int_parsing": "write a whole number",
    "float_parsing": "write a number",
    "bool_parsing": "write true or false",
}
_PATTERNS = {
    SLUG: "use small letters, digits and single hyphens, such as flow-turned-off",
    r"^FLOW-[1-9][0-9]{0,5}$": "write a guide's reference, such as FLOW-3",
    r"^FIX-[1-9][0-9]{0,5}$": "write a mitigation's reference, such as FIX-4",
    ONE_WORD: "write one code without spaces and slashes, since it becomes an address",
}


def _in_plain_words(shape: type[BaseModel], problem: Any) -> str:
    """One pydantic error as a sentence: the field, what is wrong, what to write instead."""
    place = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in problem["loc"])
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "value_error":
        message = str(context["error"])
    elif kind == "string_pattern_mismatch":
        message = _PATTERNS.get(context["pattern"], "write a full web address, such as https://learn.microsoft.com/")
    elif kind in ("literal_error", "enum"):
        message = f"write one of {context['expected']}"
    elif kind == "string_too_long":
        message = f"write at most {context['max_length']} characters"
    elif kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        message = f"there are {context['actual_length']} here; write {bound}"
    else:
        message = _PLAIN_MESSAGES.get(kind, problem["msg"])
    if kind == "extra_forbidden":
        message += f"; the fields here are {', '.join(_fields_at(shape, problem['loc'][:-1]))}"
    return f"{place}: {message}" if place else message


def _fields_at(shape: type[BaseModel], place: tuple[Any, ...]) -> Iterator[str]:
    """The names of the fields that the part of the document at `place` may have."""
    current: type[BaseModel] = shape
    for name in place:
        if isinstance(name, str) and name in current.model_fields:
            parts = re.findall(r"document\.(\w+)", str(current.model_fields[name].annotation))
            current = next((getattr(shapes, part) for part in parts if hasattr(shapes, part)), current)
    return iter(current.model_fields)

"""The errors in what a flow reports: one text for every action that failed, from any shape in which flows tell them.

Power Automate gives lists of actions (`result('Scope')`), one action (`actions('Name')`) or its outputs, as JSON or as
a text of that JSON. What went into an action is left out: it is the data of the flow, not its error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

MOST_ERRORS = 10
MOST_CHARACTERS = 100_000
"""Of all texts together."""

_MOST_LOOKED_AT = 1_000
"""A loop may fail thousands of times; its first runs say why."""

_MOST_DEPTH = 20
_DID_NOT_FAIL = frozenset({"succeeded", "skipped", "running", "waiting", "cancelled", "aborted", "ignored", "paused"})
_SAYS_WHAT_FAILED = frozenset({"error", "errors", "message", "code", "status", "statusCode", "body", "outputs"})
_LEFT_OUT = frozenset(
    {
        *("inputs", "headers", "retryHistory", "repetitionItemInputs"),
        *("startTime", "endTime", "trackingId", "clientTrackingId", "clientKeywords", "canResubmit"),
    }
)
"""What is no error, and differs from run to run."""


def texts(raw: Any) -> list[str]:
    """The different errors in a text or in JSON, at most MOST_ERRORS; empty where no action failed. Never raises."""
    failures = list(islice(_failures(raw, 0), _MOST_LOOKED_AT))
    telling = [failure for failure in failures if not _is_echo(failure)]
    found: list[str] = []
    left = MOST_CHARACTERS
    for text in dict.fromkeys(map(_text, telling or failures[:1])):
        if len(found) == MOST_ERRORS or not left:
            break
        found.append(text[:left])
        left -= len(found[-1])
    return found


def _failures(value: Any, depth: int) -> Iterator[Any]:
    """Texts and JSON objects that each tell one error."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, str):
        parsed = _parsed(value)
        if parsed is not None:
            yield from _failures(parsed, depth + 1)
        elif value.strip():
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _failures(item, depth + 1)
    elif isinstance(value, dict) and str(value.get("status")).lower() not in _DID_NOT_FAIL:
        if (
            value
            and _SAYS_WHAT_FAILED.isdisjoint(value)
            and all(isinstance(part, dict | list) for part in value.values())
        ):
            yield from _failures(list(value.values()), depth + 1)
        elif value:
            yield value


def _parsed(text: str) -> Any:
    """The JSON object or array that a text holds, also as a text within the text; None for any other text."""
    if text.lstrip()[:1] not in ("{", "[", '"'):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _parsed(value) if isinstance(value, str) else value


def _is_echo(failure: Any) -> bool:
    """Whether it only repeats that something inside it failed, as a scope does."""
    return isinstance(failure, dict) and failure.get("code") == "ActionFailed" and "outputs" not in failure


def _text(failure: Any) -> str:
    return failure if isinstance(failure, str) else json.dumps(_kept(failure, 0), ensure_ascii=False)


def _kept(value: Any, depth: int) -> Any:
    if isinstance(value, dict) and depth < _MOST_DEPTH:
        return {key: _kept(part, depth + 1) for key, part in value.items() if key not in _LEFT_OUT}
    if isinstance(value, list) and depth < _MOST_DEPTH:
        return [_kept(part, depth + 1) for part in value]
    return None if isinstance(value, dict | list) else value

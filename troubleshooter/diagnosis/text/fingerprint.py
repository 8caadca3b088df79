"""One short key for all texts of a problem that no guide knows, and one line to show for them."""

from __future__ import annotations

import hashlib
import re

from troubleshooter.diagnosis.model import ANY_CODE, Kind, Reading, Span
from troubleshooter.diagnosis.text.letters import lowered
from troubleshooter.diagnosis.text.normalise import folded, plain

CODE, TEXT = "code:", "text:"
"""How a key begins that holds an unknown code, and one that stands for words."""

MOST_WORDS = 60
"""Words that a key is made of: what follows them is mostly the story, not the error."""

LONGEST_CODE = 80
LONGEST_HEADLINE = 200
LONGEST_NAME = 80
"""Characters between quotation marks that can still be a name and not a whole message."""

LEAD = 40
"""Characters in front of what is telling in a line that is too long to show whole."""

_PAGE = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s\"'<>]*", re.IGNORECASE)
_QUOTED = (
    re.compile(rf'"([^"\n]{{0,{LONGEST_NAME}}})"'),
    re.compile(rf"(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w)){{0,{LONGEST_NAME}}})'(?!\w)"),
)
_FIELD = re.compile(r"\"\w{0,20}(?:message|code|error|reason|status|details?|description|title)\" ?: ?$")
"""What stands before a JSON value that says what went wrong."""

_TOKEN = re.compile(r"[a-z0-9_.+@%~/\\-]+")
_VARYING = re.compile(r"[0-9@/\\]")
"""What stands in numbers, dates, ids and paths and in no word."""

_DATE_WORD = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?|[ap]m|utc|gmt)\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n\r]+")
_TELLING = re.compile(
    r"error|exception|fail|cannot|can't|couldn't|n't\b|\bnot\b|\bunable|denied|invalid|exceed|missing|expired|forbidden|"
    r"unauthori|refused|reject|time(?:d )?out|wrong|broken|throttl|blocked|disabled|unexpected|unsupported|"
    r"fehler|fehlgeschlagen|\bnicht\b|ungultig|erreur|echou|impossible|\bfallo|errore|impossibile|\berro\b|falha|"
    r"\bfout|mislukt|エラー|失敗|错误|失败|오류|실패|ошибк"
)
"""What error messages say, in lower case and without accents."""


def fingerprint(reading: Reading) -> str:
    """The key of a text's problem: the unknown code in it, else a hash of its words; at most 85 characters.

    Names in quotation marks, numbers, ids, addresses and dates do not count, nor what was redacted.
    """
    unknown = (seen.fact.value for seen in reading.seen if seen.fact.kind is Kind.UNKNOWN)
    code = next((value for value in unknown if value != ANY_CODE), "")
    if code:
        return CODE + code.casefold()[:LONGEST_CODE]
    text = plain(reading.text).lower
    words = _words(text) or _WORD.findall(text)
    return TEXT + hashlib.blake2s(" ".join(words[:MOST_WORDS]).encode(), digest_size=8).hexdigest()


def headline(reading: Reading) -> str:
    """The line of the redacted text that tells most about the problem, at most 200 characters; "" for an empty one."""
    seen = next((seen.span for seen in reading.seen if seen.span), None)
    lines = [found for found in _LINE.finditer(reading.text) if found[0].strip()]
    if not lines:
        return ""
    best = max(lines, key=lambda line: _tells(line, seen))
    telling = _TELLING.search(_flat(best[0]))
    start = seen.start - best.start() if seen and _holds(best, seen) else telling.start() if telling else 0
    return _cut(best[0], start)


def _words(text: str) -> list[str]:
    """What stays the same when somebody else has the problem."""
    text = _PAGE.sub(" ", text)
    for quoted in _QUOTED:
        text = quoted.sub(_unless_name, text)
    text = _TOKEN.sub(lambda token: " " if _VARYING.search(token[0]) else token[0], text)
    return _WORD.findall(_DATE_WORD.sub(" ", text))


def _unless_name(quoted: re.Match[str]) -> str:
    """The words in quotation marks where they are a message; a name differs from case to case."""
    before = quoted.string[max(0, quoted.start() - 40) : quoted.start()]
    return f" {quoted[1]} " if _TELLING.search(quoted[1]) or _FIELD.search(before) else " "


def _tells(line: re.Match[str], seen: Span | None) -> tuple[int, int]:
    """For comparing lines: how many telling words, the code that was seen included, and how many words (up to ten)."""
    telling = len(set(_TELLING.findall(_flat(line[0]))))
    return telling + bool(seen and _holds(line, seen)), min(len(_WORD.findall(line[0])), 10)


def _holds(line: re.Match[str], span: Span) -> bool:
    return line.start() <= span.start < line.end()


def _flat(line: str) -> str:
    """In lower case and without accents, with every character at its place."""
    return "".join(letter if letter.isascii() else (folded(letter) or " ")[0] for letter in lowered(line))


def _cut(line: str, start: int) -> str:
    """The part of a line round `start`, with dots where something is left out."""
    whole = " ".join(line.split())
    if len(whole) <= LONGEST_HEADLINE:
        return whole
    begin = line.rfind(" ", 0, max(0, start - LEAD)) + 1 if start > LEAD else 0
    part = " ".join(line[begin:].split())
    part = f"… {part}" if begin else part
    return part if len(part) <= LONGEST_HEADLINE else f"{part[: LONGEST_HEADLINE - 2].rstrip()} …"

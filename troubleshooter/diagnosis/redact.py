"""Take out of a text what is personal or secret, and mark each place: the error stays, the people do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .model import Span


class Redacted(NamedTuple):
    """`text` can always be stored and shown; `hidden` are the places of the marks that replaced something."""

    text: str
    hidden: tuple[Span, ...]


_MARK = re.compile(r"\[(?:email|name|user|user ID|ID|phone|address|token|secret)\]")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_Replacement = str | Callable[[re.Match[str]], str]

_OPEN = r"""(?:\\*["'`]|&(?:quot|#39|#34|apos);|[“‘«])?"""
_KEY_END = rf"{_OPEN}\s{{0,3}}[:=]\s{{0,3}}{_OPEN}"
_SECRET_NAMES = (
    r"(?:pass(?:word|wd|phrase)|pwd|kennwort|passwort|mot de passe|contraseña|client[_-]?secret|secret|api[_-]?key|"
    r"access[_-]?key|account[_-]?key|shared[_-]?access[_-]?(?:key|signature)|subscription[_-]?key|x-functions-key|"
    r"access[_-]?token|refresh[_-]?token|id[_-]?token|auth[_-]?token|sas[_-]?token|client[_-]?assertion|cookie|set-cookie)"
)
_GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_RUN_LABEL = re.compile(
    r"(?:run|tracking|request|correlation|activity|session|trace|operation|conversation)"
    rf"[ _-]?id{_KEY_END}$|(?:run|tracking|request|correlation|activity|session|trace|operation)[ _-]?id\s{{0,3}}$|"
    r"runs?/$|(?:run|tracking|request|correlation|activity|session) ?id (?:is|was|of) $",
    re.IGNORECASE,
)
_PERSON_LABEL = re.compile(
    rf"(?:object|user|principal|caller|owner|member|oid|aad|upn)[ _-]{{0,1}}(?:object)?[ _-]?(?:id)?(?: is)?(?:{_KEY_END}|\s{{0,3}}{_OPEN})$|"
    rf"user-id{_KEY_END}$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:bad|request|gateway|not|found|error|failed|failure|internal|server|unauthori[sz]ed|forbidden|flow|connection|power|"
    r"apps?|automate|trigger|http|code|status|the|this|timeout|service|sharepoint|office|microsoft|azure|environment|action)\b",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){1,3}"
_CAPITALS = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]*)(?: [^\W\d_a-zà-ÿ][\w.'’-]*)+")
_HEADERS = r"(?:From|To|Cc|Bcc|Reply-To|Sender|Von|An|De|À|A|Para|Da|Fra|Til|Van|Aan|差出人|宛先|发件人|收件人)"


def _guid(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 60) : found.start()]
    if _RUN_LABEL.search(before):
        return found[0]
    return "[user ID]" if _PERSON_LABEL.search(before) else "[ID]"


def _header(found: re.Match[str]) -> str:
    """The names in a mail header line; the marks in it stay."""
    value = found[2]
    if "[email]" not in value and not _CAPITALS.fullmatch(value.strip()) or "[name]" in value:
        return found[0]
    if "[email]" not in value and _NO_NAME.search(value):
        return found[0]
    names = re.sub(r"[^\s,;<>\[\]][^,;<>\[\]]*(?=<|\[email\]|[,;]|$)", "[name] ", value)
    return found[1] + names.rstrip() if value.strip() != "[email]" else found[0]


def _person(found: re.Match[str]) -> str:
    if _NO_NAME.search(found[2]) or not _CAPITALS.fullmatch(found[2]):
        return found[0]
    return f"{found[1]}[name]"


def _address(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 12) : found.start()].lower()
    is_version = re.search(r"(?:version|ver|v|/)[\s:=\"']{0,3}$", before)
    return found[0] if is_version or any(int(part) > 255 for part in found[0].split(".")) else "[address]"


def _query_value(found: re.Match[str]) -> str:
    is_word = found[2].isalpha() and not found[2].isupper()
    return found[0] if is_word else f"{found[1]}[secret]"


def _blob(found: re.Match[str]) -> str:
    token = found[0]
    mixed = any(c.isdigit() for c in token) and any(c.islower() for c in token) and any(c.isupper() for c in token)
    if not mixed or _RUN_LABEL.search(found.string[max(0, found.start() - 60) : found.start()]):
        return token
    return "[secret]"


_RULES: tuple[tuple[str, re.Pattern[str], _Replacement], ...] = (
    ("eyJ", re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}"), "[token]"),
    ("earer", re.compile(r"\b([Bb]earer\s{1,3})[\w.~+/=-]{12,}"), r"\1[token]"),
    ("asic", re.compile(r"\b(Authorization\W{1,6}Basic\s{1,3})[\w+/=]{6,}", re.IGNORECASE), r"\1[token]"),
    ("://", re.compile(r"(://)[^\s/@:\[\]]{1,64}:[^\s/@\[\]]{1,64}@"), r"\1[secret]@"),
    ("", re.compile(rf"\b({_SECRET_NAMES}{_KEY_END})(?!\[)[^\s\"'`;,&<>\\]{{3,400}}", re.IGNORECASE), r"\1[secret]"),
    ("sig", re.compile(r"\b(sig(?:nature)?(?:=|%3[dD]))(?!\[)[^\s\"'&<>\\;]{6,400}"), r"\1[secret]"),
    (
        "=",
        re.compile(
            r"([?&](?:amp;)?(?:code|token|key|access_token|st|se|skoid|sktid|state|nonce|session\w{0,8})=)(?!\[)([^\s\"'&<>#\\]{16,2000})"
        ),
        _query_value,
    ),
    ("@", re.compile(r"(?<![\w.+-])[\w.+'’-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"), "[email]"),
    ("#ext#", re.compile(r"(?<![\w.+-])[\w.+-]{1,80}#EXT#(?:\[email\]|@[\w.-]{1,100})", re.IGNORECASE), "[email]"),
    (":", re.compile(rf"(?m)^([>|\s*]{{0,6}}{_HEADERS}\s?: ?)([^\n\r]{{2,300}})$"), _header),
    (
        "",
        re.compile(
            rf"\b((?:display ?name|full ?name|user ?name|user|owner|created ?by|modified ?by|requested ?by|reported ?by|requestor|"
            rf"requester|author|contact|employee|maker|benutzer|name)(?:_\w{{0,20}})?{_KEY_END})({_NAME})(?=[\"'`\\&”’»,;.)\n\r<]|\s*$)",
            re.IGNORECASE | re.MULTILINE,
        ),
        _person,
    ),
    ("sers", re.compile(r"([\\/]Users[\\/]{1,4})(?!\[)[^\\/\s\"'<>|:]{1,64}", re.IGNORECASE), r"\1[user]"),
    ("/home/", re.compile(r"(/home/)(?!\[)[^/\s\"'<>|:]{1,64}"), r"\1[user]"),
    ("/personal/", re.compile(r"(/personal/)(?!\[)[^/\s\"'<>?]{1,100}"), r"\1[user]"),
    ("-", re.compile(rf"(?<![\w-]){_GUID}(?![\w-])"), _guid),
    ("", re.compile(r"(?<![\w\[/.-])[0-9a-f]{32}(?:[0-9a-f]{8}|[0-9a-f]{32})?(?!\w)"), "[ID]"),
    (".", re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)"), _address),
    (":", re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])"), "[address]"),
    (":", re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,6}(?::[0-9a-fA-F]{1,4}){1,5}(?![\w:])"), "[address]"),
    ("+", re.compile(r"(?<![\w+])\+\d{1,3}[ \-./]?\(?\d{1,4}\)?(?:[ \-./]?\d{2,5}){2,4}(?![\w-])"), "[phone]"),
    (
        "",
        re.compile(
            r"\b((?:tel|phone|mobile|mob|cell|telefon|fax|handy|téléphone)\.?\s?(?:no\.?)?\s?[:=]?\s?)\+?\d[\d ()./-]{5,18}\d",
            re.IGNORECASE,
        ),
        r"\1[phone]",
    ),
    ("", re.compile(r"(?<![\w+/=.-])[A-Za-z0-9+/]{40,2000}={0,2}(?![\w+/=-])"), _blob),
)


def redact(text: str) -> Redacted:
    """The text without what is personal or secret. Redacting twice changes nothing."""
    text = _UNPRINTABLE.sub("\ufffd", text)
    lowered = text.lower()
    for hint, pattern, replacement in _RULES:
        if hint.lower() in lowered:
            text = pattern.sub(replacement, text)
    return Redacted(text, tuple(Span(*found.span()) for found in _MARK.finditer(text)))

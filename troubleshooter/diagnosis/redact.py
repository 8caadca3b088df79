"""Take out of a text what is personal or secret, and mark each place: the error stays, the people do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from troubleshooter.diagnosis.model import Span

MOST_PASSES = 10
"""A mark that replaced something can lay bare what stood beside it."""


class Redacted(NamedTuple):
    """`text` can always be stored and shown; `hidden` are the places of the marks that replaced something."""

    text: str
    hidden: tuple[Span, ...]


def redact(text: str) -> Redacted:
    """The text without what is personal or secret. Redacting twice changes nothing."""
    text = _UNPRINTABLE.sub("\ufffd", text)
    for _ in range(MOST_PASSES):
        before, text = text, _pass(text)
        if text == before:
            break
    return Redacted(text, marks(text))


def _pass(text: str) -> str:
    lowered = text.lower()
    for rule in _RULES:
        if any(hint in lowered for hint in rule.hints):
            text = rule.pattern.sub(rule.replacement, text)
    return text


def marks(text: str) -> tuple[Span, ...]:
    """The places in a redacted text where something was replaced."""
    return tuple(Span(*found.span()) for found in _MARK.finditer(text)) if "[" in text else ()


class _Rule(NamedTuple):
    """A pattern to replace, tried only where one of the hints (in lower case) stands in the text."""

    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]


_MARK = re.compile(r"\[(?:email|name|user|user ID|ID|phone|address|token|secret)\]")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")

_QUOTE = r"""(?:\\*["'`]|&(?:quot|#39|#34|apos);|[“‘«])?"""
_IS = rf"{_QUOTE}\s{{0,3}}[:=]\s{{0,3}}{_QUOTE}"
"""What stands between a label and its value, in JSON, escaped JSON, HTML or plain writing."""
RUN_WORDS = "run|tracking|request|correlation|activity|session|trace|operation|conversation"
"""What the labels of ids begin with that only a support person can use, so they stay in a text."""
ID_END = rf"[ _-]?id(?:{_IS}|(?:\s(?:is|was|of))?\s{{0,3}}{_QUOTE})$"
_RUN_ID = re.compile(rf"(?:{RUN_WORDS}){ID_END}|\bruns?/$", re.IGNORECASE)
_USER_ID = re.compile(
    rf"(?:object|user|principal|caller|owner|member)(?:[ _-]?object)?(?:{ID_END}|{_IS}$)|\boid{_IS}$", re.IGNORECASE
)
_VERSION = re.compile(r"(?:version|ver|v|/)[\s:=\"']{0,3}$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:bad|request|gateway|not|found|error|failed|failure|internal|server|unauthori[sz]ed|forbidden|flow|connection|power|"
    r"apps?|automate|trigger|http|code|status|the|this|timeout|service|sharepoint|office|microsoft|azure|environment|action|"
    r"all|everyone|everybody|team|there|folks|community|support|admins?|experts?|both|again)\b",
    re.IGNORECASE,
)
_NO_SECRET = frozenset(
    (
        "yes",
        "no",
        "none",
        "null",
        "true",
        "false",
        "required",
        "expired",
        "changed",
        "invalid",
        "incorrect",
        "wrong",
        "missing",
    )
)
_CAPITALISED = r"[^\W\d_a-zß-ÿ][\w.'’-]{0,30}"
_NAMES = re.compile(rf"{_CAPITALISED}(?: {_CAPITALISED}){{1,3}}")
_UNNAMED = re.compile(r"[^\s,;<>\[\]][^,;<>\[\]]*(?=<|\[email\]|[,;]|$)")


def _guid(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 60) : found.start()]
    if _RUN_ID.search(before):
        return found[0]
    return "[user ID]" if _USER_ID.search(before) else "[ID]"


def _header(found: re.Match[str]) -> str:
    """The names in a line of a mail's head."""
    label, value = found[1], found[2]
    if "[name]" in value or value.strip() == "[email]":
        return found[0]
    if "[email]" not in value and (_NO_NAME.search(value) or not _NAMES.fullmatch(value.strip())):
        return found[0]
    return label + _UNNAMED.sub("[name] ", value).rstrip()


def _person(found: re.Match[str]) -> str:
    return found[0] if _NO_NAME.search(found[2]) else f"{found[1]}[name]"


def _address(found: re.Match[str]) -> str:
    is_version = _VERSION.search(found.string[max(0, found.start() - 12) : found.start()])
    return found[0] if is_version or any(int(part) > 255 for part in found[0].split(".")) else "[address]"


def _query_value(found: re.Match[str]) -> str:
    """Words such as an error code stay; keys and signatures are no words."""
    return found[0] if found[2].isalpha() and not found[2].isupper() else f"{found[1]}[secret]"


def _secret(found: re.Match[str]) -> str:
    """Ordinary words behind a label such as "password:" are no secret."""
    return found[0] if found[2].lower() in _NO_SECRET else f"{found[1]}[secret]"


def _long_token(found: re.Match[str]) -> str:
    return "[secret]" if any(map(_is_random, found[0].split("/"))) else found[0]


def _is_random(piece: str) -> bool:
    kinds = (str.isdigit, str.islower, str.isupper)
    return len(piece) >= 20 and all(any(map(kind, piece)) for kind in kinds)


def _rule(hints: str, pattern: str, replacement: str | Callable[[re.Match[str]], str], flags: int = 0) -> _Rule:
    return _Rule(tuple(hints.split()) or ("",), re.compile(pattern, flags), replacement)


_KEY_LABEL = (
    r"(?:pass(?:word|wd|phrase)|pwd|kennwort|passwort|mot de passe|contraseña|client[_-]?secret|secret|api[_-]?key|"
    r"(?:access|account|subscription)[_-]?key|shared[_-]?access[_-]?(?:key|signature)|x-functions-key|"
    r"(?:access|refresh|id|auth|sas)[_-]?token|client[_-]?assertion)"
)
_KEY_HINTS = "passw passp pwd kennwort passe contrase secret key token signature assertion"
_QUERY_KEY = r"[?&](?:amp;)?(?:code|token|key|access_token|st|se|skoid|sktid|state|nonce|session\w{0,8})="
_HEADER_LABEL = r"(?:From|To|Cc|Bcc|Reply-To|Sender|Von|An|De|À|A|Para|Da|Fra|Til|Van|Aan|差出人|宛先|发件人|收件人)"
_PERSON_LABEL = (
    r"(?:display ?name|full ?name|user ?name|user|owner|(?:created|modified|requested|reported|sent) ?by|request[eo]r|"
    r"author|contact|employee|maker|benutzer)"
)
_PERSON_HINTS = "name user owner by request author contact employee maker benutzer"
_GREETING = r"(?:Hi|Hello|Dear|Hey|Hallo|Liebe[rs]?|Bonjour|Hola|Ciao)"
_CLOSING = (
    r"(?:(?:best|kind|warm|many)?\s?(?:regards|thanks|wishes)|thank you|thx|cheers|(?:viele|mit freundlichen|"
    r"beste)n?\s?(?:grüße|grüßen|gruss|dank)|cordialement|saludos|merci|danke|gracias)"
)
GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_WHOLE_GUID = rf"(?<![\w-]){GUID}(?![\w-])"

_RULES = (
    _rule("eyj", r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}", "[token]"),
    _rule("bearer", r"\b(bearer\s{1,3})[\w.~+/=-]{12,}", r"\1[token]", re.IGNORECASE),
    _rule("basic", r"\b(authorization\W{1,6}basic\s{1,3})[\w+/=]{6,}", r"\1[token]", re.IGNORECASE),
    _rule("://", r"(://)[^\s/@:\[\]]{1,64}:[^\s/@\[\]]{1,64}@", r"\1[secret]@"),
    _rule(_KEY_HINTS, rf"\b({_KEY_LABEL}{_IS})(?!\[)([^\s\"'`;,&<>\\]{{2,}})", _secret, re.IGNORECASE),
    _rule("cookie", r"\b((?:set-)?cookie\s?[:=]\s?)(?!\s?\[)[^\n\r\"]{3,}", r"\1[secret]", re.IGNORECASE),
    _rule("sig", r"\b(sig(?:nature)?(?:=|%3d))(?!\[)[^\s\"'&<>\\;]{6,}", r"\1[secret]", re.IGNORECASE),
    _rule(
        "?code= &code= token= key= st= se= id= state= nonce= session",
        rf"({_QUERY_KEY})(?!\[)([^\s\"'&<>#\\]{{16,}})",
        _query_value,
    ),
    _rule(
        "@ %40",
        r"(?<![\w.+-])[\w.+'’-]{1,64}(?:@|%40)(?!(?i:odata|microsoft)\.)[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}",
        "[email]",
    ),
    _rule("#ext#", r"(?<![\w.+-])[\w.+-]{1,80}#EXT#(?:\[email\]|@[\w.-]{1,100})", "[email]", re.IGNORECASE),
    _rule(": \uff1a", rf"^([>|\s*]{{0,6}}{_HEADER_LABEL}\s?[:：] ?)([^\n\r]{{2,300}})$", _header, re.MULTILINE),
    _rule(
        _PERSON_HINTS,
        rf"\b((?i:{_PERSON_LABEL})(?:_\w{{0,20}})?{_IS})({_CAPITALISED}(?: {_CAPITALISED}){{1,3}})"
        r"(?=[\"'`\\&”’»,;.)\n\r<]|\s*$)",
        _person,
        re.MULTILINE,
    ),
    _rule(
        "",
        rf"^([>|\s]{{0,6}}{_GREETING} )({_CAPITALISED}(?: {_CAPITALISED}){{0,2}})(?=\s?[,!\n\r]|$)",
        _person,
        re.MULTILINE,
    ),
    _rule(
        "regards thank thx wishes cheers gr cordialement saludos merci danke gracias",
        rf"^([>|\s]{{0,6}}(?i:{_CLOSING})[,.!]{{0,2}}\s{{1,4}})({_CAPITALISED}(?: {_CAPITALISED}){{0,2}})$",
        _person,
        re.MULTILINE,
    ),
    _rule("users", r"([\\/]Users[\\/]{1,4})(?!\[)[^\\/\s\"'<>|:]{1,64}", r"\1[user]", re.IGNORECASE),
    _rule("/home/", r"(/home/)(?!\[)[^/\s\"'<>|:]{1,64}", r"\1[user]"),
    _rule("/personal/", r"(/personal/)(?!\[)[^/\s\"'<>?]{1,100}", r"\1[user]"),
    _rule("-", _WHOLE_GUID, _guid),
    _rule("", r"(?<![\w\[/.-])[0-9a-f]{32}(?:[0-9a-f]{8}|[0-9a-f]{32})?(?!\w)", "[ID]"),
    _rule(".", r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)", _address),
    _rule(":", r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])", "[address]"),
    _rule("::", r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,6}(?::[0-9a-fA-F]{1,4}){1,5}(?![\w:])", "[address]"),
    _rule("+", r"(?<![a-zA-Z_+])\+\d{1,3}[ \-./]?\(?\d{1,4}\)?(?:[ \-./]?\d{2,5}){2,4}(?![\w-])", "[phone]"),
    _rule(
        "tel phone mob cell fax handy",
        r"\b((?:tel|phone|mobile|mob|cell|telefon|fax|handy|téléphone)\.?\s?(?:no\.?)?\s?[:=]?\s?)"
        r"\+?\d[\d ()./-]{5,18}\d",
        r"\1[phone]",
        re.IGNORECASE,
    ),
    _rule("", r"(?<![\w+/=.-])[A-Za-z0-9+/]{40,}={0,2}(?![\w+/=-])", _long_token),
)

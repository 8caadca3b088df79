"""Rules for what opens doors: tokens, keys, signatures, passwords, cookies, secrets in addresses."""

from __future__ import annotations

import re

from troubleshooter.diagnosis.redact.marking import Marks
from troubleshooter.diagnosis.redact.rule import IS, QUOTE, Replacement, after, anywhere

_NO_SECRET = re.compile(
    r"yes|no|none|null|true|false|required|expired|changed|invalid|incorrect|wrong|missing|empty|not|string|undefined|"
    r"hidden|redacted|protected|reset|bearer",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:pass(?:word|wd|phrase|code)|pwd|kennwort|passwort|mot de passe|contraseña|wachtwoord|senha|lösenord|heslo|"
    r"adgangskode|salasana|hasło|jelszó|şifre|parola|пароль|パスワード|密码|密碼|비밀번호|"
    r"client[_-]?secret|secret(?: value)?|api[_-]?key|"
    r"(?:access|account|subscription|primary|secondary|private)[_-]?key(?:[_-]?id)?|"
    r"shared[_-]?access[_-]?(?:key|signature)|x-functions-key|client[_-]?assertion|assertion)"
)
_OF_ACCESS = r"(?:(?:access|refresh|id|auth|sas|session|security)[_-]?token|x-ms-token|(?<!publickey)token)"
_HINTS = (
    "passw passp passc passe pwd kennwort contrase wachtwoord senha secret key signature assertion lösenord heslo "
    "adgangskode salasana hasło jelszó şifre parola пароль パスワード 密码 密碼 비밀번호"
)
_KNOWN_BY_ITS_BEGINNING = r"(?<![\w-])(?:gh[oprsu]_|github_pat_|glpat-|xox[abeoprs]-|[rs]k_live_|AKIA)[\w-]{12,4000}"
"""Tokens that services mark as such, so that they are found wherever they leak."""
_QUERY_KEY = r"[?&](?:amp;)?(?:code|token|key|access_token|skoid|sktid|state|nonce|session\w{0,8})="
_GOES_ON = r"(?!%2[26cC]|%3[bB])"
"""No quotation mark, comma or the like follows that is written as in an address."""
_VALUE = rf"(?!\[)(?:{_GOES_ON}[^\s\"'`;,&<>\\]){{2,4000}}"
_QUOTED_VALUE = r"(?<=[\"'])(?!\[)(?:[^\"'\n\\]|\\u00(?!22|27)[0-9a-fA-F]{2}|\\/){2,200}(?=[\"'\\])"


def _quoted_secret(found: re.Match[str], marks: Marks) -> str:
    return found[0] if _NO_SECRET.fullmatch(found[0]) else marks.of("secret", found[0])


def _secret(found: re.Match[str], marks: Marks) -> str:
    """Ordinary words behind a label such as "password:" are no secret."""
    value = found[0].rstrip(").!?:")
    rest = found.string[found.end() : found.end() + 2]
    is_prose = value.isalpha() and rest[:1] == " " and rest[1:].isalpha()
    is_word = _NO_SECRET.fullmatch(value) or is_prose or not value.strip("*xX.•")
    return found[0] if is_word else marks.of("secret", value)


def _with_digit(kind: str) -> Replacement:
    """A mark, unless the value has no digit: then it is a word."""

    def replaced(found: re.Match[str], marks: Marks) -> str:
        return marks.of(kind, found[0]) if any(map(str.isdigit, found[0])) else found[0]

    return replaced


def _query_value(found: re.Match[str], marks: Marks) -> str:
    """Words such as an error code stay; keys and signatures are no words."""
    return found[0] if found[0].isalpha() and not found[0].isupper() else marks.of("secret", found[0])


def _long_token(found: re.Match[str], marks: Marks) -> str:
    return marks.of("secret", found[0]) if any(map(_is_random, found[0].split("/"))) else found[0]


def _is_random(piece: str) -> bool:
    kinds = (str.isdigit, str.islower, str.isupper)
    return len(piece) >= 20 and all(any(map(kind, piece)) for kind in kinds)


RULES = (
    anywhere(
        "private key", r"(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----\s{0,3})[^-\[\s][^-\[]{20,6000}(?<!\s)", "secret"
    ),
    anywhere("gh github_pat_ glpat- xox k_live_ akia", _KNOWN_BY_ITS_BEGINNING, "token"),
    anywhere("eyj", r"eyJ[\w-]{8,}(?:\.[\w-]*){0,4}", "token"),
    after("bearer", r"bearer(?:\s{1,3}|\+|%20)", (r"[\w.~+/-]{12,4000}={0,3}", _with_digit("token"))),
    after("bearer", r"authorization\W{1,6}bearer\s{1,3}", (r"[\w.~+/-]{12,4000}={0,3}", "token")),
    after("basic", r"authorization\W{1,6}basic\s{1,3}", (r"[\w+/=]{6,}", "token")),
    after("sharedkey", r"sharedkey(?:lite)?\s{1,3}[\w-]{1,60}:", (r"[\w+/=]{20,}", "secret")),
    after("token", _OF_ACCESS + IS, (rf"(?!\[)(?:{_GOES_ON}[\w.~+/%-]){{16,4000}}={{0,3}}", _with_digit("token"))),
    anywhere("://", r"(://)[^\s/@:\[\]]{1,64}:[^\s/@\[\]]{1,64}(?=@)", "secret"),
    after(_HINTS, _LABEL + IS, (_QUOTED_VALUE, _quoted_secret), (_VALUE, _secret)),
    after(_HINTS, rf"{_LABEL}\s(?:is|was|ist|lautet|est)\s{QUOTE}?", (_VALUE, _with_digit("secret"))),
    after("cookie", rf"(?:set-)?cookie{IS}", (r"(?!\s?\[)[^\n\r\"=]{1,200}=[^\n\r\"]{2,8000}", "secret")),
    anywhere(
        "sig", rf"([sS](?<![a-zA-Z_-][sS])(?i:ig(?:nature)?(?:=|%3d)){QUOTE}?)(?!\[)[^\s\"'&<>\\;]{{6,}}", "secret"
    ),
    after(
        "?code= &code= ;code= token= key= id= state= nonce= session",
        _QUERY_KEY,
        (r"(?!\[)[^\s\"'&<>#\\]{16,4000}", _query_value),
    ),
    after("signature", rf"signature{IS}", (r"[\w+/=%-]{16,4000}", _with_digit("secret"))),
)

LAST_RULES = (anywhere("", r"(?<![\w+/=.-])[A-Za-z0-9+/]{40,}={0,2}(?![\w+/=-])", _long_token),)
"""What looks like a key although nothing says so: tried when everything that has a name was replaced."""

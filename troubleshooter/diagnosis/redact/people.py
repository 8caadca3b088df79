"""Rules for people: mail addresses, names where something says that they are names, user names, phone numbers."""

from __future__ import annotations

import re

from troubleshooter.diagnosis.redact.marking import Marks
from troubleshooter.diagnosis.redact.rule import IS, QUOTE, looks_like_code, rule

_NO_NAME = re.compile(
    r"\b(?:bad|request|gateway|not|found|error|failed|failure|internal|server|unauthori[sz]ed|forbidden|flow|connection|"
    r"power|apps?|automate|trigger|http|code|status|the|this|timeout|service|sharepoint|office|microsoft|azure|"
    r"environment|action|all|everyone|everybody|team|there|folks|community|support|admins?|administrator|system|experts?|"
    r"both|again|outlook|teams|excel|onedrive|dataverse|sql|planner|forms|approvals?|dynamics|desktop|cloud|copilot|"
    r"studio|solution|recurrence|connector|reference|group|unknown|none|null|anonymous|owner|maker)\b",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_a-zß-ÿ](?:[\w.-]|['’](?=\w)){0,30}"
"""A word with a capital letter, or of a script without any."""
_FULL_NAME = rf"{_WORD}(?:,? {_WORD}){{1,3}}"
_NAMES = re.compile(_FULL_NAME)
_UNNAMED = re.compile(r"[^\s,;<>\[\]][^,;<>\[\]]*(?=<|\[email\]|[,;]|$)")
_ENDS = r"(?=[\"'`\\&”’»,;.)(\n\r<|]|\s*$)"

_HEADER_LABEL = r"(?:From|To|Cc|Bcc|Reply-To|Sender|Von|An|De|À|A|Para|Da|Fra|Til|Van|Aan|差出人|宛先|发件人|收件人)"
_LABEL = (
    r"(?:display ?name|full ?name|user ?name|user|owner|(?:created|modified|requested|reported|sent|owned|approved|"
    r"assigned|shared|submitted) ?(?:by|to|with)|request[eo]r|author|contact|employee|maker|benutzer|besitzer|"
    r"propriétaire|assignee|approver|manager)"
)
_HINTS = "name user owner by to: with request author contact employee maker benutzer besitzer propri assignee approver"
_DONE_BY = (
    r"(?:created|modified|requested|reported|sent|owned|approved|assigned|shared|submitted|triggered|started|raised) "
    r"(?:by|to|with)|on behalf of|my name is|mein name ist|je m'appelle|me llamo|mi chiamo"
)
_PART_OF_NAME = r"(?:given ?name|first ?name|last ?name|surname|family ?name|sur_?name|vorname|nachname)"
_GREETING = r"(?:Hi|Hello|Dear|Hey|Hallo|Liebe[rs]?|Bonjour|Hola|Ciao|Good (?:morning|afternoon|evening))"
_CLOSING = (
    r"(?:(?:best|kind|warm|many)?\s?(?:regards|thanks|wishes)|thank you|thx|cheers|(?:viele|mit freundlichen|"
    r"beste)n?\s?(?:grüße|grüßen|gruss|dank)|cordialement|saludos|merci|danke|gracias)"
)
_ACCOUNT_LABEL = r"(?:user|account|login|log-?on|owner|identity)(?:[ _-]?(?:name|id))?"
_OF_THE_SYSTEM = ("NT ", "NT-", "AUTHORITY", "BUILTIN")
_ROLE = r"(?i:(?:the )?(?:flow |app |connection )?(?:co-?)?(?:owner|maker|author|approver|manager))"


def _header(found: re.Match[str], marks: Marks) -> str:
    """The names in a line of a mail's head."""
    label, value = found[1], found[2].strip()
    if "[name]" in value or value == "[email]":
        return found[0]
    if "[email]" in value:
        return label + _UNNAMED.sub(marks.of("name", "") + " ", value).rstrip()
    return label + marks.of("name", value) if _NAMES.fullmatch(value) and _may_name(value) else found[0]


def _person(found: re.Match[str], marks: Marks) -> str:
    return found[1] + marks.of("name", found[2]) if _may_name(found[2]) else found[0]


def _account(found: re.Match[str], marks: Marks) -> str:
    is_code = looks_like_code(found[2]) or found[2].upper().startswith(_OF_THE_SYSTEM)
    return found[0] if is_code else found[1] + marks.of("user", found[2])


def _may_name(value: str) -> bool:
    return not (_NO_NAME.search(value) or looks_like_code(value))


_EMAIL = (
    r"(?:(?<![\w.+%\\-])|(?<=\\[nrt])|(?<=\\)(?![nrt]|u[0-9a-fA-F]{4})|(?<=\\u[0-9a-fA-F]{4})|(?<=%[0-9A-Fa-f]{2}))"
    r"(?:[\w+]|%2B)(?:[\w.+'’-]|%2B){0,63}"
    r"(?:@|%40|\\u0040)(?!(?i:odata|microsoft)\.)[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[^\W\d_][\w-]{1,62}"
)

RULES = (
    rule("@ %40 u0040", _EMAIL, "email"),
    rule("#ext#", r"(?<![\w.+-])[\w.+-]{1,80}#EXT#(?:\[email\]|@[\w.-]{1,100})", "email", re.IGNORECASE),
    rule(": \uff1a", rf"^([>|\s*]{{0,6}}{_HEADER_LABEL}\s?[:：] ?)([^\n\r]{{2,300}})$", _header, re.MULTILINE),
    rule("[email]", rf"(?<![\w@.])()({_FULL_NAME})(?={QUOTE}?\s?(?:[<(]|&lt;)\[email\])", _person),
    rule("[email]", rf"(\[email\]\s?\()({_FULL_NAME})(?=\))", _person),
    rule(_HINTS, rf"\b((?i:{_LABEL})(?:_\w{{0,20}})?{IS})({_FULL_NAME}){_ENDS}", _person, re.MULTILINE),
    rule("name", rf"\b((?i:{_PART_OF_NAME}){IS})({_WORD}(?: {_WORD})?){_ENDS}", _person, re.MULTILINE),
    rule(
        "by to with behalf name appelle llamo chiamo",
        rf"\b((?i:{_DONE_BY}) {QUOTE}?)({_WORD}(?: {_WORD}){{1,3}})",
        _person,
    ),
    rule("@", rf"(?<![\w.@/])(@)({_WORD} {_WORD})(?!\w)", _person),
    rule("owner maker author approver manager", rf"(?<![\w@.])()({_WORD}(?: {_WORD}){{1,2}})(?= \({_ROLE}\))", _person),
    rule("", rf"^([>|\s]{{0,6}}{_GREETING} )({_WORD}(?: {_WORD}){{0,2}})(?=\s?[,!\n\r]|$)", _person, re.MULTILINE),
    rule(
        "regards thank thx wishes cheers gr cordialement saludos merci danke gracias",
        rf"^([>|\s]{{0,6}}(?i:{_CLOSING})[,.!]{{0,2}}\s{{1,4}})({_WORD}(?: {_WORD}){{0,2}})$",
        _person,
        re.MULTILINE,
    ),
    rule(
        "\\",
        rf"\b((?:{_ACCOUNT_LABEL})(?:{IS}|\s{QUOTE}?))([a-z][\w-]{{1,20}}\\{{1,4}}[\w.$-]{{2,40}})",
        _account,
        re.IGNORECASE,
    ),
    rule(
        "id= id = name= uid",
        rf"\b((?:user ?(?:id|name)|uid)\s?=\s?{QUOTE}?)([\w.-]{{2,40}})(?=;)",
        _account,
        re.IGNORECASE,
    ),
    rule(
        "users profiles settings",
        r"([\\/](?i:Users|Profiles|Documents and Settings)[\\/]{1,4})(?!\[)"
        rf"(?:{_WORD}(?: {_WORD}){{1,2}}(?=[\\/])|[^\\/\s\"'<>|:;]{{1,64}})",
        "user",
    ),
    rule("/home/", r"(/home/)(?!\[)[^/\s\"'<>|:;]{1,64}", "user"),
    rule("home$", r"(\bhome\$[\\/]{1,4})(?!\[)[^\\/\s\"'<>|:;]{1,64}", "user", re.IGNORECASE),
    rule("/personal/ %2fpersonal%2f", r"((?:/|%2F)personal(?:/|%2F))(?!\[)[^/%\s\"'<>?]{1,100}", "user", re.IGNORECASE),
    rule(
        "+",
        r"(?<![a-zA-Z_+\d])\+\d{1,3}[ \-./]?(?:\(\d{1,4}\)[ \-./]?)?\d{1,5}(?:[ \-./]?\d{2,5}){1,4}(?![\w-])",
        "phone",
    ),
    rule(
        "tel phone mob cell fax handy ring call number whatsapp",
        r"\b((?:tel|(?:tele)?phone|mobile?|cell|telefon|fax|handy|téléphone|ring|call me (?:on|at)|whatsapp|"
        r"(?:phone|mobile|my) number(?: is)?)\.?\s?(?:no\.?|number)?\s?[:=]?\s?)"
        r"\+?\(?\d[\d ()./-]{5,18}\d",
        "phone",
        re.IGNORECASE,
    ),
    rule("-", r"(?<![\w.+-])(?:\(\d{3}\) |\d{3}-)\d{3}-\d{4}(?![\w.-])", "phone"),
)

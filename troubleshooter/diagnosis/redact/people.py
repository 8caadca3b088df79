"""Rules for people: mail addresses, names where something says that they are names, user names, phone numbers."""

from __future__ import annotations

import re

from troubleshooter.diagnosis.redact.marking import Marks
from troubleshooter.diagnosis.redact.rule import IS, QUOTE, after, anywhere, around, before, looks_like_code

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
_NEXT = rf",? (?:(?:da|de|del|della|den|der|di|dos|du|la|ter|van|von|zu) ){{0,2}}{_WORD}"
_LABELLED_NAME = rf"{_WORD}(?:{_NEXT}){{1,3}}"
"""Where a label says that it is a name, small words may be a part of it."""
_NAMES = re.compile(_FULL_NAME)
_NAMED_BESIDE_MAIL = re.compile(
    rf"([^\s,;:<>\[\]][^;:<>\[\]]{{0,80}}?)(?=\s?(?:<|\[email\]))|(?<![^,;]) ?{_FULL_NAME}(?=[,;]|$)"
)
"""In the head of a mail: what stands before an address, and a whole name between the signs of a list."""
_ENDS = r"(?=[\"'`\\&”’»,;.)(\n\r<|]|\s\||\s*$)"

_HEADER_LABEL = r"(?:From|To|Cc|Bcc|Reply-To|Sender|Von|An|De|À|A|Para|Da|Fra|Til|Van|Aan|差出人|宛先|发件人|收件人)"
_LABEL = (
    r"(?:display ?name|full ?name|user ?name|user|owner|(?:created|modified|requested|reported|sent|owned|approved|"
    r"assigned|shared|submitted) ?(?:by|to|with)|request[eo]r|author|contact|employee|maker|benutzer|besitzer|"
    r"propriétaire|assignee|approver|manager)"
)
_HINTS = (
    "name user owner by to: with assigned shared request author contact employee maker benutzer besitzer propri "
    "assignee approver"
)
_DONE_BY = (
    r"(?:created|modified|requested|reported|sent|owned|approved|assigned|shared|submitted|triggered|started|raised) "
    r"(?:by|to|with)|on behalf of|my name is|mein name ist|je m'appelle|me llamo|mi chiamo"
)
_QUOTED = "user owner member caller maker person account colleague identity benutzer"
"""Words behind which a name may stand in quotation marks."""
_TITLE = "mr mrs herr frau"
_PART_OF_NAME = r"(?:given ?name|first ?name|last ?name|surname|family ?name|sur_?name|vorname|nachname)"
_GREETING = (
    r"(?:Hi|Hello|Dear|Hey|Hallo|Liebe[rs]?|Sehr geehrter? (?:Herr|Frau)|Bonjour|Ch(?:er|ère)|Hola|Estimad[oa]|Ciao|"
    r"Buongiorno|Olá|Beste|Hej|Good (?:morning|afternoon|evening))"
)
_CLOSING = (
    r"(?:(?:best|kind|warm|many)?\s?(?:regards|thanks|wishes)|thank you|thx|cheers|(?:viele|mit freundlichen|"
    r"beste)n?\s?(?:grüße|grüßen|gruss|dank)|cordialement|saludos|merci|danke|gracias)"
)
_ACCOUNT_LABEL = r"(?:user|account|login|log-?on|owner|identity)(?:[ _-]?(?:name|id))?"
_OF_THE_SYSTEM = ("NT ", "NT-", "AUTHORITY", "BUILTIN")
_NO_LOGIN = re.compile(r"root|system|guest|none|null|unknown|anonymous|admin(?:istrator)?|user", re.IGNORECASE)
_ROLE = r"(?:(?:the )?(?:flow |app |connection )?(?:co-?)?(?:owner|maker|author|approver|manager))"


def _header(found: re.Match[str], marks: Marks) -> str:
    """The names in a line of a mail's head."""
    label, value = found[1], found[2].strip()
    if "[name]" in value or value == "[email]":
        return found[0]
    if "[email]" in value:
        return label + _NAMED_BESIDE_MAIL.sub(lambda part: _beside_mail(part, marks), value)
    names = value.split(";")
    if not all(_NAMES.fullmatch(name.strip()) and _may_name(name) for name in names):
        return found[0]
    return label + "; ".join(marks.of("name", name) for name in names)


def _beside_mail(found: re.Match[str], marks: Marks) -> str:
    """Whatever stands before an address is whose it is; people are called Cloud and Teams, too."""
    return marks.of("name", found[0]) if found[1] else _person(found, marks)


def _person(found: re.Match[str], marks: Marks) -> str:
    return marks.of("name", found[0]) if _may_name(found[0]) else found[0]


def _greeted(found: re.Match[str], marks: Marks) -> str:
    return found[1] + marks.of("name", found[2]) if _may_name(found[2]) else found[0]


def _account(found: re.Match[str], marks: Marks) -> str:
    is_code = looks_like_code(found[0]) or found[0].upper().startswith(_OF_THE_SYSTEM)
    return found[0] if is_code else marks.of("user", found[0])


def _login(found: re.Match[str], marks: Marks) -> str:
    return found[0] if _NO_LOGIN.fullmatch(found[0]) else _account(found, marks)


def _may_name(value: str) -> bool:
    return not (_NO_NAME.search(value) or looks_like_code(value))


_MAIL_HOST = r"(?!odata\.|microsoft\.)[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[^\W\d_][\w-]{1,62}"
_MAIL_USER = (
    r"(?:(?<![\w.+%\\-])|(?<=\\[nrt])|(?<=\\)(?![nrt]|u[0-9a-fA-F]{4})|(?<=\\u[0-9a-fA-F]{4})|(?<=%[0-9A-Fa-f]{2}))"
    r"(?:[\w+]|%2B)(?:[\w.+'’-]|%2B){0,63}"
)
_USER = r"(?!\[)[^\\/\s\"'<>|:;]{1,64}"

RULES = (
    around("@ %40 u0040", rf"(?:@|%40|\\u0040){_MAIL_HOST}", _MAIL_USER, "email"),
    around("#ext#", r"#ext#(?:\[email\]|@[\w.-]{1,100})", r"(?<![\w.+-])[\w.+-]{1,80}", "email"),
    anywhere(": \uff1a", rf"^([>|\s*]{{0,6}}{_HEADER_LABEL}\s?[:：] ?)([^\n\r]{{2,300}})$", _header, re.MULTILINE),
    before("[email]", rf"{QUOTE}?\s?(?:[<(]|&lt;|\[mailto:)\[email\]", rf"(?<![\w@.]){_FULL_NAME}", _person),
    after(
        "am i'm bin suis",
        r"(?:i am|i'm|ich bin|je suis) ",
        (rf"{_WORD}(?: {_WORD}){{1,2}}(?=,| from | aus | de )", _person),
    ),
    after("[email]", r"\[email\]\s?\(", (rf"{_FULL_NAME}(?=\))", _person)),
    after(_HINTS, rf"{_LABEL}(?:_\w{{0,20}})?{IS}", (_LABELLED_NAME + _ENDS, _person)),
    after("name", _PART_OF_NAME + IS, (rf"{_WORD}(?:{_NEXT})?{_ENDS}", _person)),
    after(
        "by to with behalf name appelle llamo chiamo",
        rf"(?:{_DONE_BY}) {QUOTE}?",
        (_LABELLED_NAME, _person),
    ),
    after(_QUOTED, rf"(?:{_QUOTED.replace(' ', '|')}) {QUOTE}", (rf"{_LABELLED_NAME}(?={QUOTE})", _person)),
    anywhere("@", rf"(?<=@)(?<![\w.@/]@){_WORD} {_WORD}(?!\w)", _person),
    before(
        "owner) maker) author) approver) manager)", rf" \({_ROLE}\)", rf"(?<![\w@.]){_WORD}(?: {_WORD}){{1,2}}", _person
    ),
    anywhere("", rf"^([>|\s]{{0,6}}{_GREETING} )({_WORD}(?: {_WORD}){{0,2}})(?=\s?[,!\n\r]|$)", _greeted, re.MULTILINE),
    anywhere(
        "regards thank thx wishes cheers gr cordialement saludos merci danke gracias",
        rf"^([>|\s]{{0,6}}(?i:{_CLOSING})[,.!]{{0,2}}\s{{1,4}})({_WORD}(?: {_WORD}){{0,2}})$",
        _greeted,
        re.MULTILINE,
    ),
    after(_TITLE, rf"(?:{_TITLE.replace(' ', '|')})\.? ", (rf"{_WORD}(?: {_WORD}){{0,2}}", _person)),
    after("\\", rf"{_ACCOUNT_LABEL}(?:{IS}|\s{QUOTE}?)", (r"[a-zA-Z][\w-]{1,20}\\{1,4}[\w.$-]{2,40}", _account)),
    after("id= id = name= uid", rf"(?:user ?(?:id|name)|uid)\s?=\s?{QUOTE}?", (r"[\w.-]{2,40}(?=;)", _account)),
    after("user=", r"user=", (r"(?=[a-zA-Z])[\w.-]{2,40}(?=[;&\s]|$)", _login)),
    anywhere(
        "users profiles settings",
        r"([\\/](?i:Users|Profiles|Documents and Settings)[\\/]{1,4})(?!\[)"
        rf"(?:{_WORD}(?: {_WORD}){{1,2}}(?=[\\/])|{_USER})",
        "user",
    ),
    anywhere("/home/", rf"(/home/){_USER}", "user"),
    after("home$", r"home\$[\\/]{1,4}", (_USER, "user")),
    anywhere("/personal/ %2fpersonal%2f", r"((?:/|%2F)(?i:personal)(?:/|%2F))(?!\[)[^/%\s\"'<>?]{1,100}", "user"),
    anywhere(
        "+",
        r"(?<![a-zA-Z_+\d:])\+(?=(?:[ \-./()]{0,2}\d){8,15}(?!\d))"
        r"\d{1,3}[ \-./]?(?:\(\d{1,4}\)[ \-./]?)?\d{1,5}(?:[ \-./]?\d{2,5}){1,4}(?![\w-])",
        "phone",
    ),
    after(
        "tel phone mob cell fax handy ring call number whatsapp",
        r"(?:telephone|telefon|tel|phone|mobile?|cell|fax|handy|téléphone|ring|call me (?:on|at)|whatsapp|"
        r"(?:phone|mobile|my) number(?: is)?)\.?\s?(?:no\.?|number)?\s?[:=]?\s?",
        (r"\+?\(?\d[\d ()./-]{5,18}\d", "phone"),
    ),
    anywhere("-", r"[\d(](?<![\w.+-][\d(])(?:(?<=\()\d{3}\) |(?<=\d)\d\d-)\d{3}-\d{4}(?![\w.-])", "phone"),
)

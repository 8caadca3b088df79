"""Rules for whose tenant and which environment it is; the hosts and words of the product itself stay."""

from __future__ import annotations

import re

from troubleshooter.diagnosis.redact.marking import Marks
from troubleshooter.diagnosis.redact.rule import IS, QUOTE, Replacement, after, anywhere, before, looks_like_code

_NO_PLACE = re.compile(
    r"production|prod|dev|development|developer|tests?|testing|uat|qa|sandbox|default|source|target|trial|staging|stage|"
    r"live|managed|unmanaged|name|id|not|set|null|none|unknown|this|the|my|our|your|same|other|both|any|all|new|old|is|"
    r"was|in|of|no|and|or|for|with|yes|true|false|environments?|variables?|tenant|yourtenant|admin|administrator|"
    r"common|organizations|consumers|www|api|example|power|platform|automate|apps|dataverse|microsoft|azure|entra|"
    r"directory|teams|desktop|region|europe?|global|make|home|disco|globaldisco|personal|productivity|org|organization|"
    r"company|solution|local|windows|linux|node|cloud|public|private"
)
"""Words that name no one's own place."""
_PART = re.compile(r"[^\W_]+")
_REST = r"(?:[\w&-]|[.'’](?=\w)){0,40}"
_WORD = rf"[^\W\d_a-zß-ÿ]{_REST}"
_FULL = rf"{_WORD}(?: (?:(?:[-–&|/]|of|de) )?[(]?(?:[^\W_a-zß-ÿ]{_REST}|default)[)]?){{0,5}}"
"""Words with capital letters, the last ones in brackets perhaps."""
_SLUG = r"[^\W_](?:[^\W_]|[_-]){0,40}[_-][\w-]{0,40}[^\W_]"
"""One word with a hyphen or a low line, as people name environments."""
_HOST = r"(?:(?<![\w%-])|(?<=%2[Ff])|(?<=%3[Dd])|(?<=u002[Ff]))[a-zA-Z0-9][a-zA-Z0-9-]{0,60}"
"""The first part of a host's name, behind an encoded slash perhaps."""
_DOMAIN = r"[a-zA-Z0-9-]{1,60}(?:\.[a-z]{2,20}){1,3}(?=[/%\\])(?<!\.onmicrosoft\.com)"
_ENVIRONMENT = r"(?:environment|env|umgebung|environnement|entorno|ambiente|omgeving)(?:[ _-]?(?:display)?[ _-]?name)?"
_TENANT = r"(?:tenant|organi[sz]ation|company|mandant)(?:[ _-]?(?:display)?[ _-]?name)?"
_ENDS = r"(?=[\"'`\\&”’»,;.\n\r<|]|\s*$|\s\W)"


def _named(kind: str) -> Replacement:
    """A mark, unless all the words are ordinary ones."""

    def replaced(found: re.Match[str], marks: Marks) -> str:
        value = found[0]
        is_ordinary = all(map(_NO_PLACE.fullmatch, _PART.findall(value.lower())))
        return value if is_ordinary or looks_like_code(value) else marks.of(kind, value)

    return replaced


RULES = (
    before(
        ".sharepoint. .onmicrosoft.",
        r"(?:-my|-admin)?\.sharepoint(?:-df)?\.(?:com|us|de|cn)|\.onmicrosoft\.",
        _HOST,
        _named("tenant"),
    ),
    after("login.microsoftonline.com", r"login\.microsoftonline\.com(?:/|%2f|\\/)", (_DOMAIN, _named("tenant"))),
    before(
        ".dynamics. .microsoftdynamics.",
        r"(?:\.api)?\.crm\d{0,2}\.(?:dynamics\.(?:com|cn)|microsoftdynamics\.)",
        _HOST,
        _named("environment"),
    ),
    anywhere("org unq", r"(?<![\w.-])(?:org|unq)(?=[a-f]{0,40}\d)[0-9a-f]{8,40}(?![\w.-])", "environment"),
    after(
        "env umgebung entorno ambiente omgeving",
        rf"{_ENVIRONMENT}(?:{IS}|\s{QUOTE})",
        (rf"(?:{_FULL}|{_SLUG}){_ENDS}", _named("environment")),
    ),
    after(
        "tenant organi company mandant directory",
        rf"(?:{_TENANT}(?:{IS}|\s{QUOTE})|directory\s{QUOTE})",
        (rf"(?:{_FULL}|{_SLUG}){_ENDS}", _named("tenant")),
    ),
)

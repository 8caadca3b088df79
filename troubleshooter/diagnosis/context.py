"""What stands around a place in a text: is it denied, and does the text speak of other software?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Fact
from .normalise import Plain, folded

_FILLERS = (
    r"(?:the|a|an|any|this|that|these|those|just|usual|old|same|more|longer|about|because|of|with|as|by|error|code|http|"
    r"status|get|gets|getting|give|gives|giving|see|seeing|show|shows|showing|return|returns|returning|throw|throws|say|"
    r"says|saying|einen?|der|die|das|le|la|une?|el|longer|thing)"
)
_DENIED_BEFORE = re.compile(
    rf"(?:\b(?:not|no|never|without|neither|nor|instead of|rather than|kein\w*|nicht|ohne|pas|sans|ningun\w*)|n't)"
    rf"(?:[ \n\"'`(]+{_FILLERS}\b){{0,4}}[ \n\"'`(]*$"
)
_DENIED_AFTER = re.compile(
    r"^[\"'`) ]*(?:(?!and\b|but\b|or\b|so\b)\w+ ){0,3}(?:any ?more|no longer|(?:is|was|are|were|got|been) (?:gone|fixed|solved|"
    r"resolved|over)|gone|nicht mehr|kein\w* mehr|ya no)\b"
)

_NAMES = re.compile(
    r"power ?(?:apps?|automate|platform|fx|pages|bi)|sharepoint|dataverse|common ?data ?service|azure-api(?:m|hub)|"
    r"(?:shared|logic) ?_?(?:apps?|flows)\b|microsoft[./ -]?(?:flow|powerapps|logic|azure|crm|dynamics)|canvas ?app|"
    r"\bconnectors?\b|connection ?references?|dynamics|\bcrm\b|\bxrm|triggerbody|triggeroutputs|logicexpressions|"
    r"clientrequestid|office ?365|\bcloud flow|\bcoe\b"
)
_WORDS = re.compile(
    r"\bflows?\b|\bflux\b|\bflujos?\b|\bfluss\b|\bflusso\b|\bfluxo\b|\bapps?\b|\bonedrive\b|\boutlook\b|\bteams\b|"
    r"\bexcel\b|\bplanner\b|\bapprovals?\b|\.run\b|workflows?/|"
    + "|".join(map(folded, ("フロー", "アプリ", "流程", "应用", "應用", "흐름", "앱", "поток", "приложени")))
)
_OTHER_SOFTWARE = re.compile(
    r"traceback \(most recent call last\)|\bnpm err|\bn8n\b|\.(?:java|kt|scala|rb|go|php|py|rs|cpp):\d+|\bjava\.\w+|"
    r"exception in thread|\bgoroutine \d|\bphp (?:fatal|warning|notice|parse)|\bkernel:|\bsystemd\b|\bsshd\b|"
    r"\be(?:inval|noent|acces|perm|exist|pipe|addrinuse|conn(?:refused|reset|aborted)|timedout|hostunreach|notfound)\b|"
    r"androidruntime|\blogcat\b|segmentation fault|core dumped|\bpip(?:3)? install|\bgit (?:push|pull|clone|fetch)\b|"
    r"\bcargo (?:build|run)|\bmake(?:\[\d+\])?: \*\*\*|\bgradle|\bmaven\b|\bkubectl|\bdjango\b|\bzapier\b|\bifttt\b"
)
_OTHER_SERVICES = re.compile(
    r"\bopenai\b|\bnginx\b|\bapache\b|\btengine\b|\bcloudflare\b|\btomcat\b|\bsql server\b|\bmysql|\bmariadb\b|\bpostgres|"
    r"\bmongo(?:db)?\b|\bredis\b|\bora-\d{5}|\bdocker\b|\bkubernetes\b|\bterraform\b|\bgithub\b|\bgitlab\b|\bjenkins\b|"
    r"\bwordpress\b|\blaravel\b|\bspring(?:boot)?\b|\baws\b|\bs3\b|\bfirebase\b|\bandroid\b|\bios\b|\bxcode\b|\biis\b|"
    r"\bpython\b|\bnode(?:\.js)?\b|\bphp\b|\bruby\b|\bjava\b|\bselenium\b|\bansible\b|\bsap\b|\boracle\b|\bcurl\b|\bwget\b"
)
LONG = 300
"""Characters of a text that would have named our product by now."""


@dataclass(frozen=True)
class Hit:
    """A fact found at start..end of the plain text, `depth` errors deep; `weight` tells equals apart."""

    fact: Fact
    start: int
    end: int
    depth: int = 0
    weight: float = 1.0


def is_denied(plain: Plain, start: int, end: int) -> bool:
    """True where the text says that this is not, or no longer, the error."""
    before, after = plain.lower[max(0, start - 60) : start], plain.lower[end : end + 40]
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after))


def is_foreign(plain: Plain) -> bool:
    """True for a text about other software, in which a status or an everyday word says nothing about a flow."""
    text = plain.lower
    if _NAMES.search(text):
        return False
    if _OTHER_SOFTWARE.search(text):
        return True
    if _WORDS.search(text):
        return False
    return len(text) > LONG or bool(_OTHER_SERVICES.search(text))

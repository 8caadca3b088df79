"""What stands around a place in a text: is it denied, and does the text speak of other software?"""

from __future__ import annotations

import re

from troubleshooter.diagnosis.text.lists import word_set
from troubleshooter.diagnosis.text.normalise import Plain, folded, squeezed

_FILLERS = (
    r"(?:the|an?|any|this|that|these|those|just|usual|old|same|longer|about|because|of|with|as|by|error|code|http|status|"
    r"thing|gets?|getting|gives?|giving|see|seeing|shows?|showing|returns?|returning|throws?|says?|saying|"
    r"einen?|der|die|das|le|la|une?|el)"
)
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:not|no|never|without|neither|nor|instead of|rather than|kein\w*|nicht|ohne|pas|sans|ningun\w*)|n't)"
    rf"(?:[ \n\"'`(]+{_FILLERS}\b){{0,4}}[ \n\"'`(]*$"
)
_DENIED_AFTER = re.compile(
    r"[\"'`) ]*(?:[,;:(-] ?)?(?:now |already |then )?(?:(?:is|was|got) )?(?:fixed|solved|resolved|cured)\b|"
    r"[\"'`) ]*(?:(?!and\b|but\b|or\b|so\b)\w+ ){0,3}"
    r"(?:any ?more|no longer|(?:is|was|are|were|got|been) (?:gone|fixed|solved|resolved|over|history)|gone|nicht mehr|"
    r"ya no)\b"
)

_PAST_BEFORE = re.compile(
    r"\b(?:before|earlier|previously|formerly|yesterday|last week|at first|first|used to (?:be|get)|vorher|gestern|"
    r"zuerst|avant|hier|antes|ayer|prima|ieri)\b[^.!?\n]{0,25}$"
)
_NOW_AFTER = re.compile(
    r"\b(?:now|today|since then|meanwhile|these days|"
    r"jetzt|heute|maintenant|ahora|hoy|adesso|oggi|agora)\b"
)
"""Behind what was the error before: what follows is the one that counts."""

_NAMES = (
    "power app", "powerapp", "power automate", "powerautomate", "power platform", "power fx", "power pages", "power bi",
    "microsoft flow", "microsoft.flow", "microsoft-azure", "microsoft.logic", "microsoft.crm", "microsoft dynamics",
    "sharepoint", "dataverse", "common data service", "commondataservice", "azure-api", "logic app", "logicapp",
    "logicflows", "canvas app", "cloud flow", "connector", "connection reference", "connectionreference", "triggerbody",
    "triggeroutputs", "logicexpressions", "clientrequestid", "office 365", "office365", "ms-apihub",
)  # fmt: skip
"""Names of our products and of what only they print."""
LEAST_SQUEEZED = 10
"""Letters of a name that is known even where a line's end broke it."""
_LONG_NAMES = tuple(dict.fromkeys(name for name in map(squeezed, _NAMES) if len(name) >= LEAST_SQUEEZED))
_WORDS = word_set(
    "flow flows flux flujo flujos fluss flusso fluxo app apps onedrive outlook teams excel planner approval approvals "
    "workflow workflows run crm xrm coe"
)
"""Words of our products that other software has too."""
_UNSPACED_WORDS = tuple(map(folded, ("フロー", "アプリ", "流程", "应用", "應用", "흐름", "앱", "поток", "приложени")))
_OTHER_SOFTWARE = re.compile(
    r"traceback \(most recent|npm err|exception in thread|\.(?:java|kt|scala|rb|go|php|py|rs|cpp):\d|goroutine \d|"
    r"php (?:fatal|warning|notice|parse)|core dumped|segmentation fault|git (?:push|pull|clone|fetch)|task scheduler|"
    r"fatal: unable to access|failed to execute goal|failed to fetch https?:|must be logged in to the server|"
    r"error from server \(|\.ya?ml\b|\bstatus code: \d{3}, request id\b|\bhttp error \d{3}\.\d|\bora-\d{5}\b|"
    r"\(/[\w./-]{1,80}\.m?js:\d+:\d+\)|\btype status report\b|"
    r"\b(?:level|lvl)=\"?(?:err|eror|warn|info)|\butc \[\d+\] \w+:|\d#\d+: \*\d|\b[\w-]{1,30}\.exe\b|"
    r"\b[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.\d\b|\bnode-red\b"
)
_LOG_OF_OTHERS = re.compile(
    r"\b(?:INFO|WARN|WARNING|ERROR|FATAL|DEBUG|SEVERE) (?:\[|[A-Z][a-z]+[A-Z]\w*:|[\w$]{1,40}\.[\w$]{1,40})"
    r"|(?:^|\n)[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \S{1,60} \S{1,60}: "
    r"|(?:^|\n)\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +\d+ +\d+ [VDIWEF] "
    r"|(?:^|\n)[IWEF]\d{4} \d\d:\d\d:\d\d\.\d|(?:^|\n)\S{1,40}\|\w{1,40}\|\d+\|"
    r"|\"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT) \S{1,300} HTTP/\d"
    r"|(?<![\w.-])[a-z][\w.-]{1,30}\[\d{1,7}\]:"
    r"|(?:^|\n)\[(?:INFO|WARN|WARNING|ERROR|FATAL|DEBUG)\] [A-Z]\w{1,60}:|(?:^|\n)(?:CRITICAL|WARNING) - "
    r"|\bERROR \d{4} \([0-9A-Z]{5}\)|\b(?:FAILED|UNREACHABLE)! =>|%[A-Z][A-Z_]{1,30}-\d-[A-Z_]{2,40}:"
    r"|\bProduct: [^\n]{1,60} -- [A-Z]|(?:^|\n)[A-Z]{2,20}(?:_[A-Z]{2,20}){1,6}: (?=[^\n]{0,80}[a-z])"
    r"|(?<![\w.])[a-z_][a-z_0-9]{0,30}(?:\.[a-z_0-9]{1,30}){1,8}\.[A-Z][A-Za-z$]{2,}"
)
"""How servers, phones, switches and installers write a line: level and class, host and process, a request, a package,
a state of SQL, a facility with its severity, a product."""
_OTHER_WORDS = word_set(
    "n8n kernel systemd sshd einval enoent eacces eperm eexist epipe eaddrinuse econnrefused econnreset econnaborted "
    "etimedout ehostunreach enotfound androidruntime logcat cargo gradle maven kubectl django zapier ifttt npm pip "
    "flutter volley kubelet helm varnishd haproxy squid mongoservererror hadoop hdfs yarn zookeeper openvpn anyconnect "
    "msiinstaller hresult postfix slurmd mpirun openflow openvswitch rtnetlink servicenow camunda airflow mulesoft"
)
"""Words that only other software prints."""
_SERVICES = word_set(
    "openai nginx apache tengine cloudflare tomcat mysql mariadb postgres postgresql mongodb redis docker kubernetes "
    "terraform github gitlab jenkins wordpress laravel spring aws s3 firebase android ios xcode iis python node nodejs "
    "php ruby java selenium ansible sap oracle curl wget sqlserver"
)
"""Other software that a flow may well talk to: foreign only where nothing of ours is named."""
LEAST_MENDED = 7
"""Letters of a name of other software from which a misspelling of it is told from another word."""
TELLING_WORDS = (
    *("before", "earlier", "previously", "formerly", "yesterday", "today", "without", "never", "instead"),
    *sorted(_WORDS | {word for word in _OTHER_WORDS if len(word) >= LEAST_MENDED} - {"systemd"}),
)
"""Words by which it is told when something was, and of whose software, for mending a damaged text; but for a name
that is an everyday word with a letter more."""
_RUN_OF_OURS = re.compile(
    r"\bstatus_?code[\"']? ?[:=] ?[\"']?\d{3}[\"']?, ?[\"']?(?:headers|body|message)\b|"
    r"\baction ['\"][\w() -]{1,80}['\"] failed|"
    r"\bthe tracking id is\b|\bclientrequestid\b"
)
"""How the outputs of a step are printed, whoever does not name the product."""
_SIGNS_OF_RUN = ("status", "action", "the tracking id is", "clientrequestid")
"""What one of stands in each of them: plain parts of a text are found much faster."""
STYLE = 3_000
"""Characters by which a log of other software shows how it writes."""
LONG = 600
"""Characters of a text that would have named our product by now."""


def is_denied(plain: Plain, start: int, end: int) -> bool:
    """True where the text says that this is not, or no longer, the error."""
    before, after = plain.lower[max(0, start - 60) : start], plain.lower[end : end + 100]
    if _DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after[:40]):
        return True
    return bool(_PAST_BEFORE.search(before) and _NOW_AFTER.search(after))


def is_foreign(plain: Plain) -> bool:
    """True for a text about other software, in which a status or an everyday word says nothing about a flow."""
    text = plain.lower
    if any(name in text for name in _NAMES) or any(name in plain.squeezed for name in _LONG_NAMES):
        return False
    words = plain.distinct
    if not words.isdisjoint(_OTHER_WORDS) or _OTHER_SOFTWARE.search(text[:STYLE]):
        return True
    if _LOG_OF_OTHERS.search(plain.text[:STYLE]):
        return True
    if not words.isdisjoint(_WORDS) or any(word in text for word in _UNSPACED_WORDS):
        return False
    return (len(text) > LONG and not _is_run_of_ours(text)) or not words.isdisjoint(_SERVICES)


def _is_run_of_ours(text: str) -> bool:
    return any(sign in text for sign in _SIGNS_OF_RUN) and _RUN_OF_OURS.search(text) is not None

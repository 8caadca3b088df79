"""Find HTTP statuses: numbers where a status stands, and reason phrases where they are meant as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise

from troubleshooter.diagnosis.model import Code, Fact, Kind, Model
from troubleshooter.diagnosis.text.context import is_denied
from troubleshooter.diagnosis.text.hits import MOST_HITS, Hit
from troubleshooter.diagnosis.text.normalise import Plain, folded, words_of

_PHRASES = {
    "bad request": "400",
    "unauthorized": "401",
    "forbidden": "403",
    "not found": "404",
    "method not allowed": "405",
    "request timeout": "408",
    "conflict": "409",
    "too many requests": "429",
    "internal server error": "500",
    "not implemented": "501",
    "bad gateway": "502",
    "service unavailable": "503",
    "gateway timeout": "504",
    "gateway time-out": "504",
}
_JARGON = {"toomanyrequests", "internalservererror", "badgateway", "gatewaytimeout"}
"""Nobody says these in an ordinary sentence, however they are spaced."""
STATUS_WORDS = (
    "status", "statuscode", "error", "errorcode", "response", "exception", "failed", "failure", "unauthorized",
    "unauthorised",
    "forbidden", "gateway", "internal", "server", "request", "internalservererror", "badrequest", "badgateway",
    "notfound", "fehler", "fehlercode", "erreur", "codigo", "errore", "foutcode",
)  # fmt: skip
"""Words by which a status is told, for mending a damaged text."""
AS_NUMBER = 2.0
"""The weight of a reason phrase that counts as much as its number."""
REASONS = {phrase.replace(" ", "").replace("-", ""): number for phrase, number in _PHRASES.items()}


def _either(words: str) -> str:
    return "(?:" + "|".join(folded(words).split()) + ")"


def _ends_with(words: str, rest: str) -> re.Pattern[str]:
    """One of the words and what may stand between it and the place looked at."""
    return re.compile(rf"\b{_either(words)}{rest}$")


def _starts_with(rest: str, words: str) -> re.Pattern[str]:
    return re.compile(rf"{rest}{_either(words)}\b")


_NUMBER = re.compile(
    r"(?<![\w.,/$€£#+\-])(?<!\d:)(?:(?:http|err(?:or)?)[ _/-]?|e)?"
    r"(4\n?[0-3]\n?\d|4\n?5\n?1|4\n?9\n?9|5\n?0\n?\d|5\n?1\n?[01])(?:er\b)?"
    r"(?![\w%€$£]|[.,:]\d|-\w|/\w)"
)
"""A number that a line's end cut in two is still one, where it is a value."""
_NOT_A_STATUS = _ends_with(
    "column line port row page step room build version position item id event eventid ticket order issue case "
    "height width size length contentsize count top max maximum min minimum limit pid thread uid user zeile spalte "
    "ligne colonne linea columna riga coluna linha",
    r"[\"'` \n]*(?:no\.?|number|id|is|of)?[\"'` \n:=#(]*",
)
_UNIT = _starts_with(
    r"[\"' )]*",
    "ms msec s secs? seconds? m mins? minutes? h hours? days? weeks? months? years? rows? records? items? "
    "[kmgt]?i?b bytes? chars? characters? letters users? people times actions? requests? calls? runs? flows? files? "
    "lines? entry entries elements? iterations? e?mails? messages apps? columns? pages? px eur euros? usd dollars? "
    "threshold words steps km kg zeilen zeichen lignes filas elemente sekunden minuten",
)
_LATELY = re.compile(r"[\"' )]*(?:in|within|during|over)[ \n](?:the[ \n])?(?:last|past)[ \n]")
_TO_ANSWER = re.compile(
    r"\b(?:how (?:to|(?:can|could|do|would|should) (?:i|we|you|one))|wants?(?: \w+){0,3} to|lets? (?:it|\w+ flow)) "
    r"(?:\w+ ){0,5}(?:send|return|respond|reply|answer|raise|throw)\b[^.!?;:\n]*$"
)
"""What a flow is meant to answer itself is not what it failed with."""
_KEYS = (
    "status", "status code", "statuscode", "error", "error code", "errorcode", "code", "http", "http error",
    "http code", "http status", "http status code", "http response", "response", "response code", "rc", "message",
    "reason", "failed", "exception",
    "denied", "refused", "refusee", "verweigert", "denegado", "negato", "negado",
    r"http/\d(?:\.\d)?", "fehler", "fehlercode", "erreur", "code d'erreur", "codigo",
    "codigo de error", "error de", "errore", "codice", "statut", "kod", "chyba", "blad", "fout", "foutcode", "fel",
    "felkod", "feil", "virhe", "hata", "erro", "ошибка", "код", "エラー", "コード", "エラーコード", "错误", "错误代码",
    "代码", "状态码", "錯誤", "오류", "코드",
)  # fmt: skip
"""What stands before a status, as a key or as a word."""
_AFTER_KEY = re.compile(
    rf"(?:^|[^a-z])(?:{'|'.join(map(folded, _KEYS))})s?[\"'` \n]*(?:is|was|of|no\.?|number|nr\.?|ist|est|es|:|=)?"
    r"[\"'` \n:=#(>\[\-]*$"
)
_BEFORE_UNSPACED = re.compile(f" ?{_either('エラー 错误 錯誤 오류 에러 ошибк')}")
_BEFORE_WORD = _starts_with(
    r"[\"'`) \n:,\-]*",
    "errors? status response http code fehler erreur bad\\s?request unauthori[sz]ed forbidden not\\s?found "
    "internal\\s?server bad\\s?gateway gateway\\s?time service\\s?unavailable too\\s?many conflict access\\sdenied",
)
_REPLIES = (
    "gets? getting got gives? given gave giving returns? returned returning throws? thrown threw says? said saying "
    "shows? showed showing receiv\\w+ with as kommt meldet sagt liefert bekomme gibt dice pone devuelve affiche "
    "renvoie hlasi vraci"
)
"""How people tell what a system answered."""
_AFTER_VERB = _ends_with(
    f"{_REPLIES} fail(?:s|ed|ing)? end(?:s|ed)? sees? saw respond\\w* answer\\w* an? by mit con avec une? einen? ein "
    "da torna",
    r"(?: (?:with|in|by|as|me|us|back|out|only|just|now|always|the|an?|einen?|une?|status|http))*[ \n]+[\"'`]?",
)
_CLAUSE_GOES_ON = re.compile(
    r"[\"'`]?(?:[ \n]*$|[.;:!?)\]\"'\n]|,(?! ?\d)|[ \n]*[({\-]|[ \n]+[\"'`]|[ \n]+(?:"
    + _either(
        "errors? and or but when whenever if on in from for at since after before every each because while although "
        "so then again back though as by with to the any sometimes now today yesterday und oder wenn bei aber seit "
        "als et quand lors mais sur y cuando pero en al e quando ma i kdyz przy [a-z]+ly"
    )
    + r")\b)"
)
_BEFORE_APPEARING = _starts_with(
    r"[\"'`)]?[ \n]+(?:(?:now|always|only|just|still|then|keeps?|kept|often|sometimes|suddenly)[ \n]+)?",
    "comes? came coming appears? appeared pops? popped (?:is|was|gets|got)\\s(?:returned|shown|thrown|given|reported) "
    "kommt erscheint tritt apparait aparece appare",
)
_AFTER_ARTICLE = _ends_with(
    "an? the this that same ein eine der die das une? le la el unos? het de een", r"(?: [a-z]+-[a-z]+)?[ \n]+[\"'`]?"
)
"""What comes and goes with an article is an error: "the 403 comes whenever ...", not "bus 403 comes"."""
_SEVERAL = re.compile(
    r"\b(?:occasional|sporadic|random|intermittent|constant|frequent|some|few|several|many|multiple|more|only|these|"
    r"lots of|gets?|getting|got|sees?|seeing|throws?|throwing|returns?|returning|with)"
    r"(?: (?:random|some|many|http|a few))? ([45]\d\d)s\b(?! (?:long|each|per|later|timeout|time-out|limit))"
)
"""More than one of a status, not so many seconds."""
_AFTER_TIME = re.compile(r"(?:^|[ \n(\[,;])\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?z?\]? ?[:,\-]? $")
"""Somebody's list of when it failed and how."""
_BRACKETS_BEFORE, _BRACKETS_AFTER = re.compile(r"[(\[]$"), re.compile(r"[)\]]")
_ALONE_BEFORE = re.compile(r"(?:^|[\n.。!?、])[ \"'`*_]*$")
_ALONE_AFTER = re.compile(rf"[ \"'`*_]*(?:{folded('です')}|$|[\n.。!?、])")
_HEADS_A_LINE = re.compile(
    r" ?(?:[\"'{`:]|- ?[a-z]|[a-z]+(?:failed|error|enabled|exception|reference)\b|"
    r"on (?:every|each|all|the|my|our)\b|since\b)"
)
_AFTER_REPLY = _ends_with(f"{_REPLIES} only just status", r"(?: (?:me|us|an?|the|only|just))?[ \n]+[\"'`*_(]*")
_BEFORE_NAME = _starts_with(
    r"[\"'`*_) \n]*", "errors? messages? exceptions? responses? status http fehler erreur [(]?[45]\\d\\d"
)
_WHILE_DOING = _starts_with("[ \n]+", "when while if on in at after beim bei im lors pendant al nel bij no na")
_AFTER_COLON = re.compile(r"[\w)][\"'`]?[:=] ?[\"'`*_(]*$")
_AFTER_NUMBER = re.compile(r"\b[45]\d\d[\"'`:,) \n\-]*$")
_END = re.compile(r"[ \n]*[\"'`*_)]*(?:$|[.,;:!?\n)\-<{(]| -)")
_SENTENCE_BEFORE, _SENTENCE_AFTER = re.compile(r"(?:^|\n|\w: ?)$"), re.compile(r"\.[ \n]")
_QUOTES = "\"'`*_"


class StatusIndex:
    """The statuses of a model, by number and by the words that stand for them."""

    def __init__(self, model: Model) -> None:
        self._numbers = {code.token for code in model.code.values() if code.kind is Kind.STATUS}
        spoken = dict(_PHRASES)
        for code in model.code.values():
            spoken |= {" ".join(words_of(word)): number for word, number in _words_for(code)}
        spoken = {phrase: number for phrase, number in spoken.items() if phrase}
        self._number_of = {_key(phrase): number for phrase, number in spoken.items()}
        longest_first = sorted(spoken, key=lambda phrase: (-len(phrase), phrase))
        self._reason = re.compile(rf"\b(?:{'|'.join(map(_pattern, longest_first))})\b")

    def numbers(self, plain: Plain) -> Iterator[Hit]:
        """Every three-digit number that stands where a status stands; kind UNKNOWN where no guide knows it."""
        for found in islice(_NUMBER.finditer(plain.lower), MOST_HITS):
            start, end = found.span(1)
            if _is_status(plain, found) and not is_denied(plain, start, end):
                number = found[1].replace("\n", "")
                yield self._hit(plain, number, number, start, end)
        for found in islice(_SEVERAL.finditer(plain.lower), MOST_HITS):
            if not is_denied(plain, *found.span(1)):
                yield self._hit(plain, found[1], found[1], *found.span(1))

    def reasons(self, plain: Plain) -> Iterator[Hit]:
        """Every reason phrase that is meant as one; kind UNKNOWN where no guide knows its status."""
        for found in islice(self._reason.finditer(plain.lower), MOST_HITS):
            start, end = found.span()
            if _is_technical(plain, start, end) and not is_denied(plain, start, end):
                token = plain.text[start:end].replace(" ", "").replace("\n", "")
                hit = self._hit(plain, self._number_of[_key(found[0])], token, start, end)
                yield replace(hit, weight=AS_NUMBER) if _is_sentence(plain, start, end) else hit

    def _hit(self, plain: Plain, number: str, token: str, start: int, end: int) -> Hit:
        fact = Fact(Kind.STATUS, number) if number in self._numbers else Fact(Kind.UNKNOWN, token)
        return Hit(fact, start, end, plain.depth(start))


def is_server_error(value: str) -> bool:
    """True for a status that says the server itself failed, whatever was asked of it."""
    return value.startswith("5") and value.isdigit()


def _key(phrase: str) -> str:
    return re.sub(r"[ \n_-]", "", phrase).replace("unauthorised", "unauthorized")


def _words_for(code: Code) -> Iterable[tuple[str, str]]:
    return [(alias, code.token) for alias in code.aliases if not alias.isdigit()] if code.kind is Kind.STATUS else []


def _pattern(phrase: str) -> str:
    return "[ \n_-]?".join(map(re.escape, re.split("[ -]", phrase))).replace("unauthorized", "unauthori[sz]ed")


def _is_status(plain: Plain, found: re.Match[str]) -> bool:
    text, (start, end) = plain.lower, found.span(1)
    before, after = text[max(0, found.start() - 50) : found.start()], text[end : end + 40]
    if _NOT_A_STATUS.search(before) or _UNIT.match(after) or _LATELY.match(after) or _TO_ANSWER.search(before):
        return False
    if "\n" in found[1]:
        return _AFTER_COLON.search(before) is not None and _AFTER_KEY.search(before) is not None
    if start != found.start() or _AFTER_KEY.search(before) or _BEFORE_WORD.match(after):
        return True
    if _BEFORE_UNSPACED.match(after) or (_BEFORE_APPEARING.match(after) and _AFTER_ARTICLE.search(before)):
        return True
    if _BRACKETS_BEFORE.search(before) and _BRACKETS_AFTER.match(after):
        return True
    if _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after):
        return True
    if not before.strip() and _HEADS_A_LINE.match(after):
        return True
    if _AFTER_TIME.search(before):
        return _END.match(after) is not None
    return bool(_AFTER_VERB.search(before) and _CLAUSE_GOES_ON.match(after))


def _is_technical(plain: Plain, start: int, end: int) -> bool:
    """True for words that quote a system; the same words also stand in everyday sentences."""
    written, lower = plain.text[start:end], plain.lower
    before, after = lower[max(0, start - 50) : start], lower[end : end + 30]
    if _key(written.lower()) in _JARGON or _is_camel(written) or (" " in written and written.istitle()):
        return True
    if before and after and before[-1] in _QUOTES and after[0] in _QUOTES:
        return True
    if _BEFORE_NAME.match(after) or _AFTER_NUMBER.search(before):
        return True
    if _ALONE_BEFORE.search(before) and (_ALONE_AFTER.match(after) or _WHILE_DOING.match(after)):
        return True
    if _AFTER_COLON.search(before) or _AFTER_KEY.search(before):
        return bool(_END.match(after) or _WHILE_DOING.match(after))
    return bool(_AFTER_REPLY.search(before) and (_END.match(after) or _CLAUSE_GOES_ON.match(after)))


def _is_sentence(plain: Plain, start: int, end: int) -> bool:
    """True where a run shows the status of a step, and the step's own message behind it."""
    before, after = plain.lower[max(0, start - 3) : start], plain.lower[end : end + 2]
    is_status = _is_camel(plain.text[start:end]) and _SENTENCE_AFTER.match(after)
    return bool(is_status and _SENTENCE_BEFORE.search(before))


def _is_camel(written: str) -> bool:
    return any(left.islower() and right.isupper() for left, right in pairwise(written))

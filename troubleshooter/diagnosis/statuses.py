"""Find HTTP statuses: numbers where a status stands, and reason phrases where they are meant as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .context import Hit, is_denied
from .model import Code, Fact, Kind, Model
from .normalise import Plain, folded, words_of

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
_JARGON = {"too many requests", "internal server error", "bad gateway", "gateway timeout", "gateway time-out"}
"""Nobody says these in an ordinary sentence."""
REASONS = {phrase.replace(" ", "").replace("-", ""): number for phrase, number in _PHRASES.items()}

_NUMBER = re.compile(
    r"(?<![\w.,/$€£#+\-])(?<!\d[:])(?:http[ _/-]?|e|err(?:or)?[ _-])?(4[0-3]\d|451|499|50\d|51[01])"
    r"(?:er\b)?(?![\w%€$£]|[.,:]\d|-\w|/\w)"
)
_NOT_A_STATUS = re.compile(
    r"\b(?:column|line|port|row|page|step|room|build|version|position|item|id|event(?: id)?|eventid|ticket|order|issue|case|"
    r"zeile|spalte|ligne|colonne|linea|columna|riga|coluna|linha|height|width|size|length|contentsize|count|top|max\w*|min\w*|"
    r"limit|pid|thread|uid|user)[\"'` \n]*(?:no\.?|number|is|of)?[\"'` \n:=#(]*$"
)
_UNIT = re.compile(
    r"[\"' )]*(?:ms|msec|s|secs?|seconds?|m|min|mins|minutes?|h|hours?|days?|weeks?|months?|years?|rows?|records?|items?|"
    r"[kmgt]?i?b|bytes?|chars?|characters?|letters|users?|people|times|actions?|requests?|calls?|runs?|flows?|files?|"
    r"lines?|entr(?:y|ies)|elements?|iterations?|emails?|mails?|messages|apps?|columns?|pages?|px|eur|euros?|usd|dollars?|"
    r"threshold|words|steps|zeilen|zeichen|lignes|filas|elemente|sekunden|minuten|mb/s|km|kg)\b"
)
_KEYS = (
    "status", "status code", "statuscode", "error", "error code", "errorcode", "code", "http", "http error", "http status",
    "http status code", "http code", "http response", "response", "response code", "rc", "fehler", "fehlercode", "erreur",
    "code d'erreur", "codigo", "codigo de error", "error de", "errore", "codice", "statut", "kod", "chyba", "blad", "fout",
    "foutcode", "fel", "felkod", "feil", "virhe", "hata", "erro", "ошибка", "код", "エラー", "コード", "エラーコード",
    "错误", "错误代码", "代码", "状态码", "錯誤", "오류", "코드",
)  # fmt: skip
_AFTER_KEY = re.compile(
    rf"(?:^|[^a-z])(?:{'|'.join(sorted(map(folded, _KEYS), key=len, reverse=True))}|http/\d(?:\.\d)?)s?[\"'` \n]*"
    r"(?:is|was|of|no\.?|number|nr\.?|ist|est|es|:|=)?[\"'` \n:=#(>\[\-]*$"
)
_BEFORE_WORD = re.compile(
    r"[\"'`) \n:,\-]*(?:errors?\b|status\b|response\b|http\b|code\b|fehler|erreur|bad ?request|unauthori[sz]ed|forbidden|not ?found|"
    r"internal ?server|bad ?gateway|gateway ?time|service ?unavailable|too ?many|conflict\b|access denied|エラー|错误)"
)
_AFTER_VERB = re.compile(
    r"\b(?:get|gets|getting|got|gives?|given|gave|giving|returns?|returned|returning|throws?|thrown|threw|says?|said|saying|"
    r"shows?|showed|showing|fail(?:s|ed|ing)?|end(?:s|ed)?|sees?|saw|receiv\w+|respond\w*|answer\w*|with|a|an|by|mit|con|avec|"
    r"une?|einen?|ein|liefert|kommt|bekomme|gibt|renvoie|devuelve|da|than|torna|vraci)"
    r"(?: (?:with|in|by|as|me|us|back|out|only|just|now|always|the|an?|einen?|une?|un|status|http))*[ \n]+[\"'`]?$"
)
_CLAUSE_GOES_ON = re.compile(
    r"[\"'`]?(?:[ \n]*$|[.;:!?)\]\"'\n]|,(?! ?\d)|[ \n]+(?:errors?|and|or|but|when|whenever|if|on|in|from|for|at|since|after|before|"
    r"every|each|because|while|although|so|then|again|back|though|as|by|with|to|und|oder|wenn|bei|aber|seit|et|quand|lors|mais|"
    r"sur|y|cuando|pero|en|al|e|quando|ma|i|kdyz|przy|als|the|any|sometimes|now|since|today|yesterday)\b|[ \n]*[({\-])"
)
_BRACKETS_BEFORE, _BRACKETS_AFTER = re.compile(r"[(\[]$"), re.compile(r"[)\]]")
_ALONE_BEFORE = re.compile(r"(?:^|[\n.。!?、])[ \"'`*_]*$")
_ALONE_AFTER = re.compile(rf"[ \"'`*_]*(?:{folded('です')}|$|[\n.。!?、])")
_HEADING = re.compile(r" ?(?:[\"'{`:]|- ?[a-z]|[a-z]+[a-z]*(?:failed|error|enabled|exception|reference)\b)")
_SAID = re.compile(
    r"\b(?:says?|said|saying|shows?|showed|showing|returns?|returned|gives?|gave|getting|gets?|got|throws?|threw|with|as|"
    r"receiv\w+|only|just|status|meldet|dice|affiche|pone|sagt|hlasi|kommt)(?: (?:me|us|an?|the|only|just))?[ \n]+[\"'`*_(]*$"
)
_NAMED = re.compile(
    r"[\"'`*_) \n]*(?:errors?\b|messages?\b|exceptions?\b|responses?\b|status\b|http\b|\(?[45]\d\d\b|fehler|erreur)"
)
_END = re.compile(r"[ \n]*[\"'`*_)]*(?:$|[.,;:!?\n)\-<{]| -)")
_QUOTES = "\"'`*_"


class StatusIndex:
    """The statuses of a model, by number and by the words that stand for them."""

    def __init__(self, model: Model) -> None:
        self._numbers = {code.token for code in model.code.values() if code.kind is Kind.STATUS}
        spoken = dict(_PHRASES)
        for code in model.code.values():
            spoken |= {" ".join(words_of(word)): number for word, number in _words_for(code)}
        spoken = {phrase: number for phrase, number in spoken.items() if phrase}
        self._number_of = {phrase.replace(" ", "").replace("-", ""): number for phrase, number in spoken.items()}
        self._reason = re.compile(
            rf"\b(?:{'|'.join(_pattern(phrase) for phrase in sorted(spoken, key=lambda phrase: (-len(phrase), phrase)))})\b"
        )

    def numbers(self, plain: Plain) -> Iterator[Hit]:
        """Every three-digit number that stands where a status stands; kind UNKNOWN where no guide knows it."""
        for found in _NUMBER.finditer(plain.lower):
            start, end = found.span(1)
            if _is_status(plain, found) and not is_denied(plain, start, end):
                yield self._hit(plain, found[1], found[1], start, end)

    def reasons(self, plain: Plain) -> Iterator[Hit]:
        """Every reason phrase that is meant as one; kind UNKNOWN where no guide knows its status."""
        for found in self._reason.finditer(plain.lower):
            start, end = found.span()
            if _is_technical(plain, start, end) and not is_denied(plain, start, end):
                key = re.sub(r"[ \n_-]", "", found[0]).replace("unauthorised", "unauthorized")
                token = plain.text[start:end].replace(" ", "").replace("\n", "")
                yield self._hit(plain, self._number_of[key], token, start, end)

    def _hit(self, plain: Plain, number: str, token: str, start: int, end: int) -> Hit:
        fact = Fact(Kind.STATUS, number) if number in self._numbers else Fact(Kind.UNKNOWN, token)
        return Hit(fact, start, end, plain.depth(start))


def _words_for(code: Code) -> Iterable[tuple[str, str]]:
    return [(alias, code.token) for alias in code.aliases if not alias.isdigit()] if code.kind is Kind.STATUS else []


def _pattern(phrase: str) -> str:
    return "[ \n_-]?".join(map(re.escape, re.split("[ -]", phrase))).replace("unauthorized", "unauthori[sz]ed")


def _is_status(plain: Plain, found: re.Match[str]) -> bool:
    text, (start, end) = plain.lower, found.span(1)
    before, after = text[max(0, found.start() - 50) : found.start()], text[end : end + 40]
    if _NOT_A_STATUS.search(before) or _UNIT.match(after):
        return False
    if start != found.start() or _AFTER_KEY.search(before) or _BEFORE_WORD.match(after):
        return True
    if _BRACKETS_BEFORE.search(before) and _BRACKETS_AFTER.match(after):
        return True
    if _ALONE_BEFORE.search(before) and (_ALONE_AFTER.match(after) or not before.strip() and _HEADING.match(after)):
        return True
    return bool(_AFTER_VERB.search(before) and _CLAUSE_GOES_ON.match(after))


def _is_technical(plain: Plain, start: int, end: int) -> bool:
    written, lower = plain.text[start:end], plain.lower
    before, after = lower[max(0, start - 50) : start], lower[end : end + 30]
    if written.lower() in _JARGON or any(
        a.islower() and b.isupper() for a, b in zip(written, written[1:], strict=False)
    ):
        return True
    if " " in written and written.istitle():
        return True
    if before[-1:] in _QUOTES and before and after[:1] in _QUOTES and after:
        return True
    if _NAMED.match(after) or re.search(r"\b[45]\d\d[\"'`:,) \n\-]*$", before):
        return True
    if _AFTER_KEY.search(before) and _END.match(after):
        return True
    if _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after) and (end - start) * 2 > len(lower) - 20:
        return True
    return bool(_SAID.search(before) and _END.match(after))

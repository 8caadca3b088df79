"""Find named error codes and hex numbers: the ones guides know, dirty and misspelt too, and ones nobody knows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from troubleshooter.diagnosis.model import Code, Fact, Kind, Model
from troubleshooter.diagnosis.text.context import is_denied
from troubleshooter.diagnosis.text.hits import MOST_HITS, Hit
from troubleshooter.diagnosis.text.normalise import Plain, Word, words_of
from troubleshooter.diagnosis.text.spelling import MOST_TYPOS, typos
from troubleshooter.diagnosis.text.statuses import REASONS

TYPO_LETTERS = 12
"""Letters a code must have for a misspelling of it to be told from another word."""
CUT_LETTERS = 12
"""Letters that must be left of a code that was cut off where the text begins or ends."""
SPOKEN_WORDS = 3
"""Words a code must have to be recognised when written as ordinary words."""
LONG_TOKEN = 12
"""Letters of a word in quotation marks behind "code" that is a code in whatever case it is written."""
LONGEST_UNKNOWN = 80
MOST_ALIKE = 20
CUT_IN_PLACE = 8
"""The same where it stands in the place of a code."""
_CUT_IN_LINE = re.compile(r"code[\"'`]? ?: ?[\"'`]([a-z]{8,40})\n")
_CLOSING = " .…\n\"'`"

_GAP = re.compile(r"[ \n\-_=>]{0,3}")
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CAMEL = re.compile(r"[A-Z]+[a-z0-9]+(?:[A-Z]+[a-z0-9]*)+")
_TOKEN = re.compile(r"(?<![\w/@#%-])[A-Za-z][A-Za-z0-9_]{3,79}(?![\w@/]|-\w|\.\w)")
_HEX = re.compile(r"\b(?:0x((?:[0-9a-f]\n?){7}[0-9a-f])|([0-9a-f]{8}))\b")
"""A number that a line's end cut in two is still one, where it begins as one."""
_SIGNED = re.compile(r"(?<![\w.])-(2\d{9})(?![\w.])")
_CODE_POSITION = re.compile(
    r"(?:code|status|error|exception|fault|reason|issue|fehler|erreur|codigo|errore)"
    r"(?:[\"'` ]*[:=][\"'`( ]*| (?:is|was|ist|est|es)[ \"'`(]+| code[\"'` ]*[:=]?[\"'`( ]*|[ \n]*[\"'`]| +)$"
)
_LAST = re.compile(
    r"(?:Failed|Failure|Mismatch|Violation|Exceeded|NotFound|Missing|Error|Exception|Denied|Time[oO]ut|TimedOut|Forbidden|"
    r"Unauthorized|Conflict|Throttled|Expired|Supported|NotAllowed|NotEnabled|Disabled|NotValid|Invalid|Required|"
    r"Unavailable|Blocked|Suspended|NeverPublished|NotPublished|NotActive|Deleted|Overflow|Rejected|Incorrect|Corrupt|"
    r"NotReady|NotConfigured|NotAuthenticated|AlreadyExists|Reachable|TooLarge|TooLong|BlockedBy[A-Z][a-z]+|Prohibited|"
    r"Aborted|Cancell?ed)$"
)
_FIRST = re.compile(r"^(?:Invalid|Missing|Unsupported|Unknown|NotAllowed|Cannot|Incorrect|Unexpected|TooMany)[A-Z]")
_NUMBERED = re.compile(r"^(?:AADSTS|IDX|ERR_?|BTS|CRM)\d{3,}$")


def key_of(token: str) -> str:
    """What all dirty forms of a code have in common: its letters and digits in lower case, in one piece."""
    return "".join(words_of(token))


class CodeIndex:
    """The named codes and hex numbers of a model, ready to be found in a text."""

    def __init__(self, model: Model) -> None:
        self._named: dict[str, Code] = {}
        self._hex: dict[str, Code] = {}
        for code in model.code.values():
            for spelling in (code.token, *code.aliases):
                key = key_of(spelling)
                if not key or code.kind is Kind.STATUS or key in REASONS:
                    continue
                known = self._hex if code.kind is Kind.HEX else self._named
                known.setdefault(key.removeprefix("0x") if code.kind is Kind.HEX else key, code)
        self._beginnings = {key[:length] for key in self._named for length in range(1, len(key) + 1)}
        self._pieces = _index_of_pieces(self._named)
        self._sorted = sorted(self._named)
        self._sorted_from_end = sorted(key[::-1] for key in self._named)

    def words(self) -> Iterator[str]:
        """The words that the codes are made of, and the codes themselves, in lower case."""
        yield from self._named
        for code in self._named.values():
            yield from (piece.lower() for piece in _PIECES.findall(code.token))

    def known(self, plain: Plain) -> Iterator[Hit]:
        """Every named code in the text that is not denied, in the order of the text."""
        words = plain.words
        checked: dict[str, Code | None] = {}
        likely = {text for text in plain.distinct if text in self._beginnings or len(text) >= TYPO_LETTERS}
        for index in [index for index, text in enumerate(plain.texts) if text in likely]:
            word, code, end = words[index], None, index
            if word.text in self._beginnings:
                code, end = self._starting_at(plain, words, index)
            if code is None and len(word.text) >= TYPO_LETTERS:
                if word.text not in checked:
                    checked[word.text] = self._misspelt(word.text)
                code = checked[word.text]
                if code is None and index + 1 < len(words) and plain.text[word.end : words[index + 1].start] == "\n":
                    code = self._misspelt(word.text + words[index + 1].text)
                    end = index + bool(code)
            start, stop = word.start, words[end].end
            if code and not is_denied(plain, start, stop):
                yield Hit(Fact(Kind.CODE, code.token), start, stop, plain.depth(start))
        for word in (words[0], *self._at_line_ends(plain), words[-1]) if words else ():
            if word.text not in self._named and (code := self._cut(plain, word)):
                yield Hit(Fact(Kind.CODE, code.token), word.start, word.end, plain.depth(word.start))

    def _at_line_ends(self, plain: Plain) -> Iterator[Word]:
        """The words in the place of a code behind which a line ends: a paste that was cut, and went on."""
        for found in islice(_CUT_IN_LINE.finditer(plain.lower), MOST_HITS):
            yield Word(found[1], *found.span(1))

    def hexes(self, plain: Plain) -> Iterator[Hit]:
        """Every hex error number, known to guides or not, also where it is written as a negative number."""
        for found in islice(_HEX.finditer(plain.lower), MOST_HITS):
            digits = found[1].replace("\n", "") if found[1] else found[2]
            code = self._hex.get(digits)
            if code or (found[1] and digits[0] == "8"):
                yield _hex_hit(plain, found, code.token if code else f"0x{digits}")
        for found in islice(_SIGNED.finditer(plain.lower), MOST_HITS):
            code = self._hex.get(f"{(1 << 32) - int(found[1]):08x}")
            if code:
                yield _hex_hit(plain, found, code.token)

    def unknown(self, plain: Plain) -> Iterator[Hit]:
        """Every token that looks like an error code and that no guide knows; heavier where a code is expected."""
        likely = (found for found in _TOKEN.finditer(plain.text) if _has_code_letters(found[0]))
        for found in islice(likely, MOST_HITS):
            token, start, end = found[0], *found.span()
            weight = _code_likeness(plain, token, start)
            key = token.lower().replace("_", "")
            if weight and key not in self._named and key not in REASONS and not is_denied(plain, start, end):
                yield Hit(Fact(Kind.UNKNOWN, token[:LONGEST_UNKNOWN]), start, end, plain.depth(start), weight)

    def _starting_at(self, plain: Plain, words: tuple[Word, ...], index: int) -> tuple[Code | None, int]:
        """The longest code that the words from `index` on spell, and the index of its last word."""
        best: tuple[Code | None, int] = (None, index)
        key, end = words[index].text, index
        while key in self._beginnings:
            code = self._named.get(key)
            if code and _is_written_as_code(plain, words[index : end + 1], code):
                best = (code, end)
            end += 1
            if end == len(words) or not _GAP.fullmatch(plain.lower, words[end - 1].end, words[end].start):
                break
            key += words[end].text
        return best

    def _cut(self, plain: Plain, word: Word) -> Code | None:
        """The only code that begins with the text's last word, or ends with its first one."""
        in_place = _CODE_POSITION.search(plain.lower[max(0, word.start - 30) : word.start])
        if len(word.text) < (CUT_IN_PLACE if in_place else CUT_LETTERS):
            return None
        found: set[str] = set()
        if plain.text[word.end : word.end + 1] == "\n" or not plain.text[word.end :].strip(_CLOSING):
            found |= {self._named[key].token for key in _beginning_with(self._sorted, word.text)}
        if not plain.text[: word.start].strip(_CLOSING):
            ends = _beginning_with(self._sorted_from_end, word.text[::-1])
            found |= {self._named[key[::-1]].token for key in ends}
        return next(self._named[key_of(token)] for token in found) if len(found) == 1 else None

    def _misspelt(self, word: str) -> Code | None:
        near: dict[str, Code] = {}
        candidates = {key for start in range(len(word) - 3) for key in self._pieces.get(word[start : start + 4], ())}
        for key in candidates:
            if abs(len(key) - len(word)) <= MOST_TYPOS and typos(word, key) <= MOST_TYPOS:
                near[self._named[key].token] = self._named[key]
        return next(iter(near.values())) if len(near) == 1 else None


def _beginning_with(ordered: Sequence[str], beginning: str) -> Iterator[str]:
    first = bisect_left(ordered, beginning)
    return takewhile(lambda key: key.startswith(beginning), islice(ordered, first, first + MOST_ALIKE))


def _hex_hit(plain: Plain, found: re.Match[str], token: str) -> Hit:
    return Hit(Fact(Kind.HEX, token), found.start(), found.end(), plain.depth(found.start()))


def _is_written_as_code(plain: Plain, words: tuple[Word, ...], code: Code) -> bool:
    """False where the words only happen to read like the code: too few, or an everyday word in a sentence."""
    start, end = words[0].start, words[-1].end
    written = plain.text[start:end]
    is_one_piece = len(words) == 1 or "\n" in written or " " not in written
    if is_one_piece and (not written.islower() or len(_PIECES.findall(code.token)) > 1):
        return True
    return len(words) >= SPOKEN_WORDS or _is_alone(plain, start, end)


def _is_alone(plain: Plain, start: int, end: int) -> bool:
    """True in code position, in quotes, or as the whole line."""
    before, after = plain.lower[max(0, start - 30) : start], plain.lower[end : end + 3]
    if _CODE_POSITION.search(before):
        return True
    begins = before[-1:] in "\n\"'`" or before.endswith(": ")
    return begins and (after[:1] in "\n\"'`" or after in (".", "!"))


def _has_code_letters(token: str) -> bool:
    if "_" in token or token[-1].isdigit() or len(token) >= LONG_TOKEN:
        return True
    return not token.islower() and _CAMEL.fullmatch(token) is not None


def _code_likeness(plain: Plain, token: str, start: int) -> float:
    """1 for a token in code position, less for one that only looks like a code, 0 for a word."""
    is_camel = _CAMEL.fullmatch(token) is not None
    before = plain.lower[max(0, start - 30) : start]
    if _CODE_POSITION.search(before):
        if len(token) >= LONG_TOKEN and before.endswith(('"', "'")):
            return 1.0
        is_snake = "_" in token and before.endswith(('"', "'", ": "))
        return 1.0 if is_camel or is_snake or (token[-1].isdigit() and token.isupper()) else 0
    if _NUMBERED.match(token) or (is_camel and (_LAST.search(token) or _FIRST.match(token))):
        return 0.7
    return 0


def _index_of_pieces(keys: Iterable[str]) -> Mapping[str, list[str]]:
    """Long keys by three 4-letter pieces: with at most two typos, one piece is still whole."""
    index: dict[str, list[str]] = {}
    for key in keys:
        if len(key) >= TYPO_LETTERS:
            third = len(key) // 3
            for start in (0, third, 2 * third):
                index.setdefault(key[start : start + 4], []).append(key)
    return index

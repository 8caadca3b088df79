"""Everyday words of many languages: which carry no meaning, which deny, and which mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from troubleshooter.diagnosis.text.concepts import CONCEPTS
from troubleshooter.diagnosis.text.normalise import folded, has_no_spaces


def word_set(words: str) -> frozenset[str]:
    """The words of a list, in plain characters."""
    return frozenset(folded(words).split())


ARTICLES = word_set(
    "a an the my our your his her its their this that these those der die das den dem des ein eine einen einer einem "
    "mein meine le la les l un une du de mon ma mes el los las una mi su il lo gli uno o os as um uma do da dos het een"
)
"""Words that may stand inside of what is said with several words: "left our company"."""
_EMPTY = ARTICLES | word_set(
    """
    is are was were be been being am has have had having does did will would can could should shall may might
    must of in at on by with for from to and or but so if than then there here it i we you he she they them me
    us him who what which when while where why how since after before now just only still also any some very all
    every each already yet ever too much many more most such both same s t d ll re ve m one ones into onto about
    over under up out get gets got getting gotten turn turned turning turns switch switched switching switches
    toggle toggled set because due able manage managed manages try tries tried trying kann konnen konnte konnten
    lasst peut peuvent pu puede pueden pude pudo puo possono posso riesce riesco consegue conseguem pode podem
    kan kunnen moze mozna moge show shows shown showing showed say says said saying display displays displayed
    throw throws thrown threw tell tells told report reports bring brings zeigt anzeigt meldet affiche muestra
    mostra toont pokazuje take takes took taken taking ist sind war wir ich es und oder mit von zu im auf fur
    wird wurde ab hat haben eines meiner meinem ihr ihre seine aber auch wenn dann bei seit nach est sont et ou
    avec sur dans pour par elle nous je que qui se ce cette au aux son sa ses mais aussi depuis quand apres ai
    al y con en por para del sus pero cuando desde ha han di per che e nella della si em na anche quando dopo ho
    meu minha mas mijn maar ook als sinds heeft zijn van op met voor dat jsem v z w za sie jest schlagt deux nie
    although though even whereas until during between via through itself himself themselves ours theirs obwohl
    bien aunque mientras embora sebbene mentre hoewel terwijl choć jednak ale že když jsme jednu stay
    stays stayed remain remains bleibt reste queda resta fica blijft else tengo tiene tienen tenemos tenho tem
    temos mam mamy maja miał abbiamo hanno avons ont avait hatte hatten beim mehr plus
    possible posible possibile possivel moglich become becomes became
    """
)
"""Words that carry nothing, "turn" and "switch" among them: "turned off" says what "off" says."""
_DENYING = word_set(
    """
    not no none never impossible unmoglich impossibile imposible impossivel cannot cant dont doesnt didnt isnt
    arent wasnt werent wont couldnt wouldnt havent hasnt without unable lack lacks lacking neither nor nicht
    kein keine keinen keiner nie ohne ne pas jamais sans sin nunca non senza nao niet geen nejde neni žádný
    žádná žádné bez sem zonder nobody niemand nadie nessuno ninguem nikt
    """
)
_DENYING_UNSPACED = ("没有", "沒有", "无法", "無法", "不能", "不再", "未", "不")
_DENYING_BEHIND = ("ありません", "ません", "ない", "なし", "なく")
_IN_THE = ("fluxo", "aplicativo", "botao", "gatilho", "ambiente", "conector")
"""How Portuguese words begin before which "no" means "in the"."""
_NOBODY = word_set("nobody noone niemand nadie nessuno ninguem nikt")
"""Those who did not do what follows."""
_ABLE = word_set("can could is are may kann konnte peut puede pode puo kan moze")
_TRAILING = word_set("nicht niet pas")
"""Words that may deny what stands in front of them."""
_SWITCHING = ("turn", "switch", "toggl", "back")
"""How a word begins that means "enable" when "on" follows, as in "turned on" and "turned back on"."""
_TURNING = word_set("turn turns turned turning switch switched switching")
"""Words that mean "enable" with "on" behind their object, as in "turn the flow on"."""
_BEING = word_set("is was are were been be being stays stayed remains remained sits there shows as status state got")
"""Words behind which "stopped" is a state, as against "the button stopped"."""
_OUT = (("out", "removed"),)
_INTO = (("into", "extended"), ("onto", "extended"), ("end", "extended"))
_SEPARABLE = {
    "took": _OUT,
    "taken": _OUT,
    "threw": _OUT,
    "thrown": _OUT,
    "built": _INTO,
    "put": _INTO,
    "dropped": _INTO,
    "drop": _INTO,
}
"""What words say with another one behind their object: "took the number out of ...", "built a step into ..."."""
_TOO_MUCH = word_set("long late slow many much few big large small short often old new early far high low soon quickly")
"""Words before which "too" is not "as well"."""
_DEPENDENT = word_set("disable deactivate off longer more stopped well too dropped drop")
"""Words that say something else beside others."""
TO_DISABLE = "to disable"
"""What people do or ask for, as against "disabled" and "turned off", which something is."""
_IRREGULAR = {
    "broken": "break", "broke": "break", "sent": "send", "ran": "run", "taken": "take", "took": "take", "takes": "take",
    "gave": "give", "given": "give", "shown": "show", "seen": "see", "saw": "see", "made": "make", "lost": "lose",
    "went": "go", "gone": "go", "goes": "go", "came": "come", "left": "leave", "timed": "time", "wrote": "write",
    "people": "person", "kept": "keep", "built": "build", "said": "say", "says": "say",
}  # fmt: skip
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")
LEAST_CONSONANTS = 4
"""Letters of a word without vowels from which it is read."""
LEAST_MISTYPED = 6
"""Letters of a word from which one too many and one too few are overlooked."""
LEAST_SWAPPED = 5
"""Letters of a word from which it is overlooked that two changed places."""


class Sense(NamedTuple):
    """What some words say: `meanings` from the narrowest to the widest, () for nothing; `length` words were read."""

    meanings: tuple[str, ...]
    length: int = 1


DENIES_NEXT, DENIES_LAST = ("deny the next",), ("deny the last",)
"""Meanings of words in scripts without spaces that deny what stands behind them, or in front."""
TWO_MINUTES = 120
LEAST_STATUS, MOST_STATUS = 400, 600
"""Numbers whose "s" is a plural: "a few 502s"."""
MOST_DIGITS = 6
SWITCHED = 6
SEPARATED = 11
"""Words within which the second part of what is said in two parts stands."""
MOST_APART = 4
"""Words within which an idiom must be over, articles included."""
LEAST_BEGINNING = 3
LONG_BEGINNING = 8
"""Letters of a beginning of which one that is missing is overlooked whatever follows."""
MOST_ADDED = 12
"""Letters that may follow a beginning: compound words do, whole codes do not."""
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "two zwei deux dos due dois duas twee dwie dwoch", "three drei trois tres tre drie trzy",
            "four vier quatre cuatro quattro quatro cztery", "five funf cinq cinco cinque vijf piec",
            "six sechs seis sei zes", "seven", "eight acht huit ocho otto oito", "nine",
            "ten zehn dix diez dieci dez tien dziesiec",
        ), start=2,
    )
    for word in words.split()
}  # fmt: skip
_NUMBER_AND_UNIT = re.compile(r"(\d+)([^\W\d]+)")
_MINUTES = word_set("minute minutes min mins minuten minuti minuto minutos minuty minut minuut m")
_SECONDS = word_set("second seconds sec secs sekunden seconde secondes segundos secondi seconden sekund s")
_EVERY = word_set("every each alle cada toutes ogni elke co every")


def is_negation(words: Sequence[str], place: int) -> bool:
    """True for a word that denies what follows, the t of don't among them; not for "no fluxo" and "yes/no"."""
    word = words[place]
    if word == "no" and (_behind(words, place).startswith(_IN_THE) or (place and words[place - 1] == "yes")):
        return False
    return word in _DENYING or (word == "t" and place > 0 and words[place - 1].endswith("n"))


def denies_backwards(word: str) -> bool:
    """True for a word that may stand behind what it denies: "findet die Datei nicht"."""
    return word in _TRAILING


def denies_doer(words: Sequence[str], place: int) -> bool:
    """True for a word that says that nobody did what follows: "nobody turned anything off", not "nobody can"."""
    return words[place] in _NOBODY and _behind(words, place) not in _ABLE


def _behind(words: Sequence[str], place: int) -> str:
    return words[place + 1] if place + 1 < len(words) else ""


def sense_at(words: Sequence[str], place: int) -> Sense:
    """What the words from `place` on say, in one form for all words that say the same.

    Words that say one thing together are read together: "timed out", "left our company", "3 minutes".
    """
    word = words[place]
    if alone := _alone(word):
        return alone
    if (idioms := _IDIOMS.get(_stem(word))) and (said := _idiom_at(words, place, idioms)):
        return said
    following = _behind(words, place)
    before = words[place - 1] if place else ""
    if word[0].isdigit() or word in _NUMBERS:
        return _duration(word, before, following)
    if read := _switched_on(words, place):
        return Sense(_wider("enabled"), read)
    if word in ("disable", "deactivate") or (word == "off" and before in ("turn", "switch")):
        return Sense((TO_DISABLE,))
    if word.startswith("switch") and not {"on", "off"}.intersection(words[place + 1 : place + SWITCHED]):
        return Sense(_wider("changed"))
    if word == "stopped":
        return Sense(_wider("off" if before in _BEING else "fail"))
    if (word == "well" and before == "as") or (word == "too" and following not in _TOO_MUCH):
        return Sense(("also",))
    if word in _SEPARABLE:
        rest = words[place + 1 : place + SEPARATED]
        return Sense(next((_wider(said) for part, said in _SEPARABLE[word] if part in rest), meanings_of(word)))
    if word == "longer" and before in ("no", "any"):
        return Sense(())
    if word == "more" and following == "than":
        return Sense(_wider("long"))
    return Sense(meanings_of(word))


def _switched_on(words: Sequence[str], place: int) -> int:
    """How many words say "turn on": both together, the first before its object ("turn the flow on"), or none."""
    if _behind(words, place) == "on" and words[place].startswith(_SWITCHING):
        return 2
    return 1 if words[place] in _TURNING and "on" in words[place + 2 : place + MOST_APART + 1] else 0


@lru_cache(maxsize=16384)
def _alone(word: str) -> Sense | None:
    """What a word says whose neighbours make no difference; None where they do."""
    depends = (
        (word[0].isdigit() and word not in _EXACT)
        or word in _NUMBERS
        or word in _DEPENDENT
        or word.startswith(_SWITCHING)
    )
    return None if depends or _stem(word) in _IDIOMS else Sense(meanings_of(word))


def denied_meaning(meaning: str) -> str:
    """What a meaning says when it is denied, where that has words of its own: what does not work, fails; else ""."""
    return _OPPOSITES.get(meaning, "")


def wider(meaning: str) -> tuple[str, ...]:
    """A meaning and all that it is a kind of."""
    return _wider(meaning)


@lru_cache(maxsize=16384)
def meanings_of(word: str) -> tuple[str, ...]:
    """What one word says, narrowest first; () for words that carry nothing."""
    known = _EXACT.get(word)
    if not known and (word in _EMPTY or (len(word) == 1 and word.isascii() and word.isalpha())):
        return ()
    stem = _stem(word)
    known = known or _STEMS.get(stem) or _by_beginning(word) or _without_vowels(word)
    return _wider(known) if known else (stem,)


@lru_cache(maxsize=16384)
def spelled(word: str) -> str:
    """A word as it is known: of a long one that is not, the one with a letter less or more, or with two swapped."""
    if len(word) < LEAST_SWAPPED or not (word.isascii() and word.isalpha()) or _is_known(word):
        return word
    for place in range(1, len(word) - 1):
        swapped = word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        if swapped in _SPELLINGS or _by_beginning(swapped, LEAST_MISTYPED):
            return swapped
        shorter = word[:place] + word[place + 1 :]
        if len(shorter) >= LEAST_MISTYPED and (shorter in _SPELLINGS or _by_beginning(shorter, LEAST_MISTYPED)):
            return shorter
    return _LACKING_A_LETTER.get(word) or _LACKING_A_LETTER.get(_stem(word)) or _beginning_completed(word)


def _beginning_completed(word: str) -> str:
    """The word with the letter that its long beginning lacks, where it lacks one."""
    for end in range(len(word), LONG_BEGINNING - 2, -1):
        whole = _LACKING_A_LETTER.get(word[:end], "")
        if len(whole) >= LONG_BEGINNING and whole in _BEGINNINGS:
            return whole + word[end:]
    return word


def _is_known(word: str) -> bool:
    return word in _SPELLINGS or _stem(word) in _SPELLINGS or bool(_by_beginning(word))


def unspaced_senses(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Start, end and meanings of what is said in scripts without spaces."""
    for found in _UNSPACED.finditer(text):
        said = _UNSPACED_WORDS.get(found[0])
        if found["minutes"]:
            yield found.start(), found.end(), _duration(found["minutes"], "", "minutes").meanings
        elif said:
            yield found.start(), found.end(), _wider(said)
        else:
            yield found.start(), found.end(), DENIES_LAST if found[0] in _DENYING_BEHIND else DENIES_NEXT


def _idiom_at(words: Sequence[str], place: int, idioms: _Idioms) -> Sense | None:
    second = _behind_articles(words, place, place)
    if second >= len(words):
        return None
    for rest, said in idioms.get(_stem(words[second]), ()):
        here = second
        for part in rest:
            here = _behind_articles(words, here, place)
            if here >= len(words) or _stem(words[here]) != part:
                break
        else:
            return Sense(_wider(said), here - place + 1)
    return None


def _behind_articles(words: Sequence[str], here: int, place: int) -> int:
    """The place of the next word of an idiom that begins at `place`."""
    here += 1
    while here < len(words) and words[here] in ARTICLES and here < place + MOST_APART:
        here += 1
    return here


@lru_cache(maxsize=16384)
def _duration(word: str, before: str, following: str) -> Sense:
    """A stretch of time: only two minutes and more say something, and "every 5 minutes" does not."""
    number, unit = word, following
    if not word.isdigit() and word[0].isdigit():
        number, unit = _NUMBER_AND_UNIT.sub(r"\1", word), _NUMBER_AND_UNIT.sub(r"\2", word)
    amount = _NUMBERS.get(number) or (int(number) if number.isdigit() and len(number) < MOST_DIGITS else 0)
    seconds = amount * 60 if unit in _MINUTES else amount if unit in _SECONDS else 0
    count = 2 if seconds and unit is following else 1
    if unit == "s" and LEAST_STATUS <= amount < MOST_STATUS:
        return Sense(())
    if before in _EVERY or seconds < TWO_MINUTES - 20:
        return Sense((), count) if seconds else Sense((word,) if word.isdigit() else ())
    return Sense(_wider("two minutes" if abs(seconds - TWO_MINUTES) <= 20 else "minutes"), count)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """A word without its ending; rough, but the same for the forms of one word."""
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s", "ly"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and _VOWEL.search(stem) and not word.endswith("ss"):
            word = stem + ("y" if ending in ("ied", "ies") else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


def _by_beginning(word: str, shortest: int = LEAST_BEGINNING) -> str:
    """The meaning of the longest beginning that is listed with a star, of at least so many letters."""
    least = max(shortest, len(word) - MOST_ADDED) - 1
    return next((known for end in range(len(word), least, -1) if (known := _BEGINNINGS.get(word[:end]))), "")


def _without_vowels(word: str) -> str:
    """The meaning of a word that is written without its vowels, as in "chngd" and "prmssn"."""
    if len(word) < LEAST_CONSONANTS or not word.isascii() or _VOWEL.search(word, 1):
        return ""
    return _CONSONANTS.get(_consonants(word)) or _CONSONANTS.get(_consonants(word[:-1]), "")


def _consonants(word: str) -> str:
    """The first letter and all later consonants, doubled ones once."""
    return _DOUBLED.sub(r"\1", word[0] + _VOWEL.sub("", word[1:]))


def _wider(meaning: str) -> tuple[str, ...]:
    return _WIDER.get(meaning, (meaning,))


_WIDER = {
    name.split(" > ")[0]: (name.split(" > ")[0], *name.split(" > ")[-1].split()) for name in CONCEPTS if ">" in name
}
_EXACT: dict[str, str] = {}
_STEMS: dict[str, str] = {}
_BEGINNINGS: dict[str, str] = {}
_Idioms = dict[str, list[tuple[tuple[str, ...], str]]]
_IDIOMS: dict[str, _Idioms] = {}
"""What is said with several words, by the first, then by the second: the further ones, and the meaning."""
_UNSPACED_WORDS: dict[str, str] = {}


def _learn(name: str, word: str) -> None:
    if has_no_spaces(word):
        _UNSPACED_WORDS.setdefault(word, name)
        return
    parts = [part for part in word.split("_") if part not in ARTICLES]
    if len(parts) > 1:
        stems = [_stem(part) for part in parts]
        _IDIOMS.setdefault(stems[0], {}).setdefault(stems[1], []).append((tuple(stems[2:]), name))
    elif parts[0].endswith("*"):
        _BEGINNINGS.setdefault(parts[0][:-1], name)
    else:
        _EXACT.setdefault(parts[0].rstrip("!"), name)
        if not parts[0].endswith("!"):
            _STEMS.setdefault(_stem(parts[0]), name)


for _name, _words in CONCEPTS.items():
    for _word in folded(_words).split():
        _learn(_name.split(" > ")[0], _word)
for _idioms in _IDIOMS.values():
    for _ending in _idioms.values():
        _ending.sort(key=lambda idiom: -len(idiom[0]))
_PLAIN_WORDS = {
    word: known
    for known_words in (_BEGINNINGS, _EXACT)
    for word, known in known_words.items()
    if word.isascii() and word.isalpha()
}
_SPELLINGS = frozenset(
    word
    for words in (_PLAIN_WORDS, _STEMS, _IDIOMS, _EMPTY, _DENYING, _DEPENDENT, _IRREGULAR, _SEPARABLE, _NUMBERS)
    for word in words
) | {
    part
    for idioms in _IDIOMS.values()
    for second, endings in idioms.items()
    for part in (second, *(part for rest, _ in endings for part in rest))
}
"""Words, and what is left of words without their endings, by which a misspelt one is told from an unknown one."""
_LACKING_A_LETTER = {
    word[:place] + word[place + 1 :]: word
    for word in sorted(_SPELLINGS)
    for place in range(1, len(word) - 1)
    if len(word) > LEAST_MISTYPED and word.isascii() and word.isalpha()
}
_CONSONANTS = {
    letters: known
    for word, known in sorted(_PLAIN_WORDS.items(), reverse=True)
    if len(letters := _consonants(word)) >= LEAST_CONSONANTS
}
_UNSPACED = re.compile(
    r"(?P<minutes>\d+) ?分|"
    + "|".join(sorted(map(re.escape, (*_UNSPACED_WORDS, *_DENYING_UNSPACED, *_DENYING_BEHIND)), key=len, reverse=True))
)
_OPPOSITES = {
    "work": "fail", "run": "no call", "call": "no call", "anyth": "blank", "data": "no value", "value": "no value",
    "return": "no return", "output": "no output", "enabled": "off", "connect": "disconnected", "valid": "expired",
    "find": "missing", "accept": "refuse", "filled": "blank",
}  # fmt: skip

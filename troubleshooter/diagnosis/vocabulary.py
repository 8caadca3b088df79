"""Everyday words of many languages: which carry no meaning, which deny, and which mean the same."""

from __future__ import annotations

import re
from functools import lru_cache

from .normalise import folded


def word_set(words: str) -> frozenset[str]:
    """The words of a list, in plain characters."""
    return frozenset(folded(words).split())


_EMPTY = word_set(
    """
    a an the is are was were be been being am has have had having do does did will would can could should shall
    may might must of in at on by with for from to and or but so as if than then there here this that these those
    it its i we my our your you he she they them their me us his her him who what which when while where why how
    since after before now just only still also any some very all every each again already yet ever too much many
    more most such both other another same own s t d ll re ve m one ones into onto about over under up out get
    gets got getting gotten turn turned turning turns switch switched switching switches toggle toggled set
    because due der die das den dem ein eine einen ist sind war wir ich es und oder mit von zu im auf fur wird wurde
    hat haben einem einer eines mein meine meiner meinem ihr ihre seine aber auch wenn dann bei seit nach le la les
    un une des du de est sont et ou avec sur dans pour par il elle nous je que qui se ce cette au aux mon ma mes son
    sa ses mais aussi depuis quand apres ai el los las una son y o con en por para del al lo mi su sus pero cuando
    desde ha han he gli uno di da per che e nel della si os um uma do dos em na anche quando dopo ho meu minha mas
    het een mijn maar ook als sinds heeft zijn van op met voor dat jsem v z w do za sie jest
    """
)
"""Words that carry nothing, "turn" and "switch" among them: "turned off" says what "off" says."""
_DENYING = word_set(
    """
    not no never cannot cant dont doesnt didnt isnt arent wasnt werent wont couldnt wouldnt havent hasnt without
    neither nor nicht kein keine keinen nie ohne pas jamais sans sin nunca non senza nao niet geen nejde neni bez
    """
)
_SWITCHING = ("turn", "switch", "toggl")
"""How a word begins that means "enable" when "on" follows."""
TO_DISABLE = "to disable"
"""What people do or ask for, as against "disabled" and "turned off", which something is."""
_SAME = (
    "flow workflow cloudflow",
    "app application powerapp powerapps appka",
    "off disabled deactivated inactive",
    "enabled activated active",
    "blank empty nothing void",
    "remove delete drop",
    "change replace swap exchange",
    "new additional extra",
    "add put insert",
    "update republish",
    "input parameter argument",
    "output response return",
    "own owner owned belong",
    "colleague coworker teammate",
    "person someone somebody",
    "slow long longer",
    "authorized allowed permitted",
    "permission rights privilege access",
    "password credentials credential",
    "sign signin login logon",
    "reconnect reauthenticate reauthorize",
    "fail break crash",
    "deploy deployment",
    "production prod",
    "development dev",
    "environment env",
    "minute min mins",
    "2 two",
    "5 five",
    "10 ten",
)
_IRREGULAR = {
    "broken": "break", "broke": "break", "sent": "send", "ran": "run", "taken": "take", "took": "take", "takes": "take",
    "gave": "give", "given": "give", "shown": "show", "seen": "see", "saw": "see", "made": "make", "lost": "lose",
    "went": "go", "gone": "go", "goes": "go", "came": "come", "left": "leave", "timed": "time",
    "people": "person", "connections": "connection", "kept": "keep", "built": "build", "said": "say", "says": "say",
}  # fmt: skip
_VOWEL = re.compile("[aeiouy]")


def is_negation(word: str, before: str) -> bool:
    """True for a word that denies what follows; `before` is the word in front, for the t of don't."""
    return word in _DENYING or (word == "t" and before.endswith("n"))


def meaning(word: str, before: str = "", following: str = "") -> str:
    """What a word says, in one form for all words that say the same; "" for words that carry nothing.

    `before` and `following` are its neighbours: "turn on", "timed out" and "log in" say one thing together.
    """
    if following == "on" and word.startswith(_SWITCHING):
        return _meaning("enabled")
    if word in ("disable", "deactivate") or (word == "off" and before in ("turn", "switch")):
        return TO_DISABLE
    if following == "out" and word in ("time", "times", "timed", "timing"):
        return "timeout"
    if following in ("in", "on") and word in ("log", "logs", "logged", "logging"):
        return "sign"
    return _meaning(word)


@lru_cache(maxsize=8192)
def _meaning(word: str) -> str:
    if word in _EMPTY or (len(word) == 1 and word.isascii() and word.isalpha()):
        return ""
    stem = _stem(word)
    return _CANONICAL.get(stem, stem)


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


_CANONICAL = {_stem(word): _stem(group.split()[0]) for group in _SAME for word in group.split()}

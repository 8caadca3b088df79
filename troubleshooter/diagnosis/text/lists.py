"""Everyday words of many languages in lists: those that carry nothing, that deny, and that depend on others."""

from __future__ import annotations

from troubleshooter.diagnosis.text.normalise import folded


def word_set(words: str) -> frozenset[str]:
    """The words of a list, in plain characters."""
    return frozenset(folded(words).split())


ARTICLES = word_set(
    "a an the my our your his her its their this that these those der die das den dem des ein eine einen einer einem "
    "mein meine le la les l un une du de mon ma mes el los las una mi su il lo gli uno o os as um uma do da dos het een"
)
"""Words that may stand inside of what is said with several words: "left our company"."""
EMPTY = ARTICLES | word_set(
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
    enough sufficient adequate genug genugend ausreichend* suffisant suffisants suffisante suficiente suficientes
    sufficiente sufficienti abbastanza genoeg voldoende
    possible posible possibile possivel moglich become becomes became
    """
)
"""Words that carry nothing, "turn" and "switch" among them: "turned off" says what "off" says."""
DENYING = word_set(
    """
    not no none never impossible unmoglich impossibile imposible impossivel cannot cant dont doesnt didnt isnt
    arent wasnt werent wont couldnt wouldnt havent hasnt without unable lack lacks lacking neither nor nicht
    kein keine keinen keinem keiner nie ohne ne pas jamais sans sin nunca non senza nao niet geen nejde neni žádný
    žádná žádné bez sem zonder nobody niemand nadie nessuno ninguem nikt
    """
)
DENYING_UNSPACED = ("没有", "沒有", "无法", "無法", "不能", "不再", "未", "不")
DENYING_BEHIND = ("ありません", "ません", "ない", "なし", "なく")
IN_THE = ("fluxo", "aplicativo", "botao", "gatilho", "ambiente", "conector")
"""How Portuguese words begin before which "no" means "in the"."""
NOBODY = word_set("nobody noone niemand nadie nessuno ninguem nikt")
"""Those who did not do what follows."""
ABLE = word_set("can could is are may kann konnte peut puede pode puo kan moze")
TRAILING = word_set("nicht keinem niet pas")
"""Words that may deny what stands in front of them."""
SWITCHING = ("turn", "switch", "toggl", "back")
"""How a word begins that means "enable" when "on" follows, as in "turned on" and "turned back on"."""
TURNING = word_set("turn turns turned turning switch switched switching")
"""Words that mean "enable" with "on" behind their object, as in "turn the flow on"."""
BEING = word_set("is was are were been be being stays stayed remains remained sits there shows as status state got")
"""Words behind which "stopped" is a state, as against "the button stopped"."""
FLOWS = word_set("flow flows")
"""Words before which, a little further on, "stopped" tells what somebody did: "stopped all the flows"."""
_OUT = (("out", "removed"),)
_UIT = (("uit", "off"),)
_INTO = (("into", "extended"), ("onto", "extended"), ("end", "extended"))
SEPARABLE = {
    "took": _OUT,
    "taken": _OUT,
    "threw": _OUT,
    "thrown": _OUT,
    "built": _INTO,
    "put": _INTO,
    "staat": _UIT,
    "staan": _UIT,
    "stond": _UIT,
    "stonden": _UIT,
    "dropped": _INTO,
    "drop": _INTO,
}
"""What words say with another one behind their object: "took the number out of ...", "built a step into ..."."""
TOO_MUCH = word_set("long late slow many much few big large small short often old new early far high low soon quickly")
"""Words before which "too" is not "as well"."""
DEPENDENT = word_set("staat staan stond stonden disable deactivate off longer more stopped well too dropped drop")
"""Words that say something else beside others."""
IRREGULAR = {
    "broken": "break", "broke": "break", "sent": "send", "ran": "run", "taken": "take", "took": "take", "takes": "take",
    "gave": "give", "given": "give", "shown": "show", "seen": "see", "saw": "see", "made": "make", "lost": "lose",
    "went": "go", "gone": "go", "goes": "go", "came": "come", "left": "leave", "timed": "time", "wrote": "write",
    "people": "person", "kept": "keep", "built": "build", "said": "say", "says": "say",
}  # fmt: skip
NUMBERS = {
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
MINUTES = word_set("minute minutes min mins minuten minuti minuto minutos minuty minut minuut m")
SECONDS = word_set("second seconds sec secs sekunden seconde secondes segundos secondi seconden sekund s")
EVERY = word_set("every each alle cada toutes ogni elke co every")

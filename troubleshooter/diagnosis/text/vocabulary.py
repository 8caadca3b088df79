"""Everyday words of many languages: which carry no meaning, which deny, and which mean the same."""

from __future__ import annotations

import re
from functools import lru_cache

from troubleshooter.diagnosis.text.normalise import folded


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
    het een mijn maar ook als sinds heeft zijn van op met voor dat jsem v z w do za sie jest andere anderen anderer
    anderes schlagt autre autres otro otra altro altra outro outra
    """
)
"""Words that carry nothing, "turn" and "switch" among them: "turned off" says what "off" says."""
_DENYING = word_set(
    """
    not no never cannot cant dont doesnt didnt isnt arent wasnt werent wont couldnt wouldnt havent hasnt without
    lack lacks lacking neither nor nicht kein keine keinen nie ohne pas jamais sans sin nunca non senza nao niet geen
    nejde neni bez
    """
)
_SWITCHING = ("turn", "switch", "toggl", "back")
"""How a word begins that means "enable" when "on" follows, as in "turned on" and "turned back on"."""
TO_DISABLE = "to disable"
"""What people do or ask for, as against "disabled" and "turned off", which something is."""
_SAME = (
    "flow workflow cloudflow flux flujo flujos flusso flussi fluxo",
    "app application powerapp powerapps appka appli applikation applicazione aplicacion aplicacao aplicativo",
    "off disabled deactivated inactive ausgeschaltet deaktiviert abgeschaltet desactive desactivee desactivado apagado "
    "disattivato spento desativado desligado uitgeschakeld",
    "enabled activated active",
    "blank empty nothing void leer leere leerer leeres vide vides vacio vacia vuoto vuota vazio vazia leeg blanco",
    "remove delete drop entfernt geloscht supprime supprimee eliminado eliminada borrado borrada borramos rimosso "
    "rimossa eliminato eliminata removido removida verwijderd",
    "rename umbenannt renomme renommee renombrado renombrada rinominato rinominata renomeado renomeada hernoemd",
    "change replace swap exchange modify edit alter geandert gewechselt ausgetauscht ersetzt modifie modifiee remplace "
    "remplacee cambiado cambiada cambie cambiato cambiata sostituito mudei alterado alterada trocado trocada troquei "
    "gewijzigd vervangen",
    "new additional extra neu neue neuer neues neuen weiteren weiteres nouveau nouvelle nuevo nueva nuovo nuova novo "
    "nova nieuw nieuwe",
    "add put insert hinzugefugt hinzufugen erganzt ajoute ajoutee ajouter anadido anadi agregado agregue aggiunto "
    "aggiunta adicionado adicionei toegevoegd",
    "update republish",
    "input parameter argument eingabe eingaben parametre parametro entree entrada invoer",
    "output response respond return ausgabe ausgaben antwort sortie reponse salida respuesta risposta saida resposta "
    "uitvoer",
    "value wert werte valeur valor valore waarde",
    "field feld champ campo veld",
    "own owner owned belong gehort appartient pertenece appartiene pertence",
    "colleague coworker teammate kollege kollegin kollegen collegue companero companera collega colega",
    "person someone somebody",
    "slow long longer langsam lange langer lent lente lento lenta traag",
    "permission rights privilege access berechtigung berechtigungen zugriff autorisation acces permiso permisos "
    "permesso permessi permissao toestemming droit droits derecho derechos diritti rechten",
    "authorized allowed permitted",
    "password credentials credential kennwort passwort contrasena senha wachtwoord",
    "sign signin login logon",
    "reconnect reauthenticate reauthorize",
    "connection verbindung verbindungen connexion conexion connessione connessioni conexao verbinding verbindingen",
    "connector konnektor konnektoren connecteur conector connettore",
    "account konto compte cuenta conta",
    "action step aktion schritt etape accion paso azione passaggio acao actie stap",
    "error fehler fehlermeldung erreur errore erro fout",
    "fail break crash fehl fehlgeschlagen scheitert echoue falla fallo fallisce falha mislukt faalt",
    "work funktioniert lauft fonctionne marche funciona funziona werkt",
    "show say display throw report give tell zeigt anzeigt affiche muestra mostra toont",
    "succeed success successful",
    "wait wartet attend espera aspetta wacht",
    "timeout zeituberschreitung",
    "deploy deployment",
    "test uat qa staging",
    "import importiert importe importado importato geimporteerd",
    "production prod produktion productie produccion produzione producao",
    "development dev entwicklung developpement desarrollo sviluppo desenvolvimento ontwikkeling",
    "environment env umgebung environnement entorno ambiente omgeving",
    "minute min mins minuten minuti minuto minuut",
    "second sec secs sekunden secondes segundos secondi seconden",
    "2 two zwei deux dois twee",
    "3 three drei trois tres tre drie",
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
    if word == "more" and following == "than":
        return _meaning("longer")
    if following == "out" and word in ("time", "times", "timed", "timing"):
        return "timeout"
    if following in ("in", "on") and word in ("log", "logs", "logged", "logging"):
        return "sign"
    return _meaning(word)


def denied_meaning(sense: str) -> str:
    """What a meaning says when it is denied, where that has words of its own: what does not work, fails; else ""."""
    return _OPPOSITES.get(sense, "")


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
_OPPOSITES = {
    _meaning("work"): _meaning("fail"),
    _meaning("enabled"): _meaning("off"),
    _meaning("anything"): _meaning("nothing"),
}

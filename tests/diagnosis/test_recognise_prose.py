"""What people say in their own words, in many languages, leads to the right guide; what no guide is about does not."""

from __future__ import annotations

import pytest

from guides.library import leader
from tests.bench.timing import Clock
from tests.evaluation.bench import starter_library
from troubleshooter.diagnosis import decide
from troubleshooter.diagnosis.model import Guide, Kind, Model
from troubleshooter.diagnosis.text.hints import HintIndex
from troubleshooter.diagnosis.text.normalise import plain
from troubleshooter.diagnosis.text.phrases import PhraseIndex
from troubleshooter.diagnosis.text.senses import tokens_of

DESCRIPTIONS = {
    "workflow-trigger-not-enabled": [
        "Our leave request button does nothing; turns out the workflow behind it was deactivated by someone",
        "After we upgraded the solution the flow shows as Off again and I have to switch it on every time",
        "seems MS suspended our flow because it kept failing, app dead now",
        "Der Flow wurde vom Admin deaktiviert, die App zeigt nur noch einen Fehler",
        "Le flux est éteint depuis le déploiement",
        "O fluxo foi desativado e o botão não faz nada",
        "Przepływ został wyłączony po imporcie rozwiązania",
        "インポート後にフローが無効になっています",
        "导入解决方案后流程被关闭了",
    ],
    "response-timeout": [
        "the app gives a gateway timeout although the flow is still running",
        "The report flow crunches a lot of rows and needs 5 minutes, meanwhile the canvas app already says it failed",
        "app keeps spinning for two minutes, then an error pops up, while the flow completes a bit later",
        "Nach zwei Minuten bricht die App ab, der Flow läuft aber weiter",
        "Le flux est trop long, l'application affiche un dépassement du délai d'attente",
        "El flujo tarda cuatro minutos y la app da error antes",
        "O fluxo leva três minutos e o aplicativo mostra erro de tempo limite",
        "フローの処理が2分以上かかるとアプリでタイムアウトになる",
        "流程运行超过两分钟,应用报错超时",
        "Przepływ trwa dłużej niż dwie minuty i aplikacja zgłasza błąd",
    ],
    "flow-input-added": [
        "We put one more text field into the Power Apps trigger and now the old app crashes when calling the flow",
        "since our flow wants an additional argument the published app doesn't work",
        "Im Trigger des Flows gibt es jetzt einen zusätzlichen Parameter, die App kennt ihn nicht",
        "On a ajouté un paramètre au flux et l'application ne marche plus",
        "Añadimos un parámetro nuevo al flujo y ahora la aplicación falla",
        "Adicionei mais um parâmetro ao fluxo e o aplicativo parou de funcionar",
        "フローに引数を追加したらアプリがエラーになった",
        "给流程添加了一个新参数后应用报错",
        "Dodaliśmy nowy parametr do przepływu i aplikacja przestała działać",
    ],
    "flow-connections-changed": [
        "I switched the Outlook connection of the flow over to the service account and since then the app moans",
        "Wir haben die Verbindung im Flow durch eine andere ersetzt, jetzt meckert die App",
        "La connexion du flux a été remplacée, depuis l'application plante",
        "Cambiamos la conexión del flujo por otra y la app ya no funciona",
        "Trocamos a conexão do fluxo e agora o app dá erro",
        "フローの接続を変更したらアプリが動かない",
        "更换了流程的连接之后应用出错",
        "Zmieniliśmy połączenie w przepływie i aplikacja zgłasza błąd",
    ],
    "invoker-connection-override-failed": [
        "I extended our flow with a Teams notification step. Since then pressing Submit in the app fails",
        "Der Flow hat einen neuen Konnektor bekommen, seitdem wirft die App Fehler",
        "J'ai ajouté une action avec un nouveau connecteur dans le flux, l'application échoue",
        "Agregué una acción con otro conector al flujo y la app falla",
        "フローに新しいアクションを追加したらアプリがエラー",
    ],
    "flow-output-removed": [
        "the textbox that should show the order number coming from the flow is empty, yet the run history is all green",
        "someone deleted an output in the response step, since then the label is blank",
        "Das Feld in der App bleibt leer, obwohl der Flow erfolgreich durchläuft",
        "Le champ de l'application reste vide alors que le flux réussit",
        "El campo de la app sale vacío aunque el flujo termina correctamente",
        "O campo do aplicativo fica vazio, mas o fluxo é executado com sucesso",
        "フローは成功しているのにアプリの値が空になる",
        "流程运行成功,但应用里的值是空的",
        "Pole w aplikacji jest puste, chociaż przepływ kończy się sukcesem",
    ],
    "authentication-failure": [
        "I had to reset my password on Monday and from that day on all runs are unauthorized",
        "power automate keeps nagging that I should sign in to the SharePoint connection again",
        "Mein Kennwort ist abgelaufen und jetzt schlägt der Flow fehl",
        "Mon mot de passe a changé et depuis le flux échoue",
        "Cambié mi contraseña y el flujo ya no funciona",
        "Minha senha expirou e o fluxo falha",
        "パスワードを変更してからフローが失敗する",
        "密码更改后流程失败",
        "Zmieniłem hasło i przepływ nie działa",
    ],
    "connection-authorization-failed": [
        "The app maker isn't allowed to use the SQL connection inside the flow, it is owned by an ex employee",
        "Ich darf die Verbindung im Flow nicht benutzen, sie gehört meinem Chef",
        "La connexion utilisée par le flux appartient à quelqu'un d'autre",
        "La conexión del flujo es de un compañero y no tengo permiso",
        "Não tenho permissão para usar a conexão do fluxo",
        "フローの接続を使う権限がない",
        "我没有使用流程连接的权限",
        "Nie mam uprawnień do połączenia w przepływie",
    ],
    "missing-connection-reference": [
        "dev is fine, but in prod the button errors with something about the connection",
        "It all worked in the sandbox; once we shipped the managed solution to production nobody can start the flow",
        "In der Testumgebung klappt es, in der Produktion scheitert der Aufruf",
        "Ça marche en développement mais ça échoue en production",
        "En desarrollo funciona pero en producción da error",
        "No ambiente de desenvolvimento funciona, em produção dá erro",
        "開発環境では動作しますが、本番環境ではエラーになります",
        "在开发环境正常,在生产环境报错",
        "W środowisku deweloperskim działa, na produkcji błąd",
    ],
    "not-allowed-connection-reference": [
        "We changed the run-only setting of the SQL connection and since then the app gets an error",
    ],
    "action-configuration": [
        "A colleague renamed the SharePoint list and now the flow's Get items step fails",
        "the flow can't find the Excel file any more, it was moved to another library",
        "Der Ordner wurde verschoben und der Flow findet die Datei nicht mehr",
        "La liste SharePoint a été renommée et le flux échoue",
        "Se cambió el nombre de la columna y el flujo falla",
        "A lista foi renomeada e o fluxo falha",
        "リスト名を変更したらフローが失敗する",
        "列表重命名后流程失败",
        "Zmieniono nazwę listy i przepływ nie działa",
    ],
    "transient-failure": [
        "Every now and then a run breaks with a server error; hitting resubmit fixes it",
        "Der Flow schlägt sporadisch fehl, beim nächsten Lauf geht es wieder",
        "Le flux échoue de temps en temps puis remarche tout seul",
        "El flujo falla de vez en cuando y al reintentar funciona",
        "O fluxo falha de vez em quando",
        "フローがたまに失敗しますが再実行すると成功します",
        "流程偶尔失败,重试后成功",
        "Przepływ czasami kończy się błędem, ponowne uruchomienie pomaga",
    ],
    "install-flow-failed": [
        "users see that the installation of the flow failed",
    ],
}
OTHER_THINGS = [
    "My flow does not start when a new item is added to the list",
    "How do I change the connection a flow uses?",
    "The gallery shows only 500 records",
    "approval mails land in the spam folder",
    "The date in the app is one day off",
    "What is the limit of actions per flow?",
    "Wie kann ich einen Flow mit Kollegen teilen?",
    "The app asks each new user for permission when it is opened first",
    "I want to add a new input to my flow, what do I have to consider?",
    "Excel table gets duplicates when the flow runs twice",
    "The flow sends the mail to the wrong person",
    "Cannot find the flow in the list when I add it to the app",
    "Our flow has to wait for an approval of five days",
    "The new column is not shown in the dynamic content",
    "PowerApps screen flickers on iPad",
    "Is it possible to rename a flow without breaking the app?",
    "can a flow read password protected files",
    "Teams message from the flow has a wrong line break",
    "Export of the solution fails with a missing dependency",
    "The app is slow when many people use it",
    "The flow creates an empty file",
    "I deleted a column in the list, will my app still work?",
    "Is there a list of all connections that are about to expire?",
    "What does a gateway timeout mean?",
]


def claimed(text: str) -> str:
    guide = starter_library().claimed(text)
    return guide.slug if guide else "none"


@pytest.mark.parametrize(("slug", "text"), [(slug, text) for slug, texts in DESCRIPTIONS.items() for text in texts])
def test_a_description_in_ones_own_words_leads_to_its_guide(slug: str, text: str) -> None:
    assert claimed(text) == slug


@pytest.mark.parametrize("text", OTHER_THINGS)
def test_a_text_about_something_else_leads_to_no_guide(text: str) -> None:
    assert claimed(text) == "none"


def guide(reference: str, *phrases: str, **texts: str) -> Guide:
    return Guide(reference, reference.lower(), texts.get("title", ""), texts.get("meaning", ""), phrases=phrases)


OFF, BLANK, OLD = (
    guide("FLOW-1", "flow is turned off", title="Turn the flow on", meaning="Nothing can start it."),
    guide("FLOW-2", "app gets a blank value from the flow", title="Bring back the value", meaning="An output is gone."),
    guide(
        "FLOW-3", "password of the connection has expired", title="Sign in again", meaning="A credential is too old."
    ),
)
MODEL = Model(guides=(OFF, BLANK, OLD))


def said(text: str) -> list[str]:
    return [hit.fact.value for hit in PhraseIndex(MODEL).find(tokens_of(plain(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "somebody disabled our workflow",
        "the automation was deactivated",
        "der Flow wurde abgeschaltet",
        "フローが無効です",
        "the flow was deactivatd",
    ],
)
def test_a_phrase_is_found_in_other_words_and_languages(text: str) -> None:
    assert said(text) == ["FLOW-1"]


@pytest.mark.parametrize(
    "text",
    [
        "the flow is not turned off",
        "how do I turn off the flow?",
        "we want to turn off the flow",
        "is the light off in the room?",
        "the flow starts every 5 minutes",
    ],
)
def test_what_is_denied_wished_or_about_something_else_is_not_said(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the flow is turned off by a data policy of our admin",
        "the flow is turned off, it exceeded the daily limit of its plan",
        "the flow was turned off, you can close the ticket",
    ],
)
def test_a_reason_of_which_no_guide_speaks_leaves_everyday_words_a_hint(text: str) -> None:
    tokens = tokens_of(plain(text))
    assert PhraseIndex(MODEL).find(tokens)[0].fact.value == "FLOW-1"
    assert PhraseIndex(MODEL).is_elsewhere(tokens)
    assert not PhraseIndex(MODEL).is_elsewhere(tokens_of(plain("the flow is turned off, and there is no data policy")))


def test_what_does_not_come_back_is_blank() -> None:
    assert said("the app does not get the value of the flow") == ["FLOW-2"]


def test_a_german_verb_is_denied_by_what_stands_behind_it() -> None:
    tokens = tokens_of(plain("der Flow findet die Datei nicht mehr"))
    assert "missing" in {token.meaning for token in tokens}


@pytest.mark.parametrize("typed", ["conection", "connetcion", "connecttion"])
def test_a_typing_error_in_a_long_word_is_overlooked(typed: str) -> None:
    assert [token.meaning for token in tokens_of(plain(typed))] == ["connection"]


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [("preciisa", "demand"), ("cnfigurée", "configured"), ("aagin", "again"), ("unauthrized", "unauthorized")],
)
def test_a_typing_error_in_any_form_of_a_word_is_overlooked(typed: str, meaning: str) -> None:
    assert [token.meaning for token in tokens_of(plain(typed))] == [meaning]


def modes(text: str, meaning: str) -> list[str]:
    return [token.mode for token in tokens_of(plain(text)) if token.meaning == meaning]


@pytest.mark.parametrize(
    ("text", "meaning", "mode"),
    [
        ("nobody changed the connection", "changed", "denied"),
        ("nothing was renamed", "renamed", "denied"),
        ("wir haben nichts gelöscht", "removed", "denied"),
        ("the form has not come so far as to start any flow", "flow", "denied"),
        ("the flow plays no role here", "flow", "denied"),
        ("the flow is shared with me, its connection isn't", "share", "denied"),
        ("it was not possible to install the flow", "install", "denied"),
        ("it was about not being able to install the flow", "install", "denied"),
        ("I am able to install the flow", "install", "wished"),
        ("he does not have enough permission", "permission", "denied"),
        ("how long does a flow wait", "wait", "wished"),
        ("is it possible to install a flow", "install", "wished"),
        ("connections that are about to expire", "expired", "wished"),
        ("none of the flows find the list", "flow", "said"),
    ],
)
def test_what_is_denied_or_only_asked_is_not_said(text: str, meaning: str, mode: str) -> None:
    assert modes(text, meaning)[-1] == mode


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("the flow is stopped", "off"),
        ("the flow stopped", "fail"),
        ("our admin stopped a bunch of flows", "off"),
        ("the loop breaks off", "fail"),
        ("bei keinem geht der Flow", "fail"),
        ("nobody can start the flow", "no call"),
        ("I took the number out of the response", "removed"),
        ("we built a step into the flow", "extended"),
        ("it asks for the room as well", "also"),
        ("chngd", "changed"),
        ("prmssn", "permission"),
        ("three and a half minutes", "minutes"),
        ("none of the flows find the list", "missing"),
        ("I cannot turn the flow on", "off"),
        ("the flow offers Turn on in its menu", "off"),
        ("the button no longer works", "fail"),
        ("a colleague who no longer works here", "left"),
        ("der Flow läuft aus der App heraus nicht mehr", "no call"),
        ("we re-pointed the flow", "changed"),
    ],
)
def test_words_are_understood_by_what_stands_beside_them(text: str, meaning: str) -> None:
    assert meaning in {token.meaning for token in tokens_of(plain(text))}


@pytest.mark.parametrize("text", ["a few 502s", "too slow", "the flow works well"])
def test_neither_a_plural_nor_too_much_says_more_than_it_says(text: str) -> None:
    assert not {"minutes", "also"} & {token.meaning for token in tokens_of(plain(text))}


def test_words_of_a_guides_own_texts_are_a_hint_and_no_phrase() -> None:
    text = "the credential is too old, it seems"
    assert said(text) == []
    assert [hit.fact for hit in HintIndex(MODEL).find(tokens_of(plain(text)))] == [(Kind.ABOUT, "FLOW-3", "")]


def test_one_word_in_common_is_no_hint() -> None:
    assert HintIndex(MODEL).find(tokens_of(plain("a credential"))) == []


def test_a_hint_claims_no_guide_but_starts_at_it() -> None:
    library = starter_library()
    diagnosis = decide.diagnose(library.model, library.recogniser.read("the caller waited for an answer").evidence)
    assert leader(diagnosis) is None
    assert "response-timeout" in [candidate.guide.slug for candidate in diagnosis.ranking[:3]]


def test_words_are_understood_in_half_a_millisecond() -> None:
    recogniser, text = starter_library().recogniser, DESCRIPTIONS["invoker-connection-override-failed"][0]

    def understand() -> None:
        tokens = tokens_of(plain(text))
        recogniser.phrases.find(tokens)
        recogniser.hints.find(tokens)

    clock = Clock()
    assert clock.best(understand, 50) / clock.stopped() < 0.0005

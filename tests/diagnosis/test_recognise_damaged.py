"""An error text that was cut, wrapped, misspelt or logged on its way still says what it said."""

import time

import pytest

from tests.diagnosis.factories import make_guide, make_model
from tests.diagnosis.recognition import first, observation, read, recogniser
from tests.evaluation.latency import HOSTILE, filled, large_model
from troubleshooter.diagnosis.model import Fact, Kind, Message, Model
from troubleshooter.diagnosis.recognise import MOST_READ, compile_recogniser
from troubleshooter.diagnosis.text.mending import Mender
from troubleshooter.diagnosis.text.normalise import once, plain

TIMELY = (
    "The server did not receive a timely response from the upstream server. Request tracking id '0858440011'. "
    "It happens every morning."
)


@pytest.mark.parametrize(
    "text",
    [
        "The sevrer did not recieve a timley response from the upsteam server. Request trackng id '0858'.",
        "The server did not rec\neive a timely respo\nnse from the upstream serve\nr. Request tracking id '0858'.",
        "ver did not receive a timely response from the upstream server. Request tracking id '0858'.",
        "2026-03-01 09:14:07.531 [WARN ] worker-3: The server did not receive a timely response from\n"
        "2026-03-01 09:14:07.532 [WARN ] worker-3: the upstream server. Request tracking id '0858'.",
        "From room 404:\n\nceive a timely response from the upstream server. Request tracking id '0\n\n400 rows wait.",
        f"{TIMELY}\n{TIMELY}",
    ],
)
def test_a_damaged_message_is_still_that_message(text):
    assert observation(text) == "message:timely"


@pytest.mark.parametrize(
    "text",
    [
        "…onnectionOverrideFailed",
        "run failed: InvokerConnectionOverr",
        '{"error": {"code": "InvokerCo',
        '{"error": {"code": "InvokerCo\nThat is all I see of it.',
        "InvokerConnection\nOverideFailed",
    ],
)
def test_a_code_that_was_cut_or_broken_is_still_that_code(text):
    assert observation(text) == "code:InvokerConnectionOverrideFailed"


def test_a_piece_that_several_codes_share_is_none_of_them():
    assert observation("… ConnectionReference") is None


def test_a_misspelt_status_word_is_mended():
    assert observation('{"sattus": 401, "message": "no"}, the flow') == "status:401"
    assert observation("Action 'Get' of the flow failed: Uanuthorized") == "status:401"


def test_a_status_that_a_line_broke_is_read_where_it_is_a_value():
    assert observation('{"outputs":{"statusCode":40\n1,"headers":{}},"name":"flow"}') == "status:401"
    assert observation("My flow failed in step 40\n1 times") is None


def test_the_soft_line_ends_of_mails_are_taken_out():
    mail = "Connection refer=\nence 'sql' was not gi=\nven by invoker."
    assert plain(mail).text == "Connection reference 'sql' was not given by invoker."
    assert plain("total =\n12").text == "total =\n12"


def test_a_negation_without_its_apostrophe_is_the_same_word():
    assert plain("it DOESNT, they dont, we couldnt want").text == "it DOESN'T, they don't, we couldn't want"


def test_a_misspelt_word_of_time_still_tells_what_was_before():
    assert observation("Bfeore: BadGateway for an hour. Today the flow says 'Bad Request: ID out'") == "status:400"


def test_what_was_mended_is_shown_where_it_stands():
    text = "Since noon:\n\nConection reference 'sql' was not gievn by invoker."
    (seen,) = read(text).seen
    assert seen.span
    assert text[seen.span.start : seen.span.end] == "was not gievn by invoker"


def test_a_word_that_could_be_two_others_is_left_alone():
    mended = Mender(["sales", "tales", "trigger"]).mended(plain("our triger for bales"))
    assert mended.text == "our trigger for bales"


def test_only_words_that_a_line_broke_are_joined():
    mender = Mender(["trigger", "not", "allowed", "notallowed"])
    assert mender.joined(plain("a trig\nger is not\nallowed")).text == "a trigger is not\nallowed"


def test_a_text_pasted_twice_is_read_once():
    assert once(plain(f"{TIMELY}\n{TIMELY}")).text == TIMELY
    assert once(plain("aa")).text == "aa"


def test_one_sentence_of_a_long_message_is_enough_where_it_says_enough():
    sentence = (
        "Connection <name> cannot be used to activate this flow because you have no permission for any part of it."
    )
    remedy = "Either replace it with another one that you own or ask whoever made it to turn the flow on for you again."
    guide = make_guide(1, more_messages=[Message("no-permission", f"{sentence} {remedy}", ("cannot be used",))])
    reader = compile_recogniser(make_model([guide]))
    text = f"Reminder: {sentence.replace('<name>', 'x')} Thanks"
    assert reader.read(text).seen[0].fact == Fact(Kind.MESSAGE, "no-permission")
    assert reader.read("It cannot be used to activate this flow, thanks").seen[0].fact.kind is Kind.ABOUT


def test_a_message_without_spaces_that_lacks_a_character_is_still_that_message():
    said = "接続参照が呼び出し元によって指定されませんでした"
    guide = make_guide(1, more_messages=[Message("not-given", said, ("呼び出し元によって指定されません",))])
    reader = compile_recogniser(make_model([guide]))
    assert reader.read(said.replace("せん", "せ")).seen[0].fact == Fact(Kind.MESSAGE, "not-given")
    assert reader.read("接続参照が指定されませんでした").seen[0].fact != Fact(Kind.MESSAGE, "not-given")


# Statuses in time


def test_what_was_the_error_before_is_not_the_error():
    assert (
        observation("Before: BadGateway for an hour. Today the flow says 'Bad Request: ID out of range'")
        == "status:400"
    )
    assert observation("First 401, fixed by signing in. Now the flow gives 400") == "status:400"


def test_a_list_of_times_and_statuses_is_read():
    assert observation("14:03 502, 14:03 502, 14:04 OK, the flow of today") == "status:502"
    assert observation("Runs failed: 400 in the last 7 days, all of this flow") is None


def test_the_status_of_a_step_counts_where_its_message_stands_behind_it():
    text = 'Post_card: BadRequest. Request to the Bot framework failed with \'{"error":{"code":"BadArgument"}}\''
    assert observation(text) == "status:400"


# Other software


@pytest.mark.parametrize(
    "text",
    [
        '10.2.1.7 - - [10/Oct/2020:13:55:36 +0000] "GET /a HTTP/1.1" 401 2326',
        "Mar  2 00:09:42 node17 gatekeeper[311]: error 502",
        "05-21 07:23:26.206 8530 8530 E Http: Unexpected response code 401",
        "ERROR YarnScheduler: exit status: 500",
        "org.springframework.web.client.HttpClientErrorException: 404 Not Found",
        "e1000 0000:3b:00.0: Failed to install the flow director filter.",
    ],
)
def test_the_way_other_software_writes_is_known(text):
    assert observation(text) is None


def test_other_software_is_known_by_a_misspelt_name():
    assert (
        observation("ServiceMow: flow failed, error 401") == observation("ServiceNow: flow failed, error 401") is None
    )


def test_our_software_is_known_by_a_name_that_a_line_broke():
    rest = "lorem ipsum dolor sit amet " * 30
    assert observation(f'{{"clientReq\nuestId": "7", "status": 404, "text": "{rest}"}}') == "status:404"


def test_an_unknown_code_is_named():
    text = '{"error":{"code":"DlpViolation","message":"Flow cannot be activated due to policies"}}'
    assert first(text) == Fact(Kind.UNKNOWN, "DlpViolation")


# Speed


@pytest.fixture(scope="module")
def large() -> Model:
    return large_model(1_400)


def test_messages_are_found_among_thousands(large):
    index = compile_recogniser(large)
    for guide in (large.guides[7], large.guides[600]):
        seen = index.read(f"Oh no: {guide.messages[0].template}").seen
        assert seen[0].fact == Fact(Kind.MESSAGE, guide.messages[0].key)
        assert index.read(guide.codes[1].token).seen[0].fact == Fact(Kind.CODE, guide.codes[1].token)


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(piece):
    short, long = (_seconds(filled(piece, length)) for length in (MOST_READ // 8, MOST_READ // 4))
    assert long < 3 * short + 0.02


def _seconds(text: str) -> float:
    def once() -> float:
        began = time.process_time()
        recogniser().read(text)
        return time.process_time() - began

    return min(once() for _ in range(2))


def test_escapes_are_read_in_capital_letters_and_with_invisible_characters_inside():
    escaped = "WHAT IT SAYS: \\U0027CONNECTION REFERENCE\\U0027"
    assert plain(escaped).text == "WHAT IT SAYS: 'CONNECTION REFERENCE'"
    assert plain("it says \\u00\u200b27yes\\u0\u200b027").text == "it says 'yes'"

"""What people paste leads to what it says: the traps of real error texts, one by one."""

import html
import json
import textwrap

import pytest

from tests.diagnosis.recognition import first, observation, read
from troubleshooter.diagnosis.model import Fact, Kind, Span

NESTED_TIMEOUT = json.dumps(
    {
        "error": {
            "code": 504,
            "source": "europe-002.azure-apim.net",
            "message": "BadGateway",
            "innerError": {
                "error": {
                    "code": "ResponseTimeout",
                    "message": "The server did not receive a timely response from the upstream server. "
                    "Request tracking id '08585944034724717989566282885445277CU60'.",
                }
            },
        }
    }
)
INPUT_ERROR = (
    "Unable to process template language expressions in action 'Send' inputs at line '1' and column '1900': 'The "
    "template language expression 'triggerBody()['Send_Text']' cannot be evaluated because property 'Send_Text' "
    "cannot be selected. Please see https://aka.ms/logicexpressions for usage details.'."
)
CONNECTIONS_ERROR = (
    "Unable to process template language expressions in action 'Send' inputs at line '1' and column '1899': 'The "
    "template language expression 'json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$connections']"
    "['shared_x']['connectionId']' cannot be evaluated because property 'shared_x' doesn't exist, available properties "
    "are 'shared_y'."
)


# Codes


def test_a_message_that_two_codes_share_is_the_message_not_a_guess():
    assert observation("Connection reference 'sql' was not given by invoker.") == "message:not-given"


def test_the_code_decides_between_guides_that_share_the_message():
    text = '"code": " NotAllowedConnectionReference", "message": "Connection reference \'x\' was not given by invoker."'
    assert observation(text) == "code:NotAllowedConnectionReference"


@pytest.mark.parametrize(
    "dirty",
    [
        " MissingConnectionReference' ",
        '"missingconnectionreference"',
        "MISSINGCONNECTIONREFERENCE",
        "Error:MissingConnectionReference.",
        "missing connection reference",
        "Missing-Connection-Reference",
        "MissingConnection\nReference",
        "> MissingConnection-\n> Reference",
        "MisingConnectionReference",
        "MissingConnectionRefernece",
        "Missing\u200bConnection\u200bReference",
        "ＭissingＣonnectionＲeference",
    ],
)
def test_a_dirty_code_is_still_that_code(dirty):
    assert observation(dirty) == "code:MissingConnectionReference"


def test_a_misspelling_that_curators_know_is_the_code():
    assert (
        observation('Error code "NotAllowedConnectionReferenceon" on Flow run') == "code:NotAllowedConnectionReference"
    )


def test_a_longer_code_that_only_contains_the_words_is_another_code():
    text = '{"error":{"code":"XrmConnectionReferenceMissingConnection","message":"Connection Id missing."}}'
    assert first(text) == Fact(Kind.UNKNOWN, "XrmConnectionReferenceMissingConnection")


def test_the_inner_code_wins_over_the_outer_number_and_word():
    assert observation(NESTED_TIMEOUT) == "code:ResponseTimeout"


def test_a_cut_json_still_gives_its_code():
    assert observation(NESTED_TIMEOUT[: NESTED_TIMEOUT.index("timely")]) == "code:ResponseTimeout"


def test_a_named_code_beats_the_status_round_it():
    text = 'status code "Forbidden" and details {"error":{"code":"WorkflowTriggerIsNotEnabled"}} (403)'
    assert observation(text) == "code:WorkflowTriggerIsNotEnabled"


def test_a_code_that_is_denied_does_not_count():
    assert observation("No longer InvokerConnectionOverrideFailed, now it is error 502") == "status:502"


def test_further_errors_in_the_text_are_listed_innermost_first():
    text = (
        '{"code":"InvokerConnectionOverrideFailed","inner":' + NESTED_TIMEOUT + "}\nlater: WorkflowTriggerIsNotEnabled"
    )
    reading = read(text)
    assert [seen.fact.value for seen in (*reading.seen, *reading.others)] == [
        "ResponseTimeout",
        "InvokerConnectionOverrideFailed",
        "WorkflowTriggerIsNotEnabled",
    ]


# Generic numbers


@pytest.mark.parametrize("number", [" 0x80040265", "0x80048D0B", "80048d0b", "-2147220891"])
def test_a_generic_number_counts_with_the_message_of_its_guide(number):
    assert first(f'{{"code": "{number}", "message": "Failed to install the flow."}}').kind is Kind.HEX


@pytest.mark.parametrize("message", ["A record with matching key values already exists.", "", "is not valid"])
def test_a_generic_number_alone_is_honestly_unknown(message):
    assert first(f'{{"code": "0x80048d0b", "message": "{message}"}}') == Fact(Kind.UNKNOWN, "0x80048d0b")


def test_plain_words_beside_a_generic_number_say_more_than_the_number():
    assert observation("0x80048d0b - the flow is turned off") == "message:FLOW-3"


def test_the_install_message_alone_is_enough():
    assert observation("When I press the button it says install flow failed.") == "message:install-short"


def test_a_short_message_that_goes_on_differently_is_another_message():
    assert observation("[dao] Failed to install the flow to HW, port 2, EINVAL") is None


# Statuses


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("401", "401"),
        ('"statusCode": 404', "404"),
        ("HTTP/1.1 500 Internal Server Error", "500"),
        ("The flow fails with error 400.", "400"),
        ("(502)", "502"),
        ("a call ends in a 401 error", "401"),
        ("we see 502 randomly", "502"),
        ("Since Monday the 403 comes whenever I start it", "403"),
        ("a 400 comes back from the HTTP step", "400"),
        ("occasional 500s from the connector", "500"),
        ("error: unauthorized", "401"),
        ("MyFlow.Run failed: Unauthorised", "401"),
        ("Detalles del error: BadGateway", "502"),
        ("The app says Bad Gateway.", "502"),
        ("The remote server returned an error: (404) Not Found.", "404"),
        ("フローが失敗しました。401 です。", "401"),
        ("Le flux échoue, erreur 403", "403"),
        ("El flujo falla con el código de error 500", "500"),
        ("흐름에서 401 오류", "401"),
        ("<html><title>502 Bad Gateway</title></html>", "502"),
        ("failed with status code 'Unauthorized' of type 'AudienceUriValidationFailedException'", "401"),
        ("My flow. Error: unauthorized (the sign-in was refused)", "401"),
        ("401 on every run since my password was changed", "401"),
    ],
)
def test_a_status_is_read_where_a_status_stands(text, status):
    assert observation(text) == f"status:{status}"


@pytest.mark.parametrize(
    "text",
    [
        "I have 500 rows in my Excel table",
        "took 404 ms in the flow",
        "at line '1' and column '400'",
        "listening on port 502",
        "ORD-500-404",
        "version 16.0.500.401",
        "It's not the 401 any more in the flow",
        "We do not get a 403",
        "It was a bad request from my boss, how do I make a flow?",
        "How can I make sure that unauthorized people cannot see my gallery?",
        "the list was not found by my colleague",
        "It is forbidden by our policy to use personal connectors",
        "My condition runs after 404 Not Found but never after 500 Internal server error",
        "Event ID 500",
        "How can I send a 404 from my flow to the app?",
        "How do I make the answer of the flow send a 401 back?",
        "We want the flow to return a 500 in that case",
        "Our warehouse holds 500 boxes on 502 shelves",
        "the flow takes 500s",
        "bus 401 comes every ten minutes",
    ],
)
def test_a_number_or_word_that_is_no_status_says_nothing(text):
    assert observation(text) is None


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ('{"code": 504, "message": "BadGateway"}', "504"),
        ('"statusCode": 429', "429"),
        ('status code "BadRequest" and details {"code":"ChildFlowNeverPublished"}', "ChildFlowNeverPublished"),
        ("Error Code: AppForbidden", "AppForbidden"),
        ("InvalidTemplate. The execution failed in the flow.", "InvalidTemplate"),
        ('"error": "invalid_grant" in the flow', "invalid_grant"),
        ("AADSTS50076: you must use multi-factor authentication", "AADSTS50076"),
    ],
)
def test_a_code_nobody_knows_is_said_to_be_unknown(text, token):
    assert first(text) == Fact(Kind.UNKNOWN, token)


def test_an_unknown_code_is_never_longer_than_80_characters():
    assert len(first('"code": "' + "VeryLong" * 50 + 'Failed"').value) <= 80


def test_a_known_number_beats_an_unknown_inner_code():
    text = '{"error":{"code":502,"message":"BadGateway","innerError":{"error":{"code":"NoResponse"}}}}'
    assert observation(text) == "status:502"


def test_a_server_error_stands_whatever_name_goes_with_it():
    assert observation("the flow failed with response code 'BadGateway', error code: NoResponse.") == "status:502"


def test_two_different_statuses_in_a_sentence_only_point_to_their_guides():
    facts = [seen.fact for seen in read("my flow shows error 401 and then error 502").seen]
    assert facts == [Fact(Kind.ABOUT, "FLOW-11"), Fact(Kind.ABOUT, "FLOW-13")]


def test_nothing_recognised_is_said_as_such():
    assert first("flow failed") == Fact(Kind.UNKNOWN, "1")


def test_an_empty_text_says_nothing_at_all():
    assert read(" \n ").seen == ()


# Messages


def test_a_new_input_and_a_changed_connection_are_told_apart():
    assert (observation(INPUT_ERROR), observation(CONNECTIONS_ERROR)) == ("message:input", "message:connections")


@pytest.mark.parametrize(
    "text",
    [
        INPUT_ERROR.replace("triggerBody()['Send_Text']", "body('Get')['Send_Text']"),
        CONNECTIONS_ERROR.replace("['$connections']['shared_x']['connectionId']", "['value']"),
        "The gateway did not receive a response from the application in the flow.",
    ],
)
def test_a_message_without_its_essential_words_is_another_message(text):
    assert observation(text) is None


def test_the_specific_message_wins_over_the_status_round_it():
    text = '{"code": 502, "message": "BadGateway"}\nIn the run history: ' + CONNECTIONS_ERROR
    assert observation(text) == "message:connections"


# Damage

DAMAGES = {
    "escaped three times": lambda text: json.dumps(json.dumps(json.dumps(text))),
    "html": html.escape,
    "html twice": lambda text: html.escape(html.escape(text)),
    "smart quotes": lambda text: text.replace("'", "’").replace('"', "“"),
    "lower case": str.lower,
    "upper case": str.upper,
    "wrapped": lambda text: textwrap.fill(text, 50),
    "quoted mail": lambda text: textwrap.indent(textwrap.fill(text, 50), "> "),
    "quotes lost": lambda text: text.replace("'", "").replace('"', ""),
    "invisible characters": "\u200b".join,
    "full width": lambda text: text.translate({code: code + 0xFEE0 for code in range(33, 127)}),
    "log prefix": lambda text: f"2026-01-02T03:04:05.678Z [ERROR] worker-12: {text}",
    "in a letter": lambda text: f"Hello all,\nplease help:\n{text}\nThank you!",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NESTED_TIMEOUT, "code:ResponseTimeout"),
        (INPUT_ERROR, "message:input"),
        (CONNECTIONS_ERROR, "message:connections"),
        ('{"code": " 0x80040265", "message": "Failed to install the flow."}', "hex:0x80040265"),
        ('{"error": {"code": 401, "message": "Unauthorized"}}', "status:401"),
    ],
    ids=["code", "input", "connections", "hex", "status"],
)
def test_what_mail_programs_and_portals_do_to_a_text_does_not_matter(damage, text, expected):
    assert observation(damage(text)) == expected


@pytest.mark.parametrize("part", [slice(0, 220), slice(95, None)], ids=["first part", "last part"])
def test_a_part_of_a_message_is_enough(part):
    assert observation(INPUT_ERROR[part]) == "message:input"


def test_dots_tell_that_a_part_of_a_message_stands_inside_other_words():
    part = "X-MS-APIM-Tokens']))['$connections']['shared_teams']['connectionId']' cannot be evaluated because"
    assert observation(f"I see ...['{part} ... in the run") == "message:connections"


def test_a_code_in_two_words_counts_where_it_is_named_as_the_error():
    assert observation("The inner error is Response Timeout.") == "code:ResponseTimeout"


# Plain words


@pytest.mark.parametrize(
    "text",
    [
        "Somebody switched off the flow behind our app",
        "all flows were disabled after the weekend",
        "the workflow got deactivated",
        "two of the flows were not turned on",
        "The flow isn't enabled in the target",
        "Der Flow ist leider ausgeschaltet.",
        "フローがオフになっていたため失敗しました",
    ],
)
def test_a_curators_phrase_is_recognised_in_other_forms(text):
    assert observation(text) == "message:FLOW-3"


@pytest.mark.parametrize(
    "text",
    [
        "The flow is not turned off",
        "How do I turn off the flow?",
        "Please disable the flow in test",
        "The flows should be off after the import, as the documentation says",
        "My flow is running but I want to turn off the e-mail notifications",
        "We want all of them to turn off the flow at night",
        "Is there a page that shows which flows are turned off?",
        "Wie mache ich, dass der Flow ausgeschaltet ist?",
        "Workflow with a manual trigger, but the active button is disabled (n8n 1.72.0)",
    ],
)
def test_what_is_denied_wished_or_said_of_other_software_is_not_the_phrase(text):
    assert observation(text) is None


def test_the_topic_of_a_phrase_may_stand_in_the_sentence_before():
    assert observation("The flow runs every day. Since Monday an input was added that is new.") == "message:FLOW-8"


def test_a_phrase_about_flows_needs_a_flow():
    assert observation("My flow takes longer than two minutes.") == "message:FLOW-4"
    assert observation("The lift to the app team takes longer than two minutes.") is None


def test_weaker_words_only_point_to_a_guide():
    assert read("the input of our form for the flow is missing").seen[0].fact == Fact(Kind.ABOUT, "FLOW-8")


def test_at_most_three_guides_are_pointed_to():
    text = "flow takes two minutes; input added; connection not here; app shows value; error 401 and 404"
    assert len(read(text).seen) <= 3


# Other software


@pytest.mark.parametrize(
    "text",
    [
        'Traceback (most recent call last):\n  File "/srv/manage.py", line 404\nOperationalError: no such table',
        "java.lang.NullPointerException\n\tat com.acme.Main.run(Main.java:401)",
        "E/AndroidRuntime: FATAL EXCEPTION: main Process: com.acme.app, PID: 500",
        "npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://packages.example/left-padd",
        "openai.error.APIError: HTTP code 504. The gateway did not receive a timely response from the upstream server",
        '10.0.0.1 - - [10/Oct/2025] "GET /admin HTTP/1.1" 404 153 "-" "curl/8.0" nginx',
        "The application failed to initialize properly (0x80040265)",
        "sshd[401]: Failed password for invalid user admin from port 502 ssh2",
        "PHP Fatal error: Uncaught Error in /var/www/index.php:404",
        'fatal: [web-01]: FAILED! => {"msg": "Status code was 401 and not [200]: HTTP Error 401: Unauthorized"}',
        "%SEC_LOGIN-4-LOGIN_FAILED: Login failed, workflow port changed, status 401",
        "ERROR 1045 (28000): Access denied for user 'flow', status 403",
        "INVALID_SESSION_ID: Session expired or invalid, flow status 401 Unauthorized",
        "Product: Flow driver -- Error 1603. Failed to install, status 500",
        'lvl=eror msg="Failed to install plugin" logger=flow error="500: not found"',
        "HTTP Error 500.19 - Internal Server Error: the app's configuration is invalid",
        "UnauthorizedOperation: not authorized to run this workflow. status code: 403, request id: 1",
        "The workflow is not valid. .pipelines/flow.yml (Line: 4): status 400",
        '{"statusCode":500,"trace":["at workflow.handler (/var/task/index.js:17:1)"]}',
    ],
)
def test_an_error_of_other_software_leads_to_no_guide(text):
    assert observation(text) is None


# Places and length


def test_the_place_points_into_the_redacted_text():
    reading = read('From jane.doe@contoso.example: &quot;code&quot;: \\"WorkflowTrigger\u200bIsNotEnabled\\"')
    seen = reading.seen[0]
    assert seen.span is not None
    assert reading.text[slice(*seen.span)] == "WorkflowTrigger\u200bIsNotEnabled"


def test_hidden_places_are_the_marks():
    reading = read("jane.doe@contoso.example gets ConnectionLost")
    assert [reading.text[slice(*span)] for span in reading.hidden] == ["[email]"]


def test_of_a_very_long_text_head_and_tail_are_read():
    reading = read("x " * 30_000 + "WorkflowTriggerIsNotEnabled")
    assert reading.shortened
    assert len(reading.text) <= 20_000
    assert reading.seen[0].span == Span(len(reading.text) - 27, len(reading.text))


def test_the_middle_of_a_very_long_text_is_not_read():
    assert not any(
        seen.fact.kind is Kind.CODE for seen in read("x " * 15_000 + "WorkflowTriggerIsNotEnabled" + " x" * 15_000).seen
    )

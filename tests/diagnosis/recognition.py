"""A small model to recognise texts with, and short ways to ask what was read."""

from functools import cache

from tests.diagnosis.factories import make_guide, make_model
from troubleshooter.diagnosis.model import Code, Fact, Kind, Message, Model, Reading
from troubleshooter.diagnosis.recognise import Recogniser, compile_recogniser

OVERRIDE = make_guide(
    1,
    codes="InvokerConnectionOverrideFailed",
    more_messages=[
        Message(
            "apim-tokens",
            "Could not find any valid connection for connection reference name '<name>' in APIM tokens header.",
            ("APIM tokens header",),
        )
    ],
)
TURNED_OFF = make_guide(
    3,
    codes="WorkflowTriggerIsNotEnabled",
    more_messages=[
        Message(
            "trigger-off",
            "Could not execute workflow '<id>' trigger '<name>' with state '<state>': trigger is not enabled.",
            ("trigger is not enabled",),
        )
    ],
    phrases=("flow is turned off", "Flow ist ausgeschaltet", "フローがオフになっています"),
)
TIMEOUT = make_guide(
    4,
    codes="ResponseTimeout",
    more_messages=[
        Message(
            "timely",
            "The server did not receive a timely response from the upstream server. Request tracking id '<id>'.",
            ("timely",),
        )
    ],
    phrases=("flow takes longer than two minutes",),
)
INSTALL = make_guide(
    5,
    targets=("FLOW-1", "FLOW-3"),
    more_codes=[Code("0x80040265", generic=True), Code("0x80048d0b", generic=True)],
    messages={"install": "Failed to install the flow.", "install-short": "Install flow failed."},
)
NOT_GIVEN = {"not-given": "Connection reference '<name>' was not given by invoker."}
MISSING = make_guide(6, codes="MissingConnectionReference", messages=NOT_GIVEN)
NOT_ALLOWED = make_guide(
    7,
    more_codes=[Code("NotAllowedConnectionReference", aliases=("NotAllowedConnectionReferenceon",))],
    messages=NOT_GIVEN,
)
TEMPLATE_ERROR = (
    "Unable to process template language expressions in action '<action>' inputs at line '<n>' and column '<n>': "
)
INPUT_ADDED = make_guide(
    8,
    more_messages=[
        Message(
            "input",
            TEMPLATE_ERROR + "'The template language expression 'triggerBody()['<input>']' cannot be evaluated because "
            "property '<input>' cannot be selected.",
            ("triggerBody()[",),
        )
    ],
    phrases=("new input added to the flow",),
)
CONNECTIONS = make_guide(
    9,
    more_messages=[
        Message(
            "connections",
            TEMPLATE_ERROR
            + "'The template language expression 'json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))"
            "['$connections']['<name>']['connectionId']' cannot be evaluated because property '<name>' doesn't exist, "
            "available properties are '<names>'.",
            ("$connections",),
        )
    ],
)
BLANK = make_guide(10, phrases=("app shows an empty value but the flow run succeeded",))
SIGN_IN = make_guide(11, codes="401 403", phrases=("connection is not authenticated",))
SETTINGS = make_guide(12, codes="400 404")
RESUBMIT = make_guide(13, codes="500 502")

GUIDES = (
    OVERRIDE, TURNED_OFF, TIMEOUT, INSTALL, MISSING, NOT_ALLOWED, INPUT_ADDED, CONNECTIONS, BLANK,
    SIGN_IN, SETTINGS, RESUBMIT,
)  # fmt: skip


@cache
def library() -> Model:
    return make_model(GUIDES)


@cache
def recogniser() -> Recogniser:
    return compile_recogniser(library())


def read(text: str) -> Reading:
    return recogniser().read(text)


def first(text: str) -> Fact:
    """The observation of a text, or the first thing said instead of one."""
    return read(text).seen[0].fact


def observation(text: str) -> str | None:
    """`kind:value` of the observation of a text; None where there is none."""
    fact = first(text)
    return None if fact.kind in (Kind.UNKNOWN, Kind.ABOUT) else f"{fact.kind}:{fact.value}"

"""What agents type in a hurry finds its guide: searches with letters missing, doubled, wrong or in the wrong order."""

from __future__ import annotations

import pytest

from guides import knowledge
from guides.search import index

TYPED = {
    "FLOW-1": [
        "InvokerConectionOverrideFailed",
        "invokerconnectionoverridefaild",
        "InvokerConnectionOveridFailed",
        "new conector in flow",
        "APIM tokens mising",
        "InvokerConectonOverideFailed",
        "child flow run-only conections",
        "new actoin new connnector",
    ],
    "FLOW-2": [
        "ConnectionAuthorisationFailed",
        "ConectionAuthorizationFaild",
        "permision connection colleague",
        "conection belongs to a colleage",
        "not autorized to use the connection",
        "co-ownr cannot use conections",
        "CONNECTIONAUTHORIZATONFAILED",
    ],
    "FLOW-3": [
        "WorkflowTriggerNotEnabled",
        "WorkflowTrigerIsNotEnabled",
        "worflow triger is not enabeld",
        "flow trned off",
        "flwo turend off",
        "turn on teh flow",
        "Turn teh flow bakc on",
        "flow disbaled",
        "flow swithced off",
        "trigger not enabled",
    ],
    "FLOW-4": [
        "ResponseTimout",
        "ResponceTimeout",
        "Reponse Timeout",
        "flow takes to long timeuot",
        "two mintues",
        "app tims out",
        "gateway timout",
        "120 secnods",
    ],
    "FLOW-5": [
        "0x8004265",
        "0x80048db0",
        "falied to instal flow",
        "instalation failed",
        "flow could not be instaled",
        "0x80048d0",
    ],
    "FLOW-6": [
        "MissingConectionReference",
        "missing connection refrence",
        "unmanged layer",
        "works in dev not in prodution",
        "missingconectionrefrence",
        "unmanagd layres",
        "production imoprt connection missing",
    ],
    "FLOW-7": [
        "NotAlowedConnectionReference",
        "not allowed conection referance",
        "run-only usr setting",
        "embeded connection instead of invoker",
        "run only usres",
        "notallowedconnectionrefrence",
    ],
    "FLOW-8": [
        "new inptu added",
        "aditional parameter",
        "mandatroy field trigger",
        "wrong numebr of arguments",
        "ask in powerapps",
        "paramter added",
    ],
    "FLOW-9": [
        "swaped connection",
        "replcaed the connection in the flow",
        "conection was exchanged",
    ],
    "FLOW-10": [
        "blnak value",
        "blank vlaue in app",
        "outptu removed",
        "renamd output",
        "empty vlaue",
        "renmaed output",
    ],
    "FLOW-11": [
        "pasword expired",
        "passwrod changed",
        "sigin again connection",
        "conection not autenticated",
        "unauthorised",
        "acount locked",
    ],
    "FLOW-12": [
        "bad reqest",
        "renamed a collumn",
        "list was renmed",
        "bad requst",
    ],
    "FLOW-13": [
        "resubmitt",
        "temporay failure",
        "temporary falure retry",
    ],
}
"""Searches by the guide that they mean."""

LEAST_FIRST = 0.9
"""The share of searches whose guide must be the first result; all must be among the first three."""


@pytest.mark.usefixtures("starter_content")
def test_searches_with_typing_errors_find_their_guide() -> None:
    searches = [(query, guide) for guide, queries in TYPED.items() for query in queries]
    words = index(knowledge.current())
    places = {query: [found.guide.reference for found in words.search(query).guides] for query, _ in searches}
    assert [query for query, guide in searches if guide not in places[query][:3]] == []
    later = [query for query, guide in searches if places[query][0] != guide]
    assert len(searches) - len(later) >= LEAST_FIRST * len(searches), later

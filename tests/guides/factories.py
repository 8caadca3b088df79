"""Small documents for tests: each is complete, and every field can be replaced by name."""

from __future__ import annotations

from typing import Any

from guides import document as shapes
from guides import parsing, publishing
from guides.models import Guide, Revision
from tests import tables


def notice_data(**fields: Any) -> dict[str, Any]:
    return {"slug": "source-first", "title": "Start in the source", "text": "Change it where you **build**.", **fields}


def question_data(**fields: Any) -> dict[str, Any]:
    return {
        "slug": "flow-on",
        "order": 10,
        "text": "Is the flow turned on?",
        "help": "Open the flow and look at **Status**.",
        "choices": [
            {"slug": "on", "text": "Yes, it is on", "summary": "You said the flow is on.", "normal": "always"},
            {"slug": "off", "text": "No, it is off", "summary": "You said the flow is off."},
        ],
        **fields,
    }


def mitigation_data(**fields: Any) -> dict[str, Any]:
    return {
        "reference": "FIX-1",
        "title": "Turn on the flow",
        "minutes": [1, 3],
        "steps": [
            {"number": 1, "text": "Open the flow.", "where": "source", "who": "flow-owner"},
            {"number": 2, "text": "Select **Turn on**.", "where": "source", "who": "flow-owner"},
        ],
        **fields,
    }


def guide_data(**fields: Any) -> dict[str, Any]:
    return {
        "reference": "FLOW-1",
        "slug": "flow-turned-off",
        "title": "Turn the flow back on",
        "meaning": "The flow is turned off.",
        "codes": [{"token": "FlowIsTurnedOff", "meaning": "The flow is turned off.", "aliases": ["FlowIsOff"]}],
        "messages": [
            {
                "key": "not-enabled",
                "text": "Cannot run '<flow>': the trigger is not enabled.",
                "essential": ["not enabled"],
            }
        ],
        "causes": [{"key": "off", "text": "Somebody turned the flow off.", "source": "docs"}],
        "notices": ["source-first"],
        "mitigations": [{"fix": "FIX-1", "cause": "off"}],
        "verification": "Run the flow. It is **Succeeded**.",
        "expects": {"flow-on": {"off": "usually"}},
        "samples": [{"text": "FlowIsTurnedOff"}],
        "sources": [{"key": "docs", "title": "Turn on a flow", "checked": "2026-11-21"}],
        **fields,
    }


def second_guide_data(**fields: Any) -> dict[str, Any]:
    return {
        "reference": "FLOW-2",
        "slug": "password-expired",
        "title": "Renew the password",
        "meaning": "The password has expired.",
        "codes": [{"token": "PasswordExpired", "meaning": "The password has expired."}],
        "mitigations": [{"fix": "FIX-1"}],
        "verification": "Run the flow again.",
        "samples": [{"text": "PasswordExpired"}],
        **fields,
    }


def document(kind: str, data: dict[str, Any]) -> shapes.Document:
    return parsing.validate(kind, data)


def small_library(**guide_fields: Any) -> list[shapes.Document]:
    """One notice, one question, one mitigation and two guides that fit together."""
    return [
        document("notice", notice_data()),
        document("question", question_data()),
        document("mitigation", mitigation_data()),
        document("guide", guide_data(**guide_fields)),
        document("guide", second_guide_data()),
    ]


def load_small_library(**guide_fields: Any) -> Guide:
    """Make the small library live; its first guide."""
    if guide_fields or Revision.objects.exists():
        publishing.load(small_library(**guide_fields))
    else:
        tables.fill(_publish_small_library)
    return Guide.objects.get(reference="FLOW-1")


def _publish_small_library() -> None:
    publishing.load(small_library())

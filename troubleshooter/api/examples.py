"""One case, its answer and one refusal, as the OpenAPI document shows them."""

from typing import Any

CASE: dict[str, Any] = {
    "text": '{"error": {"code": "ConnectionAuthorizationFailed", "message": "…"}}',
    "answers": {"fails-for-everybody": "unsure"},
    "tried": {"FIX-2": "same"},
}

ANSWER: dict[str, Any] = {
    "turn": "ask",
    "match": "exact",
    "reason": "This error has two known causes, and this question tells them apart.",
    "notes": [],
    "guides": [
        {
            "reference": "FLOW-2",
            "slug": "connection-authorization-failed",
            "title": "Somebody else's connection is used",
            "match": "exact",
            "url": "/guides/connection-authorization-failed/",
            "reasons": ["Your error has the code ConnectionAuthorizationFailed."],
            "mitigation": "FIX-3",
        }
    ],
    "question": {
        "slug": "app-starts-flow",
        "text": "Does a Power App start this flow?",
        "hint": "Look at the first step of the flow.",
        "choices": [
            {"slug": "yes", "text": "Yes, an app starts it"},
            {"slug": "no", "text": "No, it starts by itself"},
            {"slug": "unsure", "text": "I am not sure"},
        ],
    },
    "at_most": 1,
    "evidence": [
        {"kind": "code", "value": "ConnectionAuthorizationFailed", "span": [20, 49]},
        {"kind": "answer", "value": "fails-for-everybody=unsure", "span": None},
        {"kind": "tried", "value": "FIX-2=same", "span": None},
    ],
    "redacted_text": '{"error": {"code": "ConnectionAuthorizationFailed", "message": "…"}}',
    "url": "/diagnose/?code=ConnectionAuthorizationFailed&q.fails-for-everybody=unsure&tried=FIX-2.same",
    "content_version": 12,
}

REFUSAL: dict[str, Any] = {"error": "Write same, new or could-not.", "field": "tried.FIX-2"}

"""One case, its answer (the ranking cut short) and one problem, as the OpenAPI document shows them."""

from typing import Any

CASE: dict[str, Any] = {
    "text": "Connection reference 'shared_office365' was not given by invoker. Asked by jo@contoso.com",
    "answers": {"who-fails": "unsure"},
    "tried": {"FIX-10": "same"},
}

ANSWER: dict[str, Any] = {
    "turn": "ask",
    "match": "likely",
    "reason": "This error has more than one known cause, and this question tells them apart.",
    "notes": [],
    "guides": [
        {
            "reference": "FLOW-6",
            "slug": "missing-connection-reference",
            "title": "Make the app and the flow agree in source and target",
            "match": "likely",
            "url": "/guides/missing-connection-reference/",
            "reasons": ["Your error has the message “Connection reference '<connection>' was not given by invoker.”."],
            "mitigation": "FIX-6",
        }
    ],
    "question": {
        "slug": "after-import",
        "text": "Did it begin right after a solution was imported?",
        "hint": "A first install counts too.",
        "choices": [
            {"slug": "yes", "text": "Yes"},
            {"slug": "no", "text": "No"},
            {"slug": "unsure", "text": "I am not sure"},
        ],
    },
    "at_most": 6,
    "evidence": [
        {"kind": "message", "value": "not-given-by-invoker", "span": [40, 64]},
        {"kind": "answer", "value": "who-fails=unsure", "span": None},
        {"kind": "tried", "value": "FIX-10=same", "span": None},
    ],
    "redacted_text": "Connection reference 'shared_office365' was not given by invoker. Asked by [email]",
    "url": "/diagnose/?message=not-given-by-invoker&q.who-fails=unsure&tried=FIX-10.same",
    "content_version": 1,
}

PROBLEM: dict[str, Any] = {
    "type": "about:blank",
    "title": "Unprocessable Content",
    "status": 422,
    "detail": "Write same, new or could-not.",
    "field": "tried.FIX-2",
}

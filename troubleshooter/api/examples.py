"""What the OpenAPI document shows: one case, its answer, one problem, and what is published. Lists are cut short."""

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

TICKET_TEXT: dict[str, Any] = {
    "text": "Hello, since Monday the app shows an error: WorkflowTriggerIsNotEnabled. Can you help? Jo"
}

SUGGESTIONS: dict[str, Any] = {
    "match": "exact",
    "guides": [
        {
            "reference": "FLOW-3",
            "slug": "workflow-trigger-not-enabled",
            "title": "Turn the flow back on",
            "match": "exact",
            "reasons": ["Your error has the code WorkflowTriggerIsNotEnabled."],
            "mitigation": "FIX-4",
            "url": "https://help.contoso.com/g/FLOW-3/",
            "mitigation_url": "https://help.contoso.com/g/FLOW-3/FIX-4/",
        }
    ],
    "note": "This guide may help:\n\n1. Turn the flow back on (FLOW-3): https://help.contoso.com/g/FLOW-3/\n"
    "   Your error has the code WorkflowTriggerIsNotEnabled.\n"
    "   Try first: Turn on the flow (FIX-4): https://help.contoso.com/g/FLOW-3/FIX-4/\n\n"
    "Not it? Go on here: https://help.contoso.com/diagnose/?code=WorkflowTriggerIsNotEnabled",
    "url": "https://help.contoso.com/diagnose/?code=WorkflowTriggerIsNotEnabled",
    "notes": [],
    "content_version": 1,
}

_LINK: dict[str, Any] = {
    "reference": "FLOW-3",
    "slug": "workflow-trigger-not-enabled",
    "title": "Turn the flow back on",
    "url": "https://help.contoso.com/g/FLOW-3/",
}
_HEAD: dict[str, Any] = {
    **_LINK,
    "meaning": "The flow is turned off, so nothing can start it.",
    "kind": "fix",
    "changed": "2026-11-21T08:30:00Z",
    "retired": None,
}
_CODE: dict[str, Any] = {
    "token": "WorkflowTriggerIsNotEnabled",
    "meaning": "The flow is turned off.",
    "group": "app-and-flow",
    "aliases": ["WorkflowTriggersNotEnabled"],
    "generic": False,
}
_NO_TEXT = {"markdown": "", "html": ""}

GUIDES: dict[str, Any] = {
    "guides": [{**_HEAD, "codes": ["WorkflowTriggerIsNotEnabled"]}],
    "page": 1,
    "pages": 1,
    "total": 1,
    "next": None,
    "content_version": 1,
}

GUIDE: dict[str, Any] = {
    **_HEAD,
    "page": "https://help.contoso.com/guides/workflow-trigger-not-enabled/",
    "codes": [_CODE],
    "messages": [
        "Could not execute workflow '<workflow>' trigger '<trigger>' with state '<state>': trigger is not enabled."
    ],
    "targets": [],
    "causes": [
        {
            "key": "off",
            "title": "The flow is turned off",
            "text": {
                "markdown": "Somebody turned the flow off, or it came switched off out of an import.",
                "html": "<p>Somebody turned the flow off, or it came switched off out of an import.</p>",
            },
            "source": "kb",
        }
    ],
    "notices": [
        {
            "slug": "source-first",
            "title": "Do this in your source environment first",
            "text": {
                "markdown": "Then export the solution and import it into your other environments.",
                "html": "<p>Then export the solution and import it into your other environments.</p>",
            },
            "afterwards": "Import the solution into your other environments, so that they get the fix too.",
        }
    ],
    "before": _NO_TEXT,
    "mitigations": [
        {
            "reference": "FIX-4",
            "title": "Turn on the flow",
            "works": "always",
            "minutes": [1, 5],
            "waiting": "",
            "cause": "off",
            "when": None,
            "intro": _NO_TEXT,
            "steps": [
                {
                    "reference": "FIX-4.2",
                    "number": 2,
                    "where": "either",
                    "who": "flow-owner",
                    "text": {
                        "markdown": "Select the flow and look at its status.",
                        "html": "<p>Select the flow and look at its status.</p>",
                    },
                    "url": "https://help.contoso.com/g/FLOW-3/FIX-4.2/",
                }
            ],
            "url": "https://help.contoso.com/g/FLOW-3/FIX-4/",
        }
    ],
    "verification": {
        "markdown": "The details page of the flow says **On**.",
        "html": '<p>The details page of the flow says <strong translate="no">On</strong>.</p>',
    },
    "further": _NO_TEXT,
    "sources": [
        {
            "key": "kb",
            "title": "Best practices when updating a flow used by a Power App (KB 4477072)",
            "url": None,
            "checked": "2026-11-21",
            "dated": "2024-02-19",
        }
    ],
    "content_version": 1,
}

_CODE_ENTRY: dict[str, Any] = {
    **_CODE,
    "url": "https://help.contoso.com/codes/WorkflowTriggerIsNotEnabled/",
    "guides": [_LINK],
}
CODES: dict[str, Any] = {"codes": [_CODE_ENTRY], "content_version": 1}
CODE: dict[str, Any] = {**_CODE_ENTRY, "content_version": 1}

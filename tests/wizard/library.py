"""A small set of guides for the wizard's tests: enough to be asked, to choose, to be led on and to be told no."""

from __future__ import annotations

from typing import Any

from guides import document as shapes
from guides import parsing, publishing

QUESTIONS: list[dict[str, Any]] = [
    {
        "slug": "what-happens",
        "order": 1,
        "text": "What happens when the flow should run?",
        "hint": "Start the flow once and look.",
        "help": "Open the **run history**.",
        "minutes": 1,
        "choices": [
            {"slug": "error", "text": "It fails with an error", "summary": "You said it fails.", "normal": "usually"},
            {"slug": "nothing", "text": "Nothing happens", "summary": "You said nothing happens.", "normal": "rarely"},
            {"slug": "slow", "text": "It takes minutes", "summary": "You said it is slow.", "normal": "rarely"},
        ],
    },
    {
        "slug": "app-starts",
        "order": 2,
        "text": "Does a Power App start this flow?",
        "choices": [
            {
                "slug": "yes",
                "text": "Yes, an app starts it",
                "summary": "You said an app starts it.",
                "normal": "sometimes",
            },
            {
                "slug": "no",
                "text": "No, a schedule does",
                "summary": "You said a schedule starts it.",
                "normal": "usually",
            },
        ],
    },
    {
        "slug": "after-import",
        "order": 3,
        "text": "Did it start after an import?",
        "choices": [
            {"slug": "yes", "text": "Yes", "summary": "You said it began after an import.", "normal": "rarely"},
            {"slug": "no", "text": "No", "summary": "You said nothing was imported.", "normal": "usually"},
        ],
    },
]


def _mitigation(number: int, title: str, where: str = "source") -> dict[str, Any]:
    steps = [{"number": 1, "text": "Open it.", "where": where, "who": "maker"}]
    return {"reference": f"FIX-{number}", "title": title, "minutes": [2, 5], "steps": steps}


def _guide(number: int, slug: str, title: str, **fields: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = {
        "reference": f"FLOW-{number}",
        "slug": slug,
        "title": title,
        "meaning": f"{title}, that is all.",
        "mitigations": [{"fix": f"FIX-{number}"}],
        "verification": "Run the flow again.",
    }
    return {key: value for key, value in (defaults | fields).items() if value is not None}


SHARED = {
    "key": "not-given",
    "text": "The connection '<name>' was not given by invoker.",
    "essential": ["was not given by invoker"],
}

GUIDES: list[dict[str, Any]] = [
    _guide(
        1,
        "turn-it-on",
        "Turn the flow back on",
        codes=[{"token": "TriggerNotEnabled", "meaning": "The flow is turned off."}],
        expects={"what-happens": {"nothing": "usually"}},
    ),
    _guide(
        2,
        "make-it-faster",
        "Make the flow faster",
        codes=[{"token": "ResponseTimeout", "meaning": "The flow took too long."}],
        expects={"what-happens": {"slow": "usually"}, "app-starts": {"yes": "always"}},
    ),
    _guide(
        3,
        "add-the-connection",
        "Add the missing connection",
        codes=[{"token": "MissingReference", "meaning": "A connection is missing."}],
        messages=[SHARED],
        expects={"after-import": {"yes": "usually"}},
    ),
    _guide(
        4,
        "use-your-own-connection",
        "Use your own connection",
        codes=[{"token": "NotAllowedReference", "meaning": "The connection may not be used here."}],
        messages=[SHARED],
        expects={"after-import": {"no": "always"}, "app-starts": {"yes": "usually"}},
    ),
    _guide(
        5,
        "install-failed",
        "Find out why the install failed",
        kind="fork",
        targets=["FLOW-1", "FLOW-3"],
        codes=[
            {"token": "InstallFailed", "meaning": "The flow was not installed."},
            {"token": "0x80040265", "group": "install", "generic": "true"},
        ],
        mitigations=None,
        verification=None,
    ),
    _guide(
        6,
        "bring-the-output-back",
        "Bring the output back",
        phrases=["the invoices screen stays empty"],
        expects={"app-starts": {"yes": "always"}},
    ),
]


def documents() -> list[shapes.Document]:
    numbers = (1, 2, 3, 4, 6)
    fixes = [_mitigation(number, f"Cure number {number}", "target" if number == 3 else "source") for number in numbers]
    wanted = [("question", QUESTIONS), ("mitigation", fixes), ("guide", GUIDES)]
    return [parsing.validate(kind, data) for kind, rows in wanted for data in rows]


def load() -> None:
    """Make the small set of guides live."""
    publishing.load(documents())

"""A small knowledge with every shape a page must show: options, either/or, cases, a fork, a retired guide, a draft."""

from __future__ import annotations

from guides import document as shapes
from guides import publishing, rows
from tests.guides.factories import document, guide_data, mitigation_data, notice_data, question_data, second_guide_data


def documents() -> list[shapes.Document]:
    return [
        document("notice", notice_data()),
        document("question", question_data()),
        document("question", _app_live()),
        document("mitigation", mitigation_data()),
        document("mitigation", _add_again()),
        document("mitigation", _let_user_connect()),
        document("mitigation", _copy_flow()),
        document("guide", guide_data(former_slugs=["flow-is-off"])),
        document("guide", second_guide_data()),
        document("guide", _metadata_differs()),
        document("guide", _input_added()),
        document("guide", _install_failed()),
        document("guide", _retired()),
    ]


def load() -> None:
    """Make everything live but one guide, which stays a draft: FLOW-7 with the code StillADraft."""
    publishing.load(documents())
    rows.write(document("guide", _draft()))


def _app_live() -> dict[str, object]:
    return {
        "slug": "app-live",
        "order": 20,
        "text": "Is the app live?",
        "choices": [
            {
                "slug": "yes",
                "text": "Yes, people use it",
                "summary": "You said the app is live.",
                "normal": "sometimes",
            },
            {"slug": "no", "text": "No, I am still building it", "summary": "You said the app is not live."},
        ],
    }


def _add_again() -> dict[str, object]:
    return mitigation_data(
        reference="FIX-2",
        title="Add the flow to the app again",
        minutes=[10, 20],
        waiting="Then wait for the import",
        intro="Tell people before you start.",
        steps=[
            {"number": 1, "text": "Remove the flow from the app.", "where": "source", "who": "maker"},
            {"number": 3, "text": "Remove **unmanaged layers**.", "where": "target", "who": "environment-admin"},
        ],
        last_step=3,
    )


def _let_user_connect() -> dict[str, object]:
    run_only = {"where": "either", "who": "flow-owner", "group": "connection"}
    return mitigation_data(
        reference="FIX-3",
        title="Change who brings the connection",
        minutes=[5, 5],
        steps=[
            {"number": 1, "text": "Open **Run only users**.", "where": "either", "who": "flow-owner"},
            {"number": 2, "text": "Select **Provided by run-only user**.", **run_only},
            {"number": 3, "text": "Select **Use this connection**.", **run_only},
        ],
    )


def _copy_flow() -> dict[str, object]:
    return mitigation_data(
        reference="FIX-4",
        title="Work on a copy of the flow",
        minutes=[60, 120],
        steps=[{"number": 1, "text": "Save the flow as a copy.", "where": "source", "who": "maker"}],
    )


def _metadata_differs() -> dict[str, object]:
    return guide_data(
        reference="FLOW-3",
        slug="connection-not-given",
        title="Bring app and flow in step again",
        meaning="The app does not give the flow a connection that it needs.",
        codes=[
            {
                "token": "ConnectionNotGiven",
                "meaning": "The app gives no connection.",
                "group": "connections",
                "aliases": ["ConnectionNotGivenon", "ConnectionNotGiven'"],
            },
            {"token": "401", "meaning": "The sign-in was refused.", "group": "http"},
        ],
        messages=[{"key": "not-given", "text": "Connection '<name>' was not given by the caller."}],
        causes=[
            {
                "key": "app-old",
                "title": "The app is older than the flow",
                "text": "The flow changed.",
                "source": "docs",
            },
            {
                "key": "layers",
                "title": "There are unmanaged layers",
                "text": "Somebody edited it there.",
                "source": "page",
            },
        ],
        before="Ask who owns the connections.",
        mitigations=[{"fix": "FIX-2", "cause": "app-old"}, {"fix": "FIX-3", "works": "rarely"}],
        verification="The flow runs and is **Succeeded**.",
        further="- Keep copies of flows.",
        expects={},
        samples=[],
        sources=[
            {"key": "docs", "title": "Error codes", "checked": "2026-11-21", "dated": "2024-02-19"},
            {"key": "page", "title": "A page", "checked": "2026-11-20", "url": "https://learn.microsoft.com/"},
        ],
    )


def _input_added() -> dict[str, object]:
    return guide_data(
        reference="FLOW-4",
        slug="flow-input-added",
        title="Update the app after an input was added",
        meaning="The flow has a new input that the app does not fill.",
        codes=[],
        messages=[
            {"key": "cannot-be-selected", "text": "property '<name>' cannot be selected", "essential": ["selected"]}
        ],
        causes=[],
        notices=[],
        mitigations=[
            {"fix": "FIX-4", "works": "always", "when": {"question": "app-live", "choice": "yes"}},
            {"fix": "FIX-2", "when": {"question": "app-live", "choice": "no"}},
            {"fix": "FIX-3", "works": "rarely"},
        ],
        expects={},
        samples=[],
        sources=[],
    )


def _install_failed() -> dict[str, object]:
    return {
        "reference": "FLOW-5",
        "slug": "install-failed",
        "title": "Find out why the install failed",
        "meaning": "The flow could not be installed.",
        "kind": "fork",
        "targets": ["FLOW-1", "FLOW-3"],
        "codes": [{"token": "0x80040265", "meaning": "The install failed.", "group": "install", "generic": True}],
        "messages": [{"key": "install-failed", "text": "Failed to install the flow."}],
    }


def _retired() -> dict[str, object]:
    return guide_data(
        reference="FLOW-6",
        slug="old-advice",
        title="Delete the flow",
        meaning="Advice from long ago.",
        codes=[{"token": "OldCode"}],
        messages=[],
        notices=[],
        expects={},
        samples=[],
        retired={"successor": "FLOW-1"},
    )


def _draft() -> dict[str, object]:
    return guide_data(
        reference="FLOW-7",
        slug="still-a-draft",
        title="A secret draft",
        codes=[{"token": "StillADraft"}],
        messages=[],
        samples=[],
    )

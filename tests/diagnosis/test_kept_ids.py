"""The ids that support needs stay in a text, are found again with their labels, and can be told from all others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooter.diagnosis.kept_ids import kept_ids, places_of
from troubleshooter.diagnosis.redact import redact

GUID = "67474bfe-2512-4ffe-a890-98e456a65d64"
OTHER = "0a8ee438-40e8-4e9d-ab16-a70982ff1151"
RUN = "08586031859385288319549437333057696CU96"


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        (f'"clientRequestId": "{GUID}"', "Client request ID", GUID),
        (f"&quot;clientRequestId&quot;: &quot;{GUID}&quot;", "Client request ID", GUID),
        (f"\\\\r\\\\nserviceRequestId: {GUID}", "Service request ID", GUID),
        (f"x-ms-client-request-id: {GUID}", "Client request ID", GUID),
        (f"Correlation Id={GUID}, UTC", "Correlation ID", GUID),
        (f'"trackingId":"{GUID}"', "Tracking ID", GUID),
        (f"Session Id: {GUID}", "Session ID", GUID),
        (f"Request tracking id '{RUN}'.", "Tracking ID", RUN),
        (f"Request tracking id &#39;{RUN}&#39;", "Tracking ID", RUN),
        (f"https://make.example/flows/x/runs/{RUN}", "Run ID", RUN),
        (f'{{"run":{{"name":"{RUN}"', "Run ID", RUN),
        (f"REQ_ID: {GUID}, x-ms-client-request-id: {GUID}", "Client request ID", GUID),
    ],
)
def test_an_id_that_stays_is_found_with_its_label(text: str, label: str, value: str) -> None:
    redacted = redact(text).text
    (kept,) = kept_ids(redacted)
    assert (kept.label, kept.value) == (label, value)
    assert redacted[slice(*kept.span)] == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[id 1]",
        f"workflow '{GUID}'",
        f"object id '{GUID}'",
        f"shared-office365-{GUID}",
        "version 1.0.50.1",
        "0x80040265",
    ],
)
def test_a_text_without_such_an_id_has_none(text: str) -> None:
    assert kept_ids(redact(text).text) == ()


def test_an_id_that_stands_in_several_places_is_one_id() -> None:
    text = f"trackingId: {GUID}, again trackingId: {GUID.upper()}, run id {RUN}, trackingId: {OTHER}"
    assert [(kept.label, kept.value) for kept in kept_ids(text)] == [
        ("Tracking ID", GUID),
        ("Run ID", RUN),
        ("Tracking ID", OTHER),
    ]
    assert [text[slice(*span)] for span in places_of(text, GUID.upper())] == [GUID, GUID.upper()]


@given(st.text(alphabet="0123456789abcdefCU-[]'\" :ruIDn", max_size=120))
def test_every_id_found_stands_where_it_says(text: str) -> None:
    for kept in kept_ids(text):
        assert text[slice(*kept.span)] == kept.value
        assert places_of(text, kept.value)[0] == kept.span

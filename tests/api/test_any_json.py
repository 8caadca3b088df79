"""Whatever JSON is sent, the answer is an answer or a refusal, and never an error of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.calls import send
from tests.guides.factories import load_small_library

pytestmark = pytest.mark.django_db

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
slugs = st.sampled_from(["flow-on", "on", "off", "unsure", "FIX-1", "same", "new", "could-not"]) | st.text(
    st.characters()
)
texts = st.lists(
    st.sampled_from(
        ["FlowIsTurnedOff", "PasswordExpired", "0x80040265", " 401 ", '{"error":', "}", "'", "\0", "\ud800"]
    )
    | st.text(st.characters(), max_size=20),
    max_size=8,
).map(" ".join)
cases = st.fixed_dictionaries(
    {},
    optional={
        "text": texts | anything,
        "answers": st.dictionaries(slugs, slugs, max_size=4) | anything,
        "tried": st.dictionaries(slugs, slugs, max_size=4) | anything,
    },
)


@pytest.fixture
def _ready() -> None:
    load_small_library()


def check(raw: str | bytes) -> None:
    response = send(raw)
    content = response.json()
    if response.status_code == 200:
        assert content["turn"] in ("open", "choose", "ask", "hand-over")
        for piece in content["evidence"]:
            start, end = piece["span"] or (0, 0)
            assert 0 <= start <= end <= len(content["redacted_text"])
    else:
        assert response.status_code in (400, 413, 422)
        assert content["detail"]


@pytest.mark.usefixtures("_ready")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=cases | anything)
def test_any_json_gets_an_answer_or_a_refusal(body: Any) -> None:
    check(json.dumps(body))


@pytest.mark.usefixtures("_ready")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=60) | cases.map(json.dumps).map(lambda text: text[: len(text) * 2 // 3]))
def test_any_bytes_get_an_answer_or_a_refusal(raw: str | bytes) -> None:
    check(raw)

"""What readers may know is compiled once and asked for with one query."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from tests.guides.factories import load_small_library

pytestmark = pytest.mark.django_db


def test_a_process_that_knows_the_version_asks_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_small_library()
    first = knowledge.current()
    with django_assert_num_queries(1):
        assert knowledge.current() is first


def test_the_html_of_a_guide_page_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_small_library()
    known = knowledge.current()
    with django_assert_num_queries(1):
        html = knowledge.guide_html(known, known.guides["FLOW-1"])
    assert "Turn on" in html.mitigations["FIX-1"][2]
    assert "build" in html.notices["source-first"]
    assert "turned the flow off" in html.causes["off"]


@pytest.mark.parametrize("dirty", ["FlowIsTurnedOff", " flowisturnedoff' ", '"FLOW_IS_TURNED_OFF"', "FlowIsOff"])
def test_dirty_forms_of_a_code_resolve(dirty: str) -> None:
    load_small_library()
    entry = knowledge.current().code(dirty)
    assert entry is not None
    assert entry.token == "FlowIsTurnedOff"


def test_nothing_live_is_an_empty_knowledge_and_no_error() -> None:
    known = knowledge.current()
    assert (known.version, known.codes, dict(known.guides)) == (0, (), {})
    assert known.diagnose(frozenset()).ranking == ()

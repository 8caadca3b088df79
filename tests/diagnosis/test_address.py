from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diagnosis.factories import (
    about,
    answer,
    code,
    make_guide,
    make_model,
    make_question,
    message,
    status,
    tried,
    unknown,
)
from tests.diagnosis.strategies import evidence, few, models
from troubleshooter.diagnosis.address import from_query, to_query
from troubleshooter.diagnosis.model import UNSURE, Code, Fact, Kind

OUT_OF_DATE = "This page is out of date. We kept your other answers."


@pytest.fixture
def model():
    return make_model(
        [
            make_guide(1, codes="TurnedOff 401", phrases=("it stopped",)),
            make_guide(2, more_codes=(Code("MissingReference", aliases=("MissingReferenceon",)), Code("0x80040265"))),
            make_guide(3, messages={"not-given": "Reference <name> was not given"}),
            make_guide(4),
        ],
        [make_question("live"), make_question("owner"), make_question("who", only_if=("owner", "no"))],
    )


def read(model, query):
    return from_query(parse_qsl(query, keep_blank_values=True), model)


def test_the_address_is_sorted_and_readable():
    known = frozenset(
        {
            tried("FIX-2", "same"),
            code("TurnedOff"),
            answer("owner", UNSURE),
            answer("live", "yes"),
            about("FLOW-10"),
            about("FLOW-9"),
        }
    )
    assert to_query(known) == "about=FLOW-9,FLOW-10&code=TurnedOff&q.live=yes&q.owner=unsure&tried=FIX-2.same"
    assert to_query(frozenset()) == ""


@few
@given(models(), evidence())
def test_an_address_gives_back_the_evidence_it_was_made_of(model, known):
    """Whatever comes in is settled once; from then on address and evidence stand for each other."""
    settled, _ = read(model, to_query(known))
    assert read(model, to_query(settled)) == (settled, ())
    assert to_query(read(model, to_query(settled))[0]) == to_query(settled)


@few
@given(
    models(),
    st.lists(
        st.tuples(
            st.text(max_size=100) | st.sampled_from(["code", "q.alpha", "tried", "about", "unknown"]),
            st.text(max_size=400),
        ),
        max_size=80,
    ),
)
def test_any_pairs_are_read_without_an_error(model, pairs):
    known, notes = from_query(pairs, model)
    assert read(model, to_query(known)) == (known, ())
    assert all(len(note) < 500 for note in notes)


@pytest.mark.parametrize(
    ("query", "fact"),
    [
        ("code=TurnedOff", code("TurnedOff")),
        ("code=%20%22turnedoff%27%20", code("TurnedOff")),
        ("code=MissingReferenceon", code("MissingReference")),
        ("code=401", status("401")),
        ("code=%200x80040265", Fact(Kind.HEX, "0x80040265")),
        ("hex=0X80040265", Fact(Kind.HEX, "0x80040265")),
        ("message=not-given", message("not-given")),
        ("message=flow-1", message("FLOW-1")),
        ("code=NeverHeard", unknown("NeverHeard")),
        ("unknown=1", unknown()),
        ("q.live=unsure", answer("live", UNSURE)),
        ("tried=FIX-1.could-not", tried("FIX-1", "could-not")),
    ],
)  # fmt: skip
def test_each_key_becomes_one_fact(model, query, fact):
    assert read(model, query) == (frozenset({fact}), ())


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("q.retired=yes", OUT_OF_DATE),
        ("q.live=perhaps", OUT_OF_DATE),
        ("message=gone", OUT_OF_DATE),
        ("message=FLOW-4", OUT_OF_DATE),
        ("status=418", OUT_OF_DATE),
        ("about=FLOW-77", OUT_OF_DATE),
        ("tried=FIX-77.same", "A fix you tried is no longer in our guides."),
        ("tried=FIX-1.exploded", "We left out what we do not know in this address: tried=FIX-1.exploded."),
        ("utm_source=mail&x=1", "We left out what we do not know in this address: utm_source, x."),
        (f"code={'x' * 81}", "A part of this address was too long, so we left it out."),
        (f"about={'FLOW-1,' * 60}", "A part of this address was too long, so we left it out."),
    ],
)
def test_what_we_do_not_know_is_dropped_and_said(model, query, note):
    known, notes = read(model, f"q.owner=yes&{query}")
    assert known == {answer("owner", "yes")}
    assert notes == (note,)


def test_an_unknown_key_is_never_repeated_at_length(model):
    _, notes = read(model, "&".join(f"{'k' * 70}{number}=1" for number in range(20)))
    assert len(notes) == 1
    assert len(notes[0]) < 200


def test_the_held_key_and_empty_values_are_passed_over_in_silence(model):
    assert read(model, "held=abc&code=&q.live=") == (frozenset(), ())


def test_the_same_pair_twice_is_one_fact_without_a_note(model):
    assert read(model, "code=TurnedOff&code=TurnedOff") == ({code("TurnedOff")}, ())


def test_of_several_errors_the_strongest_kind_counts(model):
    known, notes = read(model, "status=401&message=not-given&code=TurnedOff")
    assert known == {code("TurnedOff")}
    assert notes == ("This address holds more than one error. We used the strongest.",)


def test_of_two_answers_to_one_question_the_first_choice_is_kept(model):
    known, notes = read(model, "q.live=no&q.live=yes")
    assert known == {answer("live", "yes")}
    assert notes == ("One question had two answers. We kept “Yes, live”.",)


def test_of_two_results_of_one_fix_the_first_is_kept(model):
    known, notes = read(model, "tried=FIX-1.new&tried=FIX-1.same")
    assert known == {tried("FIX-1", "same")}
    assert notes == ("One fix had two results. We kept the first.",)


def test_an_answer_that_no_longer_fits_is_dropped(model):
    known, notes = read(model, "q.owner=yes&q.who=yes")
    assert known == {answer("owner", "yes")}
    assert notes == ("One answer no longer fits, so we left it out.",)


def test_at_most_three_guides_are_kept_of_about(model):
    known, notes = read(model, "about=FLOW-4,FLOW-3,FLOW-2,FLOW-1")
    assert known == {about("FLOW-1"), about("FLOW-2"), about("FLOW-3")}
    assert notes


def test_a_very_long_address_is_read_to_its_sixtieth_part(model):
    known, notes = from_query([("q.live", "yes")] * 60 + [("code", "TurnedOff")], model)
    assert known == {answer("live", "yes")}
    assert notes == ("This address was too long. We read the first 60 parts.",)


def test_control_characters_and_lone_surrogates_do_no_harm(model):
    known, _ = from_query([("code", "Never\x00Heard\ud800"), ("q.li\u202eve", "yes"), ("unknown", "\x00")], model)
    assert known == {unknown("NeverHeard"), answer("live", "yes")}
    assert to_query(frozenset({unknown("a\ud800b")})) == "unknown=a%3Fb"

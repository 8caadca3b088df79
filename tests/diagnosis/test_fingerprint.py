import re
import time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diagnosis.recognition import read
from tests.diagnosis.test_recognise_anything import texts
from troubleshooter.diagnosis.model import Reading
from troubleshooter.diagnosis.text.fingerprint import fingerprint, headline

quick = settings(deadline=None, max_examples=60)

NAMES = [
    "Get items",
    "Weekly report",
    "Rechnung prüfen",
    "承認",
    "Send a mail (V2)",
    "O’Hara list",
    "admin_flows",
    "Ångström",
]
names = st.sampled_from(NAMES)
numbers = st.integers(0, 10**9)
ids = st.uuids(version=4)
dates = st.datetimes()
CASES = {
    "name": names,
    "other": names,
    "number": numbers,
    "id": ids,
    "when": dates.map(lambda when: when.isoformat()),
    "day": dates.map(lambda when: when.strftime("%B %d, %Y at %H:%M")),
    "mail": st.sampled_from(["jane.doe@contoso.example", "x_1@fabrikam.example", "kim-lee@mail.contoso.example"]),
    "page": st.builds("https://make.contoso.example/environments/{}/flows/{}?v={}".format, ids, ids, numbers),
}
PROBLEMS = [
    "The gallery '{name}' in app \"{other}\" stays empty after {number} seconds. Correlation {id}, {when}.",
    "The gallery '{name}' in app \"{other}\" flickers after {number} seconds. Correlation {id}, {when}.",
    '{{"message": "The flow \'{name}\' has no owner since {when}", "requestId": "{id}", "flowName": "{other}"}}',
    '{{"message": "The flow \'{name}\' has two owners since {when}", "requestId": "{id}", "flowName": "{other}"}}',
    "On {day} {mail} could not share the list “{name}”: quota of {number} MB used up. See {page}",
    "On {day} {mail} could not print the list “{name}”: quota of {number} MB used up. See {page}",
    "リスト「{name}」を共有できません {number} {id}",
    "リスト「{name}」を印刷できません {number} {id}",
]
cases = st.fixed_dictionaries(CASES)


def key(text: str) -> str:
    return fingerprint(read(text))


@quick
@given(st.sampled_from(PROBLEMS), cases, cases)
def test_the_same_problem_of_somebody_else_has_the_same_key(problem, mine, theirs):
    assert key(problem.format(**mine)) == key(problem.format(**theirs))


@quick
@given(cases, cases)
def test_different_problems_have_different_keys(mine, theirs):
    keys = [key(problem.format(**case)) for problem, case in zip(PROBLEMS, [mine, theirs] * 4, strict=True)]
    assert len(set(keys)) == len(PROBLEMS)


WORDS = ["gallery", "stays", "empty", "flickers", "prints", "twice", "shares", "nothing", "after", "opening"]


@quick
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
)
def test_other_words_or_another_order_are_another_problem(one, other):
    assert (key(" ".join(one)) == key(" ".join(other))) == (one == other)


def test_an_unknown_code_is_the_key_whatever_stands_round_it():
    assert key("Error code: FooBarBaz") == "code:foobarbaz"
    assert key('{"error": {"code": "FOOBarBaz", "message": "Flow \'x\' stopped"}}') == "code:foobarbaz"


def test_a_text_that_looks_like_a_key_is_not_taken_for_a_code():
    assert key("code:foobarbaz").startswith("text:")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The List is Gone", "the list is gone"),
        ("The list is gone", "  The\n list   is\tgone "),
        ("The list of [email] is gone", "The list of jane@contoso.example is gone"),
        ("Environment: Contoso Live, the list is gone", "Environment: Kim Test 2, the list is gone"),
        (f"The list {UUID(int=7)} is gone", f"The list {UUID(int=8)} / {UUID(int=9)} / {UUID(int=8)} is gone"),
        ("No https://contoso.sharepoint.com list [id 1]", "No https://kim.sharepoint.com list [id 12] [tenant 2]"),
        ("My “list” is gone", "My ‘table’ is gone"),
        ('{"message":"The list is gone"}', '{\\"message\\":\\"The list is gone\\"}'),
    ],
)
def test_writing_and_packing_do_not_matter(one, other):
    assert key(one) == key(other)


def test_a_quoted_message_counts_and_a_quoted_name_does_not():
    assert key('It says "Loading failed"') != key('It says "Saving failed"')
    assert key('I opened "Monday list"') == key('I opened "Tuesday list"')


def test_a_text_of_nothing_but_names_and_numbers_has_a_key_too():
    assert key("'Monday list'") != key("'Tuesday list'")
    assert key("12345") == key("67 890")


@settings(deadline=None, max_examples=25)
@given(texts | st.text())
def test_any_text_has_a_short_key_and_a_headline_of_one_line(text):
    reading = read(text)
    assert fingerprint(reading) == fingerprint(read(text))
    assert re.fullmatch(r"code:\S{1,80}|text:[0-9a-f]{16}", fingerprint(reading))
    line = headline(reading)
    assert len(line) <= 200
    assert line == " ".join(line.split())
    assert bool(line) == bool(reading.text.strip())


@pytest.mark.parametrize("piece", ["a", "a1", "'", '"', "'a", "a.", "/", "://", "ab ", "é", "error ", "フ", "\n", "…"])
def test_a_hostile_text_takes_no_longer_than_others(piece):
    reading = Reading((piece * 20_000)[:20_000])
    start = time.process_time()
    fingerprint(reading)
    headline(reading)
    assert time.process_time() - start < 2


def test_the_headline_is_the_line_that_tells_most():
    text = (
        "Hi all,\n\nsince this morning we see this in our app:\nThe gallery cannot be shown: access denied\n\nThanks!"
    )
    assert headline(read(text)) == "The gallery cannot be shown: access denied"
    assert headline(read("it\nSomething went away from the list")) == "Something went away from the list"


def test_the_code_that_was_seen_makes_a_line_telling():
    assert headline(read("an error\nthe code: FooBarBaz")) == "the code: FooBarBaz"


def test_a_code_on_a_line_of_its_own_gives_way_to_the_message():
    text = '{\n  "statusCode": 418,\n  "message": "Rate limit is exceeded."\n}'
    assert headline(read(text)) == '"message": "Rate limit is exceeded."'


def test_a_long_line_is_cut_round_what_is_telling():
    line = headline(read("a word " * 100 + "The gallery cannot be shown " + "more words " * 100))
    assert "The gallery cannot be shown" in line
    assert line.startswith("… ")
    assert line.endswith(" …")


def test_the_headline_shows_nothing_personal():
    person = "jane.doe@contoso.example"
    line = headline(read(f"Error: {person} cannot open {UUID(int=7)}"))
    assert person not in line
    assert str(UUID(int=7)) not in line
    assert "[email]" in line

from dataclasses import replace

from tests.evaluation.figures import Figure, Kept, Section

ACCEPTED = Figure("accepted", 93.0, "%", limit=95, more_is_better=True, cases=("text 7", "text 9"), slack=0)


def test_a_figure_beyond_its_limit_fails_with_its_number_and_cases():
    (why,) = ACCEPTED.failures(None)
    assert why == "accepted is 93 %, the limit is 95. Cases: text 7, text 9."


def test_a_figure_that_got_worse_fails_with_the_new_cases_though_it_is_within_its_limit():
    figure = Figure("false guides", 2, "texts", limit=2, cases=("text 1", "text 2"), slack=0)
    assert figure.failures(Kept(2, ("text 1", "text 2"))) == []
    assert figure.failures(Kept(1, ("text 1",))) == ["false guides is 2 texts, it was 1. Cases: text 2."]


def test_a_little_worse_is_allowed_where_chance_plays_a_part():
    figure = Figure("above the optimum", 0.54, "%", limit=1.2, slack=0.05)
    assert figure.failures(Kept(0.5)) == []
    assert figure.failures(Kept(0.48)) != []


def test_what_was_missed_already_when_it_was_kept_is_said_and_fails_only_when_it_gets_worse():
    figure = Figure("minutes more", 12.5, "%", limit=10, slack=1)
    assert figure.failures(Kept(12)) == []
    assert figure.failures(Kept(11)) == ["minutes more is 12.50 %, it was 11."]
    assert figure.failures(Kept(9.9)) == [
        "minutes more is 12.50 %, the limit is 10.",
        "minutes more is 12.50 %, it was 9.90.",
    ]
    section = Section("People", (figure, Figure("questions", 3, limit=5)))
    assert section.missed == ["minutes more is 12.50 %   limit ≤ 10   MISSED by 2.50"]
    assert "limit ≤ 10   MISSED by 2.50" in section.as_text()
    assert section.as_dict()["figures"]["minutes more"]["missed_by"] == 2.5


def test_where_only_a_part_is_measured_a_new_case_is_worse_and_a_smaller_share_is_not():
    part = Figure("first half", 80.0, "%", more_is_better=True, cases=("text 7",), slack=0, partial=True)
    assert part.failures(Kept(93, ("text 7", "text 9"))) == []
    assert part.failures(Kept(70, ("text 9",))) == ["first half is 80 %, it was 70. Cases: text 7."]


def test_only_a_time_may_be_longer_while_other_work_goes_on_and_only_so_much():
    time = Figure("a usual text", 3.9, "ms", limit=1, slack=2, is_time=True)
    assert time.failures(None) == ["a usual text is 3.90 ms, the limit is 1."]
    assert time.failures(Kept(0.9), leeway=4) == []
    assert replace(time, value=4.1).failures(Kept(0.9), leeway=4) == ["a usual text is 4.10 ms, the limit is 1."]
    assert replace(time, limit=None, value=11.5).failures(Kept(0.9), leeway=4) == []
    assert replace(time, limit=None, value=11.7).failures(Kept(0.9), leeway=4) != []
    assert ACCEPTED.failures(None, leeway=4) == ACCEPTED.failures(None)
    assert Section("Latency", (time, ACCEPTED)).failures({}, leeway=4) == ACCEPTED.failures(None)


def test_a_section_fails_with_every_figure_that_does():
    section = Section("Recognition", (ACCEPTED, Figure("false guides", 0, limit=2)))
    assert section.failures({"accepted": Kept(96.0)}) == [
        "accepted is 93 %, the limit is 95. Cases: text 7, text 9.",
        "accepted is 93 %, it was 96. Cases: text 7, text 9.",
    ]
    assert "accepted                93 %   limit ≥ 95" in section.as_text()

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
from tests.diagnosis.strategies import evidence, few, models, trials
from troubleshooter.diagnosis.agenda import MOST_QUESTIONS
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.decide import diagnose, order_of_repair, trusted_answers
from troubleshooter.diagnosis.model import (
    CODE_GROUP,
    OBSERVATIONS,
    TEXT_GROUP,
    UNSURE,
    Ask,
    Choose,
    Code,
    Condition,
    Diagnosis,
    Fact,
    HandOver,
    Kind,
    Match,
    Open,
    Remedy,
    Word,
)


def turn(model, *known):
    return diagnose(model, frozenset(known)).turn


def slugs(diagnosis: Diagnosis) -> list[str]:
    return [candidate.guide.slug for candidate in diagnosis.ranking]


def yes_to(*questions: str, word: str = "always"):
    return {question: {"yes": word} for question in questions}


SHARED = {"shared": "Reference <x> was not given"}


def telling_model():
    """Three guides; `live` tells the first from the others, `owner` the second from the third."""
    return make_model(
        [
            make_guide(1, yes_to("live") | {"owner": {"yes": "never"}}, codes="TurnedOff"),
            make_guide(2, {"live": {"yes": "never"}} | yes_to("owner"), messages=SHARED),
            make_guide(3, {"live": {"yes": "never"}, "owner": {"yes": "never"}}, messages=SHARED),
        ],
        [make_question("live"), make_question("owner")],
    )  # fmt: skip


@few
@given(models(), evidence())
def test_any_evidence_gets_a_whole_and_repeatable_answer(model, known):
    diagnosis = diagnose(model, known)
    again = diagnose(
        make_model(model.guides, model.questions, {m.reference: m.minutes for m in model.mitigations}), known
    )
    assert diagnosis == again
    assert diagnosis.reason
    assert all(candidate.reasons for candidate in diagnosis.ranking)
    hypotheses = [slug for slug in slugs(diagnosis) if slug != "guide-99"]
    assert sorted(hypotheses) == sorted(guide.slug for guide in model.hypotheses)
    assert sum(candidate.likely for candidate in diagnosis.ranking if not candidate.guide.is_fork) <= 7
    assert (diagnosis.at_most is not None) == isinstance(diagnosis.turn, Ask)


@few
@given(models(), evidence())
def test_what_is_offered_stands_at_the_top_and_has_a_fix_left(model, known):
    diagnosis = diagnose(model, known)
    tried_already = {fact.value for fact in known if fact.kind is Kind.TRIED}
    if isinstance(diagnosis.turn, Open):
        assert diagnosis.ranking[0].guide == diagnosis.turn.guide
        assert diagnosis.ranking[0].mitigation == diagnosis.turn.mitigation != ""
    if isinstance(diagnosis.turn, Choose):
        assert slugs(diagnosis)[: len(diagnosis.turn.guides)] == [guide.slug for guide in diagnosis.turn.guides]
    assert not tried_already & {candidate.mitigation for candidate in diagnosis.ranking}


@few
@given(models(), evidence())
def test_no_guide_is_claimed_without_an_observation_or_an_answer(model, known):
    if not weigh(model, known).known.is_grounded:
        assert isinstance(turn(model, *known), Ask | HandOver)


@few
@given(models(), evidence())
def test_a_match_is_named_exactly_when_an_observation_counts(model, known):
    diagnosis = diagnose(model, known)
    assert (diagnosis.match is not None) == (weigh(model, known).known.observation is not None)
    if not any(fact.kind in OBSERVATIONS for fact in known):
        assert diagnosis.match is None


@few
@given(models(), evidence(most=3), st.data())
def test_the_number_of_questions_never_passes_the_bound_shown(model, known, data):
    """Walk any path, answering or being unsure, and trying fixes that fail: the bound only ever falls."""
    bound, asked_here = None, set()
    for _ in range(40):
        diagnosis = diagnose(model, known)
        if isinstance(diagnosis.turn, Ask):
            assert diagnosis.at_most is not None
            assert diagnosis.asked < MOST_QUESTIONS
            assert bound is None or diagnosis.at_most < bound
            bound = diagnosis.at_most
            question = diagnosis.turn.question
            assert question.slug not in asked_here
            asked_here.add(question.slug)
            choice = data.draw(st.sampled_from([*(choice.slug for choice in question.choices), UNSURE]))
            known |= {answer(question.slug, choice)}
        elif isinstance(diagnosis.turn, HandOver):
            break
        else:
            fix = next((candidate.mitigation for candidate in diagnosis.ranking if candidate.mitigation), None)
            if fix is None:  # The guides found have no fix to try.
                break
            known |= {tried(fix, data.draw(st.sampled_from(["same", "new", "could-not"])))}
    else:
        pytest.fail("the conversation did not end")


@few
@given(models(), evidence(), trials())
def test_a_failed_fix_never_promises_more_questions(model, known, trial):
    before, after = diagnose(model, known), diagnose(model, known | {trial})
    if isinstance(before.turn, Ask) and isinstance(after.turn, Ask):
        assert after.at_most <= before.at_most


def test_nothing_known_asks_the_question_that_tells_most():
    diagnosis = diagnose(telling_model(), frozenset())
    assert isinstance(diagnosis.turn, Ask)
    assert (diagnosis.match, diagnosis.asked, diagnosis.at_most) == (None, 0, 1)
    assert all(candidate.likely for candidate in diagnosis.ranking)


def test_the_code_of_one_guide_opens_it_at_once():
    diagnosis = diagnose(telling_model(), frozenset({code("TurnedOff")}))
    assert isinstance(diagnosis.turn, Open)
    assert (diagnosis.turn.guide.slug, diagnosis.turn.mitigation) == ("guide-1", "FIX-1")
    assert diagnosis.match is Match.EXACT
    assert diagnosis.reason == "Your error has the code TurnedOff."
    assert [candidate.likely for candidate in diagnosis.ranking] == [True, False, False]


def test_the_code_of_one_guide_is_not_held_up_by_answers_that_do_not_fit():
    guides = [
        make_guide(1, {name: {"yes": "never"} for name in ("live", "owner", "import")}, codes="TurnedOff"),
        make_guide(2),
    ]
    cheap = [make_question(name, minutes=0.1) for name in ("live", "owner", "import")]
    model = make_model(guides, cheap, minutes={"FIX-1": 120})
    assert turn(model, code("TurnedOff"), answer("live", "yes"), answer("owner", "yes")) == Open(guides[0], "FIX-1")


def test_shared_errors_are_not_told_apart_when_only_one_guide_has_a_fix_left():
    model = telling_model()
    assert isinstance(turn(model, message("shared")), Ask)
    ended = turn(model, message("shared"), tried("FIX-2", "could-not"), tried("FIX-3", "could-not"))
    assert isinstance(ended, HandOver)


def test_a_message_that_two_guides_share_asks_for_what_tells_them_apart():
    diagnosis = diagnose(telling_model(), frozenset({message("shared")}))
    assert isinstance(diagnosis.turn, Ask)
    assert diagnosis.turn.question.slug == "owner"
    assert diagnosis.match is Match.LIKELY
    assert slugs(diagnosis)[:2] == ["guide-2", "guide-3"]


def test_a_shared_message_is_asked_about_whatever_the_question_costs():
    model = telling_model()
    dear = make_model(model.guides, [make_question("live"), make_question("owner", minutes=200)])
    assert turn(dear, message("shared")) == Ask(dear.question["owner"])


@pytest.mark.parametrize(("choice", "slug"), [("yes", "guide-2"), ("no", "guide-3")])
def test_the_answer_leads_from_the_shared_message_to_one_guide_first(choice, slug):
    diagnosis = diagnose(telling_model(), frozenset({message("shared"), answer("owner", choice)}))
    assert not isinstance(diagnosis.turn, HandOver)
    assert slugs(diagnosis)[0] == slug


def test_a_shared_message_with_nothing_to_ask_offers_both():
    model = make_model(telling_model().guides, [])
    offered = turn(model, message("shared"))
    assert isinstance(offered, Choose)
    assert [guide.slug for guide in offered.guides] == ["guide-2", "guide-3"]


HEX = Fact(Kind.HEX, "0x80040265")


def fork_model():
    model = telling_model()
    fork = make_guide(9, targets=("FLOW-3", "FLOW-1"), more_codes=(Code("0x80040265", generic=True),))
    return make_model([*model.guides, fork], model.questions)


def test_a_code_of_a_fork_offers_the_fork_first_and_its_targets():
    diagnosis = diagnose(fork_model(), frozenset({HEX}))
    assert isinstance(diagnosis.turn, Choose)
    assert [guide.slug for guide in diagnosis.turn.guides] == ["guide-9", "guide-1", "guide-3"]
    assert slugs(diagnosis) == ["guide-9", "guide-1", "guide-3", "guide-2"]
    assert diagnosis.match is Match.EXACT
    assert [candidate.match for candidate in diagnosis.ranking[:2]] == [Match.EXACT, Match.LIKELY]


def test_answers_order_the_targets_of_a_fork():
    facts = {HEX, answer("live", "no")}
    assert slugs(diagnose(fork_model(), frozenset(facts)))[:2] == ["guide-9", "guide-3"]


def test_a_fork_stays_first_while_several_of_its_targets_are_likely():
    known = {HEX, answer("owner", UNSURE), tried("FIX-1", "could-not")}
    diagnosis = diagnose(fork_model(), frozenset(known))
    assert isinstance(diagnosis.turn, Choose)
    assert [guide.slug for guide in diagnosis.turn.guides] == ["guide-9", "guide-3"]


def test_a_fork_gives_way_once_only_one_of_its_targets_is_likely():
    names = ["live", "import", "error"]
    expects = {name: {"yes": "always"} for name in names}, {name: {"yes": "never"} for name in names}
    fork = make_guide(9, targets=("FLOW-1", "FLOW-2"), codes="InstallFailed")
    model = make_model(
        [make_guide(1, expects[0]), make_guide(2, expects[1]), fork], [make_question(name) for name in names]
    )
    diagnosis = diagnose(model, frozenset({code("InstallFailed"), *(answer(name, "no") for name in names)}))
    assert diagnosis.turn == Open(model.guide["FLOW-2"], "FIX-2")
    assert slugs(diagnosis)[0] == "guide-2"


def test_a_fork_that_was_only_described_gives_way_to_other_guides_once_its_fixes_were_tried():
    fork = make_guide(9, targets=("FLOW-1",), phrases=("install failed",))
    model = make_model([make_guide(1), make_guide(2), make_guide(3), fork])
    diagnosis = diagnose(model, frozenset({message("FLOW-9"), tried("FIX-1")}))
    assert isinstance(diagnosis.turn, Choose)
    assert slugs(diagnosis) == ["guide-2", "guide-3", "guide-1"]


def test_a_fork_whose_fixes_were_all_tried_is_handed_over():
    known = {HEX, tried("FIX-1", "could-not"), tried("FIX-3", "could-not")}
    ended = turn(make_model(fork_model().guides), *known)
    assert ended == HandOver("No fix that we know for this is left to try.")


def test_a_status_is_general_and_keeps_its_guide_first():
    model = make_model([*telling_model().guides, make_guide(4, codes="401")], telling_model().questions)
    diagnosis = diagnose(model, frozenset({status("401")}))
    assert diagnosis.match is Match.GENERAL
    assert slugs(diagnosis)[0] == "guide-4"
    assert diagnosis.ranking[0].match is Match.GENERAL


@pytest.mark.parametrize("named", [code("TurnedOff"), message("shared")])
def test_anything_named_beats_a_status(named):
    model = make_model([*telling_model().guides, make_guide(4, codes="401")], telling_model().questions)
    assert slugs(diagnose(model, frozenset({status("401"), named})))[0] != "guide-4"


def test_an_inner_code_beats_an_outer_status():
    model = make_model([make_guide(1, codes="500 502"), make_guide(2, codes="ResponseTimeout 504")], [])
    assert turn(model, code("ResponseTimeout"), status("502")) == Open(model.guide["FLOW-2"], "FIX-2")


def test_an_unknown_code_is_said_so_and_asks():
    diagnosis = diagnose(telling_model(), frozenset({unknown("NeverHeard")}))
    assert isinstance(diagnosis.turn, Ask)
    assert (diagnosis.match, diagnosis.reason) == (None, "We do not know the code NeverHeard yet.")


def test_an_unknown_code_with_nothing_to_ask_is_handed_over():
    assert turn(make_model(telling_model().guides), unknown("NeverHeard")) == HandOver(
        "We do not know the code NeverHeard yet."
    )


def test_words_about_a_guide_order_the_questions_but_never_claim_it():
    diagnosis = diagnose(telling_model(), frozenset({about("FLOW-3")}))
    assert isinstance(diagnosis.turn, Ask)
    assert diagnosis.match is None
    assert slugs(diagnosis)[0] == "guide-3"
    assert isinstance(turn(make_model(telling_model().guides), about("FLOW-3")), HandOver)


def test_being_unsure_of_everything_ends_without_a_claim():
    unsure = [answer("live", UNSURE), answer("owner", UNSURE)]
    assert turn(telling_model(), *unsure) == HandOver("We know too little to say which guide fits.")


def test_at_most_eight_questions_are_asked():
    names = [f"q{number}" for number in range(12)]
    guides = [make_guide(number, yes_to(*names[number:])) for number in range(1, 9)]
    model = make_model(guides, [make_question(name) for name in names])
    known = frozenset()
    for number in range(MOST_QUESTIONS):
        diagnosis = diagnose(model, known)
        assert diagnosis.at_most == MOST_QUESTIONS - number - 1
        known |= {answer(diagnosis.turn.question.slug, UNSURE)}
    assert not isinstance(turn(model, *known), Ask)


def test_a_question_is_asked_only_after_the_answer_it_depends_on():
    questions = [make_question("error"), make_question("number", only_if=("error", "yes"), minutes=0.2)]
    model = make_model(
        [make_guide(1, yes_to("error", "number")), make_guide(2, {"error": {"yes": "usually"}}), make_guide(3)],
        questions,
    )
    assert turn(model) == Ask(questions[0])
    assert diagnose(model, frozenset()).at_most == 1
    assert turn(model, answer("error", "yes")) == Ask(questions[1])
    assert not isinstance(turn(model, answer("error", "no")), Ask)


def test_what_waits_for_more_questions_than_may_still_be_asked_is_not_promised():
    last = 2_000
    chain = [
        make_question(f"q{number}", only_if=(f"q{number - 1}", "yes") if number else None) for number in range(last + 1)
    ]
    model = make_model([make_guide(1, yes_to("q0")), make_guide(2, yes_to(f"q{last}")), make_guide(3)], chain)
    assert diagnose(model, frozenset()).at_most == MOST_QUESTIONS - 1


def one_guide_for_two_cases(**live):
    """Its dear fix is for a live app only, its cheap one for any other; `live` are details of the question."""
    remedies = (
        Remedy("FIX-1", Word.ALWAYS, when=Condition("live", "yes")),
        Remedy("FIX-2", Word.ALWAYS, when=Condition("live", "no")),
    )
    guide = make_guide(1, {"error": {"yes": "always"}, "app": {"yes": "always"}}, remedies=remedies)
    questions = [make_question("error"), make_question("app"), make_question("live", **live)]
    return make_model([guide, make_guide(2)], questions, minutes={"FIX-1": 60, "FIX-2": 50})


def test_what_tells_which_fix_applies_is_asked_though_it_tells_no_guides_apart():
    model = one_guide_for_two_cases()
    assert turn(model, answer("error", "yes"), answer("app", "yes")) == Ask(model.question["live"])


def test_a_question_is_asked_for_the_sake_of_one_that_its_answer_opens():
    model = one_guide_for_two_cases(only_if=("app", "yes"))
    assert turn(model, answer("error", "yes")) == Ask(model.question["app"])
    dear = one_guide_for_two_cases(only_if=("app", "yes"), minutes=30)
    assert turn(dear, answer("error", "yes")) != Ask(dear.question["app"])


def test_only_one_question_of_a_group_is_asked():
    questions = [make_question("live", group="use"), make_question("used", group="use")]
    model = make_model([make_guide(1, yes_to("live", "used")), make_guide(2)], questions)
    assert diagnose(model, frozenset()).at_most == 0
    assert not isinstance(turn(model, answer("live", "yes")), Ask)


def test_a_group_may_be_called_like_a_question_of_its_own():
    questions = [make_question("first"), make_question("live", group="app"), make_question("app")]
    model = make_model([make_guide(1, yes_to("first", "live", "app")), make_guide(2), make_guide(3)], questions)
    assert diagnose(model, frozenset()).at_most == 2


def test_what_the_text_says_is_not_asked_once_the_text_was_read():
    model = telling_model()
    asked = make_model(
        model.guides, [make_question("live", group=TEXT_GROUP), make_question("owner", group=TEXT_GROUP)]
    )
    assert isinstance(turn(asked), Ask)
    assert not isinstance(turn(asked, message("shared")), Ask)


@pytest.mark.parametrize(
    ("known", "asks"), [(message("shared"), True), (code("TurnedOff"), False), (status("503"), False)]
)
def test_the_code_is_asked_after_the_text_was_read_only_where_guides_share_what_was_read(known, asks):
    model = telling_model()
    guides = [*model.guides, make_guide(4, codes="503")]
    asked = make_model(guides, [make_question("live"), make_question("owner", group=CODE_GROUP)])
    assert (turn(asked, known) == Ask(asked.question["owner"])) == asks
    told = weigh(asked, frozenset({known, answer("owner", "yes")})).known.answers
    assert bool(told) == asks


def test_asking_stops_when_all_likely_guides_have_the_same_fix():
    fixes = {"FIX-1": "always"}
    guides = [make_guide(1, yes_to("live", "owner"), fixes=fixes), make_guide(2, yes_to("live"), fixes=fixes)]
    model = make_model(guides, [make_question("live"), make_question("owner")])
    assert isinstance(turn(model, answer("live", "yes")), Choose)


def test_a_failed_fix_gives_the_next_one_of_the_same_guide():
    model = make_model(
        [make_guide(1, codes="TurnedOff", fixes={"FIX-1": "usually", "FIX-2": "sometimes"}), make_guide(2)]
    )
    assert turn(model, code("TurnedOff"), tried("FIX-1")) == Open(model.guide["FLOW-1"], "FIX-2")


@pytest.mark.parametrize("result", ["same", "new", "could-not"])
def test_a_fix_that_was_tried_is_not_offered_again(result):
    model = make_model([make_guide(1, codes="TurnedOff"), make_guide(2)])
    ended = turn(model, code("TurnedOff"), tried("FIX-1", result))
    assert ended == HandOver("No fix that we know for this is left to try.")


def test_the_fix_with_most_success_for_its_minutes_comes_first():
    guide = make_guide(1, codes="TurnedOff", fixes={"FIX-1": "always", "FIX-2": "usually", "FIX-3": "always"})
    model = make_model([guide], minutes={"FIX-1": 60, "FIX-2": 5, "FIX-3": 20})
    assert turn(model, code("TurnedOff")) == Open(guide, "FIX-2")
    assert turn(model, code("TurnedOff"), tried("FIX-2")) == Open(guide, "FIX-3")


def test_a_fix_with_a_condition_stays_in_until_it_is_answered_differently():
    remedies = (Remedy("FIX-1", Word.ALWAYS, when=Condition("live", "yes")), Remedy("FIX-2", Word.RARELY))
    model = make_model(
        [make_guide(1, yes_to("live", word="sometimes"), codes="TurnedOff", remedies=remedies)], [make_question("live")]
    )
    first = {
        choice: turn(model, code("TurnedOff"), answer("live", choice)).mitigation for choice in ("yes", "no", UNSURE)
    }
    assert first == {"yes": "FIX-1", "no": "FIX-2", UNSURE: "FIX-1"}
    assert turn(model, code("TurnedOff")).mitigation == "FIX-1"


def test_where_the_fix_that_an_answer_called_for_failed_the_other_one_is_offered_too():
    model = one_guide_for_two_cases()
    told = [answer("error", "yes"), answer("app", "yes"), answer("live", "yes")]
    left = {
        result: order_of_repair(model, frozenset({*told, tried("FIX-1", result)}), "FLOW-1")
        for result in ("same", "could-not")
    }
    assert order_of_repair(model, frozenset(told), "FLOW-1") == ("FIX-1",)
    assert left == {"same": ("FIX-2",), "could-not": ()}


def test_a_fix_that_one_unlikely_answer_rules_out_is_offered_all_the_same():
    """Two answers lead to the guide, and hardly anybody with its problem gives the third: that is likely a slip."""
    remedies = (Remedy("FIX-1", Word.ALWAYS, when=Condition("live", "yes")),)
    guide = make_guide(1, yes_to("error", "app") | {"live": {"yes": "always"}}, remedies=remedies)
    model = make_model([guide, make_guide(2)], [make_question(slug) for slug in ("error", "app", "live")])
    told = [answer("error", "yes"), answer("app", "yes"), answer("live", "no")]
    assert order_of_repair(model, frozenset(told), "FLOW-1") == ("FIX-1",)
    assert trusted_answers(model, frozenset(told), "FLOW-1") == {"error": "yes", "app": "yes"}
    assert trusted_answers(model, frozenset(told), "FLOW-2") == {"error": "yes", "app": "yes", "live": "no"}


@pytest.mark.parametrize(("minutes", "first"), [(5, "guide-1"), (45, "guide-2")])
def test_of_likely_guides_the_one_that_helps_most_for_its_minutes_comes_first(minutes, first):
    guides = [make_guide(1, yes_to("live", word="always")), make_guide(2, yes_to("live", word="usually"))]
    model = make_model(guides, [make_question("live")], minutes={"FIX-1": minutes, "FIX-2": 5})
    diagnosis = diagnose(model, frozenset({answer("live", "yes")}))
    assert isinstance(diagnosis.turn, Choose)
    assert slugs(diagnosis)[0] == diagnosis.turn.guides[0].slug == first


def test_what_is_quick_but_unlikely_does_not_come_before_what_is_likely():
    guides = [make_guide(1, yes_to("live")), make_guide(2, yes_to("live", word="rarely"))]
    model = make_model(guides, [make_question("live")], minutes={"FIX-1": 30, "FIX-2": 1})
    assert slugs(diagnose(model, frozenset({answer("live", "yes")}))) == ["guide-1", "guide-2"]


def test_a_guide_with_nothing_left_to_try_moves_behind_the_others():
    model = make_model(
        [make_guide(1, fixes={"FIX-1": "sometimes"}), make_guide(2), make_guide(3)], [make_question("live")]
    )
    diagnosis = diagnose(model, frozenset({answer("live", "yes"), tried("FIX-1")}))
    likely = [candidate for candidate in diagnosis.ranking if candidate.likely]
    assert (likely[-1].guide.slug, likely[-1].mitigation) == ("guide-1", "")
    assert "But you tried “Do FIX-1”: same error." in likely[-1].reasons


def test_answers_that_fit_no_guide_are_handed_over():
    names = [f"q{number}" for number in range(6)]
    model = make_model(
        [make_guide(1, yes_to(*names)), make_guide(2, yes_to(*names))], [make_question(name) for name in names]
    )
    known = frozenset(answer(name, "no") for name in names)
    assert turn(model, *known) == HandOver("Your answers fit none of our guides.")


def test_what_helps_too_seldom_for_its_minutes_is_not_offered_once_a_fix_failed():
    def model(minutes):
        return make_model(
            [make_guide(1, codes="TurnedOff", fixes={"FIX-1": "usually", "FIX-2": "rarely"})], [], {"FIX-2": minutes}
        )

    failed = (code("TurnedOff"), tried("FIX-1"))
    assert turn(model(2), *failed) == Open(model(2).guide["FLOW-1"], "FIX-2")
    assert turn(model(60), *failed) == HandOver("Asking for help is quicker than what is left to try.")
    assert isinstance(turn(model(60), code("TurnedOff")), Open)


def test_answers_that_rule_out_every_fix_are_not_said_to_fit_no_guide():
    live = Remedy("FIX-1", Word.USUALLY, when=Condition("live", "yes"))
    model = make_model(
        [make_guide(1, yes_to("owner"), remedies=(live,))], [make_question("live"), make_question("owner")]
    )
    known = (answer("owner", "yes"), answer("live", "no"))
    assert turn(model, *known) == HandOver("We know no fix that suits your answers.")


def test_a_guide_whose_fixes_were_all_tried_keeps_nobody_from_an_honest_end():
    names = [f"q{number}" for number in range(3)]
    model = make_model(
        [make_guide(1, yes_to(*names)), make_guide(2, yes_to(*names, word="sometimes"), common=Word.RARELY)],
        [make_question(name) for name in names],
    )
    told = [answer("q0", "yes"), answer("q1", "no"), answer("q2", "no")]
    assert not isinstance(turn(model, *told), HandOver)
    assert isinstance(turn(model, *told, tried("FIX-1", "could-not"), tried("FIX-2")), HandOver)


def test_a_guide_is_still_offered_while_something_else_is_less_likely_than_all_guides_together():
    names = [f"q{number}" for number in range(6)]
    model = make_model([make_guide(1, yes_to(*names)), make_guide(2)], [make_question(name) for name in names])
    known = frozenset(answer(name, "no") for name in names)
    assert turn(model, *known) == Open(model.guide["FLOW-2"], "FIX-2")


def test_at_most_seven_guides_are_likely_the_others_wait_behind_them():
    model = make_model([make_guide(number) for number in range(1, 12)])
    diagnosis = diagnose(model, frozenset())
    assert [candidate.likely for candidate in diagnosis.ranking] == [True] * 7 + [False] * 4


def test_a_fork_with_no_guide_to_lead_to_is_handed_over():
    model = make_model([make_guide(1, targets=("FLOW-2",), codes="InstallFailed")], [make_question("live")])
    assert isinstance(turn(model, code("InstallFailed"), answer("live", "yes")), HandOver)


def test_a_model_without_guides_hands_over():
    assert isinstance(turn(make_model()), HandOver)


def test_notes_and_evidence_come_back_with_the_answer():
    known = frozenset({code("TurnedOff"), answer("retired", "yes")})
    diagnosis = diagnose(telling_model(), known, ("This page is out of date.",))
    assert (diagnosis.evidence, diagnosis.notes, diagnosis.asked) == (known, ("This page is out of date.",), 0)


def test_a_thousand_guides_rank_their_questions_as_a_few_do():
    questions = [make_question(f"q{number}") for number in range(10)]
    guides = [make_guide(n, {f"q{n % 10}": {"yes": "always"}}, common=Word.RARELY) for n in range(1, 600)]
    guides.append(make_guide(600, yes_to("q3", "q4"), common=Word.ALWAYS))
    model = make_model(guides, questions)
    assert turn(model) in (Ask(questions[3]), Ask(questions[4]))
    assert len(diagnose(model, frozenset()).ranking) == 50

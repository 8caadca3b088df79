"""Each kind of defect is planted alone into a small good library, and exactly that is reported, where it is mended."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from tests.diagnosis.factories import make_guide, make_model, make_question
from tests.diagnosis.strategies import few, models
from troubleshooter.diagnosis.lint import Defect, Problem, lint, never_change_order, of_conversations, of_signatures
from troubleshooter.diagnosis.model import Choice, Code, Condition, Message, Model, Question, Remedy, Word
from troubleshooter.diagnosis.recognise import compile_recogniser

QUESTIONS = tuple(make_question(slug) for slug in ("live", "owner", "import", "error"))


def good_guide(number, yes, **fields):
    expects = {question.slug: {"yes": "usually" if question.slug == yes else "rarely"} for question in QUESTIONS}
    return make_guide(number, {**expects, **fields.pop("expects", {})}, **{"codes": f"Code{number}Failed", **fields})


def good_model(*more, questions=QUESTIONS):
    imported = good_guide(3, "import", expects={"error": {"yes": "sometimes"}})
    return make_model([good_guide(1, "live"), good_guide(2, "owner"), imported, *more], questions)


def problems_of(model: Model) -> tuple[Problem, ...]:
    return lint(compile_recogniser(model))


def found(model):
    return {(problem.kind, problem.key) for problem in problems_of(model)}


def with_fourth(questions=QUESTIONS, **fields):
    return good_model(good_guide(4, "error", **fields), questions=questions)


def with_remedies(*remedies):
    return with_fourth(remedies=remedies)


def with_message(template, *essential):
    return with_fourth(more_messages=(Message("planted", template, essential),))


def with_place(**words):
    place = make_question("place", choices="app mail phone", normal="phone")
    return with_fourth((*QUESTIONS, place), expects={"place": words})


def with_odd_normal_answers():
    choices = tuple(Choice(slug, slug, f"You said {slug}.", Word.ALWAYS) for slug in ("yes", "no"))
    odd = Question("odd", "Odd?", choices)
    return with_fourth((*QUESTIONS, odd), expects={"odd": {"yes": "never"}})


def with_question_in_the_group_it_depends_on():
    questions = (
        *QUESTIONS[:3],
        make_question("error", group="text"),
        make_question("number", group="text", only_if=("error", "yes")),
    )
    return with_fourth(questions, expects={"number": {"yes": "always"}})


def with_idle(word="usually", **fields):
    """A model with a question about which two guides say what anybody would answer, and one of them maybe more."""
    idle = make_question("idle", **fields)
    extra = [
        good_guide(4, "error", expects={"idle": {"no": "usually"}}),
        good_guide(5, "error", codes="OtherFailed", expects={"idle": {"no": word}, "live": {"yes": "usually"}}),
    ]
    return good_model(*extra, questions=(*QUESTIONS, idle))


def with_paraphrase(group=""):
    questions = (*QUESTIONS, make_question("used", choices="no yes", group=group), make_question("in-use", group=group))
    extra = [
        good_guide(n, "error", expects={slug: {"yes": word} for slug in ("used", "in-use")})
        for n, word in ((4, "always"), (5, "never"))
    ]
    return good_model(*extra, questions=questions)


def with_repeated_question():
    """A second question in nearly the same words, of which the guides say something else."""
    asked = {"used": "Is it in use?", "in-use": "Is it still in use?"}
    questions = (*QUESTIONS, *(replace(make_question(slug), text=text) for slug, text in asked.items()))
    extra = [
        good_guide(4, "error", expects={"used": {"yes": "always"}, "in-use": {"yes": "never"}}),
        good_guide(5, "error", expects={"used": {"yes": "never"}, "in-use": {"yes": "usually"}}),
    ]
    return good_model(*extra, questions=questions)


def with_slower_question(**fields):
    """A second question that says the same, only less clearly, and takes longer."""
    questions = (*QUESTIONS, make_question("used"), make_question("in-use", minutes=3.0, **fields))
    extra = [
        good_guide(4, "error", expects={"used": {"yes": "always"}, "in-use": {"yes": "usually"}}),
        good_guide(5, "error", expects={"used": {"yes": "never"}, "in-use": {"yes": "rarely"}}),
    ]
    return good_model(*extra, questions=questions)


def with_question_that_another_of_its_group_always_beats():
    """Whoever is asked about the one is never asked about the other, which tells less for as much time."""
    questions = (*QUESTIONS, make_question("clear", group="text"), make_question("vague", group="text"))
    extra = [
        good_guide(4, "error", expects={"clear": {"yes": "always"}, "vague": {"yes": "sometimes"}}),
        good_guide(5, "error", expects={"clear": {"yes": "never"}, "vague": {"yes": "rarely"}}),
    ]
    return good_model(*extra, questions=questions)


def with_scattered_statements():
    """Twelve guides, each with questions of its own and none that all of them answer."""
    questions = tuple(make_question(f"part-{number}") for number in range(36))
    guides = [
        make_guide(
            number, {f"part-{3 * number + place}": {"yes": "always"} for place in range(3)}, codes=f"Part{number}Failed"
        )
        for number in range(12)
    ]
    return make_model(guides, questions)


def with_hidden_guide():
    """A rare problem of which people say one thing more than those with four common ones that share a fix."""
    rare = good_guide(4, "live", expects={"owner": {"yes": "usually"}}, common=Word.NEVER)
    model = good_model(*(good_guide(number, "live", fixes={"FIX-1": "usually"}) for number in range(5, 9)))
    return make_model([*(replace(guide, common=Word.ALWAYS) for guide in model.guides), rare], QUESTIONS)


GOOD: dict[str, Callable[[], Model]] = {
    "no guide": make_model,
    "three guides": good_model,
    "a fork": lambda: good_model(make_guide(9, targets=("FLOW-1", "FLOW-2"), codes="InstallFailed")),
    "phrases instead of codes": lambda: with_fourth(codes="", phrases=("the ledger stays blank",)),
    "a short message with essential text": lambda: with_message("The <name> drowned.", "drowned"),
    "two guides with the same first fix": lambda: good_model(good_guide(4, "live", fixes={"FIX-1": "usually"})),
    "a question that only a mitigation needs": lambda: good_model(
        good_guide(4, "error", remedies=(Remedy("FIX-1", Word.USUALLY, when=Condition("idle", "yes")),)),
        questions=(*QUESTIONS, make_question("idle")),
    ),
    "paraphrases in one group": lambda: with_paraphrase("use"),
    "an either-or of two fixes": lambda: with_remedies(
        Remedy("FIX-4", Word.ALWAYS, when=Condition("live", "yes")), Remedy("FIX-5", Word.USUALLY)
    ),
    "a code of two guides that a question tells apart": lambda: with_fourth(codes="Code1Failed"),
}

PLANTED: list[tuple[Defect, str, str, Callable[[], Model]]] = [
    (Defect.NO_ERROR_TEXT, "FLOW-4", "Add a code", lambda: with_fourth(codes="")),
    (Defect.NO_MITIGATION, "FLOW-4", "offers no mitigation", lambda: with_remedies()),
    (
        Defect.SAYS_TOO_LITTLE,
        "FLOW-4",
        "This one would help most: Say what people answer to “Owner?”: “",
        lambda: good_model(make_guide(4, {"error": {"yes": "always"}, "live": {"yes": "never"}}, codes="Code4Failed")),
    ),
    (Defect.CONTRADICTORY_WORDS, "FLOW-4", "two answers are “always”", lambda: with_place(app="always", mail="always")),
    (
        Defect.MITIGATION_NEVER_APPLIES,
        "FLOW-4",
        "offered FIX-5: it needs the answer “Yes, live”",
        lambda: good_model(
            good_guide(
                4,
                "error",
                expects={"live": {"yes": "never"}},
                remedies=(
                    Remedy("FIX-4", Word.USUALLY),
                    Remedy("FIX-5", Word.USUALLY, when=Condition("live", "yes")),
                ),
            )
        ),
    ),
    (
        Defect.MITIGATION_NEVER_APPLIES,
        "FLOW-4",
        "it never works",
        lambda: with_remedies(Remedy("FIX-4", Word.USUALLY), Remedy("FIX-5", Word.NEVER)),
    ),
    (
        Defect.MITIGATION_NOT_NEEDED,
        "FLOW-4",
        "FIX-4 works always",
        lambda: with_remedies(Remedy("FIX-4", Word.ALWAYS), Remedy("FIX-5", Word.USUALLY)),
    ),
    (Defect.UNREACHABLE, "FLOW-4", "Say what only they answer", with_hidden_guide),
    (Defect.NOT_TOLD_APART, "FLOW-1", "“Problem 1” apart from “Problem 4”", lambda: good_model(good_guide(4, "live"))),
    (
        Defect.SHARED_SIGNATURE,
        "FLOW-1",
        "The code “Code1Failed” leads to “Problem 1” and to “Problem 4”",
        lambda: good_model(good_guide(4, "live", codes="Code1Failed")),
    ),
    (Defect.CONTRADICTORY_NORMAL_ANSWERS, "odd", "normal answers: two answers", with_odd_normal_answers),
    (
        Defect.NOBODY_MENTIONS,
        "idle",
        "No guide says anything",
        lambda: good_model(questions=(*QUESTIONS, make_question("idle"))),
    ),
    (Defect.GROUP_HIDES_QUESTION, "number", "Change the group", with_question_in_the_group_it_depends_on),
    (Defect.NEVER_ASKED, "vague", "is never asked", with_question_that_another_of_its_group_always_beats),
    (Defect.CHANGES_NO_ORDER, "idle", "Remove it or say more", with_idle),
    (Defect.PARAPHRASE, "in-use", "Give them the same group", with_paraphrase),
    (
        Defect.REPEATED_QUESTION,
        "in-use",
        "“Is it still in use?” has nearly the same words as “Is it in use?”",
        with_repeated_question,
    ),
    (Defect.DOMINATED_QUESTION, "in-use", "“Used?” tells at least as much", with_slower_question),
    (Defect.NEEDS_FACET, "part-0", "Ask for the product, the area", with_scattered_statements),
    (
        Defect.SHORT_MESSAGE,
        "FLOW-4",
        "has no essential text",
        lambda: with_message("The <long placeholder name> sank."),
    ),
    (Defect.CODE_NOT_READ, "FLOW-4", "The code “§§§”", lambda: with_fourth(more_codes=(Code("§§§"),))),
    (
        Defect.MESSAGE_NOT_READ,
        "FLOW-4",
        "is not found even in itself",
        lambda: with_message("Ledger <a> of <b> at <c> drowned <d> yesterday <e> evening", "yesterday evening"),
    ),
    (Defect.PHRASE_NOT_READ, "FLOW-4", "The phrase “broken”", lambda: with_fourth(phrases=("broken",))),
    (
        Defect.REPEATED_PHRASE,
        "FLOW-4",
        "“The Ledger drowned!”",
        lambda: with_fourth(phrases=("the ledger drowned", "The Ledger drowned!")),
    ),
    (
        Defect.SHARED_PHRASE,
        "FLOW-5",
        "leads to “Problem 4” as well",
        lambda: good_model(
            good_guide(4, "error", phrases=("the ledger drowned in the lake", "quota of the mailbox exceeded")),
            good_guide(5, "error", expects={"live": {"yes": "usually"}}, phrases=("ledger drowned in the lake again",)),
        ),
    ),
    (
        Defect.TOO_GENERAL,
        "FLOW-4",
        "although it stands in a text that does not tell of this problem",
        lambda: with_message("The operation could not be completed because <reason>"),
    ),
]


@pytest.mark.parametrize("model", GOOD.values(), ids=GOOD)
def test_good_content_has_no_problem(model):
    assert problems_of(model()) == ()


@pytest.mark.parametrize(("kind", "key", "words", "model"), PLANTED, ids=[kind for kind, *_rest in PLANTED])
def test_a_planted_defect_is_reported_alone_at_its_place_and_says_what_to_do(kind, key, words, model):
    told = problems_of(model())
    assert {(problem.kind, problem.key) for problem in told} == {(kind, key)}
    assert any(words in problem.sentence for problem in told), told


def test_every_kind_of_defect_has_a_planted_example():
    assert {kind for kind, *_rest in PLANTED} == set(Defect)


def test_a_phrase_that_is_too_general_is_named_also_on_the_page_of_its_guide():
    """The foreign text shares no word with the phrase, only what it means."""
    recogniser = compile_recogniser(with_fourth(codes="", phrases=("the ledger stays blank", "app error")))
    for only in (None, ["FLOW-4"]):
        told = [problem for problem in of_signatures(recogniser, only) if problem.kind is Defect.TOO_GENERAL]
        assert all("Make the phrase “app error” say more." in problem.sentence for problem in told)
        assert any("Nothing happens when I click the button." in problem.sentence for problem in told)


@few
@given(models())
def test_every_problem_is_a_sentence_about_something_that_exists(model):
    for problem in problems_of(model):
        assert problem.key in model.guide or problem.key in model.question
        assert problem.sentence.endswith((".", "”."))


@pytest.mark.parametrize(
    "words",
    [
        {"app": "always", "mail": "always"},
        {"app": "never", "mail": "never", "phone": "never"},
        {"app": "usually", "mail": "usually", "phone": "sometimes"},
    ],
)
def test_words_that_cannot_all_be_true_are_serious(words):
    (problem,) = problems_of(with_place(**words))
    assert problem.kind is Defect.CONTRADICTORY_WORDS
    assert problem.serious


def test_a_message_with_signs_of_its_own_is_as_long_as_it_is():
    assert found(with_message("The sum of all orders > limit of the <tank>")) == set()


def test_a_question_of_which_no_answer_changes_an_order_is_named():
    assert never_change_order(with_idle("usually")) == ("idle",)


def test_a_question_that_changes_an_order_is_not_named():
    assert never_change_order(with_idle("never")) == ()


def test_a_question_that_only_tells_guides_with_the_same_error_apart_is_not_named():
    """Alone, no answer makes the last guide one of the seven likely ones; beside its error it comes first."""
    often = [make_guide(number, {"live": {"yes": "usually"}}, common=Word.ALWAYS) for number in range(1, 8)]
    rival, rare = make_guide(8, codes="Shared"), make_guide(9, {"idle": {"yes": "usually"}}, codes="Shared")
    questions = [make_question("idle")]
    assert never_change_order(make_model([*often, rival, rare], questions)) == ()
    assert never_change_order(make_model([*often, rival, replace(rare, codes=())], questions)) == ("idle",)


def test_a_question_on_which_another_depends_is_not_named():
    depending = make_question("then", only_if=("idle", "no"))
    model = with_idle("usually")
    model = make_model(
        [*model.guides, good_guide(6, "owner", expects={"then": {"yes": "always"}})], [*model.questions, depending]
    )
    assert never_change_order(model) == ()


def test_a_guide_that_says_hardly_anything_is_told_what_helps_most_although_nothing_is_mistaken_for_it():
    """“Always” on one question tells it apart from all others, yet whoever is not sure there never finds it."""
    alone = make_guide(4, {"error": {"yes": "always"}}, codes="Code4Failed", common=Word.RARELY)
    told = [problem.sentence for problem in problems_of(good_model(alone)) if problem.kind is Defect.SAYS_TOO_LITTLE]
    assert len(told) == 1
    assert "This one would help most: Say what people answer to “" in told[0]


def test_signatures_and_conversations_of_one_guide_can_be_looked_at_alone():
    model = with_hidden_guide()
    broken = replace(model.guides[0], phrases=("broken",))
    recogniser = compile_recogniser(replace(model, guides=(broken, *model.guides[1:])))
    assert {problem.key for problem in of_signatures(recogniser)} == {"FLOW-1"}
    assert list(of_signatures(recogniser, ["FLOW-4"])) == []
    assert [problem.key for problem in of_conversations(model, (), ["FLOW-4"])] == ["FLOW-4"]
    assert list(of_conversations(model, (), ["FLOW-1"])) == []

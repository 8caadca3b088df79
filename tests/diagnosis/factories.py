"""Small builders for tests: a model is a handful of guides and questions, written in one line each."""

from collections.abc import Mapping

from troubleshooter.diagnosis.model import (
    Choice,
    Code,
    Condition,
    Fact,
    Guide,
    Kind,
    Message,
    Mitigation,
    Model,
    Question,
    Remedy,
    Word,
)


def make_question(
    slug: str, *, normal: str = "no", word: str = "usually", choices: str = "yes no", **fields
) -> Question:
    """A question whose normal answer is `normal`, said with `word`."""
    made = tuple(
        Choice(
            choice,
            f"{choice.capitalize()}, {slug}",
            f"You said {choice} to {slug}.",
            Word(word) if choice == normal else None,
        )
        for choice in choices.split()
    )
    if isinstance(fields.get("only_if"), tuple):
        fields["only_if"] = Condition(*fields["only_if"])
    return Question(slug, f"{slug.capitalize()}?", made, **fields)


def make_guide(
    number: int,
    expects: Mapping[str, Mapping[str, str]] | None = None,
    *,
    codes: str = "",
    messages: Mapping[str, str] | None = None,
    fixes: Mapping[str, str] | None = None,
    **fields,
) -> Guide:
    """Guide FLOW-<number>, slug guide-<number>; its own mitigation FIX-<number> unless `fixes` names others.

    `expects` is {question: {choice: word}}, `messages` {key: template}, `fixes` {reference: word}.
    """
    fixes = {} if "targets" in fields else {f"FIX-{number}": "usually"} if fixes is None else fixes
    fields.setdefault("remedies", tuple(Remedy(reference, Word(word)) for reference, word in fixes.items()))
    return Guide(
        reference=f"FLOW-{number}",
        slug=f"guide-{number}",
        title=fields.pop("title", f"Problem {number}"),
        codes=tuple(Code(token) if isinstance(token, str) else token for token in codes.split())
        + tuple(fields.pop("more_codes", ())),
        messages=tuple(Message(key, template) for key, template in (messages or {}).items())
        + tuple(fields.pop("more_messages", ())),
        expects={
            slug: {choice: Word(word) for choice, word in words.items()} for slug, words in (expects or {}).items()
        },
        **fields,
    )


def make_model(guides=(), questions=(), minutes: Mapping[str, float] | None = None) -> Model:
    """A model of these guides and questions; mitigations take 10 minutes unless `minutes` says otherwise.

    People are twice as patient as those of the shipped model, so that small models have something to ask.
    """
    used = dict.fromkeys(remedy.mitigation for guide in guides for remedy in guide.remedies)
    mitigations = tuple(
        Mitigation(reference, f"Do {reference}", (minutes or {}).get(reference, 10.0)) for reference in used
    )
    return Model(tuple(guides), tuple(questions), mitigations, patience=2.0)


def answer(question: str, choice: str) -> Fact:
    return Fact(Kind.ANSWER, question, choice)


def code(token: str) -> Fact:
    return Fact(Kind.CODE, token)


def message(key: str) -> Fact:
    return Fact(Kind.MESSAGE, key)


def status(token: str) -> Fact:
    return Fact(Kind.STATUS, token)


def unknown(token: str = "1") -> Fact:
    return Fact(Kind.UNKNOWN, token)


def about(reference: str) -> Fact:
    return Fact(Kind.ABOUT, reference)


def tried(mitigation: str, result: str = "same") -> Fact:
    return Fact(Kind.TRIED, mitigation, result)

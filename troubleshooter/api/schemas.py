"""The shapes of the API: what a call may send, and what the answer holds."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from troubleshooter.diagnosis.address import MOST_PAIRS
from troubleshooter.diagnosis.model import UNSURE, Kind, Match, Result
from troubleshooter.public_writes import MAX_TEXT

from . import examples

MOST_GUIDES = 7

Turn = Literal["open", "choose", "ask", "hand-over"]


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("This holds a NUL character. Remove it.")
    return text


Pasted = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_without_nul)]
Slug = Annotated[str, StringConstraints(min_length=1), AfterValidator(_without_nul)]


class Case(BaseModel):
    """What is known about one failure. Every field is optional."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.CASE]})

    text: Pasted = Field(
        "",
        description=(
            "The error as somebody pasted it. Names, addresses and tokens are removed before it is read. "
            "Of a text above 20,000 characters the beginning and the end are read."
        ),
    )
    answers: dict[Slug, Slug] = Field(
        {},
        max_length=MOST_PAIRS,
        description=f"Choices by question, in slugs; “{UNSURE}” is a choice of every question. "
        "Questions and choices that are not there (any more) are left out, with a note in the answer.",
    )
    tried: dict[Slug, Result] = Field(
        {},
        max_length=MOST_PAIRS,
        description="Fixes that were tried, by reference: the same error came back, a new error came, "
        "or it could not be done. Fixes that are not there (any more) are left out, with a note in the answer.",
    )

    @model_validator(mode="after")
    def _is_short_enough(self) -> Self:
        if len(self.answers) + len(self.tried) > MOST_PAIRS:
            raise ValueError(f"Send at most {MOST_PAIRS} answers and tried fixes together.")
        return self


class TicketText(BaseModel):
    """What somebody wrote in a ticket."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.TICKET_TEXT]})

    text: Annotated[Pasted, StringConstraints(min_length=1)] = Field(
        description="All that was written, in any order: the description, the error, earlier mails. Names, addresses "
        "and tokens are removed before it is read. Of a text above 20,000 characters the beginning and the end are "
        "read."
    )


class RankedGuide(BaseModel):
    reference: str = Field(description="Permanent; also the address /g/FLOW-3/.", examples=["FLOW-3"])
    slug: str = Field(examples=["workflow-trigger-not-enabled"])
    title: str
    match: Match
    url: str = Field(
        description="The page of the guide on this host.", examples=["/guides/workflow-trigger-not-enabled/"]
    )
    reasons: list[str] = Field(description="Plain sentences that are true of this guide and this case.")
    mitigation: str = Field(description="The fix to try first; empty where none is left.", examples=["FIX-4"])


class Choice(BaseModel):
    slug: str = Field(description=f"Send it back in `answers`; the last choice is always “{UNSURE}”.")
    text: str


class Question(BaseModel):
    slug: str
    text: str
    hint: str
    choices: list[Choice]


class Piece(BaseModel):
    kind: Kind
    value: str = Field(
        description="A token; for an answer “question=choice”, for a tried fix “FIX-2=same”, "
        "for “about” a guide's reference.",
        examples=["ConnectionAuthorizationFailed", "app-starts-flow=yes", "FIX-2=same"],
    )
    span: tuple[int, int] | None = Field(
        description="The first character in `redacted_text` and the one after the last; null where it has no place."
    )


class Answer(BaseModel):
    """The whole answer to one case. The same case has the same answer until the content changes."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ANSWER]})

    turn: Turn = Field(
        description="What to do next: open the first guide, choose between the first ones, ask the question, "
        "or hand over to a person."
    )
    match: Match | None = Field(
        description="How well what was recognised points to a guide; null where only answers or plain words speak."
    )
    reason: str = Field(description="One plain sentence: why this turn.")
    notes: list[str] = Field(description="What was left out or shortened, in plain sentences.")
    guides: list[RankedGuide] = Field(description="The ranking, best first.", max_length=MOST_GUIDES)
    question: Question | None = Field(description="The question to ask; null unless the turn is “ask”.")
    at_most: int | None = Field(description="Questions that can still follow this one; null when none is asked.")
    evidence: list[Piece] = Field(description="Everything the answer rests on.")
    redacted_text: str = Field(description="The text as it was read, with what is personal replaced.")
    url: str = Field(description="The same diagnosis as a page on this host.", examples=["/diagnose/?status=401"])
    content_version: int = Field(description="Goes up whenever published content changes, or what was learned.")


class Suggestion(BaseModel):
    """A guide that something in the text points to."""

    reference: str = Field(description="Permanent.", examples=["FLOW-3"])
    slug: str = Field(examples=["workflow-trigger-not-enabled"])
    title: str
    match: Match
    reasons: list[str] = Field(description="Plain sentences that are true of this guide and this text.")
    mitigation: str = Field(description="The fix to try first; empty for a guide that only leads to others.")
    url: str = Field(
        description="The permanent address of the guide, for the ticket.",
        examples=["https://help.contoso.com/g/FLOW-3/"],
    )
    mitigation_url: str | None = Field(
        description="The permanent address of the fix to try first.",
        examples=["https://help.contoso.com/g/FLOW-3/FIX-4/"],
    )


class Suggestions(BaseModel):
    """The guides that fit a ticket, and a note to put into it."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SUGGESTIONS]})

    match: Match | None = Field(
        description="How well what was recognised points to the first guide; null where nothing does, "
        "or only plain words do."
    )
    guides: list[Suggestion] = Field(
        description="Best first; empty where nothing in the text points to a guide.", max_length=MOST_GUIDES
    )
    note: str = Field(description="A note for the ticket in plain text, with the links; it holds nothing of the text.")
    url: str = Field(description="The absolute address at which the diagnosis of this text can go on.")
    notes: list[str] = Field(description="What was left out or shortened, in plain sentences.")
    content_version: int = Field(description="Goes up whenever published content changes, or what was learned.")

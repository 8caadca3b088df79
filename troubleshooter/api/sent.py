"""The shapes of what programs with a key send, and of what they get for it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import TextChoices
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from troubleshooter.cases.links import names
from troubleshooter.cases.models import MAX_COMMENT, MAX_TICKET, Outcome, TicketLink
from troubleshooter.repair_tips.intake import Mailing
from troubleshooter.repair_tips.models import FlowProblem
from troubleshooter.repair_tips.models.flow import MAX_ID, MAX_NAME
from troubleshooter.repair_tips.models.problem import MAX_URL
from troubleshooter.repair_tips.reports import MAX_ADDRESS

from .schemas import Pasted, Slug

MAX_CASE = 200
MAX_KEYS = 4_000
"""Characters of the address of a diagnosis."""


@dataclass(frozen=True)
class OneOf:
    """Marks a text that is one of the values of a field with choices."""

    choices: type[TextChoices]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.literal_schema(self.choices.values)


Result = Annotated[str, OneOf(Outcome.Result)]
Reason = Annotated[str, OneOf(Outcome.Reason)]
Role = Annotated[str, OneOf(TicketLink.Role)]
Short = Annotated[Slug, StringConstraints(max_length=100)]


def _empty_for_none(value: Any) -> Any:
    """Expressions of a flow give null where they find nothing."""
    return "" if value is None else value


def _text_or_json(value: Any) -> Any:
    if not isinstance(value, str | list | dict | None):
        raise ValueError("Write the error as a text, or as the JSON that Power Automate gives.")
    return value


def _at_most(characters: int, **more: Any) -> dict[str, Any]:
    """A bound for the document only: reports are checked as a whole, so that all that is wrong is said at once."""
    return {"maxLength": characters, **more}


Loose = Annotated[str, BeforeValidator(_empty_for_none), WithJsonSchema({"type": ["string", "null"]})]
FailedActions = Annotated[
    Any, AfterValidator(_text_or_json), WithJsonSchema({"type": ["string", "object", "array", "null"]})
]


class Failure(BaseModel):
    """One failed run of a flow."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "flow_id": "3f2b9c1e-5d1c-4a53-9d0e-1f5f6a3c7b11",
                    "flow_name": "Send invoices",
                    "environment": "Default-contoso",
                    "run_id": "08585012345678901234567890123CU12",
                    "run_url": "https://make.powerautomate.com/environments/Default-contoso/flows/3f2b9c1e/runs/0858",
                    "owner_email": "anna@contoso.com",
                    "occurred_at": "2026-03-09T08:15:00Z",
                    "error": [{"name": "Send_an_email", "status": "Failed", "code": "ConnectionAuthorizationFailed"}],
                }
            ]
        },
    )

    flow_id: str = Field(
        description="Tells flows apart, together with the environment.", json_schema_extra=_at_most(MAX_ID, minLength=1)
    )
    run_id: str = Field(
        description="A run that is reported again counts once.", json_schema_extra=_at_most(MAX_ID, minLength=1)
    )
    error: FailedActions = Field(
        None,
        description="A text, or the JSON of a failed scope or action: `result('Scope')`, `actions('Name')` or its "
        "outputs, as it is. Names, addresses and tokens are removed. Of a long one the first 100,000 characters are "
        "read.",
    )
    flow_name: Loose = Field("", description=f"Stands in the mail, up to {MAX_NAME} characters of it.")
    environment: Loose = Field("", json_schema_extra=_at_most(MAX_ID))
    run_url: Loose = Field(
        "",
        description="The page of the run, on a site that is allowed for this sender. Its query is not kept.",
        json_schema_extra=_at_most(MAX_URL),
    )
    owner_email: Loose = Field(
        "",
        description="One plain address in a domain that is allowed for this sender. Without it no mail is sent.",
        json_schema_extra=_at_most(MAX_ADDRESS),
    )
    occurred_at: Loose = Field(
        "",
        description="ISO 8601; without an offset it is UTC. Without it, the time of the report.",
    )


class FailureGuide(BaseModel):
    reference: str = Field(examples=["FLOW-3"])
    title: str
    url: str = Field(description="The page of the guide, with what was recognised.")


class FailureProblem(BaseModel):
    """One error of the flow, however often it came."""

    code: str = Field(description="For people to read; empty where the error has none.")
    match: Annotated[str, OneOf(FlowProblem.Match)] | None = Field(
        description="How well it was recognised; null where we do not know it."
    )
    times: int = Field(description="Failed runs with this error.")
    first: datetime.datetime
    last: datetime.datetime


class FailureReceived(BaseModel):
    """What became of a report."""

    repeated: bool = Field(description="The run was reported before, so nothing was counted.")
    letter: Mailing = Field(
        description="What becomes of the mail: it is sent; its owner got one about this error in the last day, "
        "or one waits; they turned tips off; too many went out today; there is no address."
    )
    problems: list[FailureProblem] = Field(description="The worst first.")
    guide: FailureGuide | None = Field(description="The guide for the worst problem; null where none is known.")
    url: str = Field(description="Where to go on with the worst problem: its guide, a question, or a person.")
    notes: list[str] = Field(description="What was read in another way than it was sent, in plain sentences.")


class OutcomeTold(BaseModel):
    """What became of one try of one fix."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "guide": "FLOW-3",
                    "mitigation": "FIX-4",
                    "result": "could-not",
                    "reason": "no-access",
                    "comment": "Only the owner of the flow can turn it on.",
                    "evidence": "/diagnose/?code=WorkflowTriggerIsNotEnabled",
                    "case": "INC-20411",
                }
            ]
        },
    )

    guide: Short = Field(description="Its reference, or its name in addresses.")
    mitigation: Short = Field(description="The reference of a fix of this guide.")
    result: Result
    case: Annotated[Slug, StringConstraints(max_length=MAX_CASE)] = Field(
        description="Your own name for the case. The same case counts once for each fix; told again, it replaces what "
        "was told before. Only a hash of it is kept."
    )
    reason: Reason | None = Field(None, description="Why it could not be done; only with could-not.")
    comment: Annotated[Pasted, StringConstraints(max_length=MAX_COMMENT)] = Field(
        "", description="A few words. Names, addresses and tokens are removed before it is kept."
    )
    evidence: Annotated[Pasted, StringConstraints(max_length=MAX_KEYS)] = Field(
        "", description="What was known of the case: the `url` that diagnose gave, or what stands behind its “?”."
    )
    text: Pasted = Field("", description="The error itself, in place of `evidence`. It is read and not kept.")


class OutcomeKept(BaseModel):
    repeated: bool = Field(description="The same case told of this fix before.")
    guide: str = Field(examples=["FLOW-3"])
    mitigation: str = Field(examples=["FIX-4"])
    result: Result
    url: str = Field(description="Where to lead the person on: the next fix, a question, or a page for this result.")
    notes: list[str] = Field(description="What was left out, in plain sentences.")


class LinkWanted(BaseModel):
    """A link for a ticket."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"ticket": "INC-20411", "guide": "FLOW-3", "part": "FIX-4.2", "role": "offered"}]
        },
    )

    ticket: Annotated[Slug, StringConstraints(max_length=MAX_TICKET)] = Field(description=names.HINT)
    guide: Short = Field(description="Its reference, or its name in addresses.")
    part: Annotated[Pasted, StringConstraints(max_length=20)] = Field(
        "", description="A fix or a step of it, such as FIX-4 or FIX-4.2; empty for the whole guide."
    )
    role: Role | None = Field(
        None,
        description="What the link is for. Not sent, it is “offered” for a new link and stays for one that is there.",
    )


class Formats(BaseModel):
    """One text in three formats."""

    model_config = ConfigDict(from_attributes=True)

    plain: str
    html: str
    markdown: str


class LinkTexts(BaseModel):
    """What to put into the ticket."""

    link: Formats = Field(description="The title as a link.")
    steps: Formats | None = Field(description="The steps in full; null for a guide that only leads to others.")


class LinkHead(BaseModel):
    token: str
    url: str = Field(description="The link: the text of today, and what changed since it was made.")
    guide: str = Field(examples=["FLOW-3"])
    part: str = Field(examples=["FIX-4.2"])
    title: str = Field(description="Empty where this part is not there any more.")
    role: Role
    created: datetime.datetime


class LinkMade(LinkHead):
    ticket: str
    texts: LinkTexts


class LinkReport(BaseModel):
    """What somebody behind a link said of a fix."""

    mitigation: str = Field(examples=["FIX-4"])
    result: Result
    step: str = Field(description="The step that failed; may be empty.")
    reason: str
    comment: str = Field(description="Without what is personal.")
    told: datetime.datetime


class LinkInTicket(LinkHead):
    reports: list[LinkReport]


class LinksOfTicket(BaseModel):
    ticket: str
    links: list[LinkInTicket] = Field(description="The newest first, at most 100, whoever made them.")

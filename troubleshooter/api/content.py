"""The shapes in which the API gives out what is published: guides with their parts, and error codes."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from troubleshooter.diagnosis.model import Word

from . import examples

PERMANENT = "Absolute and permanent: it survives renames and retirement."
VERSION = Field(description="Goes up whenever published content changes, or what was learned.")


class GuideLink(BaseModel):
    """A guide as other things name it."""

    reference: str = Field(description="Permanent.", examples=["FLOW-3"])
    slug: str = Field(description="Its name in addresses of today.", examples=["workflow-trigger-not-enabled"])
    title: str = Field(examples=["Turn the flow back on"])
    url: str = Field(description=PERMANENT, examples=["https://help.contoso.com/g/FLOW-3/"])


class Retired(BaseModel):
    """That a guide does not hold any more, and which one to read instead."""

    successor: GuideLink | None = Field(description="The guide to read instead; null where there is none.")


class GuideHead(GuideLink):
    """What the list says of a guide, and what the whole guide says too."""

    meaning: str = Field(description="What went wrong, in one sentence.")
    kind: Literal["fix", "fork"] = Field(description="A fork has no steps and only leads to other guides.")
    changed: datetime.datetime = Field(
        description="When something of it was published last: the guide, one of its fixes or one of its notices."
    )
    retired: Retired | None = Field(description="Null while the guide holds.")


class GuideEntry(GuideHead):
    """A guide in the list."""

    codes: list[str] = Field(description="The error codes that lead to it.", examples=[["WorkflowTriggerIsNotEnabled"]])


class GuideList(BaseModel):
    """One page of the guides. Those that hold come first, then the retired ones, each in the order of references."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.GUIDES]})

    guides: list[GuideEntry]
    page: int = Field(description="The number of this page; the first is 1.")
    pages: int = Field(description="How many pages there are; at least 1.")
    total: int = Field(description="How many guides are on all pages together.")
    next: str | None = Field(description="The absolute address of the next page; null on the last one.")
    content_version: int = VERSION


class Text(BaseModel):
    """A text that somebody wrote, in two formats. Addresses in it that begin with / are on this host."""

    markdown: str = Field(description="As it was written.", examples=["Open **My flows**."])
    html: str = Field(description="Rendered and safe to show.", examples=["<p>Open <strong>My flows</strong>.</p>"])


class GuideCode(BaseModel):
    """An error code as a guide names it."""

    token: str = Field(description="Exactly as systems print it.", examples=["WorkflowTriggerIsNotEnabled"])
    meaning: str
    group: Literal["app-and-flow", "connections", "install", "http", "expressions"]
    aliases: list[str] = Field(description="Misspellings and other names that mean the same.")
    generic: bool = Field(description="Other systems print it too, so on its own it proves nothing.")


class Cause(BaseModel):
    """Why it happens."""

    key: str = Field(description="Its name within the guide.")
    title: str
    text: Text
    source: str = Field(description="The key of the source it is taken from; empty without one.")


class Notice(BaseModel):
    """Something to know before doing anything."""

    slug: str
    title: str
    text: Text
    afterwards: str = Field(description="What remains to be done once the fix works; empty for nothing.")


class Condition(BaseModel):
    """The answer under which a fix holds."""

    question: str = Field(description="The slug of the question, as in a diagnosis.")
    choice: str = Field(description="The slug of the answer.")
    question_text: str
    choice_text: str


class Step(BaseModel):
    """One action."""

    reference: str = Field(description="Permanent; the number in it is not the place.", examples=["FIX-4.2"])
    number: int = Field(description="Its place; steps with the same number are alternatives: do one of them.")
    where: Literal["source", "target", "either"] = Field(description="The environment in which it is done.")
    who: str = Field(description="Who does it.", examples=["flow-owner"])
    text: Text
    url: str = Field(description=PERMANENT, examples=["https://help.contoso.com/g/FLOW-3/FIX-4.2/"])


class Mitigation(BaseModel):
    """A mitigation as the guide offers it, with all its steps."""

    reference: str = Field(description="Permanent.", examples=["FIX-4"])
    title: str
    works: Word = Field(description="How often it helps with this problem.")
    minutes: tuple[int, int] = Field(description="The least and the most minutes it takes.", examples=[[5, 10]])
    waiting: str = Field(description="What one has to wait for; empty for nothing.")
    cause: str = Field(description="The key of the cause it cures; empty where it cures all of them.")
    when: Condition | None = Field(description="The answer under which it holds; null where it always holds.")
    intro: Text
    steps: list[Step]
    url: str = Field(description=PERMANENT, examples=["https://help.contoso.com/g/FLOW-3/FIX-4/"])


class Source(BaseModel):
    """Where the facts come from."""

    key: str = Field(description="Its name within the guide.")
    title: str
    url: str | None = Field(description="Null where it is not on the web.")
    checked: datetime.date = Field(description="When somebody last compared the guide with it.")
    dated: datetime.date | None = Field(description="The date it bears; null without one.")


class Guide(GuideHead):
    """One guide, complete."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.GUIDE]})

    page: str = Field(
        description="The absolute address of its page today.",
        examples=["https://help.contoso.com/guides/workflow-trigger-not-enabled/"],
    )
    codes: list[GuideCode]
    messages: list[str] = Field(description="Error messages it is about, with <placeholders> for what varies.")
    targets: list[GuideLink] = Field(description="The guides a fork leads to; empty for others.")
    causes: list[Cause]
    notices: list[Notice]
    before: Text = Field(description="What to look at before the first step.")
    mitigations: list[Mitigation] = Field(description="In the order in which the guide states them.")
    verification: Text = Field(description="How people know that it worked.")
    further: Text = Field(description="More to read.")
    sources: list[Source]
    content_version: int = VERSION


class CodeEntry(GuideCode):
    """An error code with the guides that name it."""

    url: str = Field(
        description="The absolute address of its page.",
        examples=["https://help.contoso.com/codes/WorkflowTriggerIsNotEnabled/"],
    )
    guides: list[GuideLink]


class Code(CodeEntry):
    """One error code."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.CODE]})

    content_version: int = VERSION


class CodeList(BaseModel):
    """All error codes."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.CODES]})

    codes: list[CodeEntry] = Field(description="By group, then by name.")
    content_version: int = VERSION

"""The one shape each publishable thing has outside the database, and what must be true of it on its own.

Content files, export, import, revisions and diffs all use these shapes; `parsing` turns text into them and back.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from troubleshooter.diagnosis.model import UNSURE, Word
from troubleshooter.diagnosis.text.templates import PLACEHOLDER

from . import markdown

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ONE_WORD = r"^[^\s/]+$"
MAX_MARKDOWN = markdown.MAX_CHARACTERS
"""Characters of one Markdown field: rendering time grows faster than length on hostile input."""


def refuse_unrenderable(text: str) -> str:
    """The text itself. Raises ValueError when it would take too long to render."""
    if problem := markdown.refusal(text):
        raise ValueError(problem)
    return text


def refuse_no_words(template: str) -> str:
    """The template itself. Raises ValueError when nothing but placeholders stands in it: it would fit every text."""
    if not re.search(r"\w", PLACEHOLDER.sub(" ", template)):
        raise ValueError("write words of the message beside the placeholders; these alone would fit every text")
    return template


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
GuideReference = Annotated[str, StringConstraints(pattern=r"^FLOW-[1-9][0-9]{0,5}$")]
MitigationReference = Annotated[str, StringConstraints(pattern=r"^FIX-[1-9][0-9]{0,5}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
OptionalLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
OptionalName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Markdown = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=MAX_MARKDOWN), AfterValidator(refuse_unrenderable)
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_MARKDOWN)]
Template = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=8, max_length=2_000), AfterValidator(refuse_no_words)
]
Token = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=ONE_WORD)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]


def by_number(reference: str) -> tuple[int, str]:
    """Sort key that puts FLOW-2 before FLOW-10, and so gives the curators' order."""
    return len(reference), reference


class Part(BaseModel):
    """A piece of a document. Unknown fields are refused, so a misspelt one cannot be lost in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(Part):
    question: Slug
    choice: Slug


class Code(Part):
    token: Token
    meaning: OptionalLine = ""
    group: Literal["app-and-flow", "connections", "install", "http", "expressions"] = "app-and-flow"
    aliases: Annotated[list[Line], AfterValidator(sorted)] = []
    generic: bool = False


class Message(Part):
    key: Slug
    text: Template
    essential: list[Line] = []

    @model_validator(mode="after")
    def _essentials_occur(self) -> Self:
        for essential in self.essential:
            if essential.lower() not in self.text.lower():
                raise ValueError(f"the essential text “{essential}” does not occur in the message")
        return self


class Cause(Part):
    key: Slug
    text: Markdown
    title: OptionalLine = ""
    source: OptionalName = ""


class GuideMitigation(Part):
    fix: MitigationReference
    works: Word = Word.USUALLY
    cause: OptionalName = ""
    when: Condition | None = None


class Sample(Part):
    text: Text
    leads: Literal["here", "elsewhere"] = "here"
    note: OptionalLine = ""


class Source(Part):
    key: Slug
    title: Line
    checked: datetime.date
    url: Url | None = None
    dated: datetime.date | None = None


class Retirement(Part):
    successor: GuideReference | None = None


class Document(BaseModel):
    """What all four documents share: a kind, and a key that never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    KIND: ClassVar[str]
    KEY: ClassVar[str]

    @property
    def key(self) -> str:
        return str(getattr(self, self.KEY))


class GuideDocument(Document):
    KIND = "guide"
    KEY = "reference"

    reference: GuideReference
    slug: Slug
    title: Line
    meaning: Line
    kind: Literal["fix", "fork"] = "fix"
    targets: Annotated[list[GuideReference], AfterValidator(lambda names: sorted(names, key=by_number))] = []
    common: Word | None = None
    former_slugs: list[Slug] = []
    codes: Annotated[list[Code], AfterValidator(lambda codes: sorted(codes, key=lambda code: code.token))] = []
    messages: list[Message] = []
    phrases: list[Line] = []
    causes: list[Cause] = []
    notices: list[Slug] = []
    before: Markdown = ""
    mitigations: list[GuideMitigation] = []
    verification: Markdown = ""
    further: Markdown = ""
    expects: dict[Slug, dict[Slug, Word]] = {}
    samples: list[Sample] = []
    sources: list[Source] = []
    retired: Retirement | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        refuse_repeats("codes", [code.token.lower() for code in self.codes])
        refuse_repeats("messages", [message.key for message in self.messages])
        refuse_repeats("causes", [cause.key for cause in self.causes])
        refuse_repeats("mitigations", [used.fix for used in self.mitigations])
        refuse_repeats("sources", [source.key for source in self.sources])
        refuse_repeats("notices", self.notices)
        causes, sources = {cause.key for cause in self.causes}, {source.key for source in self.sources}
        for used in self.mitigations:
            if used.cause and used.cause not in causes:
                raise ValueError(
                    f"mitigations: {used.fix} names the cause “{used.cause}”, which is not among the causes"
                )
        for cause in self.causes:
            if cause.source and cause.source not in sources:
                raise ValueError(
                    f"causes: “{cause.key}” names the source “{cause.source}”, which is not among the sources"
                )
        self._kind_fits()
        return self

    def _kind_fits(self) -> None:
        if self.kind == "fork" and (self.mitigations or self.expects or self.causes):
            raise ValueError("a fork only leads to other guides: remove its causes, mitigations and expects")
        if self.kind == "fork" and not self.targets:
            raise ValueError("targets: a fork names the guides it leads to")
        if self.kind == "fix" and self.targets:
            raise ValueError("targets: only a fork has targets; write kind: fork or remove them")
        if self.kind == "fix" and not self.mitigations and self.retired is None:
            raise ValueError("mitigations: name at least one, such as “- fix: FIX-1”")
        if self.kind == "fix" and not self.verification and self.retired is None:
            raise ValueError("verification: say how people know that it worked")


class Step(Part):
    number: Annotated[int, Field(ge=1, le=999)]
    text: Annotated[Markdown, StringConstraints(min_length=1)]
    where: Literal["source", "target", "either"]
    who: Literal["maker", "flow-owner", "connection-owner", "environment-admin", "anyone"]
    group: OptionalName = ""
    """Steps that share a group name stand together and are alternatives: do one of them."""


class MitigationDocument(Document):
    KIND = "mitigation"
    KEY = "reference"

    reference: MitigationReference
    title: Line
    minutes: Annotated[list[Annotated[int, Field(ge=0, le=10_000)]], Field(min_length=2, max_length=2)]
    waiting: OptionalLine = ""
    intro: Markdown = ""
    steps: Annotated[list[Step], Field(min_length=1, max_length=30)]
    last_step: Annotated[int, Field(ge=0, le=999)] = 0
    """The highest step number ever given, so that a removed step's number is never given again."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        refuse_repeats("steps", [str(step.number) for step in self.steps])
        if self.minutes[0] > self.minutes[1]:
            raise ValueError("minutes: write the shorter time first, such as [5, 10]")
        highest = max(step.number for step in self.steps)
        if self.last_step and self.last_step < highest:
            raise ValueError(f"last_step: step {highest} exists, so write at least {highest} or leave it out")
        seen: list[str] = []
        for step in self.steps:
            if step.group and step.group in seen and seen[-1] != step.group:
                raise ValueError(f"steps: the alternatives of the group “{step.group}” must stand together")
            seen.append(step.group)
        return self


class NoticeDocument(Document):
    KIND = "notice"
    KEY = "slug"

    slug: Slug
    title: Line
    text: Annotated[Markdown, StringConstraints(min_length=1)]
    afterwards: OptionalLine = ""
    """What remains to be done once the fix works."""


class Choice(Part):
    slug: Slug
    text: Line
    summary: Line
    normal: Word | None = None


class QuestionDocument(Document):
    KIND = "question"
    KEY = "slug"

    slug: Slug
    order: Annotated[int, Field(ge=0, le=100_000)]
    text: Line
    hint: OptionalLine = ""
    help: Markdown = ""
    minutes: Annotated[float, Field(gt=0, le=240)] = 1.0
    group: OptionalName = ""
    only_if: Condition | None = None
    choices: Annotated[list[Choice], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        slugs = [choice.slug for choice in self.choices]
        refuse_repeats("choices", slugs)
        if UNSURE in slugs:
            raise ValueError("choices: “unsure” is on every question already; remove it here")
        if all(choice.normal is None for choice in self.choices):
            raise ValueError(
                "choices: give at least one its normal word (what anybody would answer), such as normal: usually"
            )
        if self.only_if and self.only_if.question == self.slug:
            raise ValueError("only_if: a question cannot depend on its own answer")
        return self


SHAPES: dict[str, type[Document]] = {
    shape.KIND: shape for shape in (NoticeDocument, QuestionDocument, MitigationDocument, GuideDocument)
}
"""Document shapes by kind, in the order in which they can be stored: what is named comes before what names it."""

LISTED: dict[str, type[BaseModel]] = {
    "codes": Code,
    "messages": Message,
    "causes": Cause,
    "mitigations": GuideMitigation,
    "samples": Sample,
    "sources": Source,
    "steps": Step,
    "choices": Choice,
}
"""The shapes of what documents list, by the name of the field, which is the same wherever it occurs."""


def refuse_repeats(field: str, keys: list[str]) -> None:
    """Raise ValueError when two entries of a list carry the same key."""
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"{field}: “{key}” is there twice; keep one")

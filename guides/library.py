"""All documents of one content version together, and the diagnosis over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from troubleshooter.diagnosis import decide, lint
from troubleshooter.diagnosis import model as core
from troubleshooter.diagnosis.recognise import Recogniser, compile_recogniser

from . import document as shapes
from . import sharing
from .document import GuideDocument, MitigationDocument, NoticeDocument, QuestionDocument, by_number


@dataclass(frozen=True)
class Library:
    """Documents by kind and key. Immutable: `with_documents` gives another library.

    `factors` say by reference how much commoner a guide's problem is than its document states, as outcomes have it.
    What is compiled is shared with the library that another was made of, as far as both say the same.
    """

    documents: Mapping[tuple[str, str], shapes.Document]
    factors: Mapping[str, float] = field(default_factory=dict, kw_only=True)
    base: Library | None = field(default=None, compare=False, repr=False, kw_only=True)

    @classmethod
    def of(cls, documents: Iterable[shapes.Document], factors: Mapping[str, float] | None = None) -> Library:
        return cls({(document.KIND, document.key): document for document in documents}, factors=factors or {})

    def with_documents(self, documents: Iterable[shapes.Document]) -> Library:
        return Library({**self.documents, **Library.of(documents).documents}, factors=self.factors, base=self)

    def without(self, kind: str, key: str) -> Library:
        kept = {place: document for place, document in self.documents.items() if place != (kind, key)}
        return Library(kept, factors=self.factors)

    def with_factors(self, factors: Mapping[str, float]) -> Library:
        return Library(self.documents, factors=factors, base=self)

    def _of_kind(self, shape: type[shapes.Document]) -> list[shapes.Document]:
        return [document for document in self.documents.values() if isinstance(document, shape)]

    @cached_property
    def all_guides(self) -> dict[str, GuideDocument]:
        """By reference in curator order, the retired ones too."""
        guides = [document for document in self._of_kind(GuideDocument) if isinstance(document, GuideDocument)]
        return {guide.reference: guide for guide in sorted(guides, key=lambda guide: by_number(guide.reference))}

    @cached_property
    def guides(self) -> dict[str, GuideDocument]:
        return {reference: guide for reference, guide in self.all_guides.items() if guide.retired is None}

    @cached_property
    def mitigations(self) -> dict[str, MitigationDocument]:
        found = [document for document in self._of_kind(MitigationDocument) if isinstance(document, MitigationDocument)]
        return {row.reference: row for row in sorted(found, key=lambda row: by_number(row.reference))}

    @cached_property
    def notices(self) -> dict[str, NoticeDocument]:
        found = [document for document in self._of_kind(NoticeDocument) if isinstance(document, NoticeDocument)]
        return {row.slug: row for row in sorted(found, key=lambda row: row.slug)}

    @cached_property
    def questions(self) -> dict[str, QuestionDocument]:
        found = [document for document in self._of_kind(QuestionDocument) if isinstance(document, QuestionDocument)]
        return {row.slug: row for row in sorted(found, key=lambda row: (row.order, row.slug))}

    @cached_property
    def model(self) -> core.Model:
        """What the diagnosis works with. What a live guide says about a question that is not live is left out."""
        model = core.Model(
            guides=tuple(self._guide(guide) for guide in self.guides.values() if self._leads_anywhere(guide)),
            questions=tuple(_question(question) for question in self.questions.values()),
            mitigations=tuple(
                core.Mitigation(row.reference, row.title, sum(row.minutes) / 2) for row in self.mitigations.values()
            ),
        )
        return self.base.model if self.base and sharing.says_the_same(self.base.model, model) else model

    @cached_property
    def recogniser(self) -> Recogniser:
        if self.base and sharing.reads_the_same(self.base.model, self.model):
            same = self.base.recogniser
            return same if sharing.hints_the_same(self.base.model, self.model) else same.with_hints_of(self.model)
        return compile_recogniser(self.model)

    @cached_property
    def linted(self) -> tuple[lint.Problem, ...]:
        """What curators should mend in what all guides and questions state together; all that lint calls serious."""
        return self.base.linted if self.base and self.model is self.base.model else lint.of_statements(self.model)

    def claimed(self, text: str) -> core.Guide | None:
        """The guide that a text is said to need, or None where the honest answer is "we do not know".

        A guide is claimed when the turn opens or offers it, or when something recognised points to it.
        """
        return self._claimed(self.recogniser.read(text).evidence)

    def _claimed(self, evidence: core.Evidence) -> core.Guide | None:
        found = leader(decide.diagnose(self.model, evidence))
        return found.guide if found else None

    def owner(self, text: str) -> str:
        """The reference of the guide that a text is said to need, "" for none; worked out once for each sample."""
        return self._owner_of[self._evidence_of[text]] if text in self._evidence_of else self._owner(text)

    def _owner(self, text: str) -> str:
        guide = self.claimed(text)
        return guide.reference if guide else ""

    @cached_property
    def _evidence_of(self) -> dict[str, core.Evidence]:
        """What is read in each sample."""
        shared = self.base if self.base and self.recogniser.claims_like(self.base.recogniser) else None
        known = shared._evidence_of if shared else {}
        samples = {sample.text for guide in self.guides.values() for sample in guide.samples}
        return {text: known[text] if text in known else self.recogniser.read(text).evidence for text in samples}

    @cached_property
    def _owner_of(self) -> dict[core.Evidence, str]:
        """By what is read in a sample: the reference of the guide it leads to."""
        known = self.base._owner_of if self.base else {}
        decides_the_same = sharing.decides_the_same(self.base.model, self.model) if self.base else None
        owners = {}
        for evidence in set(self._evidence_of.values()):
            if decides_the_same and evidence in known and decides_the_same(evidence):
                owners[evidence] = known[evidence]
            else:
                guide = self._claimed(evidence)
                owners[evidence] = guide.reference if guide else ""
        return owners

    def _leads_anywhere(self, guide: GuideDocument) -> bool:
        """False for a fork none of whose targets is live: without targets it would pass for a fix."""
        return guide.kind == "fix" or any(target in self.guides for target in guide.targets)

    def _guide(self, guide: GuideDocument) -> core.Guide:
        return core.Guide(
            reference=guide.reference,
            slug=guide.slug,
            title=guide.title,
            meaning=guide.meaning,
            targets=tuple(target for target in guide.targets if target in self.guides),
            codes=tuple(
                core.Code(code.token, code.meaning, code.group, tuple(code.aliases), code.generic)
                for code in guide.codes
            ),
            messages=tuple(
                core.Message(message.key, message.text, tuple(message.essential)) for message in guide.messages
            ),
            phrases=tuple(guide.phrases),
            causes=tuple(text for cause in guide.causes for text in (cause.title, cause.text) if text),
            expects={
                slug: {choice: word for choice, word in words.items() if choice in self._choices[slug]}
                for slug, words in guide.expects.items()
                if slug in self.questions
            },
            remedies=tuple(
                core.Remedy(used.fix, used.works, used.cause, _condition(used.when))
                for used in guide.mitigations
                if used.fix in self.mitigations
            ),
            common=guide.common,
            learned=self.factors.get(guide.reference, 1.0),
        )

    @cached_property
    def _choices(self) -> dict[str, set[str]]:
        """By question."""
        return {slug: {row.slug for row in question.choices} for slug, question in self.questions.items()}


def leader(diagnosis: core.Diagnosis) -> core.Candidate | None:
    """The guide that a diagnosis claims, with its reasons; None where it says honestly that it does not know."""
    claims = diagnosis.match is not None or isinstance(diagnosis.turn, core.Open | core.Choose)
    return diagnosis.ranking[0] if claims and diagnosis.ranking else None


def _condition(condition: shapes.Condition | None) -> core.Condition | None:
    return core.Condition(condition.question, condition.choice) if condition else None


def _question(question: QuestionDocument) -> core.Question:
    return core.Question(
        slug=question.slug,
        text=question.text,
        choices=tuple(core.Choice(row.slug, row.text, row.summary, row.normal) for row in question.choices),
        hint=question.hint,
        minutes=question.minutes,
        group=question.group,
        only_if=_condition(question.only_if),
    )

"""The help page's problem types, categories and links, as they are compiled for readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from troubleshooter.diagnosis.model import Fact, Kind, Model

from . import markdown, models

TYPE, CATEGORY = "type", "category"
"""The keys of addresses and forms that name what was chosen."""


@dataclass(frozen=True)
class Category:
    """`question` and `choice` are the answer that choosing it gives ("" for none); `guides` are references."""

    key: str
    name: str
    question: str = ""
    choice: str = ""
    guides: tuple[str, ...] = ()

    def fact(self, model: Model) -> Fact | None:
        """The answer that it gives, where question and choice are live."""
        question = model.question.get(self.question)
        return Fact(Kind.ANSWER, self.question, self.choice) if question and question.choice(self.choice) else None


@dataclass(frozen=True)
class ProblemType:
    key: str
    name: str
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True)
class Link:
    """A page elsewhere. `about` is HTML."""

    name: str
    url: str
    about: SafeString


@dataclass(frozen=True)
class Chosen:
    """What somebody chose in the form. `is_stale` says that something of it is no longer in the lists."""

    type: ProblemType | None = None
    category: Category | None = None
    is_stale: bool = False

    @property
    def fits(self) -> bool:
        """False for a category of another problem type, which can be chosen where no script narrows the list."""
        return self.type is None or self.category is None or self.category in self.type.categories


@dataclass(frozen=True)
class HelpForm:
    """`links` by kind, each kind in the order of staff."""

    types: tuple[ProblemType, ...] = ()
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)

    def chosen(self, type_key: str, category_key: str) -> Chosen:
        """What two keys name. A category alone brings its problem type along."""
        kind = next((row for row in self.types if row.key == type_key), None)
        owner, category = next(
            ((row, category) for row in self.types for category in row.categories if category.key == category_key),
            (None, None),
        )
        is_stale = bool((type_key and kind is None) or (category_key and category is None))
        return Chosen(kind or owner, category, is_stale)


def stored() -> HelpForm:
    """The form as the rows have it now. Three queries."""
    links: dict[str, list[Link]] = {}
    for row in models.HelpLink.objects.all():
        about = markdown.trusted(markdown.rendered(row.about))
        links.setdefault(row.kind, []).append(Link(row.name, row.url, about))
    return HelpForm(
        tuple(_type(row) for row in models.ProblemType.objects.prefetch_related("categories")),
        {kind: tuple(rows) for kind, rows in links.items()},
    )


def _type(row: models.ProblemType) -> ProblemType:
    categories = (
        Category(str(category.pk), category.name, category.question, category.choice, tuple(category.guides))
        for category in row.categories.all()
    )
    return ProblemType(str(row.pk), row.name, tuple(categories))

"""One problem as readers see it, and what curators state about it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from .code import ErrorCode
from .mitigation import Mitigation
from .notice import Notice
from .question import WORDS, Choice
from .revision import Publishable


class Guide(Publishable):
    KIND = "guide"
    KEY = "reference"

    class Kind(models.TextChoices):
        FIX = "fix", _("Fix: has steps")
        FORK = "fork", _("Fork: only leads to other guides")

    reference = models.CharField(
        max_length=12, unique=True, help_text=_("Such as FLOW-3. Stands in tickets; never changes and is never reused.")
    )
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300, help_text=_("What the steps achieve: “Turn the flow back on”."))
    meaning = models.CharField(max_length=300, help_text=_("What went wrong, in one sentence."))
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FIX)
    targets = models.ManyToManyField("self", symmetrical=False, blank=True, help_text=_("Where a fork leads."))
    common = models.CharField(max_length=10, choices=WORDS, blank=True, help_text=_("How common it is, if you know."))
    former_slugs = models.JSONField(default=list, blank=True, help_text=_("Old addresses, which lead here."))
    before = models.TextField(_("before you start"), max_length=20_000, blank=True, help_text=_("Markdown."))
    verification = models.TextField(
        _("how you know it worked"), max_length=20_000, blank=True, help_text=_("Markdown.")
    )
    further = models.TextField(_("good to know"), max_length=20_000, blank=True, help_text=_("Markdown."))
    codes = models.ManyToManyField(ErrorCode, blank=True, related_name="guides")
    retired = models.BooleanField(default=False)
    successor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    # For staff only: not part of the document, so it never reaches readers and takes effect at once.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who keeps it right, and gets what readers report."),
    )
    review_by = models.DateField(null=True, blank=True, help_text=_("When somebody must look at it again."))
    internal_note = models.TextField(
        max_length=20_000, blank=True, help_text=_("Markdown. Only staff see it, at once and without publishing.")
    )

    # What outcomes say about how common the problem is; not part of the document either.
    learned_factor = models.FloatField(default=1.0, editable=False)
    """How much commoner it is than stated, between a quarter and four times."""
    learned_from = models.FloatField(default=0.0, editable=False)
    """How many outcomes that rests on, older ones counting less."""
    uses_learned = models.BooleanField(default=True, editable=False)
    """False: a curator prefers the stated word."""

    class Meta:
        ordering = [Length("reference"), "reference"]
        permissions = [
            ("see_internal_notes", "Can see internal notes"),
            ("make_ticket_links", "Can make links for tickets"),
            ("see_reports", "Can see reports"),
            ("publish_content", "Can publish, withdraw and retire"),
            ("import_content", "Can import an archive"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @classmethod
    def learned_factors(cls) -> dict[str, float]:
        """By reference: how much commoner problems are than stated. Only those that differ and may be used."""
        return dict(
            cls.objects.filter(uses_learned=True).exclude(learned_factor=1).values_list("reference", "learned_factor")
        )

    def remember_slug(self, slug: str) -> None:
        """Keep a former address, so that links in old tickets lead here."""
        if slug != self.slug and slug not in self.former_slugs:
            self.former_slugs = [*self.former_slugs, slug]
            self.save(update_fields=["former_slugs"])

    def name_what_titles_mean(self) -> None:
        """Where a source or a cause is called by its title, write its key: people see the key only after saving."""
        _keys_for_titles(self.causes.all(), "source", self.sources.values_list("title", "key"))
        _keys_for_titles(self.uses.all(), "cause", self.causes.values_list("title", "key"))


def _keys_for_titles(rows: Iterable[models.Model], field: str, named: Iterable[tuple[str, str]]) -> None:
    keys = {title.strip().casefold(): key for title, key in named if title.strip()}
    known = set(keys.values())
    for row in rows:
        said = getattr(row, field)
        if said not in known and (key := keys.get(said.strip().casefold())):
            setattr(row, field, key)
            row.save(update_fields=[field])


class Ordered(models.Model):
    """A part of a guide that has a place among its kind."""

    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Message(Ordered):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="messages")
    key = models.SlugField(max_length=80, help_text=_("A short name for addresses, such as trigger-not-enabled."))
    text = models.TextField(max_length=2_000, help_text=_("The error text with <placeholders> for what varies."))
    essential = models.JSONField(
        default=list, blank=True, help_text=_("Words of the text that must be there for it to count.")
    )

    class Meta(Ordered.Meta):
        verbose_name = _("message template")

    def __str__(self) -> str:
        return self.key


class Phrase(Ordered):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=300, help_text=_("How people describe it in their own words."))

    def __str__(self) -> str:
        return self.text


class Source(Ordered):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="sources")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    dated = models.DateField(null=True, blank=True, help_text=_("The date the source itself bears."))
    checked = models.DateField(help_text=_("When somebody last compared the guide with it."))

    def __str__(self) -> str:
        return self.title


class Cause(Ordered):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="causes")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=20_000, help_text=_("Markdown. At most sixty words."))
    source = models.CharField(max_length=80, blank=True, help_text=_("The key of one of the sources below."))

    def __str__(self) -> str:
        return self.title or self.key


class GuideMitigation(Ordered):
    """A mitigation as one guide uses it."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="uses")
    mitigation = models.ForeignKey(Mitigation, on_delete=models.PROTECT, related_name="uses")
    works = models.CharField(max_length=10, choices=WORDS, default="usually", help_text=_("How often it cures this."))
    cause = models.CharField(max_length=80, blank=True, help_text=_("The key of the cause it cures, if only one."))
    when = models.ForeignKey(
        Choice,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Only after this answer."),
    )

    class Meta(Ordered.Meta):
        constraints = [models.UniqueConstraint(fields=["guide", "mitigation"], name="mitigation_once_per_guide")]
        verbose_name = _("mitigation of the guide")

    def __str__(self) -> str:
        return self.mitigation.reference


class GuideNotice(Ordered):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="notice_uses")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="uses")

    class Meta(Ordered.Meta):
        constraints = [models.UniqueConstraint(fields=["guide", "notice"], name="notice_once_per_guide")]
        verbose_name = _("notice of the guide")

    def __str__(self) -> str:
        return self.notice.title


class Expectation(models.Model):
    """What somebody with this problem would answer."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="expectations")
    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="expectations")
    word = models.CharField(max_length=10, choices=WORDS)

    class Meta:
        ordering = ["choice__question__order", "choice__question__slug", "choice__position", "choice__pk"]
        constraints = [models.UniqueConstraint(fields=["guide", "choice"], name="expectation_once_per_choice")]

    def __str__(self) -> str:
        return f"{self.choice}: {self.word}"


class Sample(Ordered):
    """An error text that must (or must not) lead to the guide; publishing anything checks all of them."""

    class Leads(models.TextChoices):
        HERE = "here", _("must lead here")
        ELSEWHERE = "elsewhere", _("must not lead here")

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="samples")
    text = models.TextField(max_length=20_000)
    leads = models.CharField(max_length=10, choices=Leads.choices, default=Leads.HERE)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.text[:60]

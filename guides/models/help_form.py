"""What people choose from on the help page, and where else they can get help. What staff save here is live at once."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProblemType(models.Model):
    name = models.CharField(max_length=60, unique=True, help_text=_("A few plain words, such as “Connections”."))
    order = models.PositiveIntegerField(default=100, help_text=_("The lower number stands first."))

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("problem type")

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """One choice below a problem type. Questions, choices and guides are named by what stands in their documents."""

    problem_type = models.ForeignKey(ProblemType, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=80, blank=True)
    choice = models.CharField(max_length=80, blank=True)
    guides = models.JSONField(
        default=list,
        blank=True,
        help_text=_("References of guides that are shown last, when nothing else speaks for them: FLOW-3."),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["problem_type", "name"], name="category_once_per_problem_type")]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name


class HelpLink(models.Model):
    class Kind(models.TextChoices):
        SELF_HELP = "self-help", _("Help yourself")
        ASK = "ask", _("Ask for help")
        COMMUNITY = "community", _("Ask the community")

    kind = models.CharField(max_length=20, choices=Kind.choices, help_text=_("The heading that it stands below."))
    name = models.CharField(max_length=80, help_text=_("What the link says."))
    url = models.URLField(_("address"), max_length=500, validators=[URLValidator(schemes=["http", "https"])])
    about = models.TextField(
        max_length=1_000, blank=True, help_text=_("What to do there. Markdown: **Contact Support** is shown bold.")
    )
    order = models.PositiveIntegerField(default=100, help_text=_("The lower number stands first."))

    class Meta:
        ordering = ["kind", "order", "pk"]
        verbose_name = _("link to help")
        verbose_name_plural = _("links to help")

    def __str__(self) -> str:
        return self.name

"""What somebody with a guide's problem would answer: one table, one word for each choice of each question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models import Choice, Expectation, Question
from guides.models.question import WORDS

_PREFIX = "expects-"
_SILENT = ("", gettext_lazy("says nothing"))


@dataclass(frozen=True)
class Line:
    """One choice with its control; `normal` is the word that holds while the guide says nothing."""

    choice: Choice
    control: Any
    normal: str

    def words(self) -> list[tuple[str, Any, bool]]:
        """Each word with its value, and whether it is the one that stands."""
        stands = self.control.value() or ""
        return [(value, word, value == stands) for value, word in (*WORDS, _SILENT)]


@dataclass(frozen=True)
class Asked:
    question: Question
    lines: list[Line]


class ExpectationsForm(forms.ModelForm):
    """A guide's form with a control `expects-<choice>` for every choice there is; only what changed is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = ("question__order", "question__slug", "position", "pk")
        self._choices = list(Choice.objects.select_related("question").order_by(*order))
        rows = Expectation.objects.filter(guide=self.instance) if self.instance.pk else Expectation.objects.none()
        words = dict(rows.values_list("choice_id", "word"))
        for choice in self._choices:
            self.fields[f"{_PREFIX}{choice.pk}"] = forms.ChoiceField(
                label=f"{choice.question.text} {choice.text}",
                choices=[*WORDS, _SILENT],
                required=False,
                initial=words.get(choice.pk, ""),
                widget=forms.RadioSelect,
            )

    def table(self) -> list[Asked]:
        """Questions in their order, each with its choices."""
        found: dict[int, Asked] = {}
        for choice in self._choices:
            asked = found.setdefault(choice.question_id, Asked(choice.question, []))
            control = self[f"{_PREFIX}{choice.pk}"]
            asked.lines.append(Line(choice, control, choice.get_normal_display() if choice.normal else ""))
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lost = list(self._lost())
        if lost:
            message = _(
                "Somebody removed an answer that you marked (%(words)s). All else is still here. "
                "Look at the table, then save again."
            )
            raise ValidationError(message % {"words": ", ".join(lost)})
        return cleaned

    def _lost(self) -> Iterator[str]:
        """The words posted for choices that are not there any more."""
        known = dict(WORDS)
        for name in self.data:
            if name.startswith(_PREFIX) and name not in self.fields and self.data[name] in known:
                yield str(known[self.data[name]])

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        for choice in self._choices:
            name = f"{_PREFIX}{choice.pk}"
            if name not in self.changed_data:
                continue
            if word := self.cleaned_data[name]:
                Expectation.objects.update_or_create(guide=self.instance, choice=choice, defaults={"word": word})
            else:
                Expectation.objects.filter(guide=self.instance, choice=choice).delete()

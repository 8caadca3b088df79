"""What outcomes say about how common a problem is, beside the stated word, and which of the two counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides import checks, drafts, knowledge
from guides.library import Library
from guides.models import ContentVersion, Guide

from . import trail
from .publish import back_to

_AS_STATED = 0.1
"""A factor that differs by less from 1 is not told in a number."""


@dataclass(frozen=True)
class Frequency:
    """How common a guide's problem is, in words: as curators state it, and as outcomes say."""

    guide: Guide

    @property
    def stated(self) -> str:
        word = self.guide.get_common_display()
        return _("Stated: %(word)s.") % {"word": word} if word else _("Nothing is stated, which counts as sometimes.")

    @property
    def said(self) -> str:
        words = {"times": self._times(), "grounds": self._grounds()}
        return _("Outcomes say: %(times)s (%(grounds)s).") % words if self.is_told else _("Outcomes say nothing yet.")

    @property
    def short(self) -> str:
        """For a list: the word that is stated, and what outcomes make of it."""
        word = capfirst(self.guide.get_common_display()) or "—"
        if not self.is_told:
            return word
        times = self._times() if self.guide.uses_learned else _("outcomes are not used")
        return _("%(word)s; %(times)s") % {"word": word, "times": times}

    @property
    def is_told(self) -> bool:
        return self.guide.learned_factor != 1 or self.guide.learned_from > 0

    @property
    def can_choose(self) -> bool:
        return self.is_told or not self.guide.uses_learned

    def _times(self) -> str:
        factor = self.guide.learned_factor
        if abs(factor - 1) < _AS_STATED:
            return _("about as common")
        if factor > 1:
            return _("about %(number)s times as common") % {"number": _number(factor)}
        return _("about %(number)s times as rare") % {"number": _number(1 / factor)}

    def _grounds(self) -> str:
        number = round(self.guide.learned_from)
        if not number:
            return _("others were solved more often")
        return ngettext("from %(number)s outcome", "from %(number)s outcomes", number) % {"number": number}


def prefer(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Use the stated word alone, or what outcomes say beside it; the button that was pressed says which."""
    wanted = {"stated": False, "learned": True}.get(request.POST.get("use", ""))
    if wanted is None:
        messages.error(request, _("Nothing happened: choose one of the buttons."))
        return HttpResponseRedirect(back_to([guide]))
    with transaction.atomic():
        ContentVersion.hold()
        drafts.hold([guide])
        before = knowledge.current().library
        if Guide.objects.filter(pk=guide.pk, uses_learned=not wanted).update(uses_learned=wanted):
            ContentVersion.advance()
            _warn_of_samples(request, before, before.with_factors(Guide.learned_factors()))
            trail.record(request, guide, _("Used what outcomes say.") if wanted else _("Used the stated word."))
    if wanted:
        told = _("What outcomes say about how common %(guide)s is counts again, from now on.")
    else:
        told = _("Only the stated word says how common %(guide)s is, from now on. You can undo this.")
    messages.success(request, told % {"guide": guide.reference})
    return HttpResponseRedirect(f"{back_to([guide])}#problem")


def _warn_of_samples(request: HttpRequest, before: Library, after: Library) -> None:
    """The choice stands in any case; whoever made it is told which samples it leads astray."""
    known = {problem for guide in before.guides.values() for problem in checks.samples(before, guide)}
    for guide in after.guides.values():
        for problem in checks.samples(after, guide):
            if problem not in known:
                messages.warning(request, str(problem))


def _number(times: float) -> str:
    """With one decimal where it has one."""
    return f"{times:.1f}".removesuffix(".0")

"""References and addresses of what is new: how references are written, and the next that is free."""

from __future__ import annotations

from itertools import chain, count

from django.core.validators import RegexValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from guides.models import Guide, Mitigation, Revision

_PREFIX = {Guide: "FLOW", Mitigation: "FIX"}
RULES: dict[type[Model], RegexValidator] = {
    Guide: RegexValidator(r"^FLOW-[1-9][0-9]{0,5}$", _("Write a reference such as FLOW-3.")),
    Mitigation: RegexValidator(r"^FIX-[1-9][0-9]{0,5}$", _("Write a reference such as FIX-4.")),
}


def next_reference(model: type[Guide] | type[Mitigation]) -> str:
    """One above the highest reference that a draft has or a revision ever had, such as FIX-12."""
    drafts = model.objects.values_list("reference", flat=True)
    published = Revision.objects.filter(kind=model.KIND).order_by().values_list("key", flat=True).distinct()
    numbers = [reference.rpartition("-")[2] for reference in (*drafts, *published)]
    return f"{_PREFIX[model]}-{1 + max((int(number) for number in numbers if number.isdecimal()), default=0)}"


def free_address(wanted: str) -> str:
    """The wanted address of a guide; with a number behind it where a guide has it, had it or is live there."""
    taken: set[str] = set()
    for slug, former, live in Guide.objects.values_list("slug", "former_slugs", "live__document__slug"):
        taken |= {slug, *former, live}
    return next(address for address in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if address not in taken)

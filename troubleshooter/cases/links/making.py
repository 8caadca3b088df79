"""“Link in a ticket”: the page where an agent gets a link to a guide, fix or step, and says which ticket it is for.

Opening the page stores nothing. The token of the link is in the page, signed for this person and this part, and the
link is kept when the form is sent: by the press that copies it where script runs, otherwise before the texts to copy
are shown. Sending it again changes nothing but the ticket and the role.
"""

from __future__ import annotations

import re
import secrets
from typing import Any, NamedTuple

from django.core import signing
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from guides import knowledge, markdown, parts
from guides.knowledge import Knowledge
from guides.models import Guide
from guides.parts import Part
from troubleshooter.absolute import root_of
from troubleshooter.cases.links import names, texts
from troubleshooter.cases.links.access import for_agents
from troubleshooter.cases.models import TicketLink

MADE = "made"
"""The form field with the signed token, and the key of the address that names a link that is kept."""

OUT_OF_DATE = "This page was out of date, so the link is not saved yet. Save it again."
NO_ROLE = "Choose what the link is for from the list."
AT_THE_SAME_TIME = "Somebody else just said what resolved this ticket. Look at it, and save again."


class Token(NamedTuple):
    """What a page for making a link carries: the token, and the revisions of guide and mitigation that it shows."""

    token: str
    revision: int
    part_revision: int | None

    @classmethod
    def fresh(cls, part: Part, token: str = "") -> Token:
        """For the texts of today. `token` is one that nobody can guess, made here if it is not given."""
        of_mitigation = part.mitigation.revision if part.mitigation else None
        return cls(token or secrets.token_urlsafe(16), part.guide.revision, of_mitigation)


class Typed(NamedTuple):
    """What the form says of the ticket. `problem` is why it cannot be taken."""

    ticket: str = ""
    role: str = TicketLink.Role.OFFERED
    problem: str = ""


NOTHING_TYPED = Typed()


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def link(request: HttpRequest, reference: str, part: str = "") -> HttpResponse:
    known = knowledge.current()
    found = parts.find(known, reference, part)
    if found is None:
        return _not_live(request, reference)
    if request.method == "POST":
        return _keep(request, known, found)
    if MADE not in request.GET:
        return _page(request, known, found, Token.fresh(found))
    own = TicketLink.objects.made_by(request.user).with_token(request.GET[MADE])
    kept = get_object_or_404(own, guide=found.guide.document.reference, part=found.own_reference)
    token = Token(kept.token, kept.revision_id, kept.part_revision_id)
    return _page(request, known, found, token, Typed(kept.ticket, kept.role), kept=kept)


def _keep(request: HttpRequest, known: Knowledge, part: Part) -> HttpResponse:
    """Keep the link of a page, and say in which ticket it stands if the form says that; all of it or nothing."""
    typed = _typed(request)
    try:
        token = Token(*signing.loads(request.POST.get(MADE, ""), salt=_salt(request, part)))
    except signing.BadSignature:
        return _page(request, known, part, Token.fresh(part), typed._replace(problem=OUT_OF_DATE), status=422)
    if typed.problem:
        return _page(request, known, part, token, typed, status=422)
    kept, _is_new = keep(token, part, made_by=request.user)
    if "role" in request.POST:
        try:
            kept.use_in(typed.ticket, typed.role)
        except IntegrityError:
            problem = typed._replace(problem=AT_THE_SAME_TIME)
            return _page(request, known, part, token, problem, kept=kept, status=422)
    response = HttpResponseRedirect(f"{request.path}?{MADE}={kept.token}")
    response.status_code = 303
    return response


def keep(token: Token, part: Part, **first: Any) -> tuple[TicketLink, bool]:
    """The link with this token, and whether it was made now."""
    return TicketLink.objects.keep(
        token.token,
        guide=part.guide.document.reference,
        part=part.own_reference,
        revision_id=token.revision,
        part_revision_id=token.part_revision,
        **first,
    )


def _typed(request: HttpRequest) -> Typed:
    ticket = names.tidy(request.POST.get("ticket", ""))
    role = request.POST.get("role", TicketLink.Role.OFFERED)
    if role not in TicketLink.Role.values:
        return Typed(ticket, problem=NO_ROLE)
    return Typed(ticket, role, names.problem(ticket))


def _page(
    request: HttpRequest,
    known: Knowledge,
    part: Part,
    token: Token,
    typed: Typed = NOTHING_TYPED,
    *,
    kept: TicketLink | None = None,
    status: int = 200,
) -> HttpResponse:
    root = root_of(request)
    url = root + reverse("cases:shared", args=[token.token])
    context = {
        "part": part,
        "guide": part.guide.document,
        "link": texts.link(part, url),
        "quote": texts.steps(known, part, url, root),
        "kept": kept,
        "signed": signing.dumps(token, salt=_salt(request, part)),
        "typed": typed,
        "roles": TicketLink.Role.choices,
        "ticket_hint": names.HINT,
        "note": _internal_note(request, part),
    }
    return render(request, "cases/link.html", context, status=status)


def _not_live(request: HttpRequest, reference: str) -> HttpResponse:
    """A guide that readers cannot see has no link; agents are told why."""
    is_one = re.fullmatch(r"FLOW-\d{1,6}", reference.upper())
    guide = Guide.objects.filter(reference=reference.upper(), live=None).first() if is_one else None
    if guide is None:
        raise Http404("There is no such part of a guide.")
    return render(request, "cases/link_not_live.html", {"guide": guide}, status=404)


def _internal_note(request: HttpRequest, part: Part) -> SafeString | str:
    """What staff wrote for staff, as HTML; as it was typed where it cannot be rendered."""
    if not request.user.has_perm("guides.see_internal_notes"):
        return ""
    of_guide = Guide.objects.filter(reference=part.guide.document.reference)
    note = of_guide.values_list("internal_note", flat=True).first() or ""
    try:
        return markdown.trusted(markdown.render(note))
    except markdown.RefusedError:
        return note


def _salt(request: HttpRequest, part: Part) -> str:
    """A signed token fits one person and one part only."""
    return f"cases.links:{request.user.pk}:{part.guide.document.reference}:{part.own_reference}"

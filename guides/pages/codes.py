"""Error codes: the list with its filter, one page per code, and the list for machines."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from guides import words
from guides.caching import public_page
from guides.cors import open_to_all
from guides.knowledge import CodeEntry, Knowledge, squeezed
from guides.pages.forms import QueryForm
from guides.place import Place
from troubleshooter.absolute import root_of
from troubleshooter.diagnosis.model import Code, Fact

MAX_TOKEN = 80


@public_page
def all_codes(request: HttpRequest, known: Knowledge) -> HttpResponse:
    form = QueryForm(request.GET)
    query = "" if form.is_too_long else form.text
    found = [entry for entry in known.codes if fits(entry, query)] if query else list(known.codes)
    context = {
        "typed": form.text,
        "query": query,
        "too_long": form.is_too_long,
        "count": 0 if form.is_too_long else len(found),
        "groups": [] if form.is_too_long else by_group(found),
        "closest": closest(known, query) if query and not found else [],
    }
    return render(request, "guides/codes.html", context)


@public_page
def code(request: HttpRequest, known: Knowledge, token: str) -> HttpResponse:
    if len(token) > MAX_TOKEN:
        raise Http404("A code has at most 80 characters.")
    entry = known.code(token)
    if entry is None:
        not_known = {"token": token, "closest": closest(known, token)}
        return render(request, "guides/unknown_code.html", not_known, status=404)
    if entry.token != token:
        return HttpResponsePermanentRedirect(reverse("guides:code", args=[entry.token]))
    here = Place(frozenset({Fact(Code(entry.token).kind, entry.token)}))
    context: dict[str, object] = {
        "code": entry,
        "group": words.CODE_GROUPS[entry.group],
        "other_names": other_names(entry),
        "guides": [(live.document, here.guide_link(live.document.slug)) for live in entry.guides],
        "diagnosis_url": here.link(),
    }
    return render(request, "guides/code.html", context)


@open_to_all
@public_page
def codes_as_json(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """Every code with its guides, for programs that link here."""
    codes = [
        {
            "token": entry.token,
            "meaning": entry.meaning,
            "group": entry.group,
            "aliases": list(entry.aliases),
            "url": root_of(request) + reverse("guides:code", args=[entry.token]),
            "guides": [
                {
                    "reference": live.document.reference,
                    "title": live.document.title,
                    "url": root_of(request) + reverse("guides:reference", args=[live.document.reference]),
                }
                for live in entry.guides
            ],
        }
        for entry in known.codes
    ]
    return JsonResponse({"codes": codes})


def fits(entry: CodeEntry, query: str) -> bool:
    """Whether a code belongs to what was typed: one of its forms holds it, or its words hold all words of it."""
    if (typed := squeezed(query)) and any(typed in squeezed(form) for form in (entry.token, *entry.aliases)):
        return True
    about = " ".join([entry.meaning, *(live.document.title for live in entry.guides)]).casefold()
    return all(word in about for word in query.casefold().split())


def by_group(entries: Iterable[CodeEntry]) -> list[tuple[str, list[tuple[CodeEntry, list[str]]]]]:
    """Codes with their other names, sorted by group already, under the words of their group."""
    return [
        (words.CODE_GROUPS[group], [(entry, other_names(entry)) for entry in members])
        for group, members in groupby(entries, key=lambda entry: entry.group)
    ]


def other_names(entry: CodeEntry) -> list[str]:
    """The aliases that are another word; those that differ in spaces, quotes or case only tell nobody anything."""
    return [alias for alias in entry.aliases if squeezed(alias) != squeezed(entry.token)]


def closest(known: Knowledge, typed: str) -> list[CodeEntry]:
    """At most three codes that look like what was typed."""
    forms = {squeezed(form): entry for entry in known.codes for form in (*entry.aliases, entry.token)}
    near = get_close_matches(squeezed(typed), forms, n=6, cutoff=0.6)
    return list({forms[form].token: forms[form] for form in near}.values())[:3]

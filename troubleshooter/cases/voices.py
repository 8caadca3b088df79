"""Who says something, without knowing who: one voice per browser and day, one per ticket link, one per case elsewhere.

A browser that has our session cookie is known by it, so that colleagues behind one address are not taken for one.
One that has none yet, or takes none, is known for a day by a salted hash of its address and of what it says of itself:
what it sends twice still counts once, and dropping cookies does not make new voices. Neither address nor hash of it
is kept beyond the voice.
"""

from __future__ import annotations

import base64
import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from troubleshooter.cases.models import MAX_EVIDENCE
from troubleshooter.diagnosis import address
from troubleshooter.diagnosis.model import ANY_CODE, Evidence, Fact, Kind
from troubleshooter.public_writes import caller

SESSION_KEY = "voice"


def of_browser(request: HttpRequest) -> str:
    """The voice of a browser today, 64 characters; only for requests that store something, as it sets a cookie."""
    today = timezone.localdate()
    if SESSION_KEY not in request.session:
        says = [request.headers.get(name, "")[:200] for name in ("User-Agent", "Accept-Language")]
        known_by = [key] if (key := request.session.session_key) else [caller(request), *says]
        request.session[SESSION_KEY] = _hash(today, *known_by)
    return _hash(today, request.session[SESSION_KEY])


def of_link(token: str) -> str:
    """The voice of whoever a ticket link was given to, on any day."""
    return salted_hmac("cases.voices.link", token, algorithm="sha256").hexdigest()


def of_program(program: str, case: str) -> str:
    """The voice of one case of another program, on any day. `case` is that program's own name for it."""
    return salted_hmac("cases.voices.program", f"{program}|{case}", algorithm="sha256").hexdigest()


def token_of_program(program: str, *names: str) -> str:
    """The token of a link that a program asks for, 22 characters: the same for the same names, and hard to guess."""
    digest = salted_hmac("cases.voices.token", "|".join([program, *names]), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def recorded(evidence: Evidence) -> str:
    """The evidence as it is kept with what somebody says: whole pairs of its address, as many as there is room for.

    A code that no guide knows may be any text, also a name. A short hash stands for it, which tells two cases apart.
    """
    query = address.to_query(frozenset(map(_without_words, evidence)))
    return query if len(query) <= MAX_EVIDENCE else query[: MAX_EVIDENCE + 1].rpartition("&")[0]


def _without_words(fact: Fact) -> Fact:
    if fact.kind is not Kind.UNKNOWN or fact.value == ANY_CODE:
        return fact
    return fact._replace(value=salted_hmac("cases.voices.unknown", fact.value, algorithm="sha256").hexdigest()[:8])


def _hash(day: datetime.date, *parts: str) -> str:
    return salted_hmac("cases.voices", "|".join([str(day), *parts]), algorithm="sha256").hexdigest()

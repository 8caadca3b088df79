"""What every public form shares: where it may be sent from, how much of it is read, and how often it may be sent.

Public pages carry no cookie, so a token would prove nothing. The browser itself says where a form came from.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

MAX_TEXT = 100_000
"""Characters of a pasted text."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_MAX_BODY = 12 * MAX_TEXT + 20_000
"""Bytes of a form that are looked at: a character takes at most twelve, and the other fields are short."""

_MAX_DISCARDED = 32_000_000
_MAX_FIELDS = 100
_WINDOW = 60
_WRITTEN = ("comment", "doing", "more")
"""The fields, beside the text, in which people write something of their own."""

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


class Posted(NamedTuple):
    """A form as sent. `text` holds at most MAX_TEXT characters; `too_long` says that there were more."""

    text: str
    fields: QueryDict
    too_long: bool
    has_file: bool


def posted(request: HttpRequest) -> Posted:
    """The fields of a form, however large it is: what is beyond the bound is thrown away, never refused unread."""
    fields, cut = _fields(request)
    text = fields.get("text", "").replace("\r\n", "\n")
    return Posted(text[:MAX_TEXT], fields, cut or len(text) > MAX_TEXT, bool(request.FILES))


def _fields(request: HttpRequest) -> tuple[QueryDict, bool]:
    """(the fields, whether some of the body was left out)"""
    if request.content_type != "application/x-www-form-urlencoded":
        try:
            return request.POST, False
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return QueryDict(), True
        except MultiPartParserError:
            return QueryDict(), False
    body = request.read(_MAX_BODY)
    discarded = 0
    while (more := request.read(65_536)) and discarded < _MAX_DISCARDED:
        discarded += len(more)
    kept = b"&".join(body.split(b"&", _MAX_FIELDS)[:_MAX_FIELDS])
    return QueryDict(kept.decode("ascii", "ignore"), encoding="utf-8"), bool(discarded)


def without_control_characters(text: str) -> str:
    """A text as people type it: characters that no keyboard makes are read as spaces."""
    return _CONTROL.sub(" ", text)


def same_origin(view: View[Arguments]) -> View[Arguments]:
    """Let a form through only from our own pages; others get a page that gives their text back."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if request.method in ("GET", "HEAD") or _comes_from_here(request):
            return view(request, *args, **kwargs)
        sent = posted(request)
        written = [sent.fields[name] for name in _WRITTEN if sent.fields.get(name)]
        return render(request, "errors/not_from_here.html", {"text": sent.text, "written": written}, status=403)

    return guarded


def _comes_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "").partition("://")[2] == request.get_host()


def too_often(request: HttpRequest, action: str, per_minute: int) -> bool:
    """Count one action of this address; True when it has done more of them in this minute than allowed."""
    return too_often_by(caller(request), action, per_minute)


def too_often_by(who: str, action: str, per_minute: int) -> bool:
    """The same for anybody else who can be told apart."""
    key = f"often:{action}:{who}"
    cache.add(key, 0, _WINDOW)
    try:
        return cache.incr(key) > per_minute
    except ValueError:  # the minute ended between the two calls
        return False


def caller(request: HttpRequest) -> str:
    """The address of who calls. Callers can forge all entries of the header but the last, which our own proxy adds."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()[:60]
    return str(request.META.get("REMOTE_ADDR", ""))

"""What a page of the starter content costs, in process: each beside a bare Django view in the same rounds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings, setup_databases, teardown_databases
from django.urls import path

from tests.evaluation.figures import Figure

ROUNDS, REQUESTS = 5, 10
"""The quickest round counts: what neighbours on the machine do is in all others."""

BOUNDS = {
    "a turn of the wizard": (70, 14),
    "a guide": (95, 30),
    "home": (50, 14),
    "nothing new (304)": (10, 4),
}
"""How many times what a bare Django view costs a page may cost: the limit, and what we would like to reach."""


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello")


urlpatterns = [path("hello/", hello)]


def measured() -> list[Figure]:
    """Load the starter guides into a database of its own and ask for some pages in turn."""
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["testserver"]):
        database = setup_databases(verbosity=0, interactive=False)
        try:
            call_command("load_guides", verbosity=0)
            return _compared()
        finally:
            teardown_databases(database, verbosity=0)


def _compared() -> list[Figure]:
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF=__name__):
        bare = WSGIHandler()
    site = WSGIHandler()
    turn, guide = "/diagnose/?q.app-starts-flow=yes", "/guides/workflow-trigger-not-enabled/"
    etag = dict(_asked(site, turn)[1])["ETag"]
    pages: dict[str, Callable[[], object]] = {
        "a turn of the wizard": lambda: _asked(site, turn),
        "a guide": lambda: _asked(site, guide),
        "home": lambda: _asked(site, "/"),
        "nothing new (304)": lambda: _asked(site, turn, HTTP_IF_NONE_MATCH=etag),
    }
    best = dict.fromkeys(("hello", *pages), float("inf"))
    for _ in range(ROUNDS):
        with override_settings(MIDDLEWARE=[], ROOT_URLCONF=__name__):
            best["hello"] = min(best["hello"], _seconds(lambda: _asked(bare, "/hello/")))
        for name, page in pages.items():
            best[name] = min(best[name], _seconds(page))
    return [_figure(name, best[name], best["hello"]) for name in pages]


def _figure(name: str, seconds: float, bare: float) -> Figure:
    limit, goal = BOUNDS[name]
    return Figure(f"{name}, against a bare view", seconds / bare, "times", limit=limit, goal=goal)


def _seconds(page: Callable[[], object]) -> float:
    start = process_time()
    for _ in range(REQUESTS):
        page()
    return (process_time() - start) / REQUESTS


def _asked(handler: WSGIHandler, address: str, **headers: str) -> tuple[str, list[tuple[str, str]]]:
    """Status and headers of a page. Raises RuntimeError where there is none."""
    path_info, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path_info,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **headers,
    }
    started: list[tuple[str, list[tuple[str, str]]]] = []
    response = handler(environ, lambda status, fields: started.append((status, fields)))
    b"".join(response)
    response.close()
    if started[0][0][:3] not in ("200", "304"):
        raise RuntimeError(f"{address} answered {started[0][0]}")
    return started[0]

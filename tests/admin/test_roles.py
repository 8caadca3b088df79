"""Every address of the site with every role: who may open it, and who may send something to it.

Each role may do what the one before it may. A new address needs one line in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from guides.exchange import archive, transfer
from guides.models import (
    ContentVersion,
    ErrorCode,
    Guide,
    HelpLink,
    Mitigation,
    Notice,
    ProblemType,
    Question,
    Revision,
    Upload,
)
from troubleshooter.api.models import ApiKey
from troubleshooter.cases.models import Flag, UnrecognisedError
from troubleshooter.repair_tips import trial
from troubleshooter.repair_tips.models import Letter, Sender

pytestmark = pytest.mark.django_db

ROLES = ("anyone", "account", "agent", "curator", "publisher", "administrator", "superuser")
ANYONE, ACCOUNT, AGENT, CURATOR, PUBLISHER, ADMINISTRATOR, SUPERUSER = ROLES
NOBODY = "nobody"
PUBLISHABLE = ("guide", "mitigation", "notice", "question")

# Address: (who may open it, who may send to it). What does not answer a method answers 405 to everybody.
RULES: dict[str, tuple[str, str]] = {
    "healthz": (ANYONE, ANYONE),
    "readyz": (ANYONE, ANYONE),
    "": (ANYONE, ANYONE),
    "diagnose/": (ANYONE, ANYONE),
    "_/read/": (ANYONE, ANYONE),
    "flag/": (ANYONE, ANYONE),
    "flag/thanks/": (ANYONE, ANYONE),
    "outcome/": (ANYONE, ANYONE),
    "ticket/": (ANYONE, ANYONE),
    "ticket/sent/": (ANYONE, ANYONE),
    "guides/": (ANYONE, ANYONE),
    "guides/<slug:slug>/": (ANYONE, ANYONE),
    "g/<str:reference>/": (ANYONE, ANYONE),
    "g/<str:reference>/<str:part>/": (ANYONE, ANYONE),
    "g/<str:reference>/link/": (AGENT, AGENT),
    "g/<str:reference>/<str:part>/link/": (AGENT, AGENT),
    "t/<str:token>/": (ANYONE, ANYONE),
    "t/<str:token>/report/": (ANYONE, ANYONE),
    "tickets/": (AGENT, AGENT),
    "tickets/<str:ticket>/": (AGENT, AGENT),
    "codes/": (ANYONE, ANYONE),
    "codes.json": (ANYONE, ANYONE),
    "codes/<str:token>/": (ANYONE, ANYONE),
    "robots.txt": (ANYONE, ANYONE),
    "sitemap.xml": (ANYONE, ANYONE),
    "search/": (ANYONE, ANYONE),
    "help/repair-tips/": (ANYONE, ANYONE),
    "tips/<str:token>/": (ANYONE, ANYONE),
    "tips/<str:token>/off/": (ANYONE, ANYONE),
    "help/": (ANYONE, ANYONE),
    "help/solutions/": (ANYONE, ANYONE),
    "api/v1/": (ANYONE, ANYONE),
    "api/v1/openapi.json": (ANYONE, ANYONE),
    "api/v1/docs": (ANYONE, ANYONE),
    "api/v1/diagnose": (ANYONE, ANYONE),
    "api/v1/suggestions": (ANYONE, ANYONE),
    "api/v1/guides": (ANYONE, ANYONE),
    "api/v1/guides/<name>": (ANYONE, ANYONE),
    "api/v1/codes": (ANYONE, ANYONE),
    "api/v1/codes/<token>": (ANYONE, ANYONE),
    "api/v1/failures": (NOBODY, NOBODY),
    "api/v1/outcomes": (NOBODY, NOBODY),
    "api/v1/ticket-links": (NOBODY, NOBODY),
    "api/v1/<path:rest>": (ANYONE, ANYONE),
    r"admin/nested/^server-data\.js$": (AGENT, AGENT),
    "admin/login/": (ANYONE, ANYONE),
    "admin/logout/": (ANYONE, ANYONE),
    "admin/": (AGENT, AGENT),
    "admin/password_change/": (AGENT, AGENT),
    "admin/password_change/done/": (AGENT, AGENT),
    "admin/jsi18n/": (AGENT, AGENT),
    "admin/autocomplete/": (NOBODY, NOBODY),
    "admin/r/<path:content_type_id>/<path:object_id>/": (AGENT, AGENT),
    r"admin/^(?P<app_label>admin|guides|auth|cases|repair_tips|api)/$": (AGENT, AGENT),
    r"admin/(?P<url>.*)$": (AGENT, AGENT),
    "admin/markdown/": (CURATOR, CURATOR),
    "admin/review/": (PUBLISHER, PUBLISHER),
    "admin/insights/": (CURATOR, CURATOR),
    "admin/insights/days.csv": (CURATOR, CURATOR),
    "admin/insights/guides.csv": (CURATOR, CURATOR),
    "admin/insights/guides/<slug:reference>/": (CURATOR, CURATOR),
    "admin/reports/": (CURATOR, CURATOR),
    "admin/reports/flow/": (CURATOR, CURATOR),
    "admin/reports/<slug:slug>.csv": (CURATOR, CURATOR),
    "admin/reports/<slug:slug>/": (CURATOR, CURATOR),
    "admin/reports/<slug:slug>/<int:pk>/aside/": (CURATOR, CURATOR),
    "admin/archive/": (CURATOR, PUBLISHER),
    "admin/archive/live/": (CURATOR, CURATOR),
    "admin/archive/drafts/": (CURATOR, CURATOR),
    "admin/archive/<int:pk>/": (PUBLISHER, PUBLISHER),
    "admin/archive/<int:pk>/import/": (PUBLISHER, PUBLISHER),
    "admin/archive/<int:pk>/discard/": (PUBLISHER, PUBLISHER),
    "admin/guides/guide/<int:pk>/retire/": (PUBLISHER, PUBLISHER),
    "admin/guides/guide/<int:pk>/learned/": (CURATOR, CURATOR),
    "admin/guides/guide/<int:pk>/preview/": (AGENT, CURATOR),
    "admin/guides/guide/<int:pk>/preview/page/": (AGENT, CURATOR),
    "admin/guides/guide/add/preview/": (CURATOR, CURATOR),
    "admin/guides/revision/compare/": (AGENT, AGENT),
    "admin/guides/revision/<int:pk>/restore/": (CURATOR, CURATOR),
    "admin/guides/revision/<int:pk>/change/": (AGENT, AGENT),
    "admin/api/apikey/<int:pk>/rotate/": (ADMINISTRATOR, ADMINISTRATOR),
    "admin/api/apikey/<int:pk>/revoke/": (ADMINISTRATOR, ADMINISTRATOR),
    "admin/repair-tips/": (ADMINISTRATOR, ADMINISTRATOR),
    "admin/repair_tips/sender/<int:pk>/test/": (ADMINISTRATOR, ADMINISTRATOR),
    "admin/repair_tips/sender/<int:pk>/test/<int:letter>/": (ADMINISTRATOR, ADMINISTRATOR),
    "admin/repair_tips/sender/<int:pk>/test/<int:letter>/html/": (ADMINISTRATOR, ADMINISTRATOR),
    "admin/auth/user/<id>/password/": (ADMINISTRATOR, ADMINISTRATOR),
}


def of_model(name: str, look: str, add: str, change: str, delete: str) -> dict[str, tuple[str, str]]:
    """The addresses that Django's admin gives to a model."""
    thing = f"admin/{name}/<path:object_id>/"
    return {
        f"admin/{name}/": (look, look),
        f"admin/{name}/add/": (add, add),
        f"{thing}history/": (look, look),
        f"{thing}change/": (look, change),
        f"{thing}delete/": (delete, delete),
        thing: (AGENT, AGENT),
    }


RULES |= of_model("guides/errorcode", AGENT, CURATOR, CURATOR, NOBODY)
RULES |= of_model("guides/revision", AGENT, NOBODY, NOBODY, NOBODY)
RULES |= of_model("guides/problemtype", AGENT, CURATOR, CURATOR, CURATOR)
RULES |= of_model("guides/helplink", AGENT, CURATOR, CURATOR, CURATOR)
RULES |= of_model("cases/flag", CURATOR, NOBODY, CURATOR, SUPERUSER)
RULES |= of_model("repair_tips/sender", ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, NOBODY)
RULES |= of_model("api/apikey", ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, NOBODY)
RULES |= of_model("admin/logentry", ADMINISTRATOR, NOBODY, NOBODY, NOBODY)
RULES |= of_model("auth/user", ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, NOBODY)
RULES |= of_model("auth/group", ADMINISTRATOR, SUPERUSER, SUPERUSER, SUPERUSER)
for kind in PUBLISHABLE:
    RULES |= of_model(f"guides/{kind}", AGENT, CURATOR, CURATOR, NOBODY)
    RULES |= {
        f"admin/guides/{kind}/publish/": (PUBLISHER, PUBLISHER),
        f"admin/guides/{kind}/<int:pk>/publish/": (CURATOR, PUBLISHER),
        f"admin/guides/{kind}/<int:pk>/review/": (CURATOR, CURATOR),
        f"admin/guides/{kind}/<int:pk>/bench/": (AGENT, CURATOR),
        f"admin/guides/{kind}/add/bench/": (CURATOR, CURATOR),
    }

ABSENT = {
    r"admin/(?P<url>.*)$",
    "admin/r/<path:content_type_id>/<path:object_id>/",
    "api/v1/",
    "api/v1/<path:rest>",
    "t/<str:token>/",
    "t/<str:token>/report/",
    "tips/<str:token>/",
    "tips/<str:token>/off/",
}
"""Addresses whose answer may be that there is nothing."""


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address of the site as it is written in the URL configuration."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def test_every_address_stands_in_the_table() -> None:
    assert set(routes()) == set(RULES)


@pytest.fixture
def live(guide: Guide) -> Guide:
    """A small library with one of everything that an address can be about."""
    now = timezone.now()
    UnrecognisedError.objects.create(fingerprint="code:x", headline="It failed", first_seen=now, last_seen=now)
    Flag.objects.create(guide=guide.reference, text="Wrong")
    ApiKey.objects.make(name="Service desk", scopes=["outcomes"])
    sender = Sender.objects.create(name="Finance", recipient_domains="contoso.com")
    trial.send(sender, "anna@contoso.com", trial.Sample.KNOWN, "https://help.contoso.com", now)
    LogEntry.objects.log_actions(
        User.objects.create_user("somebody").pk, [guide], CHANGE, change_message="Saved.", single_object=True
    )
    return guide


def person(role: str) -> User | None:
    if role == ANYONE:
        return None
    if role == SUPERUSER:
        return User.objects.create_superuser(role)
    user = User.objects.create_user(role, is_staff=role != ACCOUNT)
    if role != ACCOUNT:
        user.groups.add(Group.objects.get(name=f"{role.capitalize()}s"))
    return user


def address(route: str, user: User | None) -> str:
    """A route with examples for its arguments."""
    knowledge = (Guide, Mitigation, Notice, Question, ErrorCode, Revision, ProblemType, HelpLink)
    models = (*knowledge, Flag, Sender, ApiKey, LogEntry, Group)
    own: Any = {f"admin/{model._meta.label_lower.replace('.', '/')}/": model for model in models}
    pk: Any = next((model._default_manager.earliest("pk").pk for start, model in own.items() if start in route), None)
    if route.startswith("admin/auth/user/"):
        pk = User.objects.get(username="somebody").pk
    elif route.startswith("admin/archive/<"):
        pk = Upload.keep(user or User.objects.get(username="somebody"), _upload()).pk
    elif route.startswith("admin/reports/<"):
        pk = UnrecognisedError.objects.get().pk
    examples = {
        "content_type_id": ContentType.objects.get_for_model(Guide).pk,
        "slug": "errors" if "reports" in route else "flow-turned-off",
        "reference": "FLOW-1",
        "part": "FIX-1.1",
        "token": "FlowIsTurnedOff",
        "name": "FLOW-1",
        "rest": "nothing",
        "letter": Letter.objects.get().pk,
    }
    route = route.replace(r"^server-data\.js$", "server-data.js").replace(r"(?P<url>.*)$", "nothing")
    route = re.sub(r"\^\(\?P<app_label>.*", "guides/", route)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(examples.get(found[1], pk)), route)


def _upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("guides.zip", archive.write(transfer.all_live()))


def answer(client: Client, method: str, route: str, user: User | None) -> Any:
    ask = client.post if method == "POST" else client.get
    json = {"content_type": "application/json"} if route.startswith("api/") and method == "POST" else {}
    data = {"guide": "FLOW-1"} if route.startswith(("flag/", "outcome/")) else {}
    response = ask(address(route, user), data, headers={"sec-fetch-site": "same-origin"}, **json)
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[arg-type]
    return response


def is_refused(response: Any) -> bool:
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/admin/login/")
    return response.status_code in (401, 403, 405) or to_sign_in


def problem(response: Any, route: str, may: bool) -> str:
    """What is wrong with an answer, or ""."""
    if not may:
        return "" if is_refused(response) else f"is not refused ({response.status_code})"
    if response.status_code == 404:
        return "" if route in ABSENT else "is not found: the example is wrong"
    is_good = response.status_code == 405 or (not is_refused(response) and response.status_code < 500)
    return "" if is_good else f"is refused or fails ({response.status_code})"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_it_may_and_nothing_else(role: str, live: Guide) -> None:
    user, client = person(role), Client()
    wrong = []
    for route, rule in RULES.items():
        for method, least in zip(("GET", "POST"), rule, strict=True):
            if user:
                client.force_login(user)
            may = least != NOBODY and ROLES.index(role) >= ROLES.index(least)
            if why := problem(answer(client, method, route, user), route, may):
                wrong.append(f"{method} {route} {why}")
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("role", [ANYONE, ACCOUNT, AGENT])
def test_who_may_only_look_changes_nothing_whatever_they_send(role: str, live: Guide) -> None:
    user, client = person(role), Client()
    before = (ContentVersion.now(), LogEntry.objects.count(), Revision.objects.count(), User.objects.count())
    edits = list(Guide.objects.values_list("edits", "title", "review_asked", "retired"))
    if user:
        client.force_login(user)
    sent = {"_publish": "1", "_retire": "1", "ask": "1", "title": "x", "post": "yes", "action": "withdraw_selected"}
    for route in RULES:
        if route.startswith("admin/guides/") and "<path:object_id>/history" not in route:
            client.post(address(route, user), {**sent, "_selected_action": [live.pk]})
    assert (ContentVersion.now(), LogEntry.objects.count(), Revision.objects.count(), User.objects.count()) == before
    assert list(Guide.objects.values_list("edits", "title", "review_asked", "retired")) == edits

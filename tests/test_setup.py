"""An installation starts in one step, and a production start stops with a sentence when a secret is missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client

from guides.models import Guide
from tests.guides.factories import load_small_library

PRODUCTION = {"SECRET_KEY": "only-for-this-test-0123456789" * 2, "ALLOWED_HOSTS": "troubleshooter.example"}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with nothing in the environment but what is named."""
    environment = {"PATH": os.environ["PATH"], **variables}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", PRODUCTION)
def test_a_production_start_without_a_secret_stops_with_a_sentence(missing: str) -> None:
    stopped = manage("check", **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert stopped.returncode != 0
    assert f"Set {missing} to " in stopped.stderr


def test_a_start_with_a_support_address_needs_a_mail_server() -> None:
    support = {"SUPPORT_EMAIL": "support@example.com"}
    stopped = manage("check", **PRODUCTION, **support)
    assert stopped.returncode != 0
    assert "Set EMAIL_URL to the mail server" in stopped.stderr
    show = "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_TIMEOUT)"
    mail = {"EMAIL_URL": "smtp+tls://ana:word@mail.example:587"}
    shown = manage("shell", "--no-imports", "-c", show, **PRODUCTION, **support, **mail)
    assert shown.stdout.strip() == "mail.example 587 True 10"


def test_the_address_of_the_site_needs_its_scheme_and_makes_kept_pages_old() -> None:
    stopped = manage("check", **PRODUCTION, SITE_URL="help.contoso.com")
    assert stopped.returncode != 0
    assert "Set SITE_URL to scheme and host of the site" in stopped.stderr
    show = "from django.conf import settings as s; print(s.SITE_URL, s.RELEASE)"
    sites = ("https://help.contoso.com/", "https://support.contoso.com")
    shown = [manage("shell", "--no-imports", "-c", show, **PRODUCTION, SITE_URL=site).stdout.split() for site in sites]
    assert [site for site, _release in shown] == ["https://help.contoso.com", "https://support.contoso.com"]
    assert shown[0][1] != shown[1][1]


def test_production_settings_pass_every_deployment_check() -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.django_db
def test_setup_loads_the_starter_guides_and_prints_one_password_once() -> None:
    first, second = StringIO(), StringIO()
    call_command("setup", stdout=first)
    call_command("setup", stdout=second)
    assert Guide.objects.live().count() == 13
    password = re.search(r"Password: (\S+)", first.getvalue())
    assert password is not None
    assert Client().login(username="admin", password=password[1])
    assert "Password" not in second.getvalue()


@pytest.mark.django_db
def test_setup_leaves_existing_guides_and_accounts_alone() -> None:
    load_small_library()
    get_user_model().objects.create_user("ana", password="correct horse", is_staff=True)
    out = StringIO()
    call_command("setup", stdout=out)
    assert (Guide.objects.count(), get_user_model().objects.count(), out.getvalue()) == (2, 1, "")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_sqlite_lets_readers_and_writers_work_at_once() -> None:
    with connection.cursor() as cursor:
        values = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert values == {"journal_mode": "wal", "synchronous": 2}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["CONN_MAX_AGE"] is None


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-postgres.txt"])
def test_requirements_pin_hashes_and_name_no_host(name: str) -> None:
    lines = (settings.BASE_DIR / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "//" in line]
    pinned = [line for line in lines if "==" in line]
    hashed = [line for line in lines if "--hash=sha256:" in line]
    assert len(hashed) >= len(pinned) > 0


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_addresses_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_host_names_may_have_spaces_between_them() -> None:
    show = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    shown = manage("shell", "--no-imports", "-c", show, **{**PRODUCTION, "ALLOWED_HOSTS": "a.example, b.example"})
    assert shown.stdout.strip() == "['a.example', 'b.example']"


@pytest.mark.django_db
def test_a_staff_form_without_its_token_gets_our_own_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ana"})
    assert answer.status_code == 403
    assert "You cannot open this page" in answer.text


@pytest.mark.django_db
def test_a_staff_form_that_is_far_too_long_is_refused_as_such(client: Client) -> None:
    assert client.post("/admin/login/", {"username": "x" * 10_000_000}).status_code == 413


@pytest.mark.django_db
def test_the_site_is_not_ready_while_a_migration_waits(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'guides'")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/guides/", "/codes/", "/help/", "/nowhere/", "/admin/login/"])
def test_every_answer_carries_a_strict_policy(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"

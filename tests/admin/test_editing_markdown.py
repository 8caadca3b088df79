"""Markdown is shown as readers will see it, and a text that would take too long is refused in plain words."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import markdown, publishing
from guides.models import Guide, Notice
from tests.admin.pages import controls, page, publish, save

pytestmark = pytest.mark.django_db

SLOW = {
    "open brackets": "[" * 8_000,
    "open links": "[a](" * 5_000,
    "open pictures": "![" * 10_000,
    "open tags": "<a " * 6_000,
    "nested brackets": "[" * 9_000 + "]" * 9_000,
    "headings": "# a\n" * 5_000,
    "quotes in quotes": "> " * 10_000,
    "definitions": "a\n: b\n" * 3_300,
    "underlined headings": "a\n=\n" * 4_900,
    "rules": "---\n" * 4_900,
    "defined addresses": "[a]:\n" * 3_900,
    "backticks": "``a`" * 4_900,
    "braces": "# a {: " * 2_800,
    "long": "a" * 100_000,
}


def preview(client: Client, text: str) -> tuple[int, str]:
    response = client.post("/admin/markdown/", {"text": text})
    return response.status_code, response.content.decode()


def test_the_preview_is_what_readers_will_see(staff: Client) -> None:
    text = "Select **Turn on**.\n\n1. One\n2. Two"
    status, shown = preview(staff, text)
    assert status == 200
    assert markdown.render(text) in shown


def test_a_preview_asks_only_who_is_there(staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(2):
        preview(staff, "Select **Turn on**.")


def test_the_line_ends_of_a_browser_change_no_text(staff: Client, guide: Guide) -> None:
    save(staff, page(guide), {"further": "- One\r\n- Two"})
    assert Guide.objects.get(pk=guide.pk).further == "- One\n- Two"


def test_html_and_script_come_out_harmless(staff: Client) -> None:
    _status, shown = preview(staff, '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x">a</a>')
    assert "<script" not in shown
    assert "onerror" not in shown
    assert "javascript" not in shown


@pytest.mark.parametrize("name", SLOW)
def test_a_text_that_would_take_too_long_is_refused_at_once(staff: Client, guide: Guide, name: str) -> None:
    started = time.process_time()
    status, shown = preview(staff, SLOW[name])
    assert time.process_time() - started < 3
    assert status == 422
    told = shown.strip().removeprefix('<p class="problem">').removesuffix("</p>")
    assert told.endswith(".")
    response = staff.post(page(guide), controls(staff.get(page(guide))) | {"before": SLOW[name]})
    assert response.status_code == 200
    assert "before" in response.context["adminform"].form.errors
    guide.refresh_from_db()
    assert guide.before == ""


def test_what_came_in_by_another_way_is_refused_at_publishing(staff: Client, guide: Guide) -> None:
    Notice.objects.update(text=SLOW["open brackets"])
    with pytest.raises(publishing.PublishError, match="Too many brackets"):
        publishing.publish([Notice.objects.get()])


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://example.org) " * 300,
        "<name> " * 300,
        "a\n: b\n\n" * 90,
        "- [ ] do\n" * 200,
        "Set `a` to `{b}`. " * 900,
    ],
)
def test_what_people_write_is_not_refused(text: str) -> None:
    assert markdown.refusal(text) == ""


def test_only_those_who_may_change_guides_may_render(client: Client, staff: Client) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert preview(client, "a")[0] == 403
    assert preview(Client(), "a")[0] == 302
    assert staff.get("/admin/markdown/").status_code == 405


def test_without_script_the_preview_is_a_part_of_the_page(staff: Client, guide: Guide) -> None:
    typed = {"before": "Ask **first**.", "title": "", "_preview": "before"}
    response = staff.post(page(guide), controls(staff.get(page(guide))) | typed)
    shown = response.content.decode()
    assert markdown.render("Ask **first**.") in shown
    assert "This field is required" not in shown
    guide.refresh_from_db()
    assert guide.before == ""


def test_a_refused_text_is_not_published(staff: Client, guide: Guide) -> None:
    response = staff.post(
        page(guide), controls(staff.get(page(guide))) | {"uses-0-steps-0-text": SLOW["open tags"], "_publish": "1"}
    )
    assert "Too many brackets" in response.content.decode()
    assert "Nothing has changed" in publish(staff, guide)

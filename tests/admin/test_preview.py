"""Staff see a draft as its readers will: the saved one at an address to share, the typed one without keeping it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from markdown import Markdown
from pytest_django import DjangoAssertNumQueries

from guides import publishing, rows
from guides.models import Guide, Mitigation, Notice
from tests.admin.pages import controls, page
from tests.admin.test_publish import NEW_GUIDE
from tests.guides.factories import document, guide_data
from tests.pages import library as every_shape

pytestmark = pytest.mark.django_db


def preview(guide: Guide) -> str:
    return f"/admin/guides/guide/{guide.pk}/preview/"


def framed(staff: Client, guide: Guide) -> str:
    """The page inside the frames."""
    response = staff.get(f"{preview(guide)}page/")
    assert response.status_code == 200
    return response.content.decode()


def framed_of(response: Any) -> str:
    """The page that a preview of typed text carries in its frames."""
    return unescape(response.content.decode().partition('srcdoc="')[2].partition('"')[0])


def test_the_draft_of_a_guide_and_its_parts_is_shown_and_readers_see_none_of_it(
    staff: Client, client: Client, guide: Guide
) -> None:
    Guide.objects.filter(pk=guide.pk).update(title="A new title", verification="It is **green**.")
    mitigation = Mitigation.objects.get()
    mitigation.steps.create(text="Press **Start**.", position=7)
    Notice.objects.update(text="Only in the source.")
    shown = framed(staff, guide)
    assert "Draft, only staff can see this." in shown
    assert "A new title" in shown
    assert 'It is <strong translate="no">green</strong>.' in shown
    assert 'id="FIX-1.3"' in shown
    assert "Only in the source." in shown
    public = client.get("/guides/flow-turned-off/").content.decode()
    assert "A new title" not in public
    assert "Press" not in public
    assert "Draft" not in public


def test_a_guide_that_readers_cannot_see_yet_has_a_preview(staff: Client, guide: Guide) -> None:
    rows.write(document("guide", guide_data(reference="FLOW-7", slug="not-live", title="Not live", codes=[])))
    shown = framed(staff, Guide.objects.get(reference="FLOW-7"))
    assert '<h1 tabindex="-1">Not live</h1>' in shown
    assert "Turn on the flow" in shown


def test_forks_and_retired_guides_are_shown_on_their_own_pages(staff: Client) -> None:
    every_shape.load()
    assert "Which of these is yours?" in framed(staff, Guide.objects.get(reference="FLOW-5"))
    assert "This guide is retired." in framed(staff, Guide.objects.get(reference="FLOW-6"))


def test_an_incomplete_draft_shows_what_is_there_and_says_what_is_missing(staff: Client, guide: Guide) -> None:
    empty = Guide.objects.create(reference="FLOW-8", slug="empty", title="Half a guide")
    empty.causes.create(key="c", text="Because.")
    assert "Half a guide" in framed(staff, empty)
    assert "Because." in framed(staff, empty)
    told = staff.get(preview(empty)).content.decode()
    assert "Not complete yet" in told
    for problem in (
        "What went wrong: this field is needed",
        "Mitigation: add at least one",
        "How you know it worked: say",
    ):
        assert problem in told


def test_a_text_that_cannot_be_rendered_is_left_out_and_the_reason_given(staff: Client, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(before="[" * 20_000)
    Notice.objects.update(text="> " * 800 + "x")
    assert "Before you start" not in framed(staff, guide)
    told = staff.get(preview(guide)).content.decode()
    assert "Before you start: Too many brackets are opened and not closed" in told
    assert "source-first: Text: Do not put quotes inside quotes" in told


def test_a_text_that_the_renderer_gives_up_is_replaced_by_the_reason(
    staff: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert = Markdown.convert

    def give_up(self: Markdown, text: str) -> str:
        if "very deep" in text:
            raise RecursionError
        return convert(self, text)

    monkeypatch.setattr(Markdown, "convert", give_up)
    Guide.objects.filter(pk=guide.pk).update(before="- very deep", further="Fine.")
    shown = framed(staff, guide)
    assert "Lists and quotes stand too deep inside each other here." in shown
    assert "Fine." in shown


def test_only_the_framed_page_may_be_framed_and_nothing_keeps_it(staff: Client, guide: Guide) -> None:
    response = staff.get(f"{preview(guide)}page/")
    policy = response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    assert "unsafe" not in policy
    assert "no-store" in response["Cache-Control"]
    around = staff.get(preview(guide))
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
    assert "no-store" in around["Cache-Control"]


def test_nothing_runs_in_the_frame_and_its_links_open_elsewhere(staff: Client, guide: Guide) -> None:
    shown = framed(staff, guide)
    assert "<script" not in shown
    assert '<base target="_blank">' in shown
    around = staff.get(preview(guide)).content.decode()
    assert "allow-scripts" not in around
    assert "allow-forms" not in around


def test_the_preview_has_both_widths_and_a_link_to_each(staff: Client, guide: Guide) -> None:
    shown = staff.get(preview(guide)).content.decode()
    for width in ("phone", "desktop"):
        assert f'href="#{width}"' in shown
        assert f'id="{width}"' in shown
        assert f'<iframe class="{width}"' in shown


def test_what_is_typed_is_shown_and_not_kept(staff: Client, guide: Guide) -> None:
    typed = {"title": "Typed <b>title</b>", "uses-0-steps-0-text": "Typed step."}
    response = staff.post(preview(guide), controls(staff.get(page(guide))) | typed)
    assert "Typed &lt;b&gt;title&lt;/b&gt;" in framed_of(response)
    assert "Typed step." in framed_of(response)
    assert 'value="Typed &lt;b&gt;title&lt;/b&gt;"' in response.content.decode()
    assert "This is what you typed. It is not saved." in response.content.decode()
    guide.refresh_from_db()
    assert guide.title == "Turn the flow back on"


def test_a_guide_that_was_never_saved_can_be_previewed(staff: Client, guide: Guide) -> None:
    data = controls(staff.get("/admin/guides/guide/add/")) | NEW_GUIDE
    response = staff.post("/admin/guides/guide/add/preview/", data)
    assert "Give the flow a new owner" in framed_of(response)
    assert not Guide.objects.filter(slug="owner-left").exists()


def test_what_cannot_be_read_is_said_and_what_was_typed_goes_back_to_the_form(staff: Client, guide: Guide) -> None:
    data = controls(staff.get(page(guide))) | {"sources-0-checked": "soon", "title": "Typed"}
    response = staff.post(preview(guide), data)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "This cannot be shown yet" in shown
    assert "Source 1, Checked: Enter a valid date." in shown
    assert "<iframe" not in shown
    kept = dict(response.context["kept"])
    again = staff.post(page(guide), kept | {"_preview": "-"})
    assert again.status_code == 200
    assert again.context["adminform"].form["title"].value() == "Typed"
    assert 'value="soon"' in again.content.decode()


def test_staff_who_may_only_look_see_the_saved_draft_and_nobody_else_does(client: Client, guide: Guide) -> None:
    addresses = (preview(guide), f"{preview(guide)}page/")
    for address in addresses:
        assert client.get(address)["Location"].startswith("/admin/login/")
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_guide"))
    client.force_login(reader)
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert client.post(preview(guide), {"title": "x"}).status_code == 403


def test_a_draft_that_is_not_there_is_not_found(staff: Client, guide: Guide) -> None:
    for address in ("/admin/guides/guide/999/preview/", f"/admin/guides/guide/{10**30}/preview/page/"):
        assert staff.get(address).status_code == 404


def test_there_is_nothing_to_preview_or_test_before_anything_is_typed(staff: Client, guide: Guide) -> None:
    for name in ("preview", "bench"):
        assert staff.get(f"/admin/guides/guide/add/{name}/")["Location"] == "/admin/guides/guide/add/"


def test_previews_ask_the_database_a_fixed_number_of_questions(
    staff: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2, 12):
        mitigation = Mitigation.objects.create(reference=f"FIX-{number}", title="Another")
        mitigation.steps.create(text="Do it.")
        guide.uses.create(mitigation=mitigation, position=number)
    publishing.publish([guide, *Mitigation.objects.all()])
    staff.get(f"{preview(guide)}page/")
    with django_assert_max_num_queries(30):
        staff.get(f"{preview(guide)}page/")
    with django_assert_max_num_queries(30):
        staff.get(preview(guide))

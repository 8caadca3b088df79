"""Staff see what they type: how it reads, what it does to error texts, and what is to mend; with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from guides.models import Guide, Mitigation
from tests.browser.checks import barriers
from tests.guides.factories import load_small_library

PASTE = "anna@example.com: The zork of 'Orders' cannot be reached by anybody today."
FIRST_MESSAGE = "[name=messages-0-text]"


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> str:
    load_small_library()
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    return str(live_server.url)


@pytest.fixture
def staff(page: Page, site: str) -> Page:
    return sign_in(page, site)


@pytest.fixture
def staff_without_script(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    yield sign_in(context.new_page(), site)
    context.close()


def sign_in(page: Page, site: str) -> Page:
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return page


def address(page: Page, name: str) -> str:
    site = page.url.partition("/admin/")[0]
    return f"{site}/admin/guides/guide/{Guide.objects.get(reference='FLOW-1').pk}/{name}/"


def template(page: Page) -> Any:
    return page.locator(FIRST_MESSAGE)


def test_what_is_typed_is_tested_half_a_second_later_and_focus_stays(staff: Page) -> None:
    staff.goto(address(staff, "change"))
    say, found = staff.locator("#bench-say"), staff.locator("#bench-found")
    expect(say).to_have_text("1 check needs work.")
    expect(staff.locator("#effect-flow-on")).not_to_be_empty()
    staff.get_by_label("Paste an error text").fill(PASTE)
    expect(found).to_contain_text("No guide.")
    staff.locator("[name=messages-0-essential]").fill("")
    template(staff).fill("The zork of '<flow>' cannot be reached by anybody today.")
    expect(found.locator("mark").last).to_contain_text("The zork of")
    expect(found).to_contain_text("After this edit")
    assert staff.evaluate("document.activeElement.name") == "messages-0-text"
    staff.get_by_label("Title", exact=True).first.fill("Typed title")
    expect(staff.frame_locator("#bench-found iframe").locator("h1")).to_have_text("Typed title")
    assert staff.evaluate("document.activeElement.name") == "title"
    assert Guide.objects.get(reference="FLOW-1").title == "Turn the flow back on"


def test_a_pasted_text_is_tested_at_once_and_leaving_it_behind_is_no_loss(staff: Page) -> None:
    staff.goto(address(staff, "change"))
    expect(staff.locator("#bench-say")).not_to_be_empty()
    staff.get_by_label("Paste an error text").fill("FlowIsTurnedOff")
    staff.get_by_role("button", name="Test this").click()
    expect(staff.locator("#bench-found mark")).to_have_text("FlowIsTurnedOff")
    assert staff.url == address(staff, "change")
    asked: list[str] = []
    staff.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    staff.goto(address(staff, "preview"))
    assert asked == []


def test_what_counted_is_shown_beside_the_form_for_two_guides(staff: Page) -> None:
    staff.goto(address(staff, "change"))
    staff.get_by_label("Paste an error text").fill("FlowIsTurnedOff")
    staff.get_by_role("button", name="Test this").click()
    expect(staff.get_by_label("Why not this one?")).to_have_value("FLOW-2")
    table = staff.locator("table.weighing")
    expect(table.get_by_role("columnheader").last).to_have_text("Renew the password")
    expect(table).to_contain_text("strongly for +")


def test_a_shared_part_is_checked_while_it_is_typed_and_left_without_a_question(staff: Page) -> None:
    part = address(staff, "change").replace(
        f"guide/{Guide.objects.get(reference='FLOW-1').pk}", f"mitigation/{Mitigation.objects.get().pk}"
    )
    staff.goto(part)
    expect(staff.locator("#bench-found")).to_contain_text("FLOW-2 Renew the password")
    asked: list[str] = []
    staff.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    staff.goto(part)
    assert asked == []
    staff.locator("[name=title]").fill("")
    expect(staff.locator("#bench-say")).to_have_text("1 check needs work.")


@pytest.mark.expected_console_errors("status of 500", "Failed to load resource")
def test_a_bench_that_does_not_answer_says_so_and_the_button_still_works(staff: Page) -> None:
    staff.route("**/bench/", lambda route: route.fulfill(status=500, body="broken"), times=1)
    staff.goto(address(staff, "change"))
    expect(staff.locator("#bench-say")).to_contain_text("We could not test this. Nothing is lost.")
    staff.get_by_label("Paste an error text").fill("FlowIsTurnedOff")
    expect(staff.locator("#bench-found mark")).to_have_text("FlowIsTurnedOff")


def test_a_check_leads_to_its_control_on_the_same_page(staff: Page) -> None:
    staff.goto(address(staff, "change"))
    staff.locator("[name=verification]").fill("")
    staff.get_by_role("button", name="How you know it worked: say how people know").click()
    assert staff.evaluate("document.activeElement.name") == "verification"


def test_the_bench_and_the_preview_work_without_script(staff_without_script: Page) -> None:
    page = staff_without_script
    page.goto(address(page, "change"))
    page.locator("[name=title]").fill("Typed title")
    page.get_by_label("Paste an error text").fill("FlowIsTurnedOff")
    page.get_by_role("button", name="Test this").click()
    expect(page.locator("#bench-found")).to_contain_text("Today and after this edit")
    page.get_by_role("button", name="Preview").click()
    assert page.url == address(page, "preview")
    expect(page.frame_locator("iframe.phone").locator("h1")).to_have_text("Typed title")
    page.get_by_role("button", name="Back to what you typed").click()
    assert page.url == address(page, "change")
    assert page.locator("[name=title]").input_value() == "Typed title"
    assert Guide.objects.get(reference="FLOW-1").title == "Turn the flow back on"


def test_the_preview_of_the_saved_draft_has_two_real_widths(staff_without_script: Page) -> None:
    page = staff_without_script
    Guide.objects.filter(reference="FLOW-1").update(title="Saved title")
    page.goto(address(page, "preview"))
    for width in ("phone", "desktop"):
        expect(page.frame_locator(f"iframe.{width}").locator("h1")).to_have_text("Saved title")
    page.get_by_role("link", name="Desktop").click()
    expect(page.locator("#desktop")).to_be_in_viewport()
    widths = [frame.evaluate("innerWidth") for frame in page.frames[1:]]
    assert widths[0] == 360
    assert widths[1] > 1000


def test_links_in_the_preview_lead_nowhere_in_the_frame(staff: Page) -> None:
    staff.goto(address(staff, "preview"))
    frame = staff.frame_locator("iframe.phone")
    with staff.context.expect_page() as opened:
        frame.get_by_role("link", name="All guides").first.click()
    assert opened.value.url.endswith("/guides/")
    expect(frame.locator("h1")).to_have_text("Turn the flow back on")


def test_where_there_is_room_the_bench_stands_beside_the_form(staff: Page) -> None:
    staff.set_viewport_size({"width": 1600, "height": 900})
    staff.goto(address(staff, "change"))
    staff.get_by_label("Paste an error text").fill("FlowIsTurnedOff for anna@example.com")
    expect(staff.locator("#bench-found mark")).to_be_visible()
    bench, table = staff.locator("#bench").bounding_box(), staff.locator(".expectations").bounding_box()
    assert bench is not None
    assert table is not None
    assert bench["x"] > table["x"] + table["width"]
    assert barriers(staff, "#bench") == []


def test_bench_and_preview_have_no_barriers(staff: Page) -> None:
    Guide.objects.filter(reference="FLOW-1").update(verification="", before="x " * 300)
    found = {}
    for name in ("preview", "bench", "preview/page"):
        staff.goto(address(staff, name))
        found[name] = barriers(staff, "main")
    staff.set_viewport_size({"width": 1280, "height": 800})
    staff.goto(address(staff, "bench"))
    staff.get_by_label("Paste an error text").fill(PASTE)
    staff.get_by_role("button", name="Test this").click()
    found["pasted"] = barriers(staff, "main")
    staff.set_viewport_size({"width": 1280, "height": 800})
    staff.goto(address(staff, "change"))
    staff.locator("[name=title]").fill("Typed title")
    staff.get_by_role("button", name="Preview what is typed").click()
    found["typed"] = barriers(staff, "main")
    assert {name: problems for name, problems in found.items() if problems} == {}

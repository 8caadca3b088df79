"""Figures say whether people are helped: honestly counted, no rate from few cases, and nobody is ranked."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from guides.models import Guide
from tests.cases.clock import DAY, at
from tests.insights.conftest import Person
from tests.insights.recorded import handed, linked, pasted, said
from tests.pages.reading import heading, in_order, links, main_part, seen, title
from troubleshooter.cases.models import Outcome
from troubleshooter.insights.figures import counting
from troubleshooter.insights.figures.period import Period
from troubleshooter.insights.figures.share import Share

pytestmark = pytest.mark.usefixtures("guide")

PAGES = ["/admin/insights/", "/admin/insights/guides/FLOW-1/"]
FILES = ["/admin/insights/days.csv", "/admin/insights/guides.csv"]
MINUTE = datetime.timedelta(minutes=1)
NOW = datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _afternoon(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fixed moment, far from midnight."""
    at(monkeypatch, NOW)


@pytest.fixture
def reader(guide: Guide, signed_in: Person) -> Client:
    return signed_in("Curators")


def page(client: Client, query: str = "", address: str = PAGES[0]) -> Any:
    response = client.get(f"{address}{query}")
    assert response.status_code == 200
    return response


def figure(client: Client, name: str, query: str = "") -> str:
    """The words of one figure."""
    return next(part for part in figures(client, query) if part.startswith(name))


def figures(client: Client, query: str = "") -> list[str]:
    sections = re.findall(r"<section[^>]*>(.*?)</section>", main_part(page(client, query)), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", section).replace("&nbsp;", " ").split()) for section in sections]


def table(client: Client, address: str = FILES[1], query: str = "") -> list[dict[str, str]]:
    text = client.get(f"{address}{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def of_today() -> counting.Tally:
    return counting.tally(Period(TODAY, TODAY))


def test_only_those_who_may_see_reports_come_in(client: Client, signed_in: Person, reader: Client) -> None:
    agent = signed_in("Agents")
    for address in PAGES + FILES:
        assert client.get(address).url.startswith("/admin/login/")  # type: ignore[attr-defined]
        assert agent.get(address).status_code == 403
        assert reader.get(address).status_code == 200


def test_every_page_has_its_heading_and_title(reader: Client) -> None:
    for address in PAGES:
        response = reader.get(address)
        assert title(response).startswith(heading(response))


def test_the_start_page_and_the_reports_lead_to_the_figures(reader: Client) -> None:
    assert "/admin/insights/" in links(reader.get("/admin/"))
    assert "/admin/insights/" in links(reader.get("/admin/reports/"))


def test_figures_of_a_guide_that_nobody_wrote_are_not_found(reader: Client) -> None:
    assert reader.get("/admin/insights/guides/FLOW-99/").status_code == 404
    assert reader.get("/admin/insights/guides/%00/").status_code == 404  # PostgreSQL cannot look for such a text


def test_without_anything_recorded_every_figure_says_so(reader: Client) -> None:
    assert [part.split(" No cases")[0] for part in figures(reader)] == [
        "Recognised",
        "Solved without a ticket",
        "Actions to the fix",
        "Handed over with fixes tried",
        "Tickets resolved by a link",
    ]
    assert "Nobody said in these days whether a guide helped" in seen(page(reader))


def test_texts_are_recognised_or_not(reader: Client) -> None:
    for match, count in (("exact", 8), ("likely", 3), ("general", 1), ("", 5)):
        pasted(TODAY, match, count)
    found = figure(reader, "Recognised")
    assert in_order(found, "12 of 17", "Too few cases for a rate.", "Exact: 8", "Likely: 3", "General: 1")
    assert "Not recognised: 5" in found
    pasted(TODAY - DAY, "exact", 3)
    assert in_order(figure(reader, "Recognised"), "15 of 20", "75 %, likely between 53 and 89 %.")


def test_a_case_that_worked_and_went_to_nobody_is_solved(reader: Client, guide: Guide) -> None:
    for _number in range(12):
        said(guide)
    for _number in range(5):
        handed()
    said(guide, "same")
    assert in_order(figure(reader, "Solved"), "12 of 17", "Too few cases for a rate.")


def test_a_voice_counts_once_whatever_it_says(guide: Guide) -> None:
    said(guide, voice="anna", mitigation="FIX-1")
    said(guide, voice="anna", mitigation="FIX-2")
    handed("ben", "code=A")
    handed("ben", "code=A&tried=FIX-1.same")
    assert of_today().solved_without_ticket == Share(1, 2)
    assert of_today().with_fixes_tried == Share(1, 1)


def test_who_goes_to_a_person_afterwards_was_not_helped(guide: Guide) -> None:
    said(guide, voice="anna", created=NOW - 5 * MINUTE)
    handed("anna", created=NOW)
    assert of_today().solved_without_ticket == Share(0, 1)


def test_who_says_after_a_hand_over_that_it_works_was_helped(guide: Guide) -> None:
    said(guide, voice="anna", created=NOW - 9 * MINUTE, changed=NOW)
    handed("anna", "code=A", created=NOW - 5 * MINUTE)
    handed("anna", "code=B", created=NOW - 4 * MINUTE)
    assert of_today().solved_without_ticket == Share(1, 1)


def test_what_is_reported_behind_a_ticket_link_had_a_ticket(guide: Guide) -> None:
    said(guide, link=linked(guide, "INC-1"))
    assert of_today().solved_without_ticket == Share(0, 0)
    assert counting.actions(Period(TODAY, TODAY)).numbers == ()


def test_few_actions_are_listed_and_twenty_have_a_median(reader: Client, guide: Guide) -> None:
    said(guide, evidence="code=A")
    for _number in range(18):
        said(guide, evidence="code=A&q.flow-on=off&q.weather=unsure&tried=FIX-2.same")
    said(guide, "same", evidence="q.flow-on=off")
    found = figure(reader, "Actions")
    assert in_order(found, "19 fixes", "Too few cases for a median.", "1 action: 1", "4 actions: 18")
    said(guide, evidence="")
    found = figure(reader, "Actions")
    assert in_order(found, "4 actions", "Median of 20 fixes. The middle half took 4 to 4 actions.")


def test_only_the_newest_evidence_is_read_and_that_is_said(
    reader: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_READ", 20)
    for number in range(20):
        said(guide, evidence="q.flow-on=off", created=NOW - number * MINUTE)
    assert "Read from the newest" not in figure(reader, "Actions")
    for _number in range(30):
        said(guide, created=NOW - DAY)
    assert in_order(figure(reader, "Actions"), "2 actions", "Median of 20 fixes.", "Read from the newest 20 of 50.")
    yesterday, today = table(reader, FILES[0], "?since=2026-11-19&until=2026-11-20")
    assert (yesterday["Fixes that worked"], yesterday["Actions to the fix, median"]) == ("30", "Not read")
    assert (today["Fixes that worked"], today["Actions to the fix, median"]) == ("20", "2")


def test_hand_overs_with_a_fix_tried_are_told(reader: Client) -> None:
    handed(evidence="tried=FIX-1.same")
    handed(evidence="code=A&q.tried=yes&tried=FIX-1.could-not")
    handed(evidence="code=A&q.tried=yes")
    handed(evidence="unknown=tried%3DFIX-1")
    assert "2 of 4" in figure(reader, "Handed over")


def test_tickets_are_told_with_what_came_back_behind_their_links(reader: Client, guide: Guide) -> None:
    first = linked(guide, "INC-1", "tried")
    linked(guide, "inc-1", "resolved")
    said(guide, link=first, voice="anna", mitigation="FIX-1")
    said(guide, "same", link=first, voice="anna", mitigation="FIX-2")
    said(guide, "same", link=linked(guide, "INC-2"))
    linked(guide, "")
    found = figure(reader, "Tickets")
    assert in_order(found, "1 of 2", "Links made: 4", "With a report: 2 of 4.", "Of these, a fix worked: 1 of 2.")


def test_a_time_is_whole_days_of_the_sites_time_zone(guide: Guide) -> None:
    with timezone.override(datetime.timezone(datetime.timedelta(hours=2))):
        for hour in (21, 22, 23):
            said(guide, created=datetime.datetime(2026, 11, 10, hour, 30, tzinfo=datetime.UTC))
        day = datetime.date(2026, 11, 11)
        assert counting.tally(Period(day, day)).solved == 2
        assert counting.tally(Period(day - DAY, day - DAY)).solved == 1
        assert {key: tally.solved for key, tally in counting.tally_by_day(Period(day - DAY, day)).items()} == {
            day - DAY: 1,
            day: 2,
        }


def test_the_newest_28_days_are_shown_and_told_from_those_before(reader: Client, guide: Guide) -> None:
    for days, count in ((0, 20), (27, 20), (28, 5), (55, 35), (56, 1000)):
        pasted(TODAY - days * DAY, "exact", count)
        pasted(TODAY - days * DAY, "", 10)
    response = page(reader)
    assert "24 October 2026 to 20 November 2026, 28 days." in seen(response)
    assert in_order(
        figure(reader, "Recognised"), "40 of 60", "67 %", "In the 28 days before: 40 of 60. No change.", "Exact: 40"
    )


def test_a_change_from_few_cases_is_not_told(reader: Client) -> None:
    pasted(TODAY, "exact", 30)
    pasted(TODAY - 28 * DAY, "exact", 3)
    assert in_order(figure(reader, "Recognised"), "30 of 30", "100 %", "In the 28 days before: 3 of 3. Exact: 30")


def test_today_is_marked_as_not_over(reader: Client) -> None:
    assert "Today is not over." in seen(page(reader))
    assert "Today is not over." not in seen(page(reader, "?since=2026-11-01&until=2026-11-19"))


def test_other_days_are_one_link_away(reader: Client) -> None:
    shown = links(page(reader, "?since=2026-11-14&until=2026-11-20"))
    assert "/admin/insights/?since=2026-08-23&until=2026-11-20" in shown
    assert "Last 7 days" in re.findall(r'aria-current="true">([^<]*)', main_part(page(reader, shown[0][16:])))


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        ("yesterday", "2026-11-20", "Write the first day like 2026-01-31."),
        ("2026-02-30", "2026-11-20", "Write the first day like 2026-01-31."),
        ("2026-11-01", "", "Write the last day like 2026-01-31."),
        ("2026-11-20", "2026-11-01", "The first day is after the last."),
        ("2026-11-01", "2026-11-21", "The last day is not here yet."),
        ("2025-11-19", "2026-11-20", "That is more than a year."),
        ("0001-01-01", "0001-01-02", "There are no figures before 2020."),
        ("2026-11-01\0", "9999-12-31", "The last day is not here yet."),
    ],
)
def test_days_that_cannot_be_are_told_and_kept(reader: Client, since: str, until: str, problem: str) -> None:
    response = reader.get(PAGES[0], {"since": since, "until": until})
    assert response.status_code == 422
    assert title(response).startswith("Error: ")
    assert problem in seen(response)
    assert f'value="{until}"' in main_part(response) or not until
    assert "<section" not in main_part(response)


def test_files_and_pages_of_guides_refuse_such_days_too(reader: Client) -> None:
    for address in (PAGES[1], *FILES):
        response = reader.get(f"{address}?since=2026-11-20&until=2026-11-01")
        assert response.status_code == 422
        assert "The first day is after the last." in seen(response)


def test_a_whole_year_can_be_asked_for(reader: Client) -> None:
    assert "366 days." in seen(page(reader, "?since=2025-11-20&until=2026-11-20"))


def test_under_twenty_cases_no_page_and_no_file_has_a_rate(reader: Client, guide: Guide) -> None:
    link = linked(guide, "INC-1", "resolved")
    for number in range(17):
        said(guide, ("worked", "same", "new", "could-not")[number % 4], evidence="code=A")
    said(guide, link=link, mitigation="FIX-2")
    said(guide, link=link, mitigation="FIX-3")
    for _number in range(14):
        handed(evidence="tried=FIX-1.same")
    pasted(TODAY, "exact", 19)
    for address in PAGES + FILES:
        response = reader.get(address)
        assert "%" not in re.sub(r'href="[^"]*"', "", response.content.decode()), address
        assert "<meter" not in response.content.decode()
    assert [(row["Tries"], row["Rate"]) for row in table(reader)] == [("19", "Too few")]


def test_a_guide_has_its_results_reasons_links_and_hand_overs(reader: Client, guide: Guide) -> None:
    for result, times in (("worked", 12), ("same", 4), ("new", 1)):
        for _number in range(times):
            said(guide, result)
    said(guide, "could-not", voice="anna", reason="no-access", created=NOW - MINUTE)
    said(guide, "could-not", voice="ben", reason="no-access")
    said(guide, "could-not", reason="not-safe", link=linked(guide))
    linked(guide, part="FIX-1.2")
    handed("anna", "code=A")
    handed("anna", "code=B")
    handed("ben", created=NOW - MINUTE)
    (row,) = table(reader)
    assert row == {
        "Guide": "FLOW-1",
        "Title": "Turn the flow back on",
        "Tries": "20",
        "Worked": "12",
        "Rate": "60 % (39 to 78 %)",
        "Same error": "4",
        "New error": "1",
        "Could not do it": "3",
        "Links made": "2",
        "Reported behind links": "1",
        "Handed over": "1",
        "Why not": "No access: 2, Not safe now: 1",
    }
    shown = page(reader)
    assert in_order(seen(shown), "FLOW-1 Turn the flow back on", "20 12", "60 % (39 to 78 %)", "No access: 2", "2 1 1")
    assert 'value="60"' in main_part(shown)


def test_the_table_sorts_by_each_number(reader: Client, guide: Guide) -> None:
    other = Guide.objects.get(reference="FLOW-2")
    said(guide, "same")
    for _number in range(2):
        said(guide)
    for _number in range(2):
        said(other, "same")
    assert [row["Guide"] for row in table(reader)] == ["FLOW-1", "FLOW-2"]
    assert [row["Guide"] for row in table(reader, query="?sort=-same")] == ["FLOW-2", "FLOW-1"]
    assert [row["Guide"] for row in table(reader, query="?sort=tries")] == ["FLOW-2", "FLOW-1"]
    assert [row["Guide"] for row in table(reader, query="?sort=-voice")] == ["FLOW-1", "FLOW-2"]
    shown = page(reader, "?sort=-same")
    assert 'aria-sort="descending"' in main_part(shown)
    assert f"?{Period.of_days(28).query}&sort=same#by-guide" in links(shown)
    assert f"?{Period.of_days(28).query}&sort=-could_not#by-guide" in links(shown)


def test_a_guide_that_is_gone_keeps_its_numbers(reader: Client, guide: Guide) -> None:
    said(guide)
    Outcome.objects.update(guide="FLOW-99")
    assert [(row["Guide"], row["Title"]) for row in table(reader)] == [("FLOW-99", "")]
    assert not [link for link in links(page(reader)) if "FLOW-99" in link]


def test_the_page_of_a_guide_has_its_mitigations_failing_steps_and_comments(reader: Client, guide: Guide) -> None:
    said(guide, "could-not", step="FIX-1.2", reason="not-found", comment="<b>The menu is gone.</b>")
    said(guide, "same", step="FIX-1.2", mitigation="FIX-9")
    said(guide, created=NOW - 40 * DAY, comment="Long ago")
    linked(guide, part="FIX-1.2")
    linked(guide, part="FIX-1")
    (way,) = [link for link in links(page(reader)) if "/guides/FLOW-1/" in link]
    response = page(reader, address=way)
    text = seen(response)
    assert in_order(text, "FIX-1 ", "1 0 Too few 0 0 1 Could not find it: 1 2 0 0", "FIX-9")
    assert in_order(text, "Steps that fail", "FIX-1.2: 2", "FIX-1.2: Could not do it, Could not find it")
    assert "&lt;b&gt;The menu is gone.&lt;/b&gt;" in main_part(response)
    assert "Long ago" not in text
    assert [line.links for line in response.context["lines"]] == [2, 0]


def test_only_the_newest_comments_are_shown(reader: Client, guide: Guide) -> None:
    for number in range(25):
        said(guide, comment=f"Comment {number:02}.", created=NOW - number * MINUTE)
    text = seen(page(reader, address=PAGES[1]))
    assert in_order(text, "Comment 00.", "Comment 19.")
    assert "Comment 20." not in text


def test_the_file_of_days_has_one_line_a_day(reader: Client, guide: Guide) -> None:
    for number in range(20):
        said(guide, evidence="q.flow-on=off", created=NOW - DAY)
        pasted(TODAY - DAY, ("exact", "likely", "general", "")[number], 5) if number < 4 else None
    handed(evidence="tried=FIX-1.same", created=NOW - DAY)
    said(guide, link=linked(guide, "INC-1", "resolved"))
    yesterday, today = table(reader, FILES[0], "?since=2026-11-19&until=2026-11-20")
    assert list(yesterday.values()) == [
        *("2026-11-19", "yes", "20", "5", "5", "5", "5", "75 %"),
        *("20", "1", "95 %", "20", "2", "1", "1", "Too few"),
        *("0", "0", "Too few", "0", "0", "0"),
    ]
    assert list(today.values()) == [
        *("2026-11-20", "no", "0", "0", "0", "0", "0", "Too few"),
        *("0", "0", "Too few", "0", "Too few", "0", "0", "Too few"),
        *("1", "1", "Too few", "1", "1", "1"),
    ]


def test_a_title_is_no_formula_in_a_file(reader: Client, guide: Guide) -> None:
    said(guide)
    Guide.objects.filter(pk=guide.pk).update(title="=1+1")
    assert table(reader)[0]["Title"] == "'=1+1"


def test_no_figure_names_who_made_a_link(reader: Client, guide: Guide, signed_in: Person) -> None:
    signed_in("Agents")
    linked(guide, "INC-1").use_in("INC-1", "resolved")
    for address in PAGES + FILES:
        text = reader.get(address).content.decode()
        assert "agents" not in text
        assert "INC-1" not in text


def test_the_start_page_has_one_line_of_it(reader: Client, guide: Guide, signed_in: Person) -> None:
    assert "Solved without a ticket" not in seen(reader.get("/admin/"))
    for _number in range(12):
        said(guide)
    for _number in range(5):
        handed()
    assert "Solved without a ticket : 12 of 17 in 28 days." in seen(reader.get("/admin/"))
    assert "Solved without a ticket" not in seen(signed_in("Agents").get("/admin/"))


@pytest.mark.parametrize(("address", "most"), [(PAGES[0], 22), (PAGES[1], 12), (FILES[0], 11), (FILES[1], 8)])
def test_a_page_asks_a_fixed_number_of_questions(
    reader: Client, guide: Guide, address: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    knowledge.current()
    for number in range(30):
        link = linked(guide, f"INC-{number}")
        said(guide, mitigation=f"FIX-{number}", comment="Whale", step="FIX-1.1", link=link if number % 2 else None)
        handed(evidence="tried=FIX-1.same")
        pasted(TODAY - number * DAY, "exact", 1)
    with django_assert_max_num_queries(most):
        assert reader.get(address).status_code == 200

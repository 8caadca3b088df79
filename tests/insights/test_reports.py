"""Reports say what to write or mend next; every row has something to do, and no page shows what one person wrote."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing, rows
from guides.models import ErrorCode, Guide, Question, Sample, Source
from tests.admin.pages import save
from tests.cases.clock import DAY
from tests.guides.factories import document, guide_data
from tests.insights.conftest import Person, make_error, make_missed
from tests.pages.reading import heading, in_order, links, main_part, seen, title
from troubleshooter.cases.models import Flag, Outcome, Suggestion, UnrecognisedError
from troubleshooter.insights.reports import REPORTS

pytestmark = pytest.mark.usefixtures("guide")

ADDRESSES = ["/admin/reports/", "/admin/reports/flow/", *(f"/admin/reports/{slug}/" for slug in REPORTS)]


def tried(guide: Guide, result: str, number: int = 1, evidence: str = "", **fields: Any) -> None:
    Outcome.objects.bulk_create(
        Outcome(
            voice=uuid4().hex,
            guide=guide.reference,
            mitigation="FIX-1",
            revision=guide.live,
            mitigation_revision=guide.live,
            result=result,
            evidence=evidence,
            content_version=1,
            **fields,
        )
        for _ in range(number)
    )


def report(client: Client, slug: str, query: str = "") -> Any:
    response = client.get(f"/admin/reports/{slug}/{query}")
    assert response.status_code == 200
    return response


def rows_of(client: Client, slug: str, query: str = "") -> list[list[str]]:
    """The rows of the exported report, without its headings."""
    response = client.get(f"/admin/reports/{slug}.csv{query}")
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("address", [*ADDRESSES, "/admin/reports/errors.csv"])
def test_only_those_who_may_see_reports_come_in(client: Client, signed_in: Person, address: str) -> None:
    assert client.get(address).url.startswith("/admin/login/")  # type: ignore[attr-defined]
    assert signed_in("Agents").get(address).status_code == 403
    assert signed_in("Curators").get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_its_heading_and_title(curator: Client, address: str) -> None:
    response = curator.get(address)
    assert title(response).startswith(heading(response))


@pytest.mark.parametrize("slug", list(REPORTS))
def test_an_empty_report_says_so_in_plain_words(curator: Client, slug: str) -> None:
    Guide.objects.all().delete()
    ErrorCode.objects.all().delete()
    Question.objects.all().delete()
    assert str(REPORTS[slug].empty) in seen(report(curator, slug))


@pytest.mark.parametrize("address", ["/admin/reports/nothing/", "/admin/reports/nothing.csv"])
def test_a_report_that_is_not_there_is_not_found(curator: Client, address: str) -> None:
    assert curator.get(address).status_code == 404


def test_the_most_frequent_error_comes_first_and_every_column_of_numbers_sorts(curator: Client) -> None:
    make_error(1, count=5, days=2)
    make_error(2, count=50, days=9, first_seen=timezone.now() - 50 * DAY)
    page = report(curator, "errors")
    assert in_order(seen(page), "frobnicator 2", "frobnicator 1")
    assert "?sort=count" not in links(page)
    assert {"?sort=-count", "?sort=-days", "?sort=-first_seen", "?sort=-last_seen"} <= set(links(page))
    least = report(curator, "errors", "?sort=count")
    assert in_order(seen(least), "frobnicator 1", "frobnicator 2")
    assert 'aria-sort="ascending"' in main_part(least)
    assert report(curator, "errors", "?sort=text").status_code == 200


@pytest.mark.parametrize(("count", "days"), [(2, 2), (9, 1), (1, 1)])
def test_words_of_few_people_are_on_no_page_and_in_no_file(curator: Client, count: int, days: int) -> None:
    error = make_error(text="whale", headline="whale", count=count, days=days)
    missed = make_missed("whale", count=count, days=days)
    for address in (
        "/admin/",
        "/admin/reports/errors/",
        "/admin/reports/errors.csv",
        "/admin/reports/searches/",
        "/admin/reports/searches.csv",
        f"/admin/guides/guide/add/?from-error={error.pk}",
        f"/admin/guides/guide/add/?from-search={missed.pk}",
    ):
        response = curator.get(address)
        assert response.status_code == 200
        assert "whale" not in response.content.decode()


def test_a_code_is_shown_at_once_and_the_words_round_it_are_not(curator: Client) -> None:
    make_error(token="FrobnicatorJammed", text="whale", headline="whale", count=1, days=1)
    page = report(curator, "errors")
    assert "FrobnicatorJammed" in seen(page)
    assert "whale" not in page.content.decode()


def test_a_guide_starts_with_the_error_and_nothing_of_it_is_in_the_address(curator: Client) -> None:
    error = make_error(token="FrobnicatorJammed")
    (start,) = [link for link in links(report(curator, "errors")) if "guide/add" in link]
    assert start == f"/admin/guides/guide/add/?from-error={error.pk}"
    page = curator.get(start).content.decode()
    assert 'value="FrobnicatorJammed"' in page
    assert "The frobnicator 1 is jammed.</textarea>" in page


def test_what_a_guide_starts_with_is_kept_when_it_is_saved(curator: Client) -> None:
    error = make_error(token="FrobnicatorJammed")
    save(curator, f"/admin/guides/guide/add/?from-error={error.pk}", {"slug": "jammed", "title": "Loosen it"})
    guide = Guide.objects.get(slug="jammed")
    assert [code.token for code in guide.codes.all()] == ["FrobnicatorJammed"]
    assert [sample.text for sample in guide.samples.all()] == ["The frobnicator 1 is jammed."]


def test_nobody_starts_a_second_guide_for_an_error(curator: Client) -> None:
    error = make_error(token="FrobnicatorJammed")
    save(curator, f"/admin/guides/guide/add/?from-error={error.pk}", {"title": "Loosen it"})
    page = report(curator, "errors")
    assert "Begun: FLOW-" in seen(page)
    assert f"/admin/guides/guide/{Guide.objects.get(title='Loosen it').pk}/change/" in links(page)
    assert not [link for link in links(page) if "from-error" in link]


def test_a_guide_starts_with_the_words_of_a_search(curator: Client) -> None:
    missed = make_missed("blank whale")
    assert "blank whale</textarea>" in curator.get(f"/admin/guides/guide/add/?from-search={missed.pk}").content.decode()


@pytest.mark.parametrize("query", ["from-error=999", "from-error=x", "from-error=%00", "from-error=" + "9" * 40])
def test_a_start_that_is_not_there_opens_an_empty_page(curator: Client, query: str) -> None:
    assert curator.get(f"/admin/guides/guide/add/?{query}").status_code == 200


def test_what_is_set_aside_can_be_brought_back(curator: Client) -> None:
    error = make_error()
    address = f"/admin/reports/errors/{error.pk}/aside/"
    assert curator.get(address).status_code == 405
    curator.post(address, {"aside": "1"})
    assert str(REPORTS["errors"].empty) in seen(report(curator, "errors"))
    assert "frobnicator 1" in seen(report(curator, "errors", "?aside=1"))
    curator.post(address, {"aside": "0"})
    assert "frobnicator 1" in seen(report(curator, "errors"))
    assert "Nothing is set aside." in seen(report(curator, "errors", "?aside=1"))


def test_setting_aside_is_refused_to_those_who_may_not(signed_in: Person, client: Client) -> None:
    error = make_error()
    address = f"/admin/reports/errors/{error.pk}/aside/"
    assert signed_in("Agents").post(address, {"aside": "1"}).status_code == 403
    assert client.post(address, {"aside": "1"}).status_code == 302
    assert not UnrecognisedError.objects.get().set_aside


@pytest.mark.parametrize("address", ["codes/1/aside/", "errors/999/aside/", "nothing/1/aside/"])
def test_only_rows_that_are_there_can_be_set_aside(curator: Client, address: str) -> None:
    assert curator.post(f"/admin/reports/{address}", {"aside": "1"}).status_code == 404


def test_an_error_that_a_guide_knows_by_now_says_so(curator: Client) -> None:
    make_error(token="FlowIsTurnedOff", text="FlowIsTurnedOff")
    page = report(curator, "errors")
    assert "Known now: Turn the flow back on" in seen(page)
    assert not [link for link in links(page) if "guide/add" in link]


def test_texts_of_people_are_text_and_never_markup(curator: Client) -> None:
    make_error(text="<script>alert(1)</script>", headline="<script>alert(1)</script>")
    make_missed("<img src=x onerror=alert(1)>")
    for slug in ("errors", "searches"):
        page = main_part(report(curator, slug))
        assert "<script>" not in page
        assert "<img" not in page


def test_a_formula_is_no_formula_in_the_file(curator: Client) -> None:
    for number, text in enumerate(("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "plain = text")):
        make_missed(text, count=100 - number)
    assert [row[0] for row in rows_of(curator, "searches")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "'\t=1",
        "'＝1",
        "plain = text",
    ]


def test_the_file_opens_in_a_spreadsheet_with_all_its_letters(curator: Client) -> None:
    make_missed("größe")
    response = curator.get("/admin/reports/searches.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'attachment; filename="searches.csv"' in response["Content-Disposition"]
    assert rows_of(curator, "searches")[0][:3] == ["größe", "9", "3"]


def test_a_long_report_has_pages_and_its_file_has_all_rows(curator: Client) -> None:
    for number in range(60):
        make_error(number)
    assert "Page 1 of 2" in seen(report(curator, "errors"))
    assert "?sort=-days&page=2" in links(report(curator, "errors", "?sort=-days"))
    assert report(curator, "errors", "?page=99").status_code == 200
    assert len(rows_of(curator, "errors")) == 60


def test_codes_that_no_live_guide_names_can_be_edited_or_get_a_guide(curator: Client) -> None:
    code = ErrorCode.objects.create(token="NobodyKnows")
    rows.write(document("guide", guide_data(reference="FLOW-5", slug="draft", codes=[{"token": "DraftCode"}])))
    page = report(curator, "codes")
    assert in_order(seen(page), "DraftCode", "Open the draft", "NobodyKnows", "Start a guide", "Edit the code")
    assert "FlowIsTurnedOff" not in seen(page)
    assert 'value="NobodyKnows"' in curator.get(f"/admin/guides/guide/add/?from-code={code.pk}").content.decode()


def test_guides_are_due_by_their_date_or_by_an_old_source(curator: Client, guide: Guide) -> None:
    today = timezone.localdate()
    other = Guide.objects.get(reference="FLOW-2")
    assert rows_of(curator, "due") == []
    Guide.objects.filter(pk=guide.pk).update(review_by=today + datetime.timedelta(days=13))
    Source.objects.create(guide=other, key="old", title="Old", checked=today - datetime.timedelta(days=366))
    due = rows_of(curator, "due")
    assert [row[0] for row in due] == ["FLOW-1 Turn the flow back on", "FLOW-2 Renew the password"]
    assert "Review by" in due[0][2]
    assert "last checked on" in due[1][2]
    Guide.objects.filter(pk=guide.pk).update(review_by=today + datetime.timedelta(days=15))
    Guide.objects.filter(pk=other.pk).update(retired=True)
    assert rows_of(curator, "due") == []


def test_a_guide_is_untested_without_a_sample_that_must_lead_to_it(curator: Client, guide: Guide) -> None:
    assert rows_of(curator, "untested") == []
    Sample.objects.filter(guide=guide).update(leads="elsewhere")
    assert [row[0] for row in rows_of(curator, "untested")] == ["FLOW-1 Turn the flow back on"]
    assert f"/admin/guides/guide/{guide.pk}/change/#samples-group" in links(report(curator, "untested"))


def test_outcomes_are_counted_and_a_rate_is_shown_from_twenty_on(curator: Client, guide: Guide) -> None:
    tried(guide, "worked", 10)
    assert rows_of(curator, "unhelpful") == []
    tried(guide, "same", 6)
    tried(guide, "could-not", 3)
    assert rows_of(curator, "unhelpful") == [["FLOW-1 Turn the flow back on", "19", "10", "6", "0", "3", "Too few"]]
    tried(guide, "new")
    assert rows_of(curator, "unhelpful")[0][-1] == "50 % (30 to 70 %)"


def test_outcomes_of_long_ago_do_not_count(curator: Client, guide: Guide) -> None:
    tried(guide, "same", 30, created=timezone.now() - 200 * DAY)
    assert rows_of(curator, "unhelpful") == []


def test_guides_with_open_reports_of_readers_lead_to_the_queue(curator: Client, guide: Guide) -> None:
    for number in range(3):
        Flag.objects.report("FLOW-1", "", f"whale {number}", guide.live_id or 0)
    Flag.objects.report("FLOW-2", "", "whale", guide.live_id or 0)
    flag = Flag.objects.get(guide="FLOW-2")
    flag.close(by=None)
    flag.save()
    assert [row[:2] for row in rows_of(curator, "flagged")] == [["FLOW-1 Turn the flow back on", "3"]]
    assert "/admin/cases/flag/?state=open&q=FLOW-1" in links(report(curator, "flagged"))


def test_questions_that_many_are_not_sure_about_are_named(curator: Client, guide: Guide) -> None:
    tried(guide, "same", 12, evidence="code=X&q.flow-on=off")
    tried(guide, "same", 7, evidence="q.flow-on=unsure")
    assert "people were not sure" not in str(rows_of(curator, "questions"))
    tried(guide, "worked", 1, evidence="q.flow-on=unsure&tried=FIX-1.same")
    assert "8 of 20 people were not sure." in str(rows_of(curator, "questions"))


def test_a_question_that_no_guide_speaks_of_is_named(curator: Client) -> None:
    data = {"slug": "weather", "order": 50, "text": "Is it raining?"}
    choices = [{"slug": word, "text": word, "summary": word, "normal": "usually"} for word in ("yes", "no")]
    publishing.load([document("question", {**data, "choices": choices})])
    (row,) = [row for row in rows_of(curator, "questions") if row[0] == "Is it raining?"]
    assert row[1].startswith("No guide says anything about “Is it raining?”, so it is never asked.")


def test_every_row_has_something_to_do(curator: Client, guide: Guide) -> None:
    make_error()
    make_missed()
    ErrorCode.objects.create(token="NobodyKnows")
    Flag.objects.report("FLOW-1", "", "whale", guide.live_id or 0)
    tried(guide, "same", 30, evidence="q.flow-on=unsure")
    Suggestion.objects.create(guide="FLOW-1", mitigation="FIX-1", word="usually", fits="rarely", seen=1, of=30)
    Guide.objects.update(review_by=timezone.localdate())
    Sample.objects.all().delete()
    for slug in REPORTS:
        context = report(curator, slug).context
        assert context["rows"]
        assert all(row["actions"] for row in context["rows"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_a_fixed_number_of_questions(
    curator: Client, guide: Guide, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_error(number)
        make_missed(f"zork {number}")
        code = ErrorCode.objects.create(token=f"Unknown{number}")
        owner = User.objects.create(username=f"olga {number}")
        row = Guide.objects.create(
            reference=f"FLOW-{number + 10}", slug=f"g{number}", owner=owner, review_by=timezone.localdate()
        )
        row.codes.add(code)
        Flag.objects.report(row.reference, "", "whale", guide.live_id or 0)
    knowledge.current()
    with django_assert_max_num_queries(22 if address == "/admin/reports/" else 10):
        assert curator.get(address).status_code == 200

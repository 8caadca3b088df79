"""What a report may say: nobody can use one to write to strangers, and what is wrong is said in plain words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.repair_tips.failures import NOW, a_report
from troubleshooter.repair_tips.models import Sender
from troubleshooter.repair_tips.reports import FailedOnce, NotTakenError, checked

RUN = "https://make.powerautomate.com/environments/1/flows/2/runs/3"


def sender() -> Sender:
    return Sender(
        name="Finance",
        recipient_domains="contoso.com\nFabrikam.com",
        run_hosts="make.powerautomate.com\n10.0.0.5\n[::1]\nlocalhost",
    )


def check(**fields: str) -> FailedOnce:
    return checked(sender(), a_report(**fields), NOW)


def refused(**fields: str) -> dict[str, str]:
    with pytest.raises(NotTakenError) as caught:
        check(**fields)
    return dict(caught.value.refused)


@pytest.mark.parametrize("address", ["anna@contoso.com", " anna.o'hara+flows@FABRIKAM.com "])
def test_one_plain_address_of_an_allowed_domain_is_taken(address: str) -> None:
    assert check(owner_email=address).owner == address.strip()


def test_without_an_address_a_report_is_still_taken() -> None:
    assert check(owner_email="").owner == ""


@pytest.mark.parametrize(
    "address",
    [
        "Anna <anna@contoso.com>",
        "anna@contoso.com,bob@contoso.com",
        "anna@contoso.com;bob@contoso.com",
        "anna@contoso.com bob@contoso.com",
        "anna@contoso.com\r\nBcc: bob@evil.example",
        "anna@contoso.com\n",
        "anna\x00@contoso.com",
        '"a,b"@contoso.com',
        "bob@evil.example@contoso.com",
        "anna@contoso.com.",
        ".anna@contoso.com",
        "anna",
        "@contoso.com",
        "a" * 65 + "@contoso.com",
        "änna@contoso.com",
        "anna@ｃontoso.com",
        "anna@[10.0.0.1]",
        "\ud800@contoso.com",
        "bob%evil.example@contoso.com",
        "anna%0abcc@contoso.com",
        "evil.example!bob@contoso.com",
        "|id@contoso.com",
        "/tmp/file@contoso.com",
    ],
)
def test_what_is_not_exactly_one_plain_address_is_refused(address: str) -> None:
    assert "exactly one plain address" in refused(owner_email=address)["owner_email"]


@pytest.mark.parametrize("address", ["anna@evil.example", "anna@sub.contoso.com", "anna@contoso.com.evil.example"])
def test_strangers_get_no_mail(address: str) -> None:
    assert "may not go to this domain" in refused(owner_email=address)["owner_email"]


def test_the_link_to_a_run_is_kept_without_query_and_fragment() -> None:
    assert check(run_url=f"{RUN}?token=secret&v=3#top").run_url == RUN
    assert check(run_url="HTTPS://Make.PowerAutomate.com:443/environments/ä b".replace(" ", "%20")).run_url == (
        "https://make.powerautomate.com/environments/%C3%A4%20b"
    )
    assert check(run_url="").run_url == ""


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://make.powerautomate.com/x",
        "//make.powerautomate.com/x",
        "make.powerautomate.com/x",
        "https://",
        "https:///x",
        "https://make.powerautomate.com\\@evil.example/",
        "https://make.powerautomate.com /x",
        "https://make.powerautomate.com/\r\nX: y",
        "https://[make.powerautomate.com/x",
        "https://make.powerautomate.com:http/x",
    ],
)
def test_what_is_no_whole_web_address_is_refused(url: str) -> None:
    assert "whole address of the run" in refused(run_url=url)["run_url"]


@pytest.mark.parametrize(
    "url",
    [
        "https://anna:pw@make.powerautomate.com/x",
        "https://make.powerautomate.com@evil.example/x",
        "https://make.powerautomate.com:8443/x",
        "http://make.powerautomate.com:443/x",
    ],
)
def test_a_link_holds_no_user_and_no_port(url: str) -> None:
    assert "no user name and no port" in refused(run_url=url)["run_url"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "make.powerautomate.com.evil.example",
        "evil-make.powerautomate.com",
        "make.powerautomate.com%2eevil.example",
        "ｍake.powerautomate.com",
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "169.254.169.254",
    ],
)
def test_a_link_to_another_site_is_refused(host: str) -> None:
    assert "may not go to this site" in refused(run_url=f"https://{host}/x")["run_url"]


@pytest.mark.parametrize("host", ["10.0.0.5", "localhost", "[::1]"])
def test_a_link_into_a_private_network_is_refused_even_where_staff_allowed_it(host: str) -> None:
    assert "may not go to this site" in refused(run_url=f"https://{host}/x")["run_url"]


@pytest.mark.parametrize("person", ["anna@contoso.com", "anna%40contoso.com"])
def test_a_link_holds_no_address_of_a_person(person: str) -> None:
    assert "address of a person" in refused(run_url=f"{RUN}/{person}")["run_url"]


@pytest.mark.parametrize("field", ["flow_id", "run_id", "environment"])
def test_ids_hold_no_address_of_a_person(field: str) -> None:
    assert "address of a person" in refused(**{field: "of anna@contoso.com"})[field]


def test_everything_wrong_is_said_at_once() -> None:
    wrong = refused(flow_id="", run_id="a\nb", environment="e" * 201, owner_email="x", run_url="x", occurred_at="x")
    assert wrong.keys() == {"flow_id", "run_id", "environment", "owner_email", "run_url", "occurred_at"}
    assert wrong["flow_id"] == "This is needed."


@pytest.mark.parametrize("text", ["a\x00b", "a\r\nb", "a\u202eb", "\ud800"])
def test_ids_hold_no_characters_that_cannot_be_seen(text: str) -> None:
    assert refused(run_id=text).keys() == {"run_id"}


def test_the_name_of_a_flow_is_one_line_without_what_is_personal() -> None:
    assert (
        check(flow_name="Invoices\r\nX-Spam: y\x00 for anna@contoso.com").flow_name == "Invoices X-Spam: y for [email]"
    )
    assert check(flow_name="a\u202eb\u2028c\ud800").flow_name == "a b c"
    assert len(check(flow_name="word " * 1_000).flow_name) <= 200
    assert check(flow_name=" \n").flow_name == "Unnamed flow"


@pytest.mark.parametrize(
    ("text", "utc", "offset"),
    [
        ("2026-03-09T08:15:00Z", "08:15", 0),
        ("2026-03-09T08:15:00.1234567Z", "08:15", 0),
        ("2026-03-09T09:15:00+01:00", "08:15", 60),
        ("2026-03-08T23:45:00-08:30", "08:15", -510),
        ("2026-03-09T08:15:00", "08:15", 0),
        ("2026-03-09 08:15", "08:15", 0),
    ],
)
def test_times_are_understood_with_and_without_a_zone(text: str, utc: str, offset: int) -> None:
    failed = check(occurred_at=text)
    assert (f"{failed.occurred:%H:%M}", failed.occurred.tzinfo, failed.offset, failed.notes) == (utc, UTC, offset, ())


@pytest.mark.parametrize(
    "text",
    [
        (NOW - timedelta(days=31)).isoformat(),
        (NOW + timedelta(minutes=11)).isoformat(),
        "2025-03-09T08:15:00Z",
        "2027-03-09T08:15:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_a_clock_that_is_wrong_gives_way_to_the_time_of_the_report(text: str) -> None:
    failed = check(occurred_at=text)
    assert failed.occurred == NOW
    assert "we used the time of the report" in failed.notes[0]


def test_a_small_lead_of_the_clock_is_believed() -> None:
    assert check(occurred_at=(NOW + timedelta(minutes=9)).isoformat()).occurred > NOW


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "09.03.2026",
        "1741508100",
        "2026-13-01T00:00:00Z",
        "\ud800",
        "2026-03-09T25:00",
        "2026-03-09T08:15:00+23:59:59",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert "Write the time like" in refused(occurred_at=text)["occurred_at"]


def test_without_a_time_it_is_that_of_the_report() -> None:
    assert check(occurred_at="").occurred == NOW == datetime(2026, 3, 9, 8, 20, tzinfo=UTC)

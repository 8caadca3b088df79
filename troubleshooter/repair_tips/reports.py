"""What a flow says of a failed run, checked, so that nobody uses a report to write or link to where we should not."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from troubleshooter.diagnosis.redact import redact
from troubleshooter.repair_tips.models import Sender
from troubleshooter.repair_tips.models.flow import MAX_ID, MAX_NAME
from troubleshooter.repair_tips.models.problem import MAX_URL

OLDEST = timedelta(days=30)
NEWEST = timedelta(minutes=10)
"""How far a reporter's clock may be ahead of ours."""

MAX_ADDRESS = 254
UNNAMED = "Unnamed flow"

FARTHEST = timedelta(hours=15)
"""No zone of the world is as far from UTC, either way."""

_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.#$&'*+=?^_`{}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
"""Without % ! | and /, which some mail servers read as a way to another server, a program or a file."""
_PORTS = {"http": 80, "https": 443}
_SAFE_IN_PATH = "/%:!$&'()*+,;=~"

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Report:
    """One failed run as a flow reports it; nothing of it is trusted. `error` is a text, or JSON of Power Automate."""

    flow_id: str
    run_id: str
    error: Any
    flow_name: str = ""
    environment: str = ""
    run_url: str = ""
    owner_email: str = ""
    occurred_at: str = ""


class Refused(NamedTuple):
    """What is wrong with one field of a report, in a sentence for the person who built the flow."""

    field: str
    sentence: str


class NotTakenError(Exception):
    """A report that is refused as a whole, with everything that is wrong with it."""

    def __init__(self, refused: tuple[Refused, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in refused))
        self.refused = refused


@dataclass(frozen=True, kw_only=True)
class FailedOnce:
    """A report that was checked. `owner` and `run_url` are "" where none was given; `occurred` is UTC."""

    flow_id: str
    run_id: str
    flow_name: str
    environment: str
    run_url: str
    owner: str
    occurred: datetime
    offset: int
    """Minutes east of UTC in which the time was given."""
    notes: tuple[str, ...]


class _Time(NamedTuple):
    told: datetime
    """In the zone in which it was told."""
    notes: tuple[str, ...] = ()


class _WrongError(ValueError):
    """Says what is wrong with a field."""


@dataclass
class _Fields:
    """Checks field after field, so that everything wrong is said at once."""

    refused: list[Refused] = field(default_factory=list)

    def take(self, name: str, check: Callable[[], T], otherwise: T) -> T:
        try:
            return check()
        except _WrongError as wrong:
            self.refused.append(Refused(name, str(wrong)))
            return otherwise


def checked(sender: Sender, report: Report, now: datetime) -> FailedOnce:
    """The report with all that may be kept of it. Raises NotTakenError."""
    fields = _Fields()
    when = fields.take("occurred_at", lambda: _time(report.occurred_at, now), _Time(now))
    failed = FailedOnce(
        flow_id=fields.take("flow_id", lambda: _identifier(report.flow_id, required=True), ""),
        run_id=fields.take("run_id", lambda: _identifier(report.run_id, required=True), ""),
        environment=fields.take("environment", lambda: _identifier(report.environment), ""),
        flow_name=redact(one_line(report.flow_name)[: 2 * MAX_NAME]).text[:MAX_NAME] or UNNAMED,
        run_url=fields.take("run_url", lambda: _run_url(sender, report.run_url), ""),
        owner=fields.take("owner_email", lambda: _owner(sender, report.owner_email), ""),
        occurred=when.told.astimezone(UTC),
        offset=round((when.told.utcoffset() or timedelta()).total_seconds() / 60),
        notes=when.notes,
    )
    if fields.refused:
        raise NotTakenError(tuple(fields.refused))
    return failed


def one_line(text: str) -> str:
    """The text without line breaks, and without characters that nobody sees or that turn a line round."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _identifier(text: str, *, required: bool = False) -> str:
    text = text.strip()
    if required and not text:
        raise _WrongError("This is needed.")
    if len(text) > MAX_ID:
        raise _WrongError(f"This may have at most {MAX_ID} characters.")
    if not text.isprintable():
        raise _WrongError("This may not hold line breaks or other control characters.")
    if "@" in text:
        raise _WrongError("This may not hold an address of a person. Send the id that Power Automate gives.")
    return text


def _time(text: str, now: datetime) -> _Time:
    """When the run failed, in the zone that was given; the time of arrival where that cannot be."""
    if not text.strip():
        return _Time(now, ("No time was given, so we used the time of the report.",))
    wrong = "Write the time like 2026-03-09T08:15:00Z or 2026-03-09T09:15:00+01:00."
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        raise _WrongError(wrong) from None
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    if abs(told.utcoffset() or timedelta()) >= FARTHEST:
        raise _WrongError(wrong)
    try:
        credible = now - OLDEST <= told.astimezone(UTC) <= now + NEWEST
    except OverflowError:  # before the first or after the last day of the calendar
        credible = False
    if not credible:
        note = f"The time was more than {OLDEST.days} days ago or not yet come, so we used the time of the report."
        return _Time(now.astimezone(told.tzinfo), (note,))
    return _Time(told)


def _owner(sender: Sender, text: str) -> str:
    """One plain address to which this sender may write; "" for none."""
    if not text.strip(" "):
        return ""
    wrong = "Give exactly one plain address, such as anna@contoso.com, without a name."
    address = text.strip(" ")
    if len(address) > MAX_ADDRESS or not _PLAIN_ADDRESS.fullmatch(address):
        raise _WrongError(wrong)
    try:
        validate_email(address)
    except ValidationError:
        raise _WrongError(wrong) from None
    if not sender.may_write_to(address):
        raise _WrongError("Mail may not go to this domain. Ask the support team to allow it for this sender.")
    return address


def _run_url(sender: Sender, text: str) -> str:
    """A link to a run at a site of this sender, without query and fragment; "" for none."""
    text = text.strip(" ")
    if not text:
        return ""
    wrong = "Give the whole address of the run, such as https://make.powerautomate.com/…"
    if not text.isprintable() or "\\" in text or " " in text:
        raise _WrongError(wrong)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _WrongError(wrong) from None
    if parts.scheme not in _PORTS or not host:
        raise _WrongError(wrong)
    if "@" in parts.netloc or port not in (None, _PORTS[parts.scheme]):
        raise _WrongError("The address of the run may hold no user name and no port.")
    if not sender.may_link_to(host) or not _is_public(host):
        raise _WrongError("Links may not go to this site. Ask the support team to allow it for this sender.")
    if "@" in unquote(parts.path):
        raise _WrongError("The address of the run may not hold an address of a person.")
    url = urlunsplit((parts.scheme, host, quote(parts.path, safe=_SAFE_IN_PATH), "", ""))
    if len(url) > MAX_URL:
        raise _WrongError(f"The address of the run may have at most {MAX_URL} characters.")
    return url


def _is_public(host: str) -> bool:
    """False for addresses of private networks and of this machine, even where a list of sites holds them."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.rpartition(".")[2][:1].isdigit()

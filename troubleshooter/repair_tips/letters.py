"""One letter about a failed run, as HTML and as plain text: what went wrong, and the way to the fix.

Nothing personal is in it but the address it goes to, and nothing that tells us whether it was read.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from guides.knowledge import Knowledge
from troubleshooter.cases.formats import from_anywhere
from troubleshooter.repair_tips import opting
from troubleshooter.repair_tips.contents import RESUBMIT, contents
from troubleshooter.repair_tips.models import Letter
from troubleshooter.repair_tips.models.problem import worst_first
from troubleshooter.repair_tips.plain_text import plain_text

_PICTURE = re.compile(r'<img(?:\s+[\w-]+(?:="[^"]*")?)*\s*/?>')


def write(letter: Letter, known: Knowledge, now: datetime) -> EmailMultiAlternatives | None:
    """The letter as it goes out; None where nobody may or wants to get it any more."""
    flow, problems = letter.flow, worst_first(letter.problems.all())
    if not (problems and flow.owner and flow.sender.may_write_to(flow.owner)) or opting.is_off(flow):
        return None
    shown = contents(letter, problems, known)
    message = EmailMultiAlternatives(shown.subject, plain_text(shown), to=[flow.owner], headers=_headers(letter, now))
    html = render_to_string("repair_tips/letter.html", {"letter": shown, "resubmit": RESUBMIT})
    message.attach_alternative(_PICTURE.sub("", from_anywhere(html, letter.root)), "text/html")
    return message


def _headers(letter: Letter, now: datetime) -> dict[str, str]:
    """The Message-ID is the same however often a letter is sent, so that mail programs can tell that it is one."""
    host = urlsplit(letter.root).hostname
    return {
        "Message-ID": f"<repair-tip-{letter.pk}-{letter.created:%Y%m%d%H%M%S%f}@{host}>",
        "Date": format_datetime(now),
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "List-Unsubscribe": f"<{opting.one_click_link(letter)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }

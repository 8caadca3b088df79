"""The entry point of web servers. All that comes in is read as UTF-8."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "troubleshooter.settings")

_CHARSET = re.compile(r""";\s*charset\*?\s*=\s*(?:"[^"]*"|[^;]*)""", re.IGNORECASE)

_django = get_wsgi_application()

from troubleshooter.repair_tips import outbox  # noqa: E402 - its tables are only there once Django is set up

outbox.wake()  # for letters that were left when the last process ended


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site, blind to the charset that a request claims.

    Our pages make browsers send UTF-8. Django would decode with any codec named there: some break the reading of an
    address before our error pages can answer, others make texts that no page can show.
    """
    environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE") or "")
    return _django(environ, start_response)

"""A report as a CSV file that spreadsheets open rightly: UTF-8 with a mark, and no text that they would work out."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse

from troubleshooter.insights.reports import Asked, Report
from troubleshooter.insights.reports.shape import Words

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(report: Report, asked: Asked) -> HttpResponse:
    """The same cells as on the page, all rows, with the addresses of nothing."""
    rows = ([cell.text for cell in report.row(asked, thing).cells] for thing in report.find(asked))
    return csv_file(report.slug, [column.title for column in report.columns], rows)


def csv_file(name: str, headings: Iterable[Words], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A file of this name to save."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow([str(heading) for heading in headings])
    for row in rows:
        writer.writerow([_plain(str(cell)) for cell in row])
    return response


def _plain(text: str) -> str:
    """A text that a spreadsheet shows and does not work out."""
    return f"'{text}" if text.startswith(_FORMULA) else text

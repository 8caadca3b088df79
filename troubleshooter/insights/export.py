"""A report as a CSV file that spreadsheets open rightly: UTF-8 with a mark, and no text that they would work out."""

from __future__ import annotations

import csv

from django.http import HttpResponse

from troubleshooter.insights.reports import Asked, Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(report: Report, asked: Asked) -> HttpResponse:
    """The same cells as on the page, all rows, with the addresses of nothing."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{report.slug}.csv"'
    writer = csv.writer(response)
    writer.writerow([str(column.title) for column in report.columns])
    for thing in report.find(asked):
        writer.writerow([_plain(cell.text) for cell in report.row(asked, thing).cells])
    return response


def _plain(text: str) -> str:
    """A text that a spreadsheet shows and does not work out."""
    return f"'{text}" if text.startswith(_FORMULA) else text

"""The workbook inside a chart (图表数据): what “edit data” opens in Word."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from steelyard.report.model.blocks import Chart, Series

SHEET = "Sheet1"


def column_name(number: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> column_name(1), column_name(26)
    ('B', 'AA')
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def chart_book(chart: Chart, series: tuple[Series, ...]) -> bytes:
    """Return a workbook with the values of a chart, always the same bytes.

    Args:
        chart: Gives the categories.
        series: One column each.
    """
    out = io.BytesIO()
    # Names come from outside: none of them may calculate or lead anywhere.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    sheet = book.add_worksheet(SHEET)
    for row, category in enumerate(chart.categories, start=1):
        sheet.write_string(row, 0, category[:32_767])
    for column, each in enumerate(series, start=1):
        sheet.write_string(0, column, each.name[:32_767])
        for row, point in enumerate(each.points, start=1):
            if point.value is not None:
                # Workbooks know binary numbers only: the nearest one.
                sheet.write_number(row, column, point.value.numerator / point.value.denominator)
    book.close()
    return out.getvalue()

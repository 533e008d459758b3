"""A workbook that hands out its rows block by block (工作簿).

Holds sheets, formats and how one typed value is written. Floats begin here:
workbooks know no other numbers.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from steelyard.measure.nothing import MISSING, Nothing
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, Unit
from steelyard.report.book_cells import kept

Headers = Sequence[tuple[str, int]]
"""Column headings with their widths in characters."""


def binary(value: Fraction) -> float:
    """Return the nearest binary number: workbooks know no other."""
    return value.numerator / value.denominator


class Looks:
    """Formats, made once (格式)."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1}
        self.book, self.base = book, base
        wrap = {**base, "text_wrap": True}
        self.text = book.add_format(wrap)
        self.level = book.add_format({**wrap, "align": "center", "bold": True})
        self.head = book.add_format(
            {**wrap, "align": "center", "bold": True, "bg_color": "#DCE6F1"}
        )
        self.title = book.add_format(
            {
                "font_name": "宋体",
                "font_size": 16,
                "bold": True,
                "align": "center",
                "valign": "vcenter",
            }
        )
        self.score = book.add_format({**base, "num_format": "0.00##", "align": "center"})
        self.total = book.add_format(
            {**base, "num_format": "0.00", "align": "center", "bold": True, "bg_color": "#DCE6F1"}
        )
        self.percent = book.add_format({**base, "num_format": "0.00%", "align": "center"})
        self.date = book.add_format({**base, "num_format": "yyyy-mm-dd"})
        self.alarm = book.add_format({**wrap, "font_color": "#C00000", "bold": True})
        self.numbers: dict[str, Format] = {}

    def number(self, value: Quantity) -> Format:
        """Return the format that prints a figure as it was written."""
        places = 2 if value.places is None else value.places
        pattern = "0" if places == 0 else "0." + "0" * places
        if value.unit is PERCENT:
            pattern += "%"
        if pattern not in self.numbers:
            self.numbers[pattern] = self.book.add_format({**self.base, "num_format": pattern})
        return self.numbers[pattern]


class Book:
    """An .xlsx file in the making (工作簿)."""

    def __init__(self, title: str) -> None:
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True})
        # The same content must give the same bytes.
        self.book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        self.looks = Looks(self.book)
        self.sheets: dict[str, Worksheet] = {}
        self.next: dict[str, int] = {}

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet, made when first asked for."""
        if name not in self.sheets:
            self.sheets[name] = self.book.add_worksheet(name)
            self.next[name] = 0
        return self.sheets[name]

    def take(self, name: str, rows: int) -> int:
        """Give out rows of a sheet; return the first."""
        self.sheet(name)
        first = self.next[name]
        self.next[name] = first + rows
        return first

    def close(self) -> bytes:
        """Return the finished file."""
        self.book.close()
        return self.out.getvalue()

    def headers(self, name: str, row: int, headers: Headers) -> None:
        """Write column headings, and freeze them when they are the sheet's first."""
        sheet = self.sheet(name)
        for index, (header, width) in enumerate(headers):
            sheet.write_string(row, index, header, self.looks.head)
            sheet.set_column(index, index, width)
        if row == 0:
            sheet.freeze_panes(1, 0)

    def value(self, name: str, row: int, column: int, value: Value, unit: Unit) -> None:
        """Write one typed value; what is missing stays blank."""
        sheet = self.sheet(name)
        match value:
            case Quantity():
                held = kept(value, unit)
                sheet.write_number(row, column, binary(held.amount), self.looks.number(value))
            case Nothing():
                sheet.write(row, column, None if value is MISSING else "—", self.looks.text)
            case bool():
                sheet.write_boolean(row, column, value, self.looks.text)
            case date():
                sheet.write_datetime(row, column, datetime.combine(value, time()), self.looks.date)
            case str():
                sheet.write_string(row, column, value, self.looks.text)

    def lines(self, name: str, headers: Headers, rows: Sequence[tuple[str, ...]]) -> None:
        """Write a block of texts under its headings."""
        first = self.take(name, len(rows) + 2)
        self.headers(name, first, headers)
        sheet = self.sheet(name)
        for row, texts in enumerate(rows, start=first + 1):
            for index, text in enumerate(texts):
                sheet.write_string(row, index, text, self.looks.text)

"""A workbook that hands out its rows block by block (工作簿).

Holds sheets, formats and how one typed value is written. Floats begin here:
workbooks know no other numbers. A text is only ever a text: what looks like a
formula or a link stays as it was written.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from steelyard.measure.nothing import MISSING, Nothing
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, Unit
from steelyard.report.workbook.book_cells import kept

Headers = Sequence[tuple[str, int]]
"""Column headings with their widths in characters."""

HEAD, INPUT, COMPUTED, MARKED = "#DCE6F1", "#FFFBE0", "#EEF6EC", "#F8CBAD"
"""Fills: headings and totals, typed cells, cells with a formula, figures that do not add up."""

SHOWN = "#FFFFFF"
"""The fill of a figure that is neither typed here nor computed."""

A4 = 9
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
LONGEST_LIST = 255
TALLEST = 409.0
LINE, PADDING, TITLE = 14.5, 4.0, 30.0
"""Heights in points: of a line in the font of the cells, around them, of a title."""

# Excel refuses these in a sheet's name; in East Asia the wide ones as well.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\［］：＊？／＼\x00-\x1f]")
_RESERVED = ("History",)


def binary(value: Fraction) -> float:
    """Return the nearest binary number: workbooks know no other."""
    return value.numerator / value.denominator


def columns(text: str) -> int:
    """Return the width of a text in characters; an East Asian one takes two.

    >>> columns("得分=2")
    6
    """
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def lines(text: str, width: int) -> int:
    """Estimate how many lines a text takes in a column, rather too many than too few.

    >>> lines("数据状态", 8), lines("得分", 8)
    (2, 1)
    """
    room = max((width - 1) // 2 * 2, 2)
    return sum(max(1, -(-columns(part) // room)) for part in text.split("\n"))


class Looks:
    """Formats, made once (格式)."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.numbers: dict[tuple[str, str], Format] = {}
        strong = {"align": "center", "bold": True}
        score = {"num_format": "0.00##", "align": "center"}
        self.text = self._made(text_wrap=True)
        self.middle = self._made(text_wrap=True, align="center")
        self.entry = self._made(text_wrap=True, bg_color=INPUT)
        self.formula = self._made(text_wrap=True, bg_color=COMPUTED)
        self.verdict = self._made(text_wrap=True, bg_color=INPUT, align="center")
        self.level = self._made(text_wrap=True, **strong)
        self.head = self._made(text_wrap=True, bg_color=HEAD, **strong)
        self.title = self._made(text_wrap=True, **strong, border=0, font_size=16)
        self.date = self._made(num_format="yyyy-mm-dd", align="center", bg_color=INPUT)
        self.score = self._made(**score)
        self.live = self._made(**score, bg_color=COMPUTED)
        self.percent = self._made(num_format="0.00%", align="center", bg_color=COMPUTED)
        self.state = self._made(text_wrap=True, align="center", bg_color=COMPUTED)
        self.total = self._made(num_format="0.00", bg_color=HEAD, **strong)
        self.total_rate = self._made(num_format="0.00%", bg_color=HEAD, **strong)
        self.alarm = self._made(text_wrap=True, font_color="#C00000", bold=True)
        self.marked = self._made(text_wrap=True, bg_color=MARKED, align="right")
        self.nothing = self._made(text_wrap=True, bg_color=INPUT, align="right")
        self.right = self._made(text_wrap=True, align="right")
        self.band = self._made(text_wrap=True, bold=True)
        self.unit = self._made(text_wrap=True, align="right", border=0)
        self.note = self._made(text_wrap=True, border=0)

    def _made(self, **wanted: object) -> Format:
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1}
        return self.book.add_format({**base, **wanted})

    def filled(self, fill: str) -> Format:
        """Return the format of a text on a fill."""
        return self._made(text_wrap=True, bg_color=fill)

    def number(self, value: Quantity, fill: str) -> Format:
        """Return the format that prints a figure as it was written."""
        places = 2 if value.places is None else value.places
        pattern = "0" if places == 0 else "0." + "0" * places
        if value.unit is PERCENT:
            pattern += "%"
        if (pattern, fill) not in self.numbers:
            self.numbers[pattern, fill] = self._made(
                num_format=pattern, bg_color=fill, align="right"
            )
        return self.numbers[pattern, fill]


@dataclass(slots=True)
class Layout:
    """What a sheet needs to be laid out when it is finished (版面)."""

    next: int = 0
    """The first row not given out."""

    widths: dict[int, int] = field(default_factory=dict)
    texts: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    """For every row the texts that may wrap, with their first and last columns."""

    titles: set[int] = field(default_factory=set)

    def height(self, row: int) -> float:
        """Return the height of a row: what the text that needs most takes."""
        needed = [
            lines(text, sum(self.widths.get(column, 8) for column in range(first, last + 1)))
            for first, last, text in self.texts[row]
        ]
        return min(LINE * max(needed, default=1) + PADDING, TALLEST)


class Book:
    """An .xlsx file in the making (工作簿)."""

    def __init__(self, title: str, fixed: Collection[str]) -> None:
        """Begin a file.

        Args:
            title: What it is called.
            fixed: Names of sheets that no table may take.
        """
        self.out = io.BytesIO()
        # Texts come from outside: none of them may calculate or lead anywhere.
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.out, options)
        # The same content must give the same bytes.
        self.book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        self.looks = Looks(self.book)
        self.fixed = fixed
        self.sheets: dict[str, Worksheet] = {}
        self.layouts: dict[str, Layout] = {}
        self.named: dict[str, str] = {}

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet, made when first asked for, ready to be printed."""
        if name not in self.sheets:
            sheet = self.book.add_worksheet(name)
            sheet.set_landscape()
            sheet.set_paper(A4)
            sheet.fit_to_pages(1, 0)
            sheet.center_horizontally()
            sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
            sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
            self.sheets[name], self.layouts[name] = sheet, Layout()
        return self.sheets[name]

    def table_sheet(self, table: str) -> str:
        """Return the name of a table's sheet: one that workbooks take, and no other's."""
        if table not in self.named:
            taken = {_folded(name) for name in (*self.fixed, *_RESERVED)}
            bare = _folded(_clean(table)) not in taken
            wanted = table if bare else f"{_clean(table)}表"
            self.named[table] = free_name(wanted, (*self.fixed, *self.named.values()))
        return self.named[table]

    def take(self, name: str, rows: int) -> int:
        """Give out rows of a sheet; return the first."""
        self.sheet(name)
        first = self.layouts[name].next
        self.layouts[name].next = first + rows
        return first

    def close(self) -> bytes:
        """Return the finished file."""
        for name, layout in self.layouts.items():
            sheet = self.sheets[name]
            for column, width in layout.widths.items():
                sheet.set_column(column, column, width)
            for row in layout.texts:
                sheet.set_row(row, layout.height(row))
            for row in layout.titles:
                sheet.set_row(row, TITLE)
        self.book.close()
        return self.out.getvalue()

    def headers(self, name: str, row: int, headers: Headers, fixed: int = 0) -> None:
        """Write column headings; the sheet's first stay in sight, and on every printed page.

        Args:
            name: The sheet.
            row: Where they stand.
            headers: The headings.
            fixed: Columns at the left that stay in sight, too.
        """
        sheet, layout = self.sheet(name), self.layouts[name]
        for index, (header, width) in enumerate(headers):
            layout.widths[index] = max(width, layout.widths.get(index, 0))
            self.text(name, row, index, header, self.looks.head)
        if all(above in layout.titles for above in range(row)):
            sheet.freeze_panes(row + 1, fixed)
            sheet.repeat_rows(0, row)

    def text(self, name: str, row: int, column: int, text: str, look: Format | None = None) -> None:
        """Write a text that wraps in its column."""
        sheet, look = self.sheet(name), look or self.looks.text
        self.layouts[name].texts.setdefault(row, []).append((column, column, text))
        if text:
            sheet.write_string(row, column, _clipped(text), look)
        else:
            sheet.write_blank(row, column, None, look)

    def title(self, name: str, row: int, last: int, text: str) -> None:
        """Write a title over the columns up to the last."""
        self.layouts[name].titles.add(row)
        self.merged(name, (row, 0, row, last), text, self.looks.title)

    def merged(
        self, name: str, area: tuple[int, int, int, int], text: str, look: Format | None = None
    ) -> None:
        """Write a text over several cells: first row and column, last row and column."""
        first, left, last, right = area
        look = look or self.looks.level
        if (first, left) == (last, right):
            self.text(name, first, left, text, look)
            return
        self.sheet(name).merge_range(first, left, last, right, "", look)
        self.sheet(name).write_string(first, left, _clipped(text), look)
        if first == last:
            self.layouts[name].texts.setdefault(first, []).append((left, right, text))

    def value(
        self, name: str, row: int, column: int, value: Value, unit: Unit, *, fill: str = INPUT
    ) -> None:
        """Write one typed value; what is missing stays blank.

        Args:
            name: The sheet.
            row: Of the cell.
            column: Of the cell.
            value: What was typed.
            unit: In which a figure is kept.
            fill: Behind a figure, or behind the mark that there is none.
        """
        sheet, looks = self.sheet(name), self.looks
        match value:
            case Quantity():
                amount = binary(kept(value, unit).amount)
                sheet.write_number(row, column, amount, looks.number(value, fill))
            case Nothing():
                text = "" if value is MISSING else str(value)
                look = looks.marked if fill == MARKED else looks.verdict
                self.text(name, row, column, text, look)
            case bool():
                sheet.write_boolean(row, column, value, looks.verdict)
            case date():
                sheet.write_datetime(row, column, datetime.combine(value, time()), looks.date)
            case str():
                self.text(name, row, column, value, looks.entry)

    def offer(self, name: str, rows: tuple[int, int], column: int, words: Sequence[str]) -> None:
        """Offer a closed list of words in the cells of a column, and take no other."""
        # A list stands in the file with commas and in quotes, and has no way to write either.
        plain = not any(mark in word for word in words for mark in ',"')
        if words and plain and len(",".join(words).encode("utf-16-le")) // 2 <= LONGEST_LIST:
            options = {
                "validate": "list",
                "source": list(words),
                "error_title": "请从列表中选取",
                "error_message": f"只能填：{'、'.join(words)}。"[:200],
            }
            self.sheet(name).data_validation(rows[0], column, rows[1], column, options)

    def counted(self, name: str, row: int, column: int) -> None:
        """Take only a whole number from nought in a cell."""
        options = {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_title": "请填处数",
            "error_message": "请填不小于零的整数。",
        }
        self.sheet(name).data_validation(row, column, row, column, options)

    def lines(self, name: str, headers: Headers, rows: Sequence[tuple[str, ...]]) -> None:
        """Write a block of texts under its headings."""
        first = self.take(name, len(rows) + 2)
        self.headers(name, first, headers)
        for row, texts in enumerate(rows, start=first + 1):
            for index, text in enumerate(texts):
                self.text(name, row, index, text)


def _clipped(text: str) -> str:
    """Return a text that fits a cell: a longer one would be left out altogether."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 6]}……（后略）"


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that workbooks take for a sheet, and that no other sheet has."""
    clean = _clean(wanted)
    folded = {_folded(name) for name in (*taken, *_RESERVED)}
    name, number = _shortened(clean, ""), 1
    while _folded(name) in folded:
        number += 1
        name = _shortened(clean, f"({number})")
    return name


def _clean(name: str) -> str:
    """Return a name without what a sheet's name must not hold."""
    return _FORBIDDEN.sub("_", name).strip("' ") or "表"


def _folded(name: str) -> str:
    """Return a sheet's name as workbooks compare them."""
    return unicodedata.normalize("NFKC", name).casefold()


def _shortened(name: str, tail: str) -> str:
    """Return a name with its tail, short enough; workbooks count in UTF-16."""
    room = LONGEST_NAME - len(tail)
    short = name.encode("utf-16-le", "ignore")[: 2 * room].decode("utf-16-le", "ignore")
    return f"{short.rstrip(chr(39))}{tail}"

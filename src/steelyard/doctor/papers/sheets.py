"""Sheets that are read on a screen and printed on A4 paper (工作表).

A text is only ever a text: what looks like a formula or a link stays as it was
written.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State
from steelyard.doctor.papers.wrapping import width

Cell = str | int | None
Heads = Sequence[tuple[str, int]]
"""Column headings with their widths in characters."""

_FILLS = {
    Severity.ERROR: "#F8CBAD",
    Severity.QUESTION: "#FFE699",
    Severity.HINT: "#DDEBF7",
}
_STATE_FILLS = {
    State.VERIFIED: "#E2EFDA",
    State.CONSISTENT: "#DDEBF7",
    State.CONTRADICTED: "#F8CBAD",
    State.UNCHECKED: "#FFFFFF",
}
_A4 = 9
_LONGEST_TEXT = 32_000
_LINE, _PADDING, _TALLEST = 14, 5, 409
"""Heights in points: of a line, around the lines of a row, the tallest row."""


def begun(title: str) -> tuple[io.BytesIO, Workbook]:
    """Return what a workbook is written to, and the workbook; close it."""
    out = io.BytesIO()
    options = {
        # A ledger of a large document is written row by row and not held.
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    # The same content gives the same bytes, whenever it is written.
    book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    return out, book


class Looks:
    """Formats of one workbook, made once (格式)."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.head = self._made(bold=True, bg_color="#DCE6F1", align="center", valign="vcenter")
        self.text = self._made()
        self.middle = self._made(align="center")
        self.entry = self._made(bg_color="#FFFBE0")
        self.tick = self._made(bg_color="#FFFBE0", align="center")
        self.count = self._made(align="right", num_format="#,##0")
        self.unboxed = self._made(border=0, text_wrap=False)
        self.title = self._made(border=0, bold=True, font_size=12, text_wrap=False)
        self.severities = {key: self._filled(fill) for key, fill in _FILLS.items()}
        self.states = {key: self._filled(fill) for key, fill in _STATE_FILLS.items()}

    def _filled(self, fill: str) -> Format:
        return self._made(align="center", bg_color=fill)

    def _made(self, **wanted: object) -> Format:
        usual: dict[str, object] = {
            "font_name": "宋体",
            "font_size": 10,
            "valign": "top",
            "border": 1,
            "border_color": "#A6A6A6",
            "text_wrap": True,
        }
        return self._book.add_format({**usual, **wanted})


def lay_out(sheet: Worksheet, looks: Looks, heads: Heads, *, frozen: int) -> None:
    """Write column headings that stay in sight, and on every printed page."""
    for_paper(sheet)
    for column, (_, wide) in enumerate(heads):
        sheet.set_column(column, column, wide)
    sheet.set_row(0, 2 * _LINE)
    for column, (head, _) in enumerate(heads):
        sheet.write_string(0, column, head, looks.head)
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)


def for_paper(sheet: Worksheet) -> None:
    """Make a sheet print on A4 paper, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    # In inches, of which a workbook knows fractions only as binary numbers.
    sheet.set_margins(left=_inches(7), right=_inches(7), top=_inches(9), bottom=_inches(12))
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


def _inches(millimetres: int) -> float:
    return millimetres * 10 / 254


def write_row(sheet: Worksheet, row: int, cells: Sequence[Cell], formats: Sequence[Format]) -> None:
    """Write texts and numbers, each in its format; an empty cell keeps its look."""
    for column, (cell, look) in enumerate(zip(cells, formats, strict=True)):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, look)
        elif cell:
            sheet.write_string(row, column, clean(cell), look)
        else:
            sheet.write_blank(row, column, None, look)


def height(cells: Sequence[Cell], heads: Heads) -> int:
    """Return the height that the cell with most lines needs, rather too high than too low."""
    lines = max(
        sum(max(1, -(-width(part) // max(wide - 1, 2))) for part in cell.split("\n"))
        for cell, (_, wide) in zip(cells, heads, strict=True)
        if isinstance(cell, str)
    )
    return min(_LINE * lines + _PADDING, _TALLEST)


def clean(text: str) -> str:
    """Return a text that a cell can hold."""
    kept = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return kept if len(kept) <= _LONGEST_TEXT else f"{kept[:_LONGEST_TEXT]}……（后略）"

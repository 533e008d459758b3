"""What all sheets of an own workbook share (工作表框架): ids, headings, paper, locks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from steelyard.intake.request.ask import Request, Share
from steelyard.intake.request.entry import Lists
from steelyard.intake.request.ids import HEAD, WORDS, SheetMark, field_id
from steelyard.intake.request.looks import LINE, Looks, clean, clipped, height, inches

IDS, TITLE, SENTENCE, HEADS, FIRST = 0, 1, 2, 3, 4
"""Rows, counted from 0: hidden ids, title, a sentence, headings, the first answer."""

MOST_ROWS = 2000
"""Rows of answers, counted from the first, that have prompts and lists."""

WAITING, KNOWN, FILLED, HALF = "待填", "已有，请核对", "已填", "缺一项"
"""States of a row."""

_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_columns": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What protection leaves to people; it has no password."""

_A4 = 9


class Head(NamedTuple):
    """The heading of a column (列标题)."""

    title: str
    width: int
    id: str = ""
    """Of a column that is read back."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows wait and how many were there (填报进度), with the live formulas."""

    sheet: str
    what: str
    asked: str
    """In words: 58项, 或“每行一条”."""

    waiting: int | None
    """Of the figures; None for a table."""

    waiting_formula: str = ""
    filled: int = 0
    filled_formula: str = ""


@dataclass(slots=True)
class Making:
    """An own workbook in the making (工作簿)."""

    book: Workbook
    request: Request
    share: Share
    looks: Looks
    lists: Lists = field(default_factory=lambda: Lists({}))
    counts: list[Count] = field(default_factory=list)

    def sheet(self, name: str) -> Worksheet:
        """Return the sheet of that name."""
        found = self.book.get_worksheet_by_name(name)
        if found is None:
            raise ValueError(name)
        return found

    def lay_out(
        self,
        sheet: Worksheet,
        mark: SheetMark,
        heads: Sequence[Head],
        *,
        title: str,
        sentence: str,
        fixed: int,
    ) -> None:
        """Write ids, title and headings, and set the paper.

        Args:
            sheet: An empty sheet.
            mark: What it is for.
            heads: Its columns, from the second on; the first holds ids.
            title: Printed on top.
            sentence: Below it: how it is filled in.
            fixed: Columns that stay in sight, the hidden one among them.
        """
        looks = self.looks
        sheet.set_row(IDS, None, None, {"hidden": True})
        sheet.write_string(IDS, 0, str(mark), looks.hidden)
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        for row, kind in ((TITLE, WORDS), (SENTENCE, WORDS), (HEADS, HEAD)):
            sheet.write_string(row, 0, kind, looks.hidden)
        sheet.write_string(TITLE, 1, clean(title), looks.title)
        wide = sum(head.width for head in heads)
        sheet.merge_range(SENTENCE, 1, SENTENCE, max(len(heads), 2), sentence, looks.line)
        sheet.set_row(TITLE, 24)
        sheet.set_row(SENTENCE, height([(sentence, wide)]))
        sheet.set_row(HEADS, max(2 * LINE, height((h.title, h.width) for h in heads)))
        for column, head in enumerate(heads, start=1):
            sheet.set_column(column, column, head.width)
            sheet.write_string(HEADS, column, clean(head.title), looks.head)
            # A column without an id is one that somebody inserted.
            named = head.id or field_id(head.title)
            sheet.write_string(IDS, column, named, looks.hidden)
        sheet.freeze_panes(FIRST, fixed)
        # Keys such as 001 are texts on purpose: no green corners.
        last = xl_rowcol_to_cell(FIRST + MOST_ROWS - 1, len(heads))
        sheet.ignore_errors({"number_stored_as_text": f"B{FIRST + 1}:{last}"})
        sheet.repeat_rows(HEADS)
        self.set_paper(sheet, landscape=True)
        sheet.protect("", _ALLOWED)

    def set_paper(self, sheet: Worksheet, *, landscape: bool) -> None:
        """Set A4, one page wide, with a header and page numbers."""
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=inches(12), right=inches(12), top=inches(18), bottom=inches(16))
        # An ampersand in a header begins a code, unless it is doubled.
        left = f"{self.request.department}{self.request.year}年".replace("&", "&&")
        right = self.share.supplier.replace("&", "&&")
        sheet.set_header(f"&L&9{clipped(clean(left), 180)}&R&9{clipped(clean(right), 40)}")
        sheet.set_footer("&L&9&A&R&9第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)

    def filter(self, sheet: Worksheet, rows: int, columns: int) -> None:
        """Let the rows be filtered and sorted, their hidden ids along with them."""
        sheet.autofilter(HEADS, 0, HEADS + max(rows, 1), columns)


def reference(row: int, column: int) -> str:
    """Return the name of a cell: F5."""
    return str(xl_rowcol_to_cell(row, column))


def elsewhere(sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return the name of an area on another sheet: '数据项'!K5:K62."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{reference(*first)}:{reference(*last)}"

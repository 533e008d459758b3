"""Writing a paper as a workbook: what is stored may differ from what is shown."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any, Self

import xlsxwriter
from tests.intake.mess.grid import EMPTY, Block, Cell, Grid, Paper, Sheet

_MADE = datetime(2024, 3, 1)  # noqa: DTZ001 — a workbook keeps no time zone


class _Stored(float):
    """A number written with the digits it was given, residue of binary arithmetic and all."""

    digits: str

    def __new__(cls, digits: str) -> Self:
        made = super().__new__(cls, digits)
        made.digits = digits
        return made

    def __format__(self, _: str) -> str:
        return self.digits


class _Book:
    """A workbook under way, with its formats."""

    def __init__(self, target: BytesIO) -> None:
        self.book: Any = xlsxwriter.Workbook(target, {"in_memory": True})
        self.book.set_properties({"created": _MADE, "author": "办公室"})
        self.styles: dict[tuple[object, ...], Any] = {}
        self.names: set[str] = set()

    def style(self, cell: Cell, *, framed: bool = True) -> Any:
        """Return the format of a cell."""
        key = (cell.bold, cell.centred, cell.fill, cell.shape, framed)
        if key not in self.styles:
            style: dict[str, object] = {"valign": "vcenter"}
            style |= {"border": 1, "text_wrap": True} if framed else {}
            style |= {"bold": True} if cell.bold else {}
            style |= {"align": "center"} if cell.centred else {}
            style |= {"bg_color": f"#{cell.fill}"} if cell.fill else {}
            style |= {"num_format": cell.shape} if cell.shape else {}
            self.styles[key] = self.book.add_format(style)
        return self.styles[key]

    def sheet(self, name: str) -> Any:
        """Add a sheet; a name that is taken gets a number."""
        number, wanted = 2, name
        while wanted.lower() in self.names:
            wanted, number = f"{name[:28]}{number}", number + 1
        self.names.add(wanted.lower())
        return self.book.add_worksheet(wanted)


def write_xlsx(paper: Paper) -> bytes:
    """Write a paper as a workbook."""
    target = BytesIO()
    book = _Book(target)
    for sheet in paper.sheets:
        _write_sheet(book, sheet)
    if all(sheet.hidden for sheet in paper.sheets):
        book.sheet("说明")
    visible = next((n for n, each in enumerate(paper.sheets) if not each.hidden), None)
    if visible is not None:
        book.book.worksheets()[visible].activate()
        book.book.worksheets()[visible].set_first_sheet()
    book.book.close()
    return target.getvalue()


def _write_sheet(book: _Book, sheet: Sheet) -> None:
    page = book.sheet(sheet.name)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    if sheet.hidden:
        page.hide()
    row = sheet.top
    widths: dict[int, tuple[int, bool]] = {}
    for band in sheet.blocks:
        column, end = sheet.left, row
        for block in band:
            end = max(end, _write_block(book, page, block, row, column))
            for number, width in _widths(block.grid).items():
                wider = max(width, widths.get(column + number, (0, False))[0])
                widths[column + number] = (wider, number in block.grid.hidden_columns)
            column += block.grid.width + 1
        row = end + sheet.gap
    for column, (width, hidden) in widths.items():
        page.set_column(column, column, width, None, {"hidden": True} if hidden else {})


def _write_block(book: _Book, page: Any, block: Block, row: int, column: int) -> int:
    """Write title, lines, table and notes; return the row below them."""
    width = block.grid.width
    plain = book.style(EMPTY, framed=False)
    for words in block.prose:
        page.write_string(row, column, words, plain)
        row += 1
    if block.title:
        title = Cell(words=block.title, columns=width, bold=True, centred=True)
        _write_cell(book, page, title, row, column, framed=False)
        row += 1
    for left, right in block.lines:
        if left:
            page.write_string(row, column, left, plain)
        if right:
            page.write_string(row, column + width - 1, right, plain)
        row += 1
    _write_grid(book, page, block.grid, row, column)
    row += len(block.grid.rows)
    for words in block.notes:
        page.write_string(row, column, words, plain)
        row += 1
    return row


def _write_grid(book: _Book, page: Any, grid: Grid, top: int, left: int) -> None:
    covered = grid.covered()
    empty = book.style(EMPTY)
    for number, row in enumerate(grid.rows):
        for column in range(grid.width):
            if (number, column) in covered:
                continue
            cell = row.get(column)
            if cell is None:
                if row:
                    page.write_blank(top + number, left + column, None, empty)
                continue
            _write_cell(book, page, cell, top + number, left + column)
    for number in grid.hidden_rows:
        page.set_row(top + number, None, None, {"hidden": True})


def _widths(grid: Grid) -> dict[int, int]:
    """Return how wide the columns of a table are, in digits."""
    widths = {}
    for column in range(grid.width):
        asked = (_width(row[column]) for row in grid.rows if column in row)
        widths[column] = min(max(6, max(asked, default=8)), 36)
    return widths


def _width(cell: Cell) -> int:
    if cell.columns > 1:
        return 0
    lines = cell.words.split("\n")
    return max(sum(1 + (ord(sign) > 255) for sign in line) for line in lines) + 2


def _write_cell(
    book: _Book, page: Any, cell: Cell, row: int, column: int, *, framed: bool = True
) -> None:
    style = book.style(cell, framed=framed)
    if cell.rows > 1 or cell.columns > 1:
        last = (row + cell.rows - 1, column + cell.columns - 1)
        page.merge_range(row, column, *last, "", style)
    if cell.formula:
        value: object = _Stored(cell.stored) if cell.stored else cell.words
        page.write_formula(row, column, cell.formula, style, value)
    elif cell.stored:
        page.write_number(row, column, _Stored(cell.stored), style)
    elif cell.words:
        page.write_string(row, column, cell.words, style)
    else:
        page.write_blank(row, column, None, style)
    if cell.comment:
        page.write_comment(row, column, cell.comment)

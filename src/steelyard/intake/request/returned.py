"""A workbook that came back, cell by cell (交回的工作簿).

A document cuts sheets into tables and lines; here they are whole again, so that
ids are found wherever they went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from steelyard.intake.reading.document import Document, Spot, Table, Words
from steelyard.intake.reading.sheets.sheet import column_index, column_name
from steelyard.intake.request.ids import SheetMark, read_mark

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

Spotted = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell holds (单元格内容)."""

    text: str = ""
    """As a person sees it."""
    stored: str = ""
    """The number behind it, where less of it is shown."""
    formula: str = ""
    cell: str = ""
    """As B7."""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is there, not even a formula."""
        return not self.text and not self.formula


BLANK = Held()


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook that came back (工作表)."""

    name: str
    cells: dict[Spotted, Held] = field(default_factory=dict)
    mark: SheetMark | None = None
    at: Spotted = (0, 0)
    """Where the mark stands: along its row columns are named, down its column rows."""

    def columns(self) -> Iterator[tuple[int, str]]:
        """Yield the columns that have an id, from left to right."""
        for (row, column), held in sorted(self.cells.items()):
            if row == self.at[0] and column != self.at[1]:
                yield column, held.text

    def row_ids(self) -> dict[int, str]:
        """Return the ids of rows, by row."""
        return {
            row: held.text
            for (row, column), held in self.cells.items()
            if column == self.at[1] and row != self.at[0]
        }

    def rows(self) -> list[int]:
        """Return the rows with something in them, from the top."""
        return sorted({row for row, _ in self.cells if row != self.at[0]})

    def held(self, row: int, column: int) -> Held:
        """Return what a cell holds; a blank one knows its name, too."""
        found = self.cells.get((row, column))
        return Held(cell=f"{column_name(column)}{row + 1}") if found is None else found

    def first(self, row: int, columns: Sequence[int]) -> Held:
        """Return the first of some cells of a row that is not blank, else the first."""
        found = [self.held(row, column) for column in columns]
        return next((held for held in found if not held.is_blank), found[0] if found else BLANK)


def sheets_of(document: Document) -> list[Sheet]:
    """Return the sheets of a workbook, each with its mark if it has one."""
    sheets: dict[str, Sheet] = {}
    for block in document.blocks:
        cells = _of_table(block) if isinstance(block, Table) else _of_line(block.words)
        for spot, held in cells:
            found = _CELL.fullmatch(spot.cell)
            if found is None:
                continue
            sheet = sheets.setdefault(spot.sheet, Sheet(spot.sheet))
            place = (int(found[2]) - 1, column_index(found[1]))
            sheet.cells[place] = held
            mark = read_mark(held.text) if sheet.mark is None else None
            if mark is not None:
                sheet.mark, sheet.at = mark, place
    return list(sheets.values())


def _of_table(table: Table) -> Iterator[tuple[Spot, Held]]:
    for cell in table.cells:
        for spot in cell.words.spots[:1]:
            yield spot, Held(cell.words.text, cell.stored, cell.formula, spot.cell)


def _of_line(words: Words) -> Iterator[tuple[Spot, Held]]:
    """Part a line into its cells; one sign stands between two of them."""
    text, spots = words.text, words.spots
    for at, spot in enumerate(spots):
        last = at == len(spots) - 1
        end = len(text) if last else spots[at + 1].offset - 1
        yield spot, Held(text[spot.offset : end], cell=spot.cell)

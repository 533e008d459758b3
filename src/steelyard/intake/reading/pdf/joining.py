"""Tables put together again where pages cut them (跨页表格)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from steelyard.intake.reading.document import Cell, Spot, Table, Words
from steelyard.intake.reading.pdf.lines import gap_between
from steelyard.intake.reading.pdf.sheet import Piece

_ALIKE = 4.0
"""Points within which column edges agree."""

_MOST_SHIFTED = 60.0
"""Points by which facing pages may have another margin."""

_MOST_HEADER_ROWS = 5
_TOTAL = re.compile(r"(?:合|总|小|共)\s*计|总\s*和")


def may_go_on(before: Piece, after: Piece) -> bool:
    """Say whether two pieces have the same columns.

    One may lack an edge of the other, where all cells of its rows are merged there.
    """
    shift = after.across[0] - before.across[0]
    if abs(shift) > _MOST_SHIFTED or not (before.certain and after.certain):
        return False
    moved = [edge - shift for edge in after.across]
    if abs(moved[-1] - before.across[-1]) > _ALIKE:
        return False
    few, many = sorted((moved, list(before.across)), key=len)
    return all(min(abs(edge - other) for other in many) <= _ALIKE for edge in few)


class Joined:
    """A table that grows piece by piece (拼接中的表格)."""

    def __init__(self, piece: Piece) -> None:
        self.last = piece
        """The piece that was put on last."""
        self._across = piece.across
        self._cells = list(piece.cells)
        self._height = piece.height

    def add(self, piece: Piece) -> None:
        """Put the piece of the next page on."""
        shift = piece.across[0] - self._across[0]
        theirs = tuple(edge - shift for edge in piece.across)
        across = _united(self._across, theirs)
        self._cells = _on_columns(self._cells, self._across, across)
        cells = _on_columns(piece.cells, theirs, across)
        self._across = across
        self.last = replace(piece, across=tuple(edge + shift for edge in across))
        skipped = self._repeated_rows(cells)
        if skipped < piece.height:
            self._put_on(
                [replace(c, row=c.row - skipped) for c in cells if c.row >= skipped],
                piece.height - skipped,
            )

    def table(self) -> Table:
        """Return the table."""
        cells = sorted(self._cells, key=lambda cell: (cell.row, cell.column))
        return Table(tuple(cells), self._height, len(self._across) - 1, certain=self.last.certain)

    def _repeated_rows(self, cells: Sequence[Cell]) -> int:
        """Return how many rows on top of a piece repeat those on top of the table."""
        repeated = 0
        for height in range(1, _MOST_HEADER_ROWS + 1):
            mine = _top(self._cells, height)
            # A row of figures alone, or of nothing, is no header.
            if not any(words for *_, words in mine) or mine != _top(cells, height):
                break
            whole = all(c.row + c.rows <= height for c in cells if c.row < height)
            repeated = height if whole else repeated
        return repeated

    def _put_on(self, cells: Sequence[Cell], height: int) -> None:
        """Add rows, of which the first may belong to the last row so far."""
        ending = self._ending()
        first = sorted((c for c in cells if c.row == 0), key=lambda cell: cell.column)
        levels = self._level_columns(cells)
        # A total leaves columns empty too: it is never the rest of anything.
        total = any(_TOTAL.search(cell.words.text) for cell in first)
        rest = not total and self._is_rest(first, levels)
        joined: set[tuple[int, int]] = set()
        if rest:
            joined = {(cell.column, cell.columns) for cell in first}
        elif not total:
            joined = self._going_on(first, levels)
        offset = self._height - 1 if rest else self._height
        for cell in cells:
            place = (cell.column, cell.columns)
            if cell.row == 0 and place in joined:
                upper = ending[place]
                self._cells.remove(upper)
                words = _joined(upper.words, cell.words)
                rows = offset + cell.rows - upper.row
                self._cells.append(replace(upper, words=words, rows=rows))
            else:
                self._cells.append(replace(cell, row=cell.row + offset))
        self._height = offset + height

    def _going_on(self, first: Sequence[Cell], levels: set[int]) -> set[tuple[int, int]]:
        """Return which cells of a first row are the rest of cells over several rows.

        A lower level goes on only where the levels at its left do.
        """
        ending, filled = self._ending(), self._always_filled()
        found: set[tuple[int, int]] = set()
        unbroken = True
        for cell in first:
            upper = ending.get((cell.column, cell.columns))
            is_level = cell.column in levels or (unbroken and cell.column in filled)
            if upper is not None and is_level and _is_one(upper, cell):
                found.add((cell.column, cell.columns))
                continue
            if cell.column in levels:
                break
            unbroken = False
        return found

    def _ending(self) -> dict[tuple[int, int], Cell]:
        """Return the cells that reach the last row, by the columns that they cover."""
        return {
            (cell.column, cell.columns): cell
            for cell in self._cells
            if cell.row + cell.rows == self._height
        }

    def _level_columns(self, cells: Sequence[Cell]) -> set[int]:
        """Return the columns in which cells cover several rows, the header left out."""
        header = max((c.row + c.rows for c in self._cells if c.row == 0), default=1)
        mine = (c for c in self._cells if c.rows > 1 and c.row >= header)
        return {c.column for c in (*mine, *(c for c in cells if c.rows > 1))}

    def _is_rest(self, first: Sequence[Cell], levels: set[int]) -> bool:
        """Say whether a first row is the rest of a row that the page end cut.

        Then most of what is filled in every row is empty here. A cell over several
        rows says nothing: its words stand on one page only.
        """
        ending = self._ending()
        if any((cell.column, cell.columns) not in ending for cell in first):
            return False
        always = self._always_filled() - levels
        asked = [cell for cell in first if cell.column in always and cell.rows == 1]
        empty = [cell for cell in asked if not cell.words.text]
        if not empty or not any(cell.words.text for cell in first):
            return False
        half = len(empty) * 2 == len(asked) and empty[0] is asked[0]
        return len(empty) * 2 > len(asked) or half

    def _always_filled(self) -> set[int]:
        """Return the columns in which every row so far has words."""
        singles = [cell for cell in self._cells if cell.rows == 1 and cell.row > 0]
        return {cell.column for cell in singles} - {
            cell.column for cell in singles if not cell.words.text
        }


def _is_one(upper: Cell, lower: Cell) -> bool:
    """Say whether two cells over several rows are one: the words stand in one of them."""
    if upper.words.text:
        return not lower.words.text
    return upper.rows > 1 or lower.rows > 1


def _top(cells: Sequence[Cell], height: int) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (c.row, c.column, c.rows, c.columns, re.sub(r"\s", "", c.words.text))
        for c in cells
        if c.row < height
    )


def _united(mine: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    new = [e for e in theirs if min(abs(e - each) for each in mine) > _ALIKE]
    return tuple(sorted((*mine, *new)))


def _on_columns(
    cells: Sequence[Cell], before: Sequence[float], after: Sequence[float]
) -> list[Cell]:
    """Return cells counted on more column edges."""
    places = [min(range(len(after)), key=lambda place: abs(after[place] - edge)) for edge in before]
    return [
        replace(
            cell,
            column=places[cell.column],
            columns=places[cell.column + cell.columns] - places[cell.column],
        )
        for cell in cells
    ]


def _joined(upper: Words, lower: Words) -> Words:
    """Return the words of a cut cell; a line that was cut goes on."""
    if not upper.text or not lower.text:
        return upper if upper.text else lower
    between = gap_between(upper.text, lower.text, typed=False)
    return Words(
        upper.text + between + lower.text,
        (*upper.spots, *_moved(lower.spots, len(upper.text) + len(between))),
    )


def _moved(spots: Sequence[Spot], by: int) -> Iterator[Spot]:
    return (replace(spot, offset=spot.offset + by) for spot in spots)

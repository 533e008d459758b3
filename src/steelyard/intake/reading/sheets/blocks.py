"""Sheets cut into tables and lines of words (分块).

Blank rows and blank columns part what stands on one sheet. Above a table, rows with
a single cell or with labels such as 单位：万元 are lines; so are its notes below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, product
from operator import attrgetter

from steelyard.intake.reading.arrange import arranged
from steelyard.intake.reading.document import Block, Cell, Paragraph, Spot, Table, Words
from steelyard.intake.reading.sheets.sheet import (
    MOST_CELLS,
    Filled,
    Sheet,
    Unusable,
    column_name,
)

_ROW = attrgetter("row")
_FIGURE = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = re.compile(r"[^：:]{1,12}[：:]")
_NOTE = re.compile(r"(?:备?注|说明|填表说明|数据来源|资料来源)\s*[：:\d]")


def blocks_of(sheet: Sheet) -> tuple[Block, ...]:
    """Return the tables and lines of a sheet in reading order.

    Raises:
        Unusable: Its merged cells cover more than may be read.
    """
    found: list[Block] = []
    for piece in _pieces(_placed(sheet)):
        found += _blocks(piece, sheet.name)
    return tuple(
        replace(block, title=sheet.name) if isinstance(block, Table) and not block.title else block
        for block in arranged(found)
    )


# -- merged cells -----------------------------------------------------------------


def _placed(sheet: Sheet) -> list[Filled]:
    """Return the filled cells by row, then column, each with what it covers."""
    cells = sorted(sheet.cells)
    if not cells or not sheet.merged:
        return cells
    last_row, last_column = cells[-1].row, max(cell.column for cell in cells)
    filled = {(cell.row, cell.column) for cell in cells}
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        if (top, left) not in filled:
            continue
        # A merge over whole columns ends where the sheet's own content ends.
        rows = range(top, min(bottom, last_row) + 1)
        columns = range(left, min(right, last_column) + 1)
        if len(covered) + len(rows) * len(columns) > 4 * MOST_CELLS:
            raise Unusable("合并的单元格范围过大", "请取消不必要的合并。")
        sizes[top, left] = (len(rows), len(columns))
        covered |= {place for place in product(rows, columns) if place != (top, left)}
    under = sorted(covered & filled)
    if under:
        named = "、".join(f"{column_name(column)}{row + 1}" for row, column in under[:5])
        sheet.remarks.append(f"合并的单元格下还藏有{len(under)}个值（{named}），没有读取")
    placed: list[Filled] = []
    for cell in cells:
        place = (cell.row, cell.column)
        if place in sizes and place not in covered:
            rows_covered, columns_covered = sizes[place]
            placed.append(cell._replace(rows=rows_covered, columns=columns_covered))
        elif place not in covered:
            placed.append(cell)
    return placed


# -- cutting ----------------------------------------------------------------------


def _pieces(cells: list[Filled]) -> Iterator[list[Filled]]:
    """Cut at blank rows, then at blank columns, then at blank rows again."""
    for band in _cut_rows(cells):
        for side in _cut_columns(band):
            yield from _cut_rows(side)


def _cut_rows(cells: list[Filled]) -> list[list[Filled]]:
    pieces: list[list[Filled]] = []
    end = -1
    for row, group in groupby(cells, key=_ROW):
        line = list(group)
        goes_on = pieces and (row <= end or (row == end + 1 and _is_record(line, pieces[-1])))
        if goes_on:
            pieces[-1] += line
        else:
            pieces.append(line)
        end = max(end, *(cell.row + cell.rows for cell in line))
    return pieces


def _is_record(line: list[Filled], above: list[Filled]) -> bool:
    """Say whether a row after one blank row goes on with the table above it.

    A new table would begin with names of columns, not with figures.
    """
    figures = [cell for cell in line if _FIGURE.fullmatch(cell.text)]
    if len(line) < 2 or all(_YEAR.fullmatch(cell.text) for cell in figures):
        return False
    left, right = _sides(above)
    return left <= line[0].column and line[-1].column + line[-1].columns <= right


def _cut_columns(cells: list[Filled]) -> list[list[Filled]]:
    """Cut at blank columns where there is a table on both sides.

    Labels and figures with a blank column between them belong together.
    """
    spans = sorted({(cell.column, cell.column + cell.columns) for cell in cells})
    starts = [spans[0][0]]
    end = spans[0][1]
    for left, right in spans:
        if left > end:
            starts.append(left)
        end = max(end, right)
    if len(starts) == 1:
        return [cells]
    sides: list[list[Filled]] = [[] for _ in starts]
    for cell in cells:
        sides[bisect_right(starts, cell.column) - 1].append(cell)
    return sides if all(_has_wide_row(side) for side in sides) else [cells]


def _has_wide_row(cells: Iterable[Filled]) -> bool:
    return any(len(list(row)) > 1 for _, row in groupby(cells, key=_ROW))


# -- tables and lines -------------------------------------------------------------


def _blocks(cells: list[Filled], sheet: str) -> Iterator[Block]:
    rows = [list(row) for _, row in groupby(cells, key=_ROW)]
    if not any(len(row) > 1 and not _is_line(row) for row in rows):
        yield from (_line(row, sheet) for row in rows)
        return
    top = next(index for index, row in enumerate(rows) if not _is_line(row))
    bottom = len(rows)
    width = len(range(*_sides(cells)))
    while bottom > top + 1 and _is_note(rows[bottom - 1], width):
        bottom -= 1
    yield from (_line(row, sheet) for row in rows[:top])
    yield _table([cell for row in rows[top:bottom] for cell in row], sheet)
    yield from (_line(row, sheet) for row in rows[bottom:])


def _is_line(row: list[Filled]) -> bool:
    """Say whether a row above a table is a title, or labels of the whole table."""
    if any(cell.rows > 1 for cell in row):
        return False
    return len(row) == 1 or all(_LABEL.match(cell.text) for cell in row)


def _is_note(row: list[Filled], width: int) -> bool:
    return len(row) == 1 and (row[0].columns == width > 1 or bool(_NOTE.match(row[0].text)))


def _sides(cells: list[Filled]) -> tuple[int, int]:
    left = min(cell.column for cell in cells)
    return left, max(cell.column + cell.columns for cell in cells)


def _line(row: list[Filled], sheet: str) -> Paragraph:
    """Return a row as one line of words, each cell with its own spot."""
    text = ""
    spots: list[Spot] = []
    for cell in row:
        text += "　" if text else ""
        spots.append(_spot(cell, sheet, len(text)))
        text += cell.text
    return Paragraph(Words(text, tuple(spots)))


def _table(cells: list[Filled], sheet: str) -> Table:
    top = cells[0].row
    left, right = _sides(cells)
    return Table(
        tuple(
            Cell(
                cell.row - top, cell.column - left, Words(cell.text, (_spot(cell, sheet, 0),)),
                cell.rows, cell.columns, cell.hidden, cell.formula, cell.stored,
            )
            for cell in cells
        ),
        height=max(cell.row + cell.rows for cell in cells) - top,
        width=right - left,
    )  # fmt: skip


def _spot(cell: Filled, sheet: str, offset: int) -> Spot:
    return Spot(offset, sheet=sheet, cell=f"{column_name(cell.column)}{cell.row + 1}")

"""Which cell of a Word table covers what (表格的结构)."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.intake.reading.word.names import (
    Element,
    child,
    is_on,
    number,
    short,
    unwrapped,
    value,
)

_WIDEST = 63
"""Columns that Word allows."""


@dataclass(slots=True)
class Place:
    """One cell and what it covers (单元格的位置)."""

    element: Element
    row: int
    column: int
    columns: int
    rows: int = 1
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells of a table, merged ones once (表格布局)."""

    rows: tuple[tuple[Place, ...], ...]
    """Those that begin in each row."""

    width: int
    header_rows: int
    """Rows at the top that are repeated on every page."""

    places: int
    """Places of the grid that are covered."""


@dataclass(slots=True)
class _Cell:
    element: Element
    column: int
    columns: int
    goes_on: bool
    """It is the lower part of a merged cell."""

    begins: bool
    """It may be the top of one."""


def laid_out(table: Element) -> Layout:
    """Return the layout of a ``w:tbl``; rows that were deleted are not in it."""
    rows: list[tuple[Place, ...]] = []
    above: dict[int, Place] = {}
    width = header_rows = covered = 0
    for element in unwrapped(table):
        properties = child(element, "w:trPr")
        if short(element) != "w:tr" or child(properties, "w:del") is not None:
            continue
        cells = _cells(element, min(number(child(properties, "w:gridBefore")) or 0, _WIDEST))
        if not cells:
            continue
        hidden = is_on(child(properties, "w:hidden"))
        if header_rows == len(rows) and is_on(child(properties, "w:tblHeader")):
            header_rows += 1
        begun: list[Place] = []
        merging: dict[int, Place] = {}
        for cell in cells:
            top = above.get(cell.column) if cell.goes_on else None
            if top is not None and top.columns == cell.columns:
                top.rows += 1
            else:
                top = Place(cell.element, len(rows), cell.column, cell.columns, hidden=hidden)
                begun.append(top)
            if cell.goes_on or cell.begins:
                merging[cell.column] = top
            covered += cell.columns
        width = max(width, cells[-1].column + cells[-1].columns)
        above = merging
        rows.append(tuple(begun))
    # A table that is all header has none.
    return Layout(tuple(rows), width, header_rows if header_rows < len(rows) else 0, covered)


def _cells(row: Element, before: int) -> list[_Cell]:
    cells: list[_Cell] = []
    column = max(before, 0)
    for element in unwrapped(row):
        properties = child(element, "w:tcPr")
        if short(element) != "w:tc" or child(properties, "w:cellDel") is not None:
            continue
        columns = min(max(number(child(properties, "w:gridSpan")) or 1, 1), _WIDEST)
        beside = child(properties, "w:hMerge")
        if beside is not None and value(beside) != "restart" and cells:
            cells[-1].columns += columns
        else:
            below = child(properties, "w:vMerge")
            top = value(below) == "restart"
            goes_on = below is not None and not top
            cells.append(_Cell(element, column, columns, goes_on, top))
        column += columns
    return cells

"""Laying tables out: headings over several rows, merged cells at the side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.intake.mess.grid import Block, Cell, Grid, Row, Sheet

Size = tuple[int, int]
"""Rows and columns that a cell covers."""


def grid(
    lines: Sequence[Sequence[str | Cell]],
    *,
    heads: int = 1,
    merged: Mapping[tuple[int, int], Size] | None = None,
) -> Grid:
    """Return a table; empty words at the end of a line may be left out.

    Args:
        lines: From top to bottom.
        heads: How many of them are headings.
        merged: Row and column of the cells that cover others, with their size.
    """
    sizes = merged or {}
    laid = Grid(max(len(line) for line in lines), heads=heads)
    covered: set[tuple[int, int]] = set()
    for number, line in enumerate(lines):
        row: Row = {}
        for column, each in enumerate(line):
            if (number, column) in covered:
                continue
            down, right = sizes.get((number, column), (1, 1))
            covered |= {
                (number + r, column + c) for r in range(down) for c in range(right) if r or c
            }
            if isinstance(each, Cell):
                row[column] = replace(each, rows=down, columns=right) if down * right > 1 else each
            elif each or down * right > 1:
                row[column] = Cell(
                    words=each,
                    rows=down,
                    columns=right,
                    bold=number < heads,
                    centred=number < heads or down > 1,
                )
        laid.rows.append(row)
    return laid


def runs(values: Sequence[str], *, top: int, column: int) -> dict[tuple[int, int], Size]:
    """Return the sizes of cells that cover all rows with the same words."""
    found: dict[tuple[int, int], Size] = {}
    start = 0
    for end in range(1, len(values) + 1):
        if end == len(values) or values[end] != values[start]:
            if end - start > 1:
                found[top + start, column] = (end - start, 1)
            start = end
    return found


def alone(
    name: str, title: str, laid: Grid, *, unit: str = "", notes: Sequence[str] = (), whose: str = ""
) -> Sheet:
    """Return a sheet with one table under its title and unit line."""
    lines = [(whose and f"填报单位：{whose}", unit and f"单位：{unit}")] if unit or whose else []
    block = Block(laid, title=title, lines=lines, notes=list(notes), wide=laid.width > 6)
    return Sheet(name, [[block]])

"""Where our words go on a sheet (落位): beside what stands there, never over it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from steelyard.intake.reading.sheets.sheet import LAST_COLUMN, Range
from steelyard.intake.returned.layout import Layout, range_of
from steelyard.intake.returned.spliced import Node

Cell = tuple[int, int]
"""Row and column, counted from 0."""

_MOST_DRAWINGS = 2_000
_MOST_BESIDE = 2_000
_EMU_COLUMN, _EMU_ROW = 609_600, 190_500
"""Size of a usual column and row, in the unit of drawings."""
_CONTROL = re.compile(
    rb"<(?:\w{1,20}:)?ClientData[^>]{0,200}?ObjectType=[\"'](\w+)[\"'].{0,4000}?"
    rb"<(?:\w{1,20}:)?Anchor>([\d\s,]{1,120})<",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Extra:
    """The column 错误信息 of a sheet (信息列)."""

    column: int
    heading: int
    """The row of its heading."""
    last: int
    """The last row that a filter reaches."""
    own_filter: bool
    """It is given a filter of its own."""
    grown: Range | None
    """The sheet's filter with this column; None when that is not beside it."""
    widened: bool
    """It may be made wider without pulling a drawing along."""


def shown_at(cells: Iterable[Cell], merged: Sequence[Range]) -> dict[Cell, Cell]:
    """Return for each cell the one that is seen there: of merged cells the first.

    Merged ranges do not overlap in an honest file; where they do, one of them counts.
    """
    found: dict[Cell, Cell] = {}
    waiting = sorted(merged)
    at = 0
    beside: list[tuple[int, int, int, int]] = []
    """First column, last column, first row, last row of those that reach a row."""
    for row, columns in groupby(sorted(set(cells)), key=lambda cell: cell[0]):
        beside = [area for area in beside if area[3] >= row]
        while at < len(waiting) and waiting[at][0] <= row:
            first, left, last, right = waiting[at]
            if last >= row and len(beside) < _MOST_BESIDE:
                beside.append((left, right, first, last))
            at += 1
        beside.sort()
        for _, column in columns:
            index = bisect.bisect_right(beside, column, key=lambda area: area[0]) - 1
            covered = index >= 0 and column <= beside[index][1]
            found[row, column] = (beside[index][2], beside[index][0]) if covered else (row, column)
    return found


def extra_column(
    layout: Layout, cells: Sequence[Cell], tables: Sequence[Range], drawings: Sequence[Range]
) -> Extra | None:
    """Choose the column behind all that is used, and the row of its heading.

    Args:
        layout: The sheet.
        cells: What is spoken of, ascending; at least one.
        tables: The tables on the sheet; they grow over what stands close to them.
        drawings: What lies over its cells.

    Returns:
        None when the sheet is used to its last column.
    """
    rows = sorted({row for row, _ in cells})
    own = layout.blocks.get("autoFilter")
    area = range_of(own.attributes.get("ref", "")) if own else None
    column = max(
        layout.last_column,
        *(column for _, column in cells),
        *(right for _, _, _, right in layout.merged),
        *(right + 1 for _, _, _, right in tables),
        area[3] if area else -1,
    )
    column += 1
    used = layout.used_rows() or (rows[0], rows[-1])
    heading = _heading(layout, rows, tables, area)
    needed = sorted({heading, *rows})
    column = _free(column, needed, drawings)
    if column >= LAST_COLUMN:
        return None
    beside = area is not None and area[3] + 1 == column and area[0] == heading
    last = max(used[1], rows[-1], heading)
    return Extra(
        column=column,
        heading=heading,
        last=last,
        own_filter=own is None and heading < last,
        grown=(area[0], area[1], area[2], column) if area and beside else None,
        widened=not any(left <= column <= right for _, left, _, right in drawings),
    )


def _free(column: int, rows: Sequence[int], drawings: Sequence[Range]) -> int:
    """Return the first column from one on that no drawing covers in some rows."""
    for top, left, bottom, right in sorted(drawings, key=lambda area: area[1]):
        at = bisect.bisect_left(rows, top)
        if left <= column <= right and at < len(rows) and rows[at] <= bottom:
            column = right + 1
    return column


def _heading(
    layout: Layout, rows: Sequence[int], tables: Sequence[Range], area: Range | None
) -> int:
    """Return the row that names the columns, as far as it can be told."""
    if area is not None and area[0] <= rows[0]:
        return area[0]
    for top, _, bottom, _ in tables:
        if top < rows[-1] and bottom >= rows[0]:
            return top
    if 0 < layout.frozen <= rows[0]:
        return layout.frozen - 1
    figures = _half_full(layout, counting=True)
    names = _half_full(layout, counting=False)
    if figures is None and names is not None and names < rows[0]:
        return names
    return max(min(rows[0], rows[0] if figures is None else figures) - 1, 0)


def _half_full(layout: Layout, *, counting: bool) -> int | None:
    """Return the first row with half as many cells as the fullest, and a number if wanted."""
    fullest = max(layout.filled, default=0)
    for at, count in enumerate(layout.filled):
        if 2 * count >= fullest and count > 1 and (layout.counting[at] or not counting):
            return layout.numbers[at]
    return None


# -------------------------------------------------------------------- drawings


def anchored(root: Node, content: bytes) -> list[Range]:
    """Return the cells that the drawings of a part lie over.

    Args:
        root: Of the drawing part, outlined to four levels.
        content: The part.
    """
    found: list[Range] = []
    for anchor in root.children[:_MOST_DRAWINGS]:
        start, stop = (_corner(anchor.child(tag), content) for tag in ("from", "to"))
        size = anchor.child("ext")
        if start and size is not None and not stop:
            across, down = (size.attributes.get(each, "")[:9] for each in ("cx", "cy"))
            if across.isdecimal() and down.isdecimal():
                stop = (start[0] + int(down) // _EMU_ROW, start[1] + int(across) // _EMU_COLUMN)
        if start and stop:
            found.append((start[0], start[1], max(start[0], stop[0]), max(start[1], stop[1])))
    return found


def _corner(node: Node | None, content: bytes) -> Cell | None:
    numbers = []
    for tag in ("row", "col"):
        child = node.child(tag) if node else None
        text = content[child.inside : child.close].strip() if child else b""
        if not text.isdigit() or len(text) > 7:
            return None
        numbers.append(int(text))
    return numbers[0], numbers[1]


def controls(content: bytes) -> list[Range]:
    """Return the cells that buttons and boxes of an older drawing lie over.

    Args:
        content: A VML part, which is not always well-formed.
    """
    found: list[Range] = []
    for each in _CONTROL.finditer(content):
        numbers = each[2].split(b",")
        if each[1] != b"Note" and len(numbers) == 8 and len(found) < _MOST_DRAWINGS:
            left, top, right, bottom = (int(numbers[at].strip()[:7] or 0) for at in (0, 2, 4, 6))
            found.append((top, left, max(top, bottom), max(left, right)))
    return found

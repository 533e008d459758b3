"""How a sheet is laid out (版面): where its rows, columns and settings stand.

One pass over the part; no cell is kept. A sheet whose rows are out of order is
refused: nothing could be put in its place there.
"""

from __future__ import annotations

import bisect
import re
from array import array
from functools import cached_property

from steelyard.intake.reading.sheets.parts import DEEPEST
from steelyard.intake.reading.sheets.sheet import (
    LAST_COLUMN,
    LAST_ROW,
    Range,
    Unusable,
    column_index,
)
from steelyard.intake.reading.sheets.sheet_xml import MOST_MERGED
from steelyard.intake.returned.spliced import Gauge, Node, Walker

DEFAULT_WIDTH, DEFAULT_HEIGHT = 64, 20
"""Pixels of a column and a row that nobody has set."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_SIZE = re.compile(r"\d{1,4}(?:\.\d{0,20})?")
_CONTENT = ("v", "f", "is")


def range_of(reference: str) -> Range | None:
    """Return a range counted from 0, None for what is none.

    >>> range_of("B7"), range_of("$A$1:C9"), range_of("A:C")
    ((6, 1, 6, 1), (0, 0, 8, 2), None)
    """
    first, _, last = reference.partition(":")
    corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
    if corners[0] is None or corners[1] is None:
        return None
    rows = sorted(int(corner[2]) - 1 for corner in corners if corner)
    columns = sorted(column_index(corner[1]) for corner in corners if corner)
    if columns[0] < 0 or rows[1] >= LAST_ROW:
        return None
    return rows[0], columns[0], rows[1], columns[1]


class Layout(Walker):
    """How a sheet is laid out (版面); rows and columns are counted from 0."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.root: Node | None = None
        self.blocks: dict[str, Node] = {}
        """The children of the root by name, the first of each."""
        self.ended_at: dict[str, int] = {}
        """Where the last of each name ends."""
        self.columns: list[Node] = []
        """The ``col`` elements."""
        self.merged: list[Range] = []
        self.tables: list[str] = []
        """Relations of tables that stand on the sheet."""
        self.frozen = 0
        """Rows that stay in sight."""
        self.numbers = array("L")
        """The rows that are written, ascending; the next four go with it."""
        self.starts = array("Q")
        self.ends = array("Q")
        self.heights = array("H")
        self.filled = array("H")
        """How many of its cells hold something."""
        self.counting = array("B")
        """Whether one of them is a number."""
        self.last_column = -1
        """Of the cells that hold something."""
        self._block: Node | None = None
        self._leaf: Node | None = None
        self._row: Node | None = None
        self._column = -1
        self._plain_number = False
        self._cell_filled = False
        self._name = ""

    # ---------------------------------------------------------------- walking

    def started(self, name: str, attributes: dict[str, str]) -> None:
        depth = self.depth
        self.depth += 1
        if self._row is not None and depth > 2:
            self.elements += 1
            if depth == 3:
                self._cell(attributes)
            elif depth == 4 and not self._cell_filled and name.rpartition(":")[2] in _CONTENT:
                self._fill()
            elif depth > DEEPEST:
                raise Unusable("其中的内容嵌套过深")
            return
        if depth > 3:
            self.elements += 1
            if depth > DEEPEST:
                raise Unusable("其中的内容嵌套过深")
            return
        node = self.node(name, attributes)
        if depth == 0:
            if node.tag != "worksheet":
                raise Unusable("其中有工作表不是单元格表")
            self.root = node
        elif depth == 1:
            self._block = node
            self.blocks.setdefault(node.tag, node)
        elif self._block is not None:
            if depth == 2:
                self._leaf = node
            self._inside(self._block.tag, node)

    def _inside(self, block: str, node: Node) -> None:
        tag = node.tag
        if block == "sheetData" and tag == "row" and self.depth == 3:
            self._start_row(node)
        elif block == "cols" and tag == "col" and len(self.columns) < LAST_COLUMN:
            self.columns.append(node)
        elif block == "mergeCells" and tag == "mergeCell":
            area = range_of(node.attributes.get("ref", ""))
            if area is not None:
                self.merged.append(area)
            if len(self.merged) > MOST_MERGED:
                raise Unusable("合并的单元格过多")
        elif block == "tableParts" and tag == "tablePart":
            self.tables.append(node.linked())
        elif block == "sheetViews" and tag == "pane":
            rows = node.attributes.get("ySplit", "")
            if node.attributes.get("state", "").startswith("frozen") and rows.isdecimal():
                self.frozen = self.frozen or int(rows[:6])

    def ended(self, name: str) -> None:  # noqa: ARG002 - as all walkers
        self.depth -= 1
        if self.depth == 2 and self._row is not None:
            self.finish(self._row)
            self.ends.append(self._row.end)
            self._row = self._leaf = None
        elif self.depth == 2 and self._leaf is not None:
            self.finish(self._leaf)
            self._leaf = None
        elif self.depth == 1 and self._block is not None:
            self.finish(self._block)
            self.ended_at[self._block.tag] = self._block.end
            self._block = None
        elif self.depth == 0 and self.root is not None:
            self.finish(self.root)

    def _start_row(self, node: Node) -> None:
        said = node.attributes
        number = said.get("r", "")
        before = self.numbers[-1] if self.numbers else -1
        row = int(number[:8]) - 1 if number.isdecimal() else before + 1
        if not before < row < LAST_ROW:
            raise Unusable("其中的行次序颠倒，或者在表格的边界之外")
        self.numbers.append(row)
        self.starts.append(node.start)
        self.filled.append(0)
        self.counting.append(0)
        height = _pixels(said["ht"], points=True) if "ht" in said else None
        hidden = said.get("hidden") in ("1", "true")
        self.heights.append(0 if hidden else self._usual_height if height is None else height)
        self._row = node
        self._name = str(row + 1)
        self._column = -1

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        before = self._column
        self._column += 1
        if reference:
            self._column = column_index(reference.removesuffix(self._name))
        if not before < self._column < LAST_COLUMN:
            raise Unusable("有单元格不在它所写的行，或者次序颠倒")
        self._cell_filled = False
        self._plain_number = attributes.get("t", "n") == "n"

    def _fill(self) -> None:
        self._cell_filled = True
        self.filled[-1] += 1
        self.counting[-1] |= self._plain_number
        self.last_column = max(self.last_column, self._column)

    # ---------------------------------------------------------------- looking

    def row_at(self, row: int) -> int | None:
        """Return where a row stands among those that are written."""
        at = bisect.bisect_left(self.numbers, row)
        return at if at < len(self.numbers) and self.numbers[at] == row else None

    def start_after(self, row: int) -> int | None:
        """Return where the first written row below a row begins."""
        at = bisect.bisect_right(self.numbers, row)
        return self.starts[at] if at < len(self.starts) else None

    def used_rows(self) -> tuple[int, int] | None:
        """Return the first and the last row in which something stands."""
        used = [at for at, count in enumerate(self.filled) if count]
        return (self.numbers[used[0]], self.numbers[used[-1]]) if used else None

    def column_node(self, column: int) -> Node | None:
        """Return the settings of a column."""
        for node in self.columns:
            first, last = span_of(node)
            if first <= column <= last:
                return node
        return None

    @cached_property
    def widths(self) -> array[int]:
        """The width of each column in pixels, zero where it is hidden."""
        usual = _pixels(self._format().get("defaultColWidth", ""), points=False)
        widths = array("H", [usual or DEFAULT_WIDTH]) * LAST_COLUMN
        for node in self.columns:
            first, last = span_of(node)
            width = _pixels(node.attributes.get("width", ""), points=False)
            if node.attributes.get("hidden") in ("1", "true"):
                width = 0
            if width is not None and first <= last:
                widths[first : last + 1] = array("H", [width]) * (last + 1 - first)
        return widths

    def height(self, row: int) -> int:
        """Return the height of a row in pixels."""
        at = self.row_at(row)
        return self._usual_height if at is None else self.heights[at]

    def _format(self) -> dict[str, str]:
        block = self.blocks.get("sheetFormatPr")
        return block.attributes if block else {}

    @cached_property
    def _usual_height(self) -> int:
        return _pixels(self._format().get("defaultRowHeight", ""), points=True) or DEFAULT_HEIGHT


def laid_out(content: bytes, gauge: Gauge) -> Layout:
    """Return how a sheet is laid out.

    Raises:
        Unusable: It is damaged, too large, out of order, or no sheet of cells.
    """
    layout = Layout(content)
    layout.walk(gauge)
    if layout.root is None or "sheetData" not in layout.blocks:
        raise Unusable("其中有工作表没有单元格部分")
    return layout


def span_of(column: Node) -> tuple[int, int]:
    """Return the first and last column that a ``col`` element sets, counted from 0."""
    first, last = (column.attributes.get(each, "") for each in ("min", "max"))
    if not (first.isdecimal() and last.isdecimal()):
        return 0, -1
    return max(int(first[:7]), 1) - 1, min(int(last[:7]), LAST_COLUMN) - 1


def _pixels(size: str, *, points: bool) -> int | None:
    """Return a height in points, or a width in characters, as pixels."""
    if not _SIZE.fullmatch(size):
        return None
    whole, _, rest = size.partition(".")
    thousandths = int(whole) * 1000 + int(f"{rest}000"[:3])
    return min(thousandths * (4 if points else 21) // 3000, 10_000)

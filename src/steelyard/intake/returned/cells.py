"""The cells of a sheet, changed in place (改动单元格).

Values and formulas are not touched: a cell is given another style, or is made
where there was none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from steelyard.intake.reading.sheets.sheet import Range, column_index
from steelyard.intake.reading.sheets.sheet import column_name as letters
from steelyard.intake.returned.layout import Layout, range_of, span_of
from steelyard.intake.returned.spliced import (
    Gauge,
    Node,
    Splices,
    outline,
    with_attributes,
    written,
)

Restyled = Callable[[int], int]
"""From the style of a cell to the style that it gets."""

_BEFORE = {
    "cols": ("sheetPr", "dimension", "sheetViews", "sheetFormatPr"),
    "autoFilter": ("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios"),
    "legacyDrawing": (
        "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios",
        "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
        "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
        "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
        "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    ),
}  # fmt: skip
"""What must stand before an element that is put in."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one cell (改动)."""

    style: Restyled
    text: str | None = None
    """Of a cell that was empty; None leaves what stands there."""


Changes = Mapping[int, Mapping[int, Change]]
"""By row and column, counted from 0."""


class Sheet:
    """A sheet while it is changed (改动中的工作表)."""

    def __init__(self, content: bytes, layout: Layout, gauge: Gauge) -> None:
        self.content = content
        self.layout = layout
        self.gauge = gauge
        self.splices = Splices()
        root = layout.root
        self.prefix = root.prefix if root else ""

    def saved(self) -> bytes:
        """Return the part with all changes."""
        return self.splices.applied(self.content)

    # ------------------------------------------------------------------- cells

    def change(self, changes: Changes) -> None:
        """Change cells; rows and cells that are missing are made in their place."""
        layout = self.layout
        data = layout.blocks["sheetData"]
        at_end = b""
        for row in sorted(changes):
            at = layout.row_at(row)
            if at is not None:
                start, end = layout.starts[at], layout.ends[at]
                self.splices.replace(start, end, self._row(start, end, row, changes[row]))
                continue
            name = f"{self.prefix}row"
            made = f'<{name} r="{row + 1}">{self._made(row, changes[row], None)}</{name}>'.encode()
            below = layout.start_after(row)
            if below is None:
                at_end += made
            else:
                self.splices.put(below, made)
        if at_end:
            self.splices.append(self.content, data, at_end)
        self._dimension(changes)

    def _row(self, start: int, end: int, row: int, changes: Mapping[int, Change]) -> bytes:
        content = self.content[start:end]
        node = outline(content, self.gauge, levels=2)
        splices = Splices()
        left = dict(sorted(changes.items()))
        column = -1
        for cell in node.all("c"):
            reference = cell.attributes.get("r", "")
            at = column_index(reference.rstrip("0123456789")) if reference else column + 1
            while left and (first := next(iter(left))) < at:
                made = self._made(row, {first: left.pop(first)}, node)
                splices.put(cell.start, made.encode())
            if at in left:
                self._change(splices, content, cell, (row, at), left.pop(at))
            column = at
        changed = self._spans(node, changes)
        splices.append(content, node, self._made(row, left, node).encode(), **changed)
        return splices.applied(content)

    def _change(
        self, splices: Splices, content: bytes, cell: Node, at: tuple[int, int], change: Change
    ) -> None:
        style = cell.attributes.get("s", "0")
        base = int(style[:8]) if style.isdecimal() else 0
        if change.text is None:
            splices.retag(content, cell, s=str(change.style(base)))
        else:
            new = self._cell(*at, change.style(base), change.text)
            splices.replace(cell.start, cell.end, new.encode())

    @staticmethod
    def _spans(row: Node, changes: Mapping[int, Change]) -> dict[str, str | None]:
        first, _, last = row.attributes.get("spans", "").partition(":")
        if not first:
            return {}
        if not (first.isdecimal() and last.isdecimal()):
            return {"spans": None}  # an aid for readers, which may be left out
        columns = {int(first[:6]), int(last[:6]), *(column + 1 for column in changes)}
        return {"spans": f"{min(columns)}:{max(columns)}"}

    def _made(self, row: int, changes: Mapping[int, Change], node: Node | None) -> str:
        return "".join(
            self._cell(row, column, change.style(self._inherited(column, node)), change.text)
            for column, change in changes.items()
        )

    def _inherited(self, column: int, row: Node | None) -> int:
        """Return the style that a cell has while it is not there."""
        style = ""
        if row is not None and row.attributes.get("customFormat") in ("1", "true"):
            style = row.attributes.get("s", "")
        else:
            node = self.layout.column_node(column)
            style = node.attributes.get("style", "") if node else ""
        return int(style[:8]) if style.isdecimal() else 0

    def _cell(self, row: int, column: int, style: int, text: str | None) -> str:
        p, place = self.prefix, f"{letters(column)}{row + 1}"
        if text is None:
            return f'<{p}c r="{place}" s="{style}"/>'
        return inline(place, style, text, p)

    def _dimension(self, changes: Changes) -> None:
        node = self.layout.blocks.get("dimension")
        area = range_of(node.attributes.get("ref", "")) if node else None
        if node is None or area is None or not changes:
            return
        columns = [column for cells in changes.values() for column in cells]
        rows = (min(area[0], *changes), max(area[2], *changes))
        reach = (min(area[1], *columns), max(area[3], *columns))
        reference = name_of((rows[0], reach[0], rows[1], reach[1]))
        if name_of(area) != reference:
            self.splices.retag(self.content, node, ref=reference)

    # ---------------------------------------------------------------- settings

    def show_column(self, column: int, *, width: int | None) -> None:
        """Let a column be seen, and give it a width in characters if one is wanted."""
        node = self.layout.column_node(column)
        made = {} if width is None else {"width": str(width), "customWidth": "1"}
        number = str(column + 1)
        if node is None:
            if made:
                tag = f'<{self.prefix}col min="{number}" max="{number}"/>'.encode()
                self._put_column(column, with_attributes(tag, dict(made)))
            return
        first, last = span_of(node)
        tag = self.content[node.start : node.inside]
        if not node.closed:
            tag = tag[:-1].rstrip() + b"/>"
        pieces = []
        if first < column:
            pieces.append(with_attributes(tag, {"min": str(first + 1), "max": str(column)}))
        ours = {"min": number, "max": number, "hidden": None, "collapsed": None, **made}
        if width is None and node.attributes.get("hidden") in ("1", "true"):
            ours |= {"width": None, "customWidth": None}
        pieces.append(with_attributes(tag, ours))
        if last > column:
            pieces.append(with_attributes(tag, {"min": str(column + 2), "max": str(last + 1)}))
        self.splices.replace(node.start, node.end, b"".join(pieces))

    def _put_column(self, column: int, tag: bytes) -> None:
        block = self.layout.blocks.get("cols")
        if block is None:
            name = f"{self.prefix}cols".encode()
            self.insert("cols", b"<" + name + b">" + tag + b"</" + name + b">")
            return
        later = (node.start for node in self.layout.columns if span_of(node)[0] > column)
        at = next(later, None)
        if at is None:
            self.splices.append(self.content, block, tag)
        else:
            self.splices.put(at, tag)

    def filter(self, area: Range) -> None:
        """Set the range that the filter of the sheet reaches."""
        node = self.layout.blocks.get("autoFilter")
        if node is None:
            tag = f'<{self.prefix}autoFilter ref="{name_of(area)}"/>'
            self.insert("autoFilter", tag.encode())
        else:
            self.splices.retag(self.content, node, ref=name_of(area))

    def link_drawing(self, relation: str, space: str) -> None:
        """Name the part in which the boxes of the comments are drawn."""
        tag = f'<{self.prefix}legacyDrawing xmlns:r="{space}" r:id="{relation}"/>'.encode()
        node = self.layout.blocks.get("legacyDrawing")
        if node is None:
            self.insert("legacyDrawing", tag)
        else:
            self.splices.replace(node.start, node.end, tag)

    def insert(self, tag: str, new: bytes) -> None:
        """Put a child of the root in its place."""
        ends = self.layout.ended_at
        before = [ends[each] for each in _BEFORE[tag] if each in ends]
        root = self.layout.root
        self.splices.put(max(before, default=root.inside if root else 0), new)


def inline(place: str, style: int, text: str, prefix: str = "") -> str:
    """Return a cell that holds its words itself, so that shared texts stay untouched."""
    p = prefix
    said = f'<{p}is><{p}t xml:space="preserve">{written(text)}</{p}t></{p}is>'
    return f'<{p}c r="{place}" s="{style}" t="inlineStr">{said}</{p}c>'


def name_of(area: Range) -> str:
    """Return a range as B7 or A1:C9.

    >>> name_of((6, 1, 6, 1)), name_of((0, 0, 8, 2))
    ('B7', 'A1:C9')
    """
    top, left, bottom, right = area
    first, last = f"{letters(left)}{top + 1}", f"{letters(right)}{bottom + 1}"
    return first if first == last else f"{first}:{last}"


def absolute(area: Range) -> str:
    """Return a range as $A$1:$C$9.

    >>> absolute((0, 0, 8, 2))
    '$A$1:$C$9'
    """
    top, left, bottom, right = area
    return f"${letters(left)}${top + 1}:${letters(right)}${bottom + 1}"

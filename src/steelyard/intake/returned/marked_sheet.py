"""One sheet with what is said about its cells (标记工作表)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from steelyard.files import packages
from steelyard.intake.reading.sheets.sheet import Range, Unusable
from steelyard.intake.returned.book import Book
from steelyard.intake.returned.boxes import Box, no_boxes, with_boxes
from steelyard.intake.returned.cells import Change, Sheet
from steelyard.intake.returned.comments import Comments, no_comments
from steelyard.intake.returned.layout import Layout, laid_out, range_of
from steelyard.intake.returned.listing import HEADING
from steelyard.intake.returned.marks import Kind, Mark, comment_lines, row_text
from steelyard.intake.returned.placing import (
    Cell,
    Extra,
    anchored,
    controls,
    extra_column,
    shown_at,
)
from steelyard.intake.returned.styles import GROUNDS, Look, Styles

COLUMN = "错误信息"

_WIDTH = 60
"""Of that column, in characters; longer words run on over the empty cells beside it."""

_MOST_TABLES = 500


@dataclass(frozen=True, slots=True)
class Spoken:
    """What became of a sheet (标记的结果)."""

    shown: Mapping[Cell, Cell]
    """For each cell spoken of the one that carries the comment."""
    filtered: Range | None
    """The range of the sheet's filter, where we set it."""
    notes: Mapping[Cell, str] = field(default_factory=dict)
    """Why a cell is not seen at once."""


class _Open:
    """A sheet with all that belongs to it."""

    def __init__(self, book: Book, part: str) -> None:
        self.book = book
        self.part = part
        content = book.read(part)
        self.layout = laid_out(content, book.gauge)
        self.sheet = Sheet(content, self.layout, book.gauge)
        self.related = book.relations(part)
        self.drawing = self.linked("legacyDrawing", "vmlDrawing")
        """Holds the boxes of comments; empty when there is none."""

    def linked(self, block: str, kind: str) -> str:
        """Return the part that an element of the sheet names, empty when there is none."""
        node = self.layout.blocks.get(block)
        found, part = self.related.get(node.linked(), ("", "")) if node else ("", "")
        return part if found == kind and part in self.book.parts else ""


def mark_sheet(book: Book, styles: Styles, part: str, marks: Sequence[Mark]) -> Spoken:
    """Colour cells of a sheet and explain them, in comments and in a column behind the last.

    Args:
        book: The workbook.
        styles: Its styles; what is needed is added.
        part: The sheet.
        marks: What is said; each is about a cell.
    """
    it = _Open(book, part)
    shown = shown_at([mark.cell for mark in marks if mark.cell is not None], it.layout.merged)
    by_cell: dict[Cell, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.cell is not None:
            by_cell[shown[mark.cell]].append(mark)
    changes: dict[int, dict[int, Change]] = defaultdict(dict)
    for (row, column), said in sorted(by_cell.items()):
        changes[row][column] = Change(partial(styles.marked, kind=_worst(said)))
    extra = extra_column(it.layout, sorted(by_cell), _tables(it), _covered(it))
    filtered = _add_column(it.sheet, styles, extra, by_cell, changes) if extra else None
    it.sheet.change(changes)
    _comment(it, by_cell)
    book.put(part, it.sheet.saved())
    return Spoken(shown, filtered, _notes(it.layout, by_cell))


def _worst(marks: Sequence[Mark]) -> Kind:
    return next((kind for kind in Kind if any(mark.kind is kind for mark in marks)), Kind.MISTAKE)


def _notes(layout: Layout, cells: Mapping[Cell, object]) -> dict[Cell, str]:
    """Say which cells stand in rows or columns that are hidden."""
    found = {}
    for row, column in cells:
        hidden = "行" if not layout.height(row) else ""
        hidden += "列" if not layout.widths[column] else ""
        if hidden:
            found[row, column] = f"所在{hidden}已隐藏"
    return found


# --------------------------------------------------------------------- column


def _add_column(
    sheet: Sheet,
    styles: Styles,
    extra: Extra,
    by_cell: Mapping[Cell, list[Mark]],
    changes: dict[int, dict[int, Change]],
) -> Range | None:
    """Write the column 错误信息 and return the range of a filter, if one reaches it."""
    by_row: dict[int, list[Mark]] = defaultdict(list)
    for (row, _), marks in sorted(by_cell.items()):
        by_row[row] += marks
    for row, marks in by_row.items():
        look = styles.look(Look(ground=GROUNDS[_worst(marks)]))
        text = row_text(marks)
        if row == extra.heading:
            look, text = styles.look(HEADING), f"{COLUMN}　{text}"
        changes[row][extra.column] = Change(partial(_as, look), text)
    if extra.heading not in by_row:
        look = styles.look(HEADING)
        changes[extra.heading][extra.column] = Change(partial(_as, look), COLUMN)
    wide = extra.widened and sheet.layout.widths[extra.column] < _WIDTH * 7
    sheet.show_column(extra.column, width=_WIDTH if wide else None)
    if wide:
        sheet.layout.widths[extra.column] = _WIDTH * 7
    area = extra.grown
    if extra.own_filter:
        area = (extra.heading, extra.column, extra.last, extra.column)
    if area is not None:
        sheet.filter(area)
    return area


def _as(look: int, _base: int) -> int:
    return look


def _tables(it: _Open) -> list[Range]:
    found = []
    for relation in it.layout.tables[:_MOST_TABLES]:
        _, part = it.related.get(relation, ("", ""))
        if part in it.book.parts:
            area = range_of(it.book.outlined(part, levels=1).attributes.get("ref", ""))
            found += [area] if area else []
    return found


def _covered(it: _Open) -> list[Range]:
    """Return the cells that charts, pictures and buttons lie over, as far as it can be told."""
    found = controls(it.book.read(it.drawing)) if it.drawing else []
    part = it.linked("drawing", "drawing")
    if part:
        try:
            found += anchored(it.book.outlined(part, levels=4), it.book.read(part))
        except (Unusable, packages.Unusable):
            return found  # a picture may be damaged, and the sheet whole
    return found


# ------------------------------------------------------------------- comments


def _comment(it: _Open, by_cell: Mapping[Cell, list[Mark]]) -> None:
    """Write the comments, and a box for each."""
    book = it.book
    said = {cell: list(comment_lines(marks)) for cell, marks in sorted(by_cell.items())}
    there = next((part for kind, part in it.related.values() if kind == "comments"), "")
    known = there in book.parts
    comments = Comments(book.read(there) if known else no_comments(book.main_space), book.gauge)
    edges = {area[:2]: area[3] for area in it.layout.merged}
    boxes = {}
    for cell in dict.fromkeys([*comments.cells, *said]):
        words = [comments.text_of(cell)] if cell in comments.cells else []
        words += ["".join(each) for each in said.get(cell, ())]
        boxes[cell] = Box("\n".join(words), edges.get(cell, cell[1]), changed=cell in said)
    drawn = with_boxes(book.read(it.drawing), it.layout, boxes) if it.drawing else None
    if drawn is not None:
        book.put(it.drawing, drawn)
    else:
        new = with_boxes(no_boxes(), it.layout, boxes) or b""
        name = book.add("vmlDrawing", "drawings", "vmlDrawing", ".vml", new)
        it.sheet.link_drawing(book.relate(it.part, "vmlDrawing", name), book.office_space)
    written = comments.with_added(said)
    if known:
        book.put(there, written)
    else:
        name = book.add("comments", "", "comments", ".xml", written)
        book.relate(it.part, "comments", name)

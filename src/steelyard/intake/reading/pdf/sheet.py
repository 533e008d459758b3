"""One page as lines, pieces of tables and boxed words (版面), from above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.intake.reading.document import Box, Cell, Words
from steelyard.intake.reading.pdf.drawings import Places, parted
from steelyard.intake.reading.pdf.glyphs import Glyph, written
from steelyard.intake.reading.pdf.grid import Grid, grids
from steelyard.intake.reading.pdf.lines import Line, lines_of, words_of
from steelyard.intake.reading.pdf.rules import Drawn, Ruling
from steelyard.intake.reading.pdf.text_columns import Ruled, ruled_texts
from steelyard.intake.reading.pdf.view import View
from steelyard.intake.reading.pdf.wrapping import wrapped

_MOST_GRIDS = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A table, or as much of it as stands on one page (表格的一段)."""

    page: int
    across: tuple[float, ...]
    """The column edges from the left, in points."""
    top: float
    cells: tuple[Cell, ...]
    """By row, then column, counted from the first row on this page."""
    height: int
    certain: bool = True

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.across) - 1


@dataclass(frozen=True, slots=True)
class Boxed:
    """Words inside a drawing, as the labels of a chart (图中文字)."""

    page: int
    lines: tuple[Line, ...]
    top: float


Item = Line | Piece | Boxed


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one page (一页)."""

    number: int
    """Counted from 1."""
    width: float
    """With the words upright, in points."""
    height: float
    items: tuple[Item, ...]
    total: int
    """Characters that can be seen."""
    unknown: int
    """How many of them have no meaning."""
    pictures: float
    """Share of the page that the largest picture covers."""
    slanted: bool
    capped: bool


def sheet(page: Any, number: int, drawn: Drawn) -> Sheet | None:
    """Read one page.

    Args:
        page: PDFium's handle, which is not kept.
        number: Counted from 1.
        drawn: Looks at what is drawn, for the whole file.

    Returns:
        None when the page has no size.
    """
    text = written(page)
    if text is None:
        return None
    view = text.view
    ruling = drawn.ruling(page, view)
    # Without words there is no table; much may be drawn all the same.
    found = grids(ruling) if text.glyphs else ()
    return Sheet(
        number=number,
        width=view.width,
        height=view.height,
        items=tuple(_items(text.glyphs, ruling, found[:_MOST_GRIDS], number, view)),
        total=text.total,
        unknown=text.unknown,
        pictures=ruling.pictures,
        slanted=text.slanted,
        capped=text.capped or ruling.capped or len(found) > _MOST_GRIDS,
    )


def _items(
    glyphs: Sequence[Glyph],
    ruling: Ruling,
    found: Sequence[Grid],
    number: int,
    view: View,
) -> list[Item]:
    tables, drawings, outside = parted(glyphs, found, view)
    items: list[Item] = [_piece(grid, places, number, view) for grid, places in tables]
    labels: dict[Box, list[Line]] = defaultdict(list)
    lines: list[Line] = []
    for line in lines_of(outside, number, view):
        middle = (line.bottom + line.top) / 2
        for box in drawings:
            if box[0] <= line.left and line.right <= box[2] and box[1] < middle < box[3]:
                labels[box].append(line)
                break
        else:
            lines.append(line)
    items += [Boxed(number, tuple(some), box[3]) for box, some in labels.items()]
    for each in ruled_texts(lines, outside, ruling, view):
        if isinstance(each, Ruled):
            items.append(
                Piece(number, each.across, each.top, each.cells, each.height, each.certain)
            )
        else:
            items.append(each)
    items.sort(key=lambda item: (-item.top, item.left if isinstance(item, Line) else 0.0))
    return items


def _piece(grid: Grid, places: Places, number: int, view: View) -> Piece:
    cells = []
    for index, place in enumerate(grid.places):
        left, _, right, _ = grid.box_of(place)
        lines = lines_of(places.get(index, ()), number, view)
        words = words_of(wrapped(lines, left, right)) if lines else Words("")
        cells.append(Cell(place.row, place.column, words, place.rows, place.columns))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Piece(number, grid.across, grid.down[0], tuple(cells), len(grid.down) - 1)

"""What ruling is a table, and what is a drawing (表格与图), as the axes of a chart."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from steelyard.intake.reading.document import Box
from steelyard.intake.reading.pdf.glyphs import Glyph
from steelyard.intake.reading.pdf.grid import Grid
from steelyard.intake.reading.pdf.view import View

_FRAME = 0.5
"""Share of the page from which a single frame is the border of the page."""

_CUT = 0.1
"""Share of characters on rules from which ruling is no table but a drawing."""

_NEAR = 0.2
"""Share of a character's height: nearer to an edge, the edge goes through it."""

_EMPTY = 0.08
"""Share of cells with words below which ruling is no table."""

_STRAY = 0.35
"""Share of a grid up to which an edge ends where it pleases."""

_LABELS = 16.0
"""Points below the axes of a chart within which its labels stand."""

Places = dict[int, list[Glyph]]
"""Characters by the place of a grid that they stand in."""


def parted(
    glyphs: Sequence[Glyph], found: Sequence[Grid], view: View
) -> tuple[list[tuple[Grid, Places]], list[Box], list[Glyph]]:
    """Part the characters of a page.

    Args:
        glyphs: All of them.
        found: The grids of the page, those within others too.
        view: How the page is looked at.

    Returns:
        The tables with the characters in each place; the areas of drawings, labels
        included; and the characters outside of tables.
    """
    alone = _standing_alone(found, view)
    inside, outside = _sorted_into(glyphs, alone)
    drawings = [
        grid for grid, places in zip(alone, inside, strict=True) if _is_drawing(grid, places)
    ]
    frames = [
        grid
        for grid in alone
        if len(grid.places) == 1 and any(_holds(grid, each) for each in drawings)
    ]
    tables = [each for each in alone if each not in drawings and each not in frames]
    if len(tables) < len(alone):
        inside, outside = _sorted_into(glyphs, tables)
    areas = [frame.box for frame in frames]
    areas += [_with_labels(each.box) for each in drawings]
    return (
        [(grid, places) for grid, places in zip(tables, inside, strict=True) if places],
        areas,
        outside,
    )


def _standing_alone(found: Sequence[Grid], view: View) -> list[Grid]:
    """Return the grids, small ones first, without those in a cell of another.

    The words of a table within a cell are words of that cell. A border around the
    page is no grid.
    """
    kept: list[Grid] = []
    page = view.width * view.height
    for grid in sorted(found, key=_area, reverse=True):
        if len(grid.places) == 1 and _area(grid) > _FRAME * page:
            continue
        if not any(len(each.places) > 1 and _holds(each, grid) for each in kept):
            kept.append(grid)
    return kept[::-1]


def _area(grid: Grid) -> float:
    left, bottom, right, top = grid.box
    return (right - left) * (top - bottom)


def _holds(outer: Grid, inner: Grid) -> bool:
    left, bottom, right, top = inner.box
    return outer is not inner and outer.place_at((left + right) / 2, (bottom + top) / 2) is not None


def _sorted_into(
    glyphs: Sequence[Glyph], alone: Sequence[Grid]
) -> tuple[list[Places], list[Glyph]]:
    """Return the characters in each place of each grid, and those outside."""
    inside: list[Places] = [defaultdict(list) for _ in alone]
    if not alone:
        return inside, list(glyphs)
    outside: list[Glyph] = []
    boxes = [(*grid.box, grid, places) for grid, places in zip(alone, inside, strict=True)]
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        for left, bottom, right, top, grid, places in boxes:
            if left <= x < right and bottom < y <= top:
                place = grid.place_at(x, y)
                if place is not None:
                    places[place].append(glyph)
                    break
        else:
            outside.append(glyph)
    return inside, outside


def _is_drawing(grid: Grid, places: Places) -> bool:
    """Say whether ruling is a drawing: words stand on its rules, or it has next to none."""
    if len(grid.places) == 1:
        return False
    cut = total = 0
    for index, glyphs in places.items():
        _, bottom, _, top = grid.box_of(grid.places[index])
        for glyph in glyphs:
            middle, near = (glyph.bottom + glyph.top) / 2, _NEAR * (glyph.top - glyph.bottom)
            cut += middle - bottom < near or top - middle < near
        total += len(glyphs)
    filled = {
        index for index, some in places.items() if any(not glyph.text.isspace() for glyph in some)
    }
    share = len(filled) / len(grid.places)
    if not filled or cut > _CUT * total or share < _EMPTY:
        return True
    # The bars of a chart end where they please and leave gaps; a form that is
    # nearly empty is ruled from side to side.
    rows, columns = _blank(grid, filled)
    return _stray_edges(grid) and (share < 0.4 or rows >= 0.3 or columns >= 0.5)


def _blank(grid: Grid, filled: set[int]) -> tuple[float, float]:
    """Return the shares of rows and of columns without any words."""
    words = [grid.places[index] for index in filled]
    rows = {row for each in words for row in range(each.row, each.row + each.rows)}
    columns = {c for each in words for c in range(each.column, each.column + each.columns)}
    height, width = len(grid.down) - 1, len(grid.across) - 1
    return 1 - len(rows) / height, 1 - len(columns) / width


def _stray_edges(grid: Grid) -> bool:
    """Say whether some inner edges reach over a small part of the grid only."""
    rows = [0.0] * (len(grid.down) - 1)
    columns = [0.0] * (len(grid.across) - 1)
    for place in grid.places:
        left, bottom, right, top = grid.box_of(place)
        rows[place.row] += right - left
        columns[place.column] += top - bottom
    left, bottom, right, top = grid.box
    inner = [each / (right - left) for each in rows[1:]]
    inner += [each / (top - bottom) for each in columns[1:]]
    return sum(each < _STRAY for each in inner) > 0.05 * len(inner)


def _with_labels(box: Box) -> Box:
    """Return the area of a chart: what stands beside its axes is a label, however long."""
    return (-math.inf, box[1] - _LABELS, math.inf, box[3])

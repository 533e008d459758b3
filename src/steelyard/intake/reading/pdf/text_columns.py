"""Tables without upright rules (三线表), parted where all their rows leave a gap.

Only under a numbered title, and between level rules of one width. What columns are
is guessed, so such a table is certain only when every row fills every column.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.intake.reading.document import Cell, Words
from steelyard.intake.reading.headings import is_table_title, unit_line
from steelyard.intake.reading.pdf.glyphs import Glyph
from steelyard.intake.reading.pdf.lines import Line, lines_of, words_of
from steelyard.intake.reading.pdf.rules import Rule, Ruling
from steelyard.intake.reading.pdf.view import View

_ALIKE = 6.0
"""Points by which the rules of one table may differ in their ends."""

_WIDEST_GAP = 60.0
"""Points between a title and the first rule, a unit line between them included."""

_LEAST = 120.0
"""Points that a rule of a table measures."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table between level rules on one page (三线表)."""

    across: tuple[float, ...]
    top: float
    bottom: float
    cells: tuple[Cell, ...]
    height: int
    certain: bool


def ruled_texts(
    lines: Sequence[Line], glyphs: Sequence[Glyph], ruling: Ruling, view: View
) -> list[Line | Ruled]:
    """Return lines outside of grids, those between level rules put into tables.

    Args:
        lines: From above.
        glyphs: Their characters.
        ruling: All rules of the page.
        view: How the page is looked at.
    """
    tables: list[Ruled] = []
    for title in lines:
        if is_table_title(title.text) and (rules := _rules_below(title, lines, ruling)):
            inside = [g for g in glyphs if rules[-1].at < (g.bottom + g.top) / 2 < rules[0].at]
            found = _table(inside, rules, title.page, view)
            if found:
                tables.append(found)
    kept = [
        line
        for line in lines
        if not any(t.bottom < (line.bottom + line.top) / 2 < t.top for t in tables)
    ]
    return [*kept, *tables]


def _rules_below(title: Line, lines: Sequence[Line], ruling: Ruling) -> list[Rule]:
    """Return the level rules of the table under a title, from above; else none."""
    below = [r for r in reversed(ruling.level) if r.at < title.bottom and r.end - r.start > _LEAST]
    if not below or title.bottom - below[0].at > _WIDEST_GAP:
        return []
    first = below[0]
    between = [
        line for line in lines if first.at < line.bottom < title.bottom and line is not title
    ]
    if any(unit_line(line.text) is None for line in between):
        return []
    until = max(
        (line.top for line in lines if line.top < first.at and is_table_title(line.text)),
        default=0.0,
    )
    rules = [
        rule
        for rule in below
        if abs(rule.start - first.start) < _ALIKE
        and abs(rule.end - first.end) < _ALIKE
        and rule.at > until
    ]
    # Rules that upright ones cross are those of a grid.
    crossed = any(
        first.start - _ALIKE <= upright.at <= first.end + _ALIKE
        and upright.start < rule.at < upright.end
        for upright in ruling.upright
        for rule in rules
    )
    return [] if len(rules) < 3 or crossed else rules


def _table(glyphs: Sequence[Glyph], rules: Sequence[Rule], page: int, view: View) -> Ruled | None:
    lines = lines_of(glyphs, page, view)
    if len(lines) < 2:
        return None
    em = sorted(line.em for line in lines)[len(lines) // 2]
    inner = _gaps([g for g in glyphs if not g.text.isspace()], 0.8 * em)
    across = (rules[0].start, *inner, rules[0].end)
    if len(across) < 3:
        return None
    rows: list[list[list[Glyph]]] = [[[] for _ in across[1:]] for _ in lines]
    heights = [-(line.bottom + line.top) / 2 for line in lines]
    for glyph in glyphs:
        row = _nearest(heights, -(glyph.bottom + glyph.top) / 2)
        column = bisect.bisect_right(across, (glyph.left + glyph.right) / 2) - 1
        rows[row][min(max(column, 0), len(across) - 2)].append(glyph)
    cells, certain = [], True
    for row, columns in enumerate(rows):
        for column, some in enumerate(columns):
            words = words_of([("", line) for line in lines_of(some, page, view)[:1]])
            certain = certain and bool(words.text)
            cells.append(Cell(row, column, words if words.text else Words("")))
    return Ruled(across, rules[0].at, rules[-1].at, tuple(cells), len(rows), certain)


def _gaps(glyphs: Sequence[Glyph], least: float) -> list[float]:
    """Return the middles of the gaps that no character stands in."""
    middles: list[float] = []
    reach = float("inf")
    for glyph in sorted(glyphs, key=lambda each: each.left):
        if glyph.left - reach >= least:
            middles.append((glyph.left + reach) / 2)
        reach = glyph.right if reach == float("inf") else max(reach, glyph.right)
    return middles


def _nearest(heights: Sequence[float], height: float) -> int:
    index = bisect.bisect_left(heights, height)
    if index == len(heights) or (index and height - heights[index - 1] < heights[index] - height):
        return index - 1
    return index

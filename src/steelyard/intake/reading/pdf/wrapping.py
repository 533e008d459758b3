"""Where a printed line ends a paragraph, and where it only ran out of paper (换行)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.intake.reading.headings import heading_level, is_figure_title, is_table_title
from steelyard.intake.reading.pdf.lines import Line, between

_ENDS = "。；;！!？?：:"
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|第[一二三四五六七八九十]{1,3}[章节条]"
    r"|\d{1,2}[．.、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳●•◆■▪➢]|附件"
)

_ROOM = 0.4
"""Of a character's width: so much less than needed still counts as room."""

_INDENT = 1.2
"""Widths of a character from which a line is indented."""


@dataclass(frozen=True, slots=True)
class Column:
    """Between which edges words run (版心); measures in points."""

    left: float
    right: float
    leading: float = 0.0
    """From line to line; 0 when it is not known."""
    indents: bool = True
    """Whether the first line of a paragraph stands further in than the others."""


def wrapped(lines: Sequence[Line], left: float, right: float) -> list[tuple[str, Line]]:
    """Return the lines of a cell with what stands before each.

    Args:
        lines: From above; at least one.
        left: Edge of the cell.
        right: Edge of the cell.
    """
    margin = max(min(line.left for line in lines) - left, 0.0)
    column = Column(left + margin, right - margin)
    parts: list[tuple[str, Line]] = []
    last: Line | None = None
    for line in lines:
        if last is None:
            parts.append(("", line))
        else:
            parts.append((between(last, line) if _same_cell(last, line, column) else "\n", line))
        last = line
    return parts


def _same_cell(before: Line, after: Line, column: Column) -> bool:
    # Centred lines are full when they are wide, wherever they end.
    slack = (column.right - column.left) - (before.right - before.left)
    if after.opening + _ROOM * before.em <= slack:
        return False
    return not (_begins(before, after) or _is_indented(before, after, column))


def goes_on(before: Line, after: Line, column: Column) -> bool:
    """Say whether a paragraph of the page goes on in the next line."""
    if _differs(before.em, after.em) and _differs(before.height, after.height):
        return False
    if not (_is_full(before, after, column) or _is_unfinished(before, after, column)):
        return False
    if before.page == after.page and column.leading:
        if before.top - after.top > 1.5 * max(column.leading, 1.2 * before.height):
            return False
        if before.top - after.top < 0.5 * before.height:
            return False
    return not (_begins(before, after) or _is_indented(before, after, column))


def _is_full(before: Line, after: Line, column: Column) -> bool:
    """Say whether a line had no room for the beginning of the next."""
    return before.right + after.opening + _ROOM * before.em > column.right


def _is_unfinished(before: Line, after: Line, column: Column) -> bool:
    """Say whether a sentence goes on at the edge, where paragraphs begin further in."""
    long = before.right - column.left > 0.75 * (column.right - column.left)
    begins = before.left - column.left <= 2.5 * before.em
    at_edge = abs(after.left - column.left) <= 0.5 * after.em
    ended = before.text[-1] in _ENDS or heading_level(before.text) > 0
    return column.indents and long and begins and at_edge and not ended


def _differs(one: float, other: float) -> bool:
    return min(one, other) < 0.85 * max(one, other)


def _begins(before: Line, after: Line) -> bool:
    """Say whether a number begins a paragraph, or the title of a table or figure does."""
    if is_table_title(after.text) or is_figure_title(after.text):
        return after.left > before.left + after.em or before.text[-1] in _ENDS
    return before.text[-1] in _ENDS and bool(_NUMBERED.match(after.text))


def is_indented(line: Line, column: Column) -> bool:
    """Say whether a line begins further in than its column does."""
    return line.left - column.left > _INDENT * line.em


def _is_indented(before: Line, after: Line, column: Column) -> bool:
    """Say whether a line stands further in as the first of a paragraph does."""
    if not is_indented(after, column):
        return False
    # A list may stand further in as a whole; the lines of a title are centred.
    if abs(before.left - after.left) <= 0.5 * after.em:
        return column.indents
    centred = _is_centred(before, column) and _is_centred(after, column)
    return not centred or before.text[-1] in _ENDS


def _is_centred(line: Line, column: Column) -> bool:
    return abs((line.left + line.right) - (column.left + column.right)) <= 0.8 * line.em

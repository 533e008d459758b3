"""Pages as one running text (连排): paragraphs and tables, over page ends."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from steelyard.intake.reading.document import Block, Paragraph, Role, Table, Words
from steelyard.intake.reading.headings import unit_line
from steelyard.intake.reading.pdf.joining import Joined, may_go_on
from steelyard.intake.reading.pdf.lines import Line, between, words_of
from steelyard.intake.reading.pdf.sheet import Boxed, Item, Piece, Sheet
from steelyard.intake.reading.pdf.wrapping import Column, goes_on, is_indented

_LEADERS = re.compile(r"(?:[.．…·•。]\s*){4,}\S{0,8}$|[.．…·•]{2,}\s*\d{1,4}$")
_CONTINUED = re.compile(r"[（(]?续|.{0,40}[（(]续")

_EDGE = 3.0
"""Points within which lines end at the same edge."""


def flowing(sheets: Sequence[Sheet]) -> list[Block]:
    """Return the blocks of a file.

    Args:
        sheets: Its pages without headers and footers.
    """
    flow = _Flow(_columns(sheets))
    for sheet in sheets:
        flow.take(sheet)
    return flow.finished()


def _size(sheet: Sheet) -> tuple[int, int]:
    return round(sheet.width / 10), round(sheet.height / 10)


def _columns(sheets: Sequence[Sheet]) -> dict[tuple[int, int], Column]:
    """Return between which edges the text of pages of one size runs."""
    lines: dict[tuple[int, int], list[Line]] = defaultdict(list)
    widths: dict[tuple[int, int], float] = {}
    for sheet in sheets:
        lines[_size(sheet)] += [each for each in sheet.items if isinstance(each, Line)]
        widths[_size(sheet)] = sheet.width
    return {size: _column(some, widths[size]) for size, some in lines.items() if some}


def _column(lines: Sequence[Line], width: float) -> Column:
    left = _edge(sorted(line.left for line in lines))
    right = _edge(sorted((line.right for line in lines), reverse=True))
    steps = [
        before.top - after.top
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and before.top - after.top > 0.8 * before.height
    ]
    column = Column(
        left,
        # Where all lines are short, as on a cover, the margins are taken as alike.
        right if right - left > width / 2 else max(right, width - left),
        statistics.median(steps) if steps else 0.0,
    )
    return replace(column, indents=_indents(lines, column))


def _indents(lines: Sequence[Line], column: Column) -> bool:
    """Say whether paragraphs begin further in: then full lines lead back to the edge."""
    back = alike = 0
    for before, after in itertools.pairwise(lines):
        if is_indented(before, column) and column.right - before.right < before.em:
            back += not is_indented(after, column)
            alike += abs(after.left - before.left) <= 0.5 * after.em
    return back >= alike


def _edge(ends: Sequence[float]) -> float:
    """Return the outermost edge at which some lines end alike."""
    alike = max(2, len(ends) // 30)
    for first, last in zip(ends, ends[alike - 1 :], strict=False):
        if abs(first - last) <= _EDGE:
            return first
    return ends[0]


class _Flow:
    def __init__(self, columns: dict[tuple[int, int], Column]) -> None:
        self._columns = columns
        self._blocks: list[Block] = []
        self._parts: list[tuple[str, Line]] = []
        self._table: Joined | None = None
        self._size: tuple[int, int] | None = None

    def take(self, sheet: Sheet) -> None:
        # A paragraph does not go on where the paper is turned.
        if _size(sheet) != self._size:
            self._end_paragraph()
            self._size = _size(sheet)
        column = self._columns.get(_size(sheet), Column(0.0, sheet.width))
        items = self._after_table(sheet)
        for item in items:
            match item:
                case Line():
                    self._end_table()
                    self._take_line(item, column)
                case Piece():
                    self._end_paragraph()
                    self._end_table()
                    self._table = Joined(item)
                case Boxed():
                    self._end_paragraph()
                    self._end_table()
                    self._blocks += [
                        Paragraph(words_of([("", line)]), Role.BOX) for line in item.lines
                    ]

    def finished(self) -> list[Block]:
        self._end_paragraph()
        self._end_table()
        return self._blocks

    def _after_table(self, sheet: Sheet) -> Sequence[Item]:
        """Join the table at the end of the page before; return what remains."""
        table = self._table
        if table is None:
            return sheet.items
        for index, item in enumerate(sheet.items[:3]):
            if isinstance(item, Piece):
                above = sheet.items[:index]
                if may_go_on(table.last, item) and _only_continues(above):
                    table.add(item)
                    return sheet.items[index + 1 :]
                break
        return sheet.items

    def _take_line(self, line: Line, column: Column) -> None:
        if self._parts:
            last = self._parts[-1][1]
            if not _LEADERS.search(last.text) and goes_on(last, line, column):
                self._parts.append((between(last, line), line))
                return
            self._end_paragraph()
        self._parts = [("", line)]

    def _end_paragraph(self) -> None:
        if self._parts:
            words = words_of(self._parts)
            role = Role.CONTENTS if _LEADERS.search(words.text) else Role.BODY
            self._blocks.append(Paragraph(words, role))
            self._parts = []

    def _end_table(self) -> None:
        if self._table is not None:
            table = self._table.table()
            self._blocks += [table] if _is_table(table) else _as_paragraphs(table)
            self._table = None


def _only_continues(above: Sequence[Item]) -> bool:
    """Say whether lines between two pieces only repeat the title or the unit."""
    lines = [item for item in above if isinstance(item, Line)]
    if len(lines) != len(above):
        return False
    return not lines or (
        any(_CONTINUED.match(line.text) and len(line.text) <= 60 for line in lines)
        and all(_CONTINUED.match(x.text) or unit_line(x.text) is not None for x in lines)
    )


def _is_table(table: Table) -> bool:
    """Say whether ruled cells are a table: a frame with words in one cell is none."""
    return sum(bool(cell.words.text) for cell in table.cells) > 1


def _as_paragraphs(table: Table) -> list[Block]:
    return [Paragraph(words) for cell in table.cells for words in _paragraphs(cell.words)]


def _paragraphs(words: Words) -> list[Words]:
    """Return each line of a text with its own spots."""
    found: list[Words] = []
    start = 0
    for text in words.text.split("\n"):
        spots = words.spots_in(start, start + len(text))
        if text:
            moved = (replace(s, offset=max(s.offset - start, 0)) for s in spots)
            found.append(Words(text, tuple(moved)))
        start += len(text) + 1
    return found

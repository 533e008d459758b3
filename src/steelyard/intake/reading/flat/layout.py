"""Tables in a text that keeps the places of its columns (版式文本).

Such a text has a blank strip between two columns on every line of a table. The
strips give the columns. Rows come from the columns of figures: the lines of a
wrapped cell stand around the figure of its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.intake.reading.document import Cell, Table, Words
from steelyard.intake.reading.flat.atoms import woven
from steelyard.intake.reading.flat.header import opens_header
from steelyard.intake.reading.flat.lines import Line
from steelyard.intake.reading.flat.proof import is_certain
from steelyard.intake.reading.flat.sharing import shared
from steelyard.intake.reading.flat.terms import Kind, bare, guessed, known
from steelyard.intake.reading.headings import TABLE_TITLE, heading_level, is_figure_title, unit_line

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"[-－+]?[\d,]+(?:\.\d+)?[%％]?|[—–―-]{1,2}")
_SHORT = re.compile(r"[—–―/-]{1,2}|是|否|[≥≤=]?[\d,.]+\s?\S{0,3}")
_MOST_HEADER_LINES = 6
_MOST_LINES = 400
"""Lines of one table on one page."""
_TYPED = (Kind.NUMBER, Kind.PERCENT, Kind.INDEX, Kind.CHOICE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A table and the index of the first line behind it."""

    table: Table
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The part of a table on one page: the pieces of each line by column."""

    columns: int
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    """Number of the line in the file, and its text in each column."""
    head: int
    """How many of the lines are the header."""


def has_layout(lines: Sequence[Line]) -> bool:
    """Say whether a text keeps the places of its columns (是否保留版式)."""
    parted = sum(1 for line in lines if not line.contents and "   " in line.text)
    return parted >= 3 and parted * 25 >= len(lines)


def placed_table_at(lines: Sequence[Line], start: int) -> Placed | None:
    """Return the table whose header begins at a line of a text with layout."""
    sheet, end = _sheet_at(lines, start)
    if sheet is None:
        return None
    names = _names(sheet)
    kinds = _kinds(names)
    cells = _header(sheet)
    height = 1
    more, height = _body(sheet, kinds, height)
    cells += more
    while end < len(lines) and lines[end].opens_page:
        following, behind = _sheet_at(lines, end)
        if following is None or _names(following) != names:
            break
        more, height = _body(following, kinds, height)
        cells += more
        end = behind
    if height < 2:
        return None
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    draft = Table(ordered, height, sheet.columns, header_rows=1)
    sure = all(known(name) is not None for name in names) and _one_each(draft, kinds)
    certain = sure and is_certain(draft, kinds, whole=True, easy=True)
    return Placed(Table(ordered, height, sheet.columns, header_rows=1, certain=certain), end)


# ------------------------------------------------------------------ columns


def _pieces(line: Line) -> list[_Piece]:
    offset = line.indent
    return [
        _Piece(offset + match.start(), offset + match.end(), match[0])
        for match in _SEGMENT.finditer(line.text)
    ]


def _sheet_at(lines: Sequence[Line], start: int) -> tuple[_Sheet | None, int]:
    head = _pieces(lines[start])
    near = lines[start : start + _MOST_HEADER_LINES]
    if lines[start].contents or unit_line(lines[start].text) is not None:
        return None, start
    if not any(opens_header(line) for line in near):
        return None, start
    heads = max((_pieces(line) for line in near[:4]), key=len)
    if len(heads) < 2 or (len(head) < 2 and not _starts_header(head)):
        return None, start
    covered: set[int] = set()
    end = start
    while end < min(len(lines), start + _MOST_LINES):
        line = lines[end]
        if (end > start and line.opens_page) or _ends_table(lines, end):
            break
        pieces = _pieces(line)
        if end > start and len(pieces) == 1 and _bridges(pieces[0], heads):
            break
        covered |= {at for piece in pieces for at in range(piece.start, piece.end)}
        end += 1
    best: _Sheet | None = None
    score = 0
    for count in range(1, min(_MOST_HEADER_LINES, end - start - 1) + 1):
        sheet = _parted(lines[start:end], _strips(covered), count)
        names = _names(sheet)
        found = sum(1 for name in names if known(name)) * 2 + sum(
            1 for name in names if guessed(name)
        )
        if found >= max(score, 1):
            best, score = sheet, found
    if best is None or sum(1 for name in _names(best) if known(name)) * 2 < best.columns:
        return None, start
    return best, end


def _bridges(piece: _Piece, heads: Sequence[_Piece]) -> bool:
    """Say whether words stand under several column names at once: running text."""
    return sum(1 for head in heads if piece.start < head.end and piece.end > head.start) > 1


def _starts_header(head: Sequence[_Piece]) -> bool:
    return len(head) == 1 and len(head[0].text) <= 6


def _ends_table(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    pieces = _pieces(line)
    if line.contents or is_figure_title(line.text):
        return True
    if len(pieces) > 1:
        return False
    if TABLE_TITLE.match(line.text) and len(line.text) <= 60:
        return True
    return heading_level(line.text) > 0 and len(line.text) > 3


def _strips(covered: set[int]) -> list[tuple[int, int]]:
    """Return the covered stretches: start and end of each column."""
    strips: list[tuple[int, int]] = []
    for at in sorted(covered):
        if strips and at == strips[-1][1]:
            strips[-1] = (strips[-1][0], at + 1)
        else:
            strips.append((at, at + 1))
    return strips


def _parted(lines: Sequence[Line], strips: Sequence[tuple[int, int]], head: int) -> _Sheet:
    """Part lines into columns; a strip that the header leaves empty joins its left one."""
    headed = [
        any(
            piece.start < end and piece.end > start
            for line in lines[:head]
            for piece in _pieces(line)
        )
        for start, end in strips
    ]
    column = -1
    of_strip: list[int] = []
    for named in headed:
        column += named or column < 0
        of_strip.append(column)
    parted: list[tuple[int, tuple[str, ...]]] = []
    for line in lines:
        texts = [""] * (column + 1)
        for match in re.finditer(r"\S+", line.text):
            at = line.indent + match.start()
            place = next(
                (index for index, (start, end) in enumerate(strips) if start <= at < end), 0
            )
            texts[of_strip[place]] = f"{texts[of_strip[place]]} {match[0]}".strip()
        parted.append((line.number, tuple(texts)))
    return _Sheet(column + 1, tuple(parted), head)


def _names(sheet: _Sheet) -> list[str]:
    return [
        bare("".join(texts[column] for _, texts in sheet.lines[: sheet.head]))
        for column in range(sheet.columns)
    ]


def _kinds(names: Sequence[str]) -> list[Kind]:
    kinds = [known(name) or guessed(name) or Kind.ANY for name in names]
    for index, kind in enumerate(kinds):
        last = index + 1 == len(kinds) or kinds[index + 1] is not Kind.LEVEL
        if (kind is Kind.LEVEL and last) or (index == 0 and kind is Kind.NUMBER):
            kinds[index] = Kind.NAME
    return kinds


def _header(sheet: _Sheet) -> list[Cell]:
    cells: list[Cell] = []
    for column in range(sheet.columns):
        words = _words(sheet.lines[: sheet.head], column)
        if words:
            cells.append(Cell(0, column, words))
    return cells


def _words(lines: Sequence[tuple[int, tuple[str, ...]]], column: int) -> Words | None:
    pieces = [(texts[column], number) for number, texts in lines if texts[column]]
    return woven(pieces) if pieces else None


# --------------------------------------------------------------------- rows


def _body(sheet: _Sheet, kinds: Sequence[Kind], height: int) -> tuple[list[Cell], int]:
    """Return the cells of the rows on one page, and the height with them."""
    lines = sheet.lines[sheet.head :]
    anchors = _anchors(lines, kinds)
    cells: list[Cell] = []
    for column, kind in enumerate(kinds):
        filled = [at for at, (_, texts) in enumerate(lines) if texts[column]]
        texts = [lines[at][1][column] for at in filled]
        for share in shared(texts, filled, anchors, label=kind is Kind.LEVEL):
            words = _words([lines[at] for at in filled[share.first : share.last]], column)
            if words:
                rows = share.end_row - share.row
                cells.append(Cell(height + share.row, column, words, rows))
    return cells, height + len(anchors)


def _anchors(lines: Sequence[tuple[int, tuple[str, ...]]], kinds: Sequence[Kind]) -> list[int]:
    """Return the line of each row: where the fullest column of figures has one."""
    best: list[int] = []
    for column, kind in enumerate(kinds):
        texts = [(at, line[1][column]) for at, line in enumerate(lines) if line[1][column]]
        short = [at for at, text in texts if _FIGURE.fullmatch(text) or _SHORT.fullmatch(text)]
        if (
            kind in (*_TYPED, Kind.VALUE)
            and len(short) * 10 >= len(texts) * 9
            and len(short) > len(best)
        ):
            best = short
    # Without figures every line is a row.
    return best or list(range(len(lines)))


def _one_each(table: Table, kinds: Sequence[Kind]) -> bool:
    typed = [column for column, kind in enumerate(kinds) if kind in _TYPED]
    return bool(typed) and all(
        _SHORT.fullmatch(bare(table.text_at(row, column))) is not None
        for row in range(1, table.height)
        for column in typed
    )

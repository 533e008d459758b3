"""Flattened tables in their grid again (表格还原).

A header is known by its words; the rows below it are fitted to its columns, and
end where no more row is believed. The widths of wrapped columns are learnt from a
first fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steelyard.intake.reading.document import Cell, Table
from steelyard.intake.reading.flat.atoms import Atom, atoms_of, segments, woven
from steelyard.intake.reading.flat.fit import Fit
from steelyard.intake.reading.flat.header import Column, Header, grouped, headers_at, opens_header
from steelyard.intake.reading.flat.lines import Line, width_of
from steelyard.intake.reading.flat.proof import is_certain
from steelyard.intake.reading.flat.rows import Row, Shape
from steelyard.intake.reading.flat.terms import Kind, bare, known
from steelyard.intake.reading.headings import TABLE_TITLE, heading_level, is_figure_title

_MOST_ATOMS = 6_000
"""Pieces of one table that are fitted."""
_SAMPLE = 90
"""Pieces that show which reading of a header is right, and how wide columns are."""
_BELIEVED = 40
"""What a row may cost while widths are learnt from it."""
_EASY = 20
"""What a row costs at most when no other reading was near."""
_LEAST_GAIN = 30
_READINGS = 4


_CELL = re.compile(r"[\d,.%％]+|[—–―-]{1,2}")
_QUESTION = re.compile(r"第\s*\d+\s*题|(?:问题|题目)\s*\d+\s*[：:]|Q\d+[.．：:]")


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the line after it."""

    table: Table
    end: int
    """Index of the first line behind the table."""


@dataclass(frozen=True, slots=True)
class _Trial:
    header: Header
    shapes: tuple[Shape, ...]
    gain: int


def table_at(
    lines: Sequence[Line], start: int, *, titled: bool, names: frozenset[str]
) -> Found | None:
    """Return the table whose header begins at a line, None when there is none.

    Args:
        lines: All lines.
        start: Index of the line.
        titled: A caption stands above it.
        names: What the text has as headings: likely labels.
    """
    if lines[start].contents or not (titled or opens_header(lines[start])):
        return None
    headers = headers_at(lines, start, titled=titled)
    if not headers:
        return None
    limit = _limit(lines, start + 1, lines[start].text)
    best: _Trial | None = None
    for header in _likely(headers):
        body = atoms_of(lines[start + header.lines : min(limit, start + header.lines + _SAMPLE)])
        for reading in _readings(header):
            trial = _tried(reading, body[:_SAMPLE], names)
            if trial and (best is None or trial.gain > best.gain):
                best = trial
    if best is None or best.gain < _LEAST_GAIN:
        return None
    body = atoms_of(lines[start + best.header.lines : limit])[:_MOST_ATOMS]
    fit = Fit(body, best.shapes, names)
    if fit.best_gain < _LEAST_GAIN:
        return None
    rows = fit.rows(fit.best_end)
    last = body[fit.best_end - 1].number
    end = start + best.header.lines
    while end < len(lines) and lines[end].number <= last:
        end += 1
    whole = not _is_part(lines, start - 1) and not _is_part(lines, end)
    return Found(_built(best.header, best.shapes, rows, body, whole=whole), end)


def _is_part(lines: Sequence[Line], index: int) -> bool:
    """Say whether a line beside a table seems to be a part of it that was lost."""
    if not 0 <= index < len(lines) or lines[index].contents:
        return False
    text = bare(lines[index].text)
    return known(text) is not None or bool(_CELL.fullmatch(text))


def _limit(lines: Sequence[Line], start: int, head: str) -> int:
    """Return the index of the line that no table passes; its own header ends it too."""
    for index in range(start, len(lines)):
        text = lines[index].text
        if lines[index].contents or is_figure_title(text):
            return index
        if (TABLE_TITLE.match(text) and len(text) <= 60) or _QUESTION.match(text):
            return index
        if text == head and " " in head:
            return index
        if 1 <= heading_level(text) <= 2 and not text[-1].isdigit():
            return index
    return len(lines)


def _likely(headers: Sequence[Header]) -> list[Header]:
    def doubt(header: Header) -> tuple[int, int]:
        unsure = sum(1 for column in header.columns if column.kind is Kind.ANY)
        return unsure, -len(header.columns)

    return sorted(headers, key=doubt)[:_READINGS]


def _readings(header: Header) -> Iterable[Header]:
    yield header
    for above in (1, 2):
        width = len(header.columns) - above
        reading = grouped(header, width) if width >= 3 else None
        if reading is not None:
            yield reading


def _tried(header: Header, body: Sequence[Atom], names: frozenset[str]) -> _Trial | None:
    shapes = _shapes(header.columns)
    fit = Fit(body, shapes, names)
    if not fit.best_end:
        return None
    shapes = _learnt(shapes, fit.rows(fit.best_end), body)
    unsure = sum(1 for column in header.columns if not column.sure)
    # More columns make fewer rows: count what is placed, not how often.
    rows = fit.rows(fit.best_end)
    gain = 6 * fit.best_end + 6 * len(_header_cells(header)) - sum(row.cost for row in rows)
    return _Trial(header, shapes, gain - 12 * unsure)


def _shapes(columns: Sequence[Column]) -> tuple[Shape, ...]:
    """Return what the header tells: kinds, and widths where it is wrapped itself."""
    shapes: list[Shape] = []
    for index, column in enumerate(columns):
        kind = column.kind
        # The last of the levels is the name of the row: it stands in every one.
        last = index + 1 == len(columns) or columns[index + 1].kind is not Kind.LEVEL
        if kind is Kind.LEVEL and last:
            kind = Kind.NAME
        lines = [width_of(text) for text, _ in segments(column.atoms)]
        wordy = kind in (Kind.LEVEL, Kind.NAME)
        width = max(lines) if wordy and len(lines) > 1 else None
        shapes.append(Shape(kind, column.sure, width))
    return tuple(shapes)


def _learnt(
    shapes: Sequence[Shape], rows: Sequence[Row], atoms: Sequence[Atom]
) -> tuple[Shape, ...]:
    """Return the shapes with the widths of their wrapped cells."""
    widths: list[list[int]] = [[] for _ in shapes]
    for row in rows:
        if row.cost > _BELIEVED:
            continue
        for cell in row.cells:
            lines = [width_of(text) for text, _ in segments(atoms[cell.start : cell.end])]
            if len(lines) > 1:
                widths[cell.column].append(max(lines))
    return tuple(
        Shape(shape.kind, shape.sure, sorted(found)[len(found) * 3 // 4] if found else shape.width)
        for shape, found in zip(shapes, widths, strict=True)
    )


# ------------------------------------------------------------------ the grid


def _built(
    header: Header,
    shapes: Sequence[Shape],
    rows: Sequence[Row],
    atoms: Sequence[Atom],
    *,
    whole: bool,
) -> Table:
    cells = _header_cells(header)
    height = top = 2 if header.groups else 1
    open_cells: dict[int, int] = {}
    """For each column the place of its last cell in ``cells``."""
    for row in rows:
        if row.rest and height > top:
            for filled in row.cells:
                at = open_cells.get(filled.column)
                more = atoms[filled.start : filled.end]
                if at is not None and cells[at].row + cells[at].rows == height:
                    cells[at] = _longer(cells[at], more)
                else:
                    open_cells[filled.column] = len(cells)
                    cells.append(Cell(height - 1, filled.column, woven(segments(more))))
            continue
        taken = {
            column: filled
            for filled in row.cells
            for column in range(filled.column, filled.column + filled.columns)
        }
        for column, shape in enumerate(shapes):
            place = taken.get(column)
            above = open_cells.get(column)
            if place is None:
                if shape.kind is Kind.LEVEL and not row.total and above is not None:
                    old = cells[above]
                    rows_now = height - old.row + 1
                    cells[above] = Cell(old.row, column, old.words, rows_now, old.columns)
                else:
                    open_cells.pop(column, None)
            elif place.column == column:
                words = woven(segments(atoms[place.start : place.end]))
                open_cells[column] = len(cells)
                cells.append(Cell(height, column, words, 1, place.columns))
            else:
                open_cells.pop(column, None)
        height += 1
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    table = Table(ordered, height, len(shapes), header_rows=top)
    kinds = [shape.kind for shape in shapes]
    easy = all(row.cost <= _EASY and not row.rest for row in rows)
    easy = easy and all(column.sure for column in header.columns)
    certain = is_certain(table, kinds, whole=whole, easy=easy)
    return Table(ordered, height, len(shapes), header_rows=top, certain=certain)


def _header_cells(header: Header) -> list[Cell]:
    cells: list[Cell] = []
    deep = 2 if header.groups else 1
    for column, named in enumerate(header.columns):
        words = woven(segments(named.atoms))
        if named.group is None:
            cells.append(Cell(0, column, words, deep))
            continue
        cells.append(Cell(1, column, words))
        under = [index for index, each in enumerate(header.columns) if each.group == named.group]
        if column == under[0]:
            above = woven(segments(header.groups[named.group]))
            cells.append(Cell(0, column, above, 1, len(under)))
    return cells


def _longer(cell: Cell, more: Sequence[Atom]) -> Cell:
    pieces: list[tuple[str, int]] = []
    text, spots = cell.words.text, cell.words.spots
    for index, spot in enumerate(spots):
        end = spots[index + 1].offset if index + 1 < len(spots) else len(text)
        pieces.append((text[spot.offset : end].rstrip(), spot.line or 0))
    words = woven([*pieces, *segments(more)])
    return Cell(cell.row, cell.column, words, cell.rows, cell.columns)


_MARK = re.compile(r"^[（(]?[\d一二三四五六七八九十]+[）)．.、]\s*")


def label_names(lines: Sequence[Line]) -> frozenset[str]:
    """Return the headings without their numbers: the labels that a table may use."""
    return frozenset(
        _MARK.sub("", line.text)
        for line in lines
        if not line.contents and heading_level(line.text) > 1 and len(line.text) <= 24
    )

"""Which pieces stand in which cell: the cheapest way through pieces and columns.

The pieces of a flattened table come row by row, cell by cell. A number, a date
or a dash fits only where its kind may stand; the lines of a wrapped cell are
full but the last; brackets close; a serial number follows the one before. Each
breach costs; the cheapest reading wins. Costs are tenths, without a meaning of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from steelyard.intake.reading.flat.atoms import Atom, Gap, lead_width
from steelyard.intake.reading.flat.lines import width_of
from steelyard.intake.reading.flat.terms import Kind, bare, total_words

WORDY = frozenset({Kind.LEVEL, Kind.NAME, Kind.NOTE, Kind.VALUE, Kind.ANY})
_CAP = 130
"""A cell that costs more is none."""
_LONGEST = 90
"""Pieces of one cell."""

_DASH = re.compile(r"[—–―－-]{1,3}|[/／\\]|无")
_NUMBER = re.compile(r"[-－+]?[\d,，]+(?:\.\d+)?")
_PERCENT = re.compile(r"[-－+]?[\d,]+(?:\.\d+)?[%％]?")
_INDEX = re.compile(
    r"\d{1,3}[.．、]?|\d{1,2}(?:[.．-]\d{1,2})+|[（(]?[一二三四五六七八九十]{1,3}[）)]?、?|[①-⑳]"
)
_DATE = re.compile(
    r"(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日|底|初|中旬|上旬|下旬|末)?|\d{4}年(?:底|初)?"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?"
)
_CHOICE = re.compile(r"是|否|有|√|×|✓")
_FIGURE = re.compile(r"[≥≤=＞＜<>约]*[\d,.]+(?:%|％|[^\d，。；：]{0,4})")
_BAD_START = re.compile(r"[，。；：、！？）》”’】〕%％,;)]|(?:万元|亿元|元|万吨|分）)$")
_ENDED = re.compile(r"[。；：！？;:]$")
_UNIT_START = re.compile(r"(?:万元|亿元|亿|万|元|个|户|家|人|吨|分|%|％)(?:$|[）)])")
_EMPTY = {
    Kind.LEVEL: 3,
    Kind.NAME: 45,
    Kind.NOTE: 28,
    Kind.VALUE: 32,
    Kind.ANY: 30,
    Kind.NUMBER: 45,
    Kind.PERCENT: 35,
    Kind.DATE: 40,
    Kind.CHOICE: 45,
    Kind.INDEX: 45,
}

State = tuple[int, bool, int, int]
"""Manner of the row (0 plain, 1 rest of a cut row, 2 total), whether something
stands in it yet, the next column, the last serial number."""

_PLAIN, _REST, _TOTAL = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a column while rows are fitted to it (列形)."""

    kind: Kind
    sure: bool = True
    width: int | None = None
    """Half characters of its widest line, once learnt."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One cell of a fitted row: columns and pieces, ends excluded."""

    column: int
    columns: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One fitted row (一行)."""

    cells: tuple[Filled, ...]
    cost: int
    rest: bool
    """It is the rest of the row above, cut by a page end."""
    total: bool


class Fit:
    """The readings of the pieces of one table, from the first piece on (拟合)."""

    def __init__(
        self, atoms: Sequence[Atom], shapes: Sequence[Shape], names: frozenset[str]
    ) -> None:
        """Take the pieces, the columns, and names that the document uses elsewhere."""
        self.atoms = atoms
        self.shapes = shapes
        self.names = names
        self.work = 0
        """Cells tried; the caller bounds it."""
        self._texts: dict[tuple[int, Kind, int | None], list[tuple[int, int]]] = {}
        self._nodes: list[dict[State, tuple[int, int, State]]] = [{} for _ in range(len(atoms) + 1)]
        self._nodes[0][0, False, 0, 0] = (0, -1, (0, False, 0, 0))
        self._row_ends: dict[int, tuple[int, State]] = {}
        self._reach()

    @cached_property
    def _labels(self) -> int:
        """How many columns a total word may cover: those before the first figure."""
        for column, shape in enumerate(self.shapes):
            if shape.kind not in (Kind.INDEX, Kind.LEVEL, Kind.NAME, Kind.ANY):
                return max(column, 1)
        return 1

    def ends_at(self, position: int) -> bool:
        """Say whether a row may end before this piece."""
        return position in self._row_ends

    def rows(self, position: int) -> list[Row]:
        """Return the cheapest rows up to a piece where a row may end."""
        cost, state = self._row_ends[position]
        rows: list[Row] = []
        cells: list[Filled] = []
        at = position
        after = cost
        manner = state[0]
        while True:
            cost, before, previous = self._nodes[at][state]
            if before < 0:
                break
            if state[2] == 0 and previous[2] == len(self.shapes):
                # The step from one row to the next.
                if cells:
                    rows.append(self._row(cells, after - cost, manner))
                cells, after, manner = [], cost, previous[0]
            elif at > before:
                cells.append(Filled(previous[2], state[2] - previous[2], before, at))
            at, state = before, previous
        rows.append(self._row(cells, after, manner))
        return rows[::-1]

    def _row(self, cells: list[Filled], cost: int, manner: int) -> Row:
        return Row(tuple(cells[::-1]), cost, rest=manner == _REST, total=manner == _TOTAL)

    # ------------------------------------------------------------ the search

    def _reach(self) -> None:
        last = len(self.shapes)
        for position in range(len(self.atoms) + 1):
            nodes = self._nodes[position]
            self._skip(position, begun=True)
            ends = [(nodes[key][0], key) for key in nodes if key[1] and key[2] == last]
            if ends:
                self._row_ends[position] = min(ends)
                for cost, key in ends:
                    self._put(position, (_PLAIN, False, 0, key[3]), cost, position, key)
            if position == len(self.atoms):
                break
            start = [(key, node[0]) for key, node in nodes.items() if key == (0, False, 0, key[3])]
            for key, cost in start:
                extra = 15 if self.atoms[position].opens_page else 70
                if position:
                    self._put(position, (_REST, False, 0, key[3]), cost + extra, position, key)
                self._total(position, key, cost)
            self._skip(position, begun=False)
            for key, node in list(nodes.items()):
                if key[2] < last:
                    self._fill(position, key, node[0])

    def _put(self, position: int, key: State, cost: int, before: int, previous: State) -> None:
        nodes = self._nodes[position]
        if key not in nodes or cost < nodes[key][0]:
            nodes[key] = (cost, before, previous)

    def _skip(self, position: int, *, begun: bool) -> None:
        """Leave columns empty: a label that goes on, a note without words."""
        nodes = self._nodes[position]
        for column in range(len(self.shapes)):
            for key in [key for key in nodes if key[1] is begun and key[2] == column]:
                cost = nodes[key][0] + self._empty(key[0], column, begun=begun)
                self._put(position, (key[0], begun, column + 1, key[3]), cost, position, key)

    def _empty(self, manner: int, column: int, *, begun: bool) -> int:
        kind = self.shapes[column].kind
        if manner == _REST:
            return 0
        if manner == _TOTAL:
            return 8 if kind in WORDY else 25
        if kind is Kind.LEVEL and begun and column and self.shapes[column - 1].kind is Kind.LEVEL:
            return 60
        return _EMPTY[kind]

    def _total(self, position: int, key: State, cost: int) -> None:
        """A closing word covers the labels; how many is not seen."""
        text = ""
        for end in range(position + 1, min(position + 3, len(self.atoms)) + 1):
            text += self.atoms[end - 1].text
            if bare(text).strip("：:") in total_words():
                for columns in range(1, self._labels + 1):
                    after = (_TOTAL, True, columns, key[3])
                    self._put(end, after, cost + 1 + (self._labels - columns), position, key)

    def _fill(self, position: int, key: State, cost: int) -> None:
        manner, _, column, serial = key
        shape = self.shapes[column]
        if manner == _REST and shape.kind not in WORDY:
            return
        if shape.kind in WORDY:
            for end, price in self._text(position, shape):
                self._put(end, (manner, True, column + 1, serial), cost + price, position, key)
        else:
            for end, price, after in self._typed(position, shape, serial):
                self._put(end, (manner, True, column + 1, after), cost + price, position, key)

    # ------------------------------------------------------------- the cells

    def _typed(self, start: int, shape: Shape, serial: int) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        text = ""
        for end in range(start + 1, min(start + 7, len(self.atoms)) + 1):
            self.work += 1
            atom = self.atoms[end - 1]
            if end > start + 1 and atom.gap is Gap.CLOSED and shape.kind is not Kind.DATE:
                break
            text += atom.text
            price = _typed_cost(shape.kind, text)
            if price is None:
                if end == start + 1 and not shape.sure:
                    found.append((end, 25, serial))
                elif end == start + 1 and len(text) <= 6 and not _NUMBER.match(text):
                    found.append((end, 95, serial))
                continue
            after = serial
            if shape.kind is Kind.INDEX:
                more, after = _serial(text, serial)
                price += more
            if end > start + 1 and shape.kind in (Kind.NUMBER, Kind.INDEX):
                price += 40
            found.append((end, price, after))
        return found

    def _text(self, start: int, shape: Shape) -> list[tuple[int, int]]:
        key = (start, shape.kind, shape.width)
        if key not in self._texts:
            self._texts[key] = list(self._text_ends(start, shape))
        return self._texts[key]

    def _text_ends(self, start: int, shape: Shape) -> list[tuple[int, int]]:
        """Return where a cell of words that begins here may end, with the cost."""
        found: list[tuple[int, int]] = []
        atoms = self.atoms
        running = 45 if _BAD_START.match(atoms[start].text) else 0
        if start and _UNIT_START.match(atoms[start].text) and atoms[start - 1].text[-1].isdigit():
            running += 30
        lines: list[list[int]] = []
        """Width and width with the uncut beginning of the next line, per line."""
        text = ""
        depth = 0
        for end in range(start + 1, min(start + _LONGEST, len(atoms)) + 1):
            self.work += 1
            atom = atoms[end - 1]
            piece = width_of(atom.text)
            if end == start + 1 or atom.gap is Gap.LINE:
                if lines:
                    lines[-1][1] = lines[-1][0] + lead_width(atom.text)
                    lines[-1][2] = bool(_ENDED.search(atoms[end - 2].text))
                lines.append([piece, 0, 0])
            else:
                running += {Gap.OPEN: 0, Gap.NONE: 4}.get(atom.gap, _closed(shape.kind, atoms, end))
                lines[-1][0] += piece + (atom.gap is not Gap.NONE)
            depth += sum(map(atom.text.count, "（([《")) - sum(map(atom.text.count, "）)]》"))
            text += atom.text
            wrap = _wrap_cost(lines, shape.width)
            if running + wrap > _CAP:
                break
            price = running + wrap + 30 * min(abs(depth), 2)
            price += self._content_cost(start, end, text, lines, shape)
            if price <= _CAP:
                found.append((end, price))
        return found

    def _content_cost(
        self, start: int, end: int, text: str, lines: list[list[int]], shape: Shape
    ) -> int:
        kind = shape.kind
        if _DASH.fullmatch(text):
            return 20 if kind is Kind.NAME else 0
        price = 0
        if _NUMBER.fullmatch(text):
            price += {Kind.NOTE: 30, Kind.VALUE: 3, Kind.ANY: 1}.get(kind, 60)
        elif kind is Kind.VALUE:
            price += 0 if _FIGURE.fullmatch(text) else 4 + min(len(text), 20)
        elif kind is Kind.ANY:
            price += 3
        elif kind is Kind.LEVEL:
            price += 2
        if text in total_words():
            price += 25
        if (
            kind in (Kind.LEVEL, Kind.NAME)
            and re.sub(r"[（(][\d.]+分[）)]$", "", text) in self.names
        ):
            price -= 18
        # A full last line wants to go on.
        if shape.width and end < len(self.atoms) and self.atoms[end].gap is Gap.LINE:
            ahead = lines[-1][0] + lead_width(self.atoms[end].text)
            if ahead > shape.width and lines[-1][0] + 1 >= shape.width and not _ENDED.search(text):
                price += 14
        return max(price, 0) if start else price


def _closed(kind: Kind, atoms: Sequence[Atom], end: int) -> int:
    before, after = atoms[end - 2].text, atoms[end - 1].text
    if before[-1].isdigit() and after[0].isdigit():
        return 70
    return 14 if kind is Kind.NOTE else 22


def _wrap_cost(lines: Sequence[Sequence[int]], width: int | None) -> int:
    """Return what speaks against these lines being one wrapped cell."""
    widest = max(line[0] for line in lines)
    if len(lines) == 1:
        return 25 if width and widest > width + 2 else 0
    limit = max(width or 0, widest) if width is None or widest <= width + 2 else widest
    cost = 0 if width is None or widest <= width + 2 else 25
    for line in lines[:-1]:
        if line[1] <= limit - 1:
            cost += 8 if line[2] else 38
    return cost


def _typed_cost(kind: Kind, text: str) -> int | None:
    """Return what a text costs in a column of a kind, None where it cannot stand."""
    if _DASH.fullmatch(text):
        return 60 if kind is Kind.INDEX else 0
    if kind is Kind.NUMBER:
        if _NUMBER.fullmatch(text):
            return 0
        return 6 if _PERCENT.fullmatch(text) else None
    if kind is Kind.PERCENT:
        return (0 if text[-1] in "%％" else 3) if _PERCENT.fullmatch(text) else None
    patterns: Mapping[Kind, re.Pattern[str]] = {
        Kind.DATE: _DATE,
        Kind.CHOICE: _CHOICE,
        Kind.INDEX: _INDEX,
    }
    return 0 if patterns[kind].fullmatch(text) else None


def _serial(text: str, before: int) -> tuple[int, int]:
    """Return what a serial number costs after another, and the number now."""
    digits = text.strip(".．、")
    if not digits.isdigit():
        return (2, 0) if not digits[0].isdigit() else (2, before)
    number = int(digits)
    if number == before + 1:
        return 0, number
    return (8 if number == 1 else 60), number

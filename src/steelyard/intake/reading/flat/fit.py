"""Which pieces stand in which cell: the cheapest way through pieces and columns.

The pieces of a flattened table come row by row, cell by cell. A number, a date
or a dash fits only where its kind may stand; the lines of a wrapped cell are
full but the last; brackets close; a serial number follows the one before. Each
breach costs; the cheapest reading wins. Costs are tenths, without a meaning of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from steelyard.intake.reading.flat.atoms import Atom, Gap, lead_width
from steelyard.intake.reading.flat.kinds import (
    INDEX,
    NUMBER,
    PERCENT,
    is_dash,
    serial_cost,
    typed_cost,
)
from steelyard.intake.reading.flat.lines import width_of
from steelyard.intake.reading.flat.rows import Filled, Row, Shape
from steelyard.intake.reading.flat.terms import Kind, bare, total_words
from steelyard.intake.reading.flat.wrapped_lines import WrappedLines

WORDY = frozenset({Kind.LEVEL, Kind.NAME, Kind.NOTE, Kind.VALUE, Kind.ANY})
_CAP = 100
"""A cell that costs more is none."""
_LONGEST = {Kind.LEVEL: 12, Kind.NAME: 20, Kind.VALUE: 20, Kind.NOTE: 90, Kind.ANY: 40}
"""Pieces of one cell."""
_LONGEST_FIGURE = 7

_FIGURE = re.compile(r"[≥≤=＞＜<>约]*[\d,.]+(?:%|％|[^\d，。；：]{0,4})")
_BAD_START = re.compile(
    r"[，。；：、！？）》”’】〕%％,;)]|(?:万元|亿元|元|万吨|分）)$|[（(][\d.]+$"
)
_SENTENCE = re.compile(r"=-?\d|\d%|[。；≥≤]")
"""What a label does not hold."""
_POINTS = re.compile(r"[（(][\d.]+分[）)]")
_TWO_CELLS = re.compile(r"[≥≤]?[\d.]+\D{1,4}[≥≤]?[\d.]+\D{0,4}|[\u4e00-\u9fff]{3,}[≥≤].*")
_MEASURED = re.compile(r"[年月日号个项户家人次万亿元吨分条级类种名篇期批起]|[^\u4e00-\u9fff]")
_ENDED = re.compile(r"[。；：！？;:]$")
_UNIT_START = re.compile(r"(?:万元|亿元|亿|万|元|个|户|家|人|吨|分|%|％)(?:$|[）)])")
_EMPTY = {
    Kind.LEVEL: 1,
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

Node = tuple[int, int, State, int]
"""Cost, the piece before the last step, the state there, rows done."""

_PLAIN, _REST, _TOTAL = 0, 1, 2
_GAIN = 40
"""What a row may cost and still be believed."""
_BEAM = 80
"""What costs so much more than the best reading is not followed."""
_PAGE_CUT = 10
"""What it costs that a page end cut a row."""
_SHORT_REST = 40
"""Pieces that a page end may cut off a cell."""
_PATIENCE = 110
"""Pieces without a believable row after which the table has ended."""


class Fit:
    """The readings of the pieces of one table, from the first piece on (拟合)."""

    def __init__(
        self, atoms: Sequence[Atom], shapes: Sequence[Shape], names: frozenset[str]
    ) -> None:
        """Take the pieces, the columns, and names that the document uses elsewhere."""
        self.atoms = atoms
        self.shapes = shapes
        self.names = names
        self._widths = [width_of(atom.text) for atom in atoms]
        self._leads = [lead_width(atom.text) for atom in atoms]
        self._depths = [_depth(atom.text) for atom in atoms]
        self._dashes = [is_dash(atom.text) for atom in atoms]
        self._texts: dict[tuple[int, Kind, int | None], list[tuple[int, int]]] = {}
        self._figures: dict[tuple[int, Kind, bool], list[tuple[int, int, str]]] = {}
        self._nodes: list[dict[State, Node]] = [{} for _ in range(len(atoms) + 1)]
        self._cheapest = [10**9] * (len(atoms) + 1)
        self._cheapest[0] = 0
        self._nodes[0][0, False, 0, 0] = (0, -1, (0, False, 0, 0), 0)
        self._row_ends: dict[int, tuple[int, State]] = {}
        self.best_end = 0
        """Pieces that the best rows take; 0 when there are none."""
        self.best_gain = 0
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
            cost, before, previous, _ = self._nodes[at][state]
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
            self._prune(position)
            nodes = self._nodes[position]
            if not nodes:
                continue
            self._skip(position, begun=True)
            ends = [(nodes[key][0], key) for key in nodes if key[1] and key[2] == last]
            # Extractors begin a line with each row.
            at_row = position == len(self.atoms) or self.atoms[position].gap is Gap.LINE
            if ends and at_row:
                self._end_row(position, ends)
            if position == len(self.atoms) or position > self.best_end + _PATIENCE:
                break
            for key in [key for key in nodes if key[:3] == (_PLAIN, False, 0)]:
                cost = nodes[key][0]
                if position and self.atoms[position].opens_page:
                    rest = (_REST, False, 0, key[3])
                    self._put(position, rest, cost + _PAGE_CUT, position, key)
                self._total(position, key, cost)
            self._skip(position, begun=False)
            for key, node in list(nodes.items()):
                if key[2] < last:
                    self._fill(position, key, node[0])

    def _prune(self, position: int) -> None:
        bound = self._cheapest[position] + _BEAM
        nodes = self._nodes[position]
        self._nodes[position] = {key: node for key, node in nodes.items() if node[0] <= bound}

    def _end_row(self, position: int, ends: Sequence[tuple[int, State]]) -> None:
        cost, key = min(ends)
        self._row_ends[position] = (cost, key)
        done = key[0] != _REST
        gain = _GAIN * (self._nodes[position][key][3] + done) - cost
        if gain >= max(self.best_gain, 1):
            self.best_end, self.best_gain = position, gain
        for cost, key in ends:
            done = key[0] != _REST
            self._put(position, (_PLAIN, False, 0, key[3]), cost, position, key, rows=int(done))

    def _put(
        self, position: int, key: State, cost: int, before: int, previous: State, *, rows: int = 0
    ) -> None:
        if cost > self._cheapest[position] + _BEAM:
            return
        nodes = self._nodes[position]
        if key not in nodes or cost < nodes[key][0]:
            self._cheapest[position] = min(self._cheapest[position], cost)
            rows += self._nodes[before][previous][3]
            nodes[key] = (cost, before, previous, rows)

    def _skip(self, position: int, *, begun: bool) -> None:
        """Leave columns empty: a label that goes on, a note without words."""
        nodes = self._nodes[position]
        waiting = sorted((key for key in nodes if key[1] is begun), key=lambda key: key[2])
        for first in waiting:
            key = first
            while key[2] < len(self.shapes):
                after = (key[0], begun, key[2] + 1, key[3])
                cost = nodes[key][0] + self._empty(key[0], key[2], begun=begun)
                if after in nodes and nodes[after][0] <= cost:
                    break
                self._put(position, after, cost, position, key)
                if after not in nodes:
                    break
                key = after

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
                if manner == _REST and end - position > _SHORT_REST:
                    break
                self._put(end, (manner, True, column + 1, serial), cost + price, position, key)
        else:
            for end, price, after in self._typed(position, shape, serial):
                self._put(end, (manner, True, column + 1, after), cost + price, position, key)

    # ------------------------------------------------------------- the cells

    def _typed(self, start: int, shape: Shape, serial: int) -> list[tuple[int, int, int]]:
        key = (start, shape.kind, shape.sure)
        if key not in self._figures:
            self._figures[key] = list(self._typed_ends(start, shape))
        if shape.kind is not Kind.INDEX:
            return [(end, price, serial) for end, price, _ in self._figures[key]]
        found: list[tuple[int, int, int]] = []
        for end, price, text in self._figures[key]:
            more, after = serial_cost(text, serial) if INDEX.fullmatch(text) else (0, serial)
            found.append((end, price + more, after))
        return found

    def _typed_ends(self, start: int, shape: Shape) -> Iterator[tuple[int, int, str]]:
        """Yield where a figure that begins here may end, with the cost."""
        text = ""
        for end in range(start + 1, min(start + _LONGEST_FIGURE, len(self.atoms)) + 1):
            atom = self.atoms[end - 1]
            if end > start + 1 and atom.gap is Gap.CLOSED and shape.kind is not Kind.DATE:
                break
            text += atom.text
            price = typed_cost(shape.kind, text)
            if price is None:
                if end == start + 1 and not shape.sure:
                    yield end, 25, text
                elif end == start + 1 and len(text) <= 6 and not NUMBER.match(text):
                    yield end, 95, text
                continue
            if end > start + 1 and shape.kind in (Kind.NUMBER, Kind.INDEX):
                price += 40
            yield end, price, text

    def _text(self, start: int, shape: Shape) -> list[tuple[int, int]]:
        key = (start, shape.kind, shape.width)
        if key not in self._texts:
            self._texts[key] = list(self._text_ends(start, shape))
        return self._texts[key]

    def _text_ends(self, start: int, shape: Shape) -> Iterator[tuple[int, int]]:
        """Yield where a cell of words that begins here may end, with the cost."""
        atoms = self.atoms
        running = 45 if _BAD_START.match(atoms[start].text) else 0
        if start and _UNIT_START.match(atoms[start].text) and atoms[start - 1].text[-1].isdigit():
            running += 30
        lines = WrappedLines(shape.width)
        text = ""
        depth = 0
        for end in range(start + 1, min(start + _LONGEST[shape.kind], len(atoms)) + 1):
            atom = atoms[end - 1]
            if end == start + 1 or atom.gap is Gap.LINE:
                ended = end > start + 1 and bool(_ENDED.search(atoms[end - 2].text))
                lines.open(self._widths[end - 1], self._leads[end - 1], ended=ended)
            else:
                running += {Gap.OPEN: 0, Gap.NONE: 4}.get(atom.gap, _closed(shape.kind, atoms, end))
                lines.lengthen(self._widths[end - 1] + (atom.gap is not Gap.NONE))
            if end > start + 1 and (self._dashes[end - 1] or self._dashes[end - 2]):
                running += 25
            depth += self._depths[end - 1]
            text += atom.text
            if shape.kind in (Kind.LEVEL, Kind.NAME) and self._ends_line_with_figure(end - 1):
                running += 12
            cost = running + lines.cost()
            if cost > _CAP:
                return
            if shape.kind is Kind.VALUE and len(text) <= 16 and _FIGURE.fullmatch(text):
                cost = running  # a figure and its unit part anywhere
            cut = depth < 0 and atoms[start].opens_page
            cost += (0 if cut else 30 * min(abs(depth), 2)) + self._content_cost(
                start, end, text, lines, shape
            )
            if cost <= _CAP:
                yield end, cost

    def _content_cost(
        self, start: int, end: int, text: str, lines: WrappedLines, shape: Shape
    ) -> int:
        kind = shape.kind
        if is_dash(text):
            return {Kind.NAME: 2, Kind.VALUE: 3}.get(kind, 0)
        # A page end may leave a word or two of the row above.
        price = 6 if self.atoms[start].opens_page and len(text) <= 4 else 0
        if len(text) <= 16 and NUMBER.fullmatch(text):
            price += {Kind.NOTE: 30, Kind.VALUE: 3, Kind.ANY: 1}.get(kind, 60)
        elif kind is Kind.VALUE and not _FIGURE.fullmatch(text):
            price += 2 + min(len(text) // 2, 20) + (20 if _TWO_CELLS.fullmatch(text) else 0)
        elif kind is Kind.ANY:
            price += 3
        elif kind is Kind.LEVEL:
            price += 4
        elif kind is Kind.NOTE and end > start + 1 and self._opens_with_figure(start):
            price += 9
        if text in total_words():
            price += 25
        if kind in (Kind.LEVEL, Kind.NAME):
            price += self._label_cost(start, end, text)
        # A full last line wants to go on.
        if shape.width and end < len(self.atoms) and self.atoms[end].gap is Gap.LINE:
            last = lines.last
            full = last + self._leads[end] > shape.width and last + 1 >= shape.width
            if full and not _ENDED.search(text):
                price += 8
        return price

    def _label_cost(self, start: int, end: int, text: str) -> int:
        """Return what a text costs as a label; a known name gains."""
        price = 22 if _SENTENCE.search(text) else 0
        if end > start + 1 and self._is_parted_number(end - 1):
            price += 10
        points = _POINTS.search(text)
        if points and points.end() < len(text):
            price += 20
        label = text[: points.start()] if points else text
        return price - (18 if label in self.names else 0)

    def _ends_line_with_figure(self, index: int) -> bool:
        """Say whether a piece behind a blank at the end of a line is a mere number."""
        last = index + 1 == len(self.atoms) or self.atoms[index + 1].gap is Gap.LINE
        return last and self._is_parted_number(index)

    def _is_parted_number(self, index: int) -> bool:
        atom = self.atoms[index]
        return atom.gap in (Gap.OPEN, Gap.CLOSED) and bool(NUMBER.fullmatch(atom.text))

    def _opens_with_figure(self, start: int) -> bool:
        """Say whether a figure of another cell seems to stand before the words."""
        figure, after = self.atoms[start].text, self.atoms[start + 1].text
        return bool(PERCENT.fullmatch(figure)) and not _MEASURED.match(after)


def _depth(text: str) -> int:
    return sum(map(text.count, "（([《")) - sum(map(text.count, "）)]》"))


def _closed(kind: Kind, atoms: Sequence[Atom], end: int) -> int:
    before, after = atoms[end - 2].text, atoms[end - 1].text
    if before[-1].isdigit() and after[0].isdigit():
        return 70
    if kind is Kind.NOTE:
        return 14 if len(before) > 6 else 24
    return 22

"""Merged cells over several rows (合并格): R05.

A label with points, as 过程（27 分）, says what the rows beside it come to; so
does a merged cell of points beside 一级指标.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.arithmetic import shown
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.passage import Passage

_POINTS = re.compile(r"[（(](?P<points>\d+(?:\.\d+)?)\s*分[）)]")
_LABEL_COLUMNS = 4
_FEWEST_MERGED = 2


@dataclass(frozen=True)
class Span:
    """A number beside the rows that it comes to (合并格的数)."""

    passage: Passage
    figures: tuple[Figure, ...]
    """The number, once on every page that the cell reaches over."""
    values: tuple[Value, ...]

    @property
    def added(self) -> Fraction:
        """Sum of the rows."""
        return sum((value.figure.value for value in self.values), Fraction(0))

    @property
    def closes(self) -> bool:
        """Whether the rows come to the number."""
        return all(self.added == figure.value for figure in self.figures)

    @property
    def figure(self) -> Figure:
        """The number, where it is another than its rows come to."""
        return next((f for f in self.figures if f.value != self.added), self.figures[0])


def add_up(grid: Grid, columns: list[int], points: re.Pattern[str], pen: Pen) -> None:
    """Add up the rows that merged cells span.

    Args:
        grid: A table whose columns are sure.
        columns: Columns that may be added up.
        points: What headers of points look like.
        pen: Takes down what is found.
    """
    pointed = [column for column in columns if points.search(grid.headers[column])]
    if not pointed:
        return
    leaves = pointed[-1] if len({grid.headers[c] for c in pointed}) == 1 else pointed[0]
    for column in range(min(_LABEL_COLUMNS, grid.table.width)):
        _judge(_labelled(grid, column, leaves), pen)
    for column in columns:
        if column != leaves and grid.headers[column] == grid.headers[leaves]:
            _judge(_merged(grid, column, leaves), pen)


def _judge(spans: list[Span], pen: Pen) -> None:
    """Note the spans of one column that close; find the one that alone does not."""
    closing = [span for span in spans if span.closes]
    for span in closing:
        pen.verified("R05", [*span.figures, *(value.figure for value in span.values)])
    odd = [span for span in spans if not span.closes]
    # Where several do not close, the rows are merged otherwise than they look.
    if len(odd) != 1 or not closing:
        return
    span = odd[0]
    pen.find(
        "R05",
        Severity.QUESTION,
        f"“{span.passage.text}”下{len(span.values)}行分值之和为{shown(span.added)}，"
        f"与所注{span.figure.digits}不等。",
        [
            place_of(pen.ledger.entry(span.figure).passage, span.figure),
            *(place_of(v.passage, v.figure) for v in (span.values[0], span.values[-1])),
        ],
        computed="+".join(v.figure.digits for v in span.values) + f"={shown(span.added)}",
        figures=[*span.figures, *(value.figure for value in span.values)],
    )


def _labelled(grid: Grid, column: int, leaves: int) -> list[Span]:
    """Return the labels with points of a column; one that every page repeats is one."""
    pieces: dict[str, list[Passage]] = defaultdict(list)
    rows: dict[str, list[int]] = defaultdict(list)
    runs: Counter[str] = Counter()
    label = ""
    for row in grid.body:
        passage = grid.at(row, column)
        if passage is None or grid.is_total(row):
            continue
        name = _POINTS.sub("", passage.text)
        if name and name != label:
            label = name
            runs[label] += 1
        if label:
            rows[label].append(row)
        if passage.text and passage not in pieces[label][-1:]:
            pieces[label].append(passage)
    found = []
    for name, passages in pieces.items():
        marks = [(p, match) for p in passages if (match := _POINTS.search(p.text))]
        if runs[name] == 1:
            figures = [f for p, m in marks for f in p.claims if f.start == m.start("points")]
            found.append(_span(grid, passages[0], figures, rows[name], leaves))
    return [span for span in found if span is not None]


def _merged(grid: Grid, column: int, leaves: int) -> list[Span]:
    """Return the numbers of a column in cells over several rows."""
    found = []
    for (row, at), value in grid.values.items():
        cell = value.passage.cell
        if at != column or cell is None or row not in grid.body or grid.is_total(row):
            continue
        span = _span(grid, value.passage, [value.figure], range(row, row + cell.rows), leaves)
        if span is not None:
            found.append((span, cell.rows))
    return [s for s, _ in found] if any(high >= _FEWEST_MERGED for _, high in found) else []


def _span(
    grid: Grid, passage: Passage, figures: list[Figure], rows: Iterable[int], leaves: int
) -> Span | None:
    found = [grid.value(row, leaves) for row in rows]
    values = tuple(value for value in found if value is not None)
    # A row without points is read otherwise than it was meant.
    if not figures or not values or len(set(values)) < len(found):
        return None
    return Span(passage, tuple(figures), values)

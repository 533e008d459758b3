"""Totals of tables (表格合计): R10.

Which rows a total adds up is inferred: all rows above it, the rows since the
last subtotal, the rows whose serial numbers lie one level below, or the rows
that a merged label spans. The reading that closes in most columns is meant, and
the columns in which it does not close are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.arithmetic import shown
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.ledger import State
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View
from steelyard.measure.number import plain as written
from steelyard.measure.rounding import half_unit

_RATE = re.compile(r"率|比例|占比|比重|百分比|单价|均|时间|日期|序号|年度|排名")
_OF_WHICH = re.compile(r"^(?:其中|其他中|#|\*)")
_POINTS = re.compile(r"[（(](?P<points>\d+(?:\.\d+)?)\s*分[）)]")
_SERIAL = re.compile(
    r"(?P<han>[一二三四五六七八九十]+)[、.]?|（(?P<inner>[一二三四五六七八九十]+)）"
    r"|(?P<digits>\d{1,2}(?:\.\d{1,2}){0,4})[、.]?"
)
_SURVEY = re.compile(r"选项|有效填写")


@dataclass(frozen=True, slots=True)
class Sum:
    """A row that adds up others (合计关系)."""

    total: int
    parts: tuple[int, ...]
    exhaustive: bool
    """False where the parts may leave something out: 其中."""


def check(view: View, pen: Pen) -> None:
    """Add up every table."""
    for grid in view.grids:
        first = next(iter(grid.passages.values()), None)
        if first is None or first.document.kind == CASE or not grid.table.certain:
            continue
        if any(_SURVEY.search(header) for header in grid.headers):
            continue
        columns = [c for c in grid.value_columns if not _RATE.search(grid.headers[c])]
        if columns:
            _totals(grid, columns, pen)
            _levels(grid, columns, pen)
            _spans(grid, columns, pen)


def _totals(grid: Grid, columns: list[int], pen: Pen) -> None:
    """Add up what stands above (or below) each total row."""
    for row in grid.body:
        if grid.is_total(row):
            readings = list(_readings(grid, row))
            _best(grid, columns, readings, pen)


def _readings(grid: Grid, total: int) -> Iterator[Sum]:
    above = [row for row in grid.body if row < total]
    below = [row for row in grid.body if row > total]
    for rows in (above, below):
        plain = [row for row in rows if not grid.is_total(row)]
        if len(plain) > 1:
            yield Sum(total, tuple(plain), exhaustive=True)
            top = [row for row in plain if not _OF_WHICH.match(grid.label(row))]
            if len(top) != len(plain):
                yield Sum(total, tuple(top), exhaustive=True)
            outer = _outermost(grid, plain)
            if 1 < len(outer) < len(plain):
                yield Sum(total, tuple(outer), exhaustive=True)
        subtotals = [row for row in rows if grid.is_total(row)]
        if len(subtotals) > 1:
            yield Sum(total, tuple(subtotals), exhaustive=True)
    last = max((row for row in above if grid.is_total(row)), default=None)
    if last is not None and total - last > 2:
        yield Sum(total, tuple(range(last + 1, total)), exhaustive=True)


def _depth(grid: Grid, row: int) -> int:
    """Return how deep a row's serial number lies: 一 1, （一） 2, 1 3, 1.1 4; 0 for none."""
    for column in range(min(2, grid.table.width)):
        match = _SERIAL.fullmatch(grid.text(row, column)) or _SERIAL.match(grid.text(row, column))
        if match is None:
            continue
        if match["han"] and (match.end() == len(grid.text(row, column)) or "、" in match[0]):
            return 1
        if match["inner"]:
            return 2
        if match["digits"] and column == 0:
            return 3 + match["digits"].count(".")
    return 0


def _outermost(grid: Grid, rows: list[int]) -> list[int]:
    depths = {row: _depth(grid, row) for row in rows}
    known = [depth for depth in depths.values() if depth]
    return [row for row, depth in depths.items() if depth == min(known)] if known else []


def _levels(grid: Grid, columns: list[int], pen: Pen) -> None:
    """Add up the children of each row by serial numbers of several depths."""
    depths = {row: _depth(grid, row) for row in grid.body}
    if len({depth for depth in depths.values() if depth}) < 2:
        return
    rows = list(grid.body)
    for index, row in enumerate(rows):
        depth = depths[row]
        if not depth:
            continue
        children: list[int] = []
        child_depth = 0
        for below in rows[index + 1 :]:
            if depths[below] and depths[below] <= depth:
                break
            if depths[below]:
                child_depth = child_depth or depths[below]
                if depths[below] == child_depth:
                    children.append(below)
        if len(children) > 1:
            listed = any(_OF_WHICH.match(grid.label(child)) for child in children)
            _best(grid, columns, [Sum(row, tuple(children), exhaustive=not listed)], pen)
        elif children:
            _no_more(grid, columns, row, children[0], pen)


def _no_more(grid: Grid, columns: list[int], row: int, child: int, pen: Pen) -> None:
    """Look that a part of which is only named as one is no larger than its whole."""
    for column in columns:
        whole, part = grid.value(row, column), grid.value(child, column)
        if whole and part and part.figure.base > whole.figure.base > 0:
            pen.find(
                "R15",
                Severity.ERROR,
                f"“{grid.label(child)}”{part.figure.text}大于它所属的"
                f"“{grid.label(row)}”{whole.figure.text}。",
                [place_of(v.passage, v.figure) for v in (part, whole)],
                figures=[part.figure, whole.figure],
            )


def _best(grid: Grid, columns: list[int], readings: list[Sum], pen: Pen) -> None:
    """Take the reading that closes in most columns; find the columns in which it does not."""
    ranked = []
    for reading in readings:
        states = {column: _state(grid, reading, column) for column in columns}
        closing = sum(state == "closes" for state in states.values())
        open_ = [column for column, state in states.items() if state in ("open", "near")]
        ranked.append((closing, -len(open_), reading, states))
    if not ranked:
        return
    closing, missing, reading, states = max(ranked, key=lambda each: (each[0], each[1]))
    for column, state in states.items():
        if state == "closes":
            figures = [v.figure for v in _values(grid, reading, column)]
            pen.verified("R10", figures)
    for column, state in states.items():
        if state in ("open", "near"):
            sure = closing >= 1 and closing > -missing - 1
            _wrong(grid, reading, column, pen, near=state == "near", sure=sure, lone=not closing)


def _values(grid: Grid, reading: Sum, column: int) -> list[Value]:
    found = [grid.value(row, column) for row in (reading.total, *reading.parts)]
    return [value for value in found if value is not None]


def _state(grid: Grid, reading: Sum, column: int) -> str:
    """Return closes, near (rounding may explain it), open, or nothing to add."""
    total = grid.value(reading.total, column)
    parts = [grid.value(row, column) for row in reading.parts]
    given = [value for value in parts if value is not None]
    blank = [
        row
        for row, value in zip(reading.parts, parts, strict=True)
        if value is None and not grid.is_dash(row, column) and grid.text(row, column)
    ]
    if total is None or not given or blank or total.row != reading.total:
        return ""
    if any(value.figure.unit in ("%", "‰") for value in (total, *given)):
        return ""
    if len(given) == 1 and len(reading.parts) > 1 and given[0].figure.value != total.figure.value:
        return "open" if reading.exhaustive else ""
    difference = sum((v.figure.value for v in given), Fraction(0)) - total.figure.value
    if not difference:
        return "closes"
    if not reading.exhaustive and difference < 0:
        return ""
    slack = sum((_step(v.figure) for v in given), _step(total.figure))
    return "near" if abs(difference) <= slack else "open"


def _step(figure: Figure) -> Fraction:
    return half_unit(figure.places) if figure.places else Fraction(0)


def _wrong(
    grid: Grid, reading: Sum, column: int, pen: Pen, *, near: bool, sure: bool, lone: bool
) -> None:
    values = _values(grid, reading, column)
    total, parts = values[0], values[1:]
    places = max(v.figure.places for v in values)
    added = sum((v.figure.value for v in parts), Fraction(0))
    difference = written(abs(added - total.figure.value), places)
    if lone and not near and not _close_enough(added, total.figure.value):
        return
    header = grid.headers[column].rsplit("›", 1)[-1] or f"第{column + 1}列"
    severity = Severity.QUESTION if near or lone or not sure else Severity.ERROR
    name = grid.label(reading.total) or "合计"
    maybe = "，各行四舍五入可以解释" if near else ""
    pen.find(
        "R10",
        severity,
        f"“{header}”各行之和为{written(added, places)}，“{name}”印作{total.figure.digits}，"
        f"相差{difference}{maybe}。",
        [
            place_of(total.passage, total.figure),
            place_of(parts[0].passage, parts[0].figure),
            place_of(parts[-1].passage, parts[-1].figure),
        ],
        computed=f"{len(parts)}行之和{written(added, places)}",
        figures=[v.figure for v in values],
    )


def _close_enough(added: Fraction, total: Fraction) -> bool:
    """Say whether a sum misses its total by so little that it is meant as one."""
    return bool(total) and abs(added - total) * 4 <= abs(total)


def _spans(grid: Grid, columns: list[int], pen: Pen) -> None:
    """Add up the rows that a merged label with points spans: 过程（27 分）."""
    pointed = [c for c in columns if re.search("分值|赋分|权重|标准分|满分", grid.headers[c])]
    if not pointed:
        return
    for labels in _labels(grid):
        match = _POINTS.search(labels[0].text)
        start = match.start("points") if match else -1
        figure = next((f for f in labels[0].claims if f.start == start), None)
        rows = [row for passage in labels for row in _rows(passage) if not grid.is_total(row)]
        values = [v for r in rows if (v := grid.value(r, pointed[0])) is not None and v.row == r]
        if figure is None or len(values) < len(rows) or not values:
            continue
        added = sum((v.figure.value for v in values), Fraction(0))
        if added == figure.value:
            pen.verified("R05", [figure, *(v.figure for v in values)])
        elif pen.ledger.entry(figure).state < State.VERIFIED:
            pen.find(
                "R05",
                Severity.QUESTION,
                f"“{labels[0].text}”下各行分值之和为{shown(added)}，与所注{figure.digits}分不等。",
                [place_of(labels[0], figure), place_of(values[0].passage, values[0].figure)],
                figures=[figure],
            )


def _labels(grid: Grid) -> Iterator[list[Passage]]:
    """Yield label cells with points; a label that is repeated page by page is one."""
    for column in range(min(4, grid.table.width)):
        run: list[Passage] = []
        for row in grid.body:
            passage = grid.at(row, column)
            if passage is None or (run and passage is run[-1]):
                continue
            if run and passage.text == run[0].text:
                run.append(passage)
                continue
            if run and _POINTS.search(run[0].text):
                yield run
            run = [passage]
        if run and _POINTS.search(run[0].text):
            yield run


def _rows(passage: Passage) -> range:
    cell = passage.cell
    return range(cell.row, cell.row + cell.rows) if cell is not None else range(0)

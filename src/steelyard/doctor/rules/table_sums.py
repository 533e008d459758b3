"""Totals of tables (表格合计): R10.

Which rows a total adds up is inferred: all rows above it, the rows since the
last subtotal, or the rows whose serial numbers lie one level below. The reading
that closes in most columns is meant, and the columns in which it does not close
are found.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise

from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules import table_forms, table_spans
from steelyard.doctor.rules.table_parts import blocks, tables
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.view import View
from steelyard.measure.number import plain as written
from steelyard.measure.rounding import half_unit

_SERIAL = re.compile(
    r"(?P<han>[一二三四五六七八九十]+)[、.]?|（(?P<inner>[一二三四五六七八九十]+)）"
    r"|(?P<digits>\d{1,2}(?:\.\d{1,2}){0,4})[、.]?"
)
_MOST_LOOKED_FOR = 40
"""Totals of one table of which rows above and below are tried."""
_FARTHEST = Fraction(1, 2)
"""A lone sum that misses its total by a larger share of it is not meant as one."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A row that adds up others (合计关系)."""

    total: int
    parts: tuple[int, ...]
    exhaustive: bool
    """False where the parts may leave something out: 其中."""


@cache
def words() -> dict[str, re.Pattern[str]]:
    """Return the patterns of table_sums.toml by name."""
    text = resources.files(__package__).joinpath("table_sums.toml").read_text(encoding="utf-8")
    return {name: re.compile(pattern) for name, pattern in tomllib.loads(text).items()}


def check(view: View, pen: Pen) -> None:
    """Add up every table."""
    for grid in blocks(view):
        columns = [c for c in grid.value_columns if not words()["no_sum"].search(grid.headers[c])]
        if columns:
            _totals(grid, columns, pen)
            _levels(grid, columns, pen)
            table_spans.add_up(grid, columns, words()["points"], pen)
    for grid in tables(view):
        if grid.table.certain:
            table_forms.add_up(grid, pen)


def _totals(grid: Grid, columns: list[int], pen: Pen) -> None:
    """Add up what stands above (or below) each total row."""
    totals = [row for row in grid.body if grid.is_total(row)]
    for row in totals[:_MOST_LOOKED_FOR]:
        _best(grid, columns, list(_readings(grid, row, totals)), pen)


def _readings(grid: Grid, total: int, totals: list[int]) -> Iterator[Sum]:
    """Yield the ways to read what a total adds up, the most natural first."""
    known = set(totals)
    above = [row for row in grid.body if row < total]
    below = [row for row in grid.body if row > total]
    for rows in (above, below):
        plain = [row for row in rows if row not in known]
        if len(plain) > 1:
            yield Sum(total, tuple(plain), exhaustive=True)
            top = [row for row in plain if not words()["of_which"].match(grid.label(row))]
            if 1 < len(top) < len(plain):
                yield Sum(total, tuple(top), exhaustive=True)
            outer = _outermost(grid, plain)
            if 1 < len(outer) < len(plain):
                yield Sum(total, tuple(outer), exhaustive=True)
        subtotals = [row for row in rows if row in known]
        if len(subtotals) > 1:
            yield Sum(total, tuple(subtotals), exhaustive=True)
    before = max((row for row in totals if row < total), default=None)
    after = min((row for row in totals if row > total), default=None)
    if before is not None and total - before > 2:
        yield Sum(total, tuple(range(before + 1, total)), exhaustive=True)
    if after is not None and after - total > 2:
        yield Sum(total, tuple(range(total + 1, after)), exhaustive=True)


def _depth(grid: Grid, row: int) -> int:
    """Return how deep a row's serial number lies: 一 1, （一） 2, 1 3, 1.1 4; 0 for none."""
    for column in range(min(2, grid.table.width)):
        text = grid.text(row, column)
        match = _SERIAL.match(text)
        if match is None:
            continue
        if match["han"] and (match.end() == len(text) or "、" in match[0]):
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
    for row, children in _families(grid):
        if len(children) > 1:
            listed = any(words()["of_which"].match(grid.label(child)) for child in children)
            _best(grid, columns, [Sum(row, tuple(children), exhaustive=not listed)], pen)
        else:
            _no_more(grid, columns, row, children[0], pen)


def _families(grid: Grid) -> list[tuple[int, list[int]]]:
    """Return each row that has children, with them: the next deeper rows before its like."""
    depths = {row: depth for row in grid.body if (depth := _depth(grid, row))}
    if len(set(depths.values())) < 2:
        return []
    families: dict[int, list[int]] = {}
    open_rows: list[int] = []
    for row, depth in depths.items():
        while open_rows and depths[open_rows[-1]] >= depth:
            open_rows.pop()
        if open_rows:
            children = families.setdefault(open_rows[-1], [])
            if not children or depths[children[0]] == depth:
                children.append(row)
        open_rows.append(row)
    return sorted(families.items())


def _no_more(grid: Grid, columns: list[int], row: int, child: int, pen: Pen) -> None:
    """Look that a part of which only one is named is no larger than its whole."""
    for column in columns:
        whole, part = grid.value(row, column), grid.value(child, column)
        if whole and part and part.figure.base > whole.figure.base > 0:
            pen.find(
                "R15",
                Severity.ERROR,
                f"“{grid.label(child)}”{part.figure.text}大于它所属的"
                f"“{grid.label(row)}”{whole.figure.text}。",
                [place_of(v.passage, v.figure) for v in (part, whole)],
                computed=f"{part.figure.digits}>{whole.figure.digits}",
                figures=[part.figure, whole.figure],
            )


def _best(grid: Grid, columns: list[int], readings: list[Sum], pen: Pen) -> None:
    """Take the reading that closes in most columns; find the columns in which it does not."""
    ranked = []
    for reading in readings:
        states = {column: _state(grid, reading, column) for column in columns}
        closing = sum(state == "closes" for state in states.values())
        missing = sum(state in ("open", "near") for state in states.values())
        ranked.append((closing, -missing, reading, states))
    if not ranked:
        return
    closing, missing, reading, states = max(ranked, key=lambda each: (each[0], each[1]))
    for column, state in states.items():
        values = _values(grid, reading, column)
        if state in ("closes", "nothing"):
            pen.verified("R10", [value.figure for value in values])
        elif state == "near":
            _rounded(grid, reading, column, pen)
        elif state == "open" and (closing or len(readings) == 1):
            sure = closing >= max(1, -missing) and not _has_twins(grid, reading)
            _wrong(grid, reading, column, pen, sure=sure, lone=not closing)


def _has_twins(grid: Grid, reading: Sum) -> bool:
    """Say whether two rows stand there word for word: one of them may be a slip of the file."""
    rows = [
        tuple(grid.text(row, c) for c in range(grid.table.width) if c not in grid.serial_columns)
        for row in reading.parts
    ]
    return any(one == other and any(one) for one, other in pairwise(sorted(rows)))


def _values(grid: Grid, reading: Sum, column: int) -> list[Value]:
    found = [grid.value(row, column) for row in (reading.total, *reading.parts)]
    return [value for value in found if value is not None]


def _state(grid: Grid, reading: Sum, column: int) -> str:
    """Return closes, nothing (all are zero), near (rounding may explain it), open, or empty."""
    total = grid.value(reading.total, column)
    parts = [grid.value(row, column) for row in reading.parts]
    given = list(dict.fromkeys(value for value in parts if value is not None))
    unread = any(
        value is None and not grid.is_dash(row, column) and grid.text(row, column)
        for row, value in zip(reading.parts, parts, strict=True)
    )
    if total is None or not given or unread or total.row != reading.total:
        return ""
    if any(value.figure.unit in ("%", "‰") for value in (total, *given)):
        return ""
    if len({value.figure.unit for value in (total, *given)} - {""}) > 1:
        return ""
    difference = sum((v.figure.value for v in given), Fraction(0)) - total.figure.value
    if not difference:
        return "closes" if total.figure.value else "nothing"
    if not reading.exhaustive and difference < 0:
        return ""
    slack = sum((_step(v.figure) for v in given), _step(total.figure))
    return "near" if abs(difference) <= slack else "open"


def _step(figure: Figure) -> Fraction:
    return half_unit(figure.places) if figure.places else Fraction(0)


def _sentence(grid: Grid, reading: Sum, column: int, values: list[Value]) -> tuple[str, str]:
    """Return what a sum and its printed total are, and the calculation."""
    total, parts = values[0], values[1:]
    places = max(v.figure.places for v in values)
    added = sum((v.figure.value for v in parts), Fraction(0))
    header = grid.headers[column].rsplit("›", 1)[-1] or f"第{column + 1}列"
    name = grid.label(reading.total) or "合计"
    rows = "各行" if len(parts) == len(reading.parts) else f"{len(parts)}行"
    message = (
        f"“{header}”{rows}之和为{written(added, places)}，“{name}”印作{total.figure.digits}，"
        f"相差{written(abs(added - total.figure.value), places)}"
    )
    return message, f"{len(parts)}行之和{written(added, places)}"


def _rounded(grid: Grid, reading: Sum, column: int, pen: Pen) -> None:
    """Note a sum that is off by no more than the rounding of its rows."""
    values = _values(grid, reading, column)
    pen.consistent("R10", [value.figure for value in values])
    if len({value.figure.places for value in values}) > 1:
        return
    off = abs(sum((v.figure.value for v in values[1:]), Fraction(0)) - values[0].figure.value)
    message, computed = _sentence(grid, reading, column, values)
    pen.find(
        "R10",
        Severity.HINT if off <= 2 * _step(values[0].figure) else Severity.QUESTION,
        f"{message}，各行四舍五入可以解释，请核对。",
        [place_of(v.passage, v.figure) for v in (values[0], values[1], values[-1])],
        computed=computed,
        figures=[value.figure for value in values],
    )


def _wrong(grid: Grid, reading: Sum, column: int, pen: Pen, *, sure: bool, lone: bool) -> None:
    """Find a sum that is off."""
    values = _values(grid, reading, column)
    total, parts = values[0].figure, values[1:]
    added = sum((v.figure.value for v in parts), Fraction(0))
    if lone and (not total.value or abs(added / total.value - 1) > _FARTHEST):
        return
    message, computed = _sentence(grid, reading, column, values)
    pen.find(
        "R10",
        Severity.ERROR if sure else Severity.QUESTION,
        f"{message}。",
        [place_of(v.passage, v.figure) for v in (values[0], values[1], values[-1])],
        computed=computed,
        figures=[value.figure for value in values],
    )

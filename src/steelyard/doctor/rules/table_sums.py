"""Totals of tables (表格合计): R10.

Which rows a total adds up is inferred: all rows above it, the rows since the
last subtotal, or the rows whose serial numbers lie one level below. The reading
that closes in most columns is meant, and the columns in which it does not close
are found.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
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
from steelyard.doctor.view.grid import TOTAL, Grid, Value
from steelyard.doctor.view.view import View
from steelyard.measure.number import plain as written
from steelyard.measure.rounding import half_unit

_SERIAL = re.compile(
    r"(?P<han>[一二三四五六七八九十]+)(?:\.(?P<under>\d{1,2}(?:\.\d{1,2})*)|[、.]|$)|（(?P<inner>[一二三四五六七八九十]+)）"
    r"|(?P<digits>\d{1,2}(?:\.\d{1,2})+(?![\d年%])|\d{1,2}(?=[、.]|$))"
)
_NUMBERING = re.compile(r"^[一二三四五六七八九十\d.]+、?")
_FEWEST_ROWS = 2
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
    totals = {row: name for row in grid.body if (name := _total_name(grid, row))}
    known = list(totals)
    like: dict[str, list[int]] = defaultdict(list)
    for row, name in totals.items():
        like[name].append(row)
    for row, name in totals.items():
        _best(grid, columns, list(_readings(grid, row, known, like[name])), pen)


def _total_name(grid: Grid, row: int) -> str:
    """Return 小计, 合计 or the like where a row is named so, and not only stands under one."""
    for column in range(grid.table.width):
        passage = grid.at(row, column)
        if passage is None or passage.cell is None or not passage.text:
            continue
        if TOTAL.fullmatch(passage.text):
            return _NUMBERING.sub("", passage.text)
        # What names the row has been read; a cell from above names several.
        named = grid.label_column is None or column >= grid.label_column
        if named and passage.cell.row == row and column not in grid.serial_columns:
            return ""
    return ""


def _readings(grid: Grid, total: int, known: list[int], like: list[int]) -> Iterator[Sum]:
    """Yield the ways to read what a total adds up, the most natural first.

    A total takes in what stands between it and the last of its name; the first and
    the last of all may take in everything.
    """
    first, last = grid.body.start, grid.body.stop
    stretches = [
        range(_before(like, total, first), total),
        range(total + 1, _after(like, total, last)),
    ]
    if total == known[-1]:
        stretches.append(range(first, total))
    if total == known[0]:
        stretches.append(range(total + 1, last))
    for stretch in dict.fromkeys(stretches):
        subtotals = known[bisect_left(known, stretch.start) : bisect_left(known, stretch.stop)]
        others = set(subtotals)
        yield from _of_rows(grid, total, [row for row in stretch if row not in others])
        if len(subtotals) > 1:
            yield Sum(total, tuple(subtotals), exhaustive=True)
    near = [range(_before(known, total, first), total)]
    if not _depth(grid, total):
        near.append(range(total + 1, _after(known, total, last)))
    for stretch in near:
        if stretch not in stretches and len(stretch) > 1:
            yield Sum(total, tuple(stretch), exhaustive=True)


def _of_rows(grid: Grid, total: int, plain: list[int]) -> Iterator[Sum]:
    """Yield the ways to take rows: all, without those of which only some are named, the outer."""
    if len(plain) < _FEWEST_ROWS:
        return
    yield Sum(total, tuple(plain), exhaustive=True)
    top = [row for row in plain if not words()["of_which"].match(grid.label(row))]
    for some in (top, _outermost(grid, plain)):
        if _FEWEST_ROWS <= len(some) < len(plain):
            yield Sum(total, tuple(some), exhaustive=True)


def _before(rows: list[int], row: int, start: int) -> int:
    """Return the row behind the last of some rows before one, or the start."""
    index = bisect_left(rows, row)
    return rows[index - 1] + 1 if index else start


def _after(rows: list[int], row: int, stop: int) -> int:
    """Return the first of some rows behind one, or the stop."""
    index = bisect_right(rows, row)
    return rows[index] if index < len(rows) else stop


def _depth(grid: Grid, row: int) -> int:
    """Return how deep a row's serial number lies: 一 1, （一） 2, 1 3, 1.1 4; 0 for none."""
    for column in range(min(2, grid.table.width)):
        text = grid.text(row, column)
        match = _SERIAL.match(text)
        if match is None:
            continue
        if match["under"]:
            return 3 + match["under"].count(".")
        if match["han"]:
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
        elif state == "open" and (closing or _is_natural(grid, readings, reading, column)):
            sure = closing >= max(1, -missing) and not _has_twins(grid, reading)
            _wrong(grid, reading, column, pen, sure=sure, lone=not closing)


def _is_natural(grid: Grid, readings: list[Sum], reading: Sum, column: int) -> bool:
    """Say whether a sum that nothing confirms can be read in one way, or comes to one amount."""
    added = [sum(v.figure.value for v in _values(grid, r, column)[1:]) for r in readings]
    return len(readings) == 1 or added.count(added[readings.index(reading)]) > 1


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
    """Return what a reading makes of a column.

    closes; nothing: at most one row is above zero and is the total; near: rounding
    may explain the difference; open; or empty where there is nothing to add.
    """
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
        several = sum(bool(value.figure.value) for value in given) > 1
        return "closes" if several else "nothing"
    if not reading.exhaustive and difference < 0:
        return ""
    slack = _slack(total.figure, [value.figure for value in given])
    return "near" if abs(difference) <= slack else "open"


def _slack(total: Figure, parts: list[Figure]) -> Fraction:
    """Return how far rounding can move a sum.

    Beside a total with two decimals 0.7 is 0.70, unless all rows have fewer.
    """
    finest = max(part.places for part in parts)
    least = total.places if finest >= total.places else 0
    return sum((_step(max(part.places, least)) for part in parts), _step(total.places))


def _step(places: int) -> Fraction:
    """Return half a unit of the last decimal; whole numbers are exact."""
    return half_unit(places) if places else Fraction(0)


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
    total, *parts = (value.figure for value in values)
    off = abs(sum((part.value for part in parts), Fraction(0)) - total.value)
    steps = _rounded_steps(total, parts)
    if words()["scores"].search(grid.headers[column]):
        # Scores are added up before they are rounded.
        likely = off * 2 <= sum(steps)
    else:
        # Rounding to a step makes a root of a twelfth of it in the mean: twice the mean.
        likely = off**2 * 3 <= sum(step**2 for step in steps)
    if likely:
        pen.consistent("R10", [total, *parts])
        if len({figure.places for figure in (total, *parts)}) > 1:
            return
    message, computed = _sentence(grid, reading, column, values)
    pen.find(
        "R10",
        Severity.HINT if likely else Severity.QUESTION,
        f"{message}，各行四舍五入可以解释，请核对。",
        [place_of(v.passage, v.figure) for v in (values[0], values[1], values[-1])],
        computed=computed,
        figures=[total, *parts],
    )


def _rounded_steps(total: Figure, parts: list[Figure]) -> list[Fraction]:
    """Return the units that a total and its rows were rounded to.

    A part that ends on 0, or has fewer decimals than its fellows, counts as exact.
    """
    least = min(max(part.places for part in parts), total.places)
    rounded = [p.places for p in parts if p.places >= least and not p.digits.endswith("0")]
    return [2 * _step(places) for places in (total.places, *rounded)]


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
        figures=[total],
        suspects=[value.figure for value in parts],
    )

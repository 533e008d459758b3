"""Rows and headers of tables (表内一致): R11, R15, R16, R22.

Target and outcome of a row carry one unit; what was done in time is no more than
what was done; two columns under one header have not one name.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment
from steelyard.doctor.rules.table_parts import parts, tables
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.view import View

_LIKE = 0.6
_SHORT_HEADER = 8
_JUMP = 100
"""An outcome so many times its target, or so small a part of it, has another unit."""
_LARGEST_GROUP = 40
_FEWEST_VALUES = 4
_RATES = ("%", "‰")


@dataclass(frozen=True, slots=True)
class Goal:
    """A row with target and outcome (指标行)."""

    label: str
    target: Value
    actual: Value | None


@cache
def words() -> dict[str, re.Pattern[str]]:
    """Return the patterns of table_units.toml by name."""
    text = resources.files(__package__).joinpath("table_units.toml").read_text(encoding="utf-8")
    return {name: re.compile(pattern) for name, pattern in tomllib.loads(text).items()}


def check(view: View, pen: Pen) -> None:
    """Look at the goals and headers of every table."""
    found: list[Goal] = []
    for grid in tables(view):
        _headers(grid, pen)
        for part in parts(grid):
            if part.columns_named(words()["unit_column"].pattern):
                continue
            rows = list(goals(part))
            found += rows
            _in_time(rows, pen)
            if part.table.certain:
                _bare_numbers(part, pen)
    fellows: dict[Fraction, list[Goal]] = defaultdict(list)
    for goal in found:
        fellows[goal.target.figure.value].append(goal)
    for goal in found:
        _units(goal, fellows[goal.target.figure.value][:_LARGEST_GROUP], pen)
    _across(found, pen)


# ------------------------------------------------------------------- headers


def _headers(grid: Grid, pen: Pen) -> None:
    """Find two columns of one name."""
    seen: dict[str, int] = {}
    names = list(grid.headers)
    if not grid.table.header_rows or _repeats(names):
        return
    for column, name in enumerate(names):
        passage = grid.at(0, column)
        if not name or len(name) > _SHORT_HEADER or passage is None or passage.cell is None:
            continue
        if passage.cell.columns > 1 or passage.cell.column != column:
            continue
        other = grid.at(0, seen.setdefault(name, column))
        if other is not None and other is not passage and not _apart(names, seen[name], column):
            pen.find(
                "R22",
                Severity.ERROR,
                f"表头有两列都叫“{name}”，其中一列应是别的名称。",
                [whole(passage), whole(other)],
            )


def _repeats(names: list[str]) -> bool:
    """Say whether a table is folded: all its columns stand side by side again."""
    return any(
        len(names) % width == 0 and names == names[:width] * (len(names) // width)
        for width in range(1, len(names) // 2 + 1)
    )


def _apart(names: list[str], one: int, other: int) -> bool:
    """Say whether two columns of one name belong to what stands on their left.

    一级指标 | 分值 | 二级指标 | 分值, 收入 | 金额 | 支出 | 金额: points belong to a
    level, other numbers to whatever short name goes before.
    """
    if not one or other == one + 1:
        return False
    before = (names[one - 1], names[other - 1])
    if before[0] == before[1] or not all(before):
        return before[0] == before[1]
    if words()["points"].search(names[one]):
        return all(words()["level"].search(name) for name in before)
    return all(len(name) <= _SHORT_HEADER for name in before)


# ------------------------------------------------------------------- goals


def goals(grid: Grid) -> Iterator[Goal]:
    """Yield the rows of a table that have a target, with what came out."""
    targets = grid.columns_named(words()["target"].pattern)
    actuals = grid.columns_named(words()["actual"].pattern)
    if not targets:
        return
    for row in grid.rows():
        target = grid.value(row, targets[0])
        actual = next((v for c in actuals if c != targets[0] and (v := grid.value(row, c))), None)
        label = grid.label(row)
        if target is not None and target.row == row and label:
            yield Goal(label, target, actual)


def _units(goal: Goal, fellows: list[Goal], pen: Pen) -> None:
    """Compare the units of target and outcome; other tables show how the target is meant."""
    if goal.actual is None:
        return
    target, actual = goal.target.figure, goal.actual.figure
    if target.unit == actual.unit or _are_one_measure(target, actual):
        return
    # A count without its counter is understood, a rate without its sign is not.
    lacks = not (target.unit and actual.unit) and not {target.unit, actual.unit} & set(_RATES)
    others = [
        other.target
        for other in fellows
        if other.target.passage.table is not goal.target.passage.table
        and containment(other.label, goal.label) >= _LIKE
    ]
    pen.find(
        "R16",
        Severity.HINT if lacks else Severity.QUESTION,
        f"“{goal.label}”的目标值{target.text}与完成值{actual.text}单位写法不同。",
        [place_of(v.passage, v.figure) for v in (goal.target, goal.actual, *others)],
        figures=[target, actual],
    )


def _are_one_measure(target: Figure, actual: Figure) -> bool:
    """Say whether two units measure one thing in sizes that go together."""
    if not target.unit or not actual.unit:
        return False
    if target.dimension != actual.dimension:
        return False
    if not target.base or not actual.base:
        return True
    return Fraction(1, _JUMP) < actual.base / target.base < _JUMP


def _in_time(rows: list[Goal], pen: Pen) -> None:
    """Find more done in time than done."""
    timely = [goal for goal in rows if words()["in_time"].search(goal.label)]
    done = [
        goal
        for goal in rows
        if words()["done"].search(goal.label) and not words()["in_time"].search(goal.label)
    ]
    for goal in timely[:_LARGEST_GROUP]:
        for other in done[:_LARGEST_GROUP]:
            if goal.actual is None or other.actual is None or not _same(goal, other):
                continue
            more, less = goal.actual.figure, other.actual.figure
            if more.base <= less.base:
                continue
            pen.find(
                "R15",
                Severity.ERROR,
                f"“{goal.label}”{more.text}多于“{other.label}”{less.text}：没有完成的不会及时完成。",
                [
                    place_of(goal.actual.passage, more),
                    place_of(other.actual.passage, less),
                ],
                computed=f"{more.digits}>{less.digits}",
                figures=[more, less],
            )


def _same(one: Goal, other: Goal) -> bool:
    """Say whether two rows count the same things: target and unit are one."""
    left, right = one.target.figure, other.target.figure
    return (
        left.value == right.value
        and left.unit == right.unit
        and left.unit not in _RATES
        and one.actual is not None
        and other.actual is not None
        and one.actual.figure.unit == other.actual.figure.unit
        and _is_one_thing(one.label, other.label)
    )


def _is_one_thing(one: str, other: str) -> bool:
    """Say whether two labels are of one thing: 设备及时完成数, 设备完成数."""
    names = [
        re.split(f"{words()['in_time'].pattern}|实际|完成", label)[0] for label in (one, other)
    ]
    return containment(*names) >= _LIKE if all(names) else names[0] == names[1]


def _across(found: list[Goal], pen: Pen) -> None:
    """Find a goal that is a share in one table and a count in another."""
    by_name: dict[str, list[Goal]] = defaultdict(list)
    for goal in found:
        by_name[bare(goal.label)[:4]].append(goal)
    for group in by_name.values():
        for index, one in enumerate(group[:_LARGEST_GROUP]):
            for other in group[index + 1 : _LARGEST_GROUP]:
                left, right = one.target.figure, other.target.figure
                if one.target.passage.table is other.target.passage.table:
                    continue
                if not _unlike(left, right) or containment(one.label, other.label) < _LIKE:
                    continue
                pen.find(
                    "R11",
                    Severity.QUESTION,
                    f"“{one.label}”的目标值一处为{left.text}，另一处为{right.text}。",
                    [place_of(v.passage, v.figure) for v in (one.target, other.target)],
                    figures=[left, right],
                )


def _unlike(one: Figure, other: Figure) -> bool:
    return bool(one.unit and other.unit) and (one.unit in _RATES) != (other.unit in _RATES)


# ------------------------------------------------------------------- bare numbers


def _bare_numbers(grid: Grid, pen: Pen) -> None:
    """Find a column of amounts of which some carry a unit and some do not."""
    for column in grid.value_columns:
        if words()["no_unit"].search(grid.headers[column]) or grid.header_unit(column):
            continue
        values = [v for row in grid.body if (v := grid.value(row, column)) and v.figure.value]
        named = [value for value in values if value.figure.unit]
        lacking = [value for value in values if not value.figure.unit]
        if len(values) < _FEWEST_VALUES or not named or not lacking:
            continue
        if any(value.figure.unit in _RATES for value in named):
            continue
        pen.find(
            "R16",
            Severity.HINT,
            f"“{grid.headers[column]}”一列有的数写明单位（{named[0].figure.text}），"
            f"有的没有（{lacking[0].figure.text}），宜在表头统一注明。",
            [place_of(v.passage, v.figure) for v in (lacking[0], named[0])],
        )

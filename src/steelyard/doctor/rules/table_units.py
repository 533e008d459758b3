"""Rows and headers of tables (表内一致): R11, R15, R16, R22.

Target and outcome of a row carry one unit; what was done in time is no more than
what was done; two columns under one header have not one name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.doctor.finding import Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.view import CASE, View

_TARGET = re.compile(r"指标值|目标值|计划(?:完成)?(?:数|值)|年度目标|预期值")
_ACTUAL = re.compile(r"完成(?:情况|值|数)(?!说明)|实际(?:完成)?(?:数|值|情况)?$|达成")
_IN_TIME = re.compile(r"及时|按时|按期")
_DONE = re.compile(r"(?:实际)?完成(?!.*(?:及时|按时|按期))")
_LIKE = 0.6
_SHORT_HEADER = 8


@dataclass(frozen=True, slots=True)
class Goal:
    """A row with target and outcome (指标行)."""

    label: str
    target: Value
    actual: Value | None


def check(view: View, pen: Pen) -> None:
    """Look at the goals and headers of every table."""
    goals: list[Goal] = []
    for grid in view.grids:
        first = next(iter(grid.passages.values()), None)
        if first is None or first.document.kind == CASE:
            continue
        _headers(grid, pen)
        rows = list(_goals(grid))
        goals += rows
        _in_time(rows, pen)
    for goal in goals:
        _units(goal, goals, pen)
    _across(goals, pen)


def _headers(grid: Grid, pen: Pen) -> None:
    """Find two columns of one name."""
    seen: dict[str, int] = {}
    for column in range(grid.table.width):
        name = grid.headers[column] if column < len(grid.headers) else ""
        passage = grid.at(0, column)
        if not name or len(name) > _SHORT_HEADER or passage is None or passage.cell is None:
            continue
        if passage.cell.columns > 1 or passage.cell.column != column:
            continue
        if name in seen and grid.table.header_rows:
            other = grid.at(0, seen[name])
            places = [whole(passage), *([whole(other)] if other is not None else [])]
            pen.find(
                "R22",
                Severity.ERROR,
                f"表头有两列都叫“{name}”，其中一列应是别的名称。",
                places,
            )
        seen.setdefault(name, column)


def _goals(grid: Grid) -> Iterator[Goal]:
    targets, actuals = grid.columns_named(_TARGET.pattern), grid.columns_named(_ACTUAL.pattern)
    if not targets:
        return
    for row in grid.rows():
        target = grid.value(row, targets[0])
        actual = next((v for c in actuals if c != targets[0] and (v := grid.value(row, c))), None)
        label = grid.label(row)
        if target is not None and target.row == row and label:
            yield Goal(label, target, actual)


def _units(goal: Goal, goals: list[Goal], pen: Pen) -> None:
    """Compare the units of target and outcome; other tables show how the target is meant."""
    if goal.actual is None:
        return
    target, actual = goal.target.figure, goal.actual.figure
    if target.unit == actual.unit or not (target.unit or actual.unit):
        return
    if target.dimension == actual.dimension and target.unit and actual.unit:
        return
    pen.find(
        "R16",
        Severity.QUESTION,
        f"“{goal.label}”的目标值{target.text}与完成值{actual.text}单位写法不同。",
        [
            *(place_of(v.passage, v.figure) for v in (goal.target, goal.actual)),
            *(
                place_of(other.target.passage, other.target.figure)
                for other in goals
                if other.target.figure.value == target.value
                and other.target.passage.table is not goal.target.passage.table
                and containment(other.label, goal.label) >= _LIKE
            ),
        ],
        figures=[target, actual],
    )


def _in_time(rows: list[Goal], pen: Pen) -> None:
    """Find more done in time than done."""
    timely = [goal for goal in rows if _IN_TIME.search(goal.label)]
    done = [goal for goal in rows if _DONE.search(goal.label) and not _IN_TIME.search(goal.label)]
    for goal in timely:
        for other in done:
            if goal.actual is None or other.actual is None or not _same(goal, other):
                continue
            if goal.actual.figure.base > other.actual.figure.base:
                pen.find(
                    "R15",
                    Severity.ERROR,
                    f"“{goal.label}”{goal.actual.figure.text}多于"
                    f"“{other.label}”{other.actual.figure.text}：没有完成的不会及时完成。",
                    [
                        place_of(g.actual.passage, g.actual.figure)
                        for g in (goal, other)
                        if g.actual
                    ],
                    computed=f"{goal.actual.figure.digits}>{other.actual.figure.digits}",
                    figures=[goal.actual.figure, other.actual.figure],
                )


def _same(one: Goal, other: Goal) -> bool:
    """Say whether two rows count the same things: target and unit are one."""
    left, right = one.target.figure, other.target.figure
    return (
        left.value == right.value
        and left.unit == right.unit
        and one.actual is not None
        and other.actual is not None
        and one.actual.figure.unit == other.actual.figure.unit
    )


def _across(goals: list[Goal], pen: Pen) -> None:
    """Find a goal that is a share in one table and a count in another."""
    by_name: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        by_name[bare(goal.label)[:4]].append(goal)
    for group in by_name.values():
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                if one.target.passage.table is other.target.passage.table:
                    continue
                left, right = one.target.figure, other.target.figure
                if containment(one.label, other.label) < _LIKE or not _unlike(left, right):
                    continue
                pen.find(
                    "R11",
                    Severity.QUESTION,
                    f"“{one.label}”的目标值一处为{left.text}，另一处为{right.text}。",
                    [place_of(v.passage, v.figure) for v in (one.target, other.target)],
                    figures=[left, right],
                )


def _unlike(one: Figure, other: Figure) -> bool:
    return bool(one.unit and other.unit) and (one.unit == "%") != (other.unit == "%")

"""Funds by level against the projects of that level (资金级次): R10.

A summary of funds gives the department's own money and that from above; a list
of projects, with what forms and titles say of each project's money, adds up to
the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment, differ_in_marks
from steelyard.doctor.subject.projects import Project, projects, words
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.view import CASE, View
from steelyard.measure.number import plain as written

_LEVEL_ROW = re.compile(r"[^，。；]{0,3}(?:本级|上级)(?:财政)?(?:转移支付|补助|资金|安排)?")
_FEWEST_ROWS = 5
_FEWEST_PARTS = 3
_LIKE = 0.8
_NEARLY = 1000
"""A sum that misses by less than a thousandth is meant to be the same."""


@dataclass(frozen=True)
class Parts:
    """The numbers of one column of the projects of one level (分级项目)."""

    header: str
    is_upper: bool
    values: tuple[Value, ...]

    @property
    def total(self) -> Fraction:
        """What they add up to, as printed."""
        return sum((value.figure.value for value in self.values), Fraction(0))


def check(view: View, pen: Pen) -> None:
    """Compare the rows of levels in fund tables with sums over projects."""
    known = [project for project in projects(view) if project.is_upper is not None]
    rows = list(_level_rows(view))
    if not known or not rows:
        return
    for grid in view.grids:
        for parts in _parts(grid, known):
            for value, is_upper in rows:
                if is_upper == parts.is_upper and value.passage.table is not grid.table:
                    _compare(value, parts, pen)


def _level_rows(view: View) -> Iterator[tuple[Value, bool]]:
    for grid in view.grids:
        first = next(iter(grid.passages.values()), None)
        if first is None or first.document.kind == CASE:
            continue
        for row in grid.body:
            label = grid.label(row)
            if not _LEVEL_ROW.fullmatch(label):
                continue
            for column in grid.value_columns:
                value = grid.value(row, column)
                if value is not None and value.figure.value:
                    yield value, bool(words().upper.search(label))


def _parts(grid: Grid, known: list[Project]) -> Iterator[Parts]:
    """Yield the columns of a project table, by the level of the projects."""
    if not grid.columns_named(words().name.pattern) or not grid.table.certain:
        return
    levels = {row: _level(grid.label(row), known) for row in grid.rows()}
    if Counter(level is not None for level in levels.values())[True] < _FEWEST_ROWS:
        return
    for column in grid.value_columns:
        for is_upper in (True, False):
            values = tuple(
                value
                for row, level in levels.items()
                if level == is_upper
                and (value := grid.value(row, column)) is not None
                and value.figure.value
            )
            if len(values) >= _FEWEST_PARTS:
                yield Parts(grid.headers[column], is_upper, values)


def _level(name: str, known: list[Project]) -> bool | None:
    """Return whether a project's money is from above, as most mentions say."""
    votes: Counter[bool] = Counter()
    for project in known:
        same = bare(project.name) == bare(name)
        alike = containment(project.name, name) >= _LIKE
        if same or (alike and not differ_in_marks(project.name, name)):
            votes[bool(project.is_upper)] += 1
    return votes.most_common(1)[0][0] if votes else None


def _compare(value: Value, parts: Parts, pen: Pen) -> None:
    difference = abs(parts.total - value.figure.value)
    figures = [value.figure, *(each.figure for each in parts.values)]
    if not difference:
        pen.verified("R10", figures)
        return
    if difference * _NEARLY > value.figure.value:
        return
    level = "上级" if parts.is_upper else "本级"
    places = max(figure.places for figure in figures)
    pen.find(
        "R10",
        Severity.QUESTION,
        f"{level}项目“{parts.header}”{len(parts.values)}项之和为{written(parts.total, places)}，"
        f"资金汇总印作{value.figure.digits}，相差{written(difference, places)}。",
        [
            place_of(value.passage, value.figure),
            *(place_of(each.passage, each.figure) for each in parts.values),
        ],
        computed="+".join(each.figure.digits for each in parts.values)
        + f"={written(parts.total, places)}",
        figures=figures,
    )

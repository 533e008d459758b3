"""Levels of the framework (指标层级): R22.

A first-level indicator has as many second-level ones in one table as in the
next, and as many as its chapter says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from steelyard.doctor.finding import Place, Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare
from steelyard.doctor.subject.indicators import words
from steelyard.doctor.view.grid import Grid
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_FIRST = re.compile(r"一级指标")
_SECOND = re.compile(r"二级指标")
_POINTS = re.compile(r"（\d+(?:\.\d+)?分）$")
_FEWEST_ROWS = 3


@dataclass(frozen=True)
class Branch:
    """A first-level indicator with its second level in one table (分支)."""

    name: str
    seconds: dict[str, Passage]


def check(view: View, pen: Pen) -> None:
    """Compare the branches of all tables and of the chapters' own counts."""
    tables = [found for grid in view.grids if (found := _branches(grid))]
    for passage in view.prose:
        match = words().block.search(passage.skeleton.text)
        if match is None or not match["twos"] or not passage.section:
            continue
        figure = passage.skeleton.figure_at(match.start("twos"))
        said = place_of(passage, figure)
        for branches in tables:
            for branch in branches:
                if bare(passage.section[-1]).startswith(bare(branch.name)):
                    _compare(branch, int(figure.value), said, pen)


def _branches(grid: Grid) -> list[Branch]:
    """Return the first-level indicators of a table with the second level of each."""
    firsts, seconds = grid.columns_named(_FIRST.pattern), grid.columns_named(_SECOND.pattern)
    first_passage = next(iter(grid.passages.values()), None)
    if not firsts or not seconds or len(list(grid.rows())) < _FEWEST_ROWS:
        return []
    if first_passage is None or first_passage.document.kind == CASE:
        return []
    found: dict[str, dict[str, Passage]] = {}
    name = ""
    for row in grid.rows():
        own = _POINTS.sub("", grid.text(row, firsts[0]))
        name = own if own and not grid.is_dash(row, firsts[0]) else name
        second = grid.at(row, seconds[0])
        if name and second is not None and second.text and not grid.is_dash(row, seconds[0]):
            found.setdefault(name, {}).setdefault(_POINTS.sub("", second.text), second)
    return [Branch(key, value) for key, value in found.items()]


def _compare(branch: Branch, said: int, place: Place, pen: Pen) -> None:
    number = len(branch.seconds)
    figure = next(f for f in place.passage.claims if f.start == place.start)
    if number == said:
        pen.verified("R22", [figure])
        return
    names = "、".join(list(branch.seconds)[:6])
    pen.find(
        "R22",
        Severity.QUESTION,
        f"“{branch.name}”写有{said}个二级指标，表中有{number}个：{names}。",
        [place, *(whole(passage) for passage in branch.seconds.values())],
        figures=[figure],
    )

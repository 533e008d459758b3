"""Counts before a table (个数与所附的表): R14.

共安排 6 个项目，财政资金 5218.60 万元 is told of the table whose total is that amount:
it has as many rows.
"""

from __future__ import annotations

import re
from fractions import Fraction

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules.table_parts import tables
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import CASE, View

_COUNT = re.compile(
    f"(?:安排|实施|涉及|共有|包括|下达|立项|批复|共)(?:了|有)?(?P<count>{NUMBER})"
    "(?:[\u4e00-\u9fff]{0,6})?项目"
)
_MONEY = (("元", 1),)
_PROJECT = re.compile("项目")
_SEVERAL = re.compile("其他|其它|等|小计|其中|包")
"""In the name of a row: it may stand for several, or for none of its own."""
_FEWEST_ROWS = 3


def check(view: View, pen: Pen) -> None:
    """Compare a count of projects beside an amount with the table of that total."""
    lists = [grid for grid in tables(view) if grid.table.certain and _is_list(grid)]
    if not lists:
        return
    for passage in view.prose:
        if passage.document.kind == CASE or "项目" not in passage.text:
            continue
        for match in _COUNT.finditer(passage.skeleton.text):
            count = passage.skeleton.figure_at(match.start("count"))
            if (
                count.unit not in ("个", "项", "")
                or count.places
                or count.kind is not Kind.QUANTITY
            ):
                continue
            amount = _amount(passage, count)
            for grid in lists:
                total = _total(grid, amount) if amount is not None else None
                if amount is not None and total is not None:
                    _hold(passage, count, (grid, total), pen)
                    break


def _is_list(grid: Grid) -> bool:
    column = grid.label_column
    return column is not None and bool(_PROJECT.search(grid.headers[column]))


def _amount(passage: Passage, count: Figure) -> Figure | None:
    """Return the money that is said beside a count in its sentence."""
    start, end = next((s, e) for s, e in passage.sentences() if s <= count.start < e)
    behind = [f for f in passage.figures_in(start, end) if f.start > count.start]
    first = behind[0] if behind else None
    return first if first is not None and first.dimension == _MONEY and first.unit else None


def _total(grid: Grid, amount: Figure) -> Value | None:
    """Return the total of a table that is an amount, in the column of what was budgeted."""
    for row in grid.body:
        for column in grid.value_columns if grid.is_total(row) else ():
            value = grid.value(row, column)
            if value is not None and value.figure.dimension and same_amount(value.figure, amount):
                return value
    return None


def _hold(passage: Passage, count: Figure, told: tuple[Grid, Value], pen: Pen) -> None:
    grid, total = told
    labels = {grid.label(row) for row in grid.rows() if grid.label(row)}
    if len(labels) < _FEWEST_ROWS or len(labels) != len(list(grid.rows())):
        return
    if count.value == Fraction(len(labels)):
        pen.verified("R14", [count])
        return
    several = any(_SEVERAL.search(label) for label in labels)
    first = grid.at(grid.body.start, grid.label_column or 0)
    pen.find(
        "R14",
        Severity.QUESTION if several else Severity.ERROR,
        f"此处写{count.text}项目，合计同为{total.figure.digits}的表中列出{len(labels)}个。",
        [
            place_of(passage, count),
            *([whole(first)] if first is not None else []),
            place_of(total.passage, total.figure),
        ],
        computed=f"{count.digits}≠{len(labels)}",
        figures=[count],
    )

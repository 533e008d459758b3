"""Forms whose rows are labels and numbers in turn (填报表): R10, R01.

部门总收入 100 | 财政拨款收入 80 | 其他收入 20: a row of a form says a whole and
its parts, or two numbers and their rate.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from steelyard.doctor.arithmetic import is_printed_so, printed_as, shown
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import pairs as pairs_of
from steelyard.doctor.view.grid import Grid, Value, only_figure
from steelyard.doctor.view.passage import Passage

_RATE = re.compile(r"率|占比|比例|比重")
_PART = re.compile(r"^(?:有效|抽查|抽样|现场(?:评价|核查)|回收|收回|核查|样本)(?:的)?(?:率)?")
"""What begins so names a part of what stands in front of it."""
_FEWEST_PAIRS = 3
_MOST_ROWS = 60

Pair = tuple[str, Value]


def add_up(grid: Grid, pen: Pen) -> None:
    """Look at each row of a form by itself.

    A whole and its parts end on one word (收入, 支出). What adds up is noted; a row
    that does not is found where another row of the form does.
    """
    if grid.table.height > _MOST_ROWS:
        return
    odd: list[list[Pair]] = []
    right = 0
    for row in range(grid.table.height):
        pairs = _pairs(grid, row)
        _no_more(pairs, pen)
        if len(pairs) < _FEWEST_PAIRS:
            continue
        values = [value for _, value in pairs]
        if _RATE.search(pairs[2][0]) and values[2].figure.unit == "%":
            _rate(pairs, pen)
        elif _added(pairs) == values[0].figure.value:
            right += 1
            pen.verified("R10", [value.figure for value in values])
        elif _is_whole(pairs):
            odd.append(pairs)
    for pairs in odd:
        if right:
            _tell(pairs, pen)


def _pairs(grid: Grid, row: int) -> list[Pair]:
    """Return label and number in turn; nothing where a row is filled in otherwise."""
    cells: list[tuple[Passage, int]] = []
    for column in range(grid.table.width):
        passage = grid.at(row, column)
        if passage is None or passage.cell is None or not passage.text:
            continue
        if (passage.cell.row, passage.cell.column) == (row, column):
            cells.append((passage, column))
    found: list[Pair] = []
    for (label, _), (amount, column) in zip(cells[::2], cells[1::2], strict=False):
        figure = only_figure(amount)
        if label.claims or figure is None:
            return []
        found.append((label.text, Value(row, column, amount, figure)))
    return found if len(cells) == 2 * len(found) else []


def _no_more(pairs: list[Pair], pen: Pen) -> None:
    """Find a part that is more than the whole in front of it: 有效问卷, 抽查项目数."""
    for (name, whole), (label, part) in pairwise(pairs):
        one, other = whole.figure, part.figure
        if not _PART.search(label) or _PART.search(name) or not _core(name) & _core(label):
            continue
        if one.dimension == other.dimension and other.base > one.base > 0:
            pen.find(
                "R15",
                Severity.ERROR,
                f"“{label}”{other.text}大于“{name}”{one.text}。",
                [place_of(each.passage, each.figure) for each in (part, whole)],
                computed=f"{other.digits}>{one.digits}",
                figures=[other, one],
            )


def _core(label: str) -> frozenset[str]:
    return pairs_of(_PART.sub("", label))


def _added(pairs: list[Pair]) -> Fraction:
    return sum((value.figure.value for _, value in pairs[1:]), Fraction(0))


def _is_whole(pairs: list[Pair]) -> bool:
    """Say whether the first label names what the others are parts of."""
    names = [name for name, _ in pairs]
    units = {value.figure.unit for _, value in pairs}
    return len({name[-2:] for name in names}) == 1 and len(units) == 1 and "%" not in units


def _rate(pairs: list[Pair], pen: Pen) -> None:
    """Recompute a rate from the two numbers before it."""
    one, other, rate = (value for _, value in pairs[:3])
    if not one.figure.value or not other.figure.value:
        return
    for part, base in ((other, one), (one, other)):
        share = part.figure.value / base.figure.value
        if is_printed_so(share, rate.figure):
            pen.verified("R01", [one.figure, other.figure, rate.figure])
            return
    part, base = sorted((one, other), key=lambda value: value.figure.value)
    due = printed_as(part.figure.value / base.figure.value, rate.figure)
    pen.find(
        "R01",
        Severity.QUESTION,
        f"“{pairs[2][0]}”印作{rate.figure.text}，{part.figure.digits}÷{base.figure.digits}={due}。",
        [place_of(value.passage, value.figure) for value in (rate, one, other)],
        computed=f"{part.figure.digits}÷{base.figure.digits}={due}",
        figures=[one.figure, other.figure, rate.figure],
    )


def _tell(pairs: list[Pair], pen: Pen) -> None:
    whole = pairs[0][1].figure
    terms = "+".join(value.figure.digits for _, value in pairs[1:])
    pen.find(
        "R10",
        Severity.QUESTION,
        f"“{pairs[0][0]}”印作{whole.text}，同一行各项之和为{shown(_added(pairs))}。",
        [place_of(value.passage, value.figure) for _, value in pairs],
        computed=f"{terms}={shown(_added(pairs))}",
        figures=[value.figure for _, value in pairs],
    )

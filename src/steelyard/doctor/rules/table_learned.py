"""Relations that columns obey without being told (归纳出的列间关系): R09.

Three columns that obey a + b = c or a / b = c in all rows but one are meant to,
and the odd row is found. A column of shares belongs to the column whose total
makes it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations

from steelyard.doctor.arithmetic import is_printed_so, printed_as
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value

_FEWEST_ROWS = 5
_MANY_ROWS = 8
_WIDEST = 12
_FEWEST_SHARES = 3
_SHARE = re.compile(r"占比|比例|比重|百分比|份额|结构")

Triple = tuple[Value, Value, Value]


def learn(grid: Grid, known: set[frozenset[int]], pen: Pen) -> None:
    """Learn what the columns of a table obey, and find the row that does not.

    Args:
        grid: A table whose columns are sure.
        known: Columns of relations that have been looked at.
        pen: Takes down what is found.
    """
    columns = grid.value_columns
    if len(columns) > _WIDEST:
        return
    _shares(grid, columns, pen)
    if len(grid.body) < _FEWEST_ROWS:
        return
    rows = [{c: v for c in columns if (v := _own(grid, row, c)) is not None} for row in grid.body]
    for triple in permutations(columns, 3):
        if frozenset(triple) not in known:
            if triple[0] < triple[1]:
                _learn(grid, "+", rows, triple, pen)
            _learn(grid, "÷", rows, triple, pen)


def _own(grid: Grid, row: int, column: int) -> Value | None:
    value = grid.value(row, column)
    return value if value is not None and value.row == row and value.figure.value else None


def _made(sign: str, one: Figure, other: Figure) -> Fraction:
    """Return what two numbers make: in print for a sum, of the amounts for a share."""
    return one.value + other.value if sign == "+" else one.base / other.base


def _fits(sign: str, triple: Triple) -> bool:
    one, other, result = (value.figure for value in triple)
    made = _made(sign, one, other)
    if sign == "+":
        return made == result.value
    return is_printed_so(made, result) or (
        not result.unit and is_printed_so(made * 100 * result.factor, result)
    )


def _learn(
    grid: Grid,
    sign: str,
    rows: list[dict[int, Value]],
    columns: tuple[int, ...],
    pen: Pen,
) -> None:
    one, other, result = columns
    held: list[Triple] = []
    odd: list[Triple] = []
    for row in rows:
        if not (one in row and other in row and result in row):
            continue
        triple = (row[one], row[other], row[result])
        (held if _fits(sign, triple) else odd).append(triple)
        if len(odd) > 1:
            return
    if len(held) < _FEWEST_ROWS - 1 or not _is_telling(sign, held):
        return
    for triple in held:
        pen.verified("R09", [value.figure for value in triple])
    for triple in odd:
        _tell(grid, sign, triple, len(held), pen)


def _is_telling(sign: str, held: list[Triple]) -> bool:
    """Say whether rows hold by more than chance: small and equal numbers do by themselves."""
    if sign == "÷":
        held = [triple for triple in held if triple[0].figure.value != triple[1].figure.value]
    long = {
        tuple(value.figure.value for value in triple)
        for triple in held
        if len(triple[2].figure.digits.replace(".", "").strip("0")) > 2
    }
    results = {triple[2].figure.value for triple in held}
    return len(long) >= _FEWEST_ROWS - 1 or (len(held) >= _MANY_ROWS and len(results) >= 3)


def _tell(grid: Grid, sign: str, triple: Triple, held: int, pen: Pen) -> None:
    one, other, result = triple
    claimed = result.figure
    made = _made(sign, one.figure, other.figure)
    if sign == "+":
        made *= claimed.factor
    elif not claimed.unit and claimed.factor == 1 and claimed.value > 1:
        made *= 100
    due = printed_as(made, claimed)
    names = [grid.headers[v.column].rsplit("›", 1)[-1] or f"第{v.column + 1}列" for v in triple]
    pen.find(
        "R09",
        Severity.ERROR if held >= _MANY_ROWS else Severity.QUESTION,
        f"其余{held}行都是“{names[0]}{sign}{names[1]}={names[2]}”，“{grid.label(result.row)}”"
        f"一行不是：{one.figure.text}{sign}{other.figure.text}={due}，印作{claimed.text}。",
        [place_of(v.passage, v.figure) for v in (result, one, other)],
        computed=f"{one.figure.digits}{sign}{other.figure.digits}={due}",
        figures=[v.figure for v in triple],
    )


# ------------------------------------------------------------------- shares


def _shares(grid: Grid, columns: tuple[int, ...], pen: Pen) -> None:
    """Recompute a column of shares from the column whose total makes most of them."""
    totals = [row for row in grid.body if grid.is_total(row)]
    if len(totals) != 1:
        return
    for share in columns:
        if not _SHARE.search(grid.headers[share]):
            continue
        for amount in columns:
            whole = _own(grid, totals[0], amount)
            if amount != share and whole is not None:
                rows = [row for row in grid.rows() if _own(grid, row, amount)]
                if _share(grid, rows, (amount, share), whole, pen):
                    break


def _share(grid: Grid, rows: list[int], columns: tuple[int, int], whole: Value, pen: Pen) -> bool:
    """Note the shares that a column makes; return whether it is the one that is meant."""
    right: list[tuple[Value, Value]] = []
    odd: list[tuple[Value, Value]] = []
    for row in rows:
        part, share = _own(grid, row, columns[0]), _own(grid, row, columns[1])
        if part is None or share is None:
            continue
        exact = part.figure.value / whole.figure.value
        fits = any(is_printed_so(due, share.figure) for due in _printings(exact, share.figure))
        (right if fits else odd).append((part, share))
    if len(right) < _FEWEST_SHARES or len(odd) > 1:
        return False
    for part, share in right:
        pen.verified("R01", [part.figure, share.figure, whole.figure])
    for part, share in odd:
        exact = part.figure.value / whole.figure.value
        due = printed_as(_printings(exact, share.figure)[-1], share.figure)
        pen.find(
            "R01",
            Severity.ERROR if len(right) > _FEWEST_SHARES else Severity.QUESTION,
            f"“{grid.label(share.row)}”的占比印作{share.figure.text}，"
            f"{part.figure.digits}÷{whole.figure.digits}={due}。",
            [place_of(v.passage, v.figure) for v in (share, part, whole)],
            computed=f"{part.figure.digits}÷{whole.figure.digits}={due}",
            figures=[part.figure, share.figure],
        )
    return True


def _printings(exact: Fraction, share: Figure) -> list[Fraction]:
    """Return a share as it may be printed: also as a percentage without its sign."""
    return [exact, exact * 100] if not share.unit and share.factor == 1 else [exact]

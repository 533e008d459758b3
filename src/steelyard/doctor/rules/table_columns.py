"""Columns that belong together (列间关系): R09, R01, R05.

Known relations stand in columns.toml: which headers, what has to hold. Others
are learned: three columns that obey a + b = c, a - b = c or a / b = c in all rows
but one are meant to, and the odd row is found.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import permutations

from steelyard.doctor.arithmetic import half_step, in_figures, is_printed_so, worked_out
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import Grid, Value
from steelyard.doctor.view.view import CASE, View
from steelyard.measure.number import plain as written

_FEWEST_ROWS = 5
_MANY_ROWS = 8
_WIDEST = 12
_SURVEY = re.compile(r"选项")


@dataclass(frozen=True)
class Relation:
    """What columns of certain headers have to obey (列间关系)."""

    id: str
    rule: str
    title: str
    columns: dict[str, re.Pattern[str]]
    """Role in the formula, header pattern; a role ending in ？ may be missing."""
    result: str
    formula: str
    severity: Severity


@cache
def relations() -> tuple[Relation, ...]:
    """Return the relations of columns.toml."""
    text = resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8")
    found = []
    for entry in tomllib.loads(text)["relation"]:
        result, _, formula = entry["holds"].partition("=")
        found.append(
            Relation(
                entry["id"],
                entry["rule"],
                entry["title"],
                {role: re.compile(pattern) for role, pattern in entry["columns"].items()},
                result.strip(),
                formula.strip(),
                Severity(entry.get("severity", "error")),
            )
        )
    return tuple(found)


def check(view: View, pen: Pen) -> None:
    """Hold the rows of every table against known and learned relations."""
    for grid in view.grids:
        first = next(iter(grid.passages.values()), None)
        if first is None or first.document.kind == CASE or not grid.table.certain:
            continue
        if any(_SURVEY.search(header) for header in grid.headers):
            continue
        known: set[frozenset[int]] = set()
        for relation in relations():
            columns = _columns(grid, relation)
            if columns is not None:
                known.add(frozenset(columns.values()))
                _known(grid, relation, columns, pen)
        if len(grid.value_columns) <= _WIDEST:
            _learned(grid, known, pen)


def _columns(grid: Grid, relation: Relation) -> dict[str, int] | None:
    """Return the column of each role; None when one is missing or could be several."""
    found: dict[str, int] = {}
    for role, pattern in relation.columns.items():
        fitting = [
            column
            for column in range(grid.table.width)
            if pattern.search(grid.headers[column])
            and any(grid.value(row, column) for row in grid.body)
        ]
        if role.endswith("可缺") and not fitting:
            continue
        if len(fitting) != 1 or fitting[0] in found.values():
            return None
        found[role] = fitting[0]
    return found


def _known(grid: Grid, relation: Relation, columns: dict[str, int], pen: Pen) -> None:
    wrong: list[dict[str, Value]] = []
    right = 0
    for row in grid.body:
        values = _row(grid, row, columns)
        if values is None or relation.result not in values:
            continue
        figures = {role: value.figure for role, value in values.items()}
        claimed = figures.pop(relation.result)
        amounts = {role: _amount(figure) for role, figure in figures.items()}
        amounts |= {role: Fraction(0) for role in relation.columns if role not in values}
        computed = worked_out(relation.formula, amounts)
        if computed is None:
            continue
        if _fits(computed, claimed, list(figures.values())):
            right += 1
            pen.verified(relation.rule, [claimed, *figures.values()])
        else:
            wrong.append(values)
    sure = right >= 1 or len(wrong) == 1
    for values in wrong:
        _tell(grid, relation, values, pen, sure=sure and right >= len(wrong))


def _row(grid: Grid, row: int, columns: dict[str, int]) -> dict[str, Value] | None:
    """Return the values of a row by role; a dash is nothing, other words give the row up."""
    values = {}
    for role, column in columns.items():
        value = grid.value(row, column)
        if value is not None and value.row == row:
            values[role] = value
        elif value is not None or not (grid.is_dash(row, column) or not grid.text(row, column)):
            return None
    return values if len(values) > 1 else None


def _amount(figure: Figure) -> Fraction:
    return figure.base if figure.unit in ("%", "‰") else figure.value


def _fits(computed: Fraction, claimed: Figure, inputs: list[Figure]) -> bool:
    percent = claimed.unit in ("%", "‰")
    if percent:
        return is_printed_so(computed, claimed)
    for scale in (Fraction(1), Fraction(1, 100)):
        places = 10**claimed.places
        if (computed / scale - claimed.value) * 2 * places in (1, -1):
            return True
        if abs(computed / scale - claimed.value) * 2 * places < 1:
            return True
    same = {figure.places for figure in inputs} == {claimed.places}
    slack = sum((half_step(f) / f.factor for f in inputs), Fraction(0))
    return not same and abs(computed - claimed.value) <= slack


def _tell(
    grid: Grid, relation: Relation, values: dict[str, Value], pen: Pen, *, sure: bool
) -> None:
    result = values[relation.result]
    figures = {role: value.figure for role, value in values.items() if value is not result}
    amounts = {role: _amount(figure) for role, figure in figures.items()}
    amounts |= {role: Fraction(0) for role in relation.columns if role not in values}
    computed = worked_out(relation.formula, amounts) or Fraction(0)
    claimed = result.figure
    scale = claimed.factor if claimed.unit in ("%", "‰") else Fraction(1)
    due = f"{written(computed / scale, claimed.places)}{claimed.unit}"
    pen.find(
        relation.rule,
        relation.severity if sure else Severity.QUESTION,
        f"“{grid.label(result.row)}”的{relation.title}印作{claimed.text}，按同一行应为{due}。",
        [
            place_of(v.passage, v.figure)
            for v in (result, *(v for v in values.values() if v is not result))
        ],
        computed=f"{in_figures(relation.formula, figures)}={due}",
        figures=[v.figure for v in values.values()],
    )


# ------------------------------------------------------------------- learned


def _learned(grid: Grid, known: set[frozenset[int]], pen: Pen) -> None:
    if len(grid.body) < _FEWEST_ROWS:
        return
    columns = grid.value_columns
    for formula in ("甲 + 乙", "甲 / 乙"):
        for one, other, result in permutations(columns, 3):
            if formula == "甲 + 乙" and one > other:
                continue
            if frozenset((one, other, result)) not in known:
                _learn(grid, formula, (one, other, result), pen)


def _learn(grid: Grid, formula: str, columns: tuple[int, int, int], pen: Pen) -> None:
    held: list[tuple[Value, ...]] = []
    odd: list[tuple[Value, ...]] = []
    for row in grid.body:
        values = tuple(v for c in columns if (v := grid.value(row, c)) is not None and v.row == row)
        if len(values) != len(columns) or not all(v.figure.value for v in values):
            continue
        one, other, result = (v.figure for v in values)
        computed = worked_out(formula, {"甲": _amount(one), "乙": _amount(other)})
        fits = computed is not None and _fits(computed, result, [one, other])
        trivial = formula == "甲 / 乙" and one.value == other.value
        if not trivial:
            (held if fits else odd).append(values)
        elif not fits:
            odd.append(values)
        if len(odd) > 1:
            return
    if len(held) < _FEWEST_ROWS - 1 or len({v[2].figure.value for v in held}) < 3:
        return
    for values in held:
        pen.verified("R09", [value.figure for value in values])
    for values in odd:
        _odd_row(grid, formula, values, len(held), pen)


def _odd_row(grid: Grid, formula: str, values: tuple[Value, ...], held: int, pen: Pen) -> None:
    one, other, result = values
    computed = worked_out(formula, {"甲": _amount(one.figure), "乙": _amount(other.figure)})
    if computed is None:
        return
    claimed = result.figure
    scale = claimed.factor if claimed.unit in ("%", "‰") else Fraction(1)
    due = f"{written(computed / scale, claimed.places)}{claimed.unit}"
    sign = "+" if "+" in formula else "÷"
    names = [grid.headers[v.column].rsplit("›", 1)[-1] for v in values]
    pen.find(
        "R09",
        Severity.ERROR if held >= _MANY_ROWS else Severity.QUESTION,
        f"其余{held}行都是“{names[0]}{sign}{names[1]}={names[2]}”，"
        f"“{grid.label(result.row)}”一行不是：{names[2]}印作{claimed.text}，应为{due}。",
        [place_of(v.passage, v.figure) for v in (result, one, other)],
        computed=f"{one.figure.digits}{sign}{other.figure.digits}={due}",
        figures=[v.figure for v in values],
    )

"""Columns that belong together (列间关系): R01, R03, R05, R09, R15.

Known relations stand in columns.toml: which headers, what has to hold. What
columns obey without a known name is learned in table_learned.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib import resources

from steelyard.doctor.arithmetic import Agreement, agreement, in_figures, printed_as, worked_out
from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.rules import table_learned
from steelyard.doctor.rules.table_parts import blocks
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.grid import TOTAL, Grid, Value
from steelyard.doctor.view.view import View

_MAYBE = "可缺"
_MOST = "<="
_PERCENT = Fraction(1, 100)


@dataclass(frozen=True)
class Relation:
    """What columns of certain headers have to obey (列间关系)."""

    rule: str
    title: str
    columns: Mapping[str, re.Pattern[str]]
    """Role in the formula, header pattern; a role ending in 可缺 may be missing."""
    result: str
    formula: str
    most: bool
    """The result may be less than the formula makes, but not more."""
    severity: Severity


@cache
def relations() -> tuple[Relation, ...]:
    """Return the relations of columns.toml."""
    text = resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8")
    found = []
    for entry in tomllib.loads(text)["relation"]:
        most = _MOST in entry["holds"]
        result, _, formula = entry["holds"].partition(_MOST if most else "=")
        found.append(
            Relation(
                entry["rule"],
                entry["title"],
                {role: re.compile(pattern) for role, pattern in entry["columns"].items()},
                result.strip(),
                formula.strip(),
                most,
                Severity(entry.get("severity", "error")),
            )
        )
    return tuple(found)


def check(view: View, pen: Pen) -> None:
    """Hold the rows of every table against known and learned relations."""
    for grid in blocks(view):
        known: set[frozenset[int]] = set()
        for relation in relations():
            columns = _columns(grid, relation)
            if columns is not None:
                known.add(frozenset(columns.values()))
                _hold(grid, relation, columns, pen)
        table_learned.learn(grid, known, pen)


def _columns(grid: Grid, relation: Relation) -> dict[str, int] | None:
    """Return the column of each role; None when one is missing or could be several."""
    found: dict[str, int] = {}
    for role, pattern in relation.columns.items():
        fitting = [
            column
            for column, header in enumerate(grid.headers)
            if header
            and pattern.search(header)
            and any(grid.value(row, column) for row in grid.body)
        ]
        if role.endswith(_MAYBE) and not fitting:
            continue
        if len(fitting) != 1 or fitting[0] in found.values():
            return None
        found[role] = fitting[0]
    return found if len(found) > 1 else None


def _hold(grid: Grid, relation: Relation, columns: dict[str, int], pen: Pen) -> None:
    """Hold each row against a relation; one that fails in most rows is not meant."""
    wrong: list[_Row] = []
    right = 0
    for line in grid.body:
        values = _values(grid, line, columns)
        row = _read(relation, values) if values and relation.result in values else None
        if row is None:
            continue
        agrees = row.agrees()
        figures = [value.figure for value in row.values.values()]
        if agrees == "no":
            if not (_is_explained(grid, row, columns) or _is_knocked_on(grid, row)):
                wrong.append(row)
            continue
        right += 1
        # That a part is no more than its whole says little of either.
        if agrees == "exact" and not relation.most:
            pen.verified(relation.rule, figures)
        elif agrees == "rounded":
            pen.consistent(relation.rule, figures)
    for row in wrong:
        _tell(grid, row, pen, sure=right >= len(wrong))


def _is_explained(grid: Grid, row: _Row, columns: dict[str, int]) -> bool:
    """Say whether another column of the row makes up the difference: it belongs to the sum."""
    if "/" in row.formula or row.relation.most:
        return False
    difference = abs(row.claimed.base - row.computed)
    line = row.values[row.relation.result].row
    others = (grid.value(line, c) for c in grid.value_columns if c not in columns.values())
    return any(abs(each.figure.base) == difference for each in others if each is not None)


def _is_knocked_on(grid: Grid, row: _Row) -> bool:
    """Say whether a total row fails only since one of its numbers is no sum of its column.

    That sum is found where columns are added up.
    """
    line = row.values[row.relation.result].row
    if not grid.is_total(line):
        return False
    for role, figure in row.inputs.items():
        column = row.values[role].column
        given = [value for each in grid.rows() if (value := grid.value(each, column))]
        added = sum((value.figure.value for value in dict.fromkeys(given)), Fraction(0))
        if len(given) > 1 and added != figure.value:
            inputs = {**row.inputs, role: replace(figure, value=added)}
            if replace(row, inputs=inputs).agrees() == "exact":
                return True
    return False


def _values(grid: Grid, row: int, columns: dict[str, int]) -> dict[str, Value] | None:
    """Return the values of a row by role; a dash is nothing, other words give the row up."""
    values = {}
    for role, column in columns.items():
        value = grid.value(row, column)
        if value is not None and value.row == row:
            values[role] = value
        elif value is not None or not (grid.is_dash(row, column) or not grid.text(row, column)):
            return None
    return values if len(values) > 1 else None


@dataclass(frozen=True)
class _Row:
    """One row under a relation."""

    relation: Relation
    values: dict[str, Value]
    formula: str
    """Without the names of columns that are missing or dashed."""
    inputs: dict[str, Figure]
    claimed: Figure
    computed: Fraction
    """In the base of the result."""

    def agrees(self) -> Agreement:
        """Compare what is printed with what the row makes."""
        if self.relation.most:
            return "exact" if self.claimed.base <= self.computed else "no"
        found: Agreement = "no"
        for claimed in self._readings():
            one = agreement(self.formula, self.inputs, claimed)
            if one == "exact":
                return one
            found = one if found == "no" else found
        return found

    def _readings(self) -> list[Figure]:
        """91.5 under 执行率 is a percentage without its sign, 0.915 is none."""
        if "/" in self.formula and not self.claimed.unit and self.claimed.factor == 1:
            return [self.claimed, replace(self.claimed, factor=_PERCENT)]
        return [self.claimed]

    @property
    def due(self) -> str:
        """What should be printed."""
        readings = self._readings()
        return printed_as(self.computed, readings[-1] if self.claimed.value > 1 else readings[0])


def _read(relation: Relation, values: dict[str, Value]) -> _Row | None:
    """Return a row in units that go together; None where nothing can be worked out."""
    figures = {role: value.figure for role, value in values.items()}
    claimed = figures[relation.result]
    inputs = {role: figure for role, figure in figures.items() if role != relation.result}
    compared = inputs.values() if "/" in relation.formula else figures.values()
    if len({figure.dimension for figure in compared}) > 1:
        inputs = {role: _bare(figure) for role, figure in inputs.items()}
        claimed = claimed if "/" in relation.formula else _bare(claimed)
    formula = relation.formula
    for role in relation.columns:
        if role not in values:
            formula = re.sub(rf"(?:^|[+-])\s*{role}", "", formula)
    formula = formula.strip().removeprefix("+").strip()
    computed = worked_out(formula, {role: figure.base for role, figure in inputs.items()})
    if computed is None:
        return None
    return _Row(relation, values, formula, inputs, claimed, computed)


def _bare(figure: Figure) -> Figure:
    """Return a number as printed, where units are not known of all."""
    return figure if figure.unit in ("%", "‰") else replace(figure, factor=Fraction(1))


def _name(grid: Grid, row: int) -> str:
    """Return what a row is called: by its label, 合计, or by its number."""
    if grid.label(row) or not grid.is_total(row):
        return grid.label(row) or f"第{row + 1}行"
    texts = (grid.text(row, column) for column in range(grid.table.width))
    return next(text for text in texts if TOTAL.fullmatch(text))


def _tell(grid: Grid, row: _Row, pen: Pen, *, sure: bool) -> None:
    relation, claimed = row.relation, row.claimed
    result = row.values[relation.result]
    others = [value for value in row.values.values() if value is not result]
    name = _name(grid, result.row)
    if relation.most:
        message = f"“{name}”的{relation.title}{claimed.text}大于同一行的{row.due}。"
        computed = f"{claimed.digits}>{row.due}"
    else:
        message = f"“{name}”的{relation.title}印作{claimed.text}，按同一行应为{row.due}。"
        computed = f"{in_figures(row.formula, row.inputs)}={row.due}"
    pen.find(
        relation.rule,
        relation.severity if sure else Severity.QUESTION,
        message,
        [place_of(v.passage, v.figure) for v in (result, *others)],
        computed=computed,
        figures=[v.figure for v in row.values.values()],
    )

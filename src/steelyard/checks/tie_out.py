"""Tie-outs: claims that facts must fulfil (勾稽核对).

A check is data: a claim in the formula language, over items or over every
row of a table. Its result is a sentence with both values. A miss that
rounding can explain is residue (尾差), not an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal as OneOf

from steelyard.errors import SteelyardError
from steelyard.facts.ledger import Ledger, TableRow
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import RowScope, evaluate
from steelyard.formula.tree import (
    Aggregate,
    Binary,
    Call,
    Compare,
    Constant,
    Label,
    Name,
    Negate,
    Node,
)
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.rounding import half_unit, round_half_up
from steelyard.provenance.origin import Origin

Severity = OneOf["error", "warning", "hint"]
State = OneOf["holds", "residue", "broken", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOut:
    """A claim that must hold (勾稽关系)."""

    id: str
    title: str
    claim: Node
    each: str = ""
    """Table whose every row the claim is about; empty for a claim over items."""

    where: Node | None = None
    severity: Severity = "error"
    kind: str = "勾稽"
    places: int | None = None
    """Compare both sides at these decimals of the printed unit, for printed ratios."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one claim came to (核对结果); ``checks.sentence`` says it."""

    check: TieOut
    state: State
    row: TableRow | None = None
    step: Derivation | None = None
    """The derivation of the claim; None when it could not be computed."""

    left: Value = MISSING
    right: Value = MISSING
    difference: Quantity | None = None
    origins: tuple[Origin, ...] = ()
    problem: str = ""
    """Why it could not be computed."""

    @property
    def is_error(self) -> bool:
        """Tell whether a claim that must hold is broken."""
        return self.state == "broken" and self.check.severity == "error"


@dataclass(frozen=True, slots=True)
class ClaimScope:
    """Names of a claim: 本行 first, then the row, then the ledger."""

    ledger: Ledger
    row: TableRow | None

    def look_up(self, name: Name) -> Derivation:
        """Return a cell of the row in question, or a data item."""
        if self.row is not None:
            column = name.path[1] if name.path[0] == "本行" and len(name.path) == 2 else None
            if column is None and len(name.path) == 1:
                column = name.path[0]
            value = None if column is None else self.row.cell(column)
            if value is not None:
                return Derivation(name, value)
        return self.ledger.look_up(name)

    def is_cell(self, name: Name) -> bool:
        """Tell whether a name is a cell of the row in question."""
        if self.row is None:
            return False
        return name.path[0] == "本行" or self.row.cell(name.text) is not None

    def rows(self, aggregate: Aggregate) -> Sequence[TableRow]:
        """Return the rows of a table."""
        return self.ledger.rows(aggregate)

    def zero(self, aggregate: Aggregate) -> Quantity:
        """Return nought in the unit of the summed column."""
        return self.ledger.zero(aggregate)


def run_checks(checks: Sequence[TieOut], ledger: Ledger) -> tuple[Result, ...]:
    """Return what every claim comes to, row by row.

    A check over a table that was not given comes to one unknown result.
    """
    return tuple(result for check in checks for result in _run(check, ledger))


def _run(check: TieOut, ledger: Ledger) -> Iterator[Result]:
    if not check.each:
        yield _result(check, ClaimScope(ledger, None))
        return
    table = ledger.tables.get(check.each)
    if table is None:
        yield Result(check=check, state="unknown", problem=f"表“{check.each}”未提供")
        return
    for row in table.rows:
        scope = ClaimScope(ledger, row)
        try:
            inside: Value = True
            if check.where is not None:
                inside = evaluate(check.where, RowScope(row, scope)).value
            if inside is True:
                yield _result(check, scope)
            elif inside is MISSING:
                what = "缺少数据，不知这一行是否在核对范围内"
                yield Result(check=check, state="unknown", row=row, problem=what)
        except SteelyardError as error:
            yield _failed(check, row, error)


def _failed(check: TieOut, row: TableRow | None, error: SteelyardError) -> Result:
    return Result(check=check, state="unknown", row=row, problem=error.what.rstrip("。"))


def _result(check: TieOut, scope: ClaimScope) -> Result:
    try:
        step = evaluate(check.claim, scope)
    except SteelyardError as error:
        return _failed(check, scope.row, error)
    origins = _origins(step, scope)
    state: State
    if not isinstance(check.claim, Compare):
        state = "unknown"
        if isinstance(step.value, bool):
            state = "holds" if step.value else "broken"
        return Result(check=check, state=state, row=scope.row, step=step, origins=origins)
    left, right = _alike(step.inputs[0].value, step.inputs[1].value)
    difference: Quantity | None = None
    if MISSING in (left, right) or NOT_APPLICABLE in (left, right):
        state = "unknown"
    else:
        state, difference = _judge(check, check.claim, step, left, right)
    return Result(
        check=check,
        state=state,
        row=scope.row,
        step=step,
        left=left,
        right=right,
        difference=difference,
        origins=origins,
    )


def _alike(left: Value, right: Value) -> tuple[Value, Value]:
    """Read a dash on one side as nought of the other side's unit.

    In a tie-out a dash says that there is no amount.
    """
    if left is NOT_APPLICABLE and right is NOT_APPLICABLE:
        return Quantity.of(0), Quantity.of(0)
    if left is NOT_APPLICABLE and isinstance(right, Quantity):
        return Quantity.of(0, right.unit), right
    if right is NOT_APPLICABLE and isinstance(left, Quantity):
        return left, Quantity.of(0, left.unit)
    return left, right


def _judge(
    check: TieOut, claim: Compare, step: Derivation, left: Value, right: Value
) -> tuple[State, Quantity | None]:
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return ("holds" if step.value is True else "broken"), None
    difference = left.plus(right, -1)
    if check.places is not None:
        unit = right.unit if right.unit.name else left.unit
        first = round_half_up(left.base / unit.factor, check.places)
        second = round_half_up(right.base / unit.factor, check.places)
        return ("holds" if _holds(claim, first - second) else "broken"), difference
    if _holds(claim, difference.base):
        return "holds", difference
    slack = _slack(step)
    if claim.operator == "=" and abs(difference.base) <= slack:
        return "residue", difference
    if claim.operator in ("≤", "≥") and abs(difference.base) <= slack and slack:
        return "residue", difference
    return "broken", difference


def _holds(claim: Compare, difference: Fraction) -> bool:
    match claim.operator:
        case "=":
            return difference == 0
        case "≠":
            return difference != 0
        case "<":
            return difference < 0
        case "≤":
            return difference <= 0
        case ">":
            return difference > 0
        case "≥":
            return difference >= 0


def _slack(step: Derivation) -> Fraction:
    """Return by how much rounding of the figures used can move a sum, in base units.

    Every printed figure may hide half a unit of its last place. A total over
    n rows hides n times that.
    """
    return sum((_hidden(each, Fraction(1)) for each in step.inputs), Fraction(0))


def _hidden(step: Derivation, weight: Fraction) -> Fraction:
    """Return what rounding of the figures below can hide, for sums and differences."""
    match step.node:
        case Name() if not step.inputs:
            return weight * _of_one(step.value)
        case Name() | Label() | Negate():
            return sum((_hidden(each, weight) for each in step.inputs), Fraction(0))
        case Binary(operator="+") | Binary(operator="-"):
            return sum((_hidden(each, weight) for each in step.inputs), Fraction(0))
        case Binary(operator="×"):
            return _scaled(step, weight)
        case Aggregate(function="sum"):
            return weight * _of_one(step.value) * len(step.rows)
        case Call(function="abs"):
            return _hidden(step.inputs[0], weight)
        case _:
            return Fraction(0)


def _scaled(step: Derivation, weight: Fraction) -> Fraction:
    first, second = step.inputs
    for fixed, moving in ((first, second), (second, first)):
        if isinstance(fixed.node, Constant) and isinstance(fixed.value, Quantity):
            return _hidden(moving, weight * abs(fixed.value.base))
    return Fraction(0)


def _of_one(value: Value) -> Fraction:
    if not isinstance(value, Quantity) or not value.places:
        return Fraction(0)
    return half_unit(value.places) * value.unit.factor


def _origins(step: Derivation, scope: ClaimScope) -> tuple[Origin, ...]:
    found: dict[Origin, None] = {}
    if scope.row is not None:
        found[scope.row.origin] = None
    for each in step.steps():
        match each.node:
            case Name() if scope.is_cell(each.node):
                continue
            case Name():
                origin = scope.ledger.origin(each.node.text)
                if origin is not None:
                    found[origin] = None
            case Aggregate(table=table):
                known = scope.ledger.tables.get(table)
                if known is not None:
                    found[known.origin] = None
            case _:
                continue
    return tuple(found)


def errors_among(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the broken claims that must hold."""
    return tuple(result for result in results if result.is_error)


def counts(results: Sequence[Result]) -> Mapping[State, int]:
    """Return how many claims came to what."""
    found: dict[State, int] = {"holds": 0, "residue": 0, "broken": 0, "unknown": 0}
    for result in results:
        found[result.state] += 1
    return found

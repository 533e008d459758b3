"""The exact value of a formula, with every step (求值与推导).

Values are exact. A missing figure makes what needs it missing; a figure that
does not apply is passed over by sums and stops products. A derivation keeps
each step with its inputs, so that a proof is never written by hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from steelyard.errors import SteelyardError
from steelyard.formula.derivation import Derivation
from steelyard.formula.say import say, say_value
from steelyard.formula.tree import (
    Aggregate,
    Binary,
    Call,
    Case,
    Compare,
    Constant,
    Label,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    needs,
)
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE, Nothing
from steelyard.measure.number import places_needed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.rounding import round_half_up
from steelyard.measure.units import PLAIN, PURE

MOST_BITS = 4096
"""Longer numerators and denominators are refused, so that no product runs away."""


class ZeroDenominator(SteelyardError):
    """A quotient has nothing to be divided by."""

    code = "formula.zero-denominator"

    def __init__(self, node: Binary) -> None:
        super().__init__(
            what=f"“{say(node)}”的分母“{say(node.right)}”为零，无法计算。",
            where=str(node.at),
            mend="请核对分母；确为零的，请在指标的口径中写明零分母如何计分。",
        )


class WrongKind(SteelyardError):
    """A step was given a value of another kind than it works on."""

    code = "formula.wrong-kind"

    def __init__(self, node: Node, wanted: str, got: Value) -> None:
        shown = got if isinstance(got, str) else say_value(got)
        super().__init__(
            what=f"“{say(node)}”应为{wanted}，却是“{shown}”。",
            where=str(node.at),
            mend="请核对算式或这项数据。",
        )


class TooLong(SteelyardError):
    """A number has grown beyond what anybody could print."""

    code = "formula.too-long"

    def __init__(self, node: Node) -> None:
        super().__init__(
            what="算式的结果有上千位数字，无法使用。",
            where=str(node.at),
            mend="请核对算式中的数和连乘。",
        )


class Row(Protocol):
    """One row of a table, as a formula sees it (行)."""

    @property
    def key(self) -> str:
        """What tells the row from others."""

    def cell(self, column: str) -> Value | None:
        """Return the value in a column, None when there is no such column.

        The column without a name tells of the row itself: it is missing in the
        row that stands for a table which was not given.
        """


class Scope(Protocol):
    """Where names lead (取数)."""

    def look_up(self, name: Name) -> Derivation:
        """Return what a name is worth.

        Raises:
            SteelyardError: Nothing has that name.
        """

    def rows(self, aggregate: Aggregate) -> Sequence[Row]:
        """Return the rows of a table.

        Raises:
            SteelyardError: There is no such table, or no such column.
        """

    def zero(self, aggregate: Aggregate) -> Quantity:
        """Return nought in the unit of the summed column."""


@dataclass(frozen=True, slots=True)
class RowScope:
    """Names inside a condition: columns of the row first, then outside."""

    row: Row
    outer: Scope

    def look_up(self, name: Name) -> Derivation:
        """Return the row's cell, or what the name means outside."""
        if len(name.path) == 1:
            value = self.row.cell(name.path[0])
            if value is not None:
                return Derivation(name, value)
        return self.outer.look_up(name)

    def rows(self, aggregate: Aggregate) -> Sequence[Row]:
        """Return the rows of a table."""
        return self.outer.rows(aggregate)

    def zero(self, aggregate: Aggregate) -> Quantity:
        """Return nought in the unit of the summed column."""
        return self.outer.zero(aggregate)


def evaluate(node: Node, scope: Scope) -> Derivation:
    """Return the exact value of a formula, with its derivation.

    Args:
        node: The formula.
        scope: Where its names lead.

    Raises:
        ZeroDenominator: A quotient has nothing to divide by.
        WrongKind: A step was given a text for a number, and the like.
        UnitClash: Different things were added or compared.
        SteelyardError: A name leads nowhere.
    """
    match node:
        case Constant(value=value):
            return Derivation(node, value)
        case Name():
            return scope.look_up(node)
        case Label(body=body):
            inner = evaluate(body, scope)
            return Derivation(node, inner.value, (inner,))
        case Negate(operand=operand):
            inner = evaluate(operand, scope)
            return Derivation(node, _negated(node, inner.value), (inner,))
        case Binary():
            left, right = evaluate(node.left, scope), evaluate(node.right, scope)
            result = _bounded(node, _computed(node, left.value, right.value))
            return Derivation(node, result, (left, right))
        case Compare():
            left, right = evaluate(node.left, scope), evaluate(node.right, scope)
            return Derivation(node, _compared(node, left.value, right.value), (left, right))
        case Not(operand=operand):
            inner = evaluate(operand, scope)
            truth = _truth(operand, inner.value)
            turned = truth if isinstance(truth, Nothing) else not truth
            return Derivation(node, turned, (inner,))
        case Logic():
            return _joined(node, scope)
        case Call():
            return _called(node, scope)
        case Case():
            return _chosen(node, scope)
        case Aggregate():
            return _over_rows(node, scope)


def _number(node: Node, value: Value) -> Quantity | Nothing:
    if isinstance(value, Quantity | Nothing):
        return value
    raise WrongKind(node, "数", value)


def _truth(node: Node, value: Value) -> bool | Nothing:
    if isinstance(value, bool | Nothing):
        return value
    raise WrongKind(node, "条件（成立或不成立）", value)


def _negated(node: Negate, value: Value) -> Value:
    number = _number(node.operand, value)
    if isinstance(number, Nothing):
        return number
    return Quantity(-number.base, number.dimension, number.unit, number.places)


def _computed(node: Binary, left: Value, right: Value) -> Value:
    first, second = _number(node.left, left), _number(node.right, right)
    if MISSING in (first, second):
        return MISSING
    if isinstance(first, Nothing) or isinstance(second, Nothing):
        if node.operator in "×÷" or first is second:
            return NOT_APPLICABLE
        if isinstance(second, Quantity):
            return _negated(Negate(node.right), second) if node.operator == "-" else second
        return first
    match node.operator:
        case "+":
            return first.plus(second)
        case "-":
            return first.plus(second, -1)
        case "×":
            return first.times(second)
        case "÷":
            if second.base == 0:
                raise ZeroDenominator(node)
            return first.over(second)


def _bounded(node: Node, value: Value) -> Value:
    if isinstance(value, Quantity):
        base = value.base
        if max(base.numerator.bit_length(), base.denominator.bit_length()) > MOST_BITS:
            raise TooLong(node)
    return value


def _compared(node: Compare, left: Value, right: Value) -> bool | Nothing:
    if MISSING in (left, right):
        return MISSING
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        if node.operator == "=":
            return left is right
        return left is not right if node.operator == "≠" else NOT_APPLICABLE
    order = _order(node, left, right)
    match node.operator:
        case "=":
            return order == 0
        case "≠":
            return order != 0
        case "<":
            return order < 0
        case "≤":
            return order <= 0
        case ">":
            return order > 0
        case "≥":
            return order >= 0


def _order(node: Compare, left: Value, right: Value) -> int:
    match left, right:
        case Quantity(), Quantity():
            return left.order(right)
        case date(), date():
            return (left > right) - (left < right)
        case bool(), bool():
            return int(left) - int(right)
        case str(), str():
            if node.operator in ("=", "≠"):
                return int(left != right)
    raise WrongKind(node.right, "与左侧同类、可以比较的值", right)


def _joined(node: Logic, scope: Scope) -> Derivation:
    """Join conditions; one that settles the matter outweighs what is missing."""
    settling = node.operator == "or"
    inputs: list[Derivation] = []
    result: bool | Nothing = not settling
    for operand in node.operands:
        step = evaluate(operand, scope)
        inputs.append(step)
        truth = _truth(operand, step.value)
        if truth is settling:
            return Derivation(node, settling, tuple(inputs))
        if isinstance(truth, Nothing) and result is not MISSING:
            result = truth
    return Derivation(node, result, tuple(inputs))


def _called(node: Call, scope: Scope) -> Derivation:
    inputs = tuple(evaluate(argument, scope) for argument in node.arguments)
    numbers = [
        _number(argument, step.value) for argument, step in zip(node.arguments, inputs, strict=True)
    ]
    given = [n for n in numbers if isinstance(n, Quantity)]
    if len(given) < len(numbers):
        gap = MISSING if MISSING in numbers else NOT_APPLICABLE
        return Derivation(node, gap, inputs)
    return Derivation(node, _applied(node, given), inputs)


def _applied(node: Call, given: list[Quantity]) -> Quantity:
    first = given[0]
    # A share is rounded as the number that it is, not as the percent that it prints as.
    scale = Fraction(1) if first.dimension == PURE else first.unit.factor
    match node.function:
        case "min" | "max":
            wanted = -1 if node.function == "min" else 1
            best = first
            for other in given[1:]:
                if other.order(best) == wanted:
                    best = other
            return best
        case "abs":
            return Quantity(abs(first.base), first.dimension, first.unit, first.places)
        case "floor":
            return Quantity(math.floor(first.base / scale) * scale, first.dimension, first.unit)
        case "ceil":
            return Quantity(math.ceil(first.base / scale) * scale, first.dimension, first.unit)
        case "round":
            places = int(given[1].base)
            rounded = round_half_up(first.base / scale, places) * scale
            written = places if first.unit.factor == scale else None
            return Quantity(rounded, first.dimension, first.unit, written)


def _chosen(node: Case, scope: Scope) -> Derivation:
    inputs: list[Derivation] = []
    for condition, result in node.arms:
        step = evaluate(condition, scope)
        inputs.append(step)
        truth = _truth(condition, step.value)
        if isinstance(truth, Nothing):
            return Derivation(node, truth, tuple(inputs))
        if truth:
            inputs.append(evaluate(result, scope))
            return Derivation(node, inputs[-1].value, tuple(inputs))
    inputs.append(evaluate(node.otherwise, scope))
    return Derivation(node, inputs[-1].value, tuple(inputs))


def blank_rows(node: Aggregate, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the keys of the rows with a blank in a column that a table function reads.

    A blank makes the function unknown even where it could not change the
    result: the workbook and the columns know no better, and a table with
    holes is not yet a table.
    """
    read = [column for table, column in needs(node).columns if table == node.table]
    return tuple(row.key for row in rows if any(row.cell(c) is MISSING for c in read))


def _over_rows(node: Aggregate, scope: Scope) -> Derivation:
    rows = scope.rows(node)
    gaps = blank_rows(node, rows)
    truths: list[tuple[Row, bool | Nothing]] = []
    for row in () if gaps else rows:
        truth: bool | Nothing = True
        if node.condition is not None:
            step = evaluate(node.condition, RowScope(row, scope))
            truth = _truth(node.condition, step.value)
        truths.append((row, truth))
    gaps = gaps or tuple(row.key for row, truth in truths if truth is MISSING)
    if gaps:
        return Derivation(node, MISSING, (), gaps)
    kept = [row for row, truth in truths if truth is True]
    failed = tuple(row.key for row, truth in truths if truth is False)
    keys = tuple(row.key for row in kept)
    match node.function:
        case "any":
            return Derivation(node, bool(kept), (), keys)
        case "all":
            return Derivation(node, not failed, (), failed or keys)
        case "count":
            return Derivation(node, Quantity.of(len(kept), PLAIN), (), keys)
        case "sum":
            return Derivation(node, _summed(node, kept, scope), (), keys)


def _summed(node: Aggregate, rows: list[Row], scope: Scope) -> Value:
    total = scope.zero(node)
    places = 0
    for row in rows:
        value = row.cell(node.column or "")
        if value is None:
            return MISSING
        number = _number(node, value)
        if isinstance(number, Quantity):
            last = number.unit.factor / 10 ** (number.places or 0)
            places = max(places, places_needed(last / total.unit.factor))
            total = total.plus(number)
    return Quantity(total.base, total.dimension, total.unit, places)

"""Reckoning with printed numbers (复算): exact, and aware of what rounding hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Literal

from steelyard.doctor.view.figure import Figure
from steelyard.errors import SteelyardError
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import evaluate
from steelyard.formula.parse import parse
from steelyard.formula.tree import Aggregate, Name, Node
from steelyard.measure.number import places_needed
from steelyard.measure.number import plain as written
from steelyard.measure.quantity import Quantity
from steelyard.measure.rounding import half_unit, round_half_up

Agreement = Literal["exact", "rounded", "no"]
"""exact: the printed number is what comes out. rounded: it can be, since the
inputs are rounded themselves. no: it cannot be."""

_MOST_CORNERS = 6
"""Inputs of which both ends of the rounding are tried."""


@cache
def _read(formula: str) -> Node:
    return parse(formula)


class _Values:
    """Names of a formula and what they are worth."""

    def __init__(self, values: Mapping[str, Fraction]) -> None:
        self._values = values

    def look_up(self, name: Name) -> Derivation:
        return Derivation(name, Quantity.of(self._values[name.text]))

    def rows(self, aggregate: Aggregate) -> Sequence[object]:
        raise KeyError(aggregate)

    def zero(self, aggregate: Aggregate) -> Quantity:
        raise KeyError(aggregate)


def worked_out(formula: str, values: Mapping[str, Fraction]) -> Fraction | None:
    """Return what a formula comes to, None when it cannot be worked out.

    Args:
        formula: In the formula language; percentages are fractions of one.
        values: For each name, in the base of its unit.
    """
    try:
        found = evaluate(_read(formula), _Values(values)).value  # type: ignore[arg-type]
    except (SteelyardError, KeyError):
        return None
    return found.base if isinstance(found, Quantity) else None


def printed_as(value: Fraction, figure: Figure) -> str:
    """Return how a computed amount would be printed in the unit and decimals of a number."""
    return written(value / figure.factor, figure.places) + figure.unit


def is_printed_so(value: Fraction, figure: Figure) -> bool:
    """Say whether an exact amount, rounded half up, is what a number shows."""
    return round_half_up(value / figure.factor, figure.places) == figure.value


def same_amount(one: Figure, other: Figure) -> bool:
    """Say whether two numbers can be one amount, at the coarser printed precision.

    43 亿元 and 43.02 亿元 are; 43.02 and 43.03 are not. A number whose unit is
    not known is compared as it is printed.
    """
    if one.value == other.value and one.factor == other.factor:
        return (
            one.dimension == other.dimension
            or one.unit in ("亿", "万", "")
            or other.unit in ("亿", "万", "")
        )
    if not (one.has_unit and other.has_unit):
        return _rounds_to(one.value, other) or _rounds_to(other.value, one)
    bare = {figure.unit for figure in (one, other)} & {"亿", "万"}
    if one.dimension != other.dimension and not bare:
        return False
    return is_printed_so(one.base, other) or is_printed_so(other.base, one)


def _rounds_to(value: Fraction, figure: Figure) -> bool:
    return round_half_up(value, figure.places) == figure.value


def half_step(figure: Figure) -> Fraction:
    """Return the most that rounding can have changed a number, in its base.

    A whole number counts as exact.
    """
    return half_unit(figure.places) * figure.factor if figure.places else Fraction(0)


def agreement(formula: str, figures: Mapping[str, Figure], claimed: Figure) -> Agreement:
    """Compare a printed number with what a formula makes of others.

    Args:
        formula: In the formula language.
        figures: For each name in it, the printed number.
        claimed: The printed result.
    """
    values = {name: figure.base for name, figure in figures.items()}
    computed = worked_out(formula, values)
    if computed is None:
        return "exact" if claimed.value == 0 and not any(values.values()) else "no"
    if is_printed_so(computed, claimed):
        return "exact"
    if not claimed.unit and _rounds_to(computed * 100, claimed):
        return "exact"  # a rate without its sign: 执行率 92
    loose = [name for name, figure in figures.items() if half_step(figure)]
    if not 0 < len(loose) <= _MOST_CORNERS:
        return "no"
    corners = []
    for signs in product((-1, 1), repeat=len(loose)):
        moved = {
            name: values[name] + sign * half_step(figures[name])
            for name, sign in zip(loose, signs, strict=True)
        }
        corner = worked_out(formula, values | moved)
        if corner is None:
            return "no"
        corners.append(corner)
    step = half_unit(claimed.places) * claimed.factor
    fits = min(corners) - step <= claimed.base <= max(corners) + step
    return "rounded" if fits else "no"


def in_figures(formula: str, figures: Mapping[str, Figure]) -> str:
    """Return a formula with the printed numbers in place of their names.

    >>> in_figures("执行数 / 预算数", {})
    '执行数÷预算数'
    """
    text = formula.replace(" ", "").replace("*", "×").replace("/", "÷")
    amounts = [figure for figure in figures.values() if figure.unit not in ("%", "‰")]
    # 200×1.5=300 would be false where the one is 元 and the other 万亩.
    mixed = len({figure.factor for figure in amounts}) > 1
    for name in sorted(figures, key=len, reverse=True):
        figure = figures[name]
        unit = figure.unit if mixed or figure.unit == "%" else ""
        text = text.replace(name, figure.digits + unit)
    return text


def shown(value: Fraction, most: int = 4) -> str:
    """Return an exact amount with at most some decimals, for a computation."""
    return written(value, min(places_needed(value, most), most))

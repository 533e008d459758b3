"""Exact quantities: a number in a unit (量).

Arithmetic is exact and watches units: a sum needs one dimension, a product
makes a new one. Nothing here rounds; printing asks ``number``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from steelyard.errors import SteelyardError
from steelyard.measure.nothing import Nothing
from steelyard.measure.number import places_needed, plain, trimmed
from steelyard.measure.units import (
    PLAIN,
    PURE,
    Dimension,
    Unit,
    describe,
    multiply,
)


class UnitClash(SteelyardError):
    """Two quantities meet in a sum or comparison but measure other things."""

    code = "measure.unit-clash"

    def __init__(self, left: Dimension, right: Dimension) -> None:
        super().__init__(
            what=f"“{describe(left)}”与“{describe(right)}”不能相加减或比较。",
            mend="请核对算式两侧数据项的单位。",
        )


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount (量): value in base units, dimension, unit to print in.

    Two quantities are equal when they measure the same amount; the unit that
    they are printed in, and the precision as written, do not matter.
    """

    base: Fraction
    """Amount in the base of its dimension (元, 吨, 1)."""

    dimension: Dimension = PURE
    unit: Unit = field(default=PLAIN, compare=False)
    """Unit to print in; of the same dimension."""

    places: int | None = field(default=None, compare=False)
    """Decimals as written, or None when computed."""

    @classmethod
    def of(cls, value: Fraction | int, unit: Unit = PLAIN, places: int | None = None) -> Quantity:
        """Return ``value`` of ``unit``.

        >>> from steelyard.measure.units import unit_named
        >>> Quantity.of(2, unit_named("万元")).base
        Fraction(20000, 1)
        """
        return cls(Fraction(value) * unit.factor, unit.dimension, unit, places)

    @property
    def amount(self) -> Fraction:
        """Amount in the unit to print in."""
        return self.base / self.unit.factor

    def same(self, other: Quantity) -> bool:
        """Tell whether both are the same amount of the same thing."""
        return self.dimension == other.dimension and self.base == other.base

    def digits(self, most: int = 2) -> str:
        """Print the amount without its unit.

        As written when it was written; otherwise at most ``most`` decimals.
        """
        if self.places is not None:
            return plain(self.amount, self.places)
        return trimmed(self.amount, most)

    def __str__(self) -> str:
        """Print the amount with its unit."""
        return f"{self.digits()}{self.unit.name}"

    def printed_in(self, unit: Unit) -> Quantity:
        """Return the same amount printed in another unit of its dimension, all digits kept."""
        places = places_needed(self.base / unit.factor)
        return Quantity(self.base, self.dimension, unit, places)

    def plus(self, other: Quantity, sign: int = 1) -> Quantity:
        """Return the sum, or the difference with ``sign`` -1.

        Raises:
            UnitClash: They measure different things.
        """
        if self.dimension != other.dimension:
            raise UnitClash(self.dimension, other.dimension)
        unit = self.unit if self.unit.name else other.unit
        return Quantity(self.base + sign * other.base, self.dimension, unit)

    def times(self, other: Quantity) -> Quantity:
        """Return the product."""
        dimension = multiply(self.dimension, other.dimension)
        return Quantity(self.base * other.base, dimension, _unit_of(dimension, self, other))

    def over(self, other: Quantity) -> Quantity:
        """Return the quotient; ``other`` is not zero."""
        dimension = multiply(self.dimension, other.dimension, -1)
        return Quantity(self.base / other.base, dimension, _unit_of(dimension, self, other))

    def order(self, other: Quantity) -> int:
        """Return -1, 0 or 1 as this is below, equal to or above ``other``.

        Raises:
            UnitClash: They measure different things.
        """
        if self.dimension != other.dimension:
            raise UnitClash(self.dimension, other.dimension)
        return (self.base > other.base) - (self.base < other.base)


def _unit_of(dimension: Dimension, *parts: Quantity) -> Unit:
    """Return the unit of the part that carries the dimension, else a bare one."""
    if dimension == PURE:
        return PLAIN
    for part in parts:
        if part.dimension == dimension:
            return part.unit
    return Unit(describe(dimension), dimension, Fraction(1))


Value = Quantity | str | bool | date | Nothing
"""What a fact or a formula may be worth."""

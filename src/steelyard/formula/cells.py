"""Where names stand in a workbook (单元格的约定).

What the workbook face of a formula asks of whoever lays out the sheets.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from steelyard.formula.tree import (
    Aggregate,
    Binary,
    Call,
    Case,
    Compare,
    Constant,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Order,
)
from steelyard.measure.number import places_needed, plain
from steelyard.measure.units import Unit


class Cells(Protocol):
    """Where names stand in the workbook (单元格).

    A cell of a plain number with a percent unit holds the number itself
    (0.35); every other cell holds the amount in its own unit.
    """

    def cell(self, name: Name) -> str:
        """Return the reference of a name's cell."""

    def unit(self, name: Name) -> Unit:
        """Return the unit that the cell is in."""

    def is_input(self, name: Name) -> bool:
        """Tell whether the cell holds a typed figure, not a formula."""

    def is_dash(self, node: Node) -> bool:
        """Tell whether a part of the formula comes to a dash, which sums pass over."""

    def dashes(self, node: Node) -> list[str]:
        """Return the cells of a part that hold a dash."""

    def places(self, name: Name) -> int | None:
        """Return the decimals at which the cell ends, in its unit; None for a quotient."""

    def column(self, table: str, column: str) -> str:
        """Return the absolute range of a column."""

    def has_column(self, table: str, column: str) -> bool:
        """Tell whether the table has that column."""

    def is_number(self, table: str, column: str) -> bool:
        """Tell whether a column holds numbers."""

    def column_unit(self, table: str, column: str) -> Unit:
        """Return the unit that the column's cells are in."""

    def column_places(self, table: str, column: str) -> int:
        """Return the decimals at which the cells of a column end, in its unit."""

    def has_dash(self, table: str, column: str) -> bool:
        """Tell whether a column holds a dash."""

    def rows(self, table: str) -> int:
        """Return how many rows the table has."""


_OPPOSITES: dict[Order, Order] = {
    "=": "≠",
    "≠": "=",
    "<": "≥",
    "≥": "<",
    ">": "≤",
    "≤": ">",
}


def opposite(node: Node) -> Node:
    """Return the condition that holds when this one fails.

    Turned round at the comparisons, so that a dash, of which neither holds,
    stays so.
    """
    match node:
        case Compare(operator=operator, left=left, right=right):
            return Compare(_OPPOSITES[operator], left, right)
        case Logic(operator=operator, operands=operands):
            turned = tuple(opposite(operand) for operand in operands)
            return Logic("or" if operator == "and" else "and", turned)
        case Not(operand=operand):
            return operand
        case Constant(value=bool() as value):
            return Constant(not value)
        case _:
            return Not(node)


def is_number(node: Node) -> bool:
    """Tell whether a part of a formula is a number."""
    match node:
        case Binary() | Negate() | Call() | Name():
            return True
        case Aggregate(function=function):
            return function == "sum"
        case Case(otherwise=otherwise):
            return is_number(otherwise)
        case _:
            return False


def decimal(value: Fraction) -> str:
    """Return a number as a formula writes it: a fraction where no decimal holds it."""
    places = places_needed(value)
    if (value * 10**places).denominator == 1:
        return plain(value, places)
    return f"({value.numerator}/{value.denominator})"

"""Where names stand in a workbook (单元格的约定).

What the workbook face of a formula asks of whoever lays out the sheets.
"""

from __future__ import annotations

from typing import Protocol

from steelyard.formula.tree import Name
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

    def is_dash(self, name: Name) -> bool:
        """Tell whether the cell holds a dash, which sums pass over."""

    def column(self, table: str, column: str) -> str:
        """Return the absolute range of a column."""

    def has_column(self, table: str, column: str) -> bool:
        """Tell whether the table has that column."""

    def is_number(self, table: str, column: str) -> bool:
        """Tell whether a column holds numbers."""

    def column_unit(self, table: str, column: str) -> Unit:
        """Return the unit that the column's cells are in."""

    def has_dash(self, table: str, column: str) -> bool:
        """Tell whether a column holds a dash."""

    def rows(self, table: str) -> int:
        """Return how many rows the table has."""

"""Where the facts of evaluations stand in a workbook (工作簿布局).

Cells are given out block by block, so that many evaluations can share one
workbook. A plain number with a percent unit is kept as the number itself and
formatted; every other figure is kept in its own unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from steelyard.facts.dictionary import Kind
from steelyard.facts.ledger import Ledger
from steelyard.formula.tree import Name, Node, needs
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, PLAIN, PURE, Unit


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell (单元格): sheet, row and column from nought."""

    sheet: str
    row: int
    column: int

    def reference(self, from_sheet: str = "") -> str:
        """Return the absolute reference, with the sheet when it is another."""
        cell = str(xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True))
        if self.sheet == from_sheet:
            return cell
        return f"{quote_sheetname(self.sheet)}!{cell}"


@dataclass(frozen=True, slots=True)
class TableSpot:
    """Where a table stands (表区): its first data row, its columns, its rows."""

    sheet: str
    first: int
    rows: int
    columns: dict[str, int]

    def range(self, column: str) -> str:
        """Return the absolute range of a column's data."""
        last = self.first + max(self.rows, 1) - 1
        top = xl_rowcol_to_cell(self.first, self.columns[column], row_abs=True, col_abs=True)
        end = xl_rowcol_to_cell(last, self.columns[column], row_abs=True, col_abs=True)
        return f"{quote_sheetname(self.sheet)}!{top}:{end}"


@dataclass(frozen=True, slots=True)
class Local:
    """A cell that only one leaf reads (本指标单元格): its measure or a judgement."""

    spot: Spot
    word: str = ""
    """The word that makes a judgement true; none for a number."""


@dataclass(slots=True)
class BookCells:
    """Cells of one evaluation in the workbook, as formulas ask for them."""

    ledger: Ledger
    sheet: str
    """The sheet on which formulas are being written."""

    facts: dict[str, Spot] = field(default_factory=dict)
    tables: dict[str, TableSpot] = field(default_factory=dict)
    local: dict[str, Local] = field(default_factory=dict)
    """The measure and the judgements of the leaf being written."""

    def cell(self, name: Name) -> str:
        """Return the reference of a name's cell.

        A judgement in words is a condition that compares: rules write it only
        where a condition stands alone, ``IF(…,`` or ``NOT(…)``.
        """
        local = self.local.get(name.text)
        bare = self.bare(name)
        return f'{bare}="{local.word}"' if local is not None and local.word else bare

    def bare(self, name: Name) -> str:
        """Return the reference of a name's cell, whatever stands in it."""
        local = self.local.get(name.text)
        spot = self.facts[name.text] if local is None else local.spot
        return spot.reference(self.sheet)

    def unit(self, name: Name) -> Unit:
        """Return the unit that the cell is in."""
        if name.text in self.local:
            return PLAIN
        fact = self.ledger.facts.get(name.text)
        if fact is not None and isinstance(fact.value, Quantity):
            return _kept_in(fact.value.unit)
        return _kept_in(self.ledger.dictionary.item(name.text).unit)

    def is_input(self, name: Name) -> bool:
        """Tell whether the cell holds a typed figure, not a formula."""
        if name.text in self.local:
            return name.text != "x"
        return self.ledger.dictionary.item(name.text).formula is None

    def is_dash(self, name: Name) -> bool:
        """Tell whether the cell holds a dash, which sums pass over."""
        fact = self.ledger.facts.get(name.text)
        return fact is not None and fact.value is NOT_APPLICABLE

    def column(self, table: str, column: str) -> str:
        """Return the absolute range of a column."""
        return self.tables[table].range(column)

    def has_column(self, table: str, column: str) -> bool:
        """Tell whether the table has that column."""
        return self.ledger.dictionary.table(table).column(column) is not None

    def is_number(self, table: str, column: str) -> bool:
        """Tell whether a column holds numbers."""
        return self.ledger.dictionary.column(table, column).kind is Kind.NUMBER

    def has_dash(self, table: str, column: str) -> bool:
        """Tell whether a column holds a dash."""
        known = self.ledger.tables.get(table)
        rows = () if known is None else known.rows
        return any(row.cell(column) is NOT_APPLICABLE for row in rows)

    def column_unit(self, table: str, column: str) -> Unit:
        """Return the unit that the column's cells are in."""
        return _kept_in(self.ledger.dictionary.column(table, column).unit)

    def blanks(self, node: Node) -> str:
        """Return a formula that counts the blank cells that a formula reads."""
        need = needs(node)
        parts = []
        for text in need.names:
            name = Name(tuple(text.split(".")))
            if text != "x" and (text in self.local or text in self.facts):
                parts.append(f"COUNTBLANK({self.bare(name)})")
        for table, column in need.columns:
            if column and self.has_column(table, column) and self.rows(table):
                parts.append(f"COUNTBLANK({self.column(table, column)})")
            elif column and column in self.facts:
                parts.append(f"COUNTBLANK({self.bare(Name((column,)))})")
        return "+".join(parts) or "0"

    def rows(self, table: str) -> int:
        """Return how many rows the table has."""
        return self.tables[table].rows


def _kept_in(unit: Unit) -> Unit:
    """Return the unit in which a figure is kept: plain numbers without a factor."""
    return PLAIN if unit.dimension == PURE else unit


def kept(value: Quantity, unit: Unit) -> Quantity:
    """Return a quantity as it is kept in a cell of ``unit``."""
    wanted = _kept_in(unit)
    places = value.places if value.unit is not PERCENT else None
    return Quantity(value.base, value.dimension, wanted, places)

"""Where the facts of evaluations stand in a workbook (工作簿布局).

Cells are given out block by block, so that many evaluations can share one
workbook. A plain number with a percent unit is kept as the number itself and
formatted; every other figure is kept in its own unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from steelyard.errors import SteelyardError
from steelyard.facts.dictionary import Kind
from steelyard.facts.ledger import Ledger
from steelyard.formula.evaluate import Scope, evaluate
from steelyard.formula.tree import Binary, Compare, Name, Node, needs, walk
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.number import MOST_DIGITS, places_needed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, PLAIN, PURE, Unit

CENTS = {"元": 2, "千元": 5, "万元": 6, "百万元": 8, "亿元": 10}
"""Decimals of an amount of money to the cent, by unit."""

DIGITS = 15
"""Significant digits that a binary number keeps."""

FINEST = 10**13
"""A difference of two figures that is smaller than this part of them is not to be told."""

USUAL_PLACES = 6
"""Decimals that any other figure may have."""


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

    scope: Scope | None = None
    """Where the names of the leaf lead; none for the facts themselves."""

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

    def value(self, node: Node) -> Value:
        """Return what a part of the formula being written comes to; missing where it fails."""
        try:
            return evaluate(node, self.scope or self.ledger).value
        except SteelyardError:
            return MISSING

    def is_dash(self, node: Node) -> bool:
        """Tell whether a part of a formula comes to a dash, which sums pass over."""
        return bool(self.dashes(node)) and self.value(node) is NOT_APPLICABLE

    def dashes(self, node: Node) -> list[str]:
        """Return the cells of a part that hold a dash."""
        names = self.scalars(node)
        return [self.bare(name) for name in names if self.value(name) is NOT_APPLICABLE]

    def scalars(self, node: Node) -> list[Name]:
        """Return the names of single cells that a part reads, also inside table conditions."""
        texts = [*needs(node).names]
        for table, column in needs(node).columns:
            # An empty table asks nothing of anybody.
            if column and not self.has_column(table, column) and self.rows(table):
                texts.append(column)
        known = [text for text in texts if text in self.local or text in self.facts]
        return [Name(tuple(text.split("."))) for text in dict.fromkeys(known)]

    def is_blank(self, node: Node) -> bool:
        """Tell whether a single cell that a part reads is missing."""
        return any(self.value(name) is MISSING for name in self.scalars(node))

    def is_too_fine(self, node: Node) -> bool:
        """Tell whether a formula needs more digits than binary numbers keep.

        So it does when a typed figure is written with more than 15, or when a sum, a
        difference or a comparison hangs on less than one part in 10^13.
        """
        for name in self.scalars(node):
            value = self.value(name)
            if isinstance(value, Quantity) and self.is_input(name) and digits(value) > DIGITS:
                return True
        for part in walk(node):
            if isinstance(part, Compare) or (isinstance(part, Binary) and part.operator in "+-"):
                left, right = self.value(part.left), self.value(part.right)
                if not isinstance(left, Quantity) or not isinstance(right, Quantity):
                    continue
                plus = isinstance(part, Binary) and part.operator == "+"
                rest = abs(left.base + right.base if plus else left.base - right.base)
                if 0 < rest * FINEST < max(abs(left.base), abs(right.base)):
                    return True
        return False

    def places(self, name: Name) -> int | None:
        """Return the decimals at which a cell ends, in its unit; None for a quotient."""
        value = MISSING if name.text in self.local else self.value(name)
        return _ends([value], self.unit(name)) if self.ends(name) else None

    def ends(self, name: Name) -> bool:
        """Tell whether a cell is typed, or nothing but sums and products of such."""
        if name.text in self.local:
            return name.text != "x"
        formula = self.ledger.dictionary.item(name.text).formula
        if name.text in self.ledger.facts or formula is None:
            return True
        parts = list(walk(formula))
        if any(isinstance(part, Binary) and part.operator == "÷" for part in parts):
            return False
        inside = [part for part in parts if isinstance(part, Name) and part.text in self.facts]
        return all(self.ends(part) for part in inside)

    def column_places(self, table: str, column: str) -> int:
        """Return the decimals at which the cells of a column end, in its unit."""
        known = self.ledger.tables.get(table)
        rows = () if known is None else known.rows
        return _ends([row.cell(column) for row in rows], self.column_unit(table, column))

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

    def is_counted(self, name: Name) -> bool:
        """Tell whether COUNT sees the item's cell: a number or a date, not a text."""
        return self.ledger.dictionary.item(name.text).kind in (Kind.NUMBER, Kind.DATE)

    def blanks(self, node: Node) -> str:
        """Return a formula that counts the blank cells that a formula reads."""
        names = [name for name in self.scalars(node) if name.text != "x"]
        parts = [f"COUNTBLANK({self.bare(name)})" for name in names]
        for table, column in needs(node).columns:
            if column and self.has_column(table, column) and self.rows(table):
                parts.append(f"COUNTBLANK({self.column(table, column)})")
        return "+".join(parts) or "0"

    def rows(self, table: str) -> int:
        """Return how many rows the table has."""
        return self.tables[table].rows


def _kept_in(unit: Unit) -> Unit:
    """Return the unit in which a figure is kept: plain numbers without a factor."""
    return PLAIN if unit.dimension == PURE else unit


def digits(value: Quantity) -> int:
    """Return how many significant digits an amount is written with."""
    amount = abs(value.amount)
    whole = amount * 10 ** places_needed(amount, MOST_DIGITS)
    return len(str(int(whole)).rstrip("0"))


def _ends(values: Sequence[object], unit: Unit) -> int:
    """Return the decimals of the longest of some figures, never less than a figure may have.

    A figure may be changed in the workbook: to the cent for money.
    """
    places = CENTS.get(unit.name, USUAL_PLACES)
    for value in values:
        if isinstance(value, Quantity):
            places = max(places, places_needed(value.base / unit.factor, MOST_DIGITS))
    return places


def kept(value: Quantity, unit: Unit) -> Quantity:
    """Return a quantity as it is kept in a cell of ``unit``."""
    wanted = _kept_in(unit)
    places = value.places if value.unit is not PERCENT else None
    return Quantity(value.base, value.dimension, wanted, places)

"""The facts of one evaluation, and where formulas find them (台账).

The ledger never overwrites: another reading of a disputed figure is a new
ledger beside the old one. It answers names and table rows, computes items
that have a formula, and refuses circles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from steelyard.errors import SteelyardError
from steelyard.facts.dictionary import Dictionary, UnknownItem
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import evaluate
from steelyard.formula.tree import Aggregate, Name
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.provenance.origin import NO_ORIGIN, Origin

NOT_GIVEN = "未提供"
"""Key of the one row that stands for a table that nobody gave."""


class CyclicFormula(SteelyardError):
    """Computed items that need each other."""

    code = "facts.cyclic-formula"

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(
            what=f"数据项的算式互相引用：{' → '.join(path)}。",
            mend="请把其中一项改为直接填写。",
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """One known figure (数据): item, value, origin."""

    item: str
    value: Value
    origin: Origin = NO_ORIGIN
    period: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of facts (行)."""

    key: str
    cells: Mapping[str, Value]
    origin: Origin = NO_ORIGIN

    def cell(self, column: str) -> Value | None:
        """Return the value in a column, None when there is no such column."""
        return self.cells.get(column)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts, its rows in order (表)."""

    name: str
    rows: tuple[TableRow, ...]
    origin: Origin = NO_ORIGIN

    def row(self, key: str) -> TableRow | None:
        """Return the row with that key."""
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Target:
    """What a conflict is about: a data item, or one cell of a table (对象)."""

    item: str
    row: str = ""
    column: str = ""

    @property
    def is_cell(self) -> bool:
        """Tell whether this is a cell of a table."""
        return bool(self.column)

    @property
    def read(self) -> str:
        """What a formula reads when it reads this: the item, or the column."""
        return f"{self.item}.{self.column}" if self.is_cell else self.item

    def __str__(self) -> str:
        """Return the name as written in conflicts.csv."""
        return f"{self.item}[{self.row}].{self.column}" if self.is_cell else self.item


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources give one figure two values (数据冲突).

    The adopted value stands in the ledger; the other is kept here with its
    own origin. While ``open``, both are admissible and the total has a range.
    """

    id: str
    target: Target
    other: Value
    origin: Origin
    reason: str
    """Why the adopted value was adopted."""

    open: bool = False


@dataclass(slots=True)
class Ledger:
    """Facts, tables and the dictionary that explains them (台账)."""

    dictionary: Dictionary
    facts: Mapping[str, Fact] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    _computed: dict[str, Derivation] = field(default_factory=dict, repr=False)
    _underway: list[str] = field(default_factory=list, repr=False)

    def look_up(self, name: Name) -> Derivation:
        """Return what a data item is worth, with its definition if computed.

        Raises:
            UnknownItem: The dictionary does not know the name.
            CyclicFormula: The item is computed from itself.
        """
        item = self.dictionary.item(name.text)
        fact = self.facts.get(name.text)
        if fact is not None:
            return Derivation(name, fact.value)
        if item.formula is None:
            return Derivation(name, MISSING)
        known = self._computed.get(name.text)
        if known is not None:
            return known
        if name.text in self._underway:
            start = self._underway.index(name.text)
            raise CyclicFormula([*self._underway[start:], name.text])
        self._underway.append(name.text)
        try:
            inner = evaluate(item.formula, self)
        finally:
            self._underway.pop()
        value = inner.value
        if isinstance(value, Quantity) and value.dimension == item.unit.dimension:
            value = replace(value, unit=item.unit, places=None)
        derivation = Derivation(name, value, (inner,))
        self._computed[name.text] = derivation
        return derivation

    def rows(self, aggregate: Aggregate) -> Sequence[TableRow]:
        """Return the rows of a table, none for a table that was not given.

        Raises:
            UnknownItem: The dictionary does not know the table or column.
        """
        if aggregate.column is not None:
            self.dictionary.column(aggregate.table, aggregate.column)
        spec = self.dictionary.table(aggregate.table)
        table = self.tables.get(aggregate.table)
        if table is None:
            # The column without a name says that the row itself is missing.
            gap = {"": MISSING, **{c.name: MISSING for c in spec.columns}}
            return (TableRow(NOT_GIVEN, gap),)
        return table.rows

    def zero(self, aggregate: Aggregate) -> Quantity:
        """Return nought in the unit of the summed column."""
        column = self.dictionary.column(aggregate.table, aggregate.column or "")
        return Quantity.of(0, column.unit)

    def origin(self, name: str) -> Origin | None:
        """Return where a typed fact came from."""
        fact = self.facts.get(name)
        return None if fact is None else fact.origin

    def value(self, target: Target) -> Value | None:
        """Return the adopted value of an item or a cell, None if there is none."""
        if not target.is_cell:
            fact = self.facts.get(target.item)
            return None if fact is None else fact.value
        table = self.tables.get(target.item)
        row = None if table is None else table.row(target.row)
        return None if row is None else row.cell(target.column)

    def instead(self, conflict: Conflict) -> Ledger:
        """Return a ledger in which the other side of a conflict is adopted.

        Raises:
            UnknownItem: The conflict is about nothing in this ledger.
        """
        target = conflict.target
        if self.value(target) is None:
            raise UnknownItem(str(target))
        if not target.is_cell:
            fact = replace(self.facts[target.item], value=conflict.other, origin=conflict.origin)
            return Ledger(self.dictionary, {**self.facts, target.item: fact}, self.tables)
        table = self.tables[target.item]
        rows = tuple(
            replace(row, cells={**row.cells, target.column: conflict.other})
            if row.key == target.row
            else row
            for row in table.rows
        )
        tables = {**self.tables, target.item: replace(table, rows=rows)}
        return Ledger(self.dictionary, self.facts, tables)

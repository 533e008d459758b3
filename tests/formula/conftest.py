"""Figures for formulas, written as in a facts file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pytest

from steelyard.errors import SteelyardError
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import Row, evaluate
from steelyard.formula.parse import parse
from steelyard.formula.tree import Aggregate, Constant, Name
from steelyard.measure.dates import NotADate, read_date
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value


def read(text: str) -> Value:
    """A figure as written: 5万元, 35%, 是, 2023-11-21, — or nothing."""
    if text in ("", "—"):
        return NOT_APPLICABLE if text else MISSING
    try:
        return read_date(text)
    except NotADate:
        negative = text.startswith("-")
        node = parse(text.removeprefix("-"))
        if not isinstance(node, Constant):
            return text
        value = node.value
        if negative and isinstance(value, Quantity):
            return Quantity(-value.base, value.dimension, value.unit, value.places)
        return value


@dataclass(frozen=True)
class Line:
    key: str
    cells: Mapping[str, Value]

    def cell(self, column: str) -> Value | None:
        return self.cells.get(column)


@dataclass(frozen=True)
class Facts:
    names: Mapping[str, Value] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Line]] = field(default_factory=dict)

    def look_up(self, name: Name) -> Derivation:
        if name.text not in self.names:
            raise SteelyardError(what=f"没有“{name.text}”。")
        return Derivation(name, self.names[name.text])

    def rows(self, aggregate: Aggregate) -> Sequence[Row]:
        if aggregate.table not in self.tables:
            raise SteelyardError(what=f"没有表“{aggregate.table}”。")
        return self.tables[aggregate.table]

    def zero(self, aggregate: Aggregate) -> Quantity:
        for row in self.tables[aggregate.table]:
            value = row.cell(aggregate.column or "")
            if isinstance(value, Quantity):
                return Quantity.of(0, value.unit)
        return Quantity.of(0)


class Derive(Protocol):
    def __call__(
        self, formula: str, facts: Mapping[str, str] = ..., **tables: Sequence[Mapping[str, str]]
    ) -> Derivation: ...


def _derive(
    formula: str, facts: Mapping[str, str] = {}, **tables: Sequence[Mapping[str, str]]
) -> Derivation:
    rows = {
        table: [
            Line(str(number), {column: read(cell) for column, cell in line.items()})
            for number, line in enumerate(lines, start=1)
        ]
        for table, lines in tables.items()
    }
    names = {name: read(text) for name, text in facts.items()}
    return evaluate(parse(formula), Facts(names, rows))


@pytest.fixture(scope="session")
def derive() -> Derive:
    """What a formula comes to, with every step."""
    return _derive

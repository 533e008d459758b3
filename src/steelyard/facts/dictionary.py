"""What may be known about a department: the data dictionary (数据字典).

A framework is scored on named data items and tables. The dictionary says for
each its unit, its kind and who supplies it. It holds no figures.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from steelyard.errors import SteelyardError
from steelyard.formula.tree import Node
from steelyard.measure.units import PLAIN, Unit


class Kind(Enum):
    """What sort of value an item takes (数据类型)."""

    NUMBER = "数"
    TEXT = "文字"
    DATE = "日期"
    TRUTH = "是否"
    """What a condition yields; a column of 是 and 否 holds texts."""


class UnknownItem(SteelyardError):
    """A name that is neither a data item nor a table column."""

    code = "facts.unknown-item"

    def __init__(self, name: str, known: Iterator[str] | tuple[str, ...] = ()) -> None:
        near = difflib.get_close_matches(name, list(known), n=1)
        hint = f"是否想写“{near[0]}”？" if near else "请在数据字典中登记，或改正名称。"
        super().__init__(what=f"数据字典中没有“{name}”。", mend=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A data item (数据项): one named figure about the department."""

    name: str
    kind: Kind = Kind.NUMBER
    unit: Unit = PLAIN
    any_unit: bool = False
    """Whether the department chooses the unit, as for a goal of its own."""

    meaning: str = ""
    """口径: what exactly is counted."""

    supplier: str = ""
    """Who supplies it: 财务, 人事, 资产, 采购, 业务."""

    above_zero: bool = False
    """A figure that can never be zero, so that it may be a denominator."""

    formula: Node | None = None
    """How it is computed, for an item that nobody types."""

    choices: tuple[str, ...] = ()
    """The texts allowed, when they are a closed list."""

    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table (列)."""

    name: str
    kind: Kind = Kind.NUMBER
    unit: Unit = PLAIN
    choices: tuple[str, ...] = ()
    """The texts allowed, when they are a closed list."""

    optional: bool = False
    """Whether the whole column may be left out."""

    aliases: tuple[str, ...] = ()
    """Other headings that it goes by in files handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """The shape of a table (表): its columns and what tells rows apart."""

    name: str
    key: str
    columns: tuple[Column, ...]
    meaning: str = ""
    supplier: str = ""
    aliases: tuple[str, ...] = ()
    """Other titles that it goes by in files handed in."""

    def column(self, name: str) -> Column | None:
        """Return the column of that name, None when there is none."""
        return next((c for c in self.columns if c.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal with a target and an actual (绩效目标).

    It stands for two data items: ``名称.目标值`` and ``名称.实际值``.
    """

    name: str
    sign: str
    unit: Unit
    any_unit: bool = False
    """Whether the department chooses the unit; both sides must then agree."""

    meaning: str = ""
    supplier: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """Name of the item that holds what was planned."""
        return f"{self.name}.目标值"

    @property
    def actual(self) -> str:
        """Name of the item that holds what was achieved."""
        return f"{self.name}.实际值"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All data items, goals and tables of a framework (数据字典)."""

    items: Mapping[str, Item] = field(default_factory=dict)
    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)

    def over(self, other: Dictionary) -> Dictionary:
        """Return both dictionaries as one; where both know a name, this one is right."""
        return Dictionary(
            {**other.items, **self.items},
            {**other.tables, **self.tables},
            {**other.goals, **self.goals},
        )

    def item(self, name: str) -> Item:
        """Return the data item of that name.

        Raises:
            UnknownItem: There is none; a near name is offered.
        """
        found = self.items.get(name)
        if found is None:
            raise UnknownItem(name, tuple(self.items))
        return found

    def named(self, name: str) -> Item:
        """Return the item of that name, or the only one that has it as an alias.

        Raises:
            UnknownItem: There is none, or the alias stands for several.
        """
        if name not in self.items:
            known = [item for item in self.items.values() if name in item.aliases]
            if len(known) == 1:
                return known[0]
        return self.item(name)

    def table(self, name: str) -> TableSpec:
        """Return the table of that name.

        Raises:
            UnknownItem: There is none.
        """
        found = self.tables.get(name)
        if found is None:
            raise UnknownItem(name, tuple(self.tables))
        return found

    def column(self, table: str, column: str) -> Column:
        """Return a column of a table.

        Raises:
            UnknownItem: The table or the column is not there.
        """
        spec = self.table(table)
        found = spec.column(column)
        if found is None:
            names = tuple(c.name for c in spec.columns)
            raise UnknownItem(f"{table}.{column}", names)
        return found


def items_of(goal: Goal) -> tuple[Item, Item]:
    """Return the two data items that a goal stands for."""
    shared = {"unit": goal.unit, "supplier": goal.supplier, "any_unit": goal.any_unit}
    return (
        Item(
            name=goal.target,
            meaning=f"{goal.name}的计划数",
            above_zero=True,
            **shared,  # type: ignore[arg-type]  # the keys fit their fields
        ),
        Item(name=goal.actual, meaning=goal.meaning, **shared),  # type: ignore[arg-type]  # as above
    )

"""A folder in the making (底稿): items, goals, tables, tie-outs and leaves so far.

Makers add to it in order; it is written at the end. Amounts are whole numbers of
the style's smallest part of money, so that every sum is exact.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tests.made.style import Style
from tests.made.toml_text import decimal

from steelyard.measure.units import unit_named

DASH = "—"
_PLACES = {"元": 2, "万元": 2, "亿元": 6}
_SMALLEST = {"元": Fraction(1, 100), "万元": Fraction(100), "亿元": Fraction(100)}
TEN_THOUSAND = 10_000

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A data item with what is written for it (数据项)."""

    name: str
    value: str
    unit: str = ""
    kind: str = "数"
    meaning: str = ""
    supplier: str = ""
    above_zero: bool = False
    formula: str = ""
    own: bool = False
    """Whether the folder's own dictionary holds it."""

    process: bool = False
    """Whether every evaluation knows it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with target and actual (绩效目标)."""

    name: str
    sign: str
    unit: str
    meaning: str
    target: Fraction
    actual: Fraction
    places: int

    @property
    def share(self) -> Fraction:
        """Actual over target."""
        return self.actual / self.target


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table (列)."""

    name: str
    unit: str = ""
    kind: str = "文字"
    choices: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows (表); those of the process have no columns to declare."""

    name: str
    key: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    meaning: str = ""
    process: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """Column names with their units, as the file has them."""
        return tuple(f"{c.name}（{c.unit}）" if c.unit else c.name for c in self.columns)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf with its rule, and what it earns by our own reckoning (末级指标)."""

    path: tuple[str, ...]
    points: Fraction
    meaning: str
    rule: Mapping[str, object]
    earned: Fraction
    """Exact, before rounding; reckoned here, not by the product."""

    fault: str
    """What is said of it in a finding when points are lost."""

    area: str
    """Category of its finding."""

    advice: str
    measure: str | Mapping[str, str] = ""
    measure_name: str = ""
    goal: str = ""
    readings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    judgements: tuple[tuple[str, str, str, str], ...] = ()
    """Point, verdict, reason, evidence."""

    @property
    def text(self) -> str:
        return "/".join(self.path)

    @property
    def name(self) -> str:
        return self.path[-1]


@dataclass(slots=True)
class Draft:
    """Everything that was made so far (底稿)."""

    seed: int
    style: Style
    chance: random.Random
    place: str
    """The county, city or province."""

    name: str
    """The department or institution."""

    items: dict[str, Item] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    checks: list[Mapping[str, object]] = field(default_factory=list)
    groups: dict[tuple[str, ...], Fraction] = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    """Amounts in the smallest part of money, and counts, by item."""

    shares: dict[str, Fraction] = field(default_factory=dict)
    """Satisfaction by item, exact."""

    @property
    def scale(self) -> int:
        """How many smallest parts make 万元."""
        units = (self.style.item_unit, self.style.table_unit)
        smallest = max(_SMALLEST[unit] for unit in units)
        return int(TEN_THOUSAND / smallest)

    def amount(self, parts: int, unit: str) -> str:
        """Write an amount in a unit, at the decimals usual for it."""
        exact = Fraction(parts * TEN_THOUSAND, self.scale) / unit_named(unit).factor
        return decimal(exact, _PLACES[unit])

    def drawn(self, low: int, high: int) -> int:
        """Draw an amount between two numbers of 万元, more for a higher tier; half are round."""
        low, high = low * self.style.size, high * self.style.size
        if self.chance.random() < 0.5:
            return self.chance.randint(low, high) * self.scale
        return self.chance.randint(low * self.scale, high * self.scale)

    def money(self, name: str, parts: int, meaning: str, *, above_zero: bool = False) -> None:
        """Add an amount."""
        unit = self.style.item_unit
        self.figures[name] = parts
        value = self.amount(parts, unit)
        self.add(Item(name, value, unit, "数", meaning, "财务", above_zero))

    def count(
        self,
        name: str,
        number: int,
        unit: str,
        meaning: str,
        *,
        supplier: str = "业务",
        above_zero: bool = False,
        own: bool = False,
        process: bool = False,
    ) -> None:
        """Add a count."""
        self.figures[name] = number
        self.add(
            Item(name, str(number), unit, "数", meaning, supplier, above_zero, "", own, process)
        )

    def add(self, item: Item) -> None:
        assert item.name not in self.items, item.name
        self.items[item.name] = item

    def check(self, name: str, title: str, claim: str, **more: object) -> None:
        """Add a tie-out."""
        self.checks.append({"id": name, "title": title, "claim": claim, **more})

    def cell(self, parts: int) -> str:
        """Write an amount for a table; nothing is a dash where the style says so."""
        if not parts and self.style.dashes:
            return DASH
        return self.amount(parts, self.style.table_unit)


def numbered(rows: Sequence[Cells]) -> tuple[Cells, ...]:
    """Put a running number before every row."""
    return tuple((str(number), *row) for number, row in enumerate(rows, start=1))

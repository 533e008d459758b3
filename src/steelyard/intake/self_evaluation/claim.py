"""Claims that a self-evaluation makes by its arithmetic (表内关系), as data.

A claim says in the formula language what a printed number equals. Both sides
may be rounded: only what no rounding explains is a contradiction.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import product

from steelyard.errors import SteelyardError
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import evaluate
from steelyard.formula.parse import parse
from steelyard.formula.say import say, say_figures
from steelyard.formula.tree import Aggregate, Name, Node, needs
from steelyard.intake.self_evaluation.entry import Entry
from steelyard.intake.sighting import Contradiction
from steelyard.measure.nothing import MISSING
from steelyard.measure.number import trimmed
from steelyard.measure.quantity import Quantity, Value

_MOST_CORNERS = 6
"""Rounded names in one claim; each doubles what is to be reckoned."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a printed number equals (表内关系)."""

    id: str
    block: str
    left: str
    right: Node
    mend: str
    at_most: bool = False
    """Whether the left side must not exceed the right one; else they are equal."""
    certain: bool = True
    cut: bool = False
    """Whether the left side may have been cut off instead of rounded: that is no
    good practice, and no contradiction."""
    says: str = ""
    """The right side in words, where the formula does not say it well."""


@cache
def known_claims() -> tuple[Claim, ...]:
    """Return the claims of forms."""
    text = resources.files(__package__).joinpath("claims.toml").read_text(encoding="utf-8")
    return tuple(
        Claim(
            each["id"],
            each["block"],
            each["left"],
            parse(each["right"]),
            each["mend"],
            each.get("at_most", False),
            each.get("certain", True),
            each.get("cut", False),
            each.get("says", ""),
        )
        for each in tomllib.loads(text)["claim"]
    )


@dataclass(frozen=True)
class Block:
    """What the names of a claim stand for in one form (取数范围)."""

    entries: Mapping[str, Entry | Value]
    """By name; a value alone was not printed, as a full score of 100."""
    rows: Mapping[str, Sequence[Mapping[str, Entry]]] = field(default_factory=dict)
    about: str = ""
    """Begins a message: which project, which column."""
    called: Mapping[str, str] = field(default_factory=dict)
    """How messages call a name."""


@dataclass(frozen=True)
class _Row:
    key: str
    cells: Mapping[str, Value]

    def cell(self, column: str) -> Value | None:
        return self.cells.get(column, MISSING)


@dataclass(frozen=True)
class _Scope:
    """The block with every number moved to one end of what it may have been."""

    block: Block
    moved: Mapping[str, int] = field(default_factory=dict)

    def look_up(self, name: Name) -> Derivation:
        found = self.block.entries.get(name.text, MISSING)
        if isinstance(found, Entry):
            return Derivation(name, _moved(found, self.moved.get(name.text, 0)))
        return Derivation(name, found)

    def rows(self, aggregate: Aggregate) -> Sequence[_Row]:
        table = self.block.rows.get(aggregate.table, ())
        return [
            _Row(
                str(number),
                {
                    column: _moved(entry, self.moved.get(f"{aggregate.table}.{column}", 0))
                    for column, entry in row.items()
                },
            )
            for number, row in enumerate(table)
        ]

    def zero(self, aggregate: Aggregate) -> Quantity:
        table = self.block.rows.get(aggregate.table, ())
        given = [row[aggregate.column or ""].number for row in table if aggregate.column in row]
        first = next((each for each in given if each is not None), None)
        return Quantity.of(0) if first is None else Quantity.of(0, first.unit)


def _moved(entry: Entry, way: int) -> Value:
    number = entry.number
    if number is None or not way:
        return entry.value
    base = number.base + way * entry.half
    return Quantity(base, number.dimension, number.unit, number.places)


def check(claim: Claim, block: Block) -> Contradiction | None:
    """Return how a block fails a claim, None when it holds or cannot be told."""
    left = block.entries.get(claim.left)
    number = left.number if isinstance(left, Entry) else left
    if not isinstance(number, Quantity):
        return None
    half = left.half if isinstance(left, Entry) else Fraction(0)
    try:
        ends = [each.base for each in _ends(claim.right, block)]
        derivation = evaluate(claim.right, _Scope(block))
    except SteelyardError:
        return None
    right = derivation.value
    if not ends or not isinstance(right, Quantity) or right.dimension != number.dimension:
        return None
    above = number.base - half > max(ends)
    below = number.base + half < min(ends)
    if not above and (claim.at_most or not below):
        return None
    entries = list(_entries(claim, block))
    cut = claim.cut and number.base <= max(ends) and min(ends) < number.base + 2 * half
    return Contradiction(
        what=_sentence(claim, block, number, derivation),
        mend=claim.mend,
        places=tuple(entry.place for entry in entries),
        quotes=tuple(entry.said for entry in entries),
        certain=claim.certain and not cut,
    )


def _ends(node: Node, block: Block) -> Iterator[Quantity]:
    """Yield the values of a formula with its numbers at either end of their rounding."""
    wanted = needs(node)
    names = [*wanted.names, *(f"{table}.{column}" for table, column in wanted.columns)]
    if len(names) > _MOST_CORNERS:
        return
    for ways in product((-1, 1), repeat=len(names)):
        value = evaluate(node, _Scope(block, dict(zip(names, ways, strict=True)))).value
        if isinstance(value, Quantity):
            yield value


def _entries(claim: Claim, block: Block) -> Iterator[Entry]:
    left = block.entries.get(claim.left)
    if isinstance(left, Entry):
        yield left
    wanted = needs(claim.right)
    for name in wanted.names:
        found = block.entries.get(name)
        if isinstance(found, Entry) and found.number is not None:
            yield found
    for table, column in wanted.columns:
        for row in block.rows.get(table, ()):
            entry = row.get(column)
            if entry is not None and entry.number is not None:
                yield entry


def _sentence(claim: Claim, block: Block, number: Quantity, derivation: Derivation) -> str:
    called = block.called.get(claim.left, claim.left)
    most = max(number.places or 0, 2)
    right = derivation.value
    result = trimmed(right.base / number.unit.factor, most) if isinstance(right, Quantity) else ""
    unit = number.unit.name
    than = "超过" if claim.at_most else "不等于"
    words = claim.says or say(claim.right)
    figures = _figures(claim, block, derivation)
    shown = "" if figures in ("", result) else f"{figures}＝"
    left = f"{block.about}“{called}”为{number.digits()}{unit}"
    return f"{left}，{than}{words}（{shown}{result}{unit}）。"


def _figures(claim: Claim, block: Block, derivation: Derivation) -> str:
    """Return the reckoning with its figures; sums are written out."""
    wanted = needs(claim.right)
    addends = [
        entry.number.digits()
        for table, column in wanted.columns
        for row in block.rows.get(table, ())
        if (entry := row.get(column)) is not None and entry.number is not None
    ]
    if not addends:
        return say_figures(derivation)
    first = [
        value.digits()
        for name in wanted.names
        if isinstance(value := _value(block, name), Quantity)
    ]
    return "＋".join([*first, *addends])


def _value(block: Block, name: str) -> Value:
    found = block.entries.get(name, MISSING)
    return found.value if isinstance(found, Entry) else found

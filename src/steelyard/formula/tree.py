"""The tree of a formula (算式树).

Nodes are plain data, made by ``parse`` or by a rule, and read by the faces:
``evaluate``, ``say``, ``excel`` and ``columns``. A node knows nothing of
where its names lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf

from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, PLAIN


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column in the formula as written, from one (位置)."""

    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return the place in words, nothing for a node made by a rule."""
        return f"算式第{self.line}行第{self.column}列" if self.line else ""


NOWHERE = Place()
_at = field(default=NOWHERE, compare=False, repr=False)

Arithmetic = OneOf["+", "-", "×", "÷"]
Order = OneOf["=", "≠", "<", "≤", ">", "≥"]
Scalar = OneOf["min", "max", "abs", "floor", "ceil", "round"]
OverRows = OneOf["count", "sum", "any", "all"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text or a truth written in the formula (常量)."""

    value: Quantity | str | bool
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Name:
    """A data item, ``x``, a goal's figure or a column of the row (名称)."""

    path: tuple[str, ...]
    at: Place = _at

    @property
    def text(self) -> str:
        """The name as written."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Negate:
    """The number with its sign turned (取负)."""

    operand: Node
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Binary:
    """A sum, difference, product or quotient (四则运算)."""

    operator: Arithmetic
    left: Node
    right: Node
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison; dates and texts compare too (比较)."""

    operator: Order
    left: Node
    right: Node
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Logic:
    """Conditions joined by 且 or by 或 (逻辑)."""

    operator: OneOf["and", "or"]
    operands: tuple[Node, ...]
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Not:
    """The condition turned round (非)."""

    operand: Node
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Call:
    """A function of numbers; ``round`` takes the decimals second (函数)."""

    function: Scalar
    arguments: tuple[Node, ...]
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Case:
    """The value of the first arm whose condition holds (分情形)."""

    arms: tuple[tuple[Node, Node], ...]
    otherwise: Node
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A count, sum, any or all over the rows of a table (表函数).

    ``column`` is summed; ``condition`` picks rows, or is what any and all
    ask of each row. Plain names in the condition are columns of the row.
    """

    function: OverRows
    table: str
    column: str | None
    condition: Node | None
    at: Place = _at


@dataclass(frozen=True, slots=True)
class Label:
    """A step with a name of its own, so that a proof can speak of it (步骤)."""

    label: str
    body: Node
    at: Place = _at


Node = Constant | Name | Negate | Binary | Compare | Logic | Not | Call | Case | Aggregate | Label


def number(value: Fraction | int) -> Constant:
    """Return a plain number as a node."""
    return Constant(Quantity.of(value, PLAIN))


def percent(value: Fraction) -> Constant:
    """Return a share as a node that prints with a percent sign."""
    return Constant(Quantity.of(value * 100, PERCENT))


ZERO = number(0)
X = Name(("x",))
"""The measure of a leaf, inside its rule."""


def plus(left: Node, right: Node) -> Node:
    """Return left + right."""
    return Binary("+", left, right)


def minus(left: Node, right: Node) -> Node:
    """Return left - right."""
    return Binary("-", left, right)


def times(left: Node, right: Node) -> Node:
    """Return left × right."""
    return Binary("×", left, right)


def over(left: Node, right: Node) -> Node:
    """Return left ÷ right."""
    return Binary("÷", left, right)


def at_least(node: Node, floor: Node = ZERO) -> Node:
    """Return the node, never below ``floor``."""
    return Call("max", (floor, node))


def at_most(node: Node, cap: Node) -> Node:
    """Return the node, never above ``cap``."""
    return Call("min", (cap, node))


def add_up(nodes: list[Node]) -> Node:
    """Return the sum of the nodes, zero for none."""
    if not nodes:
        return ZERO
    total = nodes[0]
    for node in nodes[1:]:
        total = plus(total, node)
    return total


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below, in reading order."""
    match node:
        case Negate(operand=inner) | Not(operand=inner) | Label(body=inner):
            return (inner,)
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Logic(operands=operands):
            return operands
        case Call(arguments=arguments):
            return arguments
        case Case(arms=arms, otherwise=otherwise):
            flat = [part for arm in arms for part in arm]
            return (*flat, otherwise)
        case Aggregate(condition=condition):
            return () if condition is None else (condition,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, outermost first."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(children(current)))


def height(node: Node) -> int:
    """Return how many nodes the longest way down passes."""
    tallest = 0
    pending = [(node, 1)]
    while pending:
        current, level = pending.pop()
        tallest = max(tallest, level)
        pending.extend((child, level + 1) for child in children(current))
    return tallest


@dataclass(frozen=True, slots=True)
class Needs:
    """What a formula asks of the facts (所需数据)."""

    names: tuple[str, ...]
    """Scalar names in order of appearance."""

    columns: tuple[tuple[str, str], ...]
    """Table and column pairs; the column is "" where rows are only counted."""


def needs(node: Node) -> Needs:
    """Return the names and the columns that a formula reads.

    A plain name inside a condition is given as a column of that table; the
    caller, who knows the tables, decides when it is an outer name.
    """
    names: dict[str, None] = {}
    columns: dict[tuple[str, str], None] = {}

    def visit(current: Node, table: str | None) -> None:
        match current:
            case Name(path=path) if table is not None and len(path) == 1:
                columns[(table, path[0])] = None
            case Name():
                names[current.text] = None
            case Aggregate(table=inner, column=column, condition=condition):
                columns[(inner, column or "")] = None
                if condition is not None:
                    visit(condition, inner)
            case _:
                for child in children(current):
                    visit(child, table)

    visit(node, None)
    return Needs(tuple(names), tuple(columns))

"""Whether a formula's names and units fit the dictionary (名称与单位核对).

Runs a formula over units alone, before there are any figures: a sum of 万元
and 人 is refused when the framework is read, not when a department is scored.
"""

from __future__ import annotations

from steelyard.errors import SteelyardError
from steelyard.facts.dictionary import Dictionary, Kind, UnknownItem
from steelyard.formula.say import say
from steelyard.formula.tree import (
    Aggregate,
    Binary,
    Call,
    Case,
    Compare,
    Constant,
    Label,
    Logic,
    Name,
    Negate,
    Node,
    Not,
)
from steelyard.measure.quantity import Quantity, UnitClash
from steelyard.measure.units import PURE, Dimension, multiply

Shape = Dimension | Kind
"""What a formula yields: a dimension for numbers, else a kind."""


class KindClash(SteelyardError):
    """A formula uses a text as a number, or a number as a condition."""

    code = "facts.kind-clash"

    def __init__(self, node: Node, wanted: str) -> None:
        super().__init__(
            what=f"“{say(node)}”不是{wanted}。", where=str(node.at), mend="请核对算式。"
        )


def check_names(
    node: Node,
    dictionary: Dictionary,
    row: str | None = None,
    extra: dict[str, Shape] | None = None,
) -> Shape:
    """Return what a formula yields, all names and units checked.

    Args:
        node: The formula.
        dictionary: Items, goals and tables.
        row: Name of the table whose row plain names look at first.
        extra: Names known besides, such as ``x``.

    Raises:
        UnknownItem: A name is not in the dictionary.
        UnitClash: Different things are added or compared.
        KindClash: A text stands where a number should.
    """
    return _Check(dictionary, row, extra or {}).shape(node)


class _Check:
    def __init__(self, dictionary: Dictionary, row: str | None, extra: dict[str, Shape]) -> None:
        self.dictionary = dictionary
        self.row = row
        self.extra = extra
        self.outer: str | None = row

    def shape(self, node: Node) -> Shape:  # noqa: C901 - one arm for each kind of node
        match node:
            case Constant(value=value):
                if isinstance(value, Quantity):
                    return value.dimension
                return Kind.TRUTH if isinstance(value, bool) else Kind.TEXT
            case Name():
                return self.name(node)
            case Label(body=body):
                return self.shape(body)
            case Negate(operand=operand):
                return self.number(operand)
            case Not(operand=operand):
                return self.truth(operand)
            case Binary(operator=operator, left=left, right=right):
                first, second = self.number(left), self.number(right)
                if operator in "×÷":
                    return multiply(first, second, 1 if operator == "×" else -1)
                return self.same(node, first, second)
            case Compare(left=left, right=right):
                shape = self.shape(left)
                self.same(node, shape, self.shape(right))
                if shape is Kind.TEXT and node.operator not in ("=", "≠"):
                    raise KindClash(node, "文字能作的比较，文字只分是否相同")
                return Kind.TRUTH
            case Logic(operands=operands):
                for operand in operands:
                    self.truth(operand)
                return Kind.TRUTH
            case Call():
                return self.call(node)
            case Case(arms=arms, otherwise=otherwise):
                result = self.shape(otherwise)
                for condition, then in arms:
                    self.truth(condition)
                    self.same(node, result, self.shape(then))
                return result
            case Aggregate():
                return self.aggregate(node)

    def number(self, node: Node) -> Dimension:
        shape = self.shape(node)
        if isinstance(shape, Kind):
            raise KindClash(node, "数")
        return shape

    def truth(self, node: Node) -> Kind:
        if self.shape(node) is not Kind.TRUTH:
            raise KindClash(node, "条件")
        return Kind.TRUTH

    def same(self, node: Node, left: Shape, right: Shape) -> Dimension:
        if isinstance(left, Kind) or isinstance(right, Kind):
            if left is not right:
                raise KindClash(node, "同类值之间的运算")
            return PURE
        if left != right:
            error = UnitClash(left, right)
            error.where = str(node.at)
            raise error
        return left

    def name(self, node: Name) -> Shape:
        if node.text in self.extra:
            return self.extra[node.text]
        if node.path[0] == "本行" and len(node.path) == 2 and self.outer is not None:
            return self.column(self.outer, node.path[1])
        if self.row is not None and len(node.path) == 1:
            spec = self.dictionary.table(self.row)
            if spec.column(node.text) is not None:
                return self.column(self.row, node.text)
        try:
            item = self.dictionary.item(node.text)
        except UnknownItem as error:
            error.where = str(node.at)
            raise
        return item.unit.dimension if item.kind is Kind.NUMBER else item.kind

    def column(self, table: str, name: str) -> Shape:
        column = self.dictionary.column(table, name)
        return column.unit.dimension if column.kind is Kind.NUMBER else column.kind

    def call(self, node: Call) -> Dimension:
        first = self.number(node.arguments[0])
        for other in node.arguments[1:]:
            if node.function != "round":
                self.same(node, first, self.number(other))
        return first

    def aggregate(self, node: Aggregate) -> Shape:
        try:
            self.dictionary.table(node.table)
            shape: Shape = PURE
            if node.column is not None:
                shape = self.column(node.table, node.column)
        except UnknownItem as error:
            error.where = str(node.at)
            raise
        if isinstance(shape, Kind):
            raise KindClash(node, "数的合计")
        if node.condition is not None:
            previous, self.row = self.row, node.table
            self.truth(node.condition)
            self.row = previous
        return Kind.TRUTH if node.function in ("any", "all") else shape

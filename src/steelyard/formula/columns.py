"""A formula lowered to whole-number columns (按列计算的指令).

For scoring many departments at once. Every number becomes a numerator and a
denominator, both whole; comparisons cross-multiply and rounding divides last,
so that any engine with 64-bit integers gives the same result to the last
digit. Engines read the program; ``run`` is the plain reference for them.

A missing cell makes everything that needs it missing. What a table function
yields is asked for as an input column of its own: facts are kept wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf
from typing import Protocol

from steelyard.errors import SteelyardError
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
    Order,
)
from steelyard.measure.quantity import Quantity

Operator = OneOf[
    "column",
    "constant",
    "text",
    "+",
    "-",
    "×",
    "div",
    "order",
    "select",
    "and",
    "or",
    "not",
    "same",
    "positive",
]


class NotForColumns(SteelyardError):
    """A formula holds something that columns cannot compute."""

    code = "formula.not-for-columns"

    def __init__(self, node: Node) -> None:
        super().__init__(
            what=f"“{say(node)}”不能按列计算。",
            where=str(node.at),
            mend="按列计算只用数、是否与文字相等；日期请先化为数据项。",
        )


@dataclass(frozen=True, slots=True)
class Input:
    """A column that the program reads (输入列).

    ``scale`` is how many whole units of the column make one base unit of the
    quantity: a column of 分 for amounts in 元 has scale 100. ``text`` columns
    hold texts and are only compared.
    """

    name: str
    scale: Fraction = Fraction(1)
    text: bool = False
    truth: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction (指令): operator, the steps it reads, its constant.

    div rounds down and needs a divisor above zero; ``positive`` turns a
    divisor of zero into missing; ``order`` is -1, 0, 1; truths are 0 and 1.
    """

    operator: Operator
    reads: tuple[int, ...] = ()
    constant: int | str = 0


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions in order; the value is numerator ÷ denominator (程序)."""

    steps: tuple[Step, ...]
    inputs: tuple[str, ...]
    numerator: int
    denominator: int


class Inputs(Protocol):
    """Which columns there are (列)."""

    def column_of(self, node: Name | Aggregate) -> Input:
        """Return the column that holds a name, or a table function's value."""


@dataclass(frozen=True, slots=True)
class _Ratio:
    top: int
    bottom: int


@dataclass(slots=True)
class _Lowering:
    inputs: Inputs
    steps: list[Step] = field(default_factory=list)
    known: dict[Step, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)

    # -- building ---------------------------------------------------------------

    def put(self, operator: Operator, *reads: int, constant: int | str = 0) -> int:
        step = Step(operator, reads, constant)
        if step not in self.known:
            self.known[step] = len(self.steps)
            self.steps.append(step)
        return self.known[step]

    def whole(self, value: int) -> int:
        return self.put("constant", constant=value)

    def times(self, left: int, right: int) -> int:
        for one, other in ((left, right), (right, left)):
            if self.steps[one] == Step("constant", (), 1):
                return other
        return self.put("×", left, right)

    # -- lowering ---------------------------------------------------------------

    def ratio(self, node: Node) -> _Ratio:
        match node:
            case Constant(value=Quantity(base=base)):
                return _Ratio(self.whole(base.numerator), self.whole(base.denominator))
            case Name() | Aggregate():
                return self.column(node)
            case Label(body=body):
                return self.ratio(body)
            case Negate(operand=operand):
                inner = self.ratio(operand)
                return _Ratio(self.put("-", self.whole(0), inner.top), inner.bottom)
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)
            case Case():
                return self.case(node)
            case _:
                raise NotForColumns(node)

    def column(self, node: Name | Aggregate) -> _Ratio:
        source = self.inputs.column_of(node)
        if source.text or source.truth:
            raise NotForColumns(node)
        self.names[source.name] = 0
        top = self.put("column", constant=source.name)
        scaled = self.times(top, self.whole(source.scale.denominator))
        return _Ratio(scaled, self.whole(source.scale.numerator))

    def binary(self, node: Binary) -> _Ratio:
        left, right = self.ratio(node.left), self.ratio(node.right)
        if node.operator == "×":
            return _Ratio(self.times(left.top, right.top), self.times(left.bottom, right.bottom))
        if node.operator == "÷":
            return self.quotient(left, right)
        if left.bottom == right.bottom:
            return _Ratio(self.put(node.operator, left.top, right.top), left.bottom)
        top = self.put(
            node.operator,
            self.times(left.top, right.bottom),
            self.times(right.top, left.bottom),
        )
        return _Ratio(top, self.times(left.bottom, right.bottom))

    def quotient(self, left: _Ratio, right: _Ratio) -> _Ratio:
        top = self.times(left.top, right.bottom)
        bottom = self.times(left.bottom, right.top)
        zero = self.whole(0)
        sign = self.put("order", bottom, zero)
        return _Ratio(self.put("×", top, sign), self.put("positive", self.put("×", bottom, sign)))

    def call(self, node: Call) -> _Ratio:
        first = self.ratio(node.arguments[0])
        zero = self.whole(0)
        match node.function:
            case "min" | "max":
                best = first
                for argument in node.arguments[1:]:
                    other = self.ratio(argument)
                    order = self.cross(other, best)
                    wanted = self.whole(-1 if node.function == "min" else 1)
                    better = self.put("same", order, wanted)
                    best = self.select(better, other, best)
                return best
            case "abs":
                sign = self.put("order", first.top, zero)
                return _Ratio(self.put("×", first.top, sign), first.bottom)
            case "floor":
                return _Ratio(self.put("div", first.top, first.bottom), self.whole(1))
            case "ceil":
                turned = self.put("div", self.put("-", zero, first.top), first.bottom)
                return _Ratio(self.put("-", zero, turned), self.whole(1))
            case "round":
                return self.round(first, _places(node))

    def round(self, value: _Ratio, places: int) -> _Ratio:
        zero, two = self.whole(0), self.whole(2)
        sign = self.put("order", value.top, zero)
        size = self.times(self.put("×", value.top, sign), self.whole(10**places))
        twice = self.put("+", self.times(two, size), value.bottom)
        units = self.put("div", twice, self.times(two, value.bottom))
        return _Ratio(self.put("×", units, sign), self.whole(10**places))

    def case(self, node: Case) -> _Ratio:
        result = self.ratio(node.otherwise)
        for condition, value in reversed(node.arms):
            result = self.select(self.truth(condition), self.ratio(value), result)
        return result

    def select(self, condition: int, yes: _Ratio, no: _Ratio) -> _Ratio:
        top = self.put("select", condition, yes.top, no.top)
        if yes.bottom == no.bottom:
            return _Ratio(top, yes.bottom)
        return _Ratio(top, self.put("select", condition, yes.bottom, no.bottom))

    def cross(self, left: _Ratio, right: _Ratio) -> int:
        if left.bottom == right.bottom:
            return self.put("order", left.top, right.top)
        return self.put(
            "order",
            self.times(left.top, right.bottom),
            self.times(right.top, left.bottom),
        )

    def truth(self, node: Node) -> int:
        match node:
            case Constant(value=bool() as value):
                return self.whole(int(value))
            case Label(body=body):
                return self.truth(body)
            case Not(operand=operand):
                return self.put("not", self.truth(operand))
            case Logic(operator=operator, operands=operands):
                result = self.truth(operands[0])
                for operand in operands[1:]:
                    result = self.put(operator, result, self.truth(operand))
                return result
            case Compare():
                return self.compare(node)
            case Name() | Aggregate():
                source = self.inputs.column_of(node)
                if not source.truth:
                    raise NotForColumns(node)
                self.names[source.name] = 0
                return self.put("column", constant=source.name)
            case _:
                raise NotForColumns(node)

    def compare(self, node: Compare) -> int:
        text = self.text(node.left), self.text(node.right)
        if text[0] is not None and text[1] is not None:
            if node.operator not in ("=", "≠"):
                raise NotForColumns(node)
            same = self.put("same", text[0], text[1])
            return same if node.operator == "=" else self.put("not", same)
        order = self.cross(self.ratio(node.left), self.ratio(node.right))
        return self.by_order(node.operator, order)

    def by_order(self, operator: Order, order: int) -> int:
        wanted = {"=": 0, "≠": 0, "<": -1, "≥": -1, ">": 1, "≤": 1}[operator]
        same = self.put("same", order, self.whole(wanted))
        return self.put("not", same) if operator in "≠≥≤" else same

    def text(self, node: Node) -> int | None:
        match node:
            case Constant(value=str() as value):
                return self.put("text", constant=value)
            case Name():
                source = self.inputs.column_of(node)
                if source.text:
                    self.names[source.name] = 0
                    return self.put("column", constant=source.name)
        return None


def _places(node: Call) -> int:
    places = node.arguments[1]
    if isinstance(places, Constant) and isinstance(places.value, Quantity):
        return int(places.value.base)
    raise NotForColumns(node)


def lower(node: Node, inputs: Inputs) -> Program:
    """Lower a formula of numbers to a program over whole-number columns.

    Raises:
        NotForColumns: The formula holds dates, or yields a text or a truth.
    """
    lowering = _Lowering(inputs)
    value = lowering.ratio(node)
    return Program(tuple(lowering.steps), tuple(lowering.names), value.top, value.bottom)


Cell = int | str | None


def run(program: Program, columns: Mapping[str, Sequence[Cell]]) -> list[Fraction | None]:
    """Run a program row by row: the plain reference for faster engines.

    Args:
        program: From ``lower``.
        columns: Equally long columns, shape (subjects,), None for missing.

    Returns:
        Exact values in base units, shape (subjects,), None where unknown.
    """
    length = max((len(column) for column in columns.values()), default=0)
    results: list[Fraction | None] = []
    for row in range(length):
        values: list[Cell] = []
        for step in program.steps:
            values.append(_do(step, values, columns, row))
        top, bottom = values[program.numerator], values[program.denominator]
        known = isinstance(top, int) and isinstance(bottom, int)
        results.append(Fraction(top, bottom) if known else None)  # type: ignore[arg-type]  # both are int when known
    return results


def _do(step: Step, values: list[Cell], columns: Mapping[str, Sequence[Cell]], row: int) -> Cell:
    read = [values[index] for index in step.reads]
    match step.operator:
        case "column":
            return columns[str(step.constant)][row]
        case "constant" | "text":
            return step.constant
        case "select":
            return None if read[0] is None else read[1 if read[0] else 2]
        case "and" | "or":
            settling = int(step.operator == "or")
            if settling in read:
                return settling
            return None if None in read else 1 - settling
    if None in read:
        return None
    if step.operator == "same":
        return int(read[0] == read[1])
    return _calculate(step.operator, [int(value) for value in read if value is not None])


def _calculate(operator: Operator, read: list[int]) -> int | None:
    match operator:
        case "+":
            return read[0] + read[1]
        case "-":
            return read[0] - read[1]
        case "×":
            return read[0] * read[1]
        case "div":
            return read[0] // read[1]
        case "order":
            return (read[0] > read[1]) - (read[0] < read[1])
        case "positive":
            return read[0] or None
        case _:
            return 1 - read[0]

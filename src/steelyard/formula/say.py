"""A formula in Chinese, general and with its figures put in (算式的说法).

``say`` speaks of names: （决算数-预算数）÷预算数. ``say_figures`` walks a
derivation and puts the figures in: （120-100）÷100. Both come from one
walk, so they can never tell two stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from steelyard.formula.derivation import Derivation
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
from steelyard.formula.words import is_plain
from steelyard.measure.dates import say_date
from steelyard.measure.nothing import Nothing
from steelyard.measure.number import places_needed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PURE, Dimension

_LOOSENESS = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "×": 6, "÷": 6}
_ATOM = 9
_NEGATION = 7
_CALLS = {"min": "取小", "max": "取大", "abs": "绝对值", "floor": "取整", "ceil": "进一"}


def say(node: Node, x: str = "x") -> str:
    """Say a formula in general terms.

    Args:
        node: The formula.
        x: What the measure is called, for a tree that speaks of ``x``.

    >>> from steelyard.formula.parse import parse
    >>> say(parse("count(项目, 状态 != '已完成') * 0.1"))
    '“项目”中状态不为“已完成”的项数×0.1'
    """
    return _Voice(figures=False, x=x).text(node, None)[0]


def say_figures(derivation: Derivation) -> str:
    """Say a computation with its figures put in.

    Units are left to the context, except where amounts in two of them meet.
    """
    voice = _Voice(figures=True, mixed=_mixed(derivation))
    return voice.text(derivation.node, derivation)[0]


def say_value(value: Value) -> str:
    """Say a value: percent signs stay, other units are left to the context."""
    match value:
        case Quantity():
            return value.digits() + _mark(value)
        case bool():
            return "是" if value else "否"
        case date():
            return say_date(value)
        case Nothing():
            return "缺" if value is Nothing.MISSING else str(value)
        case str():
            return f"“{value}”"


def _mark(value: Quantity) -> str:
    """Return the unit that a figure cannot do without: %, ‰, 个百分点."""
    return value.unit.name if value.dimension == PURE and value.unit.factor != 1 else ""


def _shown(step: Derivation) -> Iterator[Quantity]:
    """Yield the amounts that are said: a name is said, not its definition."""
    pending = [step]
    while pending:
        current = pending.pop()
        if isinstance(current.value, Quantity) and not current.inputs:
            yield current.value
        elif isinstance(current.node, Name | Label):
            if isinstance(current.value, Quantity):
                yield current.value
        else:
            pending.extend(current.inputs)


def _mixed(step: Derivation) -> frozenset[Dimension]:
    """Return the dimensions whose amounts stand there in more than one unit."""
    units = {(value.dimension, value.unit.factor) for value in _shown(step)}
    found = [dimension for dimension, _ in units if dimension != PURE]
    return frozenset(dimension for dimension in found if found.count(dimension) > 1)


class _Voice:
    """One walk over tree and derivation; returns text and how tightly it binds."""

    def __init__(
        self, *, figures: bool, x: str = "x", mixed: frozenset[Dimension] = frozenset()
    ) -> None:
        self.figures = figures
        self.x = x
        self.mixed = mixed

    def figure(self, value: Value) -> tuple[str, int]:
        """Return a figure; a negative one needs brackets inside a product."""
        said = say_value(value)
        if isinstance(value, Quantity) and value.dimension in self.mixed:
            said += value.unit.name
        return said, _LOOSENESS["-"] if said.startswith("-") else _ATOM

    def constant(self, value: Quantity | str | bool) -> tuple[str, int]:
        """Return a constant with all its decimals, and its unit where no figure shows it."""
        if not isinstance(value, Quantity):
            return say_value(value), _ATOM
        said = value.digits(places_needed(value.amount)) + _mark(value)
        if value.dimension != PURE and (not self.figures or value.dimension in self.mixed):
            said += value.unit.name
        return said, _LOOSENESS["-"] if said.startswith("-") else _ATOM

    def text(self, node: Node, step: Derivation | None) -> tuple[str, int]:
        inputs = step.inputs if step is not None else ()
        match node:
            case Constant(value=value):
                return self.constant(value)
            case Name():
                if step is None:
                    return self.x if node.text == "x" else _named(node), _ATOM
                return self.figure(step.value)
            case Label(label=label, body=body):
                if self.figures and step is not None and not isinstance(step.value, bool):
                    return self.figure(step.value)
                return (label, _ATOM) if not self.figures else self.text(body, None)
            case Aggregate():
                return self.aggregate(node, step)
            case Negate(operand=operand):
                inner = self.inside(operand, _first(inputs), _NEGATION)
                return "-" + inner, _LOOSENESS["-"]
            case Not(operand=operand):
                inner = self.inside(operand, _first(inputs), _LOOSENESS["not"])
                return f"并非{inner}", _LOOSENESS["not"]
            case Binary():
                return self.binary(node, inputs)
            case Compare():
                return self.compare(node, inputs)
            case Logic(operator=operator, operands=operands):
                level = _LOOSENESS[operator]
                word = "且" if operator == "and" else "或"
                steps = inputs or (None,) * len(operands)
                parts = [self.inside(o, s, level) for o, s in zip(operands, steps, strict=False)]
                return word.join(parts), level
            case Call():
                return self.call(node, step)
            case Case():
                return self.case(node, step)

    def inside(self, node: Node, step: Derivation | None, level: int) -> str:
        text, binds = self.text(node, step)
        return text if binds >= level else f"（{text}）"

    def binary(self, node: Binary, inputs: tuple[Derivation, ...]) -> tuple[str, int]:
        level = _LOOSENESS[node.operator]
        # The right side of - and ÷ needs brackets at its own level, too.
        tight = level + (node.operator in "-÷")
        left_step, right_step = inputs if len(inputs) == 2 else (None, None)
        left = self.inside(node.left, left_step, level)
        right = self.inside(node.right, right_step, tight)
        if right.startswith("-"):
            right = f"（{right}）"
        return f"{left}{node.operator}{right}", level

    def compare(self, node: Compare, inputs: tuple[Derivation, ...]) -> tuple[str, int]:
        level = _LOOSENESS["compare"]
        left_step, right_step = inputs if len(inputs) == 2 else (None, None)
        left = self.inside(node.left, left_step, level + 1)
        right = self.inside(node.right, right_step, level + 1)
        texts = isinstance(node.right, Constant) and isinstance(node.right.value, str)
        operator = node.operator
        if texts and not self.figures:
            word = {"=": "为", "≠": "不为"}.get(node.operator, node.operator)
            return f"{left}{word}{right}", level
        return f"{left}{operator}{right}", level

    def call(self, node: Call, step: Derivation | None) -> tuple[str, int]:
        inputs = step.inputs if step is not None else (None,) * len(node.arguments)
        parts = [
            self.text(argument, each)[0]
            for argument, each in zip(node.arguments, inputs, strict=True)
        ]
        bounded = self.bounded(node, parts)
        if bounded is not None:
            return bounded, _ATOM
        if node.function == "round":
            return f"四舍五入（{parts[0]}，{parts[1]}位小数）", _ATOM
        return f"{_CALLS[node.function]}（{'，'.join(parts)}）", _ATOM

    def bounded(self, node: Call, parts: list[str]) -> str | None:
        """Say a floor of nought or a cap as rubrics do, not as a function."""
        first = node.arguments[0]
        if node.function not in ("min", "max") or len(parts) != 2:
            return None
        if not isinstance(first, Constant):
            return None
        return f"（{parts[1]}，{'不低于' if node.function == 'max' else '不高于'}{parts[0]}）"

    def case(self, node: Case, step: Derivation | None) -> tuple[str, int]:
        if step is not None and step.inputs:
            chosen = step.inputs[-1]
            return self.text(chosen.node, chosen)
        arms = [
            f"{self.text(condition, None)[0]}的，为{self.text(result, None)[0]}"
            for condition, result in node.arms
        ]
        rest = self.text(node.otherwise, None)[0]
        return "；".join([*arms, f"其余为{rest}"]), 0

    def aggregate(self, node: Aggregate, step: Derivation | None) -> tuple[str, int]:
        if step is not None:
            return self.figure(step.value)
        where = (
            "" if node.condition is None else _Voice(figures=False).text(node.condition, None)[0]
        )
        of = f"“{node.table}”中{where}的" if where else f"“{node.table}”的"
        match node.function:
            case "count":
                return f"{of}项数", _ATOM
            case "sum":
                return f"{of}{node.column}合计", _ATOM
            case "any":
                return f"“{node.table}”中有{where}的", _ATOM
            case "all":
                return f"“{node.table}”中各项均{where}", _ATOM


def _named(name: Name) -> str:
    """Return a name, in 【 】 where it would not read as one word."""
    parts = (part if is_plain(part) or part.isdecimal() else f"【{part}】" for part in name.path)
    return ".".join(parts)


def _first(inputs: tuple[Derivation, ...]) -> Derivation | None:
    return inputs[0] if inputs else None


def say_points(points: Fraction) -> str:
    """Say points as score sheets do: no needless zeros, exact.

    >>> say_points(Fraction(3, 2))
    '1.5'
    """
    return Quantity.of(points).digits(4)

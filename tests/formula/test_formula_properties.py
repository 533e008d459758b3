"""What must hold for every formula: the faces tell one story.

The evaluator below is written anew, plainly, over fractions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.formula.columns import Cell, Input, lower, run
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import Row, ZeroDenominator, evaluate
from steelyard.formula.parse import parse
from steelyard.formula.say import say, say_figures
from steelyard.formula.tree import (
    Aggregate,
    Arithmetic,
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
    children,
    number,
    walk,
)
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, PLAIN

NUMBERS = ("甲", "乙", "丙")
SCALES = {"甲": Fraction(1), "乙": Fraction(100), "丙": Fraction(2, 3)}
"""Whole units of the column in one base unit."""

Figures = Mapping[str, Value]


@dataclass(frozen=True)
class Scope:
    figures: Figures

    def look_up(self, name: Name) -> Derivation:
        return Derivation(name, self.figures[name.text])

    def rows(self, aggregate: Aggregate) -> tuple[Row, ...]:
        raise AssertionError(aggregate)

    def zero(self, aggregate: Aggregate) -> Quantity:
        raise AssertionError(aggregate)


# ---------------------------------------------------------------- random trees


def _constant(units: int, places: int, percent: bool) -> Node:
    value = Fraction(units, 10**places)
    return Constant(Quantity.of(value, PERCENT if percent else PLAIN, places))


constants = st.builds(_constant, st.integers(0, 2000), st.integers(0, 3), st.booleans())
names = st.sampled_from([Name((name,)) for name in NUMBERS])
operators: st.SearchStrategy[Arithmetic] = st.sampled_from(["+", "-", "×", "÷"])
orders: st.SearchStrategy[Order] = st.sampled_from(["=", "≠", "<", "≤", ">", "≥"])


def _arithmetic(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.builds(Binary, operators, inner, inner) | st.builds(Negate, inner)


arithmetic: st.SearchStrategy[Node] = st.recursive(constants | names, _arithmetic, max_leaves=12)
spoken = arithmetic | st.builds(Compare, orders, arithmetic, arithmetic)


def _truths(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    texts = st.sampled_from([Name(("状态",)), Constant("已完成"), Constant("未完成")])
    same: st.SearchStrategy[Order] = st.sampled_from(["=", "≠"])
    atoms: st.SearchStrategy[Node] = (
        st.builds(Compare, orders, inner, inner)
        | st.builds(Compare, same, texts, texts)
        | st.sampled_from([Name(("成立",)), Constant(value=True), Constant(value=False)])
    )
    pairs = st.tuples(atoms, atoms)
    return atoms | st.builds(Not, atoms) | st.builds(Logic, st.sampled_from(["and", "or"]), pairs)


def _full(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return (
        _arithmetic(inner)
        | st.builds(Call, st.sampled_from(["min", "max"]), st.tuples(inner, inner, inner))
        | st.builds(Call, st.sampled_from(["abs", "floor", "ceil"]), st.tuples(inner))
        | st.builds(Call, st.just("round"), st.tuples(inner, st.builds(number, st.integers(0, 3))))
        | st.builds(Case, st.tuples(st.tuples(_truths(inner), inner)), inner)
        | st.builds(Label, st.just("一步"), inner)
    )


full: st.SearchStrategy[Node] = st.recursive(constants | names, _full, max_leaves=14)

numerators = st.none() | st.integers(-3000, 3000)
texts_or_none = st.none() | st.sampled_from(["已完成", "未完成"])
truths_or_none = st.none() | st.integers(0, 1)
columns = st.fixed_dictionaries(
    {
        **{name: st.lists(numerators, min_size=3, max_size=3) for name in NUMBERS},
        "状态": st.lists(texts_or_none, min_size=3, max_size=3),
        "成立": st.lists(truths_or_none, min_size=3, max_size=3),
    }
)
figures = st.fixed_dictionaries(
    {name: st.builds(Quantity, st.fractions(-100, 100, max_denominator=200)) for name in NUMBERS}
)


# ---------------------------------------------------------- the plain evaluator


class Unknown(Exception):
    """Something that is needed is missing."""


def plain(node: Node, facts: Figures) -> Fraction | str | bool:
    match node:
        case Constant(value=Quantity() as value):
            return value.base
        case Constant(value=bool() | str() as value):
            return value
        case Name():
            fact = facts[node.text]
            if fact is MISSING:
                raise Unknown
            assert isinstance(fact, Quantity | str | bool)
            return fact.base if isinstance(fact, Quantity) else fact
        case Label(body=body):
            return plain(body, facts)
        case Case(arms=((condition, result),), otherwise=otherwise):
            return plain(result if plain(condition, facts) else otherwise, facts)
        case Compare() | Not() | Logic():
            return plain_truth(node, facts)
        case _:
            return plain_number(node, facts)


def plain_number(node: Node, facts: Figures) -> Fraction:
    parts = [plain(child, facts) for child in children(node)]
    numbers = [part for part in parts if isinstance(part, Fraction)]
    assert len(numbers) == len(parts)
    first, second = numbers[0], numbers[-1]
    match node:
        case Negate():
            return -first
        case Binary(operator="+"):
            return first + second
        case Binary(operator="-"):
            return first - second
        case Binary(operator="×"):
            return first * second
        case Binary(operator="÷"):
            return first / second
        case Call(function="min"):
            return min(numbers)
        case Call(function="max"):
            return max(numbers)
        case Call(function="abs"):
            return abs(first)
        case Call(function="floor"):
            return Fraction(math.floor(first))
        case Call(function="ceil"):
            return Fraction(math.ceil(first))
        case Call(function="round"):
            scaled = abs(first) * 10 ** int(second)
            units = math.floor(scaled + Fraction(1, 2))
            return Fraction(units, 10 ** int(second)) * (1 if first > 0 else -1)
        case _:
            raise AssertionError(node)


def plain_truth(node: Compare | Not | Logic, facts: Figures) -> bool:
    match node:
        case Not(operand=operand):
            return not plain(operand, facts)
        case Compare(operator=operator, left=left, right=right):
            one, other = plain(left, facts), plain(right, facts)
            if operator in ("=", "≠"):
                return (one == other) is (operator == "=")
            assert isinstance(one, Fraction)
            assert isinstance(other, Fraction)
            below, above = one < other, one > other
            return {"<": below, "≤": not above, ">": above, "≥": not below}[operator]
        case Logic(operator=operator, operands=operands):
            settling = operator == "or"
            unknown = False
            for operand in operands:
                try:
                    if plain(operand, facts) is settling:
                        return settling
                except Unknown:
                    unknown = True
            if unknown:
                raise Unknown
            return not settling


def outcome(node: Node, facts: Figures) -> Fraction | str | bool | None:
    """The plain value; None when it is missing."""
    try:
        return plain(node, facts)
    except Unknown:
        return None


def bare(value: Value) -> object:
    if isinstance(value, Quantity):
        return value.base
    return None if value is MISSING else value


# -------------------------------------------------------------------- evaluate


def _facts(cells: Mapping[str, list[Cell]], row: int) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for name, column in cells.items():
        cell = column[row]
        if cell is None:
            facts[name] = MISSING
        elif name in SCALES:
            facts[name] = Quantity(Fraction(cell) / SCALES[name])
        else:
            facts[name] = bool(cell) if name == "成立" else cell  # type: ignore[assignment]  # 状态 holds texts
    return facts


class TestEvaluate:
    @settings(max_examples=300)
    @given(full, columns)
    def test_equals_plain_arithmetic(self, node: Node, cells: dict[str, list[Cell]]) -> None:
        facts = _facts(cells, 0)
        try:
            step = evaluate(node, Scope(facts))
        except ZeroDenominator:
            return
        try:
            expected = outcome(node, facts)
        except ZeroDivisionError:
            pytest.fail("a zero denominator went unnoticed")
        assert bare(step.value) == expected

    @settings(max_examples=200)
    @given(full, figures)
    def test_refuses_exactly_the_zero_denominators(self, node: Node, facts: Figures) -> None:
        facts = {**facts, "状态": "已完成", "成立": True}
        try:
            expected = outcome(node, facts)
        except ZeroDivisionError:
            with pytest.raises(ZeroDenominator):
                evaluate(node, Scope(facts))
        else:
            assert bare(evaluate(node, Scope(facts)).value) == expected


# ------------------------------------------------------------------------- say


class TestSaying:
    @settings(max_examples=300)
    @given(spoken, figures)
    def test_and_reading_again_changes_no_value(self, node: Node, facts: Figures) -> None:
        again = parse(say(node))
        try:
            value = evaluate(node, Scope(facts)).value
        except ZeroDenominator:
            with pytest.raises(ZeroDenominator):
                evaluate(again, Scope(facts))
        else:
            assert evaluate(again, Scope(facts)).value == value

    @settings(max_examples=200)
    @given(spoken)
    def test_is_stable(self, node: Node) -> None:
        once = say(node)
        assert say(parse(once)) == once

    @settings(max_examples=200)
    @given(arithmetic)
    def test_uses_no_bracket_that_could_be_left_out(self, node: Node) -> None:
        """Taking away any pair changes the tree, or puts two signs side by side."""
        said = say(node)
        for start in (index for index, sign in enumerate(said) if sign == "（"):
            depth, end = 0, start
            for end in range(start, len(said)):
                depth += {"（": 1, "）": -1}.get(said[end], 0)
                if depth == 0:
                    break
            if said[start + 1] == "-":
                continue
            shorter = said[:start] + said[start + 1 : end] + said[end + 1 :]
            assert parse(shorter) != parse(said)

    @settings(max_examples=200)
    @given(
        arithmetic,
        st.fixed_dictionaries({name: st.integers(-999, 999) for name in NUMBERS}),
    )
    def test_with_figures_computes_to_the_same(self, node: Node, whole: dict[str, int]) -> None:
        facts = {name: Quantity.of(value, PLAIN, 0) for name, value in whole.items()}
        try:
            step = evaluate(node, Scope(facts))
        except ZeroDenominator:
            return
        assert evaluate(parse(say_figures(step)), Scope({})).value == step.value


# --------------------------------------------------------------------- columns


@dataclass(frozen=True)
class Columns:
    def column_of(self, node: Name | Aggregate) -> Input:
        assert isinstance(node, Name)
        kind = node.text
        return Input(kind, SCALES.get(kind, Fraction(1)), kind in ("状态", "日期"), kind == "成立")


class TestColumns:
    @settings(max_examples=400)
    @given(full, columns)
    def test_equal_evaluation_row_by_row(self, node: Node, cells: dict[str, list[Cell]]) -> None:
        program = lower(node, Columns())
        results = run(program, cells)
        assert len(results) == 3
        for row, result in enumerate(results):
            facts = _facts(cells, row)
            try:
                expected = bare(evaluate(node, Scope(facts)).value)
            except ZeroDenominator:
                # A condition that settles the matter hides a quotient behind it.
                if not any(isinstance(each, Logic) for each in walk(node)):
                    assert result is None
            else:
                assert result == expected

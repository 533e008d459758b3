"""A formula lowered to whole-number columns."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest

from steelyard.formula.columns import Input, NotForColumns, Program, lower, run
from steelyard.formula.parse import parse
from steelyard.formula.tree import Aggregate, Binary, Call, Case, Constant, Label, Name
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import unit_named

SCALES = {"乙": Fraction(100), "丙": Fraction(2, 3)}
"""Whole units of the column in one base unit."""


@dataclass(frozen=True)
class Columns:
    """状态 and 日期 hold texts, 成立 holds truths, all others numbers."""

    def column_of(self, node: Name | Aggregate) -> Input:
        assert isinstance(node, Name)
        kind = node.text
        return Input(kind, SCALES.get(kind, Fraction(1)), kind in ("状态", "日期"), kind == "成立")


def lowered(text: str) -> Program:
    return lower(parse(text), Columns())


class TestColumns:
    @pytest.mark.parametrize(
        ("formula", "top", "value"),
        [
            ("round(甲 ÷ 8, 2)", 1, "0.13"),
            ("round(甲 ÷ 8, 2)", -1, "-0.13"),
            ("round(甲 ÷ 2, 0)", -5, "-3"),
            ("floor(甲 ÷ 2)", -5, "-3"),
            ("ceil(甲 ÷ 2)", -5, "-2"),
            ("甲 ÷ -2", 5, "-2.5"),
            ("abs(甲 ÷ -2)", 5, "2.5"),
            ("甲 ÷ (甲 - 5)", 5, None),
            ("max(甲 ÷ -3, 甲 ÷ 3)", 1, "1/3"),
            ("min(甲 ÷ -3, 甲 ÷ 3, 0)", 1, "-1/3"),
            ("若(甲 ÷ 3 > 1, 1, 2)", 3, "2"),
            ("若(甲 = 0, 0, 1 ÷ 甲)", 0, "0"),
            ("甲 × 35%", 200, "70"),
        ],
    )
    def test_divide_last(self, formula: str, top: int, value: str | None) -> None:
        (result,) = run(lowered(formula), {"甲": [top]})
        assert result == (None if value is None else Fraction(value))

    def test_hold_whole_numbers_only(self) -> None:
        program = lowered("若(乙 > 0.5 且 状态 = “已完成” 或 成立, 丙 ÷ 3, round(甲, 1))")
        assert all(type(step.constant) in (int, str) for step in program.steps)
        assert sorted(program.inputs) == ["丙", "乙", "成立", "状态", "甲"]
        for index, step in enumerate(program.steps):
            assert all(read < index for read in step.reads)

    def test_ask_for_the_value_of_a_table_function(self) -> None:
        class Wide:
            def column_of(self, node: Name | Aggregate) -> Input:
                return Input("项目数" if isinstance(node, Aggregate) else node.text)

        program = lower(parse("count(项目, 状态 = “已完成”) × 2"), Wide())
        assert program.inputs == ("项目数",)
        assert run(program, {"项目数": [3, None]}) == [6, None]

    @pytest.mark.parametrize(
        "formula",
        [
            "日期 < 日期",
            "若(日期 ≥ 日期, 1, 2)",
            "若(状态 < “完”, 1, 2)",
            "状态",
            "“已完成”",
            "成立 + 1",
            "甲 > 1",
            "若(甲, 1, 2)",
            "若(状态 = 甲, 1, 2)",
            "若(状态, 1, 2)",
        ],
    )
    def test_refuse_dates_and_what_yields_no_number(self, formula: str) -> None:
        with pytest.raises(NotForColumns) as caught:
            lowered(formula)
        assert caught.value.mend

    def test_refuse_a_number_of_decimals_that_is_computed(self) -> None:
        with pytest.raises(NotForColumns):
            lower(Call("round", (Name(("甲",)), Name(("乙",)))), Columns())

    def test_take_a_condition_with_a_name_of_its_own(self) -> None:
        named = Label("达标", parse("甲 > 1"))
        node = Case(((named, parse("10")),), parse("20"))
        assert run(lower(node, Columns()), {"甲": [1, 2, None]}) == [20, 10, None]

    def test_refuse_a_number_for_a_condition(self) -> None:
        with pytest.raises(NotForColumns):
            lowered("若(甲 + 1, 1, 2)")

    def test_keep_nothing_of_units_but_the_amount(self) -> None:
        yuan, wan = unit_named("元"), unit_named("万元")
        node = Binary("+", Constant(Quantity.of(1, wan)), Constant(Quantity.of(1, yuan)))
        program = lower(Binary("+", node, Name(("甲",))), Columns())
        assert run(program, {"甲": [0]}) == [10_001]

"""The exact value of a formula, what is missing, and every step."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from steelyard.errors import SteelyardError
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import TooLong, WrongKind, ZeroDenominator
from steelyard.formula.tree import Aggregate, Binary, Compare, Name
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE, Nothing
from steelyard.measure.quantity import Quantity, UnitClash

Derive = Callable[..., Derivation]


def base(step: Derivation) -> Fraction:
    assert isinstance(step.value, Quantity)
    return step.value.base


class TestAValue:
    @pytest.mark.parametrize(
        ("formula", "facts", "value"),
        [
            ("(甲 - 乙) / 乙", {"甲": "120", "乙": "90"}, "1/3"),
            ("甲 ÷ 3 × 3", {"甲": "1"}, "1"),
            ("0.1 + 0.2", {}, "3/10"),
            ("甲 × 35%", {"甲": "200万元"}, "700000"),
            ("甲 + 乙", {"甲": "1亿元", "乙": "1元"}, "100000001"),
            ("甲 ÷ 乙", {"甲": "45万元", "乙": "600000元"}, "3/4"),
            ("-甲 - -乙", {"甲": "1", "乙": "3"}, "2"),
            ("min(甲, 2, 3)", {"甲": "5"}, "2"),
            ("max(甲, 20000元)", {"甲": "5万元"}, "50000"),
            ("abs(甲)", {"甲": "-5%"}, "1/20"),
            ("floor(甲)", {"甲": "-2.5"}, "-3"),
            ("ceil(甲)", {"甲": "-2.5"}, "-2"),
            ("floor(甲)", {"甲": "2"}, "2"),
            ("round(甲, 2)", {"甲": "1.005"}, "1.01"),
            ("round(甲, 2)", {"甲": "-1.005"}, "-1.01"),
            ("round(甲, 0)", {"甲": "2.5"}, "3"),
            ("round(甲, 2)", {"甲": "96.543%"}, "0.97"),
            ("round(甲, 4)", {"甲": "96.543%"}, "0.9654"),
            ("round(甲, 1)", {"甲": "1.25万元"}, "13000"),
            ("floor(甲)", {"甲": "96.5%"}, "0"),
            ("若(甲 > 1, 10, 甲 > 0, 20, 30)", {"甲": "1"}, "20"),
            ("若(甲 > 1, 10, 甲 > 0, 20, 30)", {"甲": "0"}, "30"),
        ],
    )
    def test_is_exact(
        self, derive: Derive, formula: str, facts: dict[str, str], value: str
    ) -> None:
        assert base(derive(formula, facts)) == Fraction(value)

    @pytest.mark.parametrize(
        ("formula", "facts", "truth"),
        [
            ("甲 = 乙", {"甲": "1万元", "乙": "10000元"}, True),
            ("甲 ≠ 乙", {"甲": "1万元", "乙": "10000元"}, False),
            ("80% ≤ 甲 < 90%", {"甲": "90%"}, False),
            ("80% ≤ 甲 < 90%", {"甲": "80%"}, True),
            ("80% ≤ 甲 < 90%", {"甲": "89.999999999999999999%"}, True),
            ("甲 ≤ 乙", {"甲": "2023-11-21", "乙": "2023-11-22"}, True),
            ("甲 = “是” 且 非 乙 = “是”", {"甲": "是", "乙": "否"}, True),
            ("甲 ≠ “是”", {"甲": "是"}, False),
            ("(甲 > 1) = 真", {"甲": "2"}, True),
            ("甲 > 1 或 假", {"甲": "1"}, False),
        ],
    )
    def test_may_be_a_truth(
        self, derive: Derive, formula: str, facts: dict[str, str], truth: bool
    ) -> None:
        assert derive(formula, facts).value is truth

    def test_prints_in_the_unit_of_what_it_came_from(self, derive: Derive) -> None:
        facts = {"甲": "1.25万元", "乙": "3000元", "丙": "96.543%"}
        formulas = ("甲 + 乙", "甲 × 丙", "甲 ÷ 乙", "round(丙, 4)", "max(甲, 乙)", "-丙")
        assert [str(derive(formula, facts).value) for formula in formulas] == [
            "1.55万元",
            "1.21万元",
            "4.17",
            "96.54%",
            "1.25万元",
            "-96.543%",
        ]


class TestNothingInAFormula:
    @pytest.mark.parametrize(
        ("formula", "value"),
        [
            ("缺 + 数", MISSING),
            ("缺 × 数", MISSING),
            ("缺 + 无", MISSING),
            ("无 × 缺", MISSING),
            ("-缺", MISSING),
            ("无 + 数", 5),
            ("数 + 无", 5),
            ("数 - 无", 5),
            ("无 - 数", -5),
            ("无 + 无", NOT_APPLICABLE),
            ("无 - 无", NOT_APPLICABLE),
            ("无 × 数", NOT_APPLICABLE),
            ("数 ÷ 无", NOT_APPLICABLE),
            ("-无", NOT_APPLICABLE),
            ("max(数, 无)", NOT_APPLICABLE),
            ("max(缺, 无)", MISSING),
            ("abs(无)", NOT_APPLICABLE),
            ("若(缺 > 1, 数, 0)", MISSING),
            ("若(无 > 1, 数, 0)", NOT_APPLICABLE),
            ("若(数 > 1, 数, 缺)", 5),
            ("若(数 > 1, 缺, 数)", MISSING),
            ("0 ÷ 数", 0),
        ],
    )
    def test_is_passed_over_by_sums_and_stops_products(
        self, derive: Derive, formula: str, value: Nothing | int
    ) -> None:
        """缺 是空，无 是 —，数 是 5"""
        result = derive(formula, {"缺": "", "无": "—", "数": "5"}).value
        assert result == (Quantity.of(value) if isinstance(value, int) else value)

    @pytest.mark.parametrize(
        ("formula", "value"),
        [
            ("缺 > 1", MISSING),
            ("缺 = 缺", MISSING),
            ("无 > 1", NOT_APPLICABLE),
            ("无 = 数", False),
            ("无 ≠ 数", True),
            ("无 = 无", True),
            ("无 = 缺", MISSING),
            ("非 缺 > 1", MISSING),
            ("非 无 > 1", NOT_APPLICABLE),
            ("缺 > 1 且 数 > 9", False),
            ("数 > 9 且 缺 > 1", False),
            ("缺 > 1 或 数 > 1", True),
            ("缺 > 1 且 数 > 1", MISSING),
            ("缺 > 1 或 数 > 9", MISSING),
            ("无 > 1 且 数 > 1", NOT_APPLICABLE),
            ("无 > 1 且 缺 > 1", MISSING),
            ("缺 > 1 或 无 > 1", MISSING),
        ],
    )
    def test_is_outweighed_by_what_settles_the_matter(
        self, derive: Derive, formula: str, value: Nothing | bool
    ) -> None:
        assert derive(formula, {"缺": "", "无": "—", "数": "5"}).value is value


class TestAFault:
    def test_of_a_zero_denominator_is_said(self, derive: Derive) -> None:
        with pytest.raises(ZeroDenominator) as caught:
            derive("1 + 甲 ÷ (乙 - 乙)", {"甲": "1", "乙": "3"})
        assert caught.value.what == "“甲÷（乙-乙）”的分母“乙-乙”为零，无法计算。"
        assert caught.value.where == "算式第1行第7列"

    def test_of_a_zero_denominator_is_none_in_a_case_not_taken(self, derive: Derive) -> None:
        assert base(derive("若(乙 = 0, 0, 甲 ÷ 乙)", {"甲": "1", "乙": "0"})) == 0
        assert derive("乙 ≠ 0 且 甲 ÷ 乙 > 1", {"甲": "1", "乙": "0"}).value is False

    @pytest.mark.parametrize(
        ("formula", "what"),
        [
            ("甲 + 1", "“甲”应为数，却是“已完成”。"),
            ("-甲", "“甲”应为数，却是“已完成”。"),
            ("max(1, 甲)", "“甲”应为数，却是“已完成”。"),
            ("日 × 2", "“日”应为数，却是“2023年11月21日”。"),
            ("乙 且 真", "“乙”应为条件（成立或不成立），却是“5”。"),
            ("非 甲", "“甲”应为条件（成立或不成立），却是“已完成”。"),
            ("若(乙, 1, 2)", "“乙”应为条件（成立或不成立），却是“5”。"),
            ("(乙 > 1) + 1", "“乙>1”应为数，却是“是”。"),
            ("乙 = 甲", "“甲”应为与左侧同类、可以比较的值，却是“已完成”。"),
            ("甲 < “完”", "““完””应为与左侧同类、可以比较的值，却是“完”。"),
        ],
    )
    def test_of_kind_is_said(self, derive: Derive, formula: str, what: str) -> None:
        with pytest.raises(WrongKind) as caught:
            derive(formula, {"甲": "已完成", "乙": "5", "日": "2023-11-21"})
        assert caught.value.what == what

    @pytest.mark.parametrize("formula", ["甲 + 乙", "甲 > 乙", "max(甲, 乙)", "甲 - 1"])
    def test_of_units_is_said(self, derive: Derive, formula: str) -> None:
        with pytest.raises(UnitClash):
            derive(formula, {"甲": "5万元", "乙": "3人"})

    def test_of_a_number_without_end_is_said(self, derive: Derive) -> None:
        with pytest.raises(TooLong, match="上千位"):
            derive(" × ".join(["甲"] * 150), {"甲": "9" * 30})

    def test_of_a_name_is_that_of_whoever_was_asked(self, derive: Derive) -> None:
        with pytest.raises(SteelyardError, match="没有“甲”"):
            derive("甲 + 1")


ROWS = [
    {"名称": "一", "决算数": "1.5万元", "预算数": "2万元", "状态": "已完成"},
    {"名称": "二", "决算数": "0万元", "预算数": "1万元", "状态": "未执行"},
    {"名称": "三", "决算数": "2.25万元", "预算数": "—", "状态": "已完成"},
]


class TestATableFunction:
    @pytest.mark.parametrize(
        ("formula", "value", "rows"),
        [
            ("count(项目)", 3, "123"),
            ("count(项目, 状态 = “已完成”)", 2, "13"),
            ("count(项目, 状态 = “无此状态”)", 0, ""),
            ("sum(项目.决算数)", 37_500, "123"),
            ("sum(项目.决算数, 状态 = “已完成”)", 37_500, "13"),
            ("sum(项目.预算数)", 30_000, "123"),
            ("sum(项目.预算数, 名称 = “三”)", 0, "3"),
            ("sum(项目.决算数, 名称 = “无”)", 0, ""),
            ("any(项目, 决算数 = 0元)", True, "2"),
            ("any(项目, 决算数 > 9万元)", False, ""),
            ("all(项目, 决算数 ≥ 0元)", True, "123"),
            ("all(项目, 状态 = “已完成”)", False, "2"),
            ("count(项目, 决算数 > 下限)", 2, "13"),
            ("count(项目, 决算数 > 预算数)", 0, ""),
            ("count(项目, 决算数 ÷ 预算数 < 80% 且 状态 ≠ “未执行”)", 1, "1"),
        ],
    )
    def test_goes_over_the_rows_that_fulfil_its_condition(
        self, derive: Derive, formula: str, value: int | bool | Nothing, rows: str
    ) -> None:
        step = derive(formula, {"下限": "1万元"}, 项目=ROWS)
        got = step.value.base if isinstance(step.value, Quantity) else step.value
        assert got == value
        assert "".join(step.rows) == rows

    def test_prefers_a_column_to_an_item_of_the_same_name(self, derive: Derive) -> None:
        assert base(derive("count(项目, 决算数 = 0元)", {"决算数": "0元"}, 项目=ROWS)) == 1

    @pytest.mark.parametrize(
        ("formula", "value"),
        [
            ("sum(项目.决算数)", MISSING),
            ("sum(项目.决算数, 状态 = “已完成”)", MISSING),
            ("count(项目, 决算数 > 0元)", MISSING),
            ("any(项目, 决算数 > 0元)", MISSING),
            ("all(项目, 决算数 > 9万元)", MISSING),
            ("count(项目, 状态 = “已完成”)", 1),
            ("count(项目)", 2),
        ],
    )
    def test_is_missing_when_a_column_that_it_reads_has_a_blank(
        self, derive: Derive, formula: str, value: int | bool | Nothing
    ) -> None:
        rows = [{"决算数": "1万元", "状态": "已完成"}, {"决算数": "", "状态": "未完成"}]
        step = derive(formula, 项目=rows)
        got = step.value.base if isinstance(step.value, Quantity) else step.value
        assert got == value
        assert got is not MISSING or step.rows == ("2",)

    def test_over_a_table_that_was_not_given_is_missing(self, derive: Derive) -> None:
        gap = [{"": "", "决算数": ""}]
        for formula in (
            "count(项目)",
            "count(项目, 真)",
            "count(项目, 甲 > 0)",
            "sum(项目.决算数)",
            "any(项目, 真)",
            "all(项目, 真 或 决算数 > 1)",
        ):
            assert derive(formula, {"甲": "1"}, 项目=gap).value is MISSING

    def test_over_no_rows_is_nought(self, derive: Derive) -> None:
        values = [
            derive(formula, 项目=[]).value
            for formula in ("count(项目)", "any(项目, 甲 > 1)", "all(项目, 甲 > 1)")
        ]
        assert values == [Quantity.of(0), False, True]

    def test_keeps_the_finest_precision_of_what_it_sums(self, derive: Derive) -> None:
        """1.50万元 + 12345元 = 2.7345万元"""
        rows = [{"决算数": "1.50万元"}, {"决算数": "12345元"}]
        assert str(derive("sum(项目.决算数)", 项目=rows).value) == "2.7345万元"
        coarse = [{"决算数": "1.50万元"}, {"决算数": "0.1亿元"}]
        assert str(derive("sum(项目.决算数)", 项目=coarse).value) == "1001.50万元"

    def test_refuses_to_sum_what_is_no_number(self, derive: Derive) -> None:
        with pytest.raises(WrongKind):
            derive("sum(项目.状态)", 项目=ROWS)


class TestADerivation:
    def test_holds_every_step(self, derive: Derive) -> None:
        """(甲 - 乙) ÷ 乙 > count(项目) × 10%"""
        facts = {"甲": "120", "乙": "100"}
        step = derive("(甲 - 乙) ÷ 乙 > count(项目) × 10%", facts, 项目=ROWS)
        kinds = [type(each.node).__name__ for each in step.steps()]
        assert kinds == [
            "Compare",
            "Binary",
            "Binary",
            "Name",
            "Name",
            "Name",
            "Binary",
            "Aggregate",
            "Constant",
        ]
        values = [str(each.value) for each in step.steps()]
        assert values == ["False", "0.2", "20", "120", "100", "100", "0.3", "3", "10%"]
        assert step.names() == ("甲", "乙")
        assert isinstance(step.node, Compare)

    def test_follows_the_children_of_its_node(self, derive: Derive) -> None:
        step = derive("甲 × 乙 + sum(项目.决算数)", {"甲": "1万元", "乙": "2"}, 项目=ROWS)
        assert isinstance(step.node, Binary)
        assert [each.node for each in step.inputs] == [step.node.left, step.node.right]
        assert isinstance(step.inputs[1].node, Aggregate)
        assert step.inputs[1].rows == ("1", "2", "3")

    def test_holds_only_the_case_that_was_taken(self, derive: Derive) -> None:
        step = derive("若(甲 > 1, 乙, 丙)", {"甲": "0", "乙": "1", "丙": "2"})
        assert [each.value for each in step.inputs] == [False, Quantity.of(2)]
        assert step.inputs[1].node == Name(("丙",))

    def test_holds_only_what_was_asked_before_the_matter_settled(self, derive: Derive) -> None:
        step = derive("甲 > 1 或 乙 > 1 或 丙 > 1", {"甲": "0", "乙": "2", "丙": "0"})
        assert [each.value for each in step.inputs] == [False, True]

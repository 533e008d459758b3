"""A formula in Chinese, and with its figures put in."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from steelyard.formula.derivation import Derivation
from steelyard.formula.parse import parse
from steelyard.formula.say import say, say_figures, say_points, say_value
from steelyard.formula.tree import (
    Binary,
    Label,
    Name,
    Node,
    at_least,
    minus,
    number,
    over,
    percent,
    plus,
    times,
)
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import unit_named

A, B = Name(("甲",)), Name(("乙",))


class TestSay:
    @pytest.mark.parametrize(
        ("formula", "said"),
        [
            ("(决算数 - 预算数) / 预算数", "（决算数-预算数）÷预算数"),
            ("((甲 + 乙)) + 丙", "甲+乙+丙"),
            ("甲 + (乙 - 丙)", "甲+乙-丙"),
            ("甲 - (乙 + 丙)", "甲-（乙+丙）"),
            ("甲 - (乙 - 丙)", "甲-（乙-丙）"),
            ("甲 × (乙 ÷ 丙)", "甲×乙÷丙"),
            ("甲 ÷ (乙 × 丙)", "甲÷（乙×丙）"),
            ("甲 ÷ (乙 ÷ 丙)", "甲÷（乙÷丙）"),
            ("(甲 × 乙) ÷ 丙", "甲×乙÷丙"),
            ("-甲 × 乙", "（-甲）×乙"),
            ("-(甲 × 乙)", "-（甲×乙）"),
            ("甲 + -乙", "甲+（-乙）"),
            ("甲 - -乙", "甲-（-乙）"),
            ("-(-甲 + 1)", "-（-甲+1）"),
            ("甲 + (-乙 + 丙)", "甲+（-乙+丙）"),
            ("甲 × 90%", "甲×90%"),
            ("甲 > 50万元", "甲>50万元"),
            ("甲 + 5个百分点", "甲+5个百分点"),
            ("1.50 × 甲", "1.50×甲"),
            ("新增就业.实际值 ÷ 新增就业.目标值", "新增就业.实际值÷新增就业.目标值"),
            ("【甲-乙】 × 2", "【甲-乙】×2"),
            ("项目.【决算数（含税）】 × 2", "项目.【决算数（含税）】×2"),
            ("abs(甲 - 乙)", "绝对值（甲-乙）"),
            ("min(甲, 乙, 1)", "取小（甲，乙，1）"),
            ("floor(甲) + ceil(乙)", "取整（甲）+进一（乙）"),
            ("round(甲, 2)", "四舍五入（甲，2位小数）"),
            ("状态 = “已完成” 且 级次 ≠ “州本级”", "状态为“已完成”且级次不为“州本级”"),
            ("(甲 > 1 或 乙 > 1) 且 丙 > 1", "（甲>1或乙>1）且丙>1"),
            ("甲 > 1 或 (乙 > 1 且 丙 > 1)", "甲>1或乙>1且丙>1"),
            ("非 (甲 > 1)", "并非甲>1"),
            ("非 (甲 > 1 且 乙 > 1)", "并非（甲>1且乙>1）"),
            ("真 = (甲 > 1)", "是=（甲>1）"),
            ("若(甲 > 1, 2, 3)", "甲>1的，为2；其余为3"),
            ("若(甲 > 1, 2, 3) × 乙", "（甲>1的，为2；其余为3）×乙"),
            ("count(项目)", "“项目”的项数"),
            ("count(项目, 状态 = “未完成”) × 0.1", "“项目”中状态为“未完成”的项数×0.1"),
            ("sum(项目.决算数)", "“项目”的决算数合计"),
            ("sum(项目.决算数, 级次 = “州本级”)", "“项目”中级次为“州本级”的决算数合计"),
            ("any(项目, 决算数 > 1)", "“项目”中有决算数>1的"),
            ("all(项目, 决算数 > 1)", "“项目”中各项均决算数>1"),
        ],
    )
    def test_uses_as_few_brackets_as_keep_the_meaning(self, formula: str, said: str) -> None:
        assert say(parse(formula)) == said

    @pytest.mark.parametrize(
        ("node", "said"),
        [
            (times(number(-2), A), "（-2）×甲"),
            (times(A, number(Fraction(1, 8))), "甲×0.125"),
            (times(A, percent(Fraction("0.125"))), "甲×12.5%"),
            (minus(A, number(-2)), "甲-（-2）"),
            (Label("得分", plus(A, B)), "得分"),
            (times(Label("得分", plus(A, B)), B), "得分×乙"),
        ],
    )
    def test_says_what_a_rule_made(self, node: Node, said: str) -> None:
        assert say(node) == said

    def test_calls_the_measure_by_its_name(self) -> None:
        assert say(times(Name(("x",)), A), x="完成率") == "完成率×甲"


class TestSayFigures:
    @pytest.mark.parametrize(
        ("formula", "facts", "said"),
        [
            ("(甲 - 乙) / 乙", {"甲": "120万元", "乙": "100万元"}, "（120-100）÷100"),
            ("甲 + 乙", {"甲": "5", "乙": "-3"}, "5+（-3）"),
            ("甲 - 乙", {"甲": "5", "乙": "-3"}, "5-（-3）"),
            ("甲 × 乙", {"甲": "-5", "乙": "3"}, "（-5）×3"),
            ("-甲", {"甲": "-5"}, "-（-5）"),
            ("甲 ÷ 3 ÷ 乙", {"甲": "72.50", "乙": "35%"}, "72.50÷3÷35%"),
            ("甲 > 60万元", {"甲": "72.5万元"}, "72.5>60"),
            ("甲 + 乙", {"甲": "5", "乙": "—"}, "5+—"),
            ("甲 × 乙", {"甲": "", "乙": "2"}, "缺×2"),
            ("甲 = “是”", {"甲": "是"}, "“是”=“是”"),
            ("甲 ≤ 乙", {"甲": "2023-11-21", "乙": "2023-12-1"}, "2023年11月21日≤2023年12月1日"),
            ("若(甲 > 1, 甲 × 2, 3)", {"甲": "5"}, "5×2"),
            ("若(甲 > 1, 甲 × 2, 甲 + 3)", {"甲": "1"}, "1+3"),
            ("甲 > 1 且 乙 > 1", {"甲": "5", "乙": "0"}, "5>1且0>1"),
            ("甲 > 1 或 乙 > 1", {"甲": "5", "乙": "0"}, "5>1"),
            ("round(甲, 1)", {"甲": "2.25"}, "四舍五入（2.25，1位小数）"),
        ],
    )
    def test_puts_them_in(
        self,
        derive: Callable[..., Derivation],
        formula: str,
        facts: dict[str, str],
        said: str,
    ) -> None:
        assert say_figures(derive(formula, facts)) == said

    @pytest.mark.parametrize(
        ("formula", "facts", "said"),
        [
            ("甲 - 乙", {"甲": "5万元", "乙": "30000元"}, "5万元-30000元"),
            ("甲 > 50万元", {"甲": "1200000元"}, "1200000元>50万元"),
            ("(甲 - 乙) ÷ 丙", {"甲": "5万元", "乙": "3元", "丙": "2人"}, "（5万元-3元）÷2"),
        ],
    )
    def test_gives_units_where_two_of_them_meet(
        self,
        derive: Callable[..., Derivation],
        formula: str,
        facts: dict[str, str],
        said: str,
    ) -> None:
        assert say_figures(derive(formula, facts)) == said

    def test_gives_a_table_function_its_value(self, derive: Callable[..., Derivation]) -> None:
        rows = [{"决算数": "5万元", "状态": "已完成"}, {"决算数": "2万元", "状态": "未完成"}]
        step = derive("sum(项目.决算数, 状态=“已完成”) ÷ sum(项目.决算数)", 项目=rows)
        assert say_figures(step) == "5÷7"

    def test_gives_a_named_step_its_value(self) -> None:
        inner = Derivation(number(3), Quantity.of(3))
        assert say_figures(Derivation(Label("得分", number(3)), Quantity.of(3), (inner,))) == "3"


class TestSayValue:
    def test_leaves_units_to_the_context_except_shares(self) -> None:
        said = [
            say_value(value)
            for value in (
                Quantity.of(5, unit_named("万元")),
                Quantity.of(5, unit_named("%")),
                Quantity.of(5, unit_named("‰")),
                Quantity.of(Fraction(2, 3)),
                True,
                False,
                date(2024, 9, 4),
                MISSING,
                NOT_APPLICABLE,
                "已完成",
            )
        ]
        assert said == ["5", "5%", "5‰", "0.67", "是", "否", "2024年9月4日", "缺", "—", "“已完成”"]

    def test_says_points_without_needless_zeros(self) -> None:
        assert [say_points(Fraction(text)) for text in ("2", "1.50", "0.0625")] == [
            "2",
            "1.5",
            "0.0625",
        ]


class TestAFloorMadeByARule:
    def test_reads_as_a_bound(self) -> None:
        assert "不低于0" in say(at_least(Binary("-", A, B)))
        assert say(over(A, at_least(B))).startswith("甲÷")

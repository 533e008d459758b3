"""items.toml: names, units and formulas are settled before there is any figure."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from steelyard.errors import Problems
from steelyard.facts.dictionary import Dictionary, Kind, UnknownItem
from steelyard.facts.load_dictionary import load_dictionary
from steelyard.facts.names import KindClash, check_names
from steelyard.formula.parse import parse
from steelyard.formula.tree import Label, Node
from steelyard.framework.load import shipped
from steelyard.measure.quantity import UnitClash
from steelyard.measure.units import PURE, unit_named


class Desk(Protocol):
    problems: Problems

    def dictionary(self, items: str = ...) -> Dictionary: ...
    @property
    def said(self) -> list[str]: ...
    @property
    def mends(self) -> list[str]: ...


def item(name: str, *lines: str) -> str:
    return "\n".join(["[[item]]", f'name = "{name}"', *lines, ""])


def computed(name: str, formula: str, unit: str = "") -> str:
    return item(name, f'unit = "{unit}"', f"formula = '{formula}'")


def table(key: str, *columns: str) -> str:
    named = "".join(f'[[table.column]]\nname = "{column}"\n' for column in columns)
    return f'[[table]]\nname = "表"\nkey = "{key}"\n{named}'


class TestADictionary:
    def test_holds_items_goals_and_tables(self, desk: Desk) -> None:
        dictionary = desk.dictionary()
        assert desk.said == []
        assert dictionary.item("年初预算数").unit.name == "万元"
        assert dictionary.item("全年预算数").above_zero
        assert dictionary.item("新增就业.目标值").above_zero
        assert not dictionary.item("新增就业.实际值").above_zero
        assert dictionary.goals["新增就业"].sign == "≥"
        assert dictionary.item("制度健全").choices == ("是", "否")
        assert dictionary.column("项目", "状态").choices == ("已完成", "未完成")
        assert dictionary.column("项目", "开工").optional
        assert dictionary.item("验收日期").kind is Kind.DATE

    def test_offers_a_near_name(self, desk: Desk) -> None:
        dictionary = desk.dictionary()
        with pytest.raises(UnknownItem, match="没有“年初预算”") as caught:
            dictionary.item("年初预算")
        assert caught.value.mend == "是否想写“年初预算数”？"
        with pytest.raises(UnknownItem, match="没有“项目表”"):
            dictionary.table("项目表")
        with pytest.raises(UnknownItem, match=r"没有“项目\.金额”"):
            dictionary.column("项目", "金额")

    @pytest.mark.parametrize("folder", shipped(), ids=lambda folder: folder.name)
    def test_that_is_shipped_can_be_read(self, folder: Path) -> None:
        assert load_dictionary(folder).items


class TestAMistakeInADictionary:
    @pytest.mark.parametrize(
        ("items", "said"),
        [
            ("[[item]]\n", ["第1行 › name：缺少“name”。"]),
            (item("甲", 'unit = "万圆"'), ["第3行 › 甲 › unit：不认识的单位“万圆”。"]),
            (item("甲", 'kind = "金额"'), ["第3行 › 甲 › kind：不认识的类型“金额”。"]),
            (
                item("甲", 'above_zero = "是"'),
                ["第3行 › 甲 › above_zero：“above_zero”应为 true 或 false。"],
            ),
            (item("甲", 'units = "元"'), ["第3行 › 甲 › units：不认识的项“units”。"]),
            (item("甲") + item("甲"), ["第4行 › 甲 › name：“甲”登记了两次。"]),
            (
                item("甲", 'formula = "1)"'),
                ["第3行 › 甲 › formula › 算式第1行第2列：多出“)”。"],
            ),
            (
                computed("甲", "乙 + 1"),
                ["第4行 › 甲 › formula › 算式第1行第1列：数据字典中没有“乙”。"],
            ),
            (
                computed("甲", "乙 + 丙") + item("乙", 'unit = "元"') + item("丙", 'unit = "人"'),
                ["第4行 › 甲 › formula › 算式第1行第3列：“元”与“人”不能相加减或比较。"],
            ),
            (
                computed("甲", "乙", "人") + item("乙", 'unit = "元"'),
                ["第4行 › 甲 › formula：“元”与“人”不能相加减或比较。"],
            ),
            (
                computed("甲", "乙 > 1") + item("乙"),
                ["第4行 › 甲 › formula › 算式第1行第3列：“乙>1”不是数。"],
            ),
            (
                item("甲", 'kind = "文字"', 'formula = "1"'),
                ["第4行 › 甲 › formula › 算式第1行第1列：“1”不是文字；只有数能由算式计算。"],
            ),
            ('[[goal]]\nname = "甲"\nsign = "~"\n', ["第3行 › 甲 › sign：不认识的方向“~”。"]),
            (
                item("甲.目标值") + '[[goal]]\nname = "甲"\n',
                ["第4行 › 甲 › name：“甲.目标值”登记了两次。"],
            ),
            (
                table("号", "列", "列"),
                ["第3行 › 表 › key：键“号”不是本表的列。", "第4行 › 表 › column：列“列”写了两次。"],
            ),
            (
                table("列", "列") + 'unit = "圆圈"\n',
                ["第6行 › 表 › unit：不认识的单位“圆圈”。"],
            ),
            ("items = []\n", ["第1行 › items：不认识的项“items”。"]),
        ],
    )
    def test_is_said_with_line_field_and_mend(
        self, desk: Desk, items: str, said: list[str]
    ) -> None:
        desk.dictionary(items)
        assert desk.said == [f"items.toml {each}" for each in said]

    def test_is_said_with_all_others(self, desk: Desk) -> None:
        desk.dictionary(item("甲", 'unit = "x"') + item("乙", 'kind = "y"') + computed("丙", "丁"))
        assert len(desk.said) == 3

    @pytest.mark.parametrize(
        ("items", "circle"),
        [
            (computed("甲", "甲 + 1"), "甲 → 甲"),
            (computed("甲", "乙") + computed("乙", "丙") + computed("丙", "乙"), "乙 → 丙 → 乙"),
            (
                computed("甲", "count(表, 列 > 甲)") + table("列", "列"),
                "甲 → 甲",
            ),
        ],
    )
    def test_that_goes_in_circles_is_said(self, desk: Desk, items: str, circle: str) -> None:
        desk.dictionary(items)
        (said,) = desk.said
        assert said.endswith(f"：数据项的算式互相引用：{circle}。")
        assert said.startswith("items.toml 第")

    def test_is_none_when_two_items_share_a_third(self, desk: Desk) -> None:
        items = computed("甲", "乙 + 丙") + computed("乙", "丁") + computed("丙", "丁") + item("丁")
        assert desk.dictionary(items).items
        assert desk.said == []

    def test_that_goes_too_deep_is_said(self, desk: Desk) -> None:
        items = item("甲0") + "".join(computed(f"甲{n}", f"甲{n - 1} + 1") for n in range(1, 400))
        desk.dictionary(items)
        assert len(desk.said) == 1
        assert desk.said[0].endswith("的算式层层引用太深。")


class TestCheckNames:
    @pytest.mark.parametrize(
        ("formula", "unit"),
        [
            ("全年预算数 - 年初预算数", "元"),
            ("全年预算数 ÷ 年初预算数", ""),
            ("满意度 × 全年预算数", "元"),
            ("-满意度 + 0.5", ""),
            ("max(全年预算数, 3元)", "元"),
            ("round(满意度, 2)", ""),
            ("若(制度健全 = “是”, 全年预算数, 0元)", "元"),
            ("sum(项目.决算数, 状态 = “已完成”)", "元"),
            ("count(项目, 决算数 > 年初预算数)", ""),
            ("新增就业.实际值 ÷ 新增就业.目标值", ""),
        ],
    )
    def test_returns_what_a_formula_measures(self, desk: Desk, formula: str, unit: str) -> None:
        assert check_names(parse(formula), desk.dictionary()) == unit_named(unit).dimension

    @pytest.mark.parametrize(
        "formula",
        [
            "全年预算数 > 1元 且 非 (满意度 < 1)",
            "制度健全 ≠ “是”",
            "验收日期 < 验收日期",
            "any(项目, 状态 = “已完成”)",
            "all(项目, 决算数 > 0元) = 真",
        ],
    )
    def test_returns_that_a_condition_is_one(self, desk: Desk, formula: str) -> None:
        assert check_names(parse(formula), desk.dictionary()) is Kind.TRUTH

    @pytest.mark.parametrize(
        ("formula", "place"),
        [
            ("全年预算数 + 满意度", 7),
            ("全年预算数 > 1", 7),
            ("全年预算数 = 新增就业.实际值", 7),
            ("max(全年预算数, 1)", 1),
            ("若(真, 全年预算数, 1)", 1),
            ("1 + 若(真, sum(项目.决算数), 1)", 5),
            ("count(项目, 决算数 > 新增就业.实际值)", 15),
        ],
    )
    def test_refuses_different_things_in_one_sum(
        self, desk: Desk, formula: str, place: int
    ) -> None:
        with pytest.raises(UnitClash) as caught:
            check_names(parse(formula), desk.dictionary())
        assert caught.value.where == f"算式第1行第{place}列"

    @pytest.mark.parametrize(
        ("formula", "what"),
        [
            ("负责人 + 1", "“负责人”不是数。"),
            ("-负责人", "“负责人”不是数。"),
            ("验收日期 × 2", "“验收日期”不是数。"),
            ("负责人 = 1", "“负责人=1”不是同类值之间的运算。"),
            ("负责人 < “张”", "“负责人<“张””不是文字能作的比较，文字只分是否相同。"),
            ("非 满意度", "“满意度”不是条件。"),
            ("满意度 且 真", "“满意度”不是条件。"),
            ("若(满意度, 1, 2)", "“满意度”不是条件。"),
            ("count(项目, 决算数)", "“决算数”不是条件。"),
            ("sum(项目.状态)", "““项目”的状态合计”不是数的合计。"),
            ("max(负责人, 1)", "“负责人”不是数。"),
        ],
    )
    def test_refuses_a_value_of_the_wrong_kind(self, desk: Desk, formula: str, what: str) -> None:
        with pytest.raises(KindClash) as caught:
            check_names(parse(formula), desk.dictionary())
        assert caught.value.what == what
        assert caught.value.where.startswith("算式第1行")

    @pytest.mark.parametrize(
        ("formula", "what"),
        [
            ("1 + 决算数", "数据字典中没有“决算数”。"),
            ("count(资金)", "数据字典中没有“资金”。"),
            ("sum(项目.金额)", "数据字典中没有“项目.金额”。"),
            ("count(项目, 金额 > 1)", "数据字典中没有“金额”。"),
            ("本行.决算数", "数据字典中没有“本行.决算数”。"),
        ],
    )
    def test_refuses_a_name_that_leads_nowhere(self, desk: Desk, formula: str, what: str) -> None:
        with pytest.raises(UnknownItem) as caught:
            check_names(parse(formula), desk.dictionary())
        assert caught.value.what == what
        assert caught.value.where.startswith("算式第1行")

    def test_looks_at_the_row_first(self, desk: Desk) -> None:
        dictionary = desk.dictionary()
        claim = parse("决算数 ≤ sum(项目.决算数, 序号 = 本行.序号) 且 年初预算数 > 0元")
        assert check_names(claim, dictionary, row="项目") is Kind.TRUTH
        with pytest.raises(UnknownItem):
            check_names(parse("本行.金额"), dictionary, row="项目")

    def test_knows_names_given_besides(self, desk: Desk) -> None:
        node: Node = Label("得分", parse("x × 2"))
        assert check_names(node, desk.dictionary(), extra={"x": PURE}) == PURE

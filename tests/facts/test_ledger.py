"""The ledger answers names and rows, computes items, and is never changed."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import pytest

from steelyard.errors import Problems
from steelyard.facts.dictionary import Dictionary, Item, UnknownItem
from steelyard.facts.ledger import Conflict, CyclicFormula, Fact, Ledger, Target
from steelyard.formula.evaluate import evaluate
from steelyard.formula.parse import parse
from steelyard.formula.tree import Name
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import unit_named
from steelyard.provenance.origin import NO_ORIGIN, Origin


class Desk(Protocol):
    problems: Problems

    def dictionary(self, items: str = ...) -> Dictionary: ...
    def ledger(self, *lines: str, table: tuple[str, ...] = ...) -> Ledger: ...


ROWS = ("序号,决算数,状态", "1,1.5,已完成", "2,2.25,未完成")


def worth(ledger: Ledger, formula: str) -> Value:
    return evaluate(parse(formula), ledger).value


def said(ledger: Ledger, formula: str) -> str:
    return str(worth(ledger, formula))


def disputed(target: Target, other: Value) -> Conflict:
    return Conflict("1", target, other, Origin("自评报告", "第7页"), "以决算为准", open=True)


class TestALedger:
    def test_knows_facts_and_where_they_came_from(self, desk: Desk) -> None:
        ledger = desk.ledger("年初预算数,100,万元")
        assert said(ledger, "年初预算数") == "100万元"
        origin = ledger.origin("年初预算数")
        assert origin is not None
        assert str(origin) == "facts.csv 第2行"
        assert ledger.origin("全年预算数") is None

    def test_knows_that_a_figure_is_missing(self, desk: Desk) -> None:
        ledger = desk.ledger()
        assert worth(ledger, "年初预算数") is MISSING
        assert worth(ledger, "预算调整率") is MISSING
        with pytest.raises(UnknownItem):
            worth(ledger, "工会经费")

    def test_computes_items_from_computed_items(self, desk: Desk) -> None:
        """预算调整率 = 预算调整数 / 年初预算数，预算调整数 = 全年预算数 - 年初预算数"""
        ledger = desk.ledger("年初预算数,96,万元", "全年预算数,1200000,元")
        step = ledger.look_up(Name(("预算调整率",)))
        assert str(step.value) == "25%"
        names = [each.node.text for each in step.steps() if isinstance(each.node, Name)]
        assert names == ["预算调整率", "预算调整数", "全年预算数", "年初预算数", "年初预算数"]
        assert said(ledger, "预算调整数") == "24万元"
        assert ledger.look_up(Name(("预算调整率",))) is step

    def test_answers_for_tables(self, desk: Desk) -> None:
        ledger = desk.ledger(table=ROWS)
        assert said(ledger, "决算合计") == "3.75万元"
        assert said(ledger, "完成数") == "1"
        assert ledger.value(Target("项目", "2", "状态")) == "未完成"
        assert ledger.value(Target("项目", "3", "状态")) is None
        assert ledger.value(Target("资金", "1", "状态")) is None

    @pytest.mark.parametrize(
        "formula",
        [
            "count(项目)",
            "count(项目, 真)",
            "sum(项目.决算数)",
            "any(项目, 状态 = “已完成”)",
            "all(项目, 真)",
            "完成数",
        ],
    )
    def test_never_takes_a_table_that_is_missing_for_one_without_rows(
        self, desk: Desk, formula: str
    ) -> None:
        assert worth(desk.ledger(), formula) is MISSING

    def test_takes_a_table_without_rows_as_it_is(self, desk: Desk) -> None:
        ledger = desk.ledger(table=(ROWS[0], "—,,"))
        assert [said(ledger, text) for text in ("count(项目)", "决算合计")] == ["0", "0万元"]

    @pytest.mark.parametrize("formula", ["count(资金)", "sum(项目.金额)"])
    def test_refuses_tables_and_columns_that_nobody_knows(self, desk: Desk, formula: str) -> None:
        with pytest.raises(UnknownItem):
            worth(desk.ledger(table=ROWS), formula)

    def test_refuses_items_that_need_each_other(self) -> None:
        items = {
            name: Item(name=name, formula=parse(formula))
            for name, formula in {"甲": "乙 + 1", "乙": "丙", "丙": "甲"}.items()
        }
        ledger = Ledger(Dictionary(items))
        for _ in range(2):
            with pytest.raises(CyclicFormula) as caught:
                ledger.look_up(Name(("乙",)))
            assert caught.value.what == "数据项的算式互相引用：乙 → 丙 → 甲 → 乙。"

    def test_follows_the_deepest_definitions_that_a_dictionary_may_hold(self) -> None:
        items = {"甲0": Item(name="甲0")}
        for number in range(1, 81):
            formula = parse(f"甲{number - 1} + 1")
            items[f"甲{number}"] = Item(name=f"甲{number}", formula=formula)
        ledger = Ledger(Dictionary(items), {"甲0": Fact("甲0", Quantity.of(0))})
        tall = "(" * 38 + "甲80" + "+1)" * 38 + "+1" * 80
        assert worth(ledger, tall) == Quantity.of(198)


class TestInstead:
    def test_adopts_the_other_figure_and_changes_nothing(self, desk: Desk) -> None:
        ledger = desk.ledger("年初预算数,100,万元", "全年预算数,125,万元")
        assert said(ledger, "预算调整率") == "25%"
        other = Quantity.of(50, unit_named("万元"))
        beside = ledger.instead(disputed(Target("年初预算数"), other))
        assert said(beside, "预算调整率") == "150%"
        assert said(ledger, "预算调整率") == "25%"
        assert ledger.facts["年初预算数"].value == Quantity.of(100, unit_named("万元"))
        assert str(beside.origin("年初预算数")) == "自评报告 › 第7页"

    def test_adopts_the_other_cell_of_a_table(self, desk: Desk) -> None:
        ledger = desk.ledger(table=ROWS)
        target = Target("项目", "2", "决算数")
        beside = ledger.instead(disputed(target, Quantity.of(Fraction("9.5"), unit_named("万元"))))
        assert said(beside, "决算合计") == "11万元"
        assert said(ledger, "决算合计") == "3.75万元"
        assert beside.value(Target("项目", "1", "决算数")) == ledger.value(
            Target("项目", "1", "决算数")
        )

    @pytest.mark.parametrize(
        "target", [Target("满意度"), Target("项目", "9", "决算数"), Target("项目", "1", "金额")]
    )
    def test_refuses_a_conflict_about_nothing(self, desk: Desk, target: Target) -> None:
        with pytest.raises(UnknownItem):
            desk.ledger(table=ROWS).instead(disputed(target, Quantity.of(1)))

    def test_keeps_an_origin_that_nobody_named_apart(self) -> None:
        assert str(NO_ORIGIN) == ""
        assert Fact("甲", MISSING).origin is NO_ORIGIN

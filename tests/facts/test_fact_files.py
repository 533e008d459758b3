"""facts.csv, tables, sources and conflicts are read strictly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.errors import Problems, SteelyardError
from steelyard.facts.dictionary import Dictionary, Kind
from steelyard.facts.ledger import Conflict, Fact, Ledger, Table, Target
from steelyard.facts.load_facts import (
    load_conflicts,
    load_sources,
    load_table,
    read_target,
    read_value,
)
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PLAIN, unit_named
from steelyard.provenance.origin import NO_ORIGIN, Origin


class Desk(Protocol):
    problems: Problems

    def dictionary(self) -> Dictionary: ...
    def facts(self, *lines: str, header: str = ...) -> dict[str, Fact]: ...
    def table(self, *lines: str) -> Table | None: ...
    def ledger(self, *lines: str, table: tuple[str, ...] = ...) -> Ledger: ...
    def conflicts(self, ledger: Ledger, *lines: str) -> tuple[Conflict, ...]: ...
    def read_sources(self, *lines: str) -> None: ...
    def type(self, name: str, text: str) -> Path: ...
    @property
    def said(self) -> list[str]: ...
    @property
    def mends(self) -> list[str]: ...


class TestAFact:
    def test_keeps_its_value_unit_period_and_origin(self, desk: Desk) -> None:
        """
        数据项,数值,单位,期间,来源,位置,引文,说明
        年初预算数,"7,479.370",万元,2023,1,表14 总计,收入合计,调整前
        """
        desk.read_sources("1,部门决算报表,决算.pdf,")
        facts = desk.facts(
            '年初预算数,"7,479.370",万元,2023,1,表14 总计,收入合计,调整前',
            header="数据项,数值,单位,期间,来源,位置,引文,说明",
        )
        fact = facts["年初预算数"]
        assert str(fact.value) == "7479.370万元"
        assert (fact.period, fact.note) == ("2023", "调整前")
        assert fact.origin == Origin("部门决算报表", "表14 总计", "收入合计", "facts.csv 第2行")
        assert str(fact.origin) == "部门决算报表 › 表14 总计"
        assert desk.said == []

    def test_is_converted_exactly_from_another_unit(self, desk: Desk) -> None:
        facts = desk.facts("年初预算数,74793701,元", "满意度,965,‰", "新增就业.实际值,0.5,万人")
        assert facts["年初预算数"].value == Quantity.of(Fraction("7479.3701"), unit_named("万元"))
        assert facts["满意度"].value == Quantity.of(Fraction("96.5"), unit_named("%"))
        assert facts["新增就业.实际值"].value == Quantity.of(5000, unit_named("人"))
        assert desk.said == []

    @pytest.mark.parametrize(
        ("line", "value"),
        [
            ("年初预算数,0,", Quantity.of(0, unit_named("万元"))),
            ("年初预算数,—,", NOT_APPLICABLE),
            ("年初预算数,不适用,万元", NOT_APPLICABLE),
            ("负责人,/,", NOT_APPLICABLE),
            ("满意度,96.5%,", Quantity.of(Fraction("96.5"), unit_named("%"))),
            ("满意度,96.5％,%", Quantity.of(Fraction("96.5"), unit_named("%"))),
            ("满意度,96.5,", Quantity.of(Fraction("96.5"), unit_named("%"))),
            ("制度健全,是,", "是"),
            ("验收日期,2023年11月21日,", date(2023, 11, 21)),
            ("负责人,张三,", "张三"),
        ],
    )
    def test_is_read_by_its_kind(self, desk: Desk, line: str, value: object) -> None:
        facts = desk.facts(line)
        assert facts[line.partition(",")[0]].value == value
        assert desk.said == []

    def test_that_is_left_empty_is_absent(self, desk: Desk) -> None:
        assert desk.facts("年初预算数,,万元", "满意度, ,%") == {}
        assert desk.said == []

    @pytest.mark.parametrize(
        ("line", "said", "mend"),
        [
            (
                "年初预算数,5,人",
                "“单位”：“年初预算数”的单位是“人”，数据字典要求“万元”。",
                "请换算并改为“万元”。",
            ),
            (
                "工会经费,5,",
                "“数据项”：数据字典中没有“工会经费”。",
                "请在数据字典中登记，或改正名称。",
            ),
            ("年初预算,5,", "“数据项”：数据字典中没有“年初预算”。", "是否想写“年初预算数”？"),
            (
                "年初预算数,5万,",
                "“数值”：“5万”不是数。",
                "请只填数字，单位写在单位栏；没有数据留空，不适用填“—”。",
            ),
            (
                "年初预算数,约5,",
                "“数值”：“约5”不是数。",
                "请只填数字，单位写在单位栏；没有数据留空，不适用填“—”。",
            ),
            (
                "满意度,%,",
                "“数值”：“%”不是数。",
                "请只填数字，单位写在单位栏；没有数据留空，不适用填“—”。",
            ),
            (
                "年初预算数,5%,",
                "“数值”：“5%”不是数。",
                "请只填数字，单位写在单位栏；没有数据留空，不适用填“—”。",
            ),
            ("年初预算数,5,万圆", "“单位”：不认识的单位“万圆”。", "这一项的单位是“万元”。"),
            ("预算调整数,5,", "“数据项”：“预算调整数”由算式计算，不能填写。", "请删去这一行。"),
            ("制度健全,有,", "“数值”：“制度健全”不能是“有”。", "只能填：是、否。"),
            ("验收日期,去年,", "“数值”：“去年”不是日期。", "请写成 2023-11-21 或 2023年11月21日。"),
            (
                "负责人,张三,万元",
                "“单位”：“负责人”的单位是“万元”，数据字典要求“无”。",
                "请去掉单位。",
            ),
            (",5,", "“数据项”：数据字典中没有“”。", "请在数据字典中登记，或改正名称。"),
        ],
    )
    def test_with_a_mistake_is_said_with_line_field_and_mend(
        self, desk: Desk, line: str, said: str, mend: str
    ) -> None:
        desk.facts(line)
        assert desk.said == [f"facts.csv 第2行{said}"]
        assert desk.mends == [mend]

    def test_has_its_mistakes_said_with_those_of_all_others(self, desk: Desk) -> None:
        """
        年初预算数,多,人
        全年预算数,5,万元
        没有的,1,
        全年预算数,6,万元
        """
        desk.facts("年初预算数,多,人", "全年预算数,5,万元", "没有的,1,", "全年预算数,6,万元")
        assert desk.said == [
            "facts.csv 第2行“单位”：“年初预算数”的单位是“人”，数据字典要求“万元”。",
            "facts.csv 第2行“数值”：“多”不是数。",
            "facts.csv 第4行“数据项”：数据字典中没有“没有的”。",
            "facts.csv 第5行“数据项”：“全年预算数”重复，已见于facts.csv 第3行。",
        ]
        assert "conflicts.csv" in desk.mends[-1]

    def test_file_that_is_missing_is_said(self, desk: Desk, tmp_path: Path) -> None:
        assert load_sources(tmp_path / "sources.csv", desk.problems) == {}
        empty = Ledger(Dictionary())
        assert load_conflicts(tmp_path / "conflicts.csv", empty, {}, desk.problems) == ()
        assert desk.said == []

    @given(st.text(max_size=20), st.sampled_from(list(Kind)), st.sampled_from(["%", "万元", ""]))
    def test_cell_of_any_text_is_read_or_refused(self, text: str, kind: Kind, unit: str) -> None:
        try:
            read_value(text.strip(), kind, unit_named(unit), (), "甲")
        except SteelyardError as error:
            assert error.what  # noqa: PT017 - either outcome is fine


class TestASource:
    def test_is_known_by_its_number_alone(self, desk: Desk) -> None:
        desk.read_sources("1,决算报表,,", "1,自评报告,,", ",没有编号,,", "2,问卷,,")
        assert desk.said == [
            "sources.csv 第3行“编号”：编号“1”重复。",
            "sources.csv 第4行“编号”：没有编号。",
        ]

    def test_may_be_named_without_being_listed(self, desk: Desk) -> None:
        facts = desk.facts("负责人,张三,,年报", header="数据项,数值,单位,来源")
        assert str(facts["负责人"].origin) == "年报"
        assert str(NO_ORIGIN.within("第3行")) == "第3行"


class TestATable:
    def test_keeps_rows_by_key_with_their_origin(self, desk: Desk) -> None:
        """
        序号,决算数（元）,状态,来源位置
        1,15000,已完成,第7页
        2,—,未完成,
        3,,,
        """
        table = desk.table(
            "序号,决算数（元）,状态,来源位置", "1,15000,已完成,第7页", "2,—,未完成,", "3,,,"
        )
        assert desk.said == []
        assert table is not None
        assert [row.key for row in table.rows] == ["1", "2", "3"]
        first, second, third = table.rows
        assert first.cell("决算数") == Quantity.of(Fraction("1.5"), unit_named("万元"))
        assert second.cell("决算数") is NOT_APPLICABLE
        assert third.cell("状态") is MISSING
        assert third.cell("开工") is MISSING
        assert third.cell("没有的列") is None
        assert str(first.origin) == "决算报表 › 表14 › 第7页"
        assert str(second.origin) == "决算报表 › 表14 › 序号2"
        assert first.origin.record == "tables/项目.csv 第2行"

    @pytest.mark.parametrize("header", ["序号,决算数,状态", ""])
    def test_of_headers_alone_is_not_filled_in_yet(self, desk: Desk, header: str) -> None:
        assert desk.table(header) is None
        assert desk.said == []

    def test_with_a_dash_for_its_only_key_has_no_rows(self, desk: Desk) -> None:
        """
        序号,决算数,状态
        —,,
        """
        table = desk.table("序号,决算数,状态", "—,,")
        assert table is not None
        assert table.rows == ()
        assert desk.said == []

    @pytest.mark.parametrize(
        ("header", "said", "mend"),
        [
            ("序号,决算数", "：缺少列“状态”。", "请补上这一列。"),
            (
                "序号,决算数（人）,状态",
                "“决算数（人）”：“决算数”的单位是“人”，数据字典要求“万元”。",
                "请换算并改为“万元”。",
            ),
            ("序号,决算数（万圆）,状态", "“决算数（万圆）”：不认识的单位“万圆”。", None),
            ("序号,决算,状态", "“决算”：数据字典中没有“项目.决算”。", "是否想写“项目.决算数”？"),
            (
                "序号,决算数,状态,备注（可空）",
                "“备注（可空）”：数据字典中没有“项目.备注（可空）”。",
                "请在数据字典中登记，或改正名称。",
            ),
            (
                "序号,决算数,状态,决算数（元）",
                "“决算数（元）”：列“决算数”出现了两次。",
                "请只保留一列。",
            ),
        ],
    )
    def test_with_a_header_that_does_not_fit_is_said(
        self, desk: Desk, header: str, said: str, mend: str | None
    ) -> None:
        desk.table(header, ",".join(["1", "2", "已完成", "4"][: header.count(",") + 1]))
        assert desk.said[0] == f"tables/项目.csv 第1行{said}"
        assert mend is None or desk.mends[0] == mend

    def test_has_the_mistakes_of_all_its_rows_said(self, desk: Desk) -> None:
        """
        序号,决算数,状态,开工
        1,多,已完成,2023-2-30
        1,2,完了,
        ,3,未完成,
        """
        desk.table("序号,决算数,状态,开工", "1,多,已完成,2023-2-30", "1,2,完了,", ",3,未完成,")
        assert desk.said == [
            "tables/项目.csv 第2行“决算数”：“多”不是数。",
            "tables/项目.csv 第2行“开工”：“2023-2-30”不是日期。",
            "tables/项目.csv 第3行“状态”：“状态”不能是“完了”。",
            "tables/项目.csv 第3行“序号”：“项目[1]”重复，已见于tables/项目.csv 第2行。",
            "tables/项目.csv 第4行“序号”：“序号”是空的。",
        ]

    def test_that_cannot_be_read_is_none(self, desk: Desk, tmp_path: Path) -> None:
        spec = desk.dictionary().table("项目")
        assert load_table(tmp_path / "没有.csv", spec, NO_ORIGIN, desk.problems) is None
        assert "没有这个文件" in desk.said[0]


class TestAConflict:
    TABLE = ("序号,决算数,状态", "30,1.5,已完成")

    def test_is_about_an_item_or_a_cell(self, desk: Desk) -> None:
        """
        编号,数据项,另一值,单位,来源,位置,状态,采信理由
        甲,新增就业.实际值,95,人,自评报告,第7页,未决,以统计局为准
        乙,项目[30].决算数,20000,元,,,已定,以决算为准
        """
        ledger = desk.ledger("新增就业.实际值,100,人", table=self.TABLE)
        one, other = desk.conflicts(
            ledger,
            "甲,新增就业.实际值,95,人,自评报告,第7页,未决,以统计局为准",
            "乙,项目[30].决算数,20000,元,,,已定,以决算为准",
        )
        assert desk.said == []
        assert (one.open, other.open) == (True, False)
        assert str(one.origin) == "自评报告 › 第7页"
        assert other.target == Target("项目", "30", "决算数")
        assert other.other == Quantity.of(2, unit_named("万元"))
        assert str(other.target) == "项目[30].决算数"
        assert (one.target.read, other.target.read) == ("新增就业.实际值", "项目.决算数")

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("1,没有的,5,,,,未决,因为", "“数据项”：数据字典中没有“没有的”。"),
            ("1,满意度,5,,,,未决,因为", "“数据项”：数据中没有“满意度”，谈不上冲突。"),
            ("1,预算调整数,5,,,,未决,因为", "“数据项”：数据中没有“预算调整数”，谈不上冲突。"),
            (
                "1,项目[9].决算数,5,,,,未决,因为",
                "“数据项”：数据中没有“项目[9].决算数”，谈不上冲突。",
            ),
            ("1,项目[30].没有,5,,,,未决,因为", "“数据项”：数据字典中没有“项目.没有”。"),
            ("1,资金[30].决算数,5,,,,未决,因为", "“数据项”：数据字典中没有“资金”。"),
            ("1,项目[30],5,,,,未决,因为", "“数据项”：数据字典中没有“项目[30]”。"),
            ("1,年初预算数,,,,,未决,因为", "“另一值”：另一来源的数值是空的。"),
            ("1,年初预算数,多,,,,未决,因为", "“另一值”：“多”不是数。"),
            (
                "1,年初预算数,5,人,,,未决,因为",
                "“单位”：“年初预算数”的单位是“人”，数据字典要求“万元”。",
            ),
            ("1,项目[30].状态,完了,,,,未决,因为", "“另一值”：“状态”不能是“完了”。"),
            ("1,年初预算数,5,,,,待定,因为", "“状态”：状态“待定”不明。"),
            ("1,年初预算数,5,,,,未决,", "“采信理由”：没有写明为何采信现用数值。"),
        ],
    )
    def test_that_cannot_stand_is_said(self, desk: Desk, line: str, said: str) -> None:
        ledger = desk.ledger("年初预算数,3,万元", table=self.TABLE)
        desk.conflicts(ledger, line)
        assert desk.said == [f"conflicts.csv 第2行{said}"]

    def test_has_its_mistakes_said_together(self, desk: Desk) -> None:
        ledger = desk.ledger("年初预算数,3,万元")
        desk.conflicts(ledger, "1,年初预算数,多,人,,,,", "2,没有的,1,,,,未决,因为")
        assert len(desk.said) == 5

    def test_target_may_use_a_full_stop_of_chinese_width(self, desk: Desk) -> None:
        target = read_target("项目[30]．决算数", desk.dictionary())
        assert (target.item, target.row, target.column) == ("项目", "30", "决算数")
        assert target.is_cell
        assert PLAIN.name == ""

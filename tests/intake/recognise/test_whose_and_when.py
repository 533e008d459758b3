"""Figures of another time, another body or one project are never taken as the department's year."""

from __future__ import annotations

import pytest
from tests.intake.recognise.sheets import see, sheet, taken

from steelyard.facts.dictionary import Dictionary, Goal, items_of
from steelyard.intake.recognise.pen import Context
from steelyard.intake.recognise.recognise import recognise
from steelyard.measure.units import unit_named

ROWS = (("项目", "金额"), ("年初预算数", "8"))


class TestAnotherTime:
    @pytest.mark.parametrize(
        "title",
        [
            "2024年1-9月收支情况表",
            "2024年前三季度收支情况表",
            "2024年上半年收支情况表",
            "2024年6月收支情况表",
            "2024年收支预计表（草案）",
            "２０２３年度收支情况表",
            "二〇二三年度收支情况表",
            "23年收支情况表",
            "2023-2024年度收支情况表",
            "近三年收支情况表",
            "上年度收支情况表",
        ],
    )
    def test_in_a_title_is_not_taken(self, title: str) -> None:
        seen = see(ROWS, title=title, unit="万元")
        assert not seen.sightings
        assert seen.remarks

    def test_in_a_title_with_the_unit_beside_it_is_not_taken(self) -> None:
        rows = [("2023年收支情况表", "单位：万元"), *ROWS]
        assert not see(rows).sightings

    @pytest.mark.parametrize("year", ["2023", "2023年"])
    def test_in_a_column_of_years_is_passed_over(self, year: str) -> None:
        rows = [("年份", "项目", "金额"), (year, "年初预算数", "7"), ("2024", "全年预算数", "8")]
        assert taken(see(rows, unit="万元")) == {"全年预算数": "8万元"}

    @pytest.mark.parametrize("title", ["2024年收支情况表", "某县教育局2024年度收支情况表", ""])
    def test_is_not_seen_where_there_is_none(self, title: str) -> None:
        assert taken(see(ROWS, title=title, unit="万元")) == {"年初预算数": "8万元"}


class TestAnotherBody:
    @pytest.mark.parametrize(
        "line", ["某县卫健局", "单位名称：某县第一中学", "填报单位：某县教育局机关"]
    )
    def test_over_a_table_is_asked_about(self, line: str) -> None:
        seen = see([(line,), *ROWS], unit="万元")
        assert not seen.sightings
        assert "不同" in seen.questions[0].text

    def test_in_a_section_is_passed_over(self) -> None:
        rows = [*ROWS, ("某县卫健局",), ("全年预算数", "9")]
        assert taken(see(rows, unit="万元")) == {"年初预算数": "8万元"}

    def test_in_a_column_of_bodies_is_passed_over(self) -> None:
        rows = [
            ("部门", "项目", "金额"),
            ("卫健局", "年初预算数", "7"),
            ("教育局", "全年预算数", "8"),
        ]
        assert taken(see(rows, unit="万元")) == {"全年预算数": "8万元"}


class TestOneProject:
    def test_is_not_the_department(self) -> None:
        assert not see([("项目名称：校舍建设工程",), *ROWS], unit="万元").sightings


class TestUnitsThatContradict:
    def test_are_asked_about(self) -> None:
        rows = [("项目", "单位", "金额"), ("年初预算数（万元）", "元", "80000")]
        seen = see(rows)
        assert not seen.sightings
        assert seen.questions

    def test_never_come_from_an_answer_against_what_is_written(self) -> None:
        key = see(ROWS, title="收支表").questions[0].key
        seen = see(ROWS, title="收支表", unit="万元", answers={key: "元"})
        assert taken(seen) == {"年初预算数": "8万元"}


def test_goals_of_many_units_keep_their_own() -> None:
    goals = [Goal(name=name, sign="≥", unit=unit_named(unit)) for name, unit in UNITS_OF_GOALS]
    items = {item.name: item for goal in goals for item in items_of(goal)}
    context = Context(Dictionary(items, {}, {goal.name: goal for goal in goals}), 2024)
    rows = [
        ("三级指标", "年度指标值", "实际完成值"),
        *((name, "100", "100") for name, _ in UNITS_OF_GOALS),
    ]
    assert taken(recognise(sheet(rows), context)) == {
        "企业.目标值": "100户",
        "企业.实际值": "100户",
        "就业.目标值": "100人",
        "就业.实际值": "100人",
    }


UNITS_OF_GOALS = (("企业", "户"), ("产值", "亿元"), ("就业", "人"), ("绿化", "亩"))


def test_a_value_merged_over_several_labels_is_asked_about() -> None:
    rows = [("项目", "金额"), ("年初预算数", "8"), ("全年预算数", "")]
    seen = see(rows, unit="万元", merged={(1, 1): (2, 1)})
    assert not seen.sightings
    assert seen.questions


def test_an_answer_to_ignore_ends_every_question() -> None:
    rows = [("项目", "金额"), ("年初预算数", "8"), ("全年预算数", "9")]
    key = see(rows, unit="万元", hidden=[2]).questions[0].key
    assert not see(rows, unit="万元", hidden=[2], answers={key: "忽略"}).questions

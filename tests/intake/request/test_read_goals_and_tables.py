"""Goals and tables that were filled in: what is taken and what is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.intake.request.department import Copy, amount, dictionary, said, values, workbook

from steelyard.facts.dictionary import Dictionary
from steelyard.measure.nothing import NOT_APPLICABLE


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    return dictionary(tmp_path)


@pytest.fixture
def copy(known: Dictionary) -> Copy:
    return Copy(workbook(known))


class TestAGoal:
    def test_has_two_sides_in_one_unit(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.reach("产值", 目标值=12, 实际值=130000, 单位="万元").read(known)
        assert values(seen) == {
            "产值.目标值": amount("0.0012", "亿元"),
            "产值.实际值": amount("13", "亿元"),
        }

    def test_may_be_in_any_unit_that_was_chosen(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.reach("代表性效益", 目标值=0.5, 实际值=0.4, 单位="吨").read(known)
        assert values(seen)["代表性效益.实际值"] == amount("0.4", "吨")

    def test_keeps_how_it_was_achieved(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.reach("产值", 实际值=13, 说明="新增两户").read(known)
        assert seen.sightings[0].note == "完成情况：新增两户"

    @pytest.mark.parametrize("target", ["≥12", "不低于12亿元", ">=12"])
    def test_may_repeat_its_direction(self, known: Dictionary, copy: Copy, target: str) -> None:
        (found,) = copy.reach("产值", 目标值=target).read(known).sightings
        assert found.value == amount("12", "亿元")
        assert "方向一致" in found.note

    def test_may_not_have_another_direction(self, known: Dictionary, copy: Copy) -> None:
        assert "方向是“≥”" in said(copy.reach("产值", 目标值="≤12").read(known))

    def test_may_not_be_words(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.reach("产值", 目标值="稳步提高").read(known)
        assert said(seen).startswith("绩效目标!G5：“产值.目标值”：“稳步提高”不是数")


class TestATable:
    ROWS = (
        ("1", "甲项目", 12.5, date(2024, 3, 1), "是", "台账第1页"),
        ("2", "乙项目", 0, "—", "否", None),
    )

    def test_is_taken_cell_by_cell(self, known: Dictionary, copy: Copy) -> None:
        assert values(copy.list(*self.ROWS).read(known)) == {
            "项目[1].序号": "1",
            "项目[1].名称": "甲项目",
            "项目[1].决算数": amount("12.5", "万元"),
            "项目[1].日期": date(2024, 3, 1),
            "项目[1].完成": "是",
            "项目[2].序号": "2",
            "项目[2].名称": "乙项目",
            "项目[2].决算数": amount("0", "万元"),
            "项目[2].日期": NOT_APPLICABLE,
            "项目[2].完成": "否",
        }

    def test_says_where_each_cell_stands(self, known: Dictionary, copy: Copy) -> None:
        found = {str(s.target): s for s in copy.list(*self.ROWS).read(known).sightings}
        assert str(found["项目[2].决算数"].place) == "项目!D6"
        assert found["项目[1].决算数"].note == "来源：台账第1页"

    def test_may_be_in_the_unit_of_a_changed_heading(self, known: Dictionary, copy: Copy) -> None:
        copy.list(*self.ROWS).projects["D4"].value = "决算数（元）"
        assert values(copy.read(known))["项目[1].决算数"] == amount("0.00125", "万元")

    def test_may_not_be_in_the_unit_of_another_thing(self, known: Dictionary, copy: Copy) -> None:
        copy.list(*self.ROWS).projects["D4"].value = "决算数（人）"
        seen = copy.read(known)
        assert said(seen).startswith("项目!D4：“项目”的列“决算数”的单位是“人”，应为“万元”")
        assert "项目[1].决算数" not in values(seen)

    def test_needs_a_key_in_every_row(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.list(("1", "甲"), (None, "乙")).read(known)
        assert said(seen).startswith("项目!B6：“项目”第6行没有填“序号”")
        assert "项目[1].名称" in values(seen)

    def test_may_not_have_a_key_twice(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.list(("1", "甲"), ("1", "乙"), ("2", "丙")).read(known)
        assert [str(each.place) for each in seen.mistakes] == ["项目!B5", "项目!B6"]
        assert "重复" in seen.mistakes[0].what
        assert "项目[1].名称" not in values(seen)
        assert "项目[2].名称" in values(seen)

    def test_does_not_take_a_sum_for_a_row(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.list(("1", "甲", 5), (None, "合计", 5)).read(known)
        assert seen.mistakes == []
        assert "第6行是合计" in seen.remarks[0]

    def test_does_not_take_a_note_for_a_row(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.list(("1", "甲", 5), ("填表人：张三",)).read(known)
        assert "项目[填表人：张三].序号" not in values(seen)
        assert "填表人：张三" in seen.remarks[0]

    def test_says_that_there_is_nothing_to_list(self, known: Dictionary, copy: Copy) -> None:
        (found,) = copy.list(("—",)).read(known).sightings
        assert (found.target.item, found.target.row, found.target.column) == ("项目", "—", "序号")
        assert found.value is NOT_APPLICABLE

    def test_may_not_be_empty_and_full(self, known: Dictionary, copy: Copy) -> None:
        assert "没有内容可列" in said(copy.list(("1", "甲"), ("—",)).read(known))

    def test_that_the_dictionary_does_not_know_any_more_is_told(
        self, copy: Copy, tmp_path: Path
    ) -> None:
        text = (tmp_path / "items.toml").read_text(encoding="utf-8")
        changed = dictionary(tmp_path, text.replace('name = "项目"', 'name = "支出项目"'))
        assert "表“项目”不在" in said(copy.list(("1", "甲")).read(changed))

    def test_column_that_the_dictionary_does_not_know_any_more_is_told(
        self, copy: Copy, tmp_path: Path
    ) -> None:
        text = (tmp_path / "items.toml").read_text(encoding="utf-8")
        changed = dictionary(tmp_path, text.replace('name = "完成"', 'name = "状态"'))
        assert "列“完成”不在" in said(copy.list(*self.ROWS).read(changed))

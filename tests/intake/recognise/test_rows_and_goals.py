"""Tables of rows, and goals with target and actual."""

from __future__ import annotations

import pytest
from tests.intake.recognise.sheets import asked, see, taken

HEAD = ("序号", "学校名称", "拨款数（万元）", "支出数（万元）", "是否公办")
ROWS = (HEAD, ("1", "一中", "100", "90", "是"), ("2", "二中", "50", "50", "√"))


class TestATableOfRows:
    def test_gives_each_cell_under_its_key(self) -> None:
        found = taken(see(ROWS))
        assert found["学校[1].支出数"] == "90万元"
        assert found["学校[2].是否公办"] == "是"

    @pytest.mark.parametrize("word", ["合计", "合  计", "小计", "总计"])
    def test_leaves_out_what_adds_up_others(self, word: str) -> None:
        rows = (*ROWS, ("", word, "150", "140", ""))
        assert taken(see(rows)) == taken(see(ROWS))

    def test_leaves_out_repeated_headings_and_notes(self) -> None:
        rows = (HEAD, ROWS[1], HEAD, ("注：二中为新建",), ROWS[2])
        assert taken(see(rows)) == taken(see(ROWS))

    def test_reads_headings_over_two_rows(self) -> None:
        rows = (
            ("序号", "学校名称", "金额（万元）", "", "是否公办"),
            ("", "", "拨款数", "支出数", ""),
            *ROWS[1:],
        )
        merged = {(0, 2): (1, 2), (0, 0): (2, 1), (0, 1): (2, 1), (0, 4): (2, 1)}
        assert taken(see(rows, merged=merged)) == taken(see(ROWS))

    def test_asks_which_of_two_columns_is_meant(self) -> None:
        rows = (
            ("序号", "学校名称", "拨款数", "支出数", "支出数", "是否公办"),
            ("1", "一中", "1", "2", "3", "是"),
        )
        seen = see(rows, unit="万元")
        assert "学校[1].支出数" not in taken(seen)
        assert "学校[].支出数" in asked(seen)

    def test_asks_about_a_row_that_had_another_name(self) -> None:
        seen = see(ROWS, known={"学校": {"1": "实验小学"}})
        assert "学校[1].支出数" not in taken(seen)
        assert "是同一行吗" in seen.questions[0].text

    def test_asks_once_about_keys_that_begin_again(self) -> None:
        seen = see((*ROWS, ("1", "三中", "10", "9", "否")))
        assert {key for key in taken(seen) if key.startswith("学校[1]")} == set()
        assert taken(seen)["学校[2].支出数"] == "50万元"
        assert "不止一行" in seen.questions[0].text

    def test_takes_a_row_that_came_again_once(self) -> None:
        assert taken(see((*ROWS, ROWS[1]))) == taken(see(ROWS))

    def test_asks_about_a_row_without_a_key(self) -> None:
        seen = see((*ROWS, ("", "三中", "10", "9", "否")))
        assert taken(seen) == taken(see(ROWS))
        assert "哪一行" in seen.questions[0].text

    def test_tells_the_cell_of_a_mistake(self) -> None:
        seen = see((*ROWS, ("3", "三中", "十万", "9", "否")))
        assert str(seen.mistakes[0].place) == "表!C4"

    def test_asks_which_table_it_is_when_columns_are_missing(self) -> None:
        seen = see((("序号", "学校名称", "拨款数"), ("1", "一中", "10")), unit="万元")
        assert not seen.sightings
        assert "是不是“学校”" in seen.questions[0].text


GOAL_HEAD = ("一级指标", "三级指标", "年度指标值", "实际完成值", "分值")


class TestAGoal:
    def test_gives_target_and_actual(self) -> None:
        seen = see((GOAL_HEAD, ("产出", "新建校舍", "≥5000平方米", "5200平方米", "10")))
        assert taken(seen) == {
            "新建校舍.目标值": "5000平方米", "新建校舍.实际值": "5200平方米",
        }  # fmt: skip

    def test_takes_the_unit_from_its_column(self) -> None:
        head = ("三级指标", "年度指标值", "度量单位", "实际完成值")
        seen = see((head, ("新建校舍", "≥0.5", "万平方米", "0.52")))
        assert taken(seen)["新建校舍.实际值"] == "5200平方米"

    def test_finds_a_target_copied_as_result(self) -> None:
        seen = see((GOAL_HEAD, ("产出", "新建校舍", "≥5000平方米", "≥5000平方米", "10")))
        assert "是一个范围" in seen.mistakes[0].what

    def test_asks_when_the_sign_points_the_other_way(self) -> None:
        seen = see((GOAL_HEAD, ("产出", "新建校舍", "≤5000平方米", "5200平方米", "10")))
        assert asked(seen) == ["新建校舍.目标值"]

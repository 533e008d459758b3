"""Data items in lists, forms and matrices: taken when beyond doubt, else asked about."""

from __future__ import annotations

import pytest
from tests.intake.recognise.sheets import asked, see, taken

from steelyard.facts.ledger import Target

HEAD = ("序号", "项目", "金额")


class TestAList:
    def test_gives_the_figure_beside_a_name(self) -> None:
        seen = see([HEAD, ("1", "年初预算数", "100.50"), ("2", "全年预算数", "120")], unit="万元")
        assert taken(seen) == {"年初预算数": "100.50万元", "全年预算数": "120万元"}

    @pytest.mark.parametrize("head", [("项目", "拨款数", "支出数"), ("序号", "项目", "支出数")])
    def test_is_none_of_the_tables_that_share_a_heading(self, head: tuple[str, ...]) -> None:
        rows = (
            [head, ("年初预算数", "8", "")]
            if head[0] == "项目"
            else [head, ("1", "年初预算数", "8")]
        )
        assert [each.about for each in see(rows, unit="万元").questions] in (
            [],
            [(Target("年初预算数"),)],
        )

    @pytest.mark.parametrize("words", ["七千", "见附件", "85-90"])
    def test_tells_of_words_where_a_figure_should_stand(self, words: str) -> None:
        seen = see([HEAD, ("1", "年初预算数", words), ("2", "全年预算数", "9")], unit="万元")
        assert taken(seen) == {"全年预算数": "9万元"}
        assert "不是数" in seen.mistakes[0].what

    def test_tells_where_the_figure_stands(self) -> None:
        seen = see([HEAD, ("1", "年初预算数", "100.50")], unit="万元")
        assert str(seen.sightings[0].place) == "表!C2"

    @pytest.mark.parametrize(
        "label",
        ["年初预算数", "（一）年初预算数：", "1. 年初预算数", "“年初预算数”", "年 初 预 算 数",
         "年初预算数（万元）", "2024年年初预算数", "年初预算批复数", "其中：年初预算数"],
    )  # fmt: skip
    def test_knows_a_name_in_any_dress(self, label: str) -> None:
        assert taken(see([HEAD, ("1", label, "8")], unit="万元")) == {"年初预算数": "8万元"}

    def test_asks_about_a_name_that_is_only_like_one(self) -> None:
        seen = see([HEAD, ("1", "全年预算金额", "8")], unit="万元")
        assert not seen.sightings
        assert seen.questions[0].candidates[0] == "全年预算数"

    def test_remembers_the_answer(self) -> None:
        rows = [HEAD, ("1", "全年预算金额", "8")]
        key = see(rows, unit="万元").questions[0].key
        assert taken(see(rows, unit="万元", answers={key: "全年预算数"})) == {"全年预算数": "8万元"}

    def test_leaves_alone_what_was_answered_to_be_ignored(self) -> None:
        rows = [HEAD, ("1", "全年预算金额", "8")]
        key = see(rows, unit="万元").questions[0].key
        seen = see(rows, unit="万元", answers={key: "忽略"})
        assert not seen.sightings
        assert not seen.questions

    def test_passes_over_last_year(self) -> None:
        rows = [("项目", "上年数", "本年数"), ("年初预算数", "7", "8")]
        assert taken(see(rows, unit="万元")) == {"年初预算数": "8万元"}

    def test_passes_over_the_table_of_another_year(self) -> None:
        seen = see([HEAD, ("1", "年初预算数", "8")], unit="万元", title="2023年收支情况")
        assert not seen.sightings
        assert "不是2024年" in seen.remarks[0]

    def test_asks_before_it_takes_another_departments_figures(self) -> None:
        rows = [("填报单位：某县卫生局",), HEAD, ("1", "年初预算数", "8")]
        seen = see(rows, unit="万元")
        assert not seen.sightings
        assert "某县卫生局" in seen.questions[0].text

    def test_asks_when_two_columns_may_be_meant(self) -> None:
        rows = [("项目", "财政拨款", "其他资金"), ("年初预算数", "7", "8")]
        seen = see(rows, unit="万元")
        assert not seen.sightings
        assert asked(seen) == ["年初预算数"] * len(asked(seen)) != []

    def test_asks_about_figures_in_hidden_rows(self) -> None:
        seen = see(
            [HEAD, ("1", "年初预算数", "8"), ("2", "全年预算数", "9")], unit="万元", hidden=[2]
        )
        assert taken(seen) == {"年初预算数": "8万元"}
        assert asked(seen) == ["全年预算数"]

    def test_asks_when_one_file_says_two_things(self) -> None:
        seen = see([HEAD, ("1", "年初预算数", "8"), ("2", "年初预算数", "9")], unit="万元")
        assert not seen.sightings
        assert seen.questions[0].candidates == ("表!C2：8万元", "表!C3：9万元")

    def test_takes_the_finer_of_a_figure_and_its_rounding(self) -> None:
        rows = [
            ("项目", "金额", "单位"),
            ("年初预算数", "8.12", "万元"),
            ("年初预算数", "81234", "元"),
        ]
        assert taken(see(rows)) == {"年初预算数": "8.1234万元"}

    def test_says_that_a_guessed_grid_was_not_used(self) -> None:
        seen = see([HEAD, ("1", "年初预算数", "8")], unit="万元", certain=False)
        assert not seen.sightings
        assert "不能确定" in seen.remarks[0]


class TestAUnit:
    def test_is_converted_exactly(self) -> None:
        seen = see([HEAD, ("1", "年初预算数（元）", "1234567.89")])
        assert taken(seen) == {"年初预算数": "123.456789万元"}
        assert seen.sightings[0].note == "原为1234567.89元"

    def test_in_the_row_wins_over_that_of_the_table(self) -> None:
        rows = [("项目", "单位", "数值"), ("年初预算数", "元", "80000"), ("在职人员数", "人", "65")]
        assert taken(see(rows, unit="万元")) == {"年初预算数": "8万元", "在职人员数": "65人"}

    def test_in_the_cell_wins_over_all(self) -> None:
        seen = see([HEAD, ("1", "年初预算数", "1,234.5万元")], unit="元")
        assert taken(seen) == {"年初预算数": "1234.5万元"}

    @pytest.mark.parametrize("name", ["年初预算数", "供煤量"])
    def test_that_is_said_nowhere_is_asked_for(self, name: str) -> None:
        seen = see([HEAD, ("1", name, "8")])
        assert not seen.sightings
        assert seen.questions[0].doubt == "unit"

    def test_answered_once_is_used(self) -> None:
        rows = [HEAD, ("1", "年初预算数", "80000")]
        key = see(rows).questions[0].key
        assert taken(see(rows, answers={key: "元"})) == {"年初预算数": "8万元"}

    def test_of_heads_goes_without_saying(self) -> None:
        assert taken(see([HEAD, ("1", "在职人员数", "65")])) == {"在职人员数": "65人"}

    def test_of_another_kind_is_a_mistake(self) -> None:
        seen = see([HEAD, ("1", "年初预算数", "8人")])
        assert not seen.sightings
        assert "应为“万元”" in seen.mistakes[0].what


class TestAForm:
    def test_gives_pairs_beside_each_other(self) -> None:
        rows = [
            ("年初预算数（万元）", "8", "在职人员数", "65"),
            ("开学日期", "2024.9.1", "牵头科室", "计财科"),
        ]
        assert taken(see(rows)) == {
            "年初预算数": "8万元",
            "在职人员数": "65人",
            "开学日期": "2024-09-01",
            "牵头科室": "计财科",
        }

    def test_leaves_a_blank_missing(self) -> None:
        rows = [("年初预算数（万元）", "", "在职人员数", "65"), ("全年预算数（万元）", "9", "", "")]
        assert taken(see(rows)) == {"在职人员数": "65人", "全年预算数": "9万元"}


class TestAMatrix:
    ROWS = (("项目", "年初预算数", "决算数"), ("基本支出", "5", "6"), ("项目支出", "7", "8"))

    def test_joins_row_and_column_to_a_name(self) -> None:
        assert taken(see(self.ROWS, unit="万元")) == {
            "基本支出决算数": "6万元", "项目支出决算数": "8万元",
        }  # fmt: skip

    def test_takes_no_single_row_for_the_whole(self) -> None:
        assert "年初预算数" not in taken(see(self.ROWS, unit="万元"))


class TestATableOnItsSide:
    def test_gives_one_row_of_figures(self) -> None:
        rows = [("年初预算数（万元）", "在职人员数"), ("8", "65")]
        assert taken(see(rows)) == {"年初预算数": "8万元", "在职人员数": "65人"}

    def test_chooses_the_row_of_the_year(self) -> None:
        rows = [("年度", "年初预算数", "全年预算数"), ("2023年", "7", "8"), ("2024年", "9", "10")]
        assert taken(see(rows, unit="万元")) == {"年初预算数": "9万元", "全年预算数": "10万元"}

"""Headings over passages, units over columns, rows with their labels."""

from tests.doctor.made_documents import document, table

from steelyard.doctor.view.figure import Kind
from steelyard.doctor.view.view import view_of


class TestSections:
    def test_stand_over_what_follows_without_their_numbers(self) -> None:
        view = view_of([document("一、基本情况", "（一）部门概况", "设有三个科室，职责明确。")])
        assert view.prose[0].section == ("基本情况", "部门概况")

    def test_end_where_one_of_their_level_begins(self) -> None:
        view = view_of(
            [document("一、情况", "（一）甲", "正文一句话在这里。", "二、结论", "又一句话在这里。")]
        )
        assert view.prose[-1].section == ("结论",)

    def test_may_be_short_lines_without_a_number(self) -> None:
        text = "根据核查，全年计划与实际完成情况均已列示，详细数据见附表。"
        view = view_of([document("三、分析", "电力保供", text)])
        assert view.prose[0].section == ("分析", "电力保供")

    def test_are_not_opened_by_forms_that_are_filled_in(self) -> None:
        view = view_of([document("1．培训项目", "（5）未完成原因：无", "培训于当年完成全部课程。")])
        assert view.prose[-1].section == ("培训项目",)


class TestTables:
    made = table(
        [
            ["序号", "项目名称", "预算数（万元）", "执行率"],
            ["1", "甲项目", "12.50", "80%"],
            ["2", "乙项目", "7.50", "90%"],
            ["3", "丙项目", "—", "—"],
            ["", "合计", "20.00", ""],
        ],
        title="表 2 项目情况表",
    )

    def test_give_their_numbers_the_unit_of_the_column(self) -> None:
        grid = view_of([document(self.made)]).grids[0]
        value = grid.value(1, 2)
        assert value is not None
        assert value.figure.dimension == (("元", 1),)
        assert value.figure.factor == 10_000

    def test_number_their_rows_without_claiming_anything(self) -> None:
        grid = view_of([document(self.made)]).grids[0]
        assert grid.serial_columns == {0}
        passage = grid.at(1, 0)
        assert passage is not None
        assert passage.figures[0].kind is Kind.LIST

    def test_tell_totals_from_rows(self) -> None:
        grid = view_of([document(self.made)]).grids[0]
        assert [grid.label(row) for row in grid.rows()] == ["甲项目", "乙项目", "丙项目"]
        assert grid.is_total(4)

    def test_take_the_unit_line_above_for_all_columns_of_amounts(self) -> None:
        made = table(
            [["名称", "金额", "占比"], ["甲", "3", "60%"], ["乙", "2", "40%"]],
            title="表 1 收支表",
            unit="亿元",
        )
        grid = view_of([document(made)]).grids[0]
        assert [grid.header_unit(column) for column in (1, 2)] == ["亿元", ""]

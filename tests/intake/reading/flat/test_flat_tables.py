"""Tables without rules come back as grids; only their own figures make them certain."""

from __future__ import annotations

import pytest

from steelyard.intake.reading.document import Table
from steelyard.intake.reading.flat.read_text import read_text
from steelyard.intake.reading.flat.sharing import shared


def only_table(text: str) -> Table:
    (table,) = read_text("甲.txt", text.encode()).tables
    return table


def grid(table: Table) -> list[list[str]]:
    return [
        [table.text_at(row, column) for column in range(table.width)] for row in range(table.height)
    ]


ROADS = """\
表 2 农村公路养护支出表
单位：元
乡镇名称 年初预算数 全年执行数 执行率 备注
青石镇 350000.00 342100.00 97.74% 已验收
双河乡 280000.00 280000.00 100.00% —
小计 630000.00 622100.00 98.75% —
以上支出均有合同。
"""

WRAPPED_NAMES = """\
表 7 培训经费明细表
单位：万元
序号 项目名称 金额 是否完成
1
基层农技人员
知识更新培训
12.50 是
2
高素质农民培
育
30.00 否
3 种业座谈会 2.50 是
合计 45.00 —
"""

LEVELS = """\
表 3 效益得分情况表
一级指标 二级指标 分值 得分 得分率
效益
社会效益 8 6.5 81.25%
生态效益 6 6 100.00%
满意度 服务对象满意度 6 5 83.33%
合计 20 17.5 87.50%
"""

ANSWERS = """\
第 3 题：您对村道养护是否满意？[单选题]
选项 小计 比例
满意 18 60%
一般 9 30%
不满意 3 10%
本题有效填写人次 30
"""

GROUPED = """\
表 5 项目资金情况表
项目名称 年初预算数 预算调整情况 决算数
调增 调减
桥梁加固 100.00 20.00 0.00 118.00
护栏更新 60.00 0.00 10.00 50.00
合计 160.00 20.00 10.00 168.00
"""


class TestAFlattenedTable:
    def test_has_its_title_unit_and_header(self) -> None:
        table = only_table(ROADS)
        assert (table.title, table.unit, table.header_rows) == ("表 2 农村公路养护支出表", "元", 1)

    def test_ends_before_the_text_that_follows(self) -> None:
        assert grid(only_table(ROADS)) == [
            ["乡镇名称", "年初预算数", "全年执行数", "执行率", "备注"],
            ["青石镇", "350000.00", "342100.00", "97.74%", "已验收"],
            ["双河乡", "280000.00", "280000.00", "100.00%", "—"],
            ["小计", "630000.00", "622100.00", "98.75%", "—"],
        ]

    def test_has_wrapped_names_in_one_cell(self) -> None:
        table = only_table(WRAPPED_NAMES)
        assert [table.text_at(row, 1) for row in (1, 2, 3)] == [
            "基层农技人员知识更新培训",
            "高素质农民培育",
            "种业座谈会",
        ]
        assert [table.text_at(row, 2) for row in (1, 2, 3, 4)] == [
            "12.50",
            "30.00",
            "2.50",
            "45.00",
        ]

    def test_has_one_label_over_several_rows(self) -> None:
        table = only_table(LEVELS)
        assert [table.text_at(row, 0) for row in (1, 2, 3)] == ["效益", "效益", "满意度"]
        assert [table.text_at(row, 3) for row in (1, 2, 3, 4)] == ["6.5", "6", "5", "17.5"]

    def test_needs_no_title_below_a_question(self) -> None:
        table = only_table(ANSWERS)
        assert grid(table)[-2:] == [["不满意", "3", "10%"], ["本题有效填写人次", "30", ""]]

    def test_has_groups_above_its_columns(self) -> None:
        table = only_table(GROUPED)
        assert table.header_rows == 2
        assert grid(table)[:2] == [
            ["项目名称", "年初预算数", "预算调整情况", "预算调整情况", "决算数"],
            ["项目名称", "年初预算数", "调增", "调减", "决算数"],
        ]
        assert grid(table)[-1] == ["合计", "160.00", "20.00", "10.00", "168.00"]

    def test_leads_every_cell_to_its_line(self) -> None:
        table = only_table(WRAPPED_NAMES)
        assert [spot.line for spot in table.grid[2, 1].words.spots] == [9, 10]


class TestCertainty:
    @pytest.mark.parametrize(
        "text",
        [ROADS, WRAPPED_NAMES, LEVELS, ANSWERS, GROUPED],
        ids=["roads", "wrapped names", "levels", "answers", "groups"],
    )
    def test_comes_from_totals_that_close(self, text: str) -> None:
        assert only_table(text).certain

    @pytest.mark.parametrize(
        ("text", "right", "wrong"),
        [
            (ROADS, "小计 630000.00 622100.00", "小计 635000.00 620100.00"),
            (WRAPPED_NAMES, "合计 45.00", "合计 46.00"),
            (ANSWERS, "填写人次 30", "填写人次 31"),
        ],
    )
    def test_is_lost_with_a_total_that_does_not(self, text: str, right: str, wrong: str) -> None:
        assert right in text
        assert not only_table(text.replace(right, wrong)).certain


def placed(*rows: tuple[str, ...]) -> str:
    """Set cells at the places of their columns, as an extractor that keeps them does."""
    head = ("项目名称", "分值", "得分", "扣分说明")
    lines = ["".join(cell.ljust(12) for cell in row) for row in (head, *rows)]
    return "\n".join(["表 4 乡镇自评得分表", *lines, "以上得分由评价组核定，各乡镇均已确认。"])


FIRST = ("青石镇", "10", "9.5", "台账不全")
TOTAL = ("合计", "20", "19.5")


class TestATableThatKeepsItsPlaces:
    def test_is_read_by_the_blank_strips(self) -> None:
        table = only_table(placed(FIRST, ("双河乡", "10", "10", "—"), TOTAL))
        assert tuple(grid(table)[1]) == FIRST
        assert tuple(grid(table)[3]) == (*TOTAL, "")

    def test_is_certain_when_its_total_closes(self) -> None:
        assert only_table(placed(FIRST, ("双河乡", "10", "10", "—"), TOTAL)).certain

    def test_is_never_certain_with_two_cells_in_one(self) -> None:
        glued = only_table(placed(FIRST, ("双河乡", "10", "10—", ""), TOTAL))
        assert glued.text_at(2, 2) == "10—"
        assert not glued.certain

    def test_has_the_lines_of_a_cell_around_the_figures_of_its_row(self) -> None:
        rows = (
            ("青石镇（含", "", "", ""),
            ("", "10", "9.5", "台账不全"),
            ("两个社区）", "", "", ""),
            ("双河乡", "10", "10", "—"),
        )
        table = only_table(placed(*rows, TOTAL))
        assert [table.text_at(row, 0) for row in (1, 2, 3)] == [
            "青石镇（含两个社区）",
            "双河乡",
            "合计",
        ]

    def test_is_shared_in_bounded_work(self) -> None:
        """Three hundred labels that might each span any of three hundred rows."""
        lines = list(range(300))
        shares = shared([f"甲{line}" for line in lines], lines, lines, label=True)
        assert [(share.row, share.end_row) for share in shares] == [(n, n + 1) for n in lines]

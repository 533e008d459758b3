"""What a workbook is read into, written by the two usual writers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from steelyard.intake.reading.document import Document, Paragraph, Table
from steelyard.intake.reading.sheets.read_workbook import read_delimited, read_workbook

OLD = Path(__file__).parent / "data" / "expenditure.xls"
Fill = Callable[[xlsxwriter.Workbook], object]


def made(fill: Fill) -> Document:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    fill(book)
    book.close()
    return read_workbook("决算.xlsx", buffer.getvalue())


def sheet_of(*rows: list[object], **formats: str) -> Document:
    """One sheet; a keyword names a cell and its number format."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("支出")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                code = formats.get(f"{chr(65 + column)}{row + 1}")
                form = book.add_format({"num_format": code}) if code else None
                if value is not None:
                    sheet.write(row, column, value, form)

    return made(fill)


def saved(book: openpyxl.Workbook) -> Document:
    buffer = io.BytesIO()
    book.save(buffer)
    return read_workbook("决算.xlsx", buffer.getvalue())


def texts(document: Document) -> list[list[list[str]]]:
    return [
        [
            [table.text_at(row, column) for column in range(table.width)]
            for row in range(table.height)
        ]
        for table in document.tables
    ]


def lines(document: Document) -> list[str]:
    return [block.words.text for block in document.blocks if isinstance(block, Paragraph)]


def older() -> Document:
    return read_workbook("支出.xls", OLD.read_bytes())


def only_table(document: Document) -> Table:
    (table,) = document.tables
    return table


class TestACell:
    def test_knows_its_sheet_and_its_place(self) -> None:
        table = only_table(sheet_of([], [None, "项目", "金额"], [None, "甲", 5]))
        spot = table.grid[1, 1].words.spot_at(0)
        assert (spot.sheet, spot.cell) == ("支出", "C3")

    def test_without_a_format_keeps_every_digit(self) -> None:
        numbers = [0.0900000762939453, 1234567890123, 300.0, 1e-7, -2.5, 1e21]
        (table,) = texts(sheet_of(["数", *["列"] * 6], ["值", *numbers]))
        assert table[1][1:] == [
            "0.0900000762939453", "1234567890123", "300", "0.0000001", "-2.5",
            "1000000000000000000000",
        ]  # fmt: skip

    def test_shows_a_per_cent_as_it_is_seen(self) -> None:
        document = sheet_of(["项", "率"], ["甲", 0.9], ["乙", 0.905], B2="0.00%", B3="0%")
        assert [row[1] for row in texts(document)[0]] == ["率", "90.00%", "91%"]

    def test_shows_decimals_and_groups_as_they_are_seen(self) -> None:
        document = sheet_of(
            ["项", "额"], ["甲", 1234567.891], ["乙", 2.675], B2="#,##0.00", B3="0.00"
        )
        assert [row[1] for row in texts(document)[0]] == ["额", "1,234,567.89", "2.68"]

    def test_of_another_format_keeps_its_stored_number(self) -> None:
        document = sheet_of(["项", "额"], ["甲", 12345], ["乙", 0.5], B2="0.00E+00", B3="# ?/?")
        assert [row[1] for row in texts(document)[0]] == ["额", "12345", "0.5"]

    def test_shows_a_date(self) -> None:
        day, moment = date(2023, 11, 21), datetime(2023, 11, 21, 14, 30)  # noqa: DTZ001 - no zones in a sheet
        document = sheet_of(
            ["项", "日期", "到", "时"],
            ["甲", day, day, moment],
            B2="yyyy-mm-dd",
            C2='yyyy"年"m"月"d"日"',
            D2="m/d/yy h:mm",
        )
        assert texts(document)[0][1] == [
            "甲",
            "2023-11-21",
            "2023年11月21日",
            "2023-11-21 14:30:00",
        ]

    def test_shows_truth_errors_and_words(self) -> None:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in (["项", "一", "二", "三"], ["甲", True, "#REF!", " 第一行\n第二行 "]):
            book.active.append(row)
        assert texts(saved(book))[0][1] == ["甲", "TRUE", "#REF!", "第一行\n第二行"]

    def test_with_words_in_several_scripts_is_read_whole(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            sheet.write_rich_string("A1", "其中：", bold, "人员", "经费")
            sheet.write("B1", "列")
            sheet.write_row("A2", ["甲", 1])

        assert texts(made(fill))[0][0][0] == "其中：人员经费"

    def test_in_days_since_1904_shows_the_same_date(self) -> None:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"date_1904": True})
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["项", "日期"])
        sheet.write("A2", "甲")
        sheet.write("B2", date(2023, 11, 21), book.add_format({"num_format": "yyyy-mm-dd"}))
        book.close()
        assert texts(read_workbook("a.xlsx", buffer.getvalue()))[0][1][1] == "2023-11-21"


class TestAFormula:
    def test_is_kept_beside_its_result(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet()
            sheet.write_row("A1", ["项", "额"])
            sheet.write_row("A2", ["甲", 5])
            sheet.write("A3", "合计")
            sheet.write_formula("B3", "=SUM(B2:B2)", book.add_format({"num_format": "0.00"}), 5)

        cell = only_table(made(fill)).grid[2, 1]
        assert (cell.words.text, cell.formula) == ("5.00", "SUM(B2:B2)")

    def test_without_a_stored_result_is_empty_and_named(self) -> None:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in (["项", "额"], ["甲", 5], ["合计", "=SUM(B2:B2)"]):
            book.active.append(row)
        document = saved(book)
        cell = only_table(document).grid[2, 1]
        assert (cell.words.text, cell.formula) == ("", "SUM(B2:B2)")
        assert "1个公式没有存下结果（B3）" in document.remarks[0]


class TestASheet:
    def test_with_several_tables_is_cut_at_blank_rows_and_columns(self) -> None:
        document = sheet_of(
            ["项目", "额", None, "科目", "数"],
            ["甲", 1, None, "子", 7],
            ["乙", 2, None, "丑", 8],
            [],
            ["单位", "人数"],
            ["丙", 3],
        )
        assert texts(document) == [
            [["项目", "额"], ["甲", "1"], ["乙", "2"]],
            [["科目", "数"], ["子", "7"], ["丑", "8"]],
            [["单位", "人数"], ["丙", "3"]],
        ]

    def test_keeps_labels_and_figures_together_over_a_blank_column(self) -> None:
        document = sheet_of(["项目", None, "额", "率"], ["甲", None, 1, 2])
        assert texts(document) == [[["项目", "", "额", "率"], ["甲", "", "1", "2"]]]

    def test_keeps_a_total_with_its_table_over_one_blank_row(self) -> None:
        document = sheet_of(["项目", "额"], ["甲", 1], [], ["合计", 1])
        assert texts(document) == [[["项目", "额"], ["甲", "1"], ["", ""], ["合计", "1"]]]

    def test_takes_single_cells_above_a_table_for_lines(self) -> None:
        document = sheet_of(
            ["部门支出情况表"], [None, "单位：万元"], ["项目", "额"], ["甲", 1], ["注：含结转。"]
        )
        assert lines(document) == ["部门支出情况表", "单位：万元", "注：含结转。"]
        table = only_table(document)
        assert (table.title, table.unit, table.header_rows) == ("部门支出情况表", "万元", 1)
        assert [
            block.words.spots[0].cell
            for block in document.blocks[:2]
            if isinstance(block, Paragraph)
        ] == ["A1", "B2"]

    def test_takes_a_row_of_labels_for_one_line_with_both_places(self) -> None:
        document = sheet_of(["部门：某局", None, "单位：元"], ["项", "额", "率"], ["甲", 1, 2])
        (line,) = [block for block in document.blocks if isinstance(block, Paragraph)]
        assert line.words.text == "部门：某局　单位：元"
        assert [spot.cell for spot in line.words.spots] == ["A1", "C1"]

    def test_gives_its_name_to_a_table_without_a_title(self) -> None:
        assert only_table(sheet_of(["项目", "额"], ["甲", 1])).title == "支出"

    def test_of_words_alone_is_lines(self) -> None:
        document = sheet_of(["填报说明"], ["请如实填报。"])
        assert (lines(document), list(document.tables)) == (["填报说明", "请如实填报。"], [])

    def test_reads_merged_cells_once(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet("得分")
            sheet.write_row("A1", ["一级", "二级", "分值"])
            sheet.merge_range("A2:A3", "产出")
            sheet.write_row("B2", ["数量", 20])
            sheet.write_row("B3", ["质量", 10])

        table = only_table(made(fill))
        cell = table.grid[2, 0]
        assert (cell.words.text, cell.row, cell.rows) == ("产出", 1, 2)
        assert [each.words.text for each in table.cells].count("产出") == 1

    def test_says_what_is_hidden(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet("支出")
            for row in range(6):
                sheet.write_row(row, 0, [f"项{row}", row, row + 10])
            for row in (1, 3, 4):
                sheet.set_row(row, None, None, {"hidden": True})
            sheet.set_column("C:C", None, None, {"hidden": True})
            back = book.add_worksheet("底稿")
            back.write_row("A1", ["项", "额"])
            back.hide()

        document = made(fill)
        first, second = document.tables
        assert {cell.row for cell in first.cells if cell.hidden and cell.column == 0} == {1, 3, 4}
        assert {cell.column for cell in first.cells if cell.hidden and cell.row == 0} == {2}
        assert all(cell.hidden for cell in second.cells)
        assert document.remarks == (
            "工作表“支出”：第2、4至5行是隐藏的，内容也已读入。",
            "工作表“支出”：C列是隐藏的，内容也已读入。",
            "工作表“底稿”是隐藏的，内容也已读入。",
        )

    def test_of_a_chart_is_left_out_with_a_remark(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet("数")
            sheet.write_row("A1", ["项", "额"])
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=数!$B$1:$B$1"})
            book.add_chartsheet("图").set_chart(chart)

        assert made(fill).remarks == ("工作表“图”：它是图表或宏表，没有读取。",)

    def test_tells_how_far_it_is(self) -> None:
        told: list[tuple[int, int]] = []
        read_workbook("a.xls", OLD.read_bytes(), lambda done, of: told.append((done, of)))
        assert told == [(1, 2), (2, 2)]


class TestAnOlderWorkbook:
    """
    Sheet 支出, row 5 and column C hidden, and a hidden sheet 底稿:
    部门支出情况表 (merged) / 部门：某局, 单位：万元 / 项目 预算数 执行率 日期 / three rows /
    合计 =SUM(B4:B6) =1/0 TRUE
    """

    def test_shows_numbers_dates_and_errors_as_they_are_seen(self) -> None:
        assert texts(older())[0] == [
            ["项目", "预算数", "执行率", "日期"],
            ["甲项目", "120.5", "90.00%", "2023-11-21"],
            ["乙项目", "80", "95.50%", "2023-12-01"],
            ["丙项目", "0.0900000762939453", "100.00%", "2023-12-31"],
            ["合计", "200.59", "#DIV/0!", "TRUE"],
        ]

    def test_says_what_is_hidden_and_that_formulas_are_not_read(self) -> None:
        document = older()
        table = next(document.tables)
        hidden = {cell.row for cell in table.cells if cell.hidden and cell.column == 0}
        assert hidden == {2}
        assert document.remarks == (
            "工作表“支出”：第5行是隐藏的，内容也已读入。",
            "工作表“支出”：C列是隐藏的，内容也已读入。",
            "工作表“支出”：3个单元格有公式；.xls 文件只读取结果，不读取公式。",
            "工作表“底稿”是隐藏的，内容也已读入。",
        )

    def test_reads_merged_titles_as_lines(self) -> None:
        assert lines(older()) == ["部门支出情况表", "部门：某局　单位：万元"]


class TestValuesPartedByCommas:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_are_a_table_with_cells(self, encoding: str) -> None:
        document = read_delimited("a.csv", '项目,金额\r\n甲,"1,200"\r\n'.encode(encoding))
        table = only_table(document)
        assert table.text_at(1, 1) == "1,200"
        assert table.grid[1, 1].words.spot_at(0).cell == "B2"

    def test_may_be_parted_by_tabs(self) -> None:
        document = read_delimited("a.tsv", "项目\t金额\n甲\t1,200\n".encode())
        assert texts(document) == [[["项目", "金额"], ["甲", "1,200"]]]

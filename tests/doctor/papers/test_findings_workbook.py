from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from tests.doctor.papers.made_examination import examined

from steelyard.doctor.papers.findings_workbook import findings_workbook


@pytest.fixture(scope="module")
def raw() -> bytes:
    return findings_workbook(examined())


@pytest.fixture(scope="module")
def book(raw: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    head, *others = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in others]


class TestTheFindings:
    def test_have_a_row_each_with_their_place(self, book: Workbook) -> None:
        second = rows(book, "发现")[1]
        assert second["程度"] == "错误"
        assert second["检查项"] == "比率与得分\nR01 比率复算"
        assert second["计算"] == "80÷100=80.00%"
        assert (second["文件"], second["行列"]) == ("报告.docx", "文本第2行")
        assert second["标题"] == "一、基本情况"
        assert second["另一处"] == "表1 资金情况表　第4行第3列"
        assert second["另一处原文"] == "80"

    def test_name_the_file_of_another_place_only_if_it_is_another(self, book: Workbook) -> None:
        assert rows(book, "发现")[2]["另一处"] == "自评表.docx　文本第1行"

    def test_say_row_and_column_in_words(self, book: Workbook) -> None:
        total = next(row for row in rows(book, "数字台账") if row["核对状态"] == "已核实")
        assert (total["标题"], total["表"]) == ("一、基本情况", "表1 资金情况表")
        assert total["行列"] == "第4行第3列"

    def test_are_texts_whatever_they_begin_with(self, book: Workbook) -> None:
        sheet = book["发现"]
        cell = next(
            cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd 开头的文字。"
        )
        assert cell.data_type == "s"

    def test_can_be_ticked_off(self, book: Workbook) -> None:
        (rule,) = book["发现"].data_validations.dataValidation
        assert rule.formula1 == '"已改,不改,待查"'
        assert str(rule.sqref) == "Q2:Q5"

    def test_can_be_filtered_and_printed(self, book: Workbook) -> None:
        sheet = book["发现"]
        assert sheet.auto_filter.ref == "A1:R5"
        assert sheet.freeze_panes == "C2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)


class TestTheLedger:
    def test_has_a_row_for_each_number(self, book: Workbook) -> None:
        found = rows(book, "数字台账")
        assert len(found) == len(list(examined().ledger))
        wrong = next(row for row in found if row["数"] == "85%")
        assert (wrong["类别"], wrong["核对状态"], wrong["检查项"]) == ("百分比", "矛盾", "R01")

    def test_says_the_heading_where_there_is_no_table(self, book: Workbook) -> None:
        wrong = next(row for row in rows(book, "数字台账") if row["数"] == "85%")
        assert (wrong["标题"], wrong["表"]) == ("一、基本情况", None)


class TestTheOverview:
    def test_counts_kinds_by_state(self, book: Workbook) -> None:
        found = {row[0]: row[1:6] for row in book["概况"].iter_rows(values_only=True)}
        assert found["数的类别"] == ("共", "已核实", "一致", "矛盾", "未核对")
        assert found["百分比"] == (1, 0, 0, 1, 0)
        assert found["以上各类合计"] == (15, 1, 1, 4, 9)


class TestErrorsOnly:
    def test_leaves_out_all_else(self) -> None:
        raw = findings_workbook(examined(), errors_only=True)
        book = openpyxl.load_workbook(io.BytesIO(raw))
        assert {row["程度"] for row in rows(book, "发现")} == {"错误"}
        assert {row["核对状态"] for row in rows(book, "数字台账")} == {"矛盾"}


class TestTheFile:
    def test_is_the_same_for_the_same_examination(self, raw: bytes) -> None:
        assert findings_workbook(examined()) == raw

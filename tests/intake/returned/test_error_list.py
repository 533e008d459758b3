"""The list alone, for files that cannot be coloured."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.intake.returned.made_books import copied, mistake, package, question, rows

from steelyard.intake.reading.unreadable import Unreadable
from steelyard.intake.returned import annotated
from steelyard.intake.returned.annotated import annotated_copy, error_list
from steelyard.intake.sighting import Mistake, Place


def in_pdf() -> Mistake:
    place = Place(file="报告.pdf", page=3, table="表2", row=4, column=2)
    return replace(mistake("B7"), place=place)


@pytest.fixture
def sheet() -> Any:
    book = load_workbook(io.BytesIO(error_list([in_pdf(), mistake("B7")], [question("C9")])))
    assert book.sheetnames == ["错误清单"]
    return book["错误清单"]


class TestTheListAlone:
    def test_names_file_and_place(self, sheet: Any) -> None:
        assert [sheet[f"C{row}"].value for row in (4, 5, 6)] == ["文件", "报告.pdf", "甲.xlsx"]
        assert [sheet[f"D{row}"].value for row in (4, 5, 6, 7)] == [
            "位置", "第3页 表2 第4行第2列", "项目支出 '23!B7", "项目支出 '23!C9",
        ]  # fmt: skip

    def test_holds_mistakes_then_questions(self, sheet: Any) -> None:
        assert [sheet[f"B{row}"].value for row in (5, 6, 7)] == ["错误", "错误", "待确认"]

    def test_can_be_filtered_and_printed(self, sheet: Any) -> None:
        assert sheet.auto_filter.ref == "A4:G7"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes == "A5"

    def test_has_words_only_ever_as_words(self) -> None:
        one = replace(mistake("B7"), quote='=HYPERLINK("a","b")')
        cell = load_workbook(io.BytesIO(error_list([one])))["错误清单"]["E5"]
        assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("a","b")')

    def test_may_be_empty(self) -> None:
        sheet = load_workbook(io.BytesIO(error_list([])))["错误清单"]
        assert sheet["A2"].value == "没有需要改正或确认的内容。"

    def test_is_the_same_whenever_it_is_made(self) -> None:
        assert error_list([in_pdf()]) == error_list([in_pdf()])

    def test_tells_how_many_it_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(annotated, "MOST_MARKS", 2)
        book = load_workbook(io.BytesIO(error_list([mistake("B7")] * 5)))
        assert book["错误清单"]["A2"].value == (
            "共错误2处；另有3处没有列出，请先改正这些，再交来核对。“错误”须改正。"
        )


class TestACopyWithTooManyMarks:
    def test_tells_how_many_it_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(annotated, "MOST_MARKS", 1)
        said = [mistake("A1", sheet="甲"), mistake("A2", sheet="甲")]
        book = copied(package(rows("A1", "A2")), *said)
        assert "另有1处没有列出" in book["错误清单"]["A2"].value
        assert book["甲"]["A1"].comment
        assert not book["甲"]["A2"].comment


class TestTheRowsOfAList:
    def test_are_high_enough_for_their_words(self) -> None:
        book = load_workbook(io.BytesIO(error_list([mistake("B7"), mistake("B7", "长" * 100)])))
        heights = [book["错误清单"].row_dimensions[row].height for row in (5, 6)]
        assert heights[1] >= 4 * 13 > heights[0]


def test_a_copy_of_what_is_no_workbook_is_refused_but_its_list_is_made() -> None:
    with pytest.raises(Unreadable, match=r"不是 \.xlsx 文件"):
        annotated_copy(b"a,b\n1,2\n", [mistake("B7")])
    assert error_list([mistake("B7")])

"""What goes back is what came, with words added."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.intake.returned.made_books import (
    CHART,
    EMPTY,
    HIDDEN,
    MACRO,
    SHEET,
    TABLE,
    copied,
    full_book,
    ground,
    mistake,
    opened,
    openpyxl_book,
    parts,
    question,
    values,
)

from steelyard.intake.returned.annotated import annotated_copy
from steelyard.intake.sighting import Mistake

RED, YELLOW = "FFFFB3B3", "FFFFF2A8"


@pytest.fixture(scope="module")
def copy() -> Any:
    """A copy in which eight things are said."""
    return copied(
        full_book(),
        mistake("E5"),
        question("E5"),
        mistake("C5", "预算数与明细之和相差3.00万元。", "请核对明细。"),
        mistake("C3", "列名不认得。", "请写作“年初预算数”。"),
        mistake("B14", "合并的单元格中缺项目名称。"),
        question("D10"),
        mistake("F9", "缺备注。"),
        mistake("C4", sheet=TABLE),
    )


class TestACopy:
    def test_changes_only_the_parts_that_carry_our_words(self) -> None:
        before = parts(full_book(macro=True))
        after = parts(annotated_copy(full_book(macro=True), [mistake("E5")]))
        changed = {name for name in before if after.get(name) != before[name]}
        assert changed == {
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
        }

    def test_adds_the_list_and_what_a_sheet_without_comments_needs(self) -> None:
        before = parts(full_book())
        after = parts(annotated_copy(full_book(), [mistake("C4", sheet=TABLE)]))
        assert after.keys() - before.keys() == {
            "xl/comments2.xml",
            "xl/drawings/vmlDrawing2.vml",
            "xl/worksheets/sheet5.xml",
        }

    def test_keeps_charts_and_pictures(self) -> None:
        before, after = parts(full_book()), parts(annotated_copy(full_book(), [mistake("E5")]))
        drawn = [name for name in before if "/charts/" in name or "/media/" in name]
        assert len(drawn) == 3
        assert all(after[name] == before[name] for name in drawn)

    def test_keeps_macros_as_they_are(self) -> None:
        after = parts(annotated_copy(full_book(macro=True), [mistake("E5")]))
        assert after["xl/vbaProject.bin"] == MACRO
        assert b"sheet.macroEnabled.main+xml" in after["[Content_Types].xml"]

    @pytest.mark.parametrize("made", [full_book, openpyxl_book], ids=["xlsxwriter", "openpyxl"])
    def test_keeps_every_value_and_formula(self, made: Any) -> None:
        before = values(made())
        after = values(annotated_copy(made(), [mistake("B3"), mistake("A4"), mistake("C9")]))
        assert {place: after.get(place) for place in before} == before

    def test_adds_nothing_but_the_column_and_the_list(self) -> None:
        content = annotated_copy(full_book(), [mistake("E5"), mistake("B40")])
        added = values(content).keys() - values(full_book()).keys()
        assert {cell for stored, sheet, cell in added if stored and sheet != "错误清单"} == {
            "G3", "G5", "G40",
        }  # fmt: skip

    def test_keeps_widths_merged_cells_and_settings(self, copy: Any) -> None:
        before, after = opened(full_book())[SHEET], copy[SHEET]
        for letter in "ABCDEF":
            assert after.column_dimensions[letter].width == before.column_dimensions[letter].width
        assert after.merged_cells == before.merged_cells
        assert after.freeze_panes == before.freeze_panes
        assert after.protection.password == before.protection.password
        assert after.page_setup.orientation == "landscape"
        assert [str(each.sqref) for each in after.data_validations.dataValidation] == ["F4:F15"]
        assert [str(each.sqref) for each in after.conditional_formatting] == ["E4:E15"]

    def test_keeps_names(self, copy: Any) -> None:
        assert copy.defined_names["执行合计"].attr_text == "'项目支出 ''23'!$D$4:$D$15"

    def test_keeps_the_order_and_state_of_sheets(self, copy: Any) -> None:
        assert copy.sheetnames == [SHEET, TABLE, HIDDEN, EMPTY, CHART, "错误清单"]
        assert copy[HIDDEN].sheet_state == "hidden"

    def test_without_marks_is_the_file_itself(self) -> None:
        assert annotated_copy(full_book(), [], []) is full_book()

    def test_is_the_same_whenever_it_is_made(self) -> None:
        said = [mistake("E5"), mistake("C4", sheet=TABLE)]
        assert annotated_copy(full_book(), said) == annotated_copy(full_book(), said)

    def test_passes_over_what_stands_in_another_file(self) -> None:
        def of(digest: str) -> Mistake:
            one = mistake("E5")
            return replace(one, place=replace(one.place, sha256=digest))

        own = hashlib.sha256(full_book()).hexdigest()
        assert annotated_copy(full_book(), [of("0" * 64)]) == full_book()
        assert annotated_copy(full_book(), [of(own)]) != full_book()


class TestAMarkedCell:
    def test_is_red_where_it_is_wrong(self, copy: Any) -> None:
        assert ground(copy[SHEET]["C5"]) == RED

    def test_is_yellow_where_somebody_has_to_decide(self, copy: Any) -> None:
        assert ground(copy[SHEET]["D10"]) == YELLOW

    def test_is_red_where_both_are_so(self, copy: Any) -> None:
        assert ground(copy[SHEET]["E5"]) == RED

    def test_keeps_its_number_format_and_border(self, copy: Any) -> None:
        cell = copy[SHEET]["E5"]
        assert (cell.number_format, cell.border.left.style) == ("0.0%", "thin")

    def test_gets_dark_letters_where_they_were_white(self, copy: Any) -> None:
        assert copy[SHEET]["C3"].font.color.rgb == "FF9C0006"
        assert copy[SHEET]["B3"].font.color.rgb == "FFFFFFFF"

    def test_says_what_is_wrong_and_how_to_mend_it(self, copy: Any) -> None:
        said = copy[SHEET]["F9"].comment
        assert (said.author, said.text) == ("Steelyard 核对", "［错误］缺备注。\n请改为 95.0%。")

    def test_says_all_that_is_said_about_it(self, copy: Any) -> None:
        assert copy[SHEET]["E5"].comment.text == (
            "［错误］执行率应为百分数。\n请改为 95.0%。\n"
            "［待确认］按哪个单位读取？\n请在“万元”、“元”中选定。"
        )

    def test_keeps_the_comment_that_was_there(self, copy: Any) -> None:
        said = copy[SHEET]["C5"].comment.text
        assert said.startswith("原有批注\n［错误］预算数与明细之和相差3.00万元。")

    def test_of_merged_ones_is_the_first(self, copy: Any) -> None:
        assert "缺项目名称" in copy[SHEET]["B13"].comment.text
        assert ground(copy[SHEET]["B13"]) == RED

    def test_leaves_the_others_alone(self, copy: Any) -> None:
        before = opened(full_book())[SHEET]
        assert all(
            ground(cell) == ground(before[cell.coordinate])
            for row in copy[SHEET]["A4:F8"]
            for cell in row
            if cell.coordinate not in ("C5", "E5")
        )

    def test_may_be_empty_in_a_row_that_is_not_written(self) -> None:
        sheet = copied(full_book(), mistake("D30"))[SHEET]
        assert (ground(sheet["D30"]), sheet["D30"].value) == (RED, None)
        assert sheet["D30"].comment

    def test_refers_to_the_list_when_too_much_is_said(self) -> None:
        said = [mistake("D8", f"第{number}处不对。") for number in range(1, 13)]
        text = copied(full_book(), *said)[SHEET]["D8"].comment.text
        assert "第8处" in text
        assert "第9处" not in text
        assert text.endswith("……共12处，其余见“错误清单”。")

    def test_cuts_a_sentence_that_is_far_too_long(self) -> None:
        text = copied(full_book(), mistake("D8", "长" * 40_000))[SHEET]["D8"].comment.text
        assert 1_000 < len(text) < 2_000
        assert text.endswith("…")

    def test_has_signs_that_no_file_can_hold_left_out(self) -> None:
        sheet = copied(full_book(), mistake("D8", "甲\0乙\ud800<丙>&_x0041_"))[SHEET]
        assert sheet["D8"].comment.text.startswith("［错误］甲乙<丙>&_x")
        assert "甲乙<丙>&" in sheet["G8"].value


class TestTheColumn:
    def test_stands_behind_the_last_one_beside_the_names_of_the_others(self, copy: Any) -> None:
        assert copy[SHEET]["G3"].value == ("错误信息　［错误］C3 列名不认得。请写作“年初预算数”。")

    def test_has_all_that_is_said_about_a_row(self, copy: Any) -> None:
        assert copy[SHEET]["G5"].value == (
            "［错误］C5 预算数与明细之和相差3.00万元。请核对明细。　"
            "［错误］E5 执行率应为百分数。请改为 95.0%。　"
            "［待确认］E5 按哪个单位读取？请在“万元”、“元”中选定。"
        )

    def test_is_seen_where_the_columns_behind_the_last_were_hidden(self, copy: Any) -> None:
        columns = copy[SHEET].column_dimensions
        assert (columns["G"].hidden, columns["H"].hidden) == (False, True)

    def test_joins_the_filter_beside_it(self, copy: Any) -> None:
        assert copy[SHEET].auto_filter.ref == "A3:G15"

    def test_leaves_a_gap_beside_a_table(self, copy: Any) -> None:
        sheet = copy[TABLE]
        assert [sheet[cell].value for cell in ("E2", "F2", "F4")] == [
            None,
            "错误信息",
            "［错误］C4 执行率应为百分数。请改为 95.0%。",
        ]
        assert sheet.tables["Table1"].ref == "B2:D6"

    def test_has_a_filter_of_its_own_where_there_is_none(self, copy: Any) -> None:
        assert copy[TABLE].auto_filter.ref == "F2:F6"

    def test_stands_on_no_sheet_about_which_nothing_is_said(self, copy: Any) -> None:
        assert copy[EMPTY].dimensions == "A1:A1"

    def test_stands_behind_what_is_marked_on_an_empty_sheet(self) -> None:
        sheet = copied(full_book(), mistake("D3", sheet=EMPTY))[EMPTY]
        assert (sheet["E2"].value, ground(sheet["D3"])) == ("错误信息", RED)


class TestTheList:
    @pytest.fixture
    def lines(self, copy: Any) -> list[list[object]]:
        return [[cell.value for cell in row] for row in copy["错误清单"].iter_rows(min_row=4)]

    def test_counts_what_it_holds(self, copy: Any) -> None:
        assert copy["错误清单"]["A2"].value == (
            "共错误6处，待确认2处。“错误”须改正；“待确认”请核对后写明。"
        )

    def test_goes_through_the_sheets_cell_by_cell(self, lines: list[list[object]]) -> None:
        assert [line[3] for line in lines[1:]] == [
            "C3", "C5", "E5", "E5", "F9", "D10", "B14", "C4",
        ]  # fmt: skip

    def test_says_what_stands_there_what_is_wrong_and_how_to_mend_it(
        self, lines: list[list[object]]
    ) -> None:
        assert lines[0] == [
            "序号", "程度", "工作表", "单元格", "原内容", "问题", "如何改正",
        ]  # fmt: skip
        assert lines[2] == [
            "2", "错误", SHEET, "C5", "九成五", "预算数与明细之和相差3.00万元。", "请核对明细。",
        ]  # fmt: skip

    def test_leads_to_the_cells(self, copy: Any) -> None:
        sheet = copy["错误清单"]
        assert sheet["D6"].hyperlink.location == "'项目支出 ''23'!C5"

    def test_leads_to_the_first_of_merged_ones(self, copy: Any) -> None:
        assert copy["错误清单"]["D11"].hyperlink.location == "'项目支出 ''23'!B13"

    def test_tells_why_a_cell_cannot_be_shown(self) -> None:
        sheet = copied(
            full_book(),
            mistake("A1", sheet="别的表"),
            mistake("B7", sheet=HIDDEN),
            mistake("", sheet=CHART),
        )["错误清单"]
        assert [sheet[f"D{row}"].value for row in (5, 6, 7)] == [
            "A1（文件中没有这张表）",
            "B7（工作表已隐藏）",
            "（整张表）（不是单元格表）",
        ]
        assert not any(sheet[f"D{row}"].hyperlink for row in (5, 6, 7))

    def test_has_what_is_said_about_a_whole_sheet(self) -> None:
        book = copied(full_book(), mistake("", "缺合计行。", sheet=TABLE))
        assert book["错误清单"]["F5"].value == "缺合计行。"
        assert book["错误清单"]["D5"].hyperlink.location == "'表二'!A1"
        assert book[TABLE].max_column == 4

    def test_is_a_sheet_with_a_number_of_its_own(self) -> None:
        xml = parts(annotated_copy(full_book(), [mistake("E5")]))["xl/workbook.xml"].decode()
        assert re.findall(r'sheetId="(\d+)"', xml) == ["1", "2", "3", "4", "5", "6"]

    def test_is_called_otherwise_where_the_sender_has_such_a_sheet(self) -> None:
        again = annotated_copy(annotated_copy(full_book(), [mistake("E5")]), [mistake("E6")])
        assert opened(again).sheetnames[-2:] == ["错误清单", "错误清单2"]

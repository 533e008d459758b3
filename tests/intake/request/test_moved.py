"""Ids decide, never positions: whatever people do to rows, columns and sheets."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from copy import copy as duplicate
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from tests.intake.request.department import Copy, dictionary, read, values, workbook

from steelyard.facts.dictionary import Dictionary
from steelyard.intake.reading.sheets.read_workbook import read_delimited
from steelyard.intake.request.read_own import read_own
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import unit_named


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    return dictionary(tmp_path)


@pytest.fixture
def filled(known: Dictionary) -> Copy:
    copy = Copy(workbook(known))
    copy.answer("年初预算数", 100.25).answer("决算数", 500000, 单位="元").answer("满意度", "92.5%")
    copy.answer("编制数", 30).answer("自评等级", "良").answer("公开网址", "甲")
    copy.reach("产值", 目标值=12, 实际值=13.5).reach("代表性效益", 目标值=3, 单位="吨")
    return copy.list(("1", "甲", 12.5, None, "是"), ("2", "乙", 0, "—", "否"), ("3", "丙", "—"))


@pytest.fixture
def truth(known: Dictionary, filled: Copy) -> dict[str, Value]:
    found = values(filled.read(known))
    assert len(found) == 9 + 5 + 5 + 3 - 1
    assert found["决算数"] == Quantity.of(Fraction(50), unit_named("万元"))
    return found


def swap(sheet: Worksheet, rows: list[int], order: list[int], first: int = 1) -> None:
    """Put the rows of a sheet in another order, as sorting does: formats go along."""
    columns = range(first, sheet.max_column + 1)
    taken = {
        (row, column): (sheet.cell(row, column).value, sheet.cell(row, column).number_format)
        for row in {*rows, *order}
        for column in columns
    }
    for row, other in zip(rows, order, strict=True):
        for column in columns:
            cell = sheet.cell(row, column)
            if isinstance(cell, Cell):
                cell.value, cell.number_format = taken[other, column]


def insert(sheet: Worksheet, row: int, count: int = 1) -> None:
    """Insert rows; what was merged below goes along, as in any other program."""
    sheet.insert_rows(row, count)
    for merged in sheet.merged_cells.ranges:
        if merged.min_row >= row:
            merged.shift(row_shift=count)


def sort_figures(copy: Copy) -> None:
    swap(copy.figures, [5, 6, 7, 8, 9, 10, 11], [11, 7, 5, 9, 8, 6, 10])


def sort_projects(copy: Copy) -> None:
    swap(copy.projects, [5, 6, 7], [7, 5, 6])


def hide(copy: Copy) -> None:
    for sheet in (copy.figures, copy.projects):
        sheet.row_dimensions[6].hidden = True
        sheet.column_dimensions["D"].hidden = True
    copy.goals.sheet_state = "hidden"


def unhide_everything(copy: Copy) -> None:
    for sheet in copy.book.worksheets:
        sheet.sheet_state = "visible"
        sheet.row_dimensions[1].hidden = False
        sheet.column_dimensions["A"].hidden = False


def insert_rows(copy: Copy) -> None:
    insert(copy.figures, 1, 2)
    insert(copy.figures, 9, 3)
    insert(copy.goals, 5)
    insert(copy.projects, 6, 2)
    insert(copy.projects, 4)


def insert_columns(copy: Copy) -> None:
    copy.figures.merged_cells.ranges.clear()
    copy.figures.insert_cols(1)
    copy.figures.insert_cols(6, 2)
    copy.goals.insert_cols(7)
    copy.projects.insert_cols(3)


def rename_and_reorder(copy: Copy) -> None:
    for number, sheet in enumerate(copy.book.worksheets):
        sheet.title = f"表{number}"
    copy.book.move_sheet(copy.projects, offset=-3)


def delete_unused_rows(copy: Copy) -> None:
    copy.figures.delete_rows(copy.at(copy.figures, "批复日期", "数值").row)
    copy.projects.delete_rows(10, 8)


def delete_the_hidden_sheet(copy: Copy) -> None:
    copy.book.remove(copy.sheet("信息"))


def unprotect(copy: Copy) -> None:
    for sheet in copy.book.worksheets:
        sheet.protection.disable()


def write_around(copy: Copy) -> None:
    copy.figures.cell(60, 3).value = "填表人：张三"
    copy.figures.cell(5, 30).value = "已核"
    copy.projects["B2"].value = "2024年项目支出表"
    copy.book.create_sheet("草稿")["A1"].value = 5


def copy_sheets(copy: Copy) -> None:
    copy.book.copy_worksheet(copy.figures)
    copy.book.copy_worksheet(copy.projects)


EDITS: tuple[Callable[[Copy], None], ...] = (
    sort_figures, sort_projects, hide, unhide_everything, insert_rows, insert_columns,
    rename_and_reorder, delete_unused_rows, delete_the_hidden_sheet, unprotect, write_around,
    copy_sheets,
)  # fmt: skip


class TestAFilledWorkbook:
    @pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
    def test_says_the_same_after(
        self,
        known: Dictionary,
        filled: Copy,
        truth: dict[str, Value],
        edit: Callable[[Copy], None],
    ) -> None:
        edit(filled)
        seen = filled.read(known)
        assert values(seen) == truth
        assert seen.mistakes == []
        assert seen.questions == []

    @pytest.mark.parametrize("seed", range(8))
    def test_says_the_same_after_several(
        self, known: Dictionary, filled: Copy, truth: dict[str, Value], seed: int
    ) -> None:
        # Rows are named by their first places, so what sorts them comes before.
        chosen = random.Random(seed).sample(EDITS[2:], 5)
        for edit in (sort_figures, sort_projects, *chosen):
            edit(filled)
        assert values(filled.read(known)) == truth

    def test_says_the_same_when_its_sheets_go_to_another_workbook(
        self, known: Dictionary, filled: Copy, truth: dict[str, Value]
    ) -> None:
        target = Workbook()
        for sheet in (filled.figures, filled.goals, filled.projects):
            pasted = target.create_sheet(f"粘贴{sheet.title}")
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell, Cell) and cell.value is not None:
                        pasted.cell(cell.row + 3, cell.column + 2).value = duplicate(cell.value)
        out = io.BytesIO()
        target.save(out)
        assert values(read(out.getvalue(), known)) == truth

    def test_says_the_same_sheet_by_sheet_as_csv(self, known: Dictionary, filled: Copy) -> None:
        lines = [
            ",".join("" if cell.value is None else str(cell.value) for cell in row)
            for row in filled.projects.iter_rows()
        ]
        seen = read_own(read_delimited("项目.csv", "\n".join(lines).encode()), known)
        assert seen is not None
        assert values(seen)["项目[1].决算数"] == Quantity.of(Fraction(25, 2), unit_named("万元"))


class TestARowThatWasAdded:
    def test_to_a_table_is_a_row_like_any(self, known: Dictionary, filled: Copy) -> None:
        insert(filled.projects, 6)
        filled.list(("1甲", "夹在中间", 3), start=6).list(("99", "远在下面", 4), start=300)
        found = values(filled.read(known))
        assert found["项目[1甲].名称"] == "夹在中间"
        assert found["项目[99].名称"] == "远在下面"

    def test_to_the_figures_is_asked_about(self, known: Dictionary, filled: Copy) -> None:
        sheet = filled.figures
        sheet.cell(13, 3).value, sheet.cell(13, 6).value = "决算数额", 70
        (question,) = filled.read(known).questions
        assert question.candidates[0] == "决算数"
        assert "第13行（“决算数额”）" in question.text

    def test_to_the_figures_is_taken_as_answered(self, known: Dictionary, filled: Copy) -> None:
        sheet = filled.figures
        filled.answer("编制数", None)
        sheet.cell(13, 3).value, sheet.cell(13, 5).value = "实有编制", "人"
        sheet.cell(13, 6).value = 31
        key = filled.read(known).questions[0].key
        found = values(filled.read(known, **{key: "编制数"}))
        assert found["编制数"] == Quantity.of(31, unit_named("人"))

    def test_by_copying_another_is_noticed(self, known: Dictionary, filled: Copy) -> None:
        swap(filled.figures, [13], [6])
        filled.figures.cell(13, 6).value = 99
        seen = filled.read(known)
        assert "决算数" not in values(seen)
        assert [str(each.place) for each in seen.mistakes] == ["数据项!F6", "数据项!F13"]
        assert "填了2处，数值不同" in seen.mistakes[0].what


class TestAColumnThatWasAdded:
    def test_is_told(self, known: Dictionary, filled: Copy) -> None:
        filled.projects.insert_cols(4)
        filled.projects["D5"].value = "备注内容"
        assert "的D列是自行插入的" in filled.read(known).remarks[0]

    def test_by_copying_another_is_noticed(self, known: Dictionary, filled: Copy) -> None:
        sheet = filled.projects
        for row in (1, 4, 5):
            sheet.cell(row, 9).value = sheet.cell(row, 4).value
        sheet.cell(5, 9).value = 99
        (mistake,) = filled.read(known).mistakes
        assert "填了2个不同的内容" in mistake.what

    def test_with_the_same_content_is_no_matter(
        self, known: Dictionary, filled: Copy, truth: dict[str, Value]
    ) -> None:
        sheet = filled.projects
        for row in (1, 4, 5, 6, 7):
            sheet.cell(row, 9).value = sheet.cell(row, 4).value
        assert values(filled.read(known)) == truth


class TestIdsThatStayedBehind:
    def test_when_only_visible_columns_were_sorted_give_way_to_names(
        self, known: Dictionary, filled: Copy, truth: dict[str, Value]
    ) -> None:
        swap(filled.figures, [5, 6, 7, 8, 9, 10, 11], [11, 7, 5, 9, 8, 6, 10], first=2)
        seen = filled.read(known)
        assert values(seen) == truth
        assert "错位" in seen.remarks[0]
        assert any("按名称读取" in each.note for each in seen.sightings)

    def test_win_over_a_name_that_somebody_changed(
        self, known: Dictionary, filled: Copy, truth: dict[str, Value]
    ) -> None:
        filled.answer("决算数", "决算数（含上年）", "名称")
        assert values(filled.read(known)) == truth

    def test_win_over_a_name_that_stands_twice(
        self, known: Dictionary, filled: Copy, truth: dict[str, Value]
    ) -> None:
        filled.answer("决算数", "年初预算数", "名称")
        assert values(filled.read(known)) == truth

    def test_tell_when_a_heading_names_another_column(
        self, known: Dictionary, filled: Copy
    ) -> None:
        filled.projects["D4"].value, filled.projects["C4"].value = "名称", "决算数（万元）"
        seen = filled.read(known)
        assert "表头写的却是" in seen.mistakes[0].what
        assert "项目[1].决算数" not in values(seen)


class TestASheetWithoutIds:
    def test_is_told_and_not_read(self, known: Dictionary, filled: Copy) -> None:
        filled.projects.delete_rows(1)
        seen = filled.read(known)
        assert "项目[1].名称" not in values(seen)
        assert "没有隐藏的标识" in seen.remarks[0]

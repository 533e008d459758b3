"""The workbook that asks: what may be filled in, and what it says."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from tests.intake.request.department import Copy, asked, dictionary, ledger, workbook

from steelyard.facts.dictionary import Dictionary
from steelyard.intake.request.workbook import request_workbook

FACTS = "决算数,80.50,万元,2024年,决算报表,财决01表,含上年\n批复日期,2024-02-01,,,,,\n"


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    return dictionary(tmp_path)


@pytest.fixture
def empty(known: Dictionary) -> Copy:
    return Copy(workbook(known))


@pytest.fixture
def given(known: Dictionary, tmp_path: Path) -> Copy:
    return Copy(workbook(known, ledger(tmp_path, known, FACTS)))


def rule(sheet: Worksheet, cell: Cell) -> DataValidation:
    rules: list[DataValidation] = sheet.data_validations.dataValidation
    return next(each for each in rules if cell.coordinate in each.sqref)


def choices(copy: Copy, sheet: Worksheet, cell: Cell) -> list[str]:
    """The list of a cell, looked up where it stands."""
    formula = str(rule(sheet, cell).formula1)
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    area = copy.book.defined_names[formula].attr_text or ""
    name, _, cells = area.partition("!")
    return [str(c.value) for row in copy.book[name][cells.replace("$", "")] for c in row]


def texts(sheet: Worksheet) -> str:
    return "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)


class TestTheFirstSheet:
    def test_says_who_is_asked_and_until_when(self, known: Dictionary) -> None:
        request = asked(known, due=date(2025, 3, 31))
        copy = Copy(request_workbook(request, request.shares[0]))
        said = texts(copy.book["填写说明"])
        for each in ("某市文旅局", "2024年", "综合", "请在2025年3月31日前交回"):
            assert each in said

    def test_parts_the_three_kinds_of_nothing(self, empty: Copy) -> None:
        said = texts(empty.book["填写说明"])
        assert "缺：" in said
        assert "不适用：" in said
        assert "零：" in said

    def test_counts_what_waits_on_each_sheet(self, given: Copy) -> None:
        sheet = given.book["填写说明"]
        rows = {row[1].value: [cell.value for cell in row[3:6]] for row in sheet.iter_rows()}
        assert rows["数据项"][0] == "7项"
        assert "COUNTIF" in str(rows["数据项"][1])
        assert rows["项目"][:2] == ["每行一条", "—"]


class TestALabel:
    def test_is_locked(self, empty: Copy) -> None:
        sheet = empty.figures
        assert sheet.protection.sheet
        assert empty.at(sheet, "决算数", "名称").protection.locked

    def test_may_be_unlocked_by_anybody(self, empty: Copy) -> None:
        assert empty.figures.protection.password is None

    def test_leaves_filtering_and_new_rows_free(self, empty: Copy) -> None:
        protection = empty.projects.protection
        # The attributes say what is forbidden.
        assert not protection.sort
        assert not protection.autoFilter
        assert not protection.insertRows
        assert not protection.formatCells

    def test_says_what_a_figure_is_for(self, empty: Copy) -> None:
        assert empty.at(empty.figures, "决算数", "用途（据此评分的指标）").value == "预算完成率"


class TestAnAnswer:
    @pytest.mark.parametrize("field", ["数值", "期间", "来源", "说明"])
    def test_is_unlocked_and_coloured(self, empty: Copy, field: str) -> None:
        cell = empty.at(empty.figures, "决算数", field)
        assert not cell.protection.locked
        assert cell.fill.fgColor.rgb == "FFFFF8DC"

    def test_that_is_known_stands_there_in_another_colour(self, given: Copy) -> None:
        cell = given.at(given.figures, "决算数", "数值")
        assert cell.value == 80.5
        assert cell.number_format == "0.00"
        assert cell.fill.fgColor.rgb == "FFE4F2E4"
        assert given.at(given.figures, "决算数", "来源").value == "决算报表 财决01表"

    def test_that_is_known_is_said_to_be(self, given: Copy) -> None:
        assert "已有，请核对" in str(given.at(given.figures, "决算数", "状态").value)
        assert "待填" in str(given.at(given.figures, "编制数", "状态").value)

    def test_has_a_prompt_that_fits(self, empty: Copy) -> None:
        for sheet in empty.book.worksheets:
            for each in sheet.data_validations.dataValidation:
                assert len(each.promptTitle or "") <= 32
                assert len(each.prompt or "") <= 255
                assert len(each.error or "") <= 255

    def test_of_choices_is_chosen_from_a_list(self, empty: Copy) -> None:
        cell = empty.at(empty.figures, "自评等级", "数值")
        assert choices(empty, empty.figures, cell) == ["优", "良", "中", "差", "—"]

    @pytest.mark.parametrize(
        "texts",
        [[f"第{number}类支出事项" for number in range(60)], ["甲,乙", "丙"], ["称“优”", '称"良"']],
        ids=["many", "with commas", "with quotation marks"],
    )
    def test_is_chosen_from_a_hidden_list_when_a_cell_cannot_hold_it(
        self, tmp_path: Path, texts: list[str]
    ) -> None:
        listed = ", ".join(f"'{text}'" for text in texts)
        item = f'[[item]]\nname = "类别"\nkind = "文字"\nchoices = [{listed}]\n'
        copy = Copy(workbook(dictionary(tmp_path, item)))
        cell = copy.at(copy.figures, "类别", "数值")
        assert str(rule(copy.figures, cell).formula1).startswith("choices_")
        assert choices(copy, copy.figures, cell) == [*texts, "—"]

    def test_of_a_number_refuses_words(self, empty: Copy) -> None:
        cell = empty.at(empty.figures, "决算数", "数值")
        assert f"ISNUMBER({cell.coordinate})" in str(rule(empty.figures, cell).formula1)


class TestAUnit:
    def test_is_chosen_among_those_that_convert(self, empty: Copy) -> None:
        cell = empty.at(empty.figures, "决算数", "单位")
        assert cell.value == "万元"
        assert choices(empty, empty.figures, cell)[:3] == ["万元", "元", "百元"]

    def test_of_a_per_cent_is_never_a_percentage_point(self, empty: Copy) -> None:
        cell = empty.at(empty.figures, "满意度", "单位")
        assert choices(empty, empty.figures, cell) == ["%", "‰"]

    def test_that_is_free_may_be_any(self, empty: Copy) -> None:
        cell = empty.at(empty.goals, "代表性效益", "单位")
        assert {"亿元", "吨", "人次", "%"} <= set(choices(empty, empty.goals, cell))

    def test_stands_in_the_heading_of_a_table(self, empty: Copy) -> None:
        heads = [cell.value for cell in empty.projects[4]][1:]
        assert heads == ["序号*", "名称", "决算数（万元）", "日期", "完成", "来源文件及页码"]


class TestATable:
    def test_has_room_below_what_is_known(self, known: Dictionary, tmp_path: Path) -> None:
        has = ledger(tmp_path, known, table="1,甲,2.50,2024-03-01,是\n2,乙,—,,否\n")
        sheet = Copy(workbook(known, has)).projects
        assert [sheet.cell(row, 2).value for row in (5, 6, 7)] == ["1", "2", None]
        assert sheet.cell(6, 4).value == "—"
        assert not sheet.cell(20, 2).protection.locked

    def test_may_be_filled_below_the_coloured_rows(self, empty: Copy) -> None:
        column = empty.projects.column_dimensions["C"]
        assert not column.protection.locked

    def test_without_anything_to_list_says_so(self, known: Dictionary, tmp_path: Path) -> None:
        has = ledger(tmp_path, known, table="—,,,,\n")
        assert Copy(workbook(known, has)).projects["B5"].value == "—"


class TestASheet:
    def test_keeps_headings_in_sight_on_screen_and_paper(self, empty: Copy) -> None:
        for sheet in (empty.figures, empty.goals, empty.projects):
            assert sheet.freeze_panes in ("E5", "C5")
            assert sheet.print_title_rows == "$4:$4"

    def test_fits_the_width_of_a4(self, empty: Copy) -> None:
        for sheet in (empty.figures, empty.goals, empty.projects):
            assert str(sheet.page_setup.paperSize) == "9"
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in (
                (1, 0), (None, 0), ("1", "0"),
            )  # fmt: skip

    def test_hides_its_ids(self, empty: Copy) -> None:
        assert empty.figures.row_dimensions[1].hidden
        assert empty.figures.column_dimensions["A"].hidden
        assert empty.book["steelyard"].sheet_state == "veryHidden"


class TestAnyWorkbook:
    def test_is_the_same_for_the_same_request(self, known: Dictionary) -> None:
        assert workbook(known) == workbook(known)

    def test_takes_texts_as_texts(self, known: Dictionary, tmp_path: Path) -> None:
        has = ledger(tmp_path, known, '公开网址,"=HYPERLINK(""甲"")",,,,,\n')
        copy = Copy(workbook(known, has))
        assert copy.at(copy.figures, "公开网址", "数值").data_type == "s"

    def test_takes_a_table_named_as_a_sheet_of_its_own(self, tmp_path: Path) -> None:
        """
        A table may be called 数据项, too.
        """
        text = """
        [[item]]
        name = "编制数"

        [[table]]
        name = "数据项"
        key = "序号"

        [[table.column]]
        name = "序号"
        """
        copy = Copy(workbook(dictionary(tmp_path, text)))
        assert copy.sheet("表", "数据项").title == "数据项（2）"

    def test_doubles_what_a_header_would_take_for_a_code(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tests.intake.request.department.DEPARTMENT", "甲&P乙")
        content = workbook(dictionary(tmp_path))
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sheet = package.read("xl/worksheets/sheet2.xml").decode()
        assert "甲&amp;&amp;P乙2024年" in sheet

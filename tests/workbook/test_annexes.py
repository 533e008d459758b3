"""The annexes of a report as sheets: live, linked, and marked where they do not add up."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from tests.framework.common_2013_department import TABLES
from tests.workbook.annex_sheets import (
    EXAMPLE,
    FUNDS,
    PRINTED,
    SAMPLE,
    SCORES,
    SURVEY,
    TRAPS,
    Change,
    amiss,
    changed,
    column_of,
    common,
    csv_rows,
    fill,
    marked,
    marked_funds,
    row_of,
    sheet_of,
    written,
)
from tests.workbook.recalculation import cell_values, differences, formula_values, recalculated

from steelyard.checks.tie_out import TieOut
from steelyard.evaluation.evaluation import evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.formula.parse import parse
from steelyard.report.compose.composer import compose
from steelyard.report.compose.load_outline import find_outline
from steelyard.report.compose.material import load_material
from steelyard.report.workbook.annex_workbook import report_workbook
from steelyard.report.workbook.book import COMPUTED, INPUT

AMISS: tuple[Change, ...] = (
    ("资金", "1745.11,1665.49,79.62", "1745.11,1665.40,79.62"),
    ("资金", "160.00,2116.11,1670.11,1.41,3944.81", "160.00,2116.11,1670.11,1.41,3944.18"),
    ("资金", "3131.88,154.36,7479.37", "3131.80,154.36,7479.37"),
    ("资金", "126.70,126.70,—,附件2 公用", "126.70,126.60,—,附件2 公用"),
    ("部门问卷", "54,84.38,64", "54,84.83,64"),
    ("受益对象问卷", "帮助一般,5,12.2,", "帮助一般,6,12.2,"),
)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(evaluate(load_evaluation(EXAMPLE)), tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def book(workbook: Path) -> Workbook:
    return load_workbook(workbook)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of tables that do not add up; their folder stands beside it."""
    folder = tmp_path_factory.mktemp("amiss")
    return written(changed(folder, *AMISS), folder)


@pytest.fixture(scope="module")
def faulty_book(faulty: Path) -> Workbook:
    return load_workbook(faulty)


class TestTheAnnexesOfTheExample:
    def test_come_first_and_numbered_as_in_the_report(self, book: Workbook) -> None:
        names = book.sheetnames
        assert names[:4] == [SCORES, FUNDS, SAMPLE, SURVEY]
        assert names[5:7] == ["汇总", "数据"]
        assert {"资金", "抽样项目", "部门问卷", "评判", "口径", "核对"} < set(names)
        assert names[-1] == "说明"
        assert "评分表" not in names

    def test_are_recalculated_to_the_same_values(self, workbook: Path, tmp_path: Path) -> None:
        again = recalculated(workbook, tmp_path)
        assert differences(workbook, again) == []
        live = [sheet for sheet, _ in formula_values(workbook)]
        # Eleven funds; a total and its share; every option and every question.
        assert live.count(FUNDS) >= 40
        assert live.count(SAMPLE) == 2
        assert live.count(SURVEY) == 81 + 17

    def test_are_the_same_bytes_each_time(self, workbook: Path) -> None:
        assert report_workbook(evaluate(load_evaluation(EXAMPLE))) == workbook.read_bytes()

    def test_have_no_mark_where_all_adds_up(self, book: Workbook) -> None:
        assert amiss(csv_rows(EXAMPLE / "tables" / "资金.csv")) == set()
        names = [name for name in book.sheetnames if name != "说明"]
        assert [name for name in names if marked(sheet_of(book, name))] == []

    def test_compute_what_the_arithmetic_determines(self, book: Workbook) -> None:
        sheet = sheet_of(book, FUNDS)
        at = column_of(sheet, *(PRINTED[name] for name in PRINTED if name != "追减预算"))
        leaf, above = row_of(sheet, "1"), row_of(sheet, "一")
        for heading in at:
            cell = sheet.cell(leaf, at[heading])
            computed = heading in ("全年预算数", "年末结转结余")
            assert (cell.data_type == "f") == computed
            assert fill(sheet, leaf, at[heading]) == (COMPUTED if computed else INPUT)
            assert sheet.cell(above, at[heading]).data_type == "f"
        assert sheet.cell(leaf, at["全年预算数"]).value == (
            f'=IF(COUNTBLANK(C{leaf}:F{leaf})>0,"",ROUND(SUM(C{leaf}:E{leaf})-N(F{leaf}),6))'
        )
        low, high = leaf, leaf + 1
        assert sheet.cell(above, at["本年支出决算"]).value == (
            f'=IF(COUNTBLANK(H{low}:H{high})>0,"",ROUND(SUM(H{low}:H{high}),6))'
        )

    def test_keep_a_dash_apart_from_nought(self, workbook: Path) -> None:
        sheet = sheet_of(load_workbook(workbook, data_only=True), FUNDS)
        row = row_of(sheet, "2.1.2")
        assert {sheet.cell(row, column).value for column in range(3, 10)} == {"—"}
        survey = sheet_of(load_workbook(workbook, data_only=True), SURVEY)
        assert survey.cell(row_of(survey, "完全没感觉到"), 2).value == 0

    def test_print_like_the_annexes(self, book: Workbook) -> None:
        for name, head in ((FUNDS, 4), (SAMPLE, 2), (SURVEY, 2)):
            sheet = sheet_of(book, name)
            assert sheet.page_setup.orientation == "landscape"
            assert int(sheet.page_setup.paperSize or 0) == 9
            assert sheet.page_setup.fitToHeight == 0
            assert sheet.print_title_rows == f"$1:${head}"
            assert sheet.freeze_panes == f"A{head + 1}"
        funds = sheet_of(book, FUNDS)
        merged = {str(area) for area in funds.merged_cells.ranges}
        assert {"A1:I1", "A2:I2", "C3:D3", "E3:F3", "A3:A4", "G3:G4"} <= merged
        assert funds["A1"].value == (
            "黔南布依族苗族自治州工业和信息化局2023年部门整体资金情况汇总表"
        )
        assert [funds[cell].value for cell in ("A2", "C3", "E3")] == [
            "单位：万元",
            "年初预算数",
            "预算调整情况",
        ]
        assert all((funds.column_dimensions[c].width or 0) >= 9 for c in "ABCDEFGHI")

    def test_are_those_of_the_report_itself(self, workbook: Path, tmp_path: Path) -> None:
        """The figures are the same whether the report is at hand or only its outline."""
        outcome, material = evaluate(load_evaluation(EXAMPLE)), load_material(EXAMPLE)
        outline = find_outline(material.outline, outcome.card.framework.kind, EXAMPLE)
        document = compose(outcome, material, outline).document
        path = tmp_path / "with.xlsx"
        path.write_bytes(report_workbook(outcome, document))
        for name in (SCORES, FUNDS, SAMPLE, SURVEY):
            bare, full = cell_values(workbook, name), cell_values(path, name)
            numbers = {at: value for at, value in bare.items() if isinstance(value, float | int)}
            assert {at: full[at] for at in numbers} == numbers

    def test_are_not_written_for_a_masked_report(self) -> None:
        outcome, material = evaluate(load_evaluation(EXAMPLE)), load_material(EXAMPLE)
        outline = find_outline(material.outline, outcome.card.framework.kind, EXAMPLE)
        document = replace(compose(outcome, material, outline).document, masked=True)
        with pytest.raises(ValueError, match="masked"):
            report_workbook(outcome, document)


class TestAFigureChangedInTheWorkbook:
    def test_moves_all_that_hangs_on_it(self, tmp_path: Path) -> None:
        """人员经费 spent 1538.79 → 1500; 300 → 400 sampled; 53 → 63 answers.

        1745.11 - 1626.70 = 118.41; 5069.77 - 38.79 = 5030.98; 2941.20 + 100 = 3041.20;
        3041.20 ÷ 3404.28 = 89.33 %; 63 ÷ 74 = 85.14 %.
        """
        workbook = written(evaluate(load_evaluation(EXAMPLE)), tmp_path)
        book = load_workbook(recalculated(workbook, tmp_path))
        funds, sample, survey = (sheet_of(book, name) for name in (FUNDS, SAMPLE, SURVEY))
        at = column_of(funds, "本年支出决算", "年末结转结余")
        person, basic, whole = (row_of(funds, text) for text in ("1", "一", "总计"))
        funds.cell(person, at["本年支出决算"]).value = 1500
        sample.cell(row_of(sample, "1"), 3).value = 400
        option = row_of(survey, "非常显著")
        survey.cell(option, 2).value = 63
        total, share = row_of(sample, "合计"), row_of(sample, "资金抽查占比")
        place = row_of(sheet_of(book, "资金"), "1")
        book.save(workbook)
        fresh = recalculated(workbook, tmp_path)
        cells = cell_values(fresh, FUNDS)
        assert cells[person, at["年末结转结余"]] == 118.41
        assert cells[basic, at["本年支出决算"]] == 1626.70
        assert cells[basic, at["年末结转结余"]] == 118.41
        assert cells[whole, at["本年支出决算"]] == 5030.98
        assert cell_values(fresh, "资金")[place, 10] == 1500
        assert cell_values(fresh, SAMPLE)[total, 3] == 3041.2
        assert cell_values(fresh, SAMPLE)[share, 3] == 0.8933
        assert cell_values(fresh, SURVEY)[option, 3] == 0.8514
        assert cell_values(fresh, SURVEY)[option + 5, 2] == 74
        assert cell_values(fresh, "部门问卷")[3, 8] == 74

    def test_leaves_blank_what_waits_for_it(self, tmp_path: Path) -> None:
        workbook = written(evaluate(load_evaluation(EXAMPLE)), tmp_path)
        book = load_workbook(workbook)
        funds = sheet_of(book, FUNDS)
        at = column_of(funds, "本年支出决算", "年末结转结余", "追加预算")
        person, whole = row_of(funds, "1"), row_of(funds, "总计")
        funds.cell(person, at["本年支出决算"]).value = None
        book.save(workbook)
        cells = cell_values(recalculated(workbook, tmp_path), FUNDS)
        for row in (person, whole):
            assert not cells.get((row, at["年末结转结余"]))
        assert cells[whole, at["追加预算"]] == 3131.88


class TestATableThatDoesNotAddUp:
    def test_is_marked_in_exactly_the_cells_that_do_not(
        self, faulty_book: Workbook, faulty: Path
    ) -> None:
        expected = amiss(csv_rows(faulty.parent / "评价" / "tables" / "资金.csv"))
        assert len(expected) > 5
        assert marked_funds(sheet_of(faulty_book, FUNDS)) == expected

    def test_keeps_the_figure_and_says_both(self, faulty_book: Workbook) -> None:
        """160 + 2116.11 + 1670.11 - 1.41 = 3944.81"""
        sheet = sheet_of(faulty_book, FUNDS)
        row, column = row_of(sheet, "二.1"), column_of(sheet, "全年预算数")["全年预算数"]
        assert sheet.cell(row, column).value == 3944.18
        remark = marked(sheet)[row, column]
        assert remark.startswith("按行计算为3944.81万元，填报数为3944.18万元。")

    def test_is_still_recalculated_to_what_was_given(self, faulty: Path, tmp_path: Path) -> None:
        assert differences(faulty, recalculated(faulty, tmp_path)) == []
        given = {row["编号"]: row for row in csv_rows(faulty.parent / "评价/tables/资金.csv")}
        shown = cell_values(faulty, FUNDS)
        for row in range(5, 16):
            texts = list(given[str(shown[row, 1])].values())[4:11]
            numbers = [text if text == "—" else float(text) for text in texts]
            assert [shown[row, column] for column in range(3, 10)] == numbers

    def test_marks_shares_and_totals_of_a_survey(self, faulty_book: Workbook) -> None:
        """54 ÷ 64 = 84.375 %; 20 + 15 + 6 + 1 + 0 = 42, not 41."""
        sheet = sheet_of(faulty_book, SURVEY)
        remarks = marked(sheet)
        first = row_of(sheet, "第2题：重点工作完成情况[单选题]") + 1
        assert remarks[first, 3].startswith("按行计算为84.38%，填报数为84.83%。")
        assert sheet.cell(first, 3).value == pytest.approx(0.8483)
        question = row_of(sheet, "第2题：扶持政策对企业的帮助程度[单选题]")
        assert remarks[question + 6, 2].startswith("按各行相加为42份，填报数为41份。")
        # 6 ÷ 41 = 14.63 %, not 12.2 %: the share is reckoned in the copies, as given.
        assert remarks.keys() == {(first, 3), (question + 6, 2), (question + 3, 3)}


class TestEquationsThatSayTheSame:
    def test_never_compute_each_other(self, tmp_path: Path) -> None:
        """a + b - c = d, d - e = f, and the same turned round: no circle, all still true"""
        evaluation = evaluate(load_evaluation(EXAMPLE)).evaluation
        turned = (
            "年末结转结余 + 决算数 = 全年预算数",
            "全年预算数 - 年末结转结余 = 决算数",
            "全年预算数 + 调减预算 - 追加预算 - 批复预算数 = 年初结转结余",
            "全年预算数 - 年初结转结余 + 调减预算 - 追加预算 = 批复预算数",
        )
        checks = [
            TieOut(id=f"turned-{n}", title=text, claim=parse(text), each="资金")
            for n, text in enumerate(turned)
        ]
        for order in ((*checks, *evaluation.checks), (*evaluation.checks, *checks)):
            workbook = written(evaluate(replace(evaluation, checks=order)), tmp_path)
            assert differences(workbook, recalculated(workbook, tmp_path)) == []


class TestAnEvaluationWithoutSomeTables:
    def test_has_no_annexes_for_them(self, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(EXAMPLE, tmp_path / "评价"))
        for name in ("抽样项目", "部门问卷", "受益对象问卷"):
            (folder / "tables" / f"{name}.csv").unlink()
        names = load_workbook(written(evaluate(load_evaluation(folder)), tmp_path)).sheetnames
        assert names[:2] == [SCORES, FUNDS]
        assert not {SAMPLE, SURVEY} & set(names)


class TestTextsFromOutside:
    def test_stay_texts(self, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(EXAMPLE, tmp_path / "评价"))
        for table, column in (("资金", "名称"), ("抽样项目", "概况"), ("部门问卷", "选项")):
            path = folder / "tables" / f"{table}.csv"
            rows = csv_rows(path)
            for row, trap in zip(rows, TRAPS, strict=False):
                row[column] = trap
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        book = load_workbook(written(evaluate(load_evaluation(folder)), tmp_path))
        for name in (FUNDS, SAMPLE, SURVEY, "资金", "抽样项目", "部门问卷"):
            cells = [cell for row in sheet_of(book, name).iter_rows() for cell in row]
            found = [cell for cell in cells if cell.value in TRAPS]
            assert len(found) == len(TRAPS)
            assert {cell.data_type for cell in found} == {"s"}
            assert [cell.hyperlink for cell in found] == [None] * len(TRAPS)


class TestADepartmentOfTheCommonFramework:
    def test_has_the_same_annexes_from_its_own_tables(self, tmp_path: Path) -> None:
        """追减预算 for 调减预算, no sample, one survey without typed shares."""
        workbook = written(common(tmp_path), tmp_path)
        assert differences(workbook, recalculated(workbook, tmp_path)) == []
        book = load_workbook(workbook)
        assert book.sheetnames[:3] == [SCORES, FUNDS, "附件3 问卷汇总表"]
        funds, survey = (sheet_of(book, name) for name in book.sheetnames[1:3])
        assert column_of(funds, "追减预算", "本年支出决算")["追减预算"] == 6
        assert not marked(funds)
        assert sum(c.data_type == "f" for r in funds.iter_rows(min_row=5) for c in r) == 3 * 5 + 16
        values = cell_values(workbook, "附件3 问卷汇总表")
        row = row_of(survey, "非常满意")
        assert (values[row, 2], values[row, 3], values[row + 5, 2]) == (88, 0.44, 200)
        assert survey.cell(row, 3).data_type == survey.cell(row + 5, 2).data_type == "f"

    def test_is_marked_where_its_tables_do_not_add_up(self, tmp_path: Path) -> None:
        table = TABLES["资金"].replace("2500.00,2260.00,240.00", "2500.00,2260.00,204.00")
        path = written(common(tmp_path, 资金=table), tmp_path)
        expected = amiss(csv_rows(tmp_path / "评价" / "tables" / "资金.csv"), less="追减预算")
        assert expected == {("二", "年末结转结余"), ("总计", "年末结转结余")}
        assert marked_funds(sheet_of(load_workbook(path), FUNDS)) == expected

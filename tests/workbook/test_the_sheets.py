"""The workbook as an accountant meets it: words, lists, sums, and nothing that runs."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from tests.workbook.recalculation import cell_values, recalculated

from steelyard.evaluation.evaluation import evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.report.workbook.book import Book
from steelyard.report.workbook.score_workbook import score_workbook

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"
HOSTILE = ("=1+1", "+1", "-1", "@SUM(1)", "http://sample.invalid/", '=HYPERLINK("x")')


def workbook(folder: Path, target: Path) -> Workbook:
    target.write_bytes(score_workbook([evaluate(load_evaluation(folder))]))
    return load_workbook(target)


class TestTheSums:
    def test_show_no_sum_for_a_group_that_waits(self, tmp_path: Path) -> None:
        """编制数 is missing, so 投入 is not scored to the end"""
        folder = Path(shutil.copytree(EXAMPLE, tmp_path / "sample"))
        facts = (folder / "facts.csv").read_text(encoding="utf-8-sig")
        changed = facts.replace("编制数,68,", "编制数,,", 1)
        (folder / "facts.csv").write_text(changed, encoding="utf-8")
        target = tmp_path / "scores.xlsx"
        workbook(folder, target)
        for path in (target, recalculated(target, tmp_path)):
            cells = cell_values(path, "汇总")
            row = next(row for (row, column), text in cells.items() if text == "投入")
            assert cells[row, 3] == "未评完"
            assert not cells.get((row, 4))


class TestTheJudgements:
    def test_are_words_that_may_be_changed_by_list(self, tmp_path: Path) -> None:
        target = tmp_path / "scores.xlsx"
        book = workbook(EXAMPLE, target)
        sheet = book["评判"]
        row = next(r for r in range(2, sheet.max_row) if sheet.cell(r, 4).value == "不符合")
        path = sheet.cell(row, 1).value
        sheet.cell(row, 4).value = "符合"
        book.save(target)
        cells = cell_values(recalculated(target, tmp_path), "评分表")
        leaf = next(
            r for (r, c), text in cells.items() if c == 5 and text == str(path).split("/")[-1]
        )
        assert cells[leaf, 12] == cells[leaf, 7] == 3

    def test_say_so_when_a_word_is_none_of_those_asked_for(self, tmp_path: Path) -> None:
        target = tmp_path / "scores.xlsx"
        book = workbook(EXAMPLE, target)
        book["评判"].cell(2, 4).value = "大概"
        book.save(target)
        cells = cell_values(recalculated(target, tmp_path), "评分表")
        assert cells[3, 11] == "结论不明"
        assert not cells.get((3, 12))


class TestAText:
    def test_never_becomes_a_formula_or_a_link(self, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(EXAMPLE, tmp_path / "sample"))
        lines = (folder / "judgements.csv").read_text(encoding="utf-8-sig").splitlines()
        for number, text in enumerate(HOSTILE, start=1):
            cells = lines[number].split(",")
            quoted = '"' + text.replace('"', '""') + '"'
            lines[number] = ",".join([*cells[:3], quoted, quoted])
        (folder / "judgements.csv").write_text("\n".join(lines), encoding="utf-8")
        settings = (folder / "evaluation.toml").read_text(encoding="utf-8")
        changed = settings.replace('title = "', 'title = "=1+1 ', 1)
        (folder / "evaluation.toml").write_text(changed, encoding="utf-8")
        book = workbook(folder, tmp_path / "scores.xlsx")
        sheet = book["评判"]
        for row, text in enumerate(HOSTILE, start=2):
            for column in (5, 6):
                cell = sheet.cell(row, column)
                assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
        assert book["评分表"].cell(1, 1).data_type == "s"


class TestSheetNames:
    def test_are_what_a_workbook_takes_and_each_their_own(self) -> None:
        book = Book("样例", ("数据",))
        names = [
            book.table_sheet(text) for text in ("数据", "a/b:c", "A/B:C", "长" * 40, "长" * 41, "")
        ]
        assert len({name.casefold() for name in names}) == len(names)
        assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
        assert names[0] != "数据"


class TestAScoreBesideATie:
    def test_is_written_as_a_fixed_value(self, tmp_path: Path) -> None:
        """实际 = 计划 × 0.5825 less one part in 10^14: 1.1649…9, not 1.165"""
        folder = Path(shutil.copytree(EXAMPLE, tmp_path / "sample"))
        facts = (folder / "facts.csv").read_text(encoding="utf-8-sig")
        old = "工业总产值完成额.实际值,933.73,"
        assert old in facts
        changed = facts.replace(old, "工业总产值完成额.实际值,931.99999999999984,")
        (folder / "facts.csv").write_text(changed, encoding="utf-8")
        sheet = workbook(folder, tmp_path / "scores.xlsx")["评分表"]
        row = next(r for r in range(3, 41) if sheet.cell(r, 6).value == "工业总产值完成额")
        assert sheet.cell(row, 12).value == 1.16
        assert sheet.cell(row, 11).value == "固定值，非公式"

"""What a reader of the workbook sees, types and prints."""

from __future__ import annotations

import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.workbook.recalculation import cell_values, recalculated

from steelyard.evaluation.evaluation import Evaluation, Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec
from steelyard.facts.ledger import Fact, Ledger, Table, TableRow
from steelyard.framework.indicator import Framework, Grade, Group, Leaf
from steelyard.measure.quantity import Quantity, Value
from steelyard.provenance.origin import Origin
from steelyard.report.workbook.book import Book, lines
from steelyard.report.workbook.score_workbook import FIXED, score_workbook
from steelyard.scoring.compile import compile_framework
from steelyard.scoring.rules.rule import Judgement

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"
TRAPS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "http://example.invalid/", "{=1+1}", "mailto:a@b")
CHECKLIST: dict[str, object] = {
    "use": "checklist",
    "points": [{"text": "有制度", "points": 1}, {"text": "有执行", "points": 1}],
}
VETO: dict[str, object] = {
    "use": "veto",
    "text": "出事故",
    "then": {"use": "defects", "count": "不符项数", "lose": Fraction("0.5")},
}


def small(
    *,
    values: dict[str, Value] | None = None,
    judgements: dict[str, dict[str, Judgement]] | None = None,
    title: str = "甲评价",
    text: str = "",
    tables: tuple[str, ...] = (),
) -> Outcome:
    """Return three leaves: 甲/率 computed, 乙/制度 judged, 乙/安全 under a veto.

    Args:
        values: Figures; 实际 and 计划 decide 甲/率.
        judgements: Judgements; by default all is well.
        title: Of the evaluation.
        text: Put wherever a text from outside may stand.
        tables: Names of tables with one row.
    """
    spec = [
        TableSpec(
            name=name,
            key="名",
            columns=(
                Column(name="名", kind=Kind.TEXT),
                Column(name="状态", kind=Kind.TEXT, choices=("好", "差")),
            ),
        )
        for name in tables
    ]
    items = [
        Item(name="实际"),
        Item(name="计划", above_zero=True),
        Item(name="备注", kind=Kind.TEXT),
        Item(name="级次", kind=Kind.TEXT, choices=("本级", "上级")),
    ]
    dictionary = Dictionary({i.name: i for i in items}, {each.name: each for each in spec})
    framework = Framework(
        id="small",
        version="1",
        title="小",
        points=Fraction(6),
        grades=(Grade('"优"', Fraction(5)), Grade("差", Fraction(0))),
        groups=(
            Group(path=("甲",), points=Fraction(2)),
            Group(path=("乙",), points=Fraction(4)),
        ),
        leaves=(
            Leaf(
                path=("甲", "率"),
                points=Fraction(2),
                measures={"": "实际 / 计划"},
                measure_name="率",
                meaning=text,
                rule={"use": "completion"},
            ),
            Leaf(path=("乙", "制度"), points=Fraction(2), rule=CHECKLIST),
            Leaf(path=("乙", "安全"), points=Fraction(2), rule=VETO),
        ),
    )
    met = Judgement(True, text, text)
    given: dict[str, Value] = {
        "实际": Quantity.of(3),
        "计划": Quantity.of(4),
        "备注": text or "无",
        "级次": "本级",
    }
    given |= values or {}
    facts = {name: Fact(name, value, Origin(text, text, text)) for name, value in given.items()}
    rows = (TableRow("1", {"名": text or "一", "状态": "好"}),)
    return evaluate(
        Evaluation(
            title=title,
            department="某单位",
            year=2023,
            rubric=compile_framework(framework, dictionary),
            ledger=Ledger(dictionary, facts, {name: Table(name, rows) for name in tables}),
            judgements=judgements
            or {
                "乙/制度": {"①": met, "②": met},
                "乙/安全": {"否决": Judgement(False), "①": Judgement(Quantity.of(1, places=0))},
            },
        )
    )


def written(outcome: Outcome, folder: Path) -> Path:
    path = folder / "scores.xlsx"
    path.write_bytes(score_workbook([outcome]))
    return path


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def sums(workbook: Path) -> dict[object, tuple[object, ...]]:
    """Return the rows of 汇总, by their first cell."""
    sheet = sheet_of(load_workbook(workbook, data_only=True), "汇总")
    return {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}


class TestTheSums:
    def test_have_sum_and_rate_when_all_is_known(self, tmp_path: Path) -> None:
        """甲 2 × 3 ÷ 4 = 1.5; 乙 2 + (2 - 0.5) = 3.5."""
        found = sums(written(small(), tmp_path))
        assert found["甲"] == (2, 1.5, 0.75)
        assert found["乙"] == (4, 3.5, 0.875)
        assert found["总分"][:2] == (6, 5)
        assert found["等级"][1] == '"优"'

    def test_become_unfinished_when_a_figure_is_taken_out(self, tmp_path: Path) -> None:
        workbook = written(small(), tmp_path)
        book = load_workbook(workbook)
        sheet_of(book, "数据")["B2"].value = None
        book.save(workbook)
        found = sums(recalculated(workbook, tmp_path))
        assert found["甲"][1] == "未评完"
        assert found["乙"][1:] == (3.5, 0.875)


class TestJudgements:
    def test_are_written_in_words(self, tmp_path: Path) -> None:
        sheet = sheet_of(load_workbook(written(small(), tmp_path)), "评判")
        assert [sheet.cell(row, 4).value for row in range(2, 6)] == ["符合", "符合", "未发生", 1]

    def test_are_picked_from_a_list_or_counted(self, tmp_path: Path) -> None:
        book = load_workbook(written(small(tables=("任务",)), tmp_path))
        asked = {
            str(each.sqref): (each.type, each.formula1)
            for each in sheet_of(book, "评判").data_validations.dataValidation
        }
        assert asked == {
            "D2": ("list", '"符合,不符合"'),
            "D3": ("list", '"符合,不符合"'),
            "D4": ("list", '"发生,未发生"'),
            "D5": ("whole", "0"),
        }
        rows = sheet_of(book, "任务").data_validations.dataValidation
        assert [(str(each.sqref), each.formula1) for each in rows] == [("B2", '"好,差"')]
        facts = sheet_of(book, "数据").data_validations.dataValidation
        assert [each.formula1 for each in facts] == ['"本级,上级"']

    @pytest.mark.parametrize(
        ("cell", "typed", "state", "earned"),
        [
            ("D3", False, "结论不明", "未评完"),
            ("D3", None, "缺数据", "未评完"),
            ("D4", "发生", None, 2),
            ("D5", "两处", "结论不明", "未评完"),
        ],
    )
    def test_count_as_they_are_typed(
        self, cell: str, typed: str | bool | None, state: str | None, earned: object, tmp_path: Path
    ) -> None:
        workbook = written(small(), tmp_path)
        book = load_workbook(workbook)
        sheet_of(book, "评判")[cell] = typed
        book.save(workbook)
        again = recalculated(workbook, tmp_path)
        assert sums(again)["乙"][1] == earned
        states = cell_values(again, "评分表")
        assert state in {states.get((row, 11)) or None for row in (4, 5)}


class TestTexts:
    @pytest.mark.parametrize("trap", TRAPS)
    def test_never_calculate_or_lead_anywhere(self, trap: str, tmp_path: Path) -> None:
        outcome = small(title=trap, text=trap, tables=("任务",))
        workbook = written(outcome, tmp_path)
        book = load_workbook(workbook)
        found = 0
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.hyperlink is None
                    if cell.value == trap:
                        assert cell.data_type == "s" or not trap.startswith("=")
                        found += 1
        # Two titles, a meaning, four facts with three texts, one of them the value,
        # two judgements with reason and evidence, one cell of a table.
        assert found >= 2 + 1 + 4 * 3 + 1 + 4 + 1
        with zipfile.ZipFile(workbook) as archive:
            parts = {
                name: archive.read(name).decode()
                for name in archive.namelist()
                if name.startswith("xl/worksheets/")
            }
        for part in parts.values():
            assert "<hyperlink" not in part
            assert "1+1</f>" not in part
            assert "SUM(1)" not in part

    def test_of_a_grade_stay_within_their_quotes(self, tmp_path: Path) -> None:
        workbook = written(small(), tmp_path)
        assert sums(recalculated(workbook, tmp_path))["等级"][1] == '"优"'

    def test_too_long_for_a_cell_are_cut_and_say_so(self, tmp_path: Path) -> None:
        sheet = sheet_of(load_workbook(written(small(text="长" * 40_000), tmp_path)), "评分表")
        said = str(sheet["H3"].value)
        assert len(said) <= 32_767
        assert said.endswith("（后略）")


class TestSheetNames:
    def test_are_such_as_workbooks_take(self) -> None:
        book = Book("", FIXED)
        wanted = [
            "项目/一",
            "项目?一",
            "Tasks",
            "TASKS",
            "数据",
            "history",
            "'引'",
            "[]:*?/\\",
            " ",
        ]
        wanted += ["长" * 40, "长" * 41, "𠀀" * 20, "数据表"]
        given = [book.table_sheet(each) for each in wanted]
        for name in given:
            book.sheet(name)  # refuses what a workbook does not take
        assert given[:6] == ["项目_一", "项目_一(2)", "Tasks", "TASKS(2)", "数据表", "history表"]
        assert given[-4:] == ["长" * 31, "长" * 28 + "(2)", "𠀀" * 15, "数据表(2)"]
        assert book.table_sheet("Tasks") == "Tasks"
        book.close()

    def test_are_those_of_the_tables(self, tmp_path: Path) -> None:
        names = load_workbook(
            written(small(tables=("表/甲", "表?甲", "汇总")), tmp_path)
        ).sheetnames
        assert {"表_甲", "表_甲(2)", "汇总表", "汇总"} <= set(names)


class TestTheLayout:
    def test_gives_every_row_the_height_that_its_texts_need(self, tmp_path: Path) -> None:
        book = load_workbook(written(evaluate(load_evaluation(EXAMPLE)), tmp_path))
        for each in book.worksheets:
            for row in each.iter_rows():
                if any(cell.value is not None for cell in row):
                    assert each.row_dimensions[row[0].row or 0].height is not None
        sheet = sheet_of(book, "评分表")
        heights = [sheet.row_dimensions[row].height or 0 for row in range(3, sheet.max_row)]
        assert max(heights) > 2 * min(heights)

    def test_counts_an_east_asian_character_twice(self) -> None:
        assert lines("一二三四五六", 9) == 2
        assert lines("abcdef", 9) == 1
        assert lines("一\n二\n", 9) == 3

    def test_prints_on_a4_one_page_wide_with_its_headings(self, tmp_path: Path) -> None:
        book = load_workbook(written(small(tables=("任务",)), tmp_path))
        for sheet in book.worksheets:
            assert sheet.page_setup.orientation == "landscape"
            assert int(sheet.page_setup.paperSize or 0) == 9
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
            assert sheet.sheet_properties.pageSetUpPr is not None
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.print_title_rows
            assert sheet.freeze_panes
            footer = sheet.oddFooter
            assert footer is not None
            assert "&P" in str(footer.right.text)

    def test_colours_what_is_typed_and_what_is_computed(self, tmp_path: Path) -> None:
        book = load_workbook(written(small(), tmp_path))
        notes = sheet_of(book, "说明")
        typed, live = (notes[cell].fill.fgColor.rgb for cell in ("A2", "A3"))
        assert sheet_of(book, "数据")["B2"].fill.fgColor.rgb == typed
        assert sheet_of(book, "评判")["D2"].fill.fgColor.rgb == typed
        assert sheet_of(book, "评分表")["L3"].fill.fgColor.rgb == live
        assert sheet_of(book, "汇总")["C3"].fill.fgColor.rgb == live

    def test_puts_many_evaluations_one_below_the_other(self, tmp_path: Path) -> None:
        path = tmp_path / "scores.xlsx"
        path.write_bytes(score_workbook([small(title="甲评价"), small(title="乙评价")]))
        column = [
            row[0] for row in sheet_of(load_workbook(path), "汇总").iter_rows(values_only=True)
        ]
        assert [column.index(title) for title in ("甲评价", "乙评价")] == [0, 8]

"""Figures of an annex that is laid out by hand: units, copies, formulas, random tables."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.workbook.recalculation import differences, recalculated

from steelyard.evaluation.evaluation import Evaluation, Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.facts.ledger import Ledger, Table, TableRow
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import unit_named
from steelyard.report.model import blocks
from steelyard.report.model.runs import Figure, Gap, Text
from steelyard.report.workbook.annex_workbook import report_workbook
from steelyard.report.workbook.book import COMPUTED, MARKED, SHOWN

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"
SHEET = "附件7 资金汇总表"
WAN = unit_named("万元")
COLUMNS = (
    "年初结转结余",
    "批复预算数",
    "追加预算",
    "调减预算",
    "全年预算数",
    "决算数",
    "年末结转结余",
)


def document(*columns: Sequence[str]) -> blocks.Document:
    """Return an annex of one table; every cell is a reference, or a text after a colon."""

    def cell(text: str) -> blocks.Cell:
        if text.startswith("："):
            return blocks.Cell(lines=((Text(text[1:]),),))
        if text.startswith("?"):
            return blocks.Cell(lines=((Gap(text[1:]),),))
        return blocks.Cell(lines=((Figure("1", text, numeric=True),),))

    rows = tuple(tuple(cell(text) for text in row) for row in zip(*columns, strict=True))
    table = blocks.Table(
        columns=tuple(10 for _ in columns),
        head=(tuple(blocks.text_cell(f"列{n}", head=True) for n, _ in enumerate(columns)),),
        rows=rows,
    )
    heading = blocks.Heading(
        level=1, number="附件7：", runs=(Text("手工表"),), anchor="附件:手工表", look="annex"
    )
    section = blocks.Section(blocks=(heading, table))
    return blocks.Document(title="报告", author="", date="", sections=(section,))


def with_funds(rows: Sequence[TableRow]) -> Evaluation:
    """Return the example with another table of funds."""
    evaluation = evaluate(load_evaluation(EXAMPLE)).evaluation
    ledger = evaluation.ledger
    tables = {**ledger.tables, "资金": Table("资金", tuple(rows))}
    return replace(evaluation, ledger=Ledger(ledger.dictionary, ledger.facts, tables))


def fund(key: str, above: str, amounts: Sequence[Value], relation: str = "分项") -> TableRow:
    texts = {"编号": key, "名称": f"第{key}项", "上级编号": above, "关系": relation}
    return TableRow(key, {**texts, **dict(zip(COLUMNS, amounts, strict=True))})


def money(cents: int) -> Quantity:
    return Quantity.of(Fraction(cents, 100), WAN, places=2)


def sheet(path: Path, name: str = SHEET) -> Worksheet:
    found = load_workbook(path)[name]
    assert isinstance(found, Worksheet)
    return found


def written(outcome: Outcome, folder: Path, paper: blocks.Document | None = None) -> Path:
    path = folder / "annexes.xlsx"
    path.write_bytes(report_workbook(outcome, paper))
    return path


class TestAFigure:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """The sheet below, from row 3:

        资金[1].决算数 | 数          1538.79, its home
        资金[1].决算数 | 数          the same again
        资金[1].决算数 | 亿元 | 4位   1538.79 ÷ 10000 = 0.1539
        资金[二.1]：决算数 / 全年预算数 | %   1939.83 ÷ 3944.81 = 49.174… %
        sum(资金.决算数, 上级编号 = “二”) | 亿元 | 2位   3404.28 ÷ 10000 = 0.34
        全年预算数 | 数               7479.37, a data item
        count(资金)                  11, which no formula tells
        资金[一]：批复预算数 - 决算数 | 数   1642.06 - 1665.49 = -23.43
        """
        column = (
            "资金[1].决算数 | 数",
            "资金[1].决算数 | 数",
            "资金[1].决算数 | 亿元 | 4位",
            "资金[二.1]：决算数 / 全年预算数 | %",
            "sum(资金.决算数, 上级编号 = “二”) | 亿元 | 2位",
            "全年预算数 | 数",
            "count(资金)",
            "资金[一]：批复预算数 - 决算数 | 数",
            "：=1+1",
            "不认识的 | 数",
        )
        outcome = evaluate(load_evaluation(EXAMPLE))
        return written(outcome, tmp_path, document(column))

    def test_is_printed_as_its_reference_asks(self, path: Path) -> None:
        found = load_workbook(path, data_only=True)[SHEET]
        assert isinstance(found, Worksheet)
        values = [found.cell(row, 1).value for row in range(3, 13)]
        assert values[:3] == [1538.79, 1538.79, 0.1539]
        assert values[3:6] == [0.4917, 0.34, 7479.37]
        assert values[6:] == [11, -23.43, "=1+1", "1"]

    def test_is_live_wherever_the_workbook_can_follow(self, path: Path) -> None:
        found = sheet(path)
        live = [found.cell(row, 1).data_type == "f" for row in range(3, 13)]
        assert live == [False, True, True, True, True, True, False, True, False, False]
        assert found["A4"].value == '=IF($A$3="","",$A$3)'
        assert found["A5"].value == '=IF(COUNTBLANK(A3)>0,"",ROUND(ROUND(N(A3)/10000,10),4))'
        fills = ["#" + str(found.cell(row, 1).fill.fgColor.rgb)[2:] for row in (4, 9)]
        assert fills == [COMPUTED, SHOWN]

    def test_is_typed_once_and_read_by_its_table(self, path: Path) -> None:
        funds = sheet(path, "资金")
        row = next(r for r in range(2, 14) if funds.cell(r, 1).value == "1")
        assert funds.cell(row, 10).value == f"=IF('{SHEET}'!$A$3=\"\",\"\",'{SHEET}'!$A$3)"

    def test_is_recalculated_to_the_same(self, path: Path, tmp_path: Path) -> None:
        assert differences(path, recalculated(path, tmp_path)) == []

    def test_that_nobody_gave_stays_a_blank_to_be_filled(self, tmp_path: Path) -> None:
        """决算数 of 1 is missing: neither 年末 of its row nor anything above is computed."""
        amounts: list[Value] = [money(100), NOT_APPLICABLE, money(50), NOT_APPLICABLE]
        full: list[Value] = [*amounts, money(150), money(20), money(130)]
        gap: list[Value] = [*amounts, money(150), MISSING, money(130)]
        rows = [fund("一", "—", full, "总计"), fund("1[a]", "一", gap)]
        cells = [f"资金[{key}].{column} | 数" for key in ("一", "1[a]") for column in COLUMNS]
        cells[7 + 5] = "?资金[1[a]].决算数"
        path = written(evaluate(with_funds(rows)), tmp_path, document(cells))
        found = sheet(path)
        values = [found.cell(row, 1) for row in range(3, 3 + len(cells))]
        assert values[12].value is None
        assert [cell.data_type == "f" for cell in values[4:7]] == [True, False, True]
        assert [cell.data_type == "f" for cell in values[11:14]] == [True, False, False]
        assert differences(path, recalculated(path, tmp_path)) == []


class TestADash:
    def test_is_shown_for_nought_only_where_it_was_given(self, tmp_path: Path) -> None:
        """1 - 1 is a dash in one row and 0.00 in another, as each was given."""
        start: list[Value] = [NOT_APPLICABLE, money(100), NOT_APPLICABLE, NOT_APPLICABLE]
        rows = [
            fund("1", "—", [*start, money(100), money(100), NOT_APPLICABLE]),
            fund("2", "—", [*start, money(100), money(100), money(0)]),
        ]
        cells = [f"资金[{key}].{column} | 数" for key in "12" for column in COLUMNS]
        path = written(evaluate(with_funds(rows)), tmp_path, document(cells))
        for each in (path, recalculated(path, tmp_path)):
            found = load_workbook(each, data_only=True)[SHEET]
            assert isinstance(found, Worksheet)
            assert [found.cell(row, 1).value for row in (9, 16)] == ["—", 0]
        assert sheet(path)["A9"].data_type == sheet(path)["A16"].data_type == "f"


class TestRandomTables:
    @pytest.mark.parametrize("seed", range(3))
    def test_are_marked_where_plain_sums_differ_and_keep_every_figure(
        self, seed: int, tmp_path: Path
    ) -> None:
        chance = random.Random(20240000 + seed)
        given = self.tree(chance)
        rows = [
            fund(key, above, [NOT_APPLICABLE if a is None else money(a) for a in amounts])
            for key, above, amounts in given
        ]
        columns = [[f"资金[{key}].{column} | 数" for key, _, _ in given] for column in COLUMNS]
        path = written(evaluate(with_funds(rows)), tmp_path, document(*columns))
        found = sheet(path)
        marks = {
            (given[row - 3][0], COLUMNS[column - 1])
            for row in range(3, 3 + len(given))
            for column in range(1, 8)
            if "#" + str(found.cell(row, column).fill.fgColor.rgb)[2:] == MARKED
        }
        assert marks == self.amiss(given)
        assert marks
        shown = load_workbook(path, data_only=True)[SHEET]
        assert isinstance(shown, Worksheet)
        for row, (_, _, amounts) in enumerate(given, start=3):
            values = [shown.cell(row, column).value for column in range(1, 8)]
            assert values == ["—" if a is None else a / 100 for a in amounts]
        assert differences(path, recalculated(path, tmp_path)) == []

    @staticmethod
    def tree(chance: random.Random) -> list[tuple[str, str, list[int | None]]]:
        """Return funds that add up, in cents, children after parents; then break some."""
        parents = {"总": "—"}
        for number in range(40):
            parents[f"{number}"] = chance.choice(list(parents)) if number > 1 else "总"
        amounts: dict[str, list[int]] = {}
        for key in reversed(list(parents)):
            below = [amounts[child] for child, above in parents.items() if above == key]
            own = [chance.choice([0, chance.randrange(10**7)]) for _ in range(4)]
            base = [sum(each) for each in zip(*below, strict=True)][:4] if below else own
            spent = sum(each[5] for each in below) if below else chance.randrange(10**6)
            full = sum(base[:3]) - base[3]
            amounts[key] = [*base, full, spent, full - spent]
        given = []
        for key, above in parents.items():
            row: list[int | None] = list(amounts[key])
            if chance.random() < 0.1:
                at = chance.randrange(7)
                row[at] = (row[at] or 0) + chance.choice([1, 100, -7])
            given.append(
                (key, above, [None if a == 0 and chance.random() < 0.7 else a for a in row])
            )
        return given

    @staticmethod
    def amiss(given: list[tuple[str, str, list[int | None]]]) -> set[tuple[str, str]]:
        plain = {key: [a or 0 for a in amounts] for key, _, amounts in given}
        found = set()
        for key, row in plain.items():
            if row[0] + row[1] + row[2] - row[3] != row[4]:
                found.add((key, "全年预算数"))
            if row[4] - row[5] != row[6]:
                found.add((key, "年末结转结余"))
            below = [plain[child] for child, above, _ in given if above == key]
            for at, column in enumerate(COLUMNS):
                if below and sum(each[at] for each in below) != row[at]:
                    found.add((key, column))
        return found

"""Evaluations whose annexes are tested, and how their sheets are read."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.framework.common_2013_department import FACTS, TABLES

from steelyard.cli.main import cli
from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.report.workbook.annex_workbook import report_workbook
from steelyard.report.workbook.book import MARKED

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"
SCORES, FUNDS = "附件1 指标体系及评分表", "附件2 资金汇总表"
SAMPLE, SURVEY = "附件3 抽样明细表", "附件4 问卷汇总表"
TRAPS = ("=1+1", "+1", "-1+1", "@SUM(1)", "{=1}", "http://example.invalid/")

Change = tuple[str, str, str]
"""A table of the example, a text in it, and what stands there instead."""


def changed(folder: Path, *changes: Change) -> Outcome:
    """Return the example weighed with other tables."""
    copy = Path(shutil.copytree(EXAMPLE, folder / "评价"))
    for table, old, new in changes:
        path = copy / "tables" / f"{table}.csv"
        text = path.read_text(encoding="utf-8-sig")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")
    return evaluate(load_evaluation(copy))


def common(folder: Path, **tables: str) -> Outcome:
    """Return a department of common-2013; judgements do not matter here."""
    home = folder / "评价"
    named = ["--framework", "common-2013", "--department", "某局"]
    assert CliRunner().invoke(cli, ["init", str(home), *named]).exit_code == 0
    figures = dict(line.rsplit(" ", 1) for line in FACTS.strip().splitlines())
    with (home / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        asked = list(csv.DictReader(file))
    with (home / "facts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(asked[0]))
        writer.writeheader()
        writer.writerows(row | {"数值": figures.get(row["数据项"], "")} for row in asked)
    for name, text in {**TABLES, **tables}.items():
        (home / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
    return evaluate(load_evaluation(home))


def written(outcome: Outcome, folder: Path) -> Path:
    path = folder / "annexes.xlsx"
    path.write_bytes(report_workbook(outcome))
    return path


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def fill(sheet: Worksheet, row: int, column: int) -> str:
    return "#" + str(sheet.cell(row, column).fill.fgColor.rgb)[2:]


def marked(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Return the remarks on the marked cells; every one is marked both ways."""
    found = {}
    for row in sheet.iter_rows():
        for cell in row:
            is_marked = fill(sheet, cell.row or 0, cell.column or 0) == MARKED
            assert is_marked == (cell.comment is not None)
            if cell.comment is not None:
                found[cell.row or 0, cell.column or 0] = str(cell.comment.text)
    return found


def column_of(sheet: Worksheet, *headings: str) -> dict[str, int]:
    return {
        heading: next(
            cell.column or 0
            for row in sheet.iter_rows(max_row=4)
            for cell in row
            if cell.value == heading
        )
        for heading in headings
    }


def row_of(sheet: Worksheet, text: str, column: int = 1) -> int:
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, column).value == text)


PRINTED = {
    "年初结转结余": "年初结转结余",
    "批复预算数": "预算批复数",
    "追加预算": "追加预算",
    "调减预算": "调减预算",
    "追减预算": "追减预算",
    "全年预算数": "全年预算数",
    "决算数": "本年支出决算",
    "年末结转结余": "年末结转结余",
}
"""Headings of the annex, by the column of the table."""


def amiss(rows: Iterable[dict[str, str]], less: str = "调减预算") -> set[tuple[str, str]]:
    """Return the cells that do not add up, by number and heading: plain sums, our own."""
    table = [{key.partition("（")[0]: text for key, text in row.items()} for row in rows]

    def amount(row: dict[str, str], column: str) -> Decimal:
        return Decimal(0) if row[column] == "—" else Decimal(row[column])

    found = set()
    for row in table:
        whole = amount(row, "年初结转结余") + amount(row, "批复预算数") + amount(row, "追加预算")
        if whole - amount(row, less) != amount(row, "全年预算数"):
            found.add((row["编号"], "全年预算数"))
        if amount(row, "全年预算数") - amount(row, "决算数") != amount(row, "年末结转结余"):
            found.add((row["编号"], "年末结转结余"))
        parts = [r for r in table if r["上级编号"] == row["编号"] and r["关系"] == "分项"]
        for column, heading in PRINTED.items():
            if column in row and parts:
                added = sum((amount(part, column) for part in parts), Decimal(0))
                if added != amount(row, column):
                    found.add((row["编号"], heading))
    return found


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def marked_funds(sheet: Worksheet) -> set[tuple[str, str]]:
    headings = [h for h in PRINTED.values() if any(c.value == h for r in sheet["3:4"] for c in r)]
    by_column = {number: name for name, number in column_of(sheet, *headings).items()}
    return {(str(sheet.cell(row, 1).value), by_column[column]) for row, column in marked(sheet)}

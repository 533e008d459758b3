"""A small department, its workbook, and what people do with it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.errors import Problems
from steelyard.facts.dictionary import Dictionary
from steelyard.facts.ledger import Ledger, Table, Target
from steelyard.facts.load_dictionary import load_dictionary
from steelyard.facts.load_facts import load_facts, load_table
from steelyard.intake.reading.sheets.read_workbook import read_workbook
from steelyard.intake.request.ask import Request, what_to_ask
from steelyard.intake.request.ids import read_mark
from steelyard.intake.request.read_own import read_own
from steelyard.intake.request.workbook import request_workbook
from steelyard.intake.sighting import Seen
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import unit_named
from steelyard.provenance.origin import Origin

ITEMS = """
[[item]]
name = "年初预算数"
unit = "万元"
meaning = "年初批复的预算数"
above_zero = true

[[item]]
name = "决算数"
unit = "万元"

[[item]]
name = "满意度"
unit = "%"

[[item]]
name = "编制数"
unit = "人"

[[item]]
name = "批复日期"
kind = "日期"

[[item]]
name = "自评等级"
kind = "文字"
choices = ["优", "良", "中", "差"]

[[item]]
name = "公开网址"
kind = "文字"

[[item]]
name = "结余"
unit = "万元"
formula = "年初预算数 - 决算数"

[[goal]]
name = "产值"
sign = "≥"
unit = "亿元"

[[goal]]
name = "代表性效益"
sign = "≤"
unit = "*"

[[table]]
name = "项目"
key = "序号"
meaning = "项目支出，一行一个"

[[table.column]]
name = "序号"
kind = "文字"

[[table.column]]
name = "名称"
kind = "文字"

[[table.column]]
name = "决算数"
unit = "万元"

[[table.column]]
name = "日期"
kind = "日期"

[[table.column]]
name = "完成"
kind = "是否"
"""

DEPARTMENT, YEAR = "某市文旅局", 2024


def dictionary(folder: Path, text: str = ITEMS) -> Dictionary:
    (folder / "items.toml").write_text(text, encoding="utf-8")
    return load_dictionary(folder)


def ledger(folder: Path, known: Dictionary, facts: str = "", table: str = "") -> Ledger:
    """What a folder holds: lines of facts.csv, and of the table 项目."""
    problems = Problems()
    path = folder / "facts.csv"
    path.write_text("数据项,数值,单位,期间,来源,位置,说明\n" + facts, encoding="utf-8")
    found = load_facts(path, known, {}, problems)
    tables: dict[str, Table] = {}
    if table:
        listed = folder / "项目.csv"
        listed.write_text("序号,名称,决算数（万元）,日期,完成\n" + table, encoding="utf-8")
        read = load_table(listed, known.tables["项目"], Origin("决算报表", "表3"), problems)
        assert read is not None
        tables["项目"] = read
    problems.settle()
    return Ledger(known, found, tables)


def asked(known: Dictionary, has: Ledger | None = None, due: date | None = None) -> Request:
    return what_to_ask(
        known, {"决算数": ["预算完成率"]}, title="某市文旅局2024年部门整体支出绩效评价",
        department=DEPARTMENT, year=YEAR, framework="common-2013@1", ledger=has, due=due,
    )  # fmt: skip


def workbook(known: Dictionary, has: Ledger | None = None) -> bytes:
    """The only workbook of a dictionary without suppliers."""
    request = asked(known, has)
    (share,) = request.shares
    return request_workbook(request, share)


class Copy:
    """A workbook in somebody's hands, edited with another program than our own."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(content))

    def sheet(self, kind: str, name: str = "") -> Worksheet:
        """The first sheet with that mark, wherever it stands in it."""
        for sheet in self.book.worksheets:
            for cell in _cells(sheet):
                mark = read_mark(str(cell.value))
                if mark is not None and (mark.kind, mark.name) == (kind, name):
                    return sheet
        raise AssertionError(kind)

    @property
    def figures(self) -> Worksheet:
        return self.sheet("数据项")

    @property
    def goals(self) -> Worksheet:
        return self.sheet("绩效目标")

    @property
    def projects(self) -> Worksheet:
        return self.sheet("表", "项目")

    def at(self, sheet: Worksheet, row: str, field: str) -> Cell:
        """The cell of a row that is named, in a column that is named."""
        rows = [c.row for c in _cells(sheet) if c.value in (f"数据项:{row}", f"目标:{row}")]
        found = sheet.cell(rows[0], _column(sheet, field))
        assert isinstance(found, Cell)
        return found

    def answer(self, item: str, value: object, field: str = "数值", **beside: object) -> Copy:
        """Answer a figure, and what stands beside it."""
        self.at(self.figures, item, field).value = value  # type: ignore[assignment]  # any answer
        for other, text in beside.items():
            self.at(self.figures, item, other).value = text  # type: ignore[assignment]  # as above
        return self

    def reach(self, goal: str, **sides: object) -> Copy:
        """Answer the sides of a goal."""
        for field, value in sides.items():
            self.at(self.goals, goal, field).value = value  # type: ignore[assignment]  # as above
        return self

    def list(self, *rows: Sequence[object], start: int = 5) -> Copy:
        """Fill in rows of the table 项目, from the first row down."""
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                self.projects.cell(start + down, 2 + across).value = value  # type: ignore[assignment]  # as above
        return self

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def read(self, known: Dictionary, **answers: str) -> Seen:
        return read(self.saved(), known, answers)


def read(content: bytes, known: Dictionary, answers: dict[str, str] | None = None) -> Seen:
    seen = read_own(read_workbook("资料采集表.xlsx", content), known, answers=answers)
    assert seen is not None
    return seen


def values(seen: Seen) -> dict[str, Value]:
    """What was seen, by the name of the item or cell."""
    return {str(each.target): each.value for each in seen.sightings}


def held_by(has: Ledger) -> dict[str, Value]:
    """What a ledger holds, by the name of the item or cell."""
    found: dict[str, Value] = {name: fact.value for name, fact in has.facts.items()}
    for table in has.tables.values():
        for row in table.rows:
            for column, value in row.cells.items():
                if value is not MISSING:
                    found[str(Target(table.name, row.key, column))] = value
    return found


def amount(value: str, unit: str) -> Quantity:
    return Quantity.of(Fraction(value), unit_named(unit))


def said(seen: Seen) -> str:
    """The only mistake, with its place."""
    (mistake,) = seen.mistakes
    return f"{mistake.place}：{mistake.what}{mistake.mend}"


def _cells(sheet: Worksheet) -> list[Cell]:
    return [c for row in sheet.iter_rows() for c in row if isinstance(c, Cell) and c.value]


def _column(sheet: Worksheet, field: str) -> int:
    ends = (f"栏:{field}", f"列:{field}")
    found = [c for c in _cells(sheet) if str(c.value) in ends or str(c.value).endswith(f":{field}")]
    return found[0].column

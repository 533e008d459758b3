"""A small dictionary, and files typed as a department would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from steelyard.errors import Gathered, Problems, SteelyardError
from steelyard.facts.dictionary import Dictionary
from steelyard.facts.ledger import Conflict, Fact, Ledger, Table
from steelyard.facts.load_dictionary import load_dictionary
from steelyard.facts.load_facts import load_conflicts, load_facts, load_sources, load_table
from steelyard.provenance.origin import Origin, Source

ITEMS = """\
[[item]]
name = "年初预算数"
unit = "万元"

[[item]]
name = "全年预算数"
unit = "万元"
above_zero = true

[[item]]
name = "预算调整数"
unit = "万元"
formula = "全年预算数 - 年初预算数"

[[item]]
name = "预算调整率"
unit = "%"
formula = "预算调整数 / 年初预算数"

[[item]]
name = "满意度"
unit = "%"

[[item]]
name = "制度健全"
kind = "是否"

[[item]]
name = "验收日期"
kind = "日期"

[[item]]
name = "负责人"
kind = "文字"

[[item]]
name = "完成数"
formula = "count(项目, 状态 = “已完成”)"

[[item]]
name = "决算合计"
unit = "万元"
formula = "sum(项目.决算数)"

[[goal]]
name = "新增就业"
unit = "人"

[[table]]
name = "项目"
key = "序号"
[[table.column]]
name = "序号"
kind = "文字"
[[table.column]]
name = "决算数"
unit = "万元"
[[table.column]]
name = "状态"
kind = "文字"
choices = ["已完成", "未完成"]
[[table.column]]
name = "开工"
kind = "日期"
optional = true
"""


class Desk:
    """Types a file, has it read, and keeps what was complained of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = Problems()
        self.sources: dict[str, Source] = {}

    def type(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def dictionary(self, items: str = ITEMS) -> Dictionary:
        self.type("items.toml", items)
        try:
            return load_dictionary(self.folder)
        except SteelyardError as error:
            errors = error.errors if isinstance(error, Gathered) else [error]
            for each in errors:
                self.problems.add(each)
        return Dictionary()

    def facts(self, *lines: str, header: str = "数据项,数值,单位") -> Mapping[str, Fact]:
        path = self.type("facts.csv", "\n".join([header, *lines]) + "\n")
        return load_facts(path, self.dictionary(), self.sources, self.problems)

    def table(self, *lines: str) -> Table | None:
        path = self.type("tables/项目.csv", "\n".join(lines) + "\n")
        origin = Origin("决算报表", "表14")
        return load_table(path, self.dictionary().table("项目"), origin, self.problems)

    def ledger(self, *lines: str, table: tuple[str, ...] = ()) -> Ledger:
        known = self.table(*table) if table else None
        tables = {} if known is None else {"项目": known}
        return Ledger(self.dictionary(), self.facts(*lines), tables)

    def conflicts(self, ledger: Ledger, *lines: str) -> tuple[Conflict, ...]:
        header = "编号,数据项,另一值,单位,来源,位置,状态,采信理由"
        path = self.type("conflicts.csv", "\n".join([header, *lines]) + "\n")
        return load_conflicts(path, ledger, self.sources, self.problems)

    def read_sources(self, *lines: str) -> None:
        path = self.type("sources.csv", "\n".join(["编号,名称,文件,说明", *lines]) + "\n")
        self.sources = load_sources(path, self.problems)

    @property
    def said(self) -> list[str]:
        """Every complaint: place and what; each has its mend."""
        assert all(error.mend for error in self.problems.errors)
        return [f"{error.where}：{error.what}" for error in self.problems.errors]

    @property
    def mends(self) -> list[str]:
        return [error.mend for error in self.problems.errors]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)

"""The hidden ids of an own workbook (标识): what ties a cell to what it answers.

Each sheet has a hidden row and a hidden column. Where they cross stands the mark of
the sheet; along the row the columns are named, down the column the rows. A row of a
table has no id: its key says which it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "steelyard"
FORMAT = "1"
"""Of the ids; a workbook of another format is not read."""

GUIDE, FIGURES, GOALS, TABLE, ABOUT = "填写说明", "数据项", "绩效目标", "表", "信息"
"""Kinds of sheets."""

HEAD, WORDS = "表头", "说明"
"""Rows that hold no answer: names of columns, and sentences."""

FIGURE, GOAL = "数据项", "目标"
"""Rows that hold the answer to an item or a goal."""

COLUMN, FIELD = "列", "栏"
"""Columns: of a table, and those that every sheet has."""

NAME, UNIT, VALUE, TARGET, ACTUAL = "名称", "单位", "数值", "目标值", "实际值"
PERIOD, SOURCE, NOTE = "期间", "来源", "说明"
"""Fields."""

FRAMEWORK, DEPARTMENT, YEAR, SUPPLIER, FINGERPRINT = "指标体系", "单位", "年度", "提供方", "指纹"
"""What the sheet of kind 信息 says of the workbook."""

_SHEET = re.compile(rf"{MARK}:(\d+):([^:]+):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SheetMark:
    """What a sheet is for (工作表标识)."""

    kind: str
    name: str = ""
    """Of a table."""
    format: str = FORMAT

    def __str__(self) -> str:
        """Return the mark as it stands in the sheet."""
        return f"{MARK}:{self.format}:{self.kind}:{self.name}"


def read_mark(text: str) -> SheetMark | None:
    """Return the mark of a sheet, None for any other text.

    >>> read_mark("steelyard:1:表:资金")
    SheetMark(kind='表', name='资金', format='1')
    """
    found = _SHEET.fullmatch(text)
    return None if found is None else SheetMark(found[2], found[3], found[1])


def row_id(kind: str, name: str) -> str:
    """Return the id of a row: 数据项:年初预算数."""
    return f"{kind}:{name}"


def field_id(name: str) -> str:
    """Return the id of a column that every sheet has: 栏:数值."""
    return f"{FIELD}:{name}"


def column_id(name: str, unit: str) -> str:
    """Return the id of a table's column, with its unit when it was sent: 列:万元:决算数."""
    return f"{COLUMN}:{unit}:{name}"


def parted(text: str, parts: int) -> tuple[str, ...]:
    """Return the parts of an id, filled up with empty ones; a name may hold colons.

    >>> parted("列:万元:决算数:甲", 3)
    ('列', '万元', '决算数:甲')
    """
    found = text.split(":", parts - 1)
    return (*found, *[""] * (parts - len(found)))

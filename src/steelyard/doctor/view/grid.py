"""A table as the checks see it (表): headers, labels, values, totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.units import measured
from steelyard.intake.reading.document import Table
from steelyard.measure.nothing import DASHES

TOTAL = re.compile(
    r"(?:[一二三四五六七八九十\d.]+、?)?(?:总?合计|总计|共计|小计|合计数|总和)(?:（.*）)?"
)
_UNIT_IN_HEADER = re.compile(r"（(?:单位：?)?([^（）\d]{1,6})）")
_WHOLE = re.compile(r"\d{1,4}", re.ASCII)
_NO_AMOUNT = re.compile(r"率|比例|占比|比重|数量|个数|人数|户数|分值|得分|权重|赋分|时间|日期")
_SERIAL = re.compile(r"序号|编号|行次|栏次|排名")


@dataclass(frozen=True, slots=True)
class Value:
    """One cell that holds one number and nothing else (数值格)."""

    row: int
    column: int
    passage: Passage
    figure: Figure


@dataclass(frozen=True, eq=False)
class Grid:
    """One table (表)."""

    table: Table
    passages: dict[tuple[int, int], Passage]
    """Every place of the grid with the passage of the cell that covers it."""
    section: tuple[str, ...]
    block: int

    @property
    def body(self) -> range:
        """Rows below the header."""
        return range(self.table.header_rows, self.table.height)

    def at(self, row: int, column: int) -> Passage | None:
        """Return the passage of the cell that covers a place."""
        return self.passages.get((row, column))

    def text(self, row: int, column: int) -> str:
        """Return the plain text at a place, empty where there is none."""
        passage = self.at(row, column)
        return passage.text if passage else ""

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """For each column its header texts, outer ones first, joined by ``›``."""
        found = []
        for column in range(self.table.width):
            parts: list[str] = []
            for row in range(self.table.header_rows):
                text = self.text(row, column)
                if text and (not parts or parts[-1] != text):
                    parts.append(text)
            found.append("›".join(parts))
        return tuple(found)

    def header_unit(self, column: int) -> str:
        """Return the unit that a column's header or the table states, else empty."""
        return column_unit(self.table, column)

    @cached_property
    def values(self) -> dict[tuple[int, int], Value]:
        """Cells below the header that hold one number and nothing else, at their first place."""
        found = {}
        for place, passage in self.passages.items():
            cell = passage.cell
            if cell is None or place != (cell.row, cell.column) or cell.row < self.body.start:
                continue
            figure = only_figure(passage)
            if figure is not None:
                found[place] = Value(*place, passage, figure)
        return found

    def value(self, row: int, column: int) -> Value | None:
        """Return the value of the cell that covers a place."""
        passage = self.at(row, column)
        if passage is None or passage.cell is None:
            return None
        return self.values.get((passage.cell.row, passage.cell.column))

    def is_dash(self, row: int, column: int) -> bool:
        """Say whether a cell holds a dash: not applicable, nothing to add."""
        return self.text(row, column) in DASHES

    @cached_property
    def serial_columns(self) -> frozenset[int]:
        """Columns that number the rows."""
        return serial_columns(self.table)

    @cached_property
    def value_columns(self) -> tuple[int, ...]:
        """Columns in which most filled cells are numbers."""
        found = []
        for column in range(self.table.width):
            filled = [row for row in self.body if self.text(row, column)]
            numbers = [row for row in filled if self.value(row, column)]
            dashes = [row for row in filled if self.is_dash(row, column)]
            if (
                column not in self.serial_columns
                and numbers
                and (len(numbers) + len(dashes)) * 4 >= len(filled) * 3
            ):
                found.append(column)
        return tuple(found)

    def label(self, row: int) -> str:
        """Return what a row is about: its words in the column that names the rows."""
        column = self.label_column
        named = self.text(row, column) if column is not None else ""
        if named and not self.is_dash(row, column or 0):
            return named
        texts = self.labels(row)
        return texts[-1] if texts else ""

    @cached_property
    def label_column(self) -> int | None:
        """The column that names the rows: the last before the values that tells them apart."""
        found = None
        for column in range(self.table.width):
            if column in self.serial_columns:
                continue
            if column in self.value_columns:
                break
            texts = [self.text(row, column) for row in self.rows() if self.text(row, column)]
            words = [text for text in texts if text not in DASHES]
            if words and len(set(words)) * 10 >= len(words) * 6:
                found = column
        return found

    def labels(self, row: int) -> list[str]:
        """Return the words before a row's first value, outer levels first, each once."""
        texts: list[str] = []
        for column in range(self.table.width):
            if column in self.serial_columns:
                continue
            if self.value(row, column) or (column in self.value_columns and texts):
                break
            text = self.text(row, column)
            if text and not self.is_dash(row, column) and (not texts or texts[-1] != text):
                texts.append(text)
        return texts

    def is_total(self, row: int) -> bool:
        """Say whether a row adds up others."""
        return any(
            TOTAL.fullmatch(self.text(row, column)) for column in range(min(self.table.width, 4))
        )

    def rows(self) -> Iterator[int]:
        """Yield the rows below the header that hold data and no total."""
        return (row for row in self.body if not self.is_total(row))

    def columns_named(self, pattern: str) -> list[int]:
        """Return the columns whose header fits a pattern, wherever in it."""
        return [index for index, header in enumerate(self.headers) if re.search(pattern, header)]


def serial_columns(table: Table) -> frozenset[int]:
    """Return the columns of a table that number its rows."""
    body = range(table.header_rows, table.height)
    found = set()
    for column in range(table.width):
        header = "".join(table.text_at(row, column) for row in range(table.header_rows))
        texts = ["".join(table.text_at(row, column).split()) for row in body]
        numbers = [int(text) for text in texts if _WHOLE.fullmatch(text)]
        runs = len(numbers) >= 3 and numbers == list(range(1, len(numbers) + 1))
        if _SERIAL.search("".join(header.split())) or (runs and column == 0):
            found.add(column)
    return frozenset(found)


def column_unit(table: Table, column: int) -> str:
    """Return the unit that the header of a column states, else that of the table.

    A header that names a rate or a count takes no unit from the table.
    """
    texts = [table.text_at(row, column) for row in range(table.header_rows)]
    header = "".join("".join(texts).split()).replace("(", "（").replace(")", "）")
    for unit in reversed(_UNIT_IN_HEADER.findall(header)):
        if measured(unit)[1] or unit in ("%", "亿", "万"):
            return str(unit)
    return "" if _NO_AMOUNT.search(header) else table.unit


def only_figure(passage: Passage) -> Figure | None:
    """Return the number of a passage that holds one number, its unit and nothing else."""
    amounts = [each for each in passage.figures if each.is_claim]
    figure = amounts[0] if len(amounts) == 1 else None
    return figure if figure is not None and _covers(passage, figure) else None


def _covers(passage: Passage, figure: Figure) -> bool:
    rest = passage.text[: figure.start] + passage.text[figure.end :]
    return rest.strip("≥≤><=约。") == ""

"""What every kind of workbook is read into, and the bounds (工作表)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

MOST_CELLS = 300_000
"""Filled cells that a workbook may have."""

MOST_CHARACTERS = 20_000_000
"""Characters that its cells and formulas may have together."""

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

Progress = Callable[[int, int], None]
"""Told how many sheets or pages are read, and of how many."""


def unwatched(_done: int, _of: int) -> None:
    """Nobody waits for progress."""


FEWER = "请只交与评价有关的工作表。"
AGAIN = "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再交。"


class Unusable(Exception):
    """A workbook that cannot be read.

    Args:
        why: A Chinese clause without a full stop.
        mend: A Chinese sentence: what to hand in instead.
    """

    def __init__(self, why: str, mend: str = AGAIN) -> None:
        super().__init__(why)
        self.why = why
        self.mend = mend


class Filled(NamedTuple):
    """A cell with something in it; rows and columns are counted from 0."""

    row: int
    column: int
    text: str
    formula: str = ""
    hidden: bool = False
    rows: int = 1
    columns: int = 1
    stored: str = ""
    """The number in the cell, where its format shows another, as 0.9 for 90%."""


Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, all within."""


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook (工作表)."""

    name: str
    hidden: bool = False
    cells: list[Filled] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def tell_hidden(self, rows: set[int], columns: set[int]) -> None:
        """Remark which rows and columns with something in them are hidden."""
        if rows:
            listed = _listed(sorted(rows), lambda row: str(row + 1))
            self.remarks.append(f"第{listed}行是隐藏的，内容也已读入")
        if columns:
            listed = _listed(sorted(columns), column_name)
            self.remarks.append(f"{listed}列是隐藏的，内容也已读入")


class Allowance:
    """Counts what a workbook holds, and stops when it is too much."""

    def __init__(self) -> None:
        self.cells = 0
        self.characters_left = MOST_CHARACTERS

    def take(self, text: str, formula: str = "") -> None:
        """Count one filled cell.

        Raises:
            Unusable: The workbook has more cells or words than may be read.
        """
        self.cells += 1
        self.characters_left -= len(text) + len(formula)
        if self.cells > MOST_CELLS:
            raise Unusable(
                f"有内容的单元格超过{MOST_CELLS // 10000}万个", "请只交与评价有关的工作表。"
            )
        if self.characters_left < 0:
            raise Unusable("单元格中的文字过多", FEWER)


@cache
def column_name(column: int) -> str:
    """Return the letters of a column that is counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(LAST_COLUMN)
def column_index(letters: str) -> int:
    """Return a column counted from 0, -1 for what is no column.

    >>> column_index("AB"), column_index("A1")
    (27, -1)
    """
    index = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return -1
        index = index * 26 + ord(letter) - 64
    return index - 1 if len(letters) <= 3 and index <= LAST_COLUMN else -1


def _listed(numbers: list[int], name: Callable[[int], str]) -> str:
    """Return rows or columns as people write them: 3、7至9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [
        name(first) if first == last else f"{name(first)}至{name(last)}"
        for first, last in runs[:10]
    ]
    return "、".join(shown) + ("等" if len(runs) > 10 else "")

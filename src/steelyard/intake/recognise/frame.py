"""A table as a person reads it (表的结构): headings over columns, rows of kinds.

Which rows are headings is found anew here: a foreign table may have a title row
inside, headings over two or three rows, and the same headings again after a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from steelyard.intake.reading.document import Cell, Document, Spot, Table
from steelyard.intake.reading.headings import may_be_title
from steelyard.intake.reading.sheets.sheet import column_index
from steelyard.intake.recognise.cells import is_figure, is_remark, is_unit_line, is_year, units_said
from steelyard.intake.recognise.heading import Heading
from steelyard.intake.recognise.titles import is_budget, is_elsewhen, project_in, year_of
from steelyard.intake.sighting import Place, place_of
from steelyard.intake.wording import (
    ABOUT_FORM,
    ASIDE,
    COUNTS_COLUMNS,
    NUMBERS_COLUMNS,
    UNITS_COLUMN,
    VALUES,
    YEARS,
    YEARS_COLUMN,
    Label,
    label_of,
    tight,
)
from steelyard.measure.units import UNITS, Unit

_HEADS = VALUES | YEARS | UNITS_COLUMN | ASIDE
"""Words that head a column, and name no project."""

_DEEPEST_HEAD = 4
_LONGEST_HEADING = 60
_WHO = re.compile(r"单位|部门|对象")
_BODY = re.compile(
    r"(?:局|委员会|委|厅|办公室|办|院|中心|处|署|会|部|学校|馆|所|站|队|公司|政府)(?:\(.*\))?$"
)


@dataclass(frozen=True)
class Frame:
    """A table with its headings and rows (表的结构)."""

    document: Document
    table: Table
    number: int
    """Which table of the document it is, counted from 1."""
    lead: tuple[str, ...] = ()
    """Lines before it that may be its title or unit, the last one first."""
    before: Frame | None = None
    """The table that this one goes on with: nothing stands between them."""
    plain: bool = False
    """No row of it is a heading, whatever it looks like."""
    above: int = 0
    """Rows of the table over it, when it is a block of a form."""

    @cached_property
    def lines(self) -> list[list[Cell]]:
        """The cells of each row by column, those that reach into it included."""
        lines: list[list[Cell]] = [[] for _ in range(self.table.height)]
        for cell in self.table.cells:
            for row in range(cell.row, min(cell.row + cell.rows, self.table.height)):
                lines[row].append(cell)
        for line in lines:
            line.sort(key=lambda cell: cell.column)
        return lines

    def filled(self, row: int) -> list[Cell]:
        """Return the cells of a row that hold something."""
        return [cell for cell in self.lines[row] if cell.words.text.strip() or cell.formula]

    @cached_property
    def titles(self) -> int:
        """Rows on top that hold a single line each: title, unit, who filled it in."""
        row = 0
        while row < min(self.table.height - 1, 6):
            filled = self.filled(row)
            lone = len(filled) <= 1 and self.table.width > 1
            said = [cell for cell in filled if not is_unit_line(cell.words.text)]
            lone = lone or len(said) == 1 < len(filled)
            if not lone and not _is_about(filled) and not all(map(is_remark, filled)):
                break
            row += 1
        return row

    @cached_property
    def head(self) -> range:
        """The rows that name the columns; empty when the first row holds figures."""
        start = self.titles
        if self.plain:
            return range(start, start)
        end = start
        reach = start + 1
        while end < min(start + _DEEPEST_HEAD, self.table.height - 1):
            filled = self.filled(end)
            if not filled or any(not _may_head(cell) for cell in filled):
                break
            if end >= reach:
                break
            reach = max(reach, *(cell.row + cell.rows for cell in filled if cell.rows > 1), end + 1)
            if self._parts_below(end):
                reach = max(reach, end + 2)
            end += 1
        if end == start or not self._names_columns(start):
            return range(start, start)
        return range(start, end)

    def without_head(self) -> Frame:
        """Return the same table with no headings."""
        return replace(self, plain=True)

    def _parts_below(self, row: int) -> bool:
        """Tell whether a row of headings is parted by the row under it."""
        if row + 1 >= self.table.height - 1:
            return False
        below = self.filled(row + 1)
        if not below or any(not _may_head(cell) for cell in below):
            return False
        here = {cell.column: cell for cell in self.filled(row)}
        wide = [cell for cell in here.values() if cell.columns > 1]
        if any(
            sum(wider.column <= cell.column < wider.column + wider.columns for cell in below) > 1
            for wider in wide
        ):
            return True
        # A heading that was not merged leaves blanks beside it, filled in the next row.
        blanks = [cell for cell in below if cell.column not in self._covered(row)]
        return len(blanks) >= 1 and len(below) < len(here) + len(blanks)

    def _covered(self, row: int) -> set[int]:
        return {
            column
            for cell in self.filled(row)
            for column in range(cell.column, cell.column + cell.columns)
        }

    def _names_columns(self, row: int) -> bool:
        filled = [cell for cell in self.filled(row) if cell.words.text.strip()]
        return len(filled) >= 2

    @cached_property
    def headed(self) -> bool:
        """Whether its columns have headings, its own or those that it goes on with."""
        return bool(self.head) or self._goes_on

    @cached_property
    def _goes_on(self) -> bool:
        """Whether the headings of the table before are its own as well."""
        before = self.before
        if self.head or self.plain or before is None or not before.headed:
            return False
        return self.table.width == before.table.width and self._left == before._left  # noqa: SLF001 - of its own kind

    @property
    def _left(self) -> int:
        """The column of the sheet that it begins at; 0 outside of workbooks."""
        first = self.table.cells[0]
        letters = first.words.spot_at(0).cell.rstrip("0123456789")
        return column_index(letters) - first.column if letters else 0

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The heading of each column."""
        if self._goes_on and self.before is not None:
            return self.before.headings
        found = []
        for column in range(self.table.width):
            labels: list[Label] = []
            previous: Cell | None = None
            for row in self.head:
                cell = self.table.grid.get((row, column)) or self._spread(row, column)
                text = cell.words.text if cell is not None and cell is not previous else ""
                if text.strip() and not is_unit_line(text):
                    labels.append(label_of(text))
                previous = cell or previous
            found.append(Heading(column, tuple(labels)))
        return tuple(found)

    def _spread(self, row: int, column: int) -> Cell | None:
        """Return the heading to the left of a blank that was not merged with it."""
        if row >= self.head.stop - 1:
            return None
        below = self.table.grid.get((row + 1, column))
        if below is None or not below.words.text.strip():
            return None
        left = [cell for cell in self.filled(row) if cell.column < column]
        return left[-1] if left else None

    @cached_property
    def body(self) -> list[int]:
        """The rows under the headings, those that repeat headings left out."""
        heads = {self._texts(row) for row in self.head}
        return [
            row
            for row in range(self.head.stop if self.head else self.titles, self.table.height)
            if self.filled(row)
            and not (heads and self._texts(row) in heads)
            and not self._numbers_columns(row)
        ]

    def _numbers_columns(self, row: int) -> bool:
        """Tell whether a row only counts the columns: 栏次 1 2 3, or 甲 1 2 3."""
        texts = self._texts(row)
        numbers = [text for text in texts if text.isdecimal()]
        rest = [text for text in texts if not text.isdecimal()]
        if texts[0] in NUMBERS_COLUMNS:
            return True
        counts = numbers == [str(n) for n in range(1, len(numbers) + 1)]
        named = any(text in COUNTS_COLUMNS for text in rest)
        return counts and len(numbers) > 1 and len(rest) <= 2 and (named or not rest)

    def _texts(self, row: int) -> tuple[str, ...]:
        return tuple(tight(cell.words.text) for cell in self.filled(row))

    # -- where it is, and what it says of itself -----------------------------------

    @cached_property
    def _said(self) -> list[str]:
        """The titles over and in the table."""
        inner = [cell.words.text for row in range(self.titles) for cell in self.filled(row)]
        over = next(filter(may_be_title, self.lead), "")
        title = self._called
        if self.document.kind == "workbook" and self.table.caption is None and over:
            # The name of a sheet says nothing of the second table on it.
            title = ""
        return [text for text in (title or over, *inner) if text.strip()]

    @cached_property
    def _nearest(self) -> tuple[str, ...]:
        """The titles over and in the table, the nearest first."""
        inner = [cell.words.text for row in range(self.titles) for cell in self.filled(row)]
        return (*reversed(inner), *filter(may_be_title, self.lead), self.table.title)

    @cached_property
    def years(self) -> frozenset[int]:
        """The year that its titles name, or that the form says it is of."""
        for row in range(self.titles):
            for label, value in pairwise(self.filled(row)):
                year = label_of(value.words.text).year
                if label_of(label.words.text).core in YEARS and year is not None:
                    return frozenset({year})
        found = year_of(self._nearest)
        if not found and self.before is not None and not self.head:
            return self.before.years
        return found

    @property
    def elsewhen(self) -> bool:
        """Whether its titles speak of a part of a year, or of a forecast."""
        return any(is_elsewhen(text) for text in (*self._nearest[:3], self.table.title))

    @property
    def is_budget(self) -> bool:
        """Whether its titles are those of a budget."""
        return any(is_budget(text) for text in self._nearest)

    @property
    def project(self) -> str:
        """The one project that its titles name, empty when they name none."""
        pairs = [
            f"{label.words.text}：{name.words.text}"
            for row in range(min(self.titles + 1, self.table.height))
            if len(self.filled(row)) == 2
            for label, name in pairwise(self.filled(row))
            if not _HEADS.intersection(Heading(0, (label_of(name.words.text),)).cores)
        ]
        said = (project_in(text) for text in (*pairs, *self._nearest, *self.lead))
        return next((name for name in said if name), "")

    def year_of_row(self, row: int) -> int | None:
        """Return the year in the row's column of years, None without one."""
        for heading in self.headings:
            if heading.labels and heading.core in YEARS_COLUMN and heading.labels[-1].year is None:
                cell = self.table.grid.get((row, heading.column))
                said = tight(cell.words.text).rstrip("年度") if cell is not None else ""
                if said.isdecimal() and len(said) == 4:
                    return int(said)
        return None

    @cached_property
    def headline(self) -> str:
        """The title over or in the table and the lines with it, as they stand."""
        return " ".join(self._said)

    @cached_property
    def title(self) -> str:
        """The title over or in the table, its number, year and unit left out."""
        words = [label_of(text).core for text in self._said]
        return " ".join(word for word in words if word)

    @property
    def name(self) -> str:
        """How the table is called in places."""
        return self._called.strip() or f"第{self.number}张表"

    @cached_property
    def _called(self) -> str:
        """The title that was found; a line that says the year alone is none."""
        said = (self.table.title, *filter(may_be_title, self.lead))
        return next((each for each in said if not is_year(each)), self.table.title)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that a line over the table states for all of it."""
        heads = [cell.words.text for row in self.head for cell in self.filled(row)]
        titles = [cell.words.text for row in range(self.titles) for cell in self.filled(row)]
        # A unit in brackets behind a heading is of one column; behind a title, of all.
        lines = [text for text in heads if is_unit_line(text)]
        for text in (*lines, *titles, *self.lead):
            said = units_said(text)
            if said:
                return said
        if self.table.unit and self.table.unit in UNITS:
            return (UNITS[self.table.unit],)
        said = units_said(f"单位：{self.table.unit}") or units_said(self.table.title)
        if said or self.before is None or self.head:
            return said
        return self.before.units

    def unit_for(self, wanted: Unit) -> Unit | None:
        """Return the unit over the table that figures of a kind are in, None without one.

        A line that says 万元 speaks of amounts, not of heads and shares.
        """
        fitting = [unit for unit in self.units if unit.dimension == wanted.dimension]
        return fitting[0] if len(fitting) == 1 else None

    def place(self, cell: Cell) -> Place:
        """Return the place of a cell."""
        document, spots = self.document, cell.words.spots
        spot = spots[0] if spots else Spot(0)
        if spot.sheet:
            return Place(
                file=document.name,
                sha256=document.sha256,
                sheet=spot.sheet,
                cell=spot.cell,
                block=self.number,
            )
        return place_of(
            document,
            spot,
            table=self.name,
            block=self.number,
            row=cell.row + self.above,
            column=cell.column,
        )

    def column_where(self, cores: frozenset[str], after: int = -1) -> int | None:
        """Return the first column after another whose heading is one of some words."""
        return next(
            (
                heading.column
                for heading in self.headings
                if heading.column > after and any(core in cores for core in heading.cores)
            ),
            None,
        )


def _may_head(cell: Cell) -> bool:
    text = cell.words.text.strip()
    if len(text) > _LONGEST_HEADING:
        return False
    return not is_figure(text) or is_year(text)


def _is_about(filled: list[Cell]) -> bool:
    """Tell whether a row says who filled the form in: label, name, label, name."""
    labels = [label_of(cell.words.text).core for cell in filled[::2]]
    names = [label_of(cell.words.text).core for cell in filled[1::2]]
    if not ABOUT_FORM.intersection(labels):
        return False
    if len(filled) == 2 and _WHO.search(labels[0]) and not _BODY.search(names[0]):
        # The headings of a list of departments: 单位名称, 编制数.
        return False
    return all(core in ABOUT_FORM or core in YEARS for core in labels) and not any(
        core in VALUES - YEARS or core in ASIDE for core in names
    )

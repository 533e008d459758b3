"""Writing the annex sheets (附件表的书写).

Layout comes from the plan, figures and formulas from the cells; here they
meet. A figure that the workbook cannot follow is written as it was printed.
"""

from __future__ import annotations

from xlsxwriter.format import Format

from steelyard.facts.ledger import Target
from steelyard.measure.nothing import MISSING, Nothing
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import Unit
from steelyard.report.workbook.annex_cells import AnnexCells, Live
from steelyard.report.workbook.annex_plan import AnnexSheet, Cited, Spread
from steelyard.report.workbook.book import COMPUTED, INPUT, MARKED, SHOWN, Book, binary, columns
from steelyard.report.workbook.book_cells import Spot, kept

NARROWEST, ROOM, WIDEST_HEAD = 9, 3, 20
"""Width of a column at least, beside its longest figure, and for its heading at most."""

REMARK = {"author": "权衡", "x_scale": 2.2, "font_size": 9}


class AnnexWriter:
    """Writes figures wherever they stand: in the annexes, and in the sheets of the tables."""

    def __init__(self, book: Book, cells: AnnexCells) -> None:
        self.book = book
        self.cells = cells

    def put(self, target: Target, spot: Spot) -> bool:
        """Write a cell of a table's own sheet, unless it is merely typed there."""
        home = self.cells.home(target)
        if home != spot:
            self._link(spot, home, target)
            return True
        return self._figure(spot, target, typed=False)

    def write(self, sheet: AnnexSheet) -> None:
        """Write one annex."""
        name = sheet.name
        self.book.take(name, sheet.rows)
        layout = self.book.layouts[name]
        for column, width in enumerate(sheet.widths):
            layout.widths[column] = max(width, NARROWEST)
        for each in sheet.spreads:
            self._widen(name, each)
        for each in sheet.spreads:
            self._spread(name, each)
        self.book.sheet(name).freeze_panes(sheet.repeated + 1, 0)
        self.book.sheet(name).repeat_rows(0, sheet.repeated)

    def _widen(self, name: str, each: Spread) -> None:
        """Make a column wide enough for its figures, which do not wrap, and for its heading."""
        if each.column != each.last_column:
            return
        widths, needed = self.book.layouts[name].widths, 0
        if each.cited is not None:
            needed = columns(each.cell.text) + ROOM
        elif each.look == "head":
            longest = max(columns(part) for part in each.cell.text.split("\n"))
            needed = min(longest + ROOM, WIDEST_HEAD)
        widths[each.column] = max(widths[each.column], needed)

    def _spread(self, name: str, each: Spread) -> None:
        if each.look == "title":
            self.book.title(name, each.row, each.last_column, each.cell.text)
            return
        area = (each.row, each.column, each.last_row, each.last_column)
        if each.cited is None:
            self.book.merged(name, area, each.cell.text, self._look(each))
            return
        if (each.row, each.column) != (each.last_row, each.last_column):
            self.book.merged(name, area, "", self.book.looks.middle)
        self._cited(Spot(name, each.row, each.column), each, each.cited)

    def _look(self, each: Spread) -> Format:
        looks = self.book.looks
        if each.look != "cell" or each.cell.head:
            named = {"unit": looks.unit, "band": looks.band, "note": looks.note}
            return named.get(each.look, looks.head)
        if each.cell.strong:
            return looks.level
        by_side = {"left": looks.text, "right": looks.right, "center": looks.middle}
        return by_side[each.cell.align]

    def _cited(self, spot: Spot, each: Spread, source: Cited) -> None:
        if source.target is not None:
            home = self.cells.home(source.target)
            copy = self.cells.copy(source.target, source, spot.sheet) if source.how.unit else None
            if copy is not None:
                self._live(spot, copy)
            elif home == spot:
                self._figure(spot, source.target, typed=True)
            else:
                self._link(spot, home, source.target)
            return
        live = self.cells.cited(source, spot.sheet)
        if live is not None:
            remark = self.cells.denied(source, live)
            self._live(spot, live, remark)
            return
        shown = self.cells.printed(source)
        if shown is None:
            self.book.text(spot.sheet, spot.row, spot.column, each.cell.text, self._look(each))
        else:
            self._typed(spot, shown, shown.unit, SHOWN)

    def _figure(self, spot: Spot, target: Target, *, typed: bool) -> bool:
        """Write a cell of a table at its home; tell whether there was anything to write."""
        cells = self.cells
        live, remark = cells.live.get(target), cells.marks.get(target, "")
        if live is not None:
            self._live(spot, live, remark)
            return True
        if not typed and not remark:
            return False
        value = cells.given(target)
        if isinstance(value, Nothing) and not remark:
            text = "" if value is MISSING else str(value)
            self.book.text(spot.sheet, spot.row, spot.column, text, self.book.looks.nothing)
            return True
        self._typed(spot, value, cells.unit(target), MARKED if remark else INPUT)
        if remark:
            self._remark(spot, remark)
        return True

    def _typed(self, spot: Spot, value: Value, unit: Unit, fill: str) -> None:
        self.book.value(spot.sheet, spot.row, spot.column, value, unit, fill=fill)

    def _live(self, spot: Spot, live: Live, remark: str = "") -> None:
        look = self.book.looks.number(live.shown, MARKED if remark else COMPUTED)
        stored = _stored(live.value, live.shown.unit)
        self.book.sheet(spot.sheet).write_formula(spot.row, spot.column, live.text, look, stored)
        if remark:
            self._remark(spot, remark)

    def _link(self, spot: Spot, home: Spot, target: Target) -> None:
        """Lead to where a figure is written; a blank stays a blank."""
        value, unit = self.cells.given(target), self.cells.unit(target)
        there = home.reference(spot.sheet)
        shown = value if isinstance(value, Quantity) else Quantity.of(0, unit)
        self.book.sheet(spot.sheet).write_formula(
            spot.row,
            spot.column,
            f'=IF({there}="","",{there})',
            self.book.looks.number(shown, COMPUTED),
            _stored(value, unit),
        )

    def _remark(self, spot: Spot, remark: str) -> None:
        self.book.sheet(spot.sheet).write_comment(spot.row, spot.column, remark, REMARK)


def _stored(value: Value, unit: Unit) -> float | str:
    """Return the value of a formula as the file keeps it."""
    if isinstance(value, Quantity):
        return binary(kept(value, unit).amount)
    return "" if value is MISSING else str(value)

"""A table that lies on its side (横表): names of data items on top, one row of figures."""

from __future__ import annotations

from steelyard.facts.dictionary import Item
from steelyard.intake.recognise.cells import is_figure, unit_in
from steelyard.intake.recognise.heading import Heading, is_aside
from steelyard.intake.recognise.pen import Pen
from steelyard.intake.recognise.titles import is_own
from steelyard.intake.wording import ABOUT_FORM, UNITS_COLUMN, VALUES, label_of


def read_across(pen: Pen) -> bool:
    """Take a table that lies on its side: names on top, one row of figures."""
    frame = pen.frame
    named = [h for h in frame.headings if _headed(pen, h) is not None]
    first = frame.headings[0].core
    if len(named) < 2 and not (named and (first in ABOUT_FORM or first in UNITS_COLUMN)):
        return False
    rows = [row for row in frame.body if any(is_figure(c.words.text) for c in frame.filled(row))]
    columns = {heading.column for heading in named}
    plain = [row for row in rows if _is_plain(pen, row, columns)]
    units = next((row for row in frame.body if _is_unit_row(pen, row, columns)), None)
    if len(plain) != 1:
        return False
    row = plain[0]
    for heading in named:
        cell = frame.table.grid.get((row, heading.column))
        item = _headed(pen, heading)
        if cell is None or item is None or not cell.words.text.strip():
            continue
        own = frame.table.grid.get((units, heading.column)) if units is not None else None
        unit = unit_in(own.words.text) if own is not None else None
        unit = unit or pen.unit_of(item, label_of(""), heading)
        pen.take_item(item, cell, unit, heading.core)
    return True


def _headed(pen: Pen, heading: Heading) -> Item | None:
    """Return the item that a heading names by itself."""
    if not heading.labels:
        return None
    if not heading.of(pen.context.year):
        return pen.context.names.named(heading.core)
    for core in heading.cores:
        found = pen.context.names.named(core)
        if found is not None:
            return found
    return None


def _is_plain(pen: Pen, row: int, columns: set[int]) -> bool:
    """Tell whether a row of figures is the evaluated department's of this year."""
    for cell in pen.frame.filled(row):
        if cell.column in columns or is_figure(cell.words.text):
            continue
        heading = pen.frame.headings[cell.column]
        label = label_of(cell.words.text)
        named_unit = heading.core in UNITS_COLUMN and unit_in(cell.words.text) is None
        if is_aside(heading) and not named_unit:
            continue
        own = bool(pen.context.department) and is_own(label.core, pen.context.department)
        if not label.of(pen.context.year) or not (
            label.core in VALUES or own or label.year == pen.context.year
        ):
            return False
    return True


def _is_unit_row(pen: Pen, row: int, columns: set[int]) -> bool:
    cells = [cell for cell in pen.frame.filled(row) if cell.column in columns]
    return bool(cells) and all(unit_in(cell.words.text) is not None for cell in cells)

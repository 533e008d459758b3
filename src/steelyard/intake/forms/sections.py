"""Blocks of a form with headings of their own (分栏): funds, goals, indicators.

A self-evaluation form is one table in which the headings change three times.
Each block is handed on as a table of its own; its cells keep their words, and
``above`` says how many rows of the form stand over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from steelyard.intake.forms.form import Section
from steelyard.intake.reading.document import Cell, Table
from steelyard.intake.wording import label_of

HEAD = "表头"
"""The block over the first section: who, which project, which year."""

_LONGEST_LABEL = 40
_LONGEST_FORM = 200
"""Rows in which what marks a form stands; a longer table is a list."""

_ENOUGH = 2
_SIDE = 3
"""Rows that a label at the side of a whole block covers at least."""


@dataclass(frozen=True)
class Part:
    """One block of a form (分栏)."""

    name: str
    table: Table
    above: int
    """Rows of the form over the block."""


def labels_in(table: Table) -> frozenset[str]:
    """Return what the short words of a table say, without numbering and unit."""
    return frozenset(
        label_of(cell.words.text).core
        for cell in table.cells
        if cell.row < _LONGEST_FORM and 0 < len(cell.words.text.strip()) <= _LONGEST_LABEL
    )


def parts_of(table: Table, sections: Sequence[Section]) -> tuple[Part, ...]:
    """Return the blocks of a form in order, the first one being its head.

    Args:
        table: The whole form.
        sections: What its blocks begin with; a form without any is one block.
    """
    if not sections:
        return (Part("", table, 0),)
    starts = list(_starts(table, sections))
    if not starts:
        return (Part("", table, 0),)
    bounds = [(HEAD, 0), *starts]
    found = []
    for number, (name, first) in enumerate(bounds):
        end = bounds[number + 1][1] if number + 1 < len(bounds) else table.height
        if end > first:
            found.append(Part(name, _slice(table, first, end), first))
    return tuple(found)


def _starts(table: Table, sections: Sequence[Section]) -> Iterator[tuple[str, int]]:
    last = ""
    for row in range(table.height):
        words = {label_of(cell.words.text).core for cell in table.cells if cell.row == row}
        for section in sections:
            # The headings of a block come again where a page begins.
            if len(section.starts & words) >= _ENOUGH and section.name != last:
                yield section.name, row
                last = section.name
                break


def _slice(table: Table, first: int, end: int) -> Table:
    """Return some rows as a table; a label at their side is left out, its unit kept."""
    unit = table.unit
    cells: list[Cell] = []
    for cell in table.cells:
        top, bottom = max(cell.row, first), min(cell.row + cell.rows, end)
        if top >= bottom:
            continue
        if cell.column == 0 and top == first:
            unit = label_of(cell.words.text).unit or unit
            height = bottom - top
            if height >= _SIDE or (height > 1 and height == end - first):
                continue
        cells.append(replace(cell, row=top - first, rows=bottom - top))
    return Table(
        cells=tuple(cells),
        height=end - first,
        width=table.width,
        title=table.title,
        unit=unit,
        certain=table.certain,
    )

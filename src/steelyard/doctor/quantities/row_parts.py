"""Numbers that divide a value of their row (行内分项): 70 and 1.5 beside 71.50.

A cell that tells what an amount was spent on names its parts. They are no other
printing of the amount, and make it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.view import View

_FEWEST = 2
_MOST = 8


@lru_cache(maxsize=1)
def row_parts(view: View) -> frozenset[Figure]:
    """Return the numbers of cells with text that add up to a value of their row."""
    return frozenset(_parts(view))


def _parts(view: View) -> Iterator[Figure]:
    for grid in view.grids:
        for (row, column), passage in grid.passages.items():
            cell = passage.cell
            if cell is None or (cell.row, cell.column) != (row, column):
                continue
            amounts = [f for f in passage.claims if f.kind is Kind.QUANTITY and f.unit]
            if len(amounts) < _FEWEST or (row, column) in grid.values:
                continue
            values = [v.figure for c in grid.value_columns if (v := grid.value(row, c))]
            for value in values:
                like = [f for f in amounts if f.dimension == value.dimension or not value.has_unit]
                yield from _making(value, like[:_MOST])


def _making(value: Figure, amounts: list[Figure]) -> Iterator[Figure]:
    """Yield the first amounts of a cell that make a value, if some do."""
    known = value.has_unit
    goal = value.base if known else value.value
    for count in range(_FEWEST, len(amounts) + 1):
        if sum(each.base if known else each.value for each in amounts[:count]) == goal:
            yield from amounts[:count]
            return

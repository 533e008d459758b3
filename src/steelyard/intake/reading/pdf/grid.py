"""Grids (网格) from the rules of a page.

Rules that cross belong together; where an inner rule is missing, cells are merged.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from steelyard.intake.reading.document import Box
from steelyard.intake.reading.pdf.rules import Rule, Ruling

_TOUCH = 3.0
"""Points by which a rule may miss another and still meet it."""

_NARROWEST = 4.5
"""Points below which two parallel rules have no cells between them."""

_OPEN = 8.0
"""Points by which level rules stand out beyond the last upright one where a side is open."""

_COVERED = 0.7
"""Share of a side that must be ruled to part two cells."""

MOST_PLACES = 40_000
"""Places of one grid: a page of 100 rows and 50 columns has 5,000."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a grid (格): where it begins and what it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Grid:
    """Ruled cells on a page (网格), rows from above."""

    across: tuple[float, ...]
    """The column edges from the left."""
    down: tuple[float, ...]
    """The row edges from above, so falling."""
    places: tuple[Place, ...]

    @property
    def box(self) -> Box:
        """What it covers."""
        return (self.across[0], self.down[-1], self.across[-1], self.down[0])

    @cached_property
    def _covering(self) -> dict[tuple[int, int], int]:
        return {
            (row, column): index
            for index, each in enumerate(self.places)
            for row in range(each.row, each.row + each.rows)
            for column in range(each.column, each.column + each.columns)
        }

    @cached_property
    def _rising(self) -> tuple[float, ...]:
        return tuple(-edge for edge in self.down)

    def place_at(self, x: float, y: float) -> int | None:
        """Return which place holds a point, None outside."""
        column = bisect.bisect_right(self.across, x) - 1
        row = bisect.bisect_right(self._rising, -y) - 1
        return self._covering.get((row, column))

    def box_of(self, place: Place) -> Box:
        """Return what a place covers."""
        return (
            self.across[place.column],
            self.down[place.row + place.rows],
            self.across[place.column + place.columns],
            self.down[place.row],
        )


def grids(ruling: Ruling) -> tuple[Grid, ...]:
    """Return the grids that rules form, the highest first; those inside others too."""
    found = [
        grid
        for level, upright in _connected(ruling.level, ruling.upright)
        if (grid := _grid(level, upright)) is not None
    ]
    return tuple(sorted(found, key=lambda grid: (-grid.down[0], grid.across[0])))


def _connected(
    level: Sequence[Rule], upright: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield rules that cross, directly or through others."""
    leader = list(range(len(level) + len(upright)))

    def first(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    places = [rule.at for rule in upright]
    for index, rule in enumerate(level):
        near = bisect.bisect_left(places, rule.start - _TOUCH)
        far = bisect.bisect_right(places, rule.end + _TOUCH)
        for other in range(near, far):
            start, end = upright[other].start - _TOUCH, upright[other].end + _TOUCH
            if start <= rule.at <= end:
                leader[first(len(level) + other)] = first(index)
    together: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index in range(len(leader)):
        if index < len(level):
            together[first(index)][0].append(level[index])
        else:
            together[first(index)][1].append(upright[index - len(level)])
    return (each for each in together.values() if len(each[0]) + len(each[1]) > 2)


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    upright = [*upright, *_open_sides(level, upright)]
    level = [*level, *_open_sides(upright, level)]
    across, columns = _lines(upright)
    up, rows = _lines(level)
    if len(across) < 2 or len(up) < 2 or (len(across) - 1) * (len(up) - 1) > MOST_PLACES:
        return None
    rows.reverse()
    down = up[::-1]
    # walls[row][column]: a rule stands at the left of that place; roofs: above it.
    walls = [
        [_is_covered(columns[c], down[r + 1], down[r]) for c in range(len(across))]
        for r in range(len(down) - 1)
    ]
    roofs = [
        [_is_covered(rows[r], across[c], across[c + 1]) for c in range(len(across) - 1)]
        for r in range(len(down))
    ]
    return _without_idle_lines(across, down, _Floor(walls, roofs).places())


def _open_sides(through: Sequence[Rule], between: Sequence[Rule]) -> Iterator[Rule]:
    """Yield the rules that are not drawn where a table is open at a side.

    There most of the rules that go through end alike, beyond the last one between.
    """
    if len(through) < 2 or not between:
        return
    first, last = min(each.at for each in between), max(each.at for each in between)
    span = Rule(0, min(each.at for each in through), max(each.at for each in through))
    for ends, limit, sign in (
        ([each.start for each in through], first, -1),
        ([each.end for each in through], last, 1),
    ):
        edge = min(ends) if sign < 0 else max(ends)
        alike = sum(abs(end - edge) <= _NARROWEST for end in ends)
        if (edge - limit) * sign > _OPEN and alike >= 2 and alike / len(ends) >= 0.6:
            yield Rule(edge, span.start, span.end)


def _lines(rules: Sequence[Rule]) -> tuple[list[float], list[list[Rule]]]:
    """Return the edges that rules make, rising, and the rules on each."""
    edges: list[list[Rule]] = []
    for rule in sorted(rules):
        if edges and rule.at - edges[-1][0].at < _NARROWEST:
            edges[-1].append(rule)
        else:
            edges.append([rule])
    return [sum(each.at for each in edge) / len(edge) for edge in edges], edges


def _is_covered(rules: Sequence[Rule], start: float, end: float) -> bool:
    ruled = sum(max(min(each.end, end) - max(each.start, start), 0) for each in rules)
    return ruled >= _COVERED * (end - start)


class _Floor:
    """Places between walls and roofs, taken by one cell after the other."""

    def __init__(self, walls: list[list[bool]], roofs: list[list[bool]]) -> None:
        self._walls = walls
        self._roofs = roofs
        self._width = len(roofs[0])
        self._free = [[True] * self._width for _ in walls]

    def places(self) -> list[Place]:
        """Return the cells: as far to the right, then down, as no rule stands in the way."""
        return [
            self._taken(row, column)
            for row in range(len(self._walls))
            for column in range(self._width)
            if self._free[row][column]
        ]

    def _taken(self, row: int, column: int) -> Place:
        end = column + 1
        while end < self._width and self._free[row][end] and not self._walls[row][end]:
            end += 1
        below = row + 1
        while below < len(self._walls) and self._goes_on(below, column, end):
            below += 1
        for each in range(row, below):
            self._free[each][column:end] = [False] * (end - column)
        return Place(row, column, below - row, end - column)

    def _goes_on(self, row: int, column: int, end: int) -> bool:
        """Say whether a cell from ``column`` to ``end`` goes on into a row."""
        return (
            all(self._free[row][column:end])
            and not any(self._roofs[row][column:end])
            and not any(self._walls[row][column + 1 : end])
        )


def _without_idle_lines(
    across: Sequence[float], down: Sequence[float], places: Sequence[Place]
) -> Grid:
    """Leave out edges at which no cell begins, as an underlining makes them."""
    rows = sorted({each.row for each in places})
    columns = sorted({each.column for each in places})
    kept = tuple(
        Place(
            row := bisect.bisect_left(rows, each.row),
            column := bisect.bisect_left(columns, each.column),
            bisect.bisect_left(rows, each.row + each.rows) - row,
            bisect.bisect_left(columns, each.column + each.columns) - column,
        )
        for each in places
    )
    return Grid(
        (*(across[each] for each in columns), across[-1]),
        (*(down[each] for each in rows), down[-1]),
        kept,
    )

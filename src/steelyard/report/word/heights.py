"""How high the rows of a table will be (行高), and where its merges end.

Word shows a merged label once, in the middle of its merge. In a table over ten
pages most pages would show none; so a merge ends after a third of a page and
begins anew with the same words. Heights are estimated, rather too high.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.report.model.blocks import Cell, Table

SIDES = 160
"""Twips left and right of the words in a cell, together."""

PADDING = 60
"""Twips above and below the words in a cell, together."""


def half_widths(text: str) -> int:
    """Return the width of a text in half characters.

    >>> half_widths("得分2")
    5
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def column_widths(shares: tuple[int, ...], whole: int) -> tuple[int, ...]:
    """Divide a width by shares, in whole twips and without a rest.

    >>> column_widths((1, 1, 1), 100)
    (33, 33, 34)
    """
    total = sum(shares)
    edges, reached = [0], 0
    for share in shares:
        reached += share
        edges.append(whole * reached // total)
    return tuple(right - left for left, right in itertools.pairwise(edges))


@dataclass(frozen=True, slots=True)
class Place:
    """A cell in its place (位置)."""

    row: int
    column: int
    cell: Cell

    @property
    def rows(self) -> range:
        """The rows that it covers."""
        return range(self.row, self.row + self.cell.down)


class Grid:
    """The places of a table's cells, with the heights of its rows (网格)."""

    def __init__(self, table: Table, widths: tuple[int, ...], size: int) -> None:
        """Lay a table out.

        Args:
            table: What is laid out.
            widths: Of its columns, in twips.
            size: Of its type, in half points.

        Raises:
            ValueError: The cells do not fill the grid exactly.
        """
        self._widths = widths
        self._size = size
        self.places = [Place(*each) for each in table.placed()]
        self.at: dict[tuple[int, int], Place] = {
            (row, place.column): place for place in self.places for row in place.rows
        }
        count = len(table.head) + len(table.rows)
        self.heights = [size * 14 + PADDING] * count
        for place in sorted(self.places, key=lambda place: place.cell.down):
            lack = self.needed(place) - sum(self.heights[row] for row in place.rows)
            if lack > 0:
                self.heights[place.rows[-1]] += lack

    def needed(self, place: Place) -> int:
        """Return the height that a cell's words take."""
        cell = place.cell
        width = sum(self._widths[place.column : place.column + cell.across])
        room = max((width - SIDES) // (self._size * 5), 2)
        lines = 0
        for line in cell.lines:
            for part in "".join(each.text for each in line).split("\n"):
                lines += max(1, -(-half_widths(part) // room))
        return lines * self._size * 14 + PADDING

    def restarts(self, limit: int) -> dict[tuple[int, int], Place]:
        """Return where merged cells begin anew, by row and column.

        Args:
            limit: The height in twips that a merge may have; one whose own words
                need more keeps that much.
        """
        found = {}
        for place in self.places:
            if place.cell.down > 1:
                for row in self._cuts(place, max(limit, self.needed(place))):
                    found[row, place.column] = place
        return found

    def _cuts(self, place: Place, limit: int) -> Iterator[int]:
        """Yield the rows where a merge begins anew: in pieces of about one height."""
        total = sum(self.heights[row] for row in place.rows)
        start, end = place.row, place.rows[-1] + 1
        while total > limit and end - start > 1:
            target = total // -(-total // limit)
            cut = self._best_cut(place, start, end, target, limit)
            yield cut
            total -= sum(self.heights[row] for row in range(start, cut))
            start = cut

    def _best_cut(self, place: Place, start: int, end: int, target: int, limit: int) -> int:
        """Return the row to cut at: near the target, not through a merge beside it."""
        reached = 0
        best, least = start + 1, None
        for row in range(start + 1, end):
            reached += self.heights[row - 1]
            if reached > limit and least is not None:
                break
            through = any(
                other.row < row and row in other.rows
                for column in range(place.column + place.cell.across, len(self._widths))
                if (other := self.at.get((row, column))) is not None
            )
            # A cut through a neighbour counts as a quarter of the limit away.
            distance = abs(target - reached) + (limit // 4 if through else 0)
            if least is None or distance < least:
                best, least = row, distance
        return best

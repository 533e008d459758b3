"""Which lines of a column belong to which rows, in a text with layout (行的归属).

A cell stands around the middle of its rows; only labels span several. The cheapest
sharing wins. What would take too long is shared by the nearest row instead.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.intake.reading.flat.terms import bare, total_words

_LONGEST_CELL = 40
"""Lines of one cell."""
_EMPTY = 4
_LOOSE = 5
_APART = 40
_TORN = 3
_LABEL = 2
_FAR = 10**9
_LEAST, _MOST = 16, 2**14
"""Costs that are tried first and last: a cheap sharing is found at once."""
_STEPS_PER_LINE = 1_500
"""Work on one line of a column; ordinary pages need a tenth."""
_POINTS = re.compile(r"[\d.]+\s*分[）)]$")


@dataclass(frozen=True, slots=True)
class Share:
    """One cell: lines and rows, ends excluded."""

    first: int
    last: int
    row: int
    end_row: int


def shared(
    texts: Sequence[str], places: Sequence[int], anchors: Sequence[int], *, label: bool
) -> list[Share]:
    """Share the lines of one column among the rows (归行).

    Args:
        texts: What stands on each of its lines, none empty.
        places: On which line of the page each of them stands, ascending.
        anchors: On which line of the page each row stands, ascending.
        label: A cell may span several rows, and no row but the first is empty.
    """
    if not texts:
        return []
    column = _Column(texts, places, anchors, label=label)
    return column.cheapest() or column.nearest()


class _Column:
    def __init__(
        self, texts: Sequence[str], places: Sequence[int], anchors: Sequence[int], *, label: bool
    ) -> None:
        self.texts = texts
        self.places = places
        self.anchors = anchors
        self.label = label
        self._left = _STEPS_PER_LINE * len(texts)
        self._totals = [bare(text) in total_words() for text in texts]
        self._torn = [text.count("（") > text.count("）") or text[-1] in "、，" for text in texts]

    def nearest(self) -> list[Share]:
        """Give every line to the row that is next to it."""
        rows = [self._nearest_row(place) for place in self.places]
        starts = [at for at in range(len(rows)) if at == 0 or rows[at] != rows[at - 1]]
        found: list[Share] = []
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            after = rows[end] if end < len(rows) else len(self.anchors)
            found.append(Share(start, end, rows[start], after if self.label else rows[start] + 1))
        return found

    def _nearest_row(self, place: int) -> int:
        after = bisect.bisect_left(self.anchors, place)
        near = range(max(after - 1, 0), min(after + 1, len(self.anchors)))
        return min(near, key=lambda row: abs(self.anchors[row] - place))

    def cheapest(self) -> list[Share]:
        """Return the cheapest sharing, nothing when it is not found in time."""
        bound = _LEAST
        while bound <= _MOST and self._left > 0:
            found = self._within(bound)
            if found:
                return found
            bound *= 2
        return []

    def _within(self, bound: int) -> list[Share]:
        """Return the cheapest sharing that costs no more than a bound, if there is one."""
        count, lines = len(self.anchors), len(self.texts)
        best = [[_FAR] * (lines + 1) for _ in range(count + 1)]
        step: dict[tuple[int, int], tuple[int, int]] = {}
        best[0][0] = 0
        for row in range(count):
            for used in range(lines + 1):
                cost = best[row][used]
                if cost > bound:
                    continue
                if (not self.label or row == 0) and cost + _EMPTY < best[row + 1][used]:
                    best[row + 1][used] = cost + _EMPTY
                    step[row + 1, used] = (row, used)
                for end, own in self._ends(used, bound - cost):
                    reach = self.places[used] + self.places[end - 1] - self.anchors[row]
                    for end_row in range(row + 1, (count if self.label else row + 1) + 1):
                        self._left -= 1
                        off = reach - self.anchors[end_row - 1]
                        price = cost + own + abs(off)
                        if price > bound and off < 0:
                            break  # further rows are only further off
                        if price <= bound and price < best[end_row][end]:
                            best[end_row][end] = price
                            step[end_row, end] = (row, used)
                    if self._left < 0:
                        return []
        return self._steps(step) if best[count][lines] <= bound else []

    def _ends(self, start: int, most: int) -> list[tuple[int, int]]:
        """Return where a cell that begins at a line may end, with what speaks against it."""
        found: list[tuple[int, int]] = []
        loose = _LABEL if self.label else 0
        text = ""
        for end in range(start + 1, min(start + _LONGEST_CELL, len(self.texts)) + 1):
            if end - 1 > start:
                # One cell has its lines together, and nothing behind its points.
                loose += _LOOSE * max(0, self.places[end - 1] - self.places[end - 2] - 2)
                text += self.texts[end - 2]
                loose += _APART if text[-1] in "）)" and _POINTS.search(text) else 0
                loose += _APART * (self._totals[end - 2] or self._totals[end - 1])
            if loose > most:
                break
            torn = end < len(self.texts) and self._torn[end - 1]
            found.append((end, loose + (_TORN if torn else 0)))
        return found

    def _steps(self, step: dict[tuple[int, int], tuple[int, int]]) -> list[Share]:
        found: list[Share] = []
        at = (len(self.anchors), len(self.texts))
        while at != (0, 0):
            before = step[at]
            if at[1] > before[1]:
                found.append(Share(before[1], at[1], before[0], at[0]))
            at = before
        return found[::-1]

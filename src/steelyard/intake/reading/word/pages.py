"""On which page the words of a Word file stood (页码).

A Word file has no pages. It may remember where they began when it was last laid
out; where it does not, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.intake.reading.word.names import Element, full, short


class Pages:
    """Counts the pages while a part is read (页数)."""

    def __init__(self, root: Element) -> None:
        known = next(root.iter(*full("w:lastRenderedPageBreak")), None) is not None
        self._page = 1
        self._known = known
        self._is_new = False
        """A break was counted and nothing written since."""
        self._rows: list[tuple[int, int, bool]] = []
        """Of each row around: its first page, its last so far, its begin is a break."""

    @property
    def page(self) -> int | None:
        """The page of what comes next, from 1; None where the file does not know."""
        return self._page if self._known else None

    def broken(self) -> None:
        """Go on after a page break that somebody set."""
        self._page += 1
        self._is_new = True

    def rendered(self) -> None:
        """Go on after a remembered break; it repeats one that somebody set."""
        if not self._is_new:
            self._page += 1
        self._is_new = False

    def written(self) -> None:
        """Note that there is something on this page."""
        self._is_new = False

    def row(self, begins: bool) -> None:
        """Begin a row; ``begins`` if a page begins with it."""
        if begins and not self._is_new:
            self._page += 1
        self._rows.append((self._page, self._page, begins))

    def cell(self) -> None:
        """Begin a cell, on the page where its row began."""
        first, last, begins = self._rows[-1]
        self._rows[-1] = (first, max(last, self._page), begins)
        self._page = first
        self._is_new = begins

    def row_ends(self) -> None:
        """Go on behind the longest cell of the row."""
        _, last, _ = self._rows.pop()
        self._page = max(last, self._page)
        self._is_new = False


def begins_a_page(cells: Iterable[Element]) -> bool:
    """Say whether the first thing in one of the cells is a remembered break."""
    break_, marks = "w:lastRenderedPageBreak", full("w:t", "w:lastRenderedPageBreak")
    return any(short(next(cell.iter(*marks), cell)) == break_ for cell in cells)

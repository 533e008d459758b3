"""How the lines of one cell break (折行)."""

from __future__ import annotations


class WrappedLines:
    """The lines of one cell while it grows, and what speaks against them (折行)."""

    def __init__(self, width: int | None) -> None:
        self.width = width
        self.last = 0
        """Width of the line that is still open."""
        self._widest = 0
        self._short = 0
        self._closed: list[tuple[int, int, bool]] = []
        """Width, width with the uncut beginning of the next line, whether it ended."""

    def open(self, width: int, lead: int, *, ended: bool) -> None:
        """Begin a line; the one before is done."""
        if self.last:
            self._close(self.last + lead, ended=ended)
        self.last = width
        self._widest = max(self._widest, width)

    def lengthen(self, more: int) -> None:
        """Put more on the open line."""
        self.last += more
        self._widest = max(self._widest, self.last)

    def _close(self, reach: int, *, ended: bool) -> None:
        if self.width is None:
            self._closed.append((self.last, reach, ended))
        elif reach < _full(self.width):
            self._short += 8 if ended else 38

    def cost(self) -> int:
        """Return what speaks against these lines being one wrapped cell."""
        if self.width is None:
            full = _full(self._widest)
            return sum(8 if ended else 38 for _, reach, ended in self._closed if reach < full)
        return self._short + (25 if self._widest > self.width + 2 else 0)


def _full(width: int) -> int:
    """Return what a line must reach with the next word to be full.

    Wide columns are justified: their lines differ by a few half characters.
    """
    return width + 1 - (0 if width <= 14 else 1 + width // 16)

"""How a page is looked at (版面方向): turned until its words stand upright.

A page may be turned for showing, and its words may be turned on it. Layout works on
upright words; places are told on the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from steelyard.intake.reading.document import Box

_FARTHEST = 20_000.0
"""Points that a page may measure: more is damage."""


@dataclass(frozen=True, slots=True)
class View:
    """A page with its words upright (页面).

    Measures are points; the origin is the lower left corner.
    """

    left: float
    """Of the visible part, as the file counts."""
    bottom: float
    file_width: float
    file_height: float
    shown: int
    """Quarter turns clockwise by which the page is turned for showing."""
    upright: int
    """Quarter turns clockwise after which its words stand upright."""

    @property
    def width(self) -> float:
        """The width with the words upright."""
        return self.file_height if self.upright % 2 else self.file_width

    @property
    def height(self) -> float:
        """The height with the words upright."""
        return self.file_width if self.upright % 2 else self.file_height

    def seen(self, box: Box) -> Box:
        """Return a box of the file with the words upright."""
        moved = (
            box[0] - self.left,
            box[1] - self.bottom,
            box[2] - self.left,
            box[3] - self.bottom,
        )
        return _turned(moved, self.upright, self.file_width, self.file_height)

    def on_page(self, box: Box) -> Box:
        """Return an upright box on the page as it is shown."""
        quarters = (self.shown - self.upright) % 4
        found = _turned(box, quarters, self.width, self.height)
        return (round(found[0], 1), round(found[1], 1), round(found[2], 1), round(found[3], 1))


def view_of(page: Any, upright: int | None = None) -> View | None:
    """Return how a page is looked at; None when it has no size.

    Args:
        page: PDFium's handle.
        upright: Quarter turns clockwise after which its words stand upright; when
            nothing is known they do as the page is shown.
    """
    bounds = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, bounds):
        return None
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    if not (0 < width < _FARTHEST and 0 < height < _FARTHEST):
        return None
    shown = pdfium.FPDFPage_GetRotation(page) % 4
    return View(
        bounds.left,
        bounds.bottom,
        width,
        height,
        shown,
        shown if upright is None else upright,
    )


def _turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """Turn a box with its page, clockwise."""
    left, bottom, right, top = box
    for each in _sizes(quarters, width, height):
        left, bottom, right, top = bottom, each - right, top, each - left
    return (left, bottom, right, top)


def _sizes(quarters: int, width: float, height: float) -> Iterator[float]:
    """Yield the width of the page before each of its turns."""
    for turn in range(quarters):
        yield height if turn % 2 else width

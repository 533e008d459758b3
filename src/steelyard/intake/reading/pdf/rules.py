"""The ruling of a page (表格线): what was drawn, taken as upright and level rules.

Word draws a rule as a thin filled rectangle, others as a stroke or as the border of a
rectangle. Curves and large areas are no rules.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from steelyard.intake.reading.document import Box
from steelyard.intake.reading.pdf.view import View

MOST_OBJECTS = 50_000
"""Objects of one page that are looked at: a page full of ruling has some thousands."""

MOST_RULES = 2_000
"""Rules of one page, put together: a table of 100 rows and 30 columns has 130."""

_MOST_SEGMENTS = 2_000
_DEEPEST = 4
"""Drawings within drawings."""

_THIN = 4.0
"""Points up to which a rectangle is a rule."""

_SNAP = 3.0
"""Points within which rules are one: a double border too."""

_GAP = 4.0
"""Points that may lack in a rule: between dots and dashes, and at corners."""

_SHORTEST = 6.0
_LEVEL = 0.5
"""Points that a rule may lean."""

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


class Rule(NamedTuple):
    """A rule (表格线): level ones at a height, from left to right; upright ones likewise."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Ruling:
    """The rules of a page, and what its pictures cover."""

    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    """Share of the page that the largest picture covers."""
    capped: bool = False
    """There was too much drawn to look at everything."""


class Drawn:
    """Looks at what is drawn, page after page, and counts it for the whole file."""

    def __init__(self) -> None:
        self.objects = 0
        """How many there were on the pages so far, words and pictures included."""

    def ruling(self, page: Any, view: View) -> Ruling:
        """Return the rules of a page.

        Args:
            page: PDFium's handle.
            view: How the page is looked at.
        """
        found = Ruling()
        budget = _Budget(MOST_OBJECTS)
        count = pdfium.FPDFPage_CountObjects(page)
        self.objects += count
        objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
        pieces = _Pieces(view)
        _look(objects, pieces, budget, _PLAIN, 0)
        found.capped = budget.is_empty
        found.pictures = pieces.picture / (view.width * view.height)
        found.level = _put_together(pieces.level)
        found.upright = _put_together(pieces.upright)
        if len(found.level) + len(found.upright) > MOST_RULES:
            found.level, found.upright, found.capped = [], [], True
        return found


class _Budget:
    def __init__(self, most: int) -> None:
        self._most = most
        self.spent = 0

    @property
    def is_empty(self) -> bool:
        return self.spent > self._most


class _Pieces:
    """Rules as they were drawn, piece by piece."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.level: list[Rule] = []
        self.upright: list[Rule] = []
        self.picture = 0.0

    def add(self, box: Box) -> bool:
        """Take a thin box as a piece of a rule; say whether it is thin."""
        left, bottom, right, top = self._view.seen(box)
        width, height = right - left, top - bottom
        if not min(width, height) <= _THIN:
            return False
        middle, centre = (bottom + top) / 2, (left + right) / 2
        # A dot may belong to a dotted rule of either direction.
        if width > _THIN or height <= _THIN:
            self.level.append(Rule(middle, left, right))
        if height > _THIN or width <= _THIN:
            self.upright.append(Rule(centre, bottom, top))
        return True

    def add_picture(self, box: Box) -> None:
        left, bottom, right, top = self._view.seen(box)
        width = min(right, self._view.width) - max(left, 0)
        height = min(top, self._view.height) - max(bottom, 0)
        if width > 0 and height > 0:
            self.picture = max(self.picture, width * height)


def _look(
    objects: Iterator[Any], pieces: _Pieces, budget: _Budget, matrix: Matrix, depth: int
) -> None:
    """Gather the pieces of rules among objects; ``matrix`` leads to the page."""
    for each in objects:
        budget.spent += 1
        if budget.is_empty:
            return
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _look_at_path(each, pieces, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(each, matrix)
            if box and not pieces.add(box):
                pieces.add_picture(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(each)
            inner = (pdfium.FPDFFormObj_GetObject(each, index) for index in range(count))
            _look(inner, pieces, budget, _product(_matrix(each), matrix), depth + 1)


def _look_at_path(path: Any, pieces: _Pieces, matrix: Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    box = _bounds(path, matrix)
    if box is None or pieces.add(box):
        return
    if pdfium.FPDFPath_CountSegments(path) > _MOST_SEGMENTS:
        return
    for line in _outlines(path, _product(_matrix(path), matrix)):
        if stroke.value:
            for (x0, y0), (x1, y1) in itertools.pairwise(line):
                if min(abs(x1 - x0), abs(y1 - y0)) <= _LEVEL:
                    pieces.add((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        elif len(line) >= 4:
            across, up = [x for x, _ in line], [y for _, y in line]
            pieces.add((min(across), min(up), max(across), max(up)))


def _outlines(path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the straight lines of a path, each as its points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    line: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(x.value, y.value, matrix)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            # What a curve leads to is no longer the same line.
            if len(line) > 1:
                yield line
            line = [point]
        else:
            line.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(line) > 2:
            line.append(line[0])
    if len(line) > 1:
        yield line


def _bounds(each: Any, matrix: Matrix) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(each, left, bottom, right, top):
        return None
    box = (left.value, bottom.value, right.value, top.value)
    if matrix is _PLAIN:
        return box
    corners = [_moved(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return (min(across), min(up), max(across), max(up))


def _matrix(each: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(each, found):
        return _PLAIN
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _put_together(pieces: list[Rule]) -> list[Rule]:
    """Return pieces that lie in one line as one rule, by their place."""
    pieces.sort()
    rules: list[Rule] = []
    start = 0
    for index in range(1, len(pieces) + 1):
        if index == len(pieces) or not pieces[index].at - pieces[start].at <= _SNAP:
            rules.extend(_one_line(pieces[start:index]))
            start = index
    return rules


def _one_line(pieces: list[Rule]) -> Iterator[Rule]:
    at = sum(each.at for each in pieces) / len(pieces)
    first, *others = sorted(pieces, key=lambda each: each.start)
    start, end = first.start, first.end
    for each in others:
        if each.start <= end + _GAP:
            end = max(end, each.end)
            continue
        if end - start >= _SHORTEST:
            yield Rule(at, start, end)
        start, end = each.start, each.end
    if end - start >= _SHORTEST:
        yield Rule(at, start, end)

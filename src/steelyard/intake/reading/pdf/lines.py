"""Printed lines (印刷行) from characters by their places.

No blank is invented between Chinese characters and figures where the gap is small.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from steelyard.intake.reading.document import Box, Spot, Words
from steelyard.intake.reading.pdf.glyphs import Glyph
from steelyard.intake.reading.pdf.view import View

_SAME_BASE = 0.25
"""Share of a character's height by which the bases within a line may differ."""

_SMALL = 0.8
"""Share of a line's height below which characters may be raised or lowered."""

_GAPS = (0.18, 0.6, 0.9)
"""From which gap on two characters are apart, in widths of a Chinese one: when none,
one or both of them are wide."""

_LEFT = attrgetter("left")
_BOTTOM = attrgetter("bottom")
_RIGHT = attrgetter("right")
_TOP = attrgetter("top")

_NO_END = "（《〈【〔([「『“”‘’，。；：、"
_NO_START = "，。；：、？！）》〉】〕」』%％,.;:!?)“”‘’"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (行), its words upright; measures in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    em: float
    """Width of a Chinese character in it."""
    opening: float
    """Width of what may not be parted from its beginning."""
    ends_blank: bool
    """A blank that was typed stands at its end."""
    page: int
    """Counted from 1."""
    box: Box
    """On the page as it is shown."""

    @property
    def height(self) -> float:
        """How high its characters are."""
        return self.top - self.bottom


def is_wide(character: str) -> bool:
    """Say whether a character is as wide as a Chinese one and needs no blanks around."""
    return character >= "\u2e80" or character in "“”‘’—…·×～"


def lines_of(glyphs: Sequence[Glyph], page: int, view: View) -> list[Line]:
    """Return characters as lines, from above."""
    rows = _rows(glyphs)
    lines = (_line(row, page, view) for row in rows)
    return [line for line in lines if line is not None]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the characters of each line, unsorted, the lines from above."""
    rows: list[list[Glyph]] = []
    base = height = 0.0
    for glyph in sorted(glyphs, reverse=True):
        own = glyph.top - glyph.bottom
        apart = base - glyph.base
        if rows and (apart < 0.5 or apart <= _SAME_BASE * min(height, own)):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base, height = glyph.base, own
    return _with_raised(rows)


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put raised and lowered characters into the lines that they belong to."""
    kept: list[list[Glyph]] = []
    for row in rows:
        if kept and _belong(kept[-1], row):
            kept[-1] = kept[-1] + row
        else:
            kept.append(row)
    return kept


def _belong(upper: list[Glyph], lower: list[Glyph]) -> bool:
    first, second = _height(upper), _height(lower)
    small, large = (upper, lower) if first < second else (lower, upper)
    if min(first, second) > _SMALL * max(first, second):
        return False
    apart = upper[0].base - lower[0].base
    left, right = min(g.left for g in large), max(g.right for g in large)
    reach = max(first, second)
    within = left - reach <= min(g.left for g in small) and max(g.right for g in small) <= (
        right + reach
    )
    return within and apart <= 0.45 * reach


def _height(row: Sequence[Glyph]) -> float:
    return max([glyph.top - glyph.bottom for glyph in row])


def _line(row: list[Glyph], page: int, view: View) -> Line | None:
    row.sort(key=_LEFT)
    while row and row[0].text.isspace():
        row.pop(0)
    typed = len(row)
    while row and row[-1].text.isspace():
        row.pop()
    if not row:
        return None
    wide = sorted([glyph.right - glyph.left for glyph in row if glyph.text >= "\u4e00"])
    em = max(wide[len(wide) // 2] if wide else 0.75 * _height(row), 1.0)
    box = (row[0].left, min(map(_BOTTOM, row)), max(map(_RIGHT, row)), max(map(_TOP, row)))
    return Line(
        text="".join(_spelled(row, em)),
        left=box[0],
        right=box[2],
        bottom=box[1],
        top=box[3],
        em=em,
        opening=_opening(row),
        ends_blank=typed > len(row),
        page=page,
        box=view.on_page(box),
    )


def _spelled(row: Sequence[Glyph], em: float) -> Iterator[str]:
    """Yield the characters of a line with its blanks."""
    last_text, last_left, last_right = "", -math.inf, math.inf
    blank = False
    narrow = _GAPS[0] * em
    for _, left, right, _, _, text in row:
        if text.isspace():
            blank = True
            continue
        # Bold type is sometimes printed twice, a little shifted.
        if text == last_text and left - last_left < 0.2 * em:
            continue
        gap = left - last_right
        if (blank and last_text) or (
            gap > narrow and gap > _GAPS[is_wide(last_text) + is_wide(text)] * em
        ):
            yield " "
        yield text
        last_text, last_left, last_right, blank = text, left, right, False


def _opening(row: Sequence[Glyph]) -> float:
    """Return the width that the line before would have needed to take more in.

    A line neither begins with a closing mark nor ends with an opening one, quotation
    marks are parted from nothing, and figures and words of letters are kept whole.
    """
    end = 1
    while end < len(row):
        before, after = row[end - 1].text, row[end].text
        solid = _is_solid(before) and _is_solid(after)
        if not (solid or before in _NO_END or after in _NO_START):
            break
        end += 1
    return row[end - 1].right - row[0].left


def _is_solid(character: str) -> bool:
    """Say whether a character is of a figure, a calculation or a word of letters."""
    return character in "×·" or not (is_wide(character) or character.isspace())


def words_of(parts: Sequence[tuple[str, Line]]) -> Words:
    """Return lines as one text, each line a spot.

    Args:
        parts: What stands before each line (nothing, a blank or a line break), and it.
    """
    spots: list[Spot] = []
    pieces: list[str] = []
    length = 0
    for between, line in parts:
        length += len(between)
        spots.append(Spot(length, page=line.page, box=line.box))
        pieces += (between, line.text)
        length += len(line.text)
    return Words("".join(pieces), tuple(spots))


def between(before: Line, after: Line) -> str:
    """Return what stands between two lines of one paragraph: nothing or a blank.

    Numbers that were broken over lines are put together, words are kept apart.
    """
    return gap_between(before.text, after.text, typed=before.ends_blank)


def gap_between(before: str, after: str, *, typed: bool) -> str:
    """Return what stands between two texts that a line end parted.

    Args:
        before: The text that ends; not empty.
        after: The text that goes on; not empty.
        typed: A blank was typed at the end.
    """
    last, first = before[-1], after[0]
    if is_wide(last) or is_wide(first):
        return ""
    if typed:
        return " "
    if last == "-" or (last in "0123456789.,，%/" and first in "0123456789.,，%/"):
        return ""
    return " "

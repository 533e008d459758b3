"""Page headers, footers and page numbers (页眉、页脚、页码) are left out of the text.

The numbers are kept aside: a paper is leafed through by what is printed on it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from steelyard.intake.reading.pdf.lines import Line
from steelyard.intake.reading.pdf.sheet import Boxed, Item, Sheet

_ZONE = 0.15
"""Share of the page's height at its upper and lower edge in which they stand."""

_DEEPEST = 3
"""Lines at each edge that may be left out."""

_SURELY = re.compile(
    r"[—–―\-－]+\s*\d{1,4}\s*[—–―\-－]+"
    r"|第\s*\d{1,4}\s*页(?:\D{0,4}共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|(?i:page\s*\d{1,4}(?:\s*of\s*\d{1,4})?)"
)
_PERHAPS = re.compile(r"\d{1,4}")
_NUMBER_ON_PAGE = re.compile(
    r"[—–―\-－\s]*(\d{1,4})[—–―\-－\s]*|第\s*(\d{1,4})\s*页.*|(\d{1,4})\s*/\s*\d{1,4}"
)
_ROMAN = re.compile(r"[ivxlIVXLⅠ-Ⅻⅰ-ⅻ]{1,7}")
_NUMBER = re.compile(
    r"第\s*\d+\s*页|共\s*\d+\s*页|[—–\-]\s*\d+\s*[—–\-]|^\d{1,4}(?=\D)|(?<=\D)\d{1,4}$"
)

_NUMBERED = 3
"""Pages on which numbers must go on alike before they are taken for page numbers."""

Mark = tuple[bool, str, int]
"""Whether it stands above, its words without the page number, its height."""


def without_margins(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return pages without what is printed on each of them, and without their numbers."""
    *_, last = _peeled(sheets)
    return list(last)


def _peeled(sheets: Sequence[Sheet]) -> Iterator[Sequence[Sheet]]:
    """Yield pages as they are, and after each line at their edges that is left out."""
    yield sheets
    for _ in range(_DEEPEST):
        repeated = _repeated(sheets)
        counted = _counted(sheets)
        sheets = [_without_outer(each, repeated, counted) for each in sheets]
        yield sheets


def printed_numbers(sheets: Sequence[Sheet]) -> dict[int, str]:
    """Return the number that is printed on each page, by the page counted from 1 (印刷页码).

    A number counts only where most pages that bear one go on from the page before
    by as much as the paper does: a lone 3 under a table is none.
    """
    found: dict[int, int] = {}
    for sheet in itertools.chain.from_iterable(_peeled(sheets)):
        for _, line in _outer(sheet):
            match = _NUMBER_ON_PAGE.fullmatch(line.text.strip())
            if match:
                found.setdefault(sheet.number, int(match[match.lastindex or 0]))
    offsets: dict[int, int] = defaultdict(int)
    for page, number in found.items():
        offsets[number - page] += 1
    return {
        page: str(number) for page, number in found.items() if offsets[number - page] >= _NUMBERED
    }


def bodies(sheets: Sequence[Sheet]) -> dict[int, int]:
    """Return how many characters stand between header and footer of each page.

    Args:
        sheets: Pages without what is printed on each of them; what stands at the edges
            of few pages, too few to tell, is not counted either.
    """
    return {sheet.number: sum(_length(each, sheet) for each in sheet.items) for sheet in sheets}


def _length(item: Item, sheet: Sheet) -> int:
    if isinstance(item, Line):
        edge = _ZONE * sheet.height
        at_edge = item.bottom > sheet.height - edge or item.top < edge
        return 0 if at_edge else len(item.text)
    if isinstance(item, Boxed):
        return sum(len(line.text) for line in item.lines)
    return sum(len(cell.words.text) for cell in item.cells)


def _outer(sheet: Sheet) -> Iterator[tuple[bool, Line]]:
    """Yield the line nearest to each edge, and whether it is above."""
    if not sheet.items:
        return
    first, last = sheet.items[0], sheet.items[-1]
    if isinstance(first, Line) and first.bottom > (1 - _ZONE) * sheet.height:
        yield True, first
    if isinstance(last, Line) and last.top < _ZONE * sheet.height:
        yield False, last


def _mark(above: bool, line: Line) -> Mark:
    words = _NUMBER.sub("#", re.sub(r"\s", "", line.text))
    return above, words, round(line.bottom / 4)


def _repeated(sheets: Sequence[Sheet]) -> set[Mark]:
    """Return what stands at the same place of many pages, or of some that follow."""
    pages: dict[Mark, list[int]] = defaultdict(list)
    for sheet in sheets:
        for above, line in _outer(sheet):
            pages[_mark(above, line)].append(sheet.number)
    return {
        mark
        for mark, numbers in pages.items()
        if len(numbers) >= 3
        and ((len(numbers) * 10 >= len(sheets) and _run(numbers) >= 2) or _run(numbers) >= 4)
    }


def _run(numbers: Sequence[int]) -> int:
    """Return how many of the pages follow each other, every second page at least."""
    longest = run = 1
    for before, after in itertools.pairwise(numbers):
        run = run + 1 if after - before <= 2 else 1
        longest = max(longest, run)
    return longest


def _counted(sheets: Sequence[Sheet]) -> set[int]:
    """Return by how much bare numbers at the edges of pages differ from the page."""
    seen: dict[int, int] = defaultdict(int)
    for sheet in sheets:
        for _, line in _outer(sheet):
            if _PERHAPS.fullmatch(line.text):
                seen[int(line.text) - sheet.number] += 1
    return {offset for offset, times in seen.items() if times >= 2}


def _without_outer(sheet: Sheet, repeated: set[Mark], counted: set[int]) -> Sheet:
    gone = [
        line
        for above, line in _outer(sheet)
        if _SURELY.fullmatch(line.text)
        or _ROMAN.fullmatch(line.text)
        or (_PERHAPS.fullmatch(line.text) and int(line.text) - sheet.number in counted)
        or _mark(above, line) in repeated
    ]
    if not gone:
        return sheet
    return replace(sheet, items=tuple(each for each in sheet.items if each not in gone))

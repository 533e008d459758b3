"""Which page a heading stands on (页码), read from the PDF that was printed.

The outline says the sheet, the foot of the sheet says the number. Only where a
house style prints no number that can be found are sheets counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pypdfium2

from steelyard.errors import SteelyardError
from steelyard.report.model.blocks import Document, Heading, Section

_NUMBERS = (
    re.compile(r"^[—–\-－]*\s*(\d{1,4})\s*[—–\-－]*$"),
    re.compile(r"第\s*(\d{1,4})\s*页"),
    re.compile(r"[—–－]\s*(\d{1,4})\s*[—–－]"),
)
"""How pages are numbered: — 3 —, 3, 第3页 共12页."""

_FOOT = 100
"""Points from the lower edge within which the number of a page stands (35 mm)."""


class HeadingsDiffer(SteelyardError):
    """The outline of a PDF does not name the headings of the report."""

    code = "report.headings-differ"

    def __init__(self, place: int, wanted: str, found: str) -> None:
        super().__init__(
            what=f"PDF 书签的第{place}条是“{found or '（没有）'}”，"
            f"报告此处的标题是“{wanted or '（没有）'}”，目录页码无法核定。",
            mend="请检查 Word 模板：各级标题要用内置的“标题1”至“标题4”样式。",
        )


def heading_pages(pdf: bytes, document: Document) -> dict[str, int]:
    """Return the printed page number of every heading, by its anchor.

    Headings in sections that carry no numbers are left out.

    Raises:
        HeadingsDiffer: Outline and headings do not agree.
    """
    headings = [
        (section, block)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Heading)
    ]
    with pypdfium2.PdfDocument(pdf) as printed:
        sheets = _outline(printed, [block for _, block in headings])
        return _numbers(printed, headings, sheets)


def _outline(printed: pypdfium2.PdfDocument, headings: Sequence[Heading]) -> list[int]:
    """Return the sheet of every heading, from 0."""
    marks: list[tuple[str, int]] = []
    for mark in printed.get_toc():
        target = mark.get_dest()
        index = None if target is None else target.get_index()
        marks.append((mark.get_title(), -1 if index is None else index))
    for place in range(max(len(marks), len(headings))):
        wanted = headings[place].text if place < len(headings) else ""
        found, sheet = marks[place] if place < len(marks) else ("", -1)
        if _letters(wanted) != _letters(found) or place >= len(headings) or sheet < 0:
            raise HeadingsDiffer(place + 1, wanted, found)
    return [sheet for _, sheet in marks]


def _letters(title: str) -> str:
    """Return what is compared: LibreOffice drops a backslash and blanks from its outline."""
    return "".join(each for each in title if each.isalnum())


def _numbers(
    printed: pypdfium2.PdfDocument,
    headings: Sequence[tuple[Section, Heading]],
    sheets: Sequence[int],
) -> dict[str, int]:
    known: dict[int, int | None] = {}
    pages: dict[str, int] = {}
    first = -1
    for (section, heading), sheet in zip(headings, sheets, strict=True):
        if not section.numbered:
            continue
        if first < 0:
            first = sheet
        if sheet not in known:
            known[sheet] = printed_number(printed, sheet)
        number = known[sheet]
        # A house style may print its numbers where nobody finds them: then sheets are counted.
        pages[heading.anchor] = sheet - first + 1 if number is None else number
    return pages


def printed_number(printed: pypdfium2.PdfDocument, sheet: int) -> int | None:
    """Return the number printed at the foot of a sheet; None when there is none."""
    page = printed[sheet]
    try:
        text = page.get_textpage()
        width, _ = page.get_size()
        foot = text.get_text_bounded(left=0, bottom=0, right=width, top=_FOOT)
        text.close()
    finally:
        page.close()
    for shape in _NUMBERS:
        found = [shape.search(line.strip()) for line in foot.splitlines()]
        numbers = [int(match[1]) for match in found if match]
        if numbers:
            return numbers[-1]
    return None


def page_count(pdf: bytes) -> int:
    """Return how many sheets a PDF has."""
    with pypdfium2.PdfDocument(pdf) as printed:
        return len(printed)


def moved(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[str, ...]:
    """Return the anchors whose pages are not the same."""
    return tuple(each for each in after if before.get(each) != after[each])

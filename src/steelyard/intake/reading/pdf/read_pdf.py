"""A PDF file as a document (读取 PDF).

Page after page is read and closed again. A file without words is refused, single
pages without words are remarked on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from steelyard.intake.reading.arrange import arranged
from steelyard.intake.reading.document import Document, Table
from steelyard.intake.reading.pdf.flow import flowing
from steelyard.intake.reading.pdf.margins import bodies, printed_numbers, without_margins
from steelyard.intake.reading.pdf.opened import OpenedPdf
from steelyard.intake.reading.pdf.rules import Drawn
from steelyard.intake.reading.pdf.sheet import Sheet, sheet
from steelyard.intake.reading.sheets.sheet import Progress, unwatched
from steelyard.intake.reading.unreadable import Unreadable

MOST_DRAWN = 5_000_000
"""Objects on all pages: 5,000 usual pages have one million."""

_UNKNOWN = 0.01
"""Share of characters without meaning above which words cannot be relied on."""

_FEW = 10
"""Characters that a scanned page may have between header and footer, as a stamp."""

_PICTURE = 0.5
"""Share of a page from which a picture is the page."""

_MOSTLY = Fraction(3, 4)
"""Share of pictures among the pages above which a file is a scan, whatever else it holds."""

_ORIGINAL = "请提供 Word 文件或带文字的 PDF。"


def read_pdf(name: str, content: bytes, progress: Progress = unwatched) -> Document:
    """Read a PDF file with a text layer.

    Args:
        name: The file's name, for messages.
        content: The file.
        progress: Told after each page how many are read, and of how many.

    Raises:
        Unreadable: It is no PDF, encrypted, damaged, too large, a scan, or its fonts
            do not say what their characters mean.
    """
    sheets, damaged = _sheets(name, content, progress)
    if not sheets:
        raise Unreadable(name, "各页都已损坏", "请重新导出后再交。")
    numbers = printed_numbers(sheets)
    inner = without_margins(sheets)
    pictures = _pictures(sheets, bodies(inner))
    _refuse_without_words(name, sheets, pictures)
    # The header over a picture says nothing of what stands in it.
    blocks = arranged(flowing([each for each in inner if each.number not in pictures]))
    pages = len(sheets) + len(damaged)
    return Document(
        name=name,
        kind="pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        blocks=blocks,
        pages=pages,
        remarks=_remarks(sheets, damaged, pictures, any(not t.certain for t in _tables(blocks))),
        printed=tuple(numbers.get(page, "") for page in range(1, pages + 1)) if numbers else (),
    )


def _tables(blocks: Sequence[object]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def _sheets(name: str, content: bytes, progress: Progress) -> tuple[list[Sheet], list[int]]:
    """Return the pages, and the numbers of those that are damaged."""
    sheets: list[Sheet] = []
    damaged: list[int] = []
    opened = OpenedPdf(name, content)
    try:
        drawn = Drawn()
        for index in range(opened.pages):
            with opened.page(index) as page:
                found = None if page is None else sheet(page, index + 1, drawn)
            if found is None:
                damaged.append(index + 1)
            else:
                sheets.append(found)
            # Each page was within bounds; thousands of the fullest would take hours.
            if drawn.objects > MOST_DRAWN:
                raise Unreadable(name, "页面上的图形和文字过多", "请拆成几个文件后再交。")
            progress(index + 1, opened.pages)
    finally:
        opened.close()
    return sheets, damaged


def _refuse_without_words(name: str, sheets: Sequence[Sheet], pictures: Sequence[int]) -> None:
    total = sum(each.total for each in sheets)
    if total == 0 and not pictures:
        raise Unreadable(name, "其中没有文字", _ORIGINAL)
    words = [each.number for each in sheets if each.number not in pictures and each.total > _FEW]
    if pictures and (not words or len(pictures) > _MOSTLY * len(sheets)):
        rest = f"，只有第{_listed(words)}页有文字" if words else ""
        raise Unreadable(
            name, f"这是扫描件，{_named(pictures)}是图片，没有读到正文{rest}", _ORIGINAL
        )
    if sum(each.unknown for each in sheets) > _UNKNOWN * total:
        raise Unreadable(name, "无法识别文字（字体没有对应表）", _ORIGINAL)


def _pictures(sheets: Sequence[Sheet], body: Mapping[int, int]) -> list[int]:
    """Return the pages that are pictures, with nothing but a header and footer in words."""
    return [
        each.number for each in sheets if each.pictures > _PICTURE and body[each.number] <= _FEW
    ]


def _is_recognised(each: Sheet) -> bool:
    """Say whether a page is a picture with words laid over it, as recognition makes it."""
    return each.pictures > 0.9


def _remarks(
    sheets: Sequence[Sheet], damaged: Sequence[int], pictures: Sequence[int], uncertain: bool
) -> tuple[str, ...]:
    def those(holds: Callable[[Sheet], bool]) -> list[int]:
        return [each.number for each in sheets if holds(each)]

    told = (
        (damaged, "已损坏，未读入"),
        (pictures, "是图片，没有读到正文"),
        (
            those(lambda each: _is_recognised(each) and each.number not in pictures),
            "的底是整页图片，文字可能由扫描件识别而来，请与原件核对",
        ),
        (
            those(lambda each: each.unknown > _UNKNOWN * max(each.total, 1)),
            "有字符无法识别（字体没有对应表）",
        ),
        (those(lambda each: each.slanted), "有斜排文字（多为水印），未读入"),
        (those(lambda each: each.capped), "内容过多，只读入一部分，其中的表格可能未识别"),
    )
    remarks = [f"{_named(pages)}{what}。" for pages, what in told if pages]
    if uncertain:
        remarks.append("有的表格没有竖线，列是按空白推定的，请核对。")
    return tuple(remarks)


def _named(pages: Sequence[int]) -> str:
    """Return pages in words: 第3、5至7页."""
    return f"第{_listed(pages)}页"


def _listed(pages: Sequence[int]) -> str:
    """Return page numbers in few words.

    >>> _listed([3, 5, 6, 7])
    '3、5至7'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return "、".join("至".join(map(str, run)) for run in runs)

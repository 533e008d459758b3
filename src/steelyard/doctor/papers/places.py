"""Where a place is, in words (位置的说法): page, heading, table, row and column.

A reader with the file open must find the place without counting. Only what
heads a part of the paper is named as its heading, with its number; a line that
was torn off a paragraph is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.doctor.finding import Place
from steelyard.doctor.view.plain import plain
from steelyard.doctor.view.view import bare_heading
from steelyard.intake.reading.document import Paragraph, Role, Table

_CELL = re.compile(r"R(?P<row>\d+)C(?P<column>\d+)", re.ASCII)
_LONGEST_RUN_IN = 15
"""Characters of a heading without a number; longer lines are torn off paragraphs."""

_TORN = re.compile(r"(?:建议|根据|按照|依据|为了|通过|由于|因|与|和|及)")
_PAIRS = ("《》", "〈〉", "（）", "“”", "〔〕")
_LONGEST_NAME = 30


def where(place: Place, *, file: bool = False) -> str:
    """Say where a place is: file if wanted, page, line, heading or table, row and column."""
    line = place.line
    parts = [
        place.file if file else "",
        page_said(place),
        f"文本第{line}行" if line is not None else "",
        table_said(place),
        cell_said(place),
    ]
    said = [part for part in parts if part]
    if place.page is None and line is None and place.passage.table is None:
        heading = heading_above(place)
        if place.passage.is_heading:
            said.append("标题")
        else:
            said.append(f"“{heading}”下" if heading else "正文")
    return "　".join(said)


def page_said(place: Place) -> str:
    """Say on which page a place is, and what number is printed on it if another."""
    page = place.page
    if page is None:
        return ""
    printed = place.passage.document.printed_on(page)
    other = f"（印作第{printed}页）" if printed and printed != str(page) else ""
    return f"第{page}页{other}"


def cell_said(place: Place) -> str:
    """Say which cell of a table a place is in: row and column, or as B7 of a workbook."""
    cell = place.cell
    found = _CELL.fullmatch(cell)
    return f"第{found['row']}行第{found['column']}列" if found else cell


def table_said(place: Place) -> str:
    """Say which table a place is in: by its title, else by the heading above it."""
    table = place.passage.table
    if table is None:
        return ""
    title = " ".join((table.title or _sheet(place)).split())
    if title:
        return title
    heading = heading_above(place)
    before, after = _untitled(place)
    head = f"“{heading}”下" if heading else ""
    if before or after:
        return f"{head}第{before + 1}个无题表格"
    return f"{head}的表格" if heading else "无题表格"


def heading_above(place: Place) -> str:
    """Return the nearest heading above a place, with its number; empty when there is none."""
    passage = place.passage
    blocks = passage.document.blocks
    open_ = set(passage.section)
    for index in range(passage.block - 1, -1, -1):
        block = blocks[index]
        if isinstance(block, Paragraph) and len(block.words.text) <= 3 * _LONGEST_NAME:
            text = " ".join(block.words.text.split())
            if bare_heading(plain(text).text) in open_ and _heads(block, text):
                return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
    return ""


def _heads(block: Paragraph, text: str) -> bool:
    """Say whether a paragraph is a heading, and no list item or line torn off a paragraph."""
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
        return False
    if block.role is Role.HEADING:
        return True
    return len(text) <= _LONGEST_RUN_IN and not _TORN.match(text)


def _sheet(place: Place) -> str:
    return place.passage.words.spot_at(0).sheet


def _untitled(place: Place) -> tuple[int, int]:
    """Return how many tables without a title stand under the heading before and after."""
    at, blocks = place.passage.block, place.passage.document.blocks
    before = _tables(reversed(blocks[:at]))
    return before, _tables(iter(blocks[at + 1 :]))


def _tables(blocks: Iterator[Paragraph | Table]) -> int:
    count = 0
    for block in blocks:
        if isinstance(block, Table):
            count += not block.title
        elif block.role is Role.HEADING:
            break
    return count

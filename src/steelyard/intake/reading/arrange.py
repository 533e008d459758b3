"""What blocks are to each other (篇章): headings, table titles, units, header rows.

Every reader hands its blocks over as they came. What a title is and where a
unit line stands is decided here, for all formats alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from steelyard.intake.reading.document import Block, Cell, Paragraph, Role, Table
from steelyard.intake.reading.headings import (
    heading_level,
    is_figure_title,
    is_table_title,
    may_be_title,
    unit_line,
)

_LINES_ABOVE = 3
"""Paragraphs above a table that may be its title and unit line."""

_MOST_HEADER_ROWS = 4
_DIGIT = re.compile(r"\d")
_VALUE = re.compile(r"[-—－/＼\\]|[≥≤＞＜>=<+\-]?\s*[\d,，.．]+\s*(?:%|％|[^\d\s]{1,3})?")


def arranged(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with headings, titles, units and header rows found.

    What a reader already knows (a heading style, a header row) is kept.
    """
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            done.append(_known(block))
        else:
            done.append(_titled(block, done))
    return tuple(done)


def _known(paragraph: Paragraph) -> Paragraph:
    if paragraph.role is not Role.BODY:
        return paragraph
    text = paragraph.words.text
    if is_figure_title(text):
        return replace(paragraph, role=Role.CAPTION)
    level = heading_level(text)
    return replace(paragraph, role=Role.HEADING, level=level) if level else paragraph


def _titled(table: Table, before: list[Block]) -> Table:
    """Give a table its title and unit, and mark the paragraphs that held them."""
    title, unit, caption = table.title, table.unit, table.caption
    for index in range(len(before) - 1, max(len(before) - 1 - _LINES_ABOVE, -1), -1):
        above = before[index]
        if not isinstance(above, Paragraph) or above.role in (Role.CONTENTS, Role.NOTE):
            break
        text = above.words.text.strip()
        found = unit_line(text)
        if found is not None and not unit:
            unit = found
        if is_table_title(text) or (not caption and _is_title(above)):
            if above.role is not Role.HEADING:
                before[index] = replace(above, role=Role.CAPTION)
            title, caption = title or _without_unit(text), caption or above
            break
        if found is None:
            break
        if len(text) <= 60:
            before[index] = replace(above, role=Role.CAPTION)
    rows = table.header_rows or _header_rows(table)
    return replace(table, title=title, unit=unit, caption=caption, header_rows=rows)


def _is_title(paragraph: Paragraph) -> bool:
    text = paragraph.words.text
    return may_be_title(text) and not (unit_line(text) is not None and not _without_unit(text))


def _without_unit(text: str) -> str:
    """Return a title without the unit line that stands behind it."""
    return re.sub(r"[（(]?\s*(?:金额|计量)?单\s*位\s*[：:].*$", "", text.strip()).strip()


def _header_rows(table: Table) -> int:
    """Return how many rows on top name the columns: 0 when the first holds figures.

    A first row of words over at least one row of figures is a header; cells that
    span columns take the rows under them along.
    """
    if table.height < 2 or table.width < 2:
        return 0
    height = 0
    reach = 1
    for row in range(min(_MOST_HEADER_ROWS, table.height - 1)):
        cells = [cell for cell in table.cells if cell.row == row]
        if row >= reach or any(_is_value(cell) for cell in cells):
            break
        if row == 0 and not _names_columns(cells, table.width):
            return 0
        deepest = max((cell.row + cell.rows for cell in cells), default=row + 1)
        spans = any(cell.columns > 1 for cell in cells) and len(cells) < table.width
        reach = max(reach, deepest, row + 2 if spans else row + 1)
        height = row + 1
    return height


def _names_columns(cells: Sequence[Cell], width: int) -> bool:
    filled = [cell for cell in cells if cell.words.text.strip()]
    return len(filled) >= 2 and sum(cell.columns for cell in filled) * 2 >= width


def _is_value(cell: Cell) -> bool:
    text = cell.words.text.strip()
    if not text or cell.columns > 1:
        return False
    return bool(_VALUE.fullmatch(text)) and (bool(_DIGIT.search(text)) or text in "—－-/")

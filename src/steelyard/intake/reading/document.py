"""A file as it was read (文档): paragraphs and tables, each with its place.

Every reader makes this, and whoever checks or takes figures knows only this.
The text is what a person sees: wrapped lines are joined, automatic numbers are
written out, deleted words are gone.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of the page."""


class Role(StrEnum):
    """What a paragraph is (段落的身份)."""

    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    """Title or unit line of the table that follows, or of a figure."""
    NOTE = "note"
    """A footnote or endnote; stands behind the paragraph that calls it."""
    BOX = "box"
    """Words in a text box."""
    CONTENTS = "contents"
    """A line of a table of contents: it repeats a heading, it says nothing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """From ``offset`` on, where the characters stand in the file (位置).

    A reader fills what its format knows: a text file lines, a PDF pages and
    boxes, a Word file the paragraph to write a comment at, a workbook the cell.
    """

    offset: int
    page: int | None = None
    line: int | None = None
    box: Box | None = None
    """Of the stretch from here to the next spot."""
    part: str = ""
    """Of a Word file: the part of the package, as word/document.xml."""
    paragraph: int | None = None
    """Of a Word file: which ``w:p`` of the part, counted from 0 in file order."""
    inner: int = 0
    """Of a Word file: characters of that paragraph which stand before this spot."""
    sheet: str = ""
    cell: str = ""
    """Of a workbook, as B7."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text and where its parts stand (文字)."""

    text: str
    spots: tuple[Spot, ...] = ()
    """In order of their offsets, the first at 0; never empty in a read document."""

    def spot_at(self, offset: int) -> Spot:
        """Return the last spot at or before ``offset``."""
        index = bisect.bisect_right(self.spots, offset, key=lambda spot: spot.offset)
        return self.spots[max(index - 1, 0)] if self.spots else Spot(0)

    def spots_in(self, start: int, end: int) -> tuple[Spot, ...]:
        """Return every spot whose stretch reaches into ``start`` to ``end``."""
        first = bisect.bisect_right(self.spots, start, key=lambda spot: spot.offset)
        last = bisect.bisect_left(self.spots, end, key=lambda spot: spot.offset)
        return self.spots[max(first - 1, 0) : max(last, first)]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (段落)."""

    words: Words
    role: Role = Role.BODY
    level: int = 0
    """Of a heading: 1 for 一、 and 附件, 2 for （一）, 3 for 1．, 4 for （1）; else 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, merged cells once (单元格)."""

    row: int
    """First row, counted from 0."""
    column: int
    words: Words
    rows: int = 1
    """Rows that it covers."""
    columns: int = 1
    hidden: bool = False
    """Its row, column or sheet is hidden."""
    formula: str = ""
    """Of a workbook: the formula behind the value, without the equals sign."""
    stored: str = ""
    """Of a workbook: the number in the cell, where its format shows another, as 0.9
    for 90% or 12.345 for 12.35; the text itself, where the format is not understood
    and a person sees another; else empty."""


@dataclass(frozen=True)
class Table:
    """One table, put together again where pages cut it (表格)."""

    cells: tuple[Cell, ...]
    """By row, then column."""
    height: int
    width: int
    title: str = ""
    """The caption, as 表 4 得分情况表; of a sheet its name; else empty."""
    unit: str = ""
    """Of the unit line, as 万元; empty when there is none, or several."""
    header_rows: int = 0
    """Rows on top that name the columns."""
    certain: bool = True
    """False when the grid was guessed from flat text and its own totals do not
    confirm it: its words may be read, its columns may not be relied on."""
    caption: Paragraph | None = None

    @cached_property
    def grid(self) -> Mapping[tuple[int, int], Cell]:
        """Every place of the grid with the cell that covers it."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    def text_at(self, row: int, column: int) -> str:
        """Return the text of the cell that covers a place, empty outside."""
        cell = self.grid.get((row, column))
        return cell.words.text if cell else ""


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """One file (文档)."""

    name: str
    """The file's name, without its folder."""
    kind: str
    """docx, pdf, text or workbook."""
    sha256: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    """Pages of a PDF; else None."""
    remarks: tuple[str, ...] = field(default=())
    """Chinese sentences on what could not be read or was left out."""
    printed: tuple[str, ...] = field(default=())
    """Of a PDF: for each page the number that is printed on it, empty where none was read."""

    def printed_on(self, page: int) -> str:
        """Return the number that is printed on a page, empty where none was read."""
        return self.printed[page - 1] if 0 < page <= len(self.printed) else ""

    @property
    def tables(self) -> Iterator[Table]:
        """The tables in order."""
        return (block for block in self.blocks if isinstance(block, Table))

"""What is laid out, whatever the file will be: cells, grids, blocks, sheets.

A cell has the words that a person sees, and for a workbook what is stored
behind them. The writers know only this.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell (单元格)."""

    words: str = ""
    stored: str = ""
    """The number that a workbook stores, digit for digit; empty for a text."""
    shape: str = ""
    """Number format of the stored number."""
    formula: str = ""
    """With its equals sign; what it yields is stored, or the words when it failed."""
    rows: int = 1
    """Rows that it covers."""
    columns: int = 1
    bold: bool = False
    fill: str = ""
    """Colour as RRGGBB."""
    comment: str = ""
    deleted: str = ""
    """Words that a tracked change struck out before these."""
    centred: bool = False


EMPTY = Cell()

Row = dict[int, Cell]
"""Cells by column; what a merged cell covers is left out, and empty cells may be."""


@dataclass(slots=True)
class Grid:
    """A table as laid out (网格)."""

    width: int
    rows: list[Row] = field(default_factory=list)
    heads: int = 0
    """Rows on top that name the columns."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def covered(self) -> set[tuple[int, int]]:
        """Return the places under merged cells, the first of each not among them."""
        return {
            (row + down, column + right)
            for row, cells in enumerate(self.rows)
            for column, cell in cells.items()
            for down in range(cell.rows)
            for right in range(cell.columns)
            if down or right
        }


@dataclass(slots=True)
class Block:
    """A table with what stands around it (表块)."""

    grid: Grid
    title: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)
    """Lines between title and table: left and right words, as 填报单位 and 单位：万元."""
    notes: list[str] = field(default_factory=list)
    """Lines below the table."""
    prose: list[str] = field(default_factory=list)
    """Paragraphs before the title."""
    inside: bool = False
    """Whether title and lines are rows of the table itself."""
    wide: bool = False
    """Whether it asks for a page in landscape."""
    aside: bool = False
    """Whether it is another year's or department's, or of something else."""


@dataclass(slots=True)
class Sheet:
    """Blocks on one sheet, or one after the other in a paper (工作表)."""

    name: str
    blocks: list[list[Block]] = field(default_factory=list)
    """Bands from top to bottom, in each the blocks side by side."""
    hidden: bool = False
    top: int = 0
    """Empty rows above."""
    left: int = 0
    """Empty columns on the left."""
    gap: int = 2
    """Empty rows between tables."""


@dataclass(slots=True)
class Paper:
    """All that goes into one file (文稿)."""

    sheets: list[Sheet] = field(default_factory=list)
    heading: str = ""
    foot: str = ""
    thin_rules: bool = False
    """Of a PDF: rules as thin filled rectangles."""
    torn: bool = False
    """Of a PDF: characters written one by one, cells in another order."""
    repeated_heads: bool = True
    """Whether header rows come again on a new page."""

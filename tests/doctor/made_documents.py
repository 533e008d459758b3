"""Small documents for the tests of checks, written as they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from steelyard.doctor.finding import Finding
from steelyard.doctor.ledger import Ledger
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.view import View, view_of
from steelyard.intake.reading.arrange import arranged
from steelyard.intake.reading.document import Block, Cell, Document, Paragraph, Spot, Table, Words


def table(
    rows: Sequence[Sequence[str | None]], title: str = "", unit: str = "", header_rows: int = 0
) -> list[Block]:
    """Return a title paragraph, a unit line and a table.

    A cell that is None belongs to the cell above it, or in the first row to the
    cell on its left.
    """
    grid: dict[tuple[int, int], list[int]] = {}
    starts: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None:
                home = starts[(r - 1, c)] if r else starts[(r, c - 1)]
                starts[r, c] = home
                grid[home][0] = max(grid[home][0], r - home[0] + 1)
                grid[home][1] = max(grid[home][1], c - home[1] + 1)
            else:
                starts[r, c] = (r, c)
                grid[r, c] = [1, 1]
    cells = tuple(
        Cell(r, c, Words(str(rows[r][c]), (Spot(0),)), high, wide)
        for (r, c), (high, wide) in sorted(grid.items())
    )
    width = max(map(len, rows))
    found = Table(cells, len(rows), width, unit=unit, header_rows=header_rows)
    return [*([paragraph(title)] if title else []), found]


def paragraph(text: str) -> Paragraph:
    """Return a paragraph of body text; headings are found by their wording."""
    return Paragraph(Words(text, (Spot(0),)))


def document(*parts: str | list[Block], name: str = "报告.docx") -> Document:
    """Return a document of paragraphs (texts) and tables (what ``table`` returns)."""
    blocks: list[Block] = []
    line = 0
    for part in parts:
        for block in [paragraph(part)] if isinstance(part, str) else part:
            line += 1
            if isinstance(block, Paragraph):
                blocks.append(Paragraph(Words(block.words.text, (Spot(0, line=line),))))
            else:
                blocks.append(block)
    return Document(name, "docx", "", arranged(blocks))


Check = Callable[[View, Pen], None]


def run(check: Check, *documents: Document) -> tuple[list[Finding], Ledger]:
    """Run one check over documents; return what it found and the ledger."""
    view = view_of(documents)
    pen = Pen(Ledger(view))
    check(view, pen)
    pen.settle()
    return pen.findings, pen.ledger

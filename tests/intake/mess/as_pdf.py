"""Writing a paper as a PDF: ruled tables with a text layer, over several pages.

Rows stay whole; a cell merged over a page end is drawn on both pages and
written on the first. Long words wrap inside their column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tests.intake.mess.grid import Block, Cell, Grid, Paper, Row
from tests.intake.reading.pdf.paper import Page, pdf

_UPRIGHT, _ACROSS = (595.0, 842.0), (842.0, 595.0)
_MARGIN = 48.0
_PAD = 2.5
_PIECE = re.compile(r"[0-9A-Za-z.,%/()<>=:-]+|.", re.DOTALL)


@dataclass(slots=True)
class _Press:
    """Pages under way and how far down the last is filled."""

    paper: Paper
    size: tuple[float, float]
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0

    def turn(self) -> Page:
        """Begin a page."""
        page = Page(*self.size)
        self.pages.append(page)
        self.y = self.size[1] - _MARGIN
        number = len(self.pages)
        if self.paper.heading and number > 1:
            self.write(
                page, self.size[0] / 2, self.size[1] - 30, self.paper.heading, 8, middle=True
            )
        if self.paper.foot:
            words = self.paper.foot.format(number)
            self.write(page, self.size[0] / 2, 24, words, 9, middle=True)
        return page

    @property
    def page(self) -> Page:
        """The page under way."""
        return self.pages[-1] if self.pages else self.turn()

    def room(self) -> float:
        """Return the height that is left on the page."""
        return self.y - _MARGIN if self.pages else 0

    def write(
        self, page: Page, x: float, y: float, words: str, size: float, *, middle: bool = False
    ) -> None:
        if middle:
            x -= _long(words, size) / 2
        if not self.paper.torn:
            page.text(round(x, 2), round(y, 2), words, size)
            return
        for sign in words:
            if not sign.isspace():
                page.text(round(x, 2), round(y, 2), sign, size)
            x += _long(sign, size)

    def line(self, words: str, size: float, *, side: str = "left") -> None:
        """Write a paragraph below what is there."""
        wide = self.size[0] - 2 * _MARGIN
        for part in _wrapped(words, wide, size):
            if self.room() < size * 1.8:
                self.turn()
            self.y -= size * 1.6
            left = wide - _long(part, size)
            x = _MARGIN + {"left": 0.0, "right": left, "middle": left / 2}[side]
            self.write(self.page, x, self.y, part, size)


def write_pdf(paper: Paper) -> bytes:
    """Write a paper as a PDF."""
    blocks = [block for sheet in paper.sheets for band in sheet.blocks for block in band]
    across = any(block.wide for block in blocks)
    press = _Press(paper, _ACROSS if across else _UPRIGHT)
    press.turn()
    if paper.heading:
        press.line(paper.heading, 15, side="middle")
    for block in blocks:
        _block(press, block)
    return pdf(*press.pages)


def _block(press: _Press, block: Block) -> None:
    press.y -= 10
    for words in block.prose:
        press.line(f"　　{words}", 10)
    above: list[Row] = []
    width = block.grid.width
    if block.inside:
        if block.title:
            above.append({0: Cell(words=block.title, columns=width, centred=True, bold=True)})
        above += [_above(left, right, width) for left, right in block.lines]
    elif press.room() < 140:
        press.turn()
    if not block.inside:
        if block.title:
            press.line(block.title, 13, side="middle")
        for left, right in block.lines:
            _two_sides(press, left, right)
        press.y -= 5
    grid = Grid(width, [*above, *block.grid.rows], heads=len(above) + block.grid.heads)
    _table(press, grid, skip=len(above))
    for words in block.notes:
        press.line(words, 9)


def _above(left: str, right: str, width: int) -> Row:
    if left and right and width > 1:
        half = width // 2
        return {0: Cell(words=left, columns=half), half: Cell(words=right, columns=width - half)}
    return {0: Cell(words=left or right, columns=width)}


def _two_sides(press: _Press, left: str, right: str) -> None:
    before = press.y
    if left:
        press.line(left, 10)
    if right:
        if left and _long(left + right, 10) < press.size[0] - 3 * _MARGIN and press.y < before:
            press.y = before
        press.line(right, 10, side="right")


@lru_cache(maxsize=20_000)
def _long(words: str, size: float) -> float:
    """Return how long words are: a character is as wide as high, a digit half."""
    return sum(size if ord(sign) > 126 else size / 2 for sign in words)


def _wrapped(words: str, wide: float, size: float) -> list[str]:
    """Break words into lines; numbers stay whole where they fit."""
    lines: list[str] = []
    for part in words.split("\n"):
        line = ""
        for found in _PIECE.finditer(part):
            piece = found.group()
            if line and _long(line + piece, size) > wide:
                lines.append(line)
                line = ""
            while _long(piece, size) > wide and len(piece) > 1:
                fits = max(int(wide / (size / 2)), 1)
                lines.append(piece[:fits])
                piece = piece[fits:]
            line += piece
        lines.append(line)
    return lines


def _table(press: _Press, grid: Grid, *, skip: int) -> None:
    """Draw a table, over page ends where it must; the first rows are not repeated."""
    size = 7.5 if grid.width > 8 else 9.0
    edges = _edges(grid, press.size[0] - 2 * _MARGIN, size)
    heights = _heights(grid, edges, size)
    heads = list(range(skip, grid.heads))
    start, done = 0, len(grid.rows)
    while start < done:
        repeated = heads if start and press.paper.repeated_heads else []
        top = sum(heights[row] for row in repeated)
        end, used = start, top
        first = start or grid.heads
        while end < done and used + heights[end] <= press.room():
            used += heights[end]
            end += 1
        if end <= first and end < done and press.room() < press.size[1] - 2 * _MARGIN - 12:
            press.turn()
            continue
        end = max(end, start + 1)
        _draw(press, grid, edges, heights, [*repeated, *range(start, end)])
        start = end
        if start < done:
            press.turn()


def _edges(grid: Grid, wide: float, size: float) -> list[float]:
    """Return the column edges: as wide as words ask, within the page."""
    asked, least = [size * 2.5] * grid.width, [size * 2.2] * grid.width
    for row in grid.rows:
        for column, cell in row.items():
            if cell.columns > 1 or not cell.words:
                continue
            longest = max(_long(line, size) for line in cell.words.split("\n"))
            asked[column] = max(asked[column], min(longest, size * 15) + 2 * _PAD + 1)
            pieces = max(_long(piece, size) for piece in _PIECE.findall(cell.words))
            least[column] = max(least[column], min(pieces, size * 8) + 2 * _PAD + 1)
    spare = wide - sum(least)
    more = sum(a - b for a, b in zip(asked, least, strict=True))
    share = min(max(spare, 0) / more, 1.0) if more else 0.0
    widths = [b + (a - b) * share for a, b in zip(asked, least, strict=True)]
    shrink = wide / sum(widths)
    edges = [_MARGIN]
    for each in widths:
        edges.append(round(edges[-1] + each * shrink, 2))
    return edges


def _heights(grid: Grid, edges: Sequence[float], size: float) -> list[float]:
    heights = [size * 1.25 + 2 * _PAD] * len(grid.rows)
    merged: list[tuple[int, Cell, float]] = []
    for number, row in enumerate(grid.rows):
        for column, cell in row.items():
            wide = edges[column + cell.columns] - edges[column] - 2 * _PAD
            need = len(_wrapped(cell.words, wide, size)) * size * 1.25 + 2 * _PAD
            if cell.rows > 1:
                merged.append((number, cell, need))
            else:
                heights[number] = max(heights[number], need)
    for number, cell, need in merged:
        last = number + cell.rows - 1
        lack = need - sum(heights[number : last + 1])
        # The part above a page end must hold the words, so the first row gets the room.
        heights[number] += max(lack, 0)
    return heights


def _draw(
    press: _Press,
    grid: Grid,
    edges: Sequence[float],
    heights: Sequence[float],
    rows: Sequence[int],
) -> None:
    """Draw some rows on the page under way."""
    size = 7.5 if grid.width > 8 else 9.0
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    y = press.y
    for row in rows:
        tops[row], bottoms[row] = y, y - heights[row]
        y -= heights[row]
    boxes: list[tuple[float, float, float, float, Cell]] = []
    for number, column, cell in _cells(grid):
        shown = [row for row in range(number, number + cell.rows) if row in tops]
        if not shown:
            continue
        words = cell if number in tops else Cell(columns=cell.columns)
        left, right = edges[column], edges[column + cell.columns]
        boxes.append((left, bottoms[shown[-1]], right, tops[shown[0]], words))
    for left, bottom, right, top, _ in boxes:
        _frame(press, left, bottom, right, top)
    if press.paper.torn:
        boxes.sort(key=lambda box: (box[0], box[1]))
    for left, bottom, right, top, cell in boxes:
        _fill(press, (left, bottom, right, top), cell, size)
    press.y = y


def _cells(grid: Grid) -> list[tuple[int, int, Cell]]:
    """Return every cell with its place, the empty ones too."""
    covered = grid.covered()
    return [
        (number, column, row.get(column, Cell()))
        for number, row in enumerate(grid.rows)
        for column in range(grid.width)
        if (number, column) not in covered
    ]


def _frame(press: _Press, left: float, bottom: float, right: float, top: float) -> None:
    wide, high = round(right - left, 2), round(top - bottom, 2)
    left, bottom = round(left, 2), round(bottom, 2)
    if not press.paper.thin_rules:
        press.page.draw(f"0.5 w {left} {bottom} {wide} {high} re S")
        return
    for x, y, w, h in (
        (left, bottom, wide, 0.48),
        (left, round(bottom + high, 2), wide, 0.48),
        (left, bottom, 0.48, high),
        (round(left + wide, 2), bottom, 0.48, high),
    ):
        press.page.draw(f"{x} {y} {w} {h} re f")


def _fill(press: _Press, box: tuple[float, float, float, float], cell: Cell, size: float) -> None:
    """Write the words of a cell into its box, in the middle of its height."""
    left, bottom, right, top = box
    lines = _wrapped(cell.words, right - left - 2 * _PAD, size) if cell.words else []
    step = size * 1.25
    y = (top + bottom) / 2 + len(lines) * step / 2 - size
    number = bool(re.fullmatch(r"[-0-9.,%]+", cell.words))
    for line in lines:
        spare = right - left - 2 * _PAD - _long(line, size)
        shift = spare / 2 if cell.centred else spare if number else 0
        press.write(press.page, left + _PAD + max(shift, 0), y + size * 0.1, line, size)
        y -= step

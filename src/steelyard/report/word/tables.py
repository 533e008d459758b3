"""Tables of Word (表): fixed widths, head rows on every page, merges that end.

Rows stay whole unless they are very high. Nothing is left out to make a table
fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from steelyard.report.model.blocks import Cell, Table
from steelyard.report.word.heights import Grid, Place, column_widths
from steelyard.report.word.lines import Lines
from steelyard.report.word.markup import paragraph
from steelyard.report.word.record import row_text
from steelyard.report.word.styles import Styles

SHADE = "E7E7E7"
"""A grey that prints without hiding the words on it."""

NORMAL, SMALL = 21, 18
"""五号 and 小五, in half points."""


class TableRows:
    """One table on its way into Word (表格)."""

    def __init__(
        self,
        table: Table,
        *,
        lines: Lines,
        styles: Styles,
        width: int,
        page: int,
        outside: Callable[[str], None],
    ) -> None:
        """Lay a table out.

        Args:
            table: What is printed.
            lines: Renders the words.
            styles: Gives the ids of the styles.
            width: Of the type area, in twips.
            page: The height of the type area, in twips.
            outside: Is told every row as printed.
        """
        small = table.size == "small"
        self._table = table
        self._lines = lines
        self._outside = outside
        self._widths = column_widths(table.columns, width)
        self._styles = {
            False: styles["SyCellSmall" if small else "SyCell"],
            True: styles["SyHeadSmall" if small else "SyHead"],
        }
        self._grid_style = styles["TableGrid"]
        self._grid = Grid(table, self._widths, SMALL if small else NORMAL)
        self._third = page // 3
        self._restarts = self._grid.restarts(self._third)
        self._said: list[str] = []
        # A table that fits on half a page is not torn for want of a few lines.
        self._together = sum(self._grid.heights) < page // 2

    def markup(self) -> str:
        """Return the table."""
        count = len(self._grid.heights)
        rows = "".join(self._row(row) for row in range(count))
        edges = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._grid_style}"/>'
            f'<w:tblW w:w="{sum(self._widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'{_BORDERS}<w:tblLayout w:type="fixed"/>{_MARGINS}'
            '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0"'
            ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{edges}</w:tblGrid>{rows}</w:tbl>"
        )

    def _row(self, row: int) -> str:
        head = row < len(self._table.head)
        last = row == len(self._grid.heights) - 1
        # A form's long texts may be cut sooner: a page should not stay half empty for them.
        most = self._third // 3 if self._table.look == "form" else self._third
        whole = "" if self._grid.heights[row] > most else "<w:cantSplit/>"
        repeated = "<w:tblHeader/>" if head else ""
        properties = f"<w:trPr>{whole}{repeated}</w:trPr>" if whole or repeated else ""
        # A total is never alone on its page.
        total = row == len(self._grid.heights) - 2 and self._table.look == "grid"
        keep = (head or self._together or total) and not last
        self._said = []
        cells = "".join(self._cells(row, head=head, keep=keep))
        self._outside(row_text(self._said))
        return f"<w:tr>{properties}{cells}</w:tr>"

    def _cells(self, row: int, *, head: bool, keep: bool) -> Iterator[str]:
        column = 0
        while column < len(self._widths):
            place = self._grid.at[row, column]
            cell = place.cell
            again = (row, column) in self._restarts
            begins = row == place.row or again
            merge = ""
            if cell.down > 1:
                merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
            yield self._cell(place, merge, begins=begins, head=head, keep=keep)
            column += cell.across

    def _cell(self, place: Place, merge: str, *, begins: bool, head: bool, keep: bool) -> str:
        cell = place.cell
        width = sum(self._widths[place.column : place.column + cell.across])
        across = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        label = head or (cell.head and self._table.look == "form")
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if label else ""
        inner = (
            "".join(self._paragraphs(cell, label=label, keep=keep))
            if begins
            else paragraph(self._styles[label], "", "<w:keepNext/>" if keep else "")
        )
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merge}{shade}'
            f'<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
        )

    def _paragraphs(self, cell: Cell, *, label: bool, keep: bool) -> Iterator[str]:
        properties = "<w:keepNext/>" if keep else ""
        if cell.align != "center":
            properties += f'<w:jc w:val="{cell.align}"/>'
        self._said.append(cell.text)
        for line in cell.lines or ((),):
            shown = self._lines.plain(line, strong=cell.strong)
            yield paragraph(self._styles[label], shown, properties)


def _sides(tag: str, sides: tuple[str, ...], attributes: str) -> str:
    return f"<w:{tag}>{''.join(f'<w:{side} {attributes}/>' for side in sides)}</w:{tag}>"


# Said here, not only in the style: the style may be a template's.
_BORDERS = _sides(
    "tblBorders",
    ("top", "left", "bottom", "right", "insideH", "insideV"),
    'w:val="single" w:sz="4" w:space="0" w:color="auto"',
)
_MARGINS = (
    '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
    '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
)

"""The sheet 错误清单 (错误清单): every mark on one line, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from steelyard.intake.reading.flat.lines import width_of
from steelyard.intake.returned.book import Book
from steelyard.intake.returned.cells import inline, name_of
from steelyard.intake.returned.marks import LONGEST_TEXT, Kind, Mark, shortened
from steelyard.intake.returned.placing import Cell
from steelyard.intake.returned.spliced import DECLARATION, quoted
from steelyard.intake.returned.styles import DARK_RED, GROUNDS, Look, Styles

TITLE = "错误清单"

HEADING = Look(bold=True, colour="FFFFFFFF", ground="FFC00000", boxed=True)
"""Of a column of ours, wherever it stands."""

_LONGEST_NAME = 31
_LINE, _PADDING, _TALLEST = 13, 5, 409
"""Points: of a line, around the lines of a row, the tallest row."""
_WANTED = {Kind.MISTAKE: "“错误”须改正", Kind.QUESTION: "“待确认”请核对后写明"}
_TITLE = Look(bold=True, size=16, colour=DARK_RED)
_TEXT = Look(size=10, boxed=True, wrapped=True, down="top")
_NUMBER = Look(size=10, boxed=True, across="center", down="top")
_LINK = Look(size=10, boxed=True, underlined=True, colour="FF0563C1", down="top", wrapped=True)
_NOTE = Look(size=10, colour="FF595959")
_KINDS = {
    kind: Look(size=10, bold=True, ground=ground, boxed=True, across="center", down="top")
    for kind, ground in GROUNDS.items()
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list (清单的一行)."""

    mark: Mark
    shown: Cell | None = None
    """The cell that a link leads to: of merged cells the first."""
    linked: bool = False
    """There is such a cell, on a sheet that can be shown."""
    note: str = ""
    """Why there is no link, or why what it leads to is not seen at once."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of one workbook, or of several files (错误清单)."""

    lines: Sequence[Line]
    left_out: int = 0
    """Marks that are not listed: there were too many."""
    coloured: bool = False
    """It stands in a copy in which the cells are coloured."""

    @property
    def filters(self) -> tuple[int, int, int, int]:
        """The range that its filter reaches."""
        return self._first - 1, 0, max(self._first - 1 + len(self.lines), self._first), 6

    @property
    def _first(self) -> int:
        """The row of the first line, counted from 0."""
        return 4

    def said_above(self) -> Iterator[str]:
        """Yield the sentences above the list."""
        kinds = [line.mark.kind for line in self.lines]
        if not kinds:
            yield "没有需要改正或确认的内容。"
            return
        tally = "，".join(f"{kind}{kinds.count(kind)}处" for kind in Kind if kind in kinds)
        more = f"；另有{self.left_out}处没有列出，请先改正这些，再交来核对" if self.left_out else ""
        wanted = "；".join(said for kind, said in _WANTED.items() if kind in kinds)
        yield f"共{tally}{more}。{wanted}。"
        if self.coloured:
            yield (
                "表中红底为错误，黄底为待确认，原因见批注和“错误信息”列；点“单元格”一列可到原处。"
                "请在原件中改正后再交；如用这份副本改，交之前请删去“错误信息”列和本表。"
            )
        else:
            yield "请按“位置”在原文件中改正后再交。"

    def xml(self, styles: Styles, spaces: tuple[str, str]) -> bytes:
        """Return the sheet.

        Args:
            styles: Of the workbook; what is needed is added.
            spaces: The namespaces of sheets and of relations.
        """
        heads = self._heads()
        rows = [self._row(0, [(TITLE, _TITLE)], styles, height=26)]
        rows += [
            self._row(at, [(said, _NOTE)], styles, height=16)
            for at, said in enumerate(self.said_above(), start=1)
        ]
        rows.append(self._row(3, [(name, HEADING) for name, _ in heads], styles, height=22))
        widths = [width for _, width in heads]
        for number, (at, line) in enumerate(zip(count(self._first), self.lines), start=1):
            words = self._words(number, line)
            rows.append(self._row(at, words, styles, height=_height(words, widths)))
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
            for at, (_, width) in enumerate(heads, start=1)
        )
        last = name_of((0, 0, self._first - 1 + len(self.lines), len(heads) - 1))
        top = f"A{self._first + 1}"
        return (
            DECLARATION
            + (
                f'<worksheet xmlns="{spaces[0]}" xmlns:r="{spaces[1]}"><sheetPr>'
                '<tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
                f'<dimension ref="{last}"/><sheetViews><sheetView showGridLines="0"'
                f' workbookViewId="0"><pane ySplit="{self._first}" topLeftCell="{top}"'
                f' activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"'
                f' activeCell="{top}" sqref="{top}"/></sheetView></sheetViews>'
                f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
                f"<sheetData>{''.join(rows)}</sheetData>"
                f'<autoFilter ref="{name_of(self.filters)}"/>{self._links()}'
                '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3"'
                ' footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
                "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter>"
                "</headerFooter></worksheet>"
            ).encode()
        )

    def _heads(self) -> list[tuple[str, int]]:
        """Return what the columns are called, and how wide they are."""
        where = [("工作表", 20), ("单元格", 14)] if self.coloured else [("文件", 20), ("位置", 24)]
        return [
            ("序号", 7), ("程度", 9), *where, ("原内容", 24), ("问题", 46), ("如何改正", 46)
        ]  # fmt: skip

    def _words(self, number: int, line: Line) -> list[tuple[str, Look]]:
        mark, place = line.mark, line.mark.place
        if self.coloured:
            first, second = place.sheet, place.cell or "（整张表）"
        else:
            first, second = place.file, str(place)
        second += f"（{line.note}）" if line.note else ""
        return [
            (str(number), _NUMBER),
            (mark.kind.value, _KINDS[mark.kind]),
            (first, _TEXT),
            (second, _LINK if line.linked else _TEXT),
            (mark.quote, _TEXT),
            (mark.what, _TEXT),
            (mark.mend, _TEXT),
        ]

    @staticmethod
    def _row(row: int, words: Sequence[tuple[str, Look]], styles: Styles, *, height: int) -> str:
        cells = "".join(
            inline(name_of((row, at, row, at)), styles.look(look), shortened(text, LONGEST_TEXT))
            for at, (text, look) in enumerate(words)
        )
        return f'<row r="{row + 1}" ht="{height}" customHeight="1">{cells}</row>'

    def _links(self) -> str:
        links = []
        for at, line in enumerate(self.lines, start=self._first):
            if line.linked and line.shown is not None:
                sheet = line.mark.place.sheet.replace("'", "''")
                target = quoted(f"'{sheet}'!{name_of((*line.shown, *line.shown))}")
                links.append(f'<hyperlink ref="D{at + 1}" location="{target}"/>')
        return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _height(words: Sequence[tuple[str, Look]], widths: Sequence[int]) -> int:
    """Return the points that a row of wrapped words needs."""
    lines = max(
        sum(max(-(-width_of(line) // width), 1) for line in text.split("\n"))
        for (text, _), width in zip(words, widths, strict=True)
    )
    return min(lines * _LINE + _PADDING, _TALLEST)


def free_name(book: Book) -> str:
    """Return a name for the list that no sheet has."""
    taken = {sheet.name.lower() for sheet in book.sheets}
    names = (TITLE if number == 1 else f"{TITLE}{number}" for number in count(1))
    return next(name for name in names if name[:_LONGEST_NAME] not in taken)

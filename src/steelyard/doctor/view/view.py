"""The whole of what is examined (全文): one or several documents as passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.grid import Grid, column_unit, serial_columns
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.plain import plain
from steelyard.doctor.view.read_figures import read_figures
from steelyard.doctor.view.units import measured
from steelyard.intake.reading.document import Cell, Document, Paragraph, Role, Table, Words

_HAN = "〇零一二三四五六七八九十百"
_NUMBERING = re.compile(
    rf"^(?:第?[{_HAN}]+[、章节]|（[{_HAN}\d]+）|\d{{1,2}}(?:\.\d{{1,2}}(?!\d))*[.．、)）]"
    r"|附[件表录]\d*[：:.、]?|[①-⑳])"
)
_RUN_IN = re.compile(r"[\u4e00-\u9fffA-Za-z“”‘’《》（）、—-]{2,24}")
_RUN_IN_LEVEL = 5

CASE = "case"
"""The kind of a document that holds the data of an evaluation: compared with, not examined."""


@dataclass(frozen=True, eq=False)
class View:
    """Documents that are examined together (诊察对象)."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    """In reading order; lines of contents are not among them."""
    grids: tuple[Grid, ...]

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Paragraphs: no cells, no headings."""
        return tuple(each for each in self.passages if each.cell is None and not each.is_heading)

    @cached_property
    def headings(self) -> tuple[Passage, ...]:
        """Headings in order."""
        return tuple(each for each in self.passages if each.is_heading)

    def sentences(self, *, cells: bool = True) -> Iterator[tuple[Passage, int, int]]:
        """Yield every sentence of paragraphs and, if wanted, of cells."""
        for passage in self.passages:
            if cells or passage.cell is None:
                for start, end in passage.sentences():
                    yield passage, start, end


def view_of(documents: Iterable[Document]) -> View:
    """Return documents as the checks see them."""
    kept = tuple(documents)
    builder = _Builder()
    for document in kept:
        builder.add(document)
    return View(kept, tuple(builder.passages), tuple(builder.grids))


def bare_heading(text: str) -> str:
    """Return a heading without its number: （1）预算调整率 is 预算调整率."""
    return _NUMBERING.sub("", text, count=1)


class _Builder:
    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.grids: list[Grid] = []
        self._open: list[tuple[int, str]] = []

    def add(self, document: Document) -> None:
        """Append one document."""
        self._open = []
        for index, block in enumerate(document.blocks):
            if isinstance(block, Table):
                self._add_table(document, index, block)
            elif block.role is not Role.CONTENTS:
                self._add_paragraph(document, index, block)

    def _add_paragraph(self, document: Document, index: int, block: Paragraph) -> None:
        text = plain(block.words.text).text
        level = block.level if block.role is Role.HEADING and not _fills_in(text) else 0
        if not level and block.role is Role.BODY and _is_run_in(document.blocks, index, text):
            level = _RUN_IN_LEVEL
        if level:
            self._open = [(each, name) for each, name in self._open if each < level]
        role = Role.HEADING if level else Role.BODY if block.level else block.role
        self._append(document, block.words, role, index, level=level)
        if level:
            self._open.append((level, bare_heading(text)))

    def _add_table(self, document: Document, index: int, table: Table) -> None:
        places: dict[tuple[int, int], Passage] = {}
        serial = serial_columns(table)
        units = [column_unit(table, column) for column in range(table.width)]
        for cell in table.cells:
            below = cell.row >= table.header_rows
            passage = self._append(
                document,
                cell.words,
                Role.BODY,
                index,
                table=table,
                cell=cell,
                counts=below and cell.column in serial,
                unit=units[cell.column] if below else "",
            )
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    places[row, column] = passage
        section = tuple(name for _, name in self._open)
        self.grids.append(Grid(table, places, section, index))

    def _append(
        self,
        document: Document,
        words: Words,
        role: Role,
        block: int,
        *,
        level: int = 0,
        table: Table | None = None,
        cell: Cell | None = None,
        counts: bool = False,
        unit: str = "",
    ) -> Passage:
        simple = plain(words.text)
        figures = read_figures(simple.text)
        if counts:
            figures = tuple(replace(each, kind=Kind.LIST) for each in figures)
        elif unit:
            figures = tuple(_in_unit(each, unit) for each in figures)
        passage = Passage(
            index=len(self.passages),
            document=document,
            words=words,
            plain=simple,
            figures=figures,
            role=role,
            section=tuple(name for _, name in self._open),
            block=block,
            table=table,
            cell=cell,
            level=level,
        )
        self.passages.append(passage)
        return passage


def _in_unit(figure: Figure, unit: str) -> Figure:
    """Give a bare number of a column the unit that stands over it."""
    if figure.unit or not figure.is_claim or figure.kind is Kind.EQUATION:
        return figure
    factor, dimension = measured(unit)
    return replace(figure, factor=factor, dimension=dimension)


def _fills_in(text: str) -> bool:
    """Say whether a paragraph in the style of a heading fills in a form: （5）原因：无."""
    return "：" in text[:-1] and not re.match("附[件表录]", text)


def _is_run_in(blocks: Sequence[Paragraph | Table], index: int, text: str) -> bool:
    """Say whether a short line without a number stands as a heading over a paragraph."""
    if not _RUN_IN.fullmatch(text) or index + 1 >= len(blocks):
        return False
    after = blocks[index + 1]
    return isinstance(after, Paragraph) and len(after.words.text) > 2 * len(text) + 10

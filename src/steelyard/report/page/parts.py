"""A report as the template lays it out (网页的组成): tags, addresses, pieces of lines.

Every block becomes one part, so that the template decides nothing. A figure is
a door only when its proof is in the page; otherwise it is text that names its
reference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import quote

from markupsafe import Markup

from steelyard.report.charts.marks import address
from steelyard.report.charts.svg import chart_svg
from steelyard.report.model.blocks import (
    Block,
    Caption,
    Cell,
    Chart,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Table,
)
from steelyard.report.model.runs import Break, Figure, Gap, Link, Run, Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What stands inside a line (行内)."""

    kind: str
    """text, figure, door, link, gap, break."""

    text: str
    strong: bool = False
    href: str = ""
    door: str = ""
    id: str = ""
    reference: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingPart:
    """A heading with its tag."""

    kind: ClassVar[str] = "heading"
    tag: str
    id: str
    look: str
    level: int
    number: str
    pieces: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphPart:
    """A paragraph; its role is its class."""

    kind: ClassVar[str] = "paragraph"
    role: str
    pieces: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPart:
    """A cell with its tag and scope."""

    tag: str
    scope: str
    across: int
    down: int
    look: str
    lines: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionPart:
    """The name of a table or chart."""

    id: str
    label: str
    pieces: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """A table; ``widths`` are percentages of the whole."""

    kind: ClassVar[str] = "table"
    look: str
    caption: CaptionPart | None
    unit: str
    widths: tuple[int, ...]
    head: tuple[tuple[CellPart, ...], ...]
    rows: tuple[tuple[CellPart, ...], ...]
    notes: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPart:
    """A chart as drawing."""

    kind: ClassVar[str] = "chart"
    svg: Markup
    caption: CaptionPart
    notes: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the table of contents."""

    href: str
    text: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsPart:
    """The table of contents where the report has it."""

    kind: ClassVar[str] = "contents"
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class BreakPart:
    """A new page."""

    kind: ClassVar[str] = "break"


Part = HeadingPart | ParagraphPart | TablePart | ChartPart | ContentsPart | BreakPart


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPart:
    """Paper of one kind."""

    look: str
    parts: tuple[Part, ...]


def anchor_id(anchor: str) -> str:
    """Return the id of an anchor: never the address of a proof, never with blanks."""
    return "at-" + "_".join(anchor.split())


@dataclass(slots=True)
class Layout:
    """One pass over a document; counts its charts and gaps (排版)."""

    document: Document
    doors: Container[str]
    """Addresses whose proof is in the page."""

    charts: int = 0
    gaps: Counter[str] = field(default_factory=Counter)
    """How often each gap was met."""

    def sections(self) -> tuple[SectionPart, ...]:
        """Return all sections in order."""
        return tuple(self._section(section) for section in self.document.sections)

    def _section(self, section: Section) -> SectionPart:
        parts = tuple(self._part(block) for block in section.blocks)
        looks = {
            "print-only": all(part.kind in ("contents", "break") for part in parts),
            "landscape": section.landscape,
            "numbered": section.numbered,
        }
        return SectionPart(
            look=" ".join(look for look, has in looks.items() if has),
            parts=parts,
        )

    def _part(self, block: Block) -> Part:
        match block:
            case Heading():
                return HeadingPart(
                    tag=f"h{block.level + 1}",
                    id=anchor_id(block.anchor),
                    look=block.look,
                    level=block.level,
                    number=block.number,
                    pieces=self._pieces(block.runs),
                )
            case Paragraph():
                return ParagraphPart(role=block.role, pieces=self._pieces(block.runs))
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case Contents():
                return ContentsPart(entries=tuple(entries(self.document, block.levels)))
            case PageBreak():
                return BreakPart()

    def _table(self, table: Table) -> TablePart:
        whole = sum(table.columns)
        many = "many" if len(table.columns) > 8 else "some" if len(table.columns) > 4 else "few"
        return TablePart(
            look=f"{table.look} {table.size} {many}",
            caption=None if table.caption is None else self._caption(table.caption),
            unit=table.unit,
            widths=tuple(round(width * 100 / whole) for width in table.columns),
            head=tuple(self._row(row, in_head=True) for row in table.head),
            rows=tuple(self._row(row) for row in table.rows),
            notes=tuple(self._pieces(note) for note in table.notes),
        )

    def _row(self, row: Row, *, in_head: bool = False) -> tuple[CellPart, ...]:
        return tuple(self._cell(cell, in_head=in_head) for cell in row)

    def _cell(self, cell: Cell, *, in_head: bool) -> CellPart:
        scope = ""
        if in_head:
            scope = "colgroup" if cell.across > 1 else "col"
        elif cell.head:
            scope = "rowgroup" if cell.down > 1 else "row"
        return CellPart(
            tag="th" if scope else "td",
            scope=scope,
            across=cell.across,
            down=cell.down,
            look=cell.align + (" strong" if cell.strong else ""),
            lines=tuple(self._pieces(line) for line in cell.lines),
        )

    def _chart(self, chart: Chart) -> ChartPart:
        self.charts += 1
        svg = chart_svg(chart, prefix=f"chart-{self.charts}", doors=self.doors)
        return ChartPart(
            svg=Markup(svg),  # noqa: S704 - drawn by us, every word in it escaped
            caption=self._caption(chart.caption),
            notes=tuple(self._pieces(note) for note in chart.notes),
        )

    def _caption(self, caption: Caption) -> CaptionPart:
        return CaptionPart(
            id=anchor_id(caption.anchor), label=caption.label, pieces=self._pieces(caption.runs)
        )

    def _pieces(self, runs: Runs) -> Pieces:
        return tuple(self._piece(run) for run in runs)

    def _piece(self, run: Run) -> Piece:
        match run:
            case Figure():
                opens = bool(run.door) and run.door in self.doors
                return Piece(
                    kind="door" if opens else "figure",
                    text=run.text,
                    strong=run.strong,
                    href=address(run.door) if opens else "",
                    door=run.door if opens else "",
                    reference=run.reference,
                )
            case Link():
                if run.target not in anchors(self.document):
                    return Piece(kind="text", text=run.text)
                return Piece(kind="link", text=run.text, href=_href(run.target))
            case Gap():
                self.gaps[run.what] += 1
                return Piece(kind="gap", text=run.text, id=gap_id(run.what, self.gaps[run.what]))
            case Break():
                return Piece(kind="break", text="")
            case _:
                return Piece(kind="text", text=run.text, strong=run.strong)


def gap_id(what: str, count: int) -> str:
    """Return the id of the mark of a gap; the same gap may stand in several places."""
    return f"gap-{count}-" + "_".join(what.split())


def anchors(document: Document) -> frozenset[str]:
    """Return everything that a reference can lead to."""
    return frozenset(_anchors(document.blocks()))


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield block.anchor
            case Table() if block.caption is not None:
                yield block.caption.anchor
            case Chart():
                yield block.caption.anchor
            case _:
                pass


def entries(document: Document, levels: int) -> Iterator[Entry]:
    """Yield the lines of a table of contents down to a level."""
    for block in document.blocks():
        if isinstance(block, Heading) and block.level <= levels:
            yield Entry(href=_href(block.anchor), text=block.text, level=block.level)


def _href(anchor: str) -> str:
    return "#" + quote(anchor_id(anchor))

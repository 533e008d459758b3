"""The blocks of a report (版块), in the order in which they are read.

Every writer renders the same blocks: it decides looks, never content. A block
holds what is printed; nothing here computes, rounds or counts pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf

from steelyard.report.model.runs import Gap, Run, Runs, Text, plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading (标题), also listed in the table of contents down to level 3."""

    level: int
    """1 is 一、, 2 is （一）, 3 is 1．, 4 is （1）."""

    number: str = ""
    """The number as printed before the text: 一、."""

    runs: Runs
    anchor: str
    """Unique in the document."""

    look: OneOf["chapter", "part", "annex"] = "chapter"
    """``part``: a centred title without number, such as 摘要; ``annex``: 附件1."""

    passage: str = ""
    """The passage of the narrative that it belongs to, when it stands in one."""

    @property
    def text(self) -> str:
        """Number and text as printed."""
        return self.number + plain_text(self.runs)


Role = OneOf[
    "body",  # 正文, first line indented by two characters
    "plain",  # 正文 without indent
    "subhead",  # printed like a heading of the first level, and not listed in the contents
    "reckoning",  # 正文 that holds an equation: at the left, so that no line is stretched
    "item",  # an entry of a list, its mark is part of the text
    "lead",  # centred line below a title, such as an annex's own title
    "note",  # small text below a table or chart: 注：
    "unit",  # small text above a table, at the right: 单位：万元
    "signature",  # at the right, near the end: body, date
    "title",  # the report's title, over the body
    "cover-title",
    "cover-line",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph (段落)."""

    runs: Runs
    role: Role = "body"
    passage: str = ""
    """The passage of the narrative that it belongs to; neighbours share one."""

    @property
    def text(self) -> str:
        """The paragraph as read."""
        return plain_text(self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The name of a table or chart, with its number (题注)."""

    kind: OneOf["表", "图"]
    number: int
    runs: Runs
    anchor: str

    @property
    def label(self) -> str:
        """What references print: 表14."""
        return f"{self.kind}{self.number}"

    @property
    def text(self) -> str:
        """The whole caption as read."""
        return f"{self.label} {plain_text(self.runs)}"


Align = OneOf["left", "center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell (单元格), given where it begins; what it covers is not given again."""

    lines: tuple[Runs, ...] = ((),)
    """Its paragraphs."""

    across: int = 1
    """Columns covered."""

    down: int = 1
    """Rows covered."""

    align: Align = "center"
    head: bool = False
    """Whether it is a label of the rows or columns beside it."""

    strong: bool = False

    @property
    def text(self) -> str:
        """The cell as read, its paragraphs on lines of their own."""
        return "\n".join(plain_text(line) for line in self.lines)


Row = tuple[Cell, ...]
"""The cells that begin in this row, from left to right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table or a form (表)."""

    columns: tuple[int, ...]
    """Relative widths; their number is the number of columns."""

    head: tuple[Row, ...] = ()
    """Rows repeated on every page."""

    rows: tuple[Row, ...]
    caption: Caption | None = None
    unit: str = ""
    """Printed above at the right: 单位：万元."""

    notes: tuple[Runs, ...] = ()
    """Printed below."""

    look: OneOf["grid", "form"] = "grid"
    """``form``: label and content beside each other, labels shaded."""

    size: OneOf["normal", "small"] = "normal"
    """``small`` for wide tables: 小五 instead of 五号."""

    @property
    def text(self) -> str:
        """Its caption, or its first cells, to call it by."""
        if self.caption is not None:
            return self.caption.text
        first = next(iter((*self.head, *self.rows)), ())
        return "、".join(cell.text for cell in first)

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield every cell with the row and column where it begins, head included.

        Raises:
            ValueError: The cells do not fill the grid exactly.
        """
        taken: set[tuple[int, int]] = set()
        every = (*self.head, *self.rows)
        for row, cells in enumerate(every):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                covered = {
                    (row + down, column + across)
                    for down in range(cell.down)
                    for across in range(cell.across)
                }
                if covered & taken:
                    raise ValueError((row, column))
                taken |= covered
                yield row, column, cell
        whole = {(r, c) for r in range(len(every)) for c in range(len(self.columns))}
        if taken != whole:
            raise ValueError(sorted(taken ^ whole)[:3])


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart (数据点)."""

    value: Fraction | None
    """None where there is nothing to show."""

    label: str = ""
    """As printed beside the bar."""

    reference: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one kind, one for each category (系列)."""

    name: str
    points: tuple[Point, ...]
    tone: int = 0
    """Lightness: 0 dark, then lighter; -1 draws nothing, as the base of a bridge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of bars (图): readable in black and white, with a text beside it."""

    caption: Caption
    direction: OneOf["columns", "bars"]
    """Upright columns, or bars lying."""

    stacking: OneOf["beside", "sum", "share"] = "beside"
    """Series beside each other, on top of each other, or as shares of 100 %."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    """All values of a chart measure the same; none is negative in a stack."""

    unit: str = ""
    alt: str
    """What it shows, in a sentence, for those who cannot see it."""

    notes: tuple[Runs, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents (目录): of all headings down to a level."""

    levels: int = 3


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page (分页)."""


Block = Heading | Paragraph | Table | Chart | Contents | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Blocks on paper of one kind (节); it begins on a new page."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    numbered: bool = True
    """Whether its pages carry numbers."""

    restart: bool = False
    """Whether its pages are counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of narrative that people write and may edit in Word (叙述)."""

    key: str
    """Chapter and heading: 基本情况/部门概况."""

    file: str
    """Its file in the evaluation folder."""

    source: str
    """Its Markdown, with references in braces."""

    generated: bool = False
    """Whether nobody wrote it: it was made from the derivations."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap of the document (缺口): what, where it stands, how to fill it."""

    what: str
    where: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report (报告), ready for every writer."""

    title: str
    author: str
    date: str
    """As printed; never the clock's."""

    sections: tuple[Section, ...]
    passages: Mapping[str, Passage] = field(default_factory=dict)
    gaps: tuple[Missing, ...] = ()
    masked: bool = False
    """Whether names of persons, phones and addresses were taken out."""

    @property
    def is_draft(self) -> bool:
        """Tell whether something is still missing."""
        return bool(self.gaps)

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in order."""
        for section in self.sections:
            yield from section.blocks


def runs_of(block: Block) -> Iterator[Run]:
    """Yield what stands inside a block, captions and cells included."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            yield from runs
        case Table():
            if block.caption is not None:
                yield from block.caption.runs
            for row in (*block.head, *block.rows):
                for cell in row:
                    for line in cell.lines:
                        yield from line
            for note in block.notes:
                yield from note
        case Chart():
            yield from block.caption.runs
            for note in block.notes:
                yield from note
        case _:
            return


def text_cell(text: str, *, head: bool = False, align: Align = "center") -> Cell:
    """Return a cell of plain words."""
    return Cell(lines=((Text(text),),), head=head, align=align)


def gap_cell(what: str) -> Cell:
    """Return a cell that marks what is missing."""
    return Cell(lines=((Gap(what),),))

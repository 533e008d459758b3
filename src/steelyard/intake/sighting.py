"""What was seen in files that were handed in (所见), before anything is written.

A sighting is a value of a data item at a place. What cannot be said with
certainty is a question; what cannot be right is a mistake. None of the three
changes an evaluation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from steelyard.facts.ledger import Target
from steelyard.intake.reading.document import Document, Spot
from steelyard.measure.quantity import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in a file (位置)."""

    file: str
    sha256: str = ""
    sheet: str = ""
    cell: str = ""
    """Of a workbook, as B7."""
    page: int | None = None
    """Of a PDF, counted from 1."""
    line: int | None = None
    """Of a text file, counted from 1."""
    table: str = ""
    """Title of the table, or 第2张表 when it has none."""
    block: int | None = None
    """Which table of the file, counted from 1."""
    row: int | None = None
    """Row of the table, counted from 1; columns likewise."""
    column: int | None = None

    def __str__(self) -> str:
        """Return the place inside the file, as 支出!B7 or 第3页 表2 第4行第2列."""
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        parts = [f"第{self.page}页"] if self.page is not None else []
        parts += [f"第{self.line}行"] if self.line is not None and self.row is None else []
        parts += [self.table] if self.table else []
        inner = f"第{self.row}行" if self.row is not None else ""
        inner += f"第{self.column}列" if self.column is not None else ""
        return " ".join([*parts, inner] if inner else parts)


def place_of(
    document: Document,
    spot: Spot,
    *,
    table: str = "",
    block: int | None = None,
    row: int | None = None,
    column: int | None = None,
) -> Place:
    """Return the place of a spot in a document.

    Args:
        document: The file.
        spot: Where in it.
        table: Title of the table; left out for workbooks, where the sheet says it.
        block: Which table of the file, counted from 1.
        row: Row of the table, counted from 0.
        column: Column of the table, counted from 0.
    """
    return Place(
        file=document.name,
        sha256=document.sha256,
        sheet=spot.sheet,
        cell=spot.cell,
        page=spot.page,
        line=spot.line,
        table="" if spot.sheet else table,
        block=block,
        row=None if row is None else row + 1,
        column=None if column is None else column + 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One value of one data item, seen at one place (所见数据)."""

    target: Target
    """The item, or the cell of a table: table, key of the row, column."""
    value: Value
    """In the unit of the dictionary."""
    place: Place
    quote: str
    """What stands there, letter for letter."""
    period: str = ""
    """As 2023年, when the file says it."""
    note: str = ""
    """What was done to read it, as 按“万元”读取; empty when nothing was."""


class Doubt(StrEnum):
    """What a question is about (疑问的种类)."""

    ITEM = "item"
    """Which data item or table a label means."""
    UNIT = "unit"
    """In which unit figures are."""
    VALUE = "value"
    """How a text is to be read."""
    HIDDEN = "hidden"
    """Whether a figure in a hidden row, column or sheet counts."""
    ROW = "row"
    """Which row of a table is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that only a person can decide (疑问)."""

    doubt: Doubt
    key: str
    """What an answer is remembered under; the same for the next file of the template."""
    text: str
    """The question, one Chinese sentence."""
    candidates: tuple[str, ...]
    """Answers offered, the likeliest first."""
    place: Place
    quote: str = ""
    about: tuple[Target, ...] = ()
    """What would be taken, as far as it is known."""
    cells: int = 1
    """How many values wait for the answer."""
    synonym: bool = False
    """The label differs from the first candidate in a word such as 数 or 金额 alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Something in a file that cannot be right (错误): what, where, how to mend it."""

    what: str
    mend: str
    place: Place
    quote: str = ""
    about: Target | None = None

    def __str__(self) -> str:
        """Return the mistake as one readable line."""
        return f"{self.place.file} {self.place}：{self.what}{self.mend}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Figures that do not agree with each other (不符), each of them readable.

    It stops nothing: what was seen is taken as it stands.
    """

    what: str
    """One Chinese sentence with both sides and the reckoning."""
    mend: str
    places: tuple[Place, ...]
    """Both sides, the one that is likelier wrong first."""
    quotes: tuple[str, ...] = ()
    """What stands at each of the places."""
    certain: bool = True
    """Whether it cannot be right; else it wants a reason."""


@dataclass(slots=True)
class Seen:
    """All that was seen in some files (识别结果)."""

    sightings: list[Sighting] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Chinese sentences on what was passed over, as hidden rows or tables not known."""

    def add(self, other: Seen) -> None:
        """Take in what was seen elsewhere."""
        self.sightings += other.sightings
        self.questions += other.questions
        self.mistakes += other.mistakes
        self.contradictions += other.contradictions
        self.remarks += other.remarks

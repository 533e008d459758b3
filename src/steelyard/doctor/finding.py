"""What the doctor found (诊断): rule, both places, what was computed, the effect."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.intake.reading.document import Spot

_QUOTE = 34
"""Characters of a quote on either side of what it is about."""


class Severity(StrEnum):
    """How sure and how grave (程度)."""

    ERROR = "error"
    """错误: whatever the truth is, what stands there cannot all be right."""
    QUESTION = "question"
    """需核实: somebody has to look."""
    HINT = "hint"
    """提示: right or not, it could be better."""


SEVERITY_NAMES = {
    Severity.ERROR: "错误",
    Severity.QUESTION: "需核实",
    Severity.HINT: "提示",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one passage (位置)."""

    passage: Passage
    start: int
    """In its plain text."""
    end: int

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.passage.document.name

    @property
    def page(self) -> int | None:
        """Page, where the format has pages."""
        return self._spot.page

    @property
    def line(self) -> int | None:
        """Line of a text file, counted from 1."""
        return self._spot.line

    @property
    def table(self) -> str:
        """Title of the table or name of the sheet, empty outside tables."""
        table = self.passage.table
        if table is None:
            return ""
        return table.title or self._spot.sheet or "（无题表格）"

    @property
    def cell(self) -> str:
        """Of a workbook B7; of a table row and column counted from 1, as R3C2."""
        cell = self.passage.cell
        if cell is None:
            return ""
        return self._spot.cell or f"R{cell.row + 1}C{cell.column + 1}"

    @property
    def quote(self) -> str:
        """What stands there with some words around, as printed, on one line."""
        words = self.passage.words.text
        start, end = self.passage.plain.stretch(self.start, self.end)
        first, last = max(start - _QUOTE, 0), min(end + _QUOTE, len(words))
        before, after = "…" if first else "", "…" if last < len(words) else ""
        return before + " ".join(words[first:last].split()) + after

    @property
    def exact(self) -> str:
        """What stands there, as printed, without words around."""
        start, end = self.passage.plain.stretch(self.start, self.end)
        return " ".join(self.passage.words.text[start:end].split())

    @property
    def _spot(self) -> Spot:
        start, _ = self.passage.plain.stretch(self.start, self.end)
        return self.passage.words.spot_at(start)


def place_of(passage: Passage, *figures: Figure) -> Place:
    """Return the stretch from the first to the last of some numbers of a passage."""
    return Place(passage, min(each.start for each in figures), max(each.end for each in figures))


def whole(passage: Passage) -> Place:
    """Return all of a passage as a place."""
    return Place(passage, 0, len(passage.text))


@dataclass(frozen=True, slots=True)
class ScoreEffect:
    """What an error does to one indicator (对得分的影响)."""

    indicator: str
    printed: Fraction
    computed: Fraction


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold (诊断)."""

    rule: str
    """R01 to R31 of the catalogue."""
    severity: Severity
    message: str
    """One or two Chinese sentences with both values."""
    places: tuple[Place, ...]
    """Where it shows, the most telling place first."""
    computed: str = ""
    """The calculation that shows it, in figures."""
    figures: tuple[Figure, ...] = ()
    """Numbers that cannot all be right."""
    score: ScoreEffect | None = None
    effect: str = field(default="")
    """A Chinese sentence on score and grade; filled when all is known."""

"""One stretch of text under its headings (段): a paragraph or a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.plain import Plain
from steelyard.intake.reading.document import Cell, Document, Role, Table, Words

NUMBER = "\ue000"
"""Stands for an amount with its unit in a skeleton."""

_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_CLAUSE = re.compile(r"[^，。；！？：]+[，。；！？：]?")


@dataclass(frozen=True, eq=False)
class Passage:
    """A paragraph, or the text of one cell (段)."""

    index: int
    """In reading order over all documents."""
    document: Document
    words: Words
    plain: Plain
    figures: tuple[Figure, ...]
    role: Role
    section: tuple[str, ...]
    """Headings that it stands under, outermost first, without their numbers."""
    block: int
    """Which block of its document."""
    table: Table | None = None
    cell: Cell | None = None
    level: int = 0
    """Of a heading; else 0."""

    @property
    def text(self) -> str:
        """Its plain text."""
        return self.plain.text

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading and not what stands under one."""
        return self.role is Role.HEADING

    @cached_property
    def claims(self) -> tuple[Figure, ...]:
        """Its numbers that say how much there is of something."""
        return tuple(figure for figure in self.figures if figure.is_claim)

    @cached_property
    def skeleton(self) -> Skeleton:
        """Its text with one sign for every amount."""
        return Skeleton.of(self.text, self.claims)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each sentence."""
        for match in _SENTENCE.finditer(self.text):
            yield match.span()

    def clauses(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield start and end of each part between commas."""
        for match in _CLAUSE.finditer(self.text, start, len(self.text) if end is None else end):
            yield match.span()

    def figures_in(self, start: int, end: int) -> list[Figure]:
        """Return its amounts that stand inside a stretch."""
        return [each for each in self.claims if start <= each.start and each.end <= end]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text in which every amount is one sign (骨架): what is said, without how much."""

    text: str
    starts: tuple[int, ...]
    """Offsets of the signs."""
    figures: tuple[Figure, ...]
    """One for each sign."""

    @classmethod
    def of(cls, text: str, figures: tuple[Figure, ...]) -> Skeleton:
        """Return the skeleton of a plain text."""
        parts: list[str] = []
        starts: list[int] = []
        length = last = 0
        for figure in figures:
            parts += [text[last : figure.start], NUMBER]
            length += figure.start - last
            starts.append(length)
            length += 1
            last = figure.end
        parts.append(text[last:])
        return cls("".join(parts), tuple(starts), figures)

    def figure_at(self, offset: int) -> Figure:
        """Return the number whose sign stands at ``offset``."""
        return self.figures[self.starts.index(offset)]

    def plain_offset(self, offset: int) -> int:
        """Return the offset in the plain text of a place in the skeleton."""
        shift = 0
        for start, figure in zip(self.starts, self.figures, strict=True):
            if start >= offset:
                break
            shift = figure.end - (start + 1)
        return offset + shift

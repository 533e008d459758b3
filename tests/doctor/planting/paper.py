"""A read report that errors can be planted in (样本): its pieces of text, and changed copies.

A piece is a paragraph or a cell. A planted error knows where it stands, so that
it can be told whether a finding is about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import TypeVar

from steelyard.intake.reading.arrange import arranged
from steelyard.intake.reading.document import (
    Block,
    Cell,
    Document,
    Paragraph,
    Role,
    Table,
    Words,
)

Item = TypeVar("Item")

Place = tuple[int, tuple[int, int] | None]
"""Which block; of a table row and column of the cell."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a cell (段)."""

    place: Place
    text: str
    heading: str
    """The last heading before it."""
    role: Role
    table: Table | None = None

    @property
    def row(self) -> int:
        """Of a cell; else -1."""
        return self.place[1][0] if self.place[1] else -1

    @property
    def column(self) -> int:
        """Of a cell; else -1."""
        return self.place[1][1] if self.place[1] else -1


@dataclass(frozen=True, slots=True)
class Edit:
    """Other words for a stretch of a piece (改动)."""

    piece: Piece
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Span:
    """Where a planted error stands in the changed document (位置)."""

    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Planted:
    """One error (植入的错误)."""

    rule: str
    kind: str
    """What was done, in a few Chinese words."""
    document: Document
    spans: tuple[Span, ...]
    was: str
    now: str
    denied: bool = True
    """Whether something else in the report contradicts it."""


class Paper:
    """A document taken apart (样本)."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every paragraph and cell in order, without the table of contents."""
        return tuple(self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        heading = ""
        for number, block in enumerate(self.document.blocks):
            if isinstance(block, Table):
                for cell in block.cells:
                    place = (number, (cell.row, cell.column))
                    yield Piece(place, cell.words.text, heading, Role.BODY, block)
            elif block.role is not Role.CONTENTS:
                if block.role is Role.HEADING:
                    heading = block.words.text
                yield Piece((number, None), block.words.text, heading, block.role)

    @property
    def prose(self) -> Iterator[Piece]:
        """Paragraphs that say something."""
        return (each for each in self.pieces if each.table is None and each.role is Role.BODY)

    @property
    def cells(self) -> Iterator[Piece]:
        """Every cell."""
        return (each for each in self.pieces if each.table is not None)

    def matches(
        self, pattern: str, pieces: Iterable[Piece] | None = None
    ) -> list[tuple[Piece, re.Match[str]]]:
        """Return every match of a pattern with its piece."""
        found = re.compile(pattern)
        among = self.pieces if pieces is None else pieces
        return [(piece, match) for piece in among for match in found.finditer(piece.text)]

    def count(self, words: str) -> int:
        """Return how often words stand in the report, numbers as whole numbers."""
        return len(self.matches(rf"(?<![\d.]){re.escape(words)}(?![\d.])"))

    def header(self, piece: Piece) -> str:
        """Return what stands over the column of a cell."""
        table = piece.table
        if table is None:
            return ""
        rows = range(max(table.header_rows, 1))
        return "".join(dict.fromkeys(table.text_at(row, piece.column) for row in rows))

    def is_header(self, piece: Piece) -> bool:
        """Whether a cell names a column."""
        return piece.table is not None and piece.row < max(piece.table.header_rows, 1)

    def row_text(self, piece: Piece) -> str:
        """Return all that stands in the row of a cell."""
        table = piece.table
        if table is None:
            return ""
        texts = (table.text_at(piece.row, column) for column in range(table.width))
        return "|".join(dict.fromkeys(texts))

    def planted(
        self, rule: str, kind: str, edits: Sequence[Edit], *, denied: bool = True
    ) -> Planted:
        """Return the error that edits make."""
        was = "…".join(_around(each, each.piece.text[each.start : each.end]) for each in edits[:2])
        now = "…".join(_around(each, each.new) for each in edits[:2])
        return Planted(
            rule, kind, with_edits(self.document, edits), _spans(edits), was, now, denied
        )


def _around(edit: Edit, words: str) -> str:
    text = edit.piece.text
    return f"{text[max(edit.start - 24, 0) : edit.start]}[{words}]{text[edit.end : edit.end + 16]}"


def _spans(edits: Sequence[Edit]) -> tuple[Span, ...]:
    spans = []
    for each in edits:
        before = sum(
            len(other.new) - (other.end - other.start)
            for other in edits
            if other is not each and other.piece is each.piece and other.end <= each.start
        )
        start = each.start + before
        spans.append(Span(each.piece.place, start, start + len(each.new)))
    return tuple(spans)


def with_edits(document: Document, edits: Iterable[Edit]) -> Document:
    """Return the document with other words in some pieces."""
    blocks: list[Block] = list(document.blocks)
    for each in sorted(edits, key=lambda edit: (edit.piece.place[0], -edit.start)):
        number, cell = each.piece.place
        blocks[number] = _edited(blocks[number], cell, each)
        if each.piece.text.startswith("单位："):
            blocks = _read_again(blocks)
    return replace(document, blocks=tuple(blocks))


def _read_again(blocks: Sequence[Block]) -> list[Block]:
    """Give tables the units that stand over them now, as a reader of the file would."""
    bare = [replace(each, unit="") if isinstance(each, Table) else each for each in blocks]
    return list(arranged(bare))


def _edited(block: Block, where: tuple[int, int] | None, edit: Edit) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, words=_rewritten(block.words, edit))
    cells = tuple(
        replace(cell, words=_rewritten(cell.words, edit)) if _at(cell, where) else cell
        for cell in block.cells
    )
    return replace(block, cells=cells)


def _at(cell: Cell, where: tuple[int, int] | None) -> bool:
    return (cell.row, cell.column) == where


def _rewritten(words: Words, edit: Edit) -> Words:
    """Change a stretch; what stands behind it keeps its place in the file only roughly."""
    text = words.text[: edit.start] + edit.new + words.text[edit.end :]
    spots = tuple(spot for spot in words.spots if spot.offset < max(len(text), 1))
    return replace(words, text=text, spots=spots)


def slip(number: str, rng: Random, *, keep: int = 0) -> str:
    """Return a number with one digit changed, as a typist would.

    Args:
        number: As printed.
        rng: Chooses the digit.
        keep: Digits at the end that are left alone, where rounding may hide a change.
    """
    places = [index for index, sign in enumerate(number) if sign.isdigit()]
    index = rng.choice(places[: max(len(places) - keep, 1)])
    others = [digit for digit in "0123456789" if digit != number[index]]
    if index == places[0] and len(places) > 1:
        others = [digit for digit in others if digit != "0"]
    return number[:index] + rng.choice(others) + number[index + 1 :]


def shuffled(items: Iterable[Item], rng: Random) -> list[Item]:
    """Return items in another order."""
    found = list(items)
    rng.shuffle(found)
    return found

"""A printed PDF read back: words, sizes and where the page numbers stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2

from steelyard.report.model.blocks import (
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Paragraph,
    Table,
)
from steelyard.report.model.runs import plain_text


@dataclass(frozen=True)
class Sheet:
    """One page."""

    text: str
    width: int
    height: int
    number: int | None
    number_at: str
    """left or right; empty without a number."""

    inside: str
    """What stands between the margins at the left and the right."""


def bare(text: str) -> str:
    """The text without white space, soft hyphens and the marks that PDF readers add."""
    return re.sub(r"[\s\u200b\ufffe\u00ad\x02]", "", text)


def sheets(pdf: bytes) -> list[Sheet]:
    """All pages of a PDF."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            width, height = page.get_size()
            halves = {
                side: bare(text.get_text_bounded(left=left, right=right, bottom=0, top=100))
                for side, left, right in (("left", 0, width / 2), ("right", width / 2, width))
            }
            marks = {side: re.search(r"—(\d+)—$", half) for side, half in halves.items()}
            side = next((side for side, mark in marks.items() if mark), "")
            mark = marks.get(side)
            found.append(
                Sheet(
                    text=bare(text.get_text_range()),
                    width=round(width),
                    height=round(height),
                    number=int(mark[1]) if mark else None,
                    number_at=side,
                    inside=bare(
                        text.get_text_bounded(left=70, right=width - 70, bottom=0, top=height)
                    ),
                )
            )
    return found


def words_of(document: Document) -> list[str]:
    """Everything that must be found in print, white space taken out."""
    return [bare(words) for block in document.blocks() for words in _words(block) if bare(words)]


def _words(block: Block) -> Iterable[str]:
    match block:
        case Heading() | Paragraph():
            yield from block.text.split("\n")
        case Table():
            yield from ([] if block.caption is None else [plain_text(block.caption.runs)])
            yield block.unit
            for row in (*block.head, *block.rows):
                for cell in row:
                    yield from (plain_text(line) for line in cell.lines)
            yield from (plain_text(note) for note in block.notes)
        case Chart():
            yield plain_text(block.caption.runs)
            yield from block.categories
            yield from (note for note in map(plain_text, block.notes))
            for series in block.series:
                if series.tone >= 0:
                    yield from (point.label for point in series.points)
        case Contents():
            yield "目录"
        case _:
            return

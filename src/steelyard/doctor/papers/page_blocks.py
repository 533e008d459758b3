"""Documents laid out for a page (页面的段与表): blocks with the notes that stand beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from steelyard.doctor.examine import Examination
from steelyard.doctor.ledger import Entry
from steelyard.doctor.papers.marked_text import Mark, mark_of, marked_text
from steelyard.doctor.papers.places import where
from steelyard.doctor.papers.standpoint import told_at
from steelyard.doctor.papers.summary import Noted, Summary
from steelyard.doctor.view.passage import Passage
from steelyard.intake.reading.document import Block, Cell, Document, Paragraph, Role, Table

_IN_CHUNK = 40
"""Blocks that the browser lays out together, when they come near the window."""

_MOST_OTHERS = 3
_MOST_CARDS = 3
"""Blocks beside which a finding has a note; the marks of its other places lead there."""

_NARROW, _BROAD = 4, 16
"""Characters of a cell from which its column must not be narrower than some or many."""

_VALUE = re.compile(r"[≥≤><+\-−]?[\d,，.]+\s*[%％‰]?")
_CLASSES = {Role.NOTE: "foot", Role.BOX: "box", Role.CONTENTS: "toc", Role.CAPTION: "cap"}


@dataclass(frozen=True, slots=True)
class Other:
    """Another place of a finding, as a link (另一处)."""

    href: str
    where: str
    quote: str


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin at one place of a finding (旁注)."""

    noted: Noted
    at: int
    message: str
    """What it says, from where it stands."""
    others: tuple[Other, ...]
    more: int
    """Other places that are not listed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or table with its notes (段或表)."""

    html: Markup
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document (一份文件)."""

    document: Document
    chunks: tuple[tuple[Part, ...], ...]


@dataclass
class _Layout:
    """Everything of an examination by where it stands."""

    examination: Examination
    passages: dict[tuple[int, int], list[Passage]] = field(default_factory=dict)
    entries: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))


def sheets(examination: Examination, summary: Summary) -> Iterator[Sheet]:
    """Yield the documents laid out, each word once."""
    layout = _Layout(examination)
    for passage in examination.view.passages:
        key = (id(passage.document), passage.block)
        layout.passages.setdefault(key, []).append(passage)
    for entry in examination.ledger:
        layout.entries[entry.passage.index].append(entry)
    for noted in summary.findings:
        for at, card in enumerate(_cards(noted)):
            passage = noted.places[at].passage
            layout.marks[passage.index].append(mark_of(noted, at, card))
    several = len(examination.view.documents) > 1
    for document in examination.view.documents:
        parts = list(_parts(layout, document, several=several))
        chunks = [tuple(parts[at : at + _IN_CHUNK]) for at in range(0, len(parts), _IN_CHUNK)]
        yield Sheet(document, tuple(chunks))


def _parts(layout: _Layout, document: Document, *, several: bool) -> Iterator[Part]:
    page = 0
    for index, block in enumerate(document.blocks):
        passages = layout.passages.get((id(document), index), [])
        now = _page(block) or page
        tag = f' data-at="第{now}页{_printed(document, now)}"' if now != page else _line(block)
        page = now
        if isinstance(block, Table):
            html = _table(layout, block, passages, tag)
        else:
            html = _paragraph(layout, block, passages, tag)
        marks = [mark for passage in passages for mark in _in_order(layout, passage)]
        notes = [mark for mark in marks if mark.at == mark.card]
        yield Part(html, tuple(note_of(mark.noted, mark.at, several=several) for mark in notes))


def _cards(noted: Noted) -> Iterator[int]:
    """Yield for each place of a finding at which of them the note stands that tells of it.

    One block has one note of a finding, and a finding with many places not one at each.
    """
    seen: dict[tuple[int, int], int] = {}
    for at, place in enumerate(noted.places):
        block = (id(place.passage.document), place.passage.block)
        yield seen.setdefault(block, at if at < _MOST_CARDS else 0)


def note_of(noted: Noted, at: int, *, several: bool) -> Note:
    """Return the note at one place of a finding; ``several`` files are told apart."""
    others = [(each, noted.places[each]) for each in noted.told if each != at]
    return Note(
        noted,
        at,
        told_at(noted, at, file=several),
        tuple(
            Other(f"#p{noted.number}-{index}", where(place, file=several), place.quote)
            for index, place in others[:_MOST_OTHERS]
        ),
        max(len(others) - _MOST_OTHERS, 0),
    )


def _paragraph(layout: _Layout, block: Paragraph, passages: list[Passage], tag: str) -> Markup:
    passage = passages[0] if passages else None
    inner = escape(block.words.text) if passage is None else _text(layout, passage)
    level = passage.level if passage else block.level
    name = f"h{min(level + 2, 6)}" if level else "p"
    look = _CLASSES.get(block.role, "") if name == "p" else ""
    kind = f" class={look}" if look else ""
    return _html(f"<{name}{kind}{tag}>{inner}</{name}>")


def _table(layout: _Layout, table: Table, passages: list[Passage], tag: str) -> Markup:
    of_cell = {
        (each.cell.row, each.cell.column): each for each in passages if each.cell is not None
    }
    rows = []
    for row in range(table.height):
        cells = "".join(_row(layout, table, of_cell, row))
        rows.append(f"<tr>{cells}")
    title = f"<p class=cap>{escape(table.title)}</p>" if not table.caption and table.title else ""
    doubt = "" if table.certain else "<p class=doubt>表格由文字重建，列未必可靠。</p>"
    return _html(f"{title}{doubt}<div class=t{tag}><table>{''.join(rows)}</table></div>")


def _row(
    layout: _Layout, table: Table, of_cell: dict[tuple[int, int], Passage], row: int
) -> Iterator[str]:
    name = "th" if row < table.header_rows else "td"
    for column in range(table.width):
        cell = table.grid.get((row, column))
        if cell is None:
            yield f"<{name}>"
        elif (cell.row, cell.column) == (row, column):
            passage = of_cell.get((row, column))
            inner = escape(cell.words.text) if passage is None else _text(layout, passage)
            yield f"<{name}{_attributes(cell)}>{inner}"


def _attributes(cell: Cell) -> str:
    looks = [
        *(["r"] if _VALUE.fullmatch(cell.words.text.strip()) else []),
        *(["hid"] if cell.hidden else []),
        *_least_width(cell),
    ]
    return (
        (f' class="{" ".join(looks)}"' if looks else "")
        + (f" colspan={cell.columns}" if cell.columns > 1 else "")
        + (f" rowspan={cell.rows}" if cell.rows > 1 else "")
    )


def _least_width(cell: Cell) -> list[str]:
    """Return the class by which a column keeps a width that its words can be read in."""
    if cell.columns > 1:
        return []
    length = max(map(len, cell.words.text.split("\n")))
    return ["w"] if length > _BROAD else ["m"] if length > _NARROW else []


def _text(layout: _Layout, passage: Passage) -> Markup:
    entries = layout.entries.get(passage.index, ())
    return marked_text(passage, entries, _in_order(layout, passage))


def _in_order(layout: _Layout, passage: Passage) -> list[Mark]:
    return sorted(layout.marks.get(passage.index, ()), key=lambda mark: mark.start)


def _html(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - every word in it was escaped where it was put in


def _printed(document: Document, page: int) -> str:
    """Return the number that is printed on a page, where it is another."""
    printed = document.printed_on(page)
    return f"&#10;印作{printed}" if printed and printed != str(page) else ""


def _page(block: Block) -> int | None:
    if isinstance(block, Paragraph):
        return block.words.spot_at(0).page
    return block.cells[0].words.spot_at(0).page if block.cells else None


def _line(block: Block) -> str:
    """Return the line of a text file that a paragraph begins at, as an attribute."""
    line = block.words.spot_at(0).line if isinstance(block, Paragraph) else None
    return f' data-at="{line}"' if line is not None else ""

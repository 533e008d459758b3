"""The text of a Word file, block by block (正文)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from steelyard.files.packages import Unusable
from steelyard.intake.reading.document import Block, Cell, Paragraph, Role, Spot, Table, Words
from steelyard.intake.reading.word.contents import contents_lines
from steelyard.intake.reading.word.names import (
    Element,
    child,
    full,
    is_on,
    leading,
    number,
    short,
    unwrapped,
    value,
)
from steelyard.intake.reading.word.numbering import Numbers
from steelyard.intake.reading.word.pages import Pages, begins_a_page
from steelyard.intake.reading.word.parts import Part, Parts
from steelyard.intake.reading.word.styles import NO_LEVEL, ListPlace, Look, Styles
from steelyard.intake.reading.word.tables import Place, laid_out
from steelyard.intake.reading.word.visible import Atom, Kind, atoms, paragraphs
from steelyard.intake.reading.word.writing import Writing, joined

_DEEPEST = 20
"""Tables and text boxes inside each other."""

_MOST_CHARACTERS = 20_000_000
_MOST_PARAGRAPHS = 300_000
"""Of one part."""

_MOST_PLACES = 500_000
"""Of the grids of all tables."""

_ASIDE = (Role.BOX, Role.NOTE)


@dataclass(slots=True)
class Counted:
    """What was met on the way (读到的数量)."""

    hidden: int = 0
    """Characters."""

    pictures: int = 0
    foreign: int = 0
    """Whole files that stand inside."""

    characters: int = 0
    places: int = 0


@dataclass(slots=True)
class _Open:
    """A paragraph whose mark was deleted: the next one belongs to it."""

    start: Spot
    writing: Writing = field(default_factory=Writing)
    element: Element = None
    """The last ``w:p`` of it, whose properties hold."""

    properties: Element | None = None
    look: Look = field(default_factory=Look)
    asides: list[Element] = field(default_factory=list)
    """Text boxes and references of notes."""


class _Story:
    """One part while it is read; notes are stories of their own."""

    def __init__(self, part: Part, book: _Book, role: Role) -> None:
        self._part = part.name
        self._book = book
        self._role = role
        self._index = {each: index for index, each in enumerate(paragraphs(part.root))}
        if len(self._index) > _MOST_PARAGRAPHS:
            raise Unusable(f"其中的段落超过{_MOST_PARAGRAPHS // 10000}万个")
        self._contents = contents_lines(part.root)

    def blocks(self, parent: Element, depth: int = 0, role: Role | None = None) -> list[Block]:
        """Return the paragraphs and tables inside an element, in order."""
        if depth > _DEEPEST:
            raise Unusable("其中的表格或文本框嵌套过深")
        found: list[Block] = []
        role = role or self._role
        merged: _Open | None = None
        for each in unwrapped(parent):
            name = short(each)
            if name == "w:p":
                merged = self._read(each, merged)
                if not _is_merged(merged.properties):
                    found += self._closed(merged, role, depth)
                    merged = None
                continue
            if name == "w:tbl":
                if merged is not None:
                    found += self._closed(merged, role, depth)
                    merged = None
                found += self._table(each, depth)
            elif name == "w:altChunk":
                self._book.counted.foreign += 1
        return found if merged is None else found + self._closed(merged, role, depth)

    # -------------------------------------------------------------- paragraphs

    def _spot(self, paragraph: Element, inner: int = 0) -> Spot:
        page = self._book.pages.page
        index = self._index[paragraph]
        return Spot(0, page=page, part=self._part, paragraph=index, inner=inner)

    def _read(self, paragraph: Element, merged: _Open | None) -> _Open:
        here = merged or _Open(self._spot(paragraph))
        here.element = paragraph
        here.properties = child(paragraph, "w:pPr")
        here.look = self._book.styles.look(value(child(here.properties, "w:pStyle")))
        inner = 0
        for atom in atoms(paragraph):
            match atom.kind:
                case Kind.TEXT:
                    self._put(atom, here, self._spot(paragraph, inner))
                    inner += len(atom.text)
                case Kind.PAGE:
                    self._book.pages.broken()
                case Kind.RENDERED:
                    self._book.pages.rendered()
                case Kind.PICTURE:
                    self._book.counted.pictures += 1
                case Kind.NOTE | Kind.BOX:
                    here.asides.append(atom.source)
        return here

    def _put(self, atom: Atom, here: _Open, place: Spot) -> None:
        if self._is_hidden(atom.run, here.look):
            self._book.counted.hidden += len(atom.text.strip())
            return
        if atom.text.strip():
            if here.writing.is_blank:
                here.start = place
            self._book.pages.written()
        here.writing.add(atom.text, place)
        self._book.spend(len(atom.text))

    def _is_hidden(self, run: Element, look: Look) -> bool:
        properties = leading(run, "w:rPr")
        if properties is None:
            return look.hidden
        vanish = child(properties, "w:vanish")
        if vanish is not None:
            return is_on(vanish)
        return look.hidden or self._book.styles.hides(value(child(properties, "w:rStyle")))

    def _closed(self, here: _Open, role: Role, depth: int) -> list[Block]:
        """Return a paragraph, if there is anything to see, and what it carries."""
        look, properties = here.look, here.properties
        written = ""
        if not (here.writing.is_blank and self._has_hidden_mark(properties, look)):
            written = self._book.numbers.next(_place(properties, look), f"{self._part} {role}")
            self._book.spend(len(written))
        words = here.writing.words(written, here.start)
        outline = number(child(properties, "w:outlineLvl"))
        outline = look.outline if outline is None else outline
        level = 0
        if look.contents or here.element in self._contents:
            role = Role.CONTENTS
        elif role is Role.BODY and 0 <= outline < NO_LEVEL:
            role, level = Role.HEADING, outline + 1
        found: list[Block] = [Paragraph(words, role, level)] if words.text else []
        for aside in here.asides:
            if short(aside) == "w:txbxContent":
                found += self.blocks(aside, depth + 1, Role.BOX)
        for aside in here.asides:
            if short(aside) != "w:txbxContent":
                found += self._book.note(aside, depth + 1)
        return found

    def _has_hidden_mark(self, properties: Element | None, look: Look) -> bool:
        vanish = child(properties, "w:rPr", "w:vanish")
        return look.hidden if vanish is None else is_on(vanish)

    # ------------------------------------------------------------------ tables

    def _table(self, element: Element, depth: int) -> list[Block]:
        layout = laid_out(element)
        self._book.counted.places += layout.places
        if self._book.counted.places > _MOST_PLACES:
            raise Unusable(f"其中的表格超过{_MOST_PLACES // 10000}万格")
        cells: list[Cell] = []
        asides: list[Block] = []
        pages = self._book.pages
        for row in layout.rows:
            # The cells of a row stand beside each other: all begin on one page.
            pages.row(begins_a_page(place.element for place in row))
            for place in row:
                pages.cell()
                cells.append(self._cell(place, asides, depth))
            pages.row_ends()
        if not cells:
            return asides
        table = Table(tuple(cells), len(layout.rows), layout.width, header_rows=layout.header_rows)
        return [table, *asides]

    def _cell(self, place: Place, asides: list[Block], depth: int) -> Cell:
        lines: list[Words] = []
        first = next(place.element.iter(*full("w:p")), None)
        start = Spot(0, part=self._part) if first is None else self._spot(first)
        for block in self.blocks(place.element, depth + 1, Role.BODY):
            if isinstance(block, Table):
                lines += [cell.words for cell in block.cells if cell.words.text]
            elif block.role in _ASIDE:
                asides.append(block)
            else:
                lines.append(block.words)
        return Cell(
            place.row,
            place.column,
            joined(lines) if lines else Words("", (start,)),
            place.rows,
            place.columns,
            hidden=place.hidden,
        )


def _is_merged(properties: Element | None) -> bool:
    """Say whether the mark at the end of a paragraph was deleted or moved away."""
    mark = child(properties, "w:rPr")
    gone = ("w:del", "w:moveFrom")
    return mark is not None and any(short(each) in gone for each in mark)


def _place(properties: Element | None, look: Look) -> ListPlace:
    """Return what numbers a paragraph: its own word first, then its style's."""
    said = child(properties, "w:numPr")
    own, level = number(child(said, "w:numId")), number(child(said, "w:ilvl"))
    if own is not None:
        return ListPlace(own, 0 if level is None else level)
    return look.place if level is None else replace(look.place, level=level, style="")


class _Book:
    """What all parts of a file share (全书)."""

    def __init__(self, parts: Parts, counted: Counted) -> None:
        self.styles = Styles(parts.root("styles"))
        self.numbers = Numbers(parts.root("numbering"))
        self.pages = Pages(parts.document.root)
        self.counted = counted
        self._notes: dict[tuple[str, str], Element] = {}
        self._stories: dict[str, _Story] = {}
        for kind, name in (("footnotes", "w:footnote"), ("endnotes", "w:endnote")):
            part = parts.others.get(kind)
            if part is None:
                continue
            reference = f"{name}Reference"
            self._stories[reference] = _Story(part, self, Role.NOTE)
            for each in part.root:
                if short(each) == name and value(each, "type") in ("", "normal"):
                    self._notes.setdefault((reference, value(each, "id")), each)

    def note(self, reference: Element, depth: int) -> list[Block]:
        """Return a note where it is called first; it is not read twice."""
        kind = short(reference)
        note = self._notes.pop((kind, value(reference, "id")), None)
        return [] if note is None else self._stories[kind].blocks(note, depth)

    def spend(self, characters: int) -> None:
        """Count characters, and stop where no honest report goes on."""
        self.counted.characters += characters
        if self.counted.characters > _MOST_CHARACTERS:
            raise Unusable(f"其中的文字超过{_MOST_CHARACTERS // 10000}万字")


def body_blocks(parts: Parts) -> tuple[list[Block], Counted]:
    """Return the blocks of a Word file in order, and what was met on the way.

    Notes stand behind the paragraph that calls them, text boxes behind the one
    that they hang on, both behind the table when that paragraph is in a cell.

    Raises:
        Unusable: Its tables or text boxes go too deep, or it has too much text.
    """
    counted = Counted()
    story = _Story(parts.document, _Book(parts, counted), Role.BODY)
    return story.blocks(child(parts.document.root, "w:body")), counted

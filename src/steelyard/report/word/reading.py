"""The paragraphs of a Word file as they are read now (读取段落).

Insertions count, deletions do not; instructions of fields are no text. What
Word keeps twice, and text boxes, are read not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from steelyard.report.word.bookmarks import BORDER, FIGURE, PASSAGE
from steelyard.report.word.markup import W
from steelyard.report.word.record import even, row_text

_SKIPPED = frozenset(
    f"{{{W}}}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr")
) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{{{W}}}txbxContent",
}
_TEXTS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_LINES = re.compile(r"[\r\n]+")
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of text (文字段): its look, and the figure that it stands in."""

    text: str
    strong: bool
    figure: str


@dataclass(slots=True)
class ReadParagraph:
    """A paragraph, or a whole row of a table (段落)."""

    level: int = 0
    item: bool = False
    row: str | None = None
    """The text of a row; None for a paragraph."""

    atoms: list[Atom] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)
    """Starts of passages and of what follows them, each before an atom."""

    ends: list[str] = field(default_factory=list)
    """Passages whose bookmark ends here."""

    in_contents: bool = False
    joins: bool = False
    """Whether its end was deleted in a tracked change."""

    @property
    def text(self) -> str:
        """As read."""
        return self.row if self.row is not None else "".join(atom.text for atom in self.atoms)


class StyleNames:
    """What a style means (样式含义): level of heading, table of contents, bold words."""

    def __init__(self, sheet: etree._Element | None) -> None:
        self._levels: dict[str, int] = {}
        self._contents: set[str] = set()
        self._bold: set[str] = set()
        for style in () if sheet is None else sheet.findall(f"{{{W}}}style"):
            style_id = style.get(f"{{{W}}}styleId", "")
            name = style.find(f"{{{W}}}name")
            known = "" if name is None else name.get(f"{{{W}}}val", "").lower()
            kind, _, number = known.rpartition(" ")
            if kind in {"heading", "标题"} and number in {*"123456789"}:
                self._levels[style_id] = int(number)
            if kind in {"toc", "contents"} and number.isdigit():
                self._contents.add(style_id)
            if style.get(f"{{{W}}}type") == "character" and _is_on(style, "b"):
                self._bold.add(style_id)

    def level(self, style_id: str) -> int:
        return self._levels.get(style_id, 0)

    def in_contents(self, style_id: str) -> bool:
        return style_id in self._contents

    def bold(self, style_id: str) -> bool:
        return style_id in self._bold


def _is_on(element: etree._Element | None, name: str) -> bool:
    """Tell whether a property that is on or off stands in rPr, and is on."""
    shape = None if element is None else element.find(f"{{{W}}}rPr")
    found = None if shape is None else shape.find(f"{{{W}}}{name}")
    return found is not None and found.get(f"{{{W}}}val", "1") not in {"0", "false", "off"}


class Reading:
    """One walk over a body (通读)."""

    def __init__(self, body: etree._Element, styles: StyleNames) -> None:
        """Read a body.

        Args:
            body: The body of document.xml.
            styles: What its styles mean.
        """
        self.paragraphs: list[ReadParagraph] = []
        self.tracked = sum(1 for _ in body.iter(f"{{{W}}}ins", f"{{{W}}}del", f"{{{W}}}moveTo"))
        self._styles = styles
        self._names: dict[str, str] = {}
        """Of the bookmarks that are open, by their numbers."""

        self._figures: list[str] = []
        self._fields: list[str] = []
        """Instructions of the fields that are open; a result begins after ``\\0``."""

        self._waiting: list[str] = []
        """Marks that stood between paragraphs."""

        self._now: ReadParagraph | None = None
        self._walk(body, 0)

    def _walk(self, element: etree._Element, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                continue
            match etree.QName(child).localname:
                case "p":
                    self._paragraph(child, depth)
                case "tr":
                    self._row(child, depth)
                case "r":
                    self._run(child)
                case "bookmarkStart":
                    self._begin(child)
                case "bookmarkEnd":
                    self._end(child)
                case _:
                    self._walk(child, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> None:
        properties = element.find(f"{{{W}}}pPr")
        style = None if properties is None else properties.find(f"{{{W}}}pStyle")
        style_id = "" if style is None else style.get(f"{{{W}}}val", "")
        before = self.paragraphs[-1] if self.paragraphs else None
        if before is not None and before.joins and self._now is None:
            now = before
            now.joins = False
        else:
            now = ReadParagraph(level=self._styles.level(style_id))
            numbered = None if properties is None else properties.find(f"{{{W}}}numPr/{{{W}}}numId")
            now.item = numbered is not None and numbered.get(f"{{{W}}}val") != "0"
            self.paragraphs.append(now)
        outer, self._now = self._now, now
        now.marks += [(name, len(now.atoms)) for name in self._waiting]
        self._waiting = []
        self._walk(element, depth + 1)
        now.in_contents = (
            now.in_contents or self._styles.in_contents(style_id) or self._in_contents()
        )
        mark = None if properties is None else properties.find(f"{{{W}}}rPr/{{{W}}}del")
        now.joins = mark is not None
        self._now = outer
        # A figure that was torn by a new paragraph ends where the tear is.
        self._figures = []

    def _row(self, element: etree._Element, depth: int) -> None:
        """Read a row as one text: its cells are never part of a passage."""
        start = len(self.paragraphs)
        cells = []
        for cell in element.iter(f"{{{W}}}tc"):
            if next(cell.iterancestors(f"{{{W}}}tr")) is not element:
                continue
            first = len(self.paragraphs)
            self._walk(cell, depth + 1)
            cells.append(" ".join(each.text for each in self.paragraphs[first:]))
        inner = self.paragraphs[start:]
        del self.paragraphs[start:]
        # A mark that fell into a table still bounds the passage.
        marks = [(name, 0) for each in inner for name, _ in each.marks]
        ends = [name for each in inner for name in each.ends]
        self.paragraphs.append(ReadParagraph(row=row_text(cells), marks=marks, ends=ends))

    def _begin(self, element: etree._Element) -> None:
        name = element.get(f"{{{W}}}name", "")
        self._names[element.get(f"{{{W}}}id", "")] = name
        if name.startswith(FIGURE):
            self._figures.append(name)
        elif name.startswith((PASSAGE, BORDER)):
            if self._now is None:
                self._waiting.append(name)
            else:
                self._now.marks.append((name, len(self._now.atoms)))

    def _end(self, element: etree._Element) -> None:
        name = self._names.pop(element.get(f"{{{W}}}id", ""), "")
        if name in self._figures:
            self._figures.remove(name)
        elif name.startswith(PASSAGE):
            # Between paragraphs it still belongs to the one before.
            place = self._now or (self.paragraphs[-1] if self.paragraphs else None)
            if place is not None:
                place.ends.append(name)

    def _in_contents(self) -> bool:
        return any(each.lstrip().upper().startswith("TOC") for each in self._fields)

    def _run(self, element: etree._Element) -> None:
        for child in element:
            tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if tag == "fldChar":
                self._field(child.get(f"{{{W}}}fldCharType", ""))
            elif tag == "instrText" and self._fields:
                self._fields[-1] += child.text or ""
            elif tag == "t":
                # Word shows a new line of the file as a space; its own are marks.
                self._text(element, _LINES.sub(" ", child.text or ""))
            elif tag == "br" and child.get(f"{{{W}}}type", "textWrapping") == "textWrapping":
                self._text(element, "\n")
            elif tag in _TEXTS:
                self._text(element, _TEXTS[tag])
            elif tag == "bookmarkStart":
                self._begin(child)
            elif tag == "bookmarkEnd":
                self._end(child)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "separate" and self._fields:
            self._fields[-1] += "\0"
        elif kind == "end" and self._fields:
            if self._now is not None and self._in_contents():
                self._now.in_contents = True
            self._fields.pop()

    def _text(self, run: etree._Element, text: str) -> None:
        if self._now is None or any("\0" not in each for each in self._fields):
            return
        style = run.find(f"{{{W}}}rPr/{{{W}}}rStyle")
        named = style is not None and self._styles.bold(style.get(f"{{{W}}}val", ""))
        explicit = run.find(f"{{{W}}}rPr/{{{W}}}b") is not None
        strong = _is_on(run, "b") if explicit else named
        figure = self._figures[-1] if self._figures else ""
        self._now.atoms.append(Atom(text, strong, figure))


def outside_text(paragraph: ReadParagraph) -> str:
    """Return what a paragraph outside passages is compared by."""
    return "" if paragraph.in_contents else even(paragraph.text)

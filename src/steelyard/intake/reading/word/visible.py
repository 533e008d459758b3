"""The characters of one paragraph, as they are counted here (可见文字).

Whoever writes a comment into a file finds its place by this count. It depends
on the paragraph alone, on no style and no other paragraph:

- ``w:t`` counts its text, without soft hyphens; XML white space at its ends
  only where ``xml:space="preserve"`` says so. A tab, a line or page break, a
  hard hyphen and a sign of a symbol font count one each. A formula counts the
  line that ``formulas`` makes of it.
- Not counted: what was deleted or moved away, codes of fields, marks of notes,
  reading aids above characters (ruby), drawings, and the paragraphs inside text
  boxes, which are paragraphs of their own.
- Hidden characters count, though the reader leaves them out of the text.
- The automatic number of a paragraph does not count: it is not in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from steelyard.intake.reading.word.formulas import formula
from steelyard.intake.reading.word.names import (
    Element,
    attribute,
    child,
    chosen,
    full,
    is_on,
    leading,
    short,
    unwrapped,
    value,
)
from steelyard.intake.reading.word.signs import UNKNOWN, sign_of

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = re.compile(r"[\t\r\n]")
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_PLAIN = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-"}
_MARKS = frozenset(
    {
        "w:br", "w:lastRenderedPageBreak", "w:sym", "w:ruby", "w:footnoteReference",
        "w:endnoteReference",
    }
)  # fmt: skip
_DRAWINGS = frozenset({"w:drawing", "w:pict", "w:object"})
_PICTURES = frozenset({"pic:pic", "c:chart", "dgm:relIds", "v:imagedata", "o:OLEObject"})
_RINGED = re.compile(r"\s*EQ\s+\\o\s*\\ac\s*\([^,，]*[,，]\s*(.*?)\s*\)\s*", re.IGNORECASE)
_QUOTIENT = re.compile(r"\s*EQ\s+\\f\s*\(([^,，()]*)[,，]([^,，()]*)\)\s*", re.IGNORECASE)
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LONGEST_CODE = 500


class Kind(StrEnum):
    """What an atom is (种类)."""

    TEXT = "text"
    PAGE = "page"
    """A page break that somebody set; its line break is a text of its own."""
    RENDERED = "rendered"
    """Where a page began when the file was last laid out."""
    NOTE = "note"
    BOX = "box"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing inside a paragraph (段落的成分)."""

    kind: Kind
    holder: Element
    """The outermost ``w:r`` that it stands in, or the formula."""

    run: Element
    """The innermost one, whose properties hold."""

    text: str = ""
    source: Element = None
    """The reference of a note, or the ``w:txbxContent`` of a box."""


def paragraphs(root: Element) -> list[Element]:
    """Return every paragraph of a part; ``Spot.paragraph`` counts these.

    Those in tables, in text boxes (both ways of writing one) and in deleted
    stretches are among them.
    """
    return list(root.iter(*full("w:p")))


def atoms(paragraph: Element) -> list[Atom]:
    """Return what stands in a paragraph, in order."""
    walk = _Walk()
    walk.inline(paragraph, None)
    return walk.found


def run_stretches(paragraph: Element) -> list[tuple[Element, int, int]]:
    """Return each run with characters, and which of the paragraph they are.

    Args:
        paragraph: A ``w:p`` of a file parsed anywhere, without comments.

    Returns:
        Runs (``w:r``, the outermost) and formulas (``m:oMath``,
        ``m:oMathPara``, not to be split) in order, each with start and end, in
        the count of this module. The first starts at 0, each next one where the
        last ended.
    """
    found: list[tuple[Element, int, int]] = []
    at = 0
    for atom in atoms(paragraph):
        if not atom.text:
            continue
        end = at + len(atom.text)
        if found and found[-1][0] is atom.holder:
            found[-1] = (atom.holder, found[-1][1], end)
        else:
            found.append((atom.holder, at, end))
        at = end
    return found


@dataclass(slots=True)
class _Field:
    begin: Element
    code: str = ""
    in_code: bool = True


class _Walk:
    def __init__(self) -> None:
        self.found: list[Atom] = []
        self._fields: list[_Field] = []
        self._codes = 0
        """Fields around whose code is not over."""

    def inline(self, parent: Element, holder: Element | None) -> None:
        for each in unwrapped(parent):
            name = short(each)
            if name == "w:r":
                self._run(each, each if holder is None else holder)
            elif name in ("m:oMath", "m:oMathPara"):
                self._say(formula(each), each if holder is None else holder, each)

    def _run(self, run: Element, holder: Element) -> None:
        for each in unwrapped(run):
            name = short(each)
            if name == "w:t":
                self._say(_text(each, run), holder, run)
            elif name in _PLAIN:
                self._say(_PLAIN[name], holder, run)
            elif name in _MARKS:
                self._mark(each, holder, run)
                if attribute(each, "customMarkFollows") in ("1", "true", "on"):
                    break  # what follows in this run is the mark of the note itself
            elif name == "w:fldChar":
                self._field(each, holder, run)
            elif name == "w:instrText" and self._fields:
                last = self._fields[-1]
                last.code = (last.code + (each.text or ""))[:_LONGEST_CODE]
            elif name in _DRAWINGS:
                self._drawing(each, holder, run)

    def _mark(self, mark: Element, holder: Element, run: Element) -> None:
        match short(mark):
            case "w:br":
                if value(mark, "type") == "page":
                    self.found.append(Atom(Kind.PAGE, holder, run))
                self._say("\n", holder, run)
            case "w:lastRenderedPageBreak":
                self.found.append(Atom(Kind.RENDERED, holder, run))
            case "w:sym":
                self._say(_sign(mark), holder, run)
            case "w:ruby":
                base = child(mark, "w:rubyBase")
                if base is not None:
                    self.inline(base, holder)
            case _:
                self.found.append(Atom(Kind.NOTE, holder, run, source=mark))

    def _say(self, text: str, holder: Element, run: Element) -> None:
        if text and not self._codes:
            self.found.append(Atom(Kind.TEXT, holder, run, text))

    def _field(self, mark: Element, holder: Element, run: Element) -> None:
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(mark))
            self._codes += 1
        elif self._fields and kind == "separate":
            self._codes -= self._fields[-1].in_code
            self._fields[-1].in_code = False
        elif self._fields and kind == "end":
            field = self._fields.pop()
            self._codes -= field.in_code
            if field.in_code:
                self._say(_shown(field), holder, run)

    def _drawing(self, drawing: Element, holder: Element, run: Element) -> None:
        pictured = False
        stack = [drawing]
        while stack:
            each = stack.pop()
            name = short(each)
            if name == "w:txbxContent":
                self.found.append(Atom(Kind.BOX, holder, run, source=each))
            elif name == "mc:AlternateContent":
                inside = chosen(each)
                stack += [] if inside is None else [inside]
            else:
                pictured = pictured or name in _PICTURES
                stack += each.iterchildren(reversed=True)
        if pictured:
            self.found.append(Atom(Kind.PICTURE, holder, run))


def _text(element: Element, run: Element) -> str:
    text: str = element.text or ""
    if text[:1] in " \t\r\n" or text[-1:] in " \t\r\n":
        places = (element, *element.iterancestors())
        said = next((p.get(_SPACE) for p in places if p.get(_SPACE) is not None), None)
        if said != "preserve":
            text = text.strip(" \t\r\n")
    text = _BLANKS.sub(" ", text).replace("\N{SOFT HYPHEN}", "")
    if _PRIVATE.search(text):
        font = value(child(leading(run, "w:rPr"), "w:rFonts"), "ascii")
        text = _PRIVATE.sub(lambda found: sign_of(found[0], font) or found[0], text)
    return text


def _sign(element: Element) -> str:
    """Return one character for a sign, whatever it is."""
    try:
        place = int(value(element, "char"), 16)
    except ValueError:
        return UNKNOWN
    font = value(element, "font")
    if 0x20 <= place < 0x100:
        # Some programs leave out what puts it beside ordinary characters.
        return sign_of(chr(place + 0xF000), font) or chr(place)
    is_character = 0x100 <= place < 0xD800 or 0xE000 <= place < 0xFFFE
    return (sign_of(chr(place), font) if is_character else "") or UNKNOWN


def _shown(field: _Field) -> str:
    """Return what a field without a result shows: a ringed number, a tick box."""
    if found := _RINGED.fullmatch(field.code):
        inside = found[1]
        ringed = inside.isascii() and inside.isdigit() and len(inside) < 3
        return _RINGS[int(inside) - 1] if ringed and 0 < int(inside) <= 20 else inside
    if found := _QUOTIENT.fullmatch(field.code):
        return f"{found[1].strip()}/{found[2].strip()}"
    if "FORMCHECKBOX" in field.code.upper():
        box = child(field.begin, "w:ffData", "w:checkBox")
        checked = child(box, "w:checked")
        return "☑" if is_on(child(box, "w:default") if checked is None else checked) else "☐"
    return ""

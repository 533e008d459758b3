"""Which paragraphs are lines of a table of contents (目录)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from steelyard.intake.reading.word.names import Element, full, short, value

_CODE = re.compile(r"\s*TOC\b", re.IGNORECASE)
_LONGEST_CODE = 200


@dataclass(slots=True)
class _Field:
    code: str = ""
    lines: set[Element] = field(default_factory=set)


class _Fields:
    """The fields that are open, and the lines of those that ended."""

    def __init__(self) -> None:
        self.lines: set[Element] = set()
        self._open: list[_Field] = []
        self._contents: _Field | None = None

    def code(self, text: str) -> None:
        if self._open:
            self._open[-1].code = (self._open[-1].code + text)[:_LONGEST_CODE]

    def words(self, element: Element) -> None:
        if self._contents is not None and (element.text or "").strip():
            self._contents.lines.update(_around(element, "w:p"))

    def mark(self, kind: str) -> None:
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open and self._contents is None:
            self._contents = self._open[-1] if _CODE.match(self._open[-1].code) else None
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if ended is self._contents:
                self.lines |= ended.lines
                self._contents = None


def contents_lines(root: Element) -> set[Element]:
    """Return the paragraphs that a field or a frame makes a table of contents.

    A field counts only when its end is found: one that never ends would make the
    whole report a table of contents. A paragraph counts when some of its words
    are inside.
    """
    fields = _Fields()
    found: set[Element] = set()
    frames: set[Element] = set()
    marks = full("w:fldChar", "w:instrText", "w:t", "w:fldSimple", "w:docPartGallery")
    for each in root.iter(*marks):
        match short(each):
            case "w:t":
                fields.words(each)
            case "w:instrText":
                fields.code(each.text or "")
            case "w:fldChar":
                fields.mark(value(each, "fldCharType"))
            case "w:fldSimple" if _CODE.match(value(each, "instr")):
                found.update(_around(each, "w:p"))
            case "w:docPartGallery" if value(each) == "Table of Contents":
                frames.update(_around(each, "w:sdt"))
    for frame in frames:
        found.update(frame.iter(*full("w:p")))
    return found | fields.lines


def _around(element: Element, name: str) -> Iterator[Element]:
    """Yield the nearest element of a name around this one, if there is any."""
    return itertools.islice(element.iterancestors(*full(name)), 1)

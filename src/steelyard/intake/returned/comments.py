"""Comments of cells (批注): ours beside or below those that were there.

The older comments are written, which every program shows. Where a cell has a
conversation (串连批注), its older twin is added to and the conversation stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from steelyard.intake.reading.sheets.sheet import Unusable
from steelyard.intake.returned.cells import name_of
from steelyard.intake.returned.layout import range_of
from steelyard.intake.returned.placing import Cell
from steelyard.intake.returned.spliced import (
    DECLARATION,
    Gauge,
    Node,
    Splices,
    outline,
    quoted,
    written,
)
from steelyard.intake.returned.styles import FONT

AUTHOR = "Steelyard 核对"

Lines = Sequence[tuple[str, str]]
"""Of one comment: what stands in bold, and what follows."""


class Comments:
    """The comments of one sheet (工作表的批注)."""

    def __init__(self, content: bytes, gauge: Gauge) -> None:
        """Read comments.

        Raises:
            Unusable: They are damaged.
        """
        self._content = content
        self._root = outline(content, gauge, levels=5)
        if self._root.tag != "comments":
            raise Unusable("其中的批注已经损坏")
        listed = self._root.child("commentList")
        self._there: dict[Cell, Node] = {}
        for node in listed.all("comment") if listed else ():
            area = range_of(node.attributes.get("ref", "").upper())
            if area is not None:
                self._there.setdefault(area[:2], node)

    @property
    def cells(self) -> Iterable[Cell]:
        """The cells that had a comment."""
        return self._there.keys()

    def text_of(self, cell: Cell) -> str:
        """Return roughly what a comment that was there says, to reckon its size."""
        node = self._there[cell]
        return self._content[node.inside : node.close].decode(errors="replace")

    def with_added(self, said: Mapping[Cell, Lines]) -> bytes:
        """Return the part with what is said about some cells."""
        p = self._root.prefix
        splices = Splices()
        authors = self._root.child("authors")
        number = len(list(authors.all("author"))) if authors else 0
        author = f"<{p}author>{written(AUTHOR)}</{p}author>"
        new = ""
        for cell, lines in said.items():
            node = self._there.get(cell)
            if node is not None:
                self._add_to(splices, node, lines)
            else:
                place = name_of((*cell, *cell))
                new += (
                    f'<{p}comment ref="{place}" authorId="{number}" shapeId="0">'
                    f"<{p}text>{runs(lines, p)}</{p}text></{p}comment>"
                )
        listed = self._root.child("commentList")
        at_end = "" if listed else f"<{p}commentList>{new}</{p}commentList>"
        if authors is not None:
            splices.append(self._content, authors, author.encode())
        if listed is not None:
            splices.append(self._content, listed, new.encode())
        if authors is None:
            author = f"<{p}authors>{author}</{p}authors>"
            if self._root.closed:
                at_end = author + at_end
            else:
                splices.put(self._root.inside, author.encode())
        if at_end:
            splices.append(self._content, self._root, at_end.encode())
        return splices.applied(self._content)

    def _add_to(self, splices: Splices, comment: Node, lines: Lines) -> None:
        """Put our words behind those of a comment."""
        p = comment.prefix
        text = comment.child("text")
        there = [each for each in text.children if each.tag in ("t", "r")] if text else []
        new = runs(lines, p, follows=bool(there))
        if text is None:
            splices.append(self._content, comment, f"<{p}text>{new}</{p}text>".encode())
            return
        if not there:
            splices.append(self._content, text, new.encode())
            return
        for each in there:
            if each.tag == "t":  # bare words and runs do not stand side by side
                splices.put(each.start, f"<{p}r>".encode())
                splices.put(each.end, f"</{p}r>".encode())
        splices.put(there[-1].end, new.encode())


def runs(lines: Lines, prefix: str, *, follows: bool = False) -> str:
    """Return lines as runs of a comment; a line parts them from what was there."""
    p = prefix
    plain = (
        f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="{quoted(FONT)}"/>'
        f'<{p}charset val="134"/>'
    )
    found = ""
    for at, (head, rest) in enumerate(lines):
        before = "\n" if follows or at else ""
        for words, looks in ((before + head, f"<{p}b/>{plain}"), (rest, plain)):
            text = f'<{p}t xml:space="preserve">{written(words)}</{p}t>'
            found += f"<{p}r><{p}rPr>{looks}</{p}rPr>{text}</{p}r>"
    return found


def no_comments(space: str) -> bytes:
    """Return the part of a sheet that had no comments."""
    parts = "<authors></authors><commentList></commentList>"
    return DECLARATION + f'<comments xmlns="{space}">{parts}</comments>'.encode()

"""A returned passage as Markdown again (还原叙述).

Paragraphs that nobody touched keep their lines as they were written, and so do
tables; others are written anew. The result is read again: only when it gives
exactly what came back may it be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from steelyard.errors import Problems
from steelyard.report.compose.material import passages_of
from steelyard.report.compose.passage import Piece, pieces
from steelyard.report.taken.markdown import heading_of, line_of
from steelyard.report.taken.spans import (
    Atoms,
    NotTaken,
    atoms_of,
    leading_words,
    shape,
    without,
)
from steelyard.report.word.returned import ReturnedParagraph, ReturnedPassage

_PREFIX = re.compile(r"(?:[ \t]*(?:\d{1,9}[.)]|[-*+])(?=[ \t]))*[ \t]*")
_NUMBERS = {3: re.compile(r"\d{1,3}．"), 4: re.compile(r"（\d{1,3}）")}
"""Numbers as headings of these levels print them."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the passage as it will be written (块)."""

    text: str
    piece: Piece
    """What it must read back as."""

    origin: int = -1
    """Which piece of the source it stands for; -1 when none."""


def rewritten(source: str, parts: Sequence[ReturnedPassage]) -> str:
    """Return the Markdown of a passage as it came back.

    Args:
        source: Its Markdown when it was printed.
        parts: The passage, cut where tables stand, in order; no figure changed.

    Raises:
        NotTaken: No Markdown says exactly this, or the source is not what was
            printed.
    """
    known = pieces(source, Problems())
    groups = [
        [number for number, _ in group]
        for table, group in groupby(enumerate(known), key=lambda one: one[1].kind == "table")
        if not table
    ]
    if known and [len(group) for group in groups] != [len(part.printed) for part in parts]:
        raise NotTaken("与印出时的原文对不上")
    writing = _Writing(source, known, parts)
    # A list that lost an entry would count anew: then its entries become lines of
    # their own, with the numbers that stand there.
    for flat in (False, True):
        blocks = list(writing.blocks(flat=flat))
        text = writing.joined(blocks)
        if _reads_back(text, blocks):
            return text
    raise NotTaken("改后的写法无法原样存成叙述（可用：段落、小标题、列表、加粗、换行）")


def _reads_back(text: str, blocks: Sequence[_Block]) -> bool:
    """Tell whether a text is cut into exactly these pieces, and is one passage."""
    problems = Problems()
    found = pieces(text, problems)
    whole = [each.text for each in passages_of(f"## 段\n\n{text}", "")]
    return (
        not problems.errors
        and [shape(piece) for piece in found] == [shape(block.piece) for block in blocks]
        and whole == [text]
    )


class _Writing:
    """One passage, source beside what came back."""

    def __init__(
        self, source: str, known: Sequence[Piece], parts: Sequence[ReturnedPassage]
    ) -> None:
        self.lines = source.split("\n")
        self.known = known
        self.parts = parts

    def blocks(self, *, flat: bool) -> Iterator[_Block]:
        """Yield the passage, block by block.

        Args:
            flat: Whether entries of lists are written as they are read.
        """
        if not self.known:
            for part in self.parts:
                for paragraph in part.paragraphs:
                    yield from _anew(paragraph)
            return
        parts = iter(self.parts)
        numbers = range(len(self.known))
        for table, group in groupby(numbers, key=lambda n: self.known[n].kind == "table"):
            if table:
                yield from map(self._kept, group)
            else:
                yield from self._group(next(iter(group)), next(parts), flat=flat)

    def _group(self, begin: int, part: ReturnedPassage, *, flat: bool) -> Iterator[_Block]:
        """Yield what stands between tables.

        Args:
            begin: The first piece of the source.
            part: What was printed from it, and what came back.
            flat: As above.
        """
        printed, returned = part.printed, part.paragraphs
        # Equal means what a reader sees and what it refers to, both.
        matcher = SequenceMatcher(None, list(map(_sight, printed)), list(map(_sight, returned)))
        for tag, first, last, start, end in matcher.get_opcodes():
            paired = end - start == last - first
            for place, paragraph in enumerate(returned[start:end]):
                origin = begin + first + place
                old = self.known[origin] if paired else None
                if old is None or (flat and old.kind == "item"):
                    yield from _anew(paragraph)
                elif tag == "equal":
                    yield self._kept(origin)
                else:
                    yield from self._changed(paragraph, origin, printed[first + place].number)

    def _kept(self, origin: int) -> _Block:
        piece = self.known[origin]
        return _Block("\n".join(self.lines[piece.first : piece.last]), piece, origin)

    def _changed(self, paragraph: ReturnedParagraph, origin: int, number: str) -> Iterator[_Block]:
        """Yield a paragraph in the place of a piece of the source."""
        old = self.known[origin]
        found = atoms_of(paragraph)
        if paragraph.level:
            same = paragraph.level == old.level
            yield from _heading(paragraph, found, number, origin if same else -1)
            return
        bare = without(old.mark, found) if old.kind == "item" else None
        if bare is None:
            same = old.kind == "body"
            yield from _body(found, origin if same else -1)
        elif bare:
            match = _PREFIX.match(self.lines[old.first])
            prefix = match[0] if match else ""
            text = line_of(bare).replace("\n", "\n" + " " * len(prefix))
            yield _Block(prefix + text, Piece("item", tuple(bare), mark=old.mark), origin)

    def joined(self, blocks: Sequence[_Block]) -> str:
        """Return blocks as one text, with the lines between them as they were."""
        text, last = "", -2
        for block in blocks:
            if text:
                text += self._between(last) if last >= 0 and block.origin == last + 1 else "\n\n"
            elif block.origin == 0:
                text = "".join(f"{line}\n" for line in self.lines[: self.known[0].first])
            text += block.text
            last = block.origin
        return text.strip("\n")

    def _between(self, origin: int) -> str:
        start, end = self.known[origin].last, self.known[origin + 1].first
        return "\n" + "".join(f"{line}\n" for line in self.lines[start:end])


def _sight(paragraph: ReturnedParagraph) -> tuple[object, ...]:
    return (paragraph.level, paragraph.pieces)


def _anew(paragraph: ReturnedParagraph) -> Iterator[_Block]:
    """Yield a paragraph that stands in no one's place."""
    found = atoms_of(paragraph)
    if paragraph.level:
        yield from _heading(paragraph, found, "", -1)
    else:
        yield from _body(found, -1)


def _body(found: Atoms, origin: int) -> Iterator[_Block]:
    if found:
        yield _Block(line_of(found), Piece("body", tuple(found)), origin)


def _heading(
    paragraph: ReturnedParagraph, found: Atoms, number: str, origin: int
) -> Iterator[_Block]:
    """Yield a heading without its number: headings are numbered when they are printed."""
    level = paragraph.level
    if level not in _NUMBERS:
        raise NotTaken("段内出现了报告的一、二级标题")
    own = _NUMBERS[level].match(leading_words(found))
    for start in (number, own[0] if own else ""):
        bare = without(start, found) if start else None
        if bare is not None:
            found = bare
            break
    if found:
        piece = Piece("heading", tuple(found), level=level)
        yield _Block(heading_of(level, found), piece, origin)

"""What came back from Word (返回内容): passages as they stand now, and what else changed.

Nothing is compared with the evaluation folder here, and nothing is rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf

from steelyard.report.word.record import even


@dataclass(frozen=True, slots=True)
class Words:
    """Words without a reference (文字)."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFigure:
    """A figure, cross-reference or gap, found by its bookmark (引用)."""

    kind: OneOf["figure", "link", "gap"]
    reference: str
    """What it was printed from: the reference, the anchor, or what is missing."""

    printed: str
    """What was printed."""

    text: str
    """What stands there now."""

    strong: bool = False

    @property
    def is_changed(self) -> bool:
        """Tell whether somebody wrote over it."""
        return even(self.text) != even(self.printed)


Piece = Words | ReturnedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedParagraph:
    """A paragraph of a passage (段落)."""

    level: int
    """0 is body text; 3 and 4 are headings."""

    pieces: tuple[Piece, ...]
    """What stands in it; in a heading the number comes first, as words."""

    number: str = field(default="", compare=False)
    """The number that was printed before a heading; only known for what was printed."""

    item: bool = field(default=False, compare=False)
    """Whether Word lists it, with a mark or number that is no text."""

    @property
    def text(self) -> str:
        """The paragraph as read."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPassage:
    """A passage, as printed and as it stands now (叙述)."""

    key: str
    file: str
    source: str
    """Its Markdown when it was printed; only in the first part of a passage."""

    part: int
    """1, or more where something stood between pieces of one passage."""

    printed: tuple[ReturnedParagraph, ...]
    paragraphs: tuple[ReturnedParagraph, ...] = ()
    """In order; empty paragraphs are left out."""

    gone: tuple[ReturnedFigure, ...] = ()
    """Figures that are no longer there; their ``text`` is empty."""

    moved: bool = False
    """Whether it stands behind something else than it was printed behind."""

    @property
    def is_changed(self) -> bool:
        """Tell whether words, emphasis, levels or figures are others than printed."""
        return self.paragraphs != self.printed


@dataclass(frozen=True, slots=True)
class Change:
    """A change outside the passages (叙述之外的改动)."""

    before: str
    """A paragraph or row of a table as printed; empty when it is new."""

    after: str
    """As it stands now; empty when it was taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A Word file that came back (返回的报告)."""

    fingerprint: str
    """Of the document that it was printed from."""

    title: str
    passages: tuple[ReturnedPassage, ...]
    """In the order of the file as it is now."""

    lost: tuple[ReturnedPassage, ...] = ()
    """Passages whose bookmark is gone."""

    outside: tuple[Change, ...] = ()
    comments: int = 0
    """Comments in the margin; they were not read."""

    tracked: int = 0
    """Tracked changes; insertions were taken, deletions dropped."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What whoever brings the file back should know, in sentences."""
        said = []
        if self.comments:
            said.append(f"文件中有{self.comments}条批注，没有读入，请逐条处理。")
        if self.tracked:
            said.append(f"文件中有{self.tracked}处修订标记，已按“全部接受”读入。")
        said += [f"没有找到“{passage.key}”这一段的标记，未读入。" for passage in self.lost]
        said += [
            f"“{passage.key}”在文件中换了位置；叙述的先后由提纲决定，位置没有读入。"
            for passage in self.passages
            if passage.moved
        ]
        if self.outside:
            said.append(f"叙述以外有{len(self.outside)}处改动，不会写回，请到来源处修改。")
        return tuple(said)

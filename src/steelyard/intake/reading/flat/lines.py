"""The lines of a text, with what a page added to them taken away (行).

Every line knows its number in the file, its width in half characters, and
whether a page began at it. Page numbers and repeated page headers are set
apart; contents lines and the bookmark list are marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Line:
    """One line with words (一行)."""

    number: int
    """In the file, counted from 1."""
    text: str
    """Without the blanks around it."""
    indent: int = 0
    """Blanks before the words, as columns."""
    opens_page: bool = False
    contents: bool = False
    """It repeats a heading: a contents line or a bookmark."""

    @property
    def width(self) -> int:
        """Half characters from the first word to the last."""
        return width_of(self.text)

    @property
    def edge(self) -> int:
        """The column where the words end."""
        return self.indent + self.width


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file, and those that belong to its pages only."""

    kept: tuple[Line, ...]
    dropped: tuple[Line, ...]


_END = re.compile(r"\r\n|\r|\n")
_PAGE_NUMBER = re.compile(
    r"[—–―－-]{1,2}\s*\d{1,4}\s*[—–―－-]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"
    r"|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?"
)
_NUMBER_BEFORE = re.compile(r"([—–―－-]\s*\d{1,4}\s*[—–―－-])(?=[^\s\d.,%])")
_LEADERS = re.compile(r"(?:[.．…·]\s?){4,}\s*[-—]?\s*[\dIVXivx]{1,5}\s*[-—]?$|(?<=\S)\t+\d{1,4}$")
_DIGITS = re.compile(r"\d+")


def width_of(text: str) -> int:
    """Return the width in half characters: what is not ASCII counts two.

    >>> width_of("共 12 户")
    8
    """
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def contents_title(line: Line) -> str:
    """Return what a contents line names: without leaders, page number and blanks.

    >>> contents_title(Line(3, "附件 2：资金 情况........ 12", contents=True))
    '附件2：资金情况'
    """
    return "".join(_LEADERS.sub("", line.text).split())


def lines_of(text: str) -> Lines:
    """Return the lines with words, page furniture set apart (分行)."""
    lines = _with_pages(text)
    lines = _with_bookmarks(lines)
    return _without_furniture(lines)


def _with_pages(text: str) -> list[Line]:
    feeds = "\f" in text
    lines: list[Line] = []
    opens_page = False
    for number, raw in enumerate(_END.split(text), start=1):
        for index, part in enumerate(raw.split("\f")):
            opens_page = opens_page or index > 0
            words = part.strip()
            if not words:
                continue
            before = part[: len(part) - len(part.lstrip())]
            line = Line(number, words, indent=len(before.expandtabs(8)), opens_page=opens_page)
            marked = "\t" in before or (_LEADERS.search(words) is not None)
            lines.append(replace(line, contents=marked))
            opens_page = False
    return lines if feeds else _with_blank_marks(lines)


def _with_blank_marks(lines: list[Line]) -> list[Line]:
    """Some extractors put one blank before the first line of a page, and no other."""
    single = sum(1 for line in lines if line.indent == 1)
    deeper = sum(1 for line in lines if line.indent > 1 and not line.contents)
    if not 3 <= single <= len(lines) // 10 or deeper > single // 2:
        return lines
    return [replace(line, opens_page=line.indent == 1, indent=0) for line in lines]


def _with_bookmarks(lines: list[Line]) -> list[Line]:
    """Only a tab-indented run at the very end is a bookmark list; other tabs are indents."""
    start = len(lines)
    while start and lines[start - 1].contents and not _LEADERS.search(lines[start - 1].text):
        start -= 1
    if len(lines) - start < 3:
        start = len(lines)
    return [
        replace(line, contents=index >= start or _LEADERS.search(line.text) is not None)
        for index, line in enumerate(lines)
    ]


def _without_furniture(lines: list[Line]) -> Lines:
    heads = _repeated(lines)
    kept: list[Line] = []
    dropped: list[Line] = []
    for index, printed in enumerate(lines):
        line = printed
        if _PAGE_NUMBER.fullmatch(line.text) or (_masked(line) in heads and _at_edge(lines, index)):
            dropped.append(line)
            continue
        if (
            dropped
            and dropped[-1].opens_page
            and not (kept and kept[-1].number > dropped[-1].number)
        ):
            line = replace(line, opens_page=True)
        # The number of the page before, glued to the first words of this page.
        glued = _NUMBER_BEFORE.match(line.text)
        if glued:
            dropped.append(replace(line, text=glued[1]))
            line = replace(line, text=line.text[glued.end() :].strip(), opens_page=True)
        kept.append(line)
    return Lines(tuple(kept), tuple(dropped))


def _masked(line: Line) -> str:
    return _DIGITS.sub("0", "".join(line.text.split()))


def _at_edge(lines: Sequence[Line], index: int) -> bool:
    return lines[index].opens_page or index + 1 == len(lines) or lines[index + 1].opens_page


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Return what stands first or last on half of the pages, numbers masked."""
    pages = 1 + sum(1 for line in lines[1:] if line.opens_page)
    if pages < 4:
        return frozenset()
    edges: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if _at_edge(lines, index):
            edges[_masked(line)] += 1
    return frozenset(text for text, count in edges.items() if count >= 3 and count * 2 >= pages)

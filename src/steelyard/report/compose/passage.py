"""Narrative as people write it (叙述): Markdown with references, cut into pieces.

Only what an official report can print is understood: paragraphs, headings of
two levels, lists, tables, bold words, line breaks. Anything else is refused with
its line. References are kept whole, whatever signs they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from markdown_it import MarkdownIt
from markdown_it.token import Token

from steelyard.errors import Problems, SteelyardError
from steelyard.report.compose.grammar import BRACES

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Marks around the number of a reference while Markdown is read."""

MOST_LEVELS = 2
"""Lists inside lists."""


class NotForReport(SteelyardError):
    """Something in a passage that a report cannot print."""

    code = "report.not-for-report"

    def __init__(self, what: str) -> None:
        super().__init__(
            what=f"叙述中不能用{what}。",
            mend="可用：段落、### 标题、列表、表格、**加粗**、{{ 引用 }}。",
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a piece (片段): words, a reference, or a new line."""

    kind: OneOf["text", "reference", "break"]
    text: str = ""
    strong: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list entry or table of a passage (段)."""

    kind: OneOf["body", "heading", "item", "table"]
    spans: Spans = ()
    level: int = 0
    """Of a heading: 3 or 4."""

    mark: str = ""
    """Of a list entry: 1．"""

    rows: tuple[tuple[Spans, ...], ...] = ()
    """Of a table, its header row first."""

    first: int = 0
    """First line in the passage, from nought."""

    last: int = 0
    """Line behind the last."""


def pieces(source: str, problems: Problems, file: str = "", line: int = 1) -> tuple[Piece, ...]:
    """Cut a passage into pieces.

    Args:
        source: Markdown.
        problems: Where mistakes are gathered, with file and line.
        file: The file it stands in.
        line: Line of its first line in that file.
    """
    if _OPEN in source or _CLOSE in source:
        problems.add(NotForReport("专用区字符（U+E000、U+E001）").at(f"{file} 第{line}行"))
        source = source.replace(_OPEN, "").replace(_CLOSE, "")
    references: list[str] = []

    def keep(text: str) -> str:
        references.append(text)
        return f"{_OPEN}{len(references) - 1}{_CLOSE}"

    held = BRACES.sub(lambda match: keep(match[1].strip()), source)
    reader = _Reader(references, problems, file, line)
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(held)
    return tuple(reader.pieces(tokens))


class _Reader:
    """One walk over the tokens of a passage."""

    def __init__(self, references: list[str], problems: Problems, file: str, line: int) -> None:
        self.references = references
        self.problems = problems
        self.file = file
        self.line = line

    def refuse(self, what: str, token: Token | None) -> None:
        first = 0 if token is None or token.map is None else token.map[0]
        self.problems.add(NotForReport(what).at(f"{self.file} 第{self.line + first}行"))

    def pieces(self, tokens: Sequence[Token]) -> Iterator[Piece]:
        lists: list[list[int | None]] = []
        mark = ""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            match token.type:
                case "heading_open":
                    heading = self._heading(token, tokens[at + 1])
                    if heading is not None:
                        yield heading
                    at += 2
                case "paragraph_open":
                    first, last = token.map or (0, 0)
                    spans = self.spans(tokens[at + 1])
                    if lists:
                        # The mark belongs to the first paragraph of an entry.
                        yield Piece("item", spans, mark=mark, first=first, last=last)
                        mark = ""
                    else:
                        yield Piece("body", spans, first=first, last=last)
                    at += 2
                case "ordered_list_open":
                    lists.append([int(token.attrGet("start") or 1)])
                case "bullet_list_open":
                    lists.append([None])
                case "ordered_list_close" | "bullet_list_close":
                    lists.pop()
                case "list_item_open":
                    if len(lists) > MOST_LEVELS:
                        self.refuse(f"超过{MOST_LEVELS}层的列表", token)
                    mark = _mark(lists)
                case "table_open":
                    end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
                    yield self._table(token, tokens[at:end])
                    at = end
                case "list_item_close":
                    pass
                case other:
                    self.refuse(_NAMES.get(other, "这种写法"), token)
                    if other.endswith("_open"):
                        closing = other.replace("_open", "_close")
                        at = next(n for n in range(at, len(tokens)) if tokens[n].type == closing)
            at += 1

    def _heading(self, token: Token, inline: Token) -> Piece | None:
        level = int(token.tag[1])
        if level not in (3, 4):
            self.refuse(f"{level}级标题", token)
            return None
        first, last = token.map or (0, 0)
        return Piece("heading", self.spans(inline), level=level, first=first, last=last)

    def _table(self, token: Token, tokens: Sequence[Token]) -> Piece:
        rows: list[tuple[Spans, ...]] = []
        cells: list[Spans] = []
        for each in tokens:
            if each.type == "tr_open":
                cells = []
            elif each.type == "inline":
                cells.append(self.spans(each))
            elif each.type == "tr_close":
                rows.append(tuple(cells))
        first, last = token.map or (0, 0)
        return Piece("table", rows=tuple(rows), first=first, last=last)

    def spans(self, inline: Token) -> Spans:
        found: list[Span] = []
        strong = False
        for child in inline.children or ():
            match child.type:
                case "text":
                    found.extend(self._words(child.content, strong=strong))
                case "strong_open":
                    strong = True
                case "strong_close":
                    strong = False
                case "hardbreak":
                    found.append(Span("break", "\n"))
                case "softbreak":
                    # Lines of one paragraph follow each other without a space, as Chinese does.
                    pass
                case other:
                    if not other.endswith("_close"):
                        self.refuse(_NAMES.get(other, "这种写法"), inline)
        return tuple(found)

    def _words(self, text: str, *, strong: bool) -> Iterator[Span]:
        while text:
            words, opened, rest = text.partition(_OPEN)
            if words:
                yield Span("text", words, strong)
            number, closed, text = rest.partition(_CLOSE)
            if opened and closed:
                yield Span("reference", self.references[int(number)], strong)


def _mark(lists: list[list[int | None]]) -> str:
    """Return the mark of the next entry of the innermost list, and count it."""
    number = lists[-1][0]
    if number is None:
        return "·"
    lists[-1][0] = number + 1
    return f"{number}．" if len(lists) == 1 else f"（{number}）"


_NAMES = {
    "blockquote_open": "引用块",
    "fence": "代码块",
    "code_block": "代码块或缩进的段落",
    "code_inline": "代码",
    "hr": "分隔线",
    "html_block": "网页标记",
    "html_inline": "网页标记",
    "link_open": "链接",
    "image": "图片",
    "em_open": "斜体",
}


_SIGNS = re.compile(r"([\\`*_\[\]<>|~&#])")


def plain_markdown(text: str) -> str:
    r"""Return words so that Markdown reads them as they are.

    >>> plain_markdown("投入*产出*比")
    '投入\\*产出\\*比'
    """
    return _SIGNS.sub(r"\\\1", text)

"""A returned passage as Markdown again (还原叙述).

Paragraphs that nobody touched keep their lines as they were written; others are
written anew, with references where figures stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from steelyard.errors import Problems
from steelyard.report.compose.passage import Piece, pieces
from steelyard.report.word.returned import ReturnedFigure, ReturnedParagraph, Words

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_START = re.compile(r"^(\s*)([#>+-]|\d{1,9}[.)](?=\s))")
_MARK = re.compile(r"\d{1,3}．|（\d{1,3}）|·|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_PREFIX = re.compile(r"\s*(?:\d{1,9}[.)]|[-*+])\s+")


def rewritten(
    source: str,
    printed: Sequence[ReturnedParagraph],
    returned: Sequence[ReturnedParagraph],
) -> str:
    """Return the Markdown of a passage as it came back.

    Args:
        source: Its Markdown when it was printed.
        printed: Its paragraphs as printed, one for each piece of the source
            that is no table.
        returned: Its paragraphs as they stand now.
    """
    known = pieces(source, Problems())
    chunks = _chunks(source, known)
    if len(chunks) != len(printed):
        # The source cannot be matched with what was printed: write all anew.
        return "\n\n".join(_written(each) for each in returned)
    found: list[str] = []
    for tag, first, last, start, end in _opcodes(printed, returned):
        if tag == "equal":
            found.extend(chunks[first:last])
            continue
        for number, paragraph in enumerate(returned[start:end]):
            before = first + number
            old = chunks[before] if end - start == last - first else ""
            found.append(_written(paragraph, old) + "\n\n")
        # Tables stand behind the piece before them, and are not edited in Word.
        found.extend(_tables(chunks[first:last], known))
    return _joined(found)


def _opcodes(
    printed: Sequence[ReturnedParagraph], returned: Sequence[ReturnedParagraph]
) -> list[tuple[str, int, int, int, int]]:
    # Equal means what a reader sees and what it refers to, both.
    matcher = SequenceMatcher(None, list(map(repr, printed)), list(map(repr, returned)), False)
    return list(matcher.get_opcodes())


def _chunks(source: str, known: Sequence[Piece]) -> list[str]:
    """Return the lines of each piece; a table goes with the piece before it."""
    lines = source.split("\n")
    starts = [piece.first for piece in known if piece.kind != "table"]
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[a:b]) + "\n" for a, b in zip(starts, ends, strict=True)]


def _tables(chunks: Sequence[str], known: Sequence[Piece]) -> Iterator[str]:
    if not any(piece.kind == "table" for piece in known):
        return
    for chunk in chunks:
        rows = [line for line in chunk.split("\n") if line.lstrip().startswith("|")]
        if rows:
            yield "\n".join(rows) + "\n\n"


def _joined(chunks: Sequence[str]) -> str:
    text = ""
    for chunk in chunks:
        # A new paragraph needs an empty line before it.
        if text and not text.endswith("\n\n") and not _PREFIX.match(chunk):
            text = text.rstrip("\n") + "\n\n"
        text += chunk
    return text.strip("\n")


def _written(paragraph: ReturnedParagraph, old: str = "") -> str:
    """Return one paragraph as Markdown; ``old`` is what stood in its place."""
    prefix = _PREFIX.match(old)
    text = "".join(_piece(piece) for piece in paragraph.pieces).strip()
    if paragraph.level:
        mark = paragraph.number and text.startswith(paragraph.number)
        bare = text[len(paragraph.number) :] if mark else _MARK.sub("", text, count=1)
        return f"{'#' * paragraph.level} {bare.strip()}"
    if prefix is not None:
        bare = _MARK.sub("", text, count=1) if _MARK.match(text) else text
        return f"{prefix[0]}{bare.strip()}"
    return _START.sub(r"\1\\\2", text)


def _piece(piece: Words | ReturnedFigure) -> str:
    match piece:
        case Words():
            text = _SPECIAL.sub(r"\\\1", piece.text).replace("\n", "\\\n")
            return f"**{text}**" if piece.strong and text.strip() else text
        case ReturnedFigure(kind="figure"):
            said = f"{{{{ {piece.reference} }}}}"
        case ReturnedFigure(kind="link"):
            said = f"{{{{ {piece.reference.replace(':', '：', 1)} }}}}"
        case _:
            # The mark of a gap is no word of anybody.
            said = f"{{{{ {piece.reference} }}}}" if piece.reference else ""
    return f"**{said}**" if piece.strong and said else said

"""A returned paragraph as spans of narrative (返回段落的内容): words, references, breaks.

It is the meeting point of both ways: what came back from Word, and what the
Markdown written for it reads back as, are compared as spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from steelyard.report.compose.grammar import BRACES
from steelyard.report.compose.passage import Piece, Span
from steelyard.report.word.returned import ReturnedFigure, ReturnedParagraph, Words

Atoms = list[Span]
"""Spans of which every text is one character."""

GAP = "【待补："


class NotTaken(Exception):
    """A passage that cannot be written as it came back; says why, without a full stop."""


def atoms_of(paragraph: ReturnedParagraph) -> Atoms:
    """Return what stands in a returned paragraph, without the space around it.

    A whole ``{{ … }}`` that somebody typed is a reference.

    Raises:
        NotTaken: Braces are not closed, or the mark of a gap was left as words.
    """
    found: Atoms = []
    words: Atoms = []
    for piece in paragraph.pieces:
        match piece:
            case Words():
                words += _characters(piece.text, strong=piece.strong)
            case ReturnedFigure(kind="gap", reference=""):
                # Whole words were missing; whoever wrote over the mark gave them.
                rest = piece.text.replace(piece.printed, "")
                words += _characters(rest, strong=piece.strong)
            case ReturnedFigure():
                found += _with_references(words)
                words = []
                found.append(Span("reference", _reference(piece), piece.strong))
    found += _with_references(words)
    return trimmed(found)


def atoms(spans: Iterable[Span]) -> Atoms:
    """Return spans with their words cut into characters.

    >>> [span.text for span in atoms([Span("text", "预算"), Span("break")])]
    ['预', '算', '']
    """
    found: Atoms = []
    for span in spans:
        if span.kind == "text":
            found += [Span("text", c, span.strong) for c in span.text]
        else:
            found.append(span)
    return found


def trimmed(found: Atoms) -> Atoms:
    """Return atoms without space at both ends, and beside new lines."""
    kept: Atoms = []
    for atom in found:
        if atom.kind == "break":
            while kept and _is_space(kept[-1]):
                kept.pop()
        elif _is_space(atom) and (not kept or kept[-1].kind == "break"):
            continue
        if kept or atom.kind != "break":
            kept.append(atom)
    while kept and (kept[-1].kind == "break" or _is_space(kept[-1])):
        kept.pop()
    return kept


def without(start: str, found: Atoms) -> Atoms | None:
    """Return atoms without the words that they begin with; None when they do not."""
    if "".join(a.text if a.kind == "text" else "\0" for a in found[: len(start)]) != start:
        return None
    return trimmed(found[len(start) :])


def leading_words(found: Sequence[Span]) -> str:
    """Return the words before the first reference or break."""
    words = ""
    for atom in found:
        if atom.kind != "text":
            break
        words += atom.text
    return words


def shape(piece: Piece) -> tuple[object, ...]:
    """Return what must be the same when a piece is written and read back.

    Emphasis counts for letters and references: on a comma nobody sees it.
    """
    return (
        piece.kind,
        piece.level,
        piece.mark,
        _shape(piece.spans, plain=piece.kind == "heading"),
        tuple(tuple(_shape(cell) for cell in row) for row in piece.rows),
    )


def _shape(spans: Iterable[Span], *, plain: bool = False) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (
            atom.kind,
            "" if atom.kind == "break" else atom.text,
            atom.strong and not plain and (atom.kind == "reference" or atom.text.isalnum()),
        )
        for atom in trimmed(atoms(spans))
    )


def _is_space(atom: Span) -> bool:
    return atom.kind == "text" and atom.text.isspace()


def _characters(text: str, *, strong: bool) -> Atoms:
    return [Span("break", "\n") if c == "\n" else Span("text", c, strong) for c in text]


def _reference(figure: ReturnedFigure) -> str:
    """Return a reference as it is written between braces."""
    if figure.kind == "link":
        return figure.reference.replace(":", "：", 1)
    return figure.reference


def _with_references(words: Atoms) -> Atoms:
    """Return words in which references that somebody typed are such."""
    text = "".join(atom.text for atom in words)
    found: Atoms = []
    at = 0
    for match in BRACES.finditer(text):
        found += words[at : match.start()]
        name = match[1].strip()
        if not name:
            raise NotTaken("双花括号里没有名称")
        found.append(Span("reference", name, words[match.start()].strong))
        at = match.end()
    found += words[at:]
    rest = "".join(atom.text if atom.kind != "reference" else "\0" for atom in found)
    if "{{" in rest or "}}" in rest:
        raise NotTaken("双花括号不成对；引用应写成 {{ 名称 }}，写在一行之内")
    if GAP in rest:
        raise NotTaken("“待补”的标记留在了文字中，请删去后再取回")
    return found

"""The smallest pieces of a flattened table: what stands between blanks and line ends.

A cell is one piece or several that follow each other. A blank between a Chinese
character and a figure may stand inside a cell or between two, so it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from steelyard.intake.reading.document import Spot, Words
from steelyard.intake.reading.flat.lines import Line, width_of


class Gap(IntEnum):
    """What stands before a piece."""

    LINE = 0
    """The end of a line."""
    OPEN = 1
    """A blank between a Chinese character and a figure or Latin letter."""
    CLOSED = 2
    """A blank that hardly stands inside a cell."""
    NONE = 3
    """Nothing: an extractor glued two cells."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a line."""

    text: str
    number: int
    """Of the line in the file."""
    gap: Gap
    opens_page: bool = False


_PIECES = re.compile(r"\S+")
_GLUED = re.compile(
    r"(?<=\d)(?=[—–]+$)|(?<=[—–])(?=\d+(?:\.\d+)?$)|(?<=[\u4e00-\u9fff）)])(?=\d{1,9}\.\d{2}$)"
)
_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef“”‘’]")
_LATIN = re.compile(r"[0-9A-Za-z%.+=*/()\[\]:;,-]")
_LATIN_END = re.compile(r"[A-Za-z][A-Za-z0-9]*$")
_LATIN_START = re.compile(r"[A-Za-z]")


def atoms_of(lines: Iterable[Line]) -> list[Atom]:
    """Return the pieces of lines in their order (切分)."""
    atoms: list[Atom] = []
    for line in lines:
        first = True
        end = 0
        for match in _PIECES.finditer(line.text):
            for index, text in enumerate(part for part in _GLUED.split(match[0]) if part):
                if first:
                    gap = Gap.LINE
                elif index:
                    gap = Gap.NONE
                else:
                    wide = match.start() - end > 1
                    gap = Gap.CLOSED if wide else _gap(atoms[-1].text, text)
                atoms.append(Atom(text, line.number, gap, first and line.opens_page))
                first = False
            end = match.end()
    return atoms


def _gap(before: str, after: str) -> Gap:
    left, right = before[-1], after[0]
    mixed = (_CHINESE.match(left) and _LATIN.match(right)) or (
        _LATIN.match(left) and _CHINESE.match(right)
    )
    return Gap.OPEN if mixed else Gap.CLOSED


def segments(atoms: Sequence[Atom]) -> list[tuple[str, int]]:
    """Return the pieces of one cell line by line, with the number of each line."""
    lines: list[tuple[str, int]] = []
    for atom in atoms:
        if not lines or atom.gap is Gap.LINE:
            lines.append((atom.text, atom.number))
        else:
            blank = "" if atom.gap is Gap.NONE else " "
            lines[-1] = (lines[-1][0] + blank + atom.text, lines[-1][1])
    return lines


def woven(pieces: Iterable[tuple[str, int]]) -> Words:
    """Return wrapped pieces as one text, with a spot per line of the file (合行).

    Nothing is put between Chinese characters and figures, so that a number cut
    by a line end is whole again; two Latin words keep a blank.

    >>> woven([("完成 58.3", 7), ("6%", 8)]).text
    '完成 58.36%'
    """
    text = ""
    spots: list[Spot] = []
    for piece, number in pieces:
        if _LATIN_END.search(text) and _LATIN_START.match(piece):
            text += " "
        spots.append(Spot(len(text), line=number))
        text += piece
    return Words(text, tuple(spots))


def lead_width(text: str) -> int:
    """Return how wide the beginning is that no line end may cut (行首不可拆部分)."""
    match = re.match(r"[(（《“‘\[〔【]*(?:[!-'*-~]+|\S)[，。；：、！？）》”’】〕,;:!?)\]]*", text)
    return width_of(match[0]) if match else 0

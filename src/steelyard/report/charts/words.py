"""How wide words are, and where they break (字宽与折行).

Nobody measures a font here: a Chinese character is one em wide, any other
0.55 em, a little more than most fonts need.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction

_NARROW = Fraction(55, 100)
_BROAD = "%‰@MW—…"
_NEVER_FIRST = "，。、；：？！）》」』】〕〉”’%％…"


def width_of(text: str, size: Fraction | int) -> Fraction:
    """Return the width of a line of words at a type size.

    >>> width_of("产出a", 10)
    Fraction(51, 2)
    """
    return sum((_em(each) for each in text), Fraction(0)) * size


def _em(character: str) -> Fraction:
    return Fraction(1) if _is_wide(character) or character in _BROAD else _NARROW


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def wrapped(text: str, size: Fraction | int, room: Fraction) -> tuple[str, ...]:
    """Break words into lines that fit a room; one character always fits.

    Numbers and Latin words stay whole where they fit, and no line begins with
    a mark that closes.

    >>> wrapped("预算资金支付率（2023年）", 10, Fraction(60))
    ('预算资金支付', '率（2023', '年）')
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, size, room):
        if line and width_of(line + piece, size) > room:
            if piece[0] in _NEVER_FIRST and len(line) > 1:
                line, piece = line[:-1], line[-1] + piece  # noqa: PLW2901 - one goes along
            lines.append(line)
            line = ""
        line += piece
    return (*lines, line)


def _pieces(text: str, size: Fraction | int, room: Fraction) -> list[str]:
    """Return what may not be broken: a Chinese character, or a run of others."""
    pieces: list[str] = []
    run = ""
    for character in text:
        if _is_wide(character) or character.isspace():
            pieces += [run, character]
            run = ""
        else:
            run += character
            if width_of(run, size) > room:
                pieces.append(run[:-1])
                run = character
    return [piece for piece in (*pieces, run) if piece]


def apart(
    wanted: tuple[Fraction, ...],
    sizes: tuple[Fraction, ...],
    *,
    low: Fraction,
    high: Fraction,
) -> tuple[Fraction, ...]:
    """Move middles apart so that nothing overlaps, as little as needed.

    Args:
        wanted: Where the middles should be, in rising order.
        sizes: How much room each takes.
        low: Where the first may begin.
        high: Where the last should end; it ends later when all is full.
    """
    placed: list[Fraction] = []
    edge = low
    for middle, size in zip(wanted, sizes, strict=True):
        start = max(edge, middle - size / 2)
        placed.append(start)
        edge = start + size
    edge = max(high, low + sum(sizes, Fraction(0)))
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], edge - sizes[index])
        edge = placed[index]
    return tuple(start + size / 2 for start, size in zip(placed, sizes, strict=True))

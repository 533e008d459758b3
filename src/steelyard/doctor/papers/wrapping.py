"""Lines of Chinese text in a terminal (折行): a Chinese character takes two columns."""

from __future__ import annotations

import re
import unicodedata

_NOT_FIRST = "，。；：、！？）》〉」』】〕”’…％%.,;:!?)]}"
_NOT_LAST = "（《〈「『【〔“‘([{"
_PIECE = re.compile(r"[A-Za-z0-9.,%/+\-×÷=≥≤~_@#&*]+|\s+|.", re.DOTALL)
_LONGEST_PIECE = 24


def width(text: str) -> int:
    """Return the columns that a text takes.

    >>> width("得分2")
    5
    """
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def wrapped(text: str, columns: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return a text as lines that fit so many columns.

    No line begins with a closing mark or ends with an opening one, and no
    number is torn.

    Args:
        text: Any text; line breaks in it are kept.
        columns: Of the terminal.
        first: Stands before the first line.
        rest: Stands before each further line.
    """
    lines: list[str] = []
    for part in text.splitlines() or [""]:
        lines += _part(part, columns, rest if lines else first, rest)
    return lines


def _part(text: str, columns: int, first: str, rest: str) -> list[str]:
    lines: list[str] = []
    line, used, empty = first, width(first), True
    for piece in _bound(text):
        # A closing mark may hang over the edge, and one more behind it.
        closes = piece in _NOT_FIRST
        room = columns + 2 * (closes + (closes and line[-1:] in _NOT_FIRST))
        if used + width(piece) > room and not empty:
            lines.append(line.rstrip())
            line, used, empty = rest, width(rest), True
        if not (empty and piece.isspace()):
            line, used, empty = line + piece, used + width(piece), False
    return [*lines, line.rstrip()]


def _bound(text: str) -> list[str]:
    """Return the pieces of a text, opening marks bound to what follows them."""
    pieces: list[str] = []
    held = ""
    for piece in _PIECE.findall(text):
        held += piece
        if piece in _NOT_LAST:
            continue
        while len(held) > _LONGEST_PIECE:
            pieces.append(held[:_LONGEST_PIECE])
            held = held[_LONGEST_PIECE:]
        pieces.append(held)
        held = ""
    return [*pieces, held] if held else pieces

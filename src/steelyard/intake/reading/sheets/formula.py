"""Formulas that a file writes once for many cells (共享公式).

A column filled downwards keeps its formula in the first cell only; for the others
the references move along.
"""

from __future__ import annotations

import re

from steelyard.intake.reading.sheets.sheet import (
    LAST_COLUMN,
    LAST_ROW,
    column_index,
    column_name,
)

_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(
    r"(?<![\w.$])(?:(?P<cell>\$?[A-Z]{1,3}\$?[1-9]\d{0,6})|(?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3})"
    r"|(?P<rows>\$?\d{1,7}:\$?\d{1,7}))(?![\w.(!])"
)
_PART = re.compile(r"(\$?)([A-Z]+)|(\$?)(\d+)")


def moved(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it stands so many rows lower and columns further right.

    >>> moved('SUM(A1:B$1)&"A1"', 2, 1)
    'SUM(B3:C$1)&"A1"'
    """

    def part(found: re.Match[str]) -> str:
        if found[2]:
            column = column_index(found[2])
            column = column if found[1] or column < 0 else column + columns
            return found[1] + column_name(column) if 0 <= column < LAST_COLUMN else "#REF!"
        row = int(found[4]) if found[3] else int(found[4]) + rows
        return f"{found[3]}{row}" if 0 < row <= LAST_ROW else "#REF!"

    def reference(found: re.Match[str]) -> str:
        shifted = _PART.sub(part, found[0])
        return "#REF!" if "#REF!" in shifted else shifted

    pieces = _QUOTED.split(formula)
    pieces[::2] = [_REFERENCE.sub(reference, piece) for piece in pieces[::2]]
    return "".join(pieces)

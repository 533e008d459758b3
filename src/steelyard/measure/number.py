"""Numbers as people write them, read exactly and printed plainly (数).

Reading never guesses: what is not wholly a number is refused. Printing never
shows an exponent or a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import SteelyardError
from steelyard.measure.rounding import round_half_up

MOST_DIGITS = 30
"""Longer numbers are refused: no public amount needs them."""

_SHAPE = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?", re.ASCII
)

# Not NFKC: that would read 5² as 52 and ③ as 3.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_NARROW |= {0x3000: 0x20, ord("−"): ord("-")}


class NotANumber(SteelyardError):
    """A cell that should hold a number holds something else."""

    code = "measure.not-a-number"

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        super().__init__(
            what=f"“{shown}”不是数。",
            mend="请只填数字，单位写在单位栏；没有数据留空，不适用填“—”。",
        )


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the precision that it was printed with (数值)."""

    value: Fraction
    places: int
    """Decimals as written, so that 72.50 keeps its zero."""


def narrow(text: str) -> str:
    """Return a text with full-width letters, digits and signs made plain.

    >>> narrow("　－１，２３４．５")
    '-1,234.5'
    """
    return text.translate(_NARROW).strip()


def read_number(text: str) -> Number:
    """Read a decimal number as written, thousands separators allowed.

    Args:
        text: The cell; full-width digits and signs are understood.

    Raises:
        NotANumber: The text is not one whole number, or is longer than
            ``MOST_DIGITS`` digits.

    >>> read_number("7,479.370")
    Number(value=Fraction(747937, 100), places=3)
    """
    bare = narrow(text)
    match = _SHAPE.fullmatch(bare)
    if match is None or len(bare) > MOST_DIGITS:
        raise NotANumber(text)
    part = match["part"] or ""
    digits = match["whole"].replace(",", "") + part
    value = Fraction(int(match["sign"] + digits), 10 ** len(part))
    return Number(value, len(part))


def plain(value: Fraction, places: int) -> str:
    """Print ``value`` at exactly ``places`` decimals, half up.

    >>> plain(Fraction(5, 1000), 2)
    '0.01'
    """
    rounded = round_half_up(value, places)
    scaled = abs(rounded.numerator) * 10**places // rounded.denominator
    digits = str(scaled).rjust(places + 1, "0")
    sign = "-" if rounded < 0 else ""
    if places == 0:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def trimmed(value: Fraction, places: int) -> str:
    """Print ``value`` at no more than ``places`` decimals, zeros cut.

    >>> trimmed(Fraction(9, 5), 2), trimmed(Fraction(2), 2)
    ('1.8', '2')
    """
    text = plain(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def places_needed(value: Fraction, most: int = 12) -> int:
    """Return the decimals that print ``value`` exactly, at most ``most``.

    >>> places_needed(Fraction(1, 8)), places_needed(Fraction(1, 3))
    (3, 12)
    """
    for places in range(most):
        if (value * 10**places).denominator == 1:
            return places
    return most

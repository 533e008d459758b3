"""The only rounding (四舍五入).

Half goes away from zero, as in accounting and in the ROUND of workbooks.
Nothing else in the house rounds.
"""

from __future__ import annotations

from fractions import Fraction


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Return ``value`` at ``places`` decimals, half away from zero.

    Args:
        value: Exact number.
        places: Decimals kept, zero or more.

    Returns:
        Exact multiple of ``10**-places`` nearest to ``value``.

    Source: GB/T 8170-2008 leaves the rule for ties to agreement; accounting
    practice and workbook ROUND take the half upwards in magnitude.

    >>> round_half_up(Fraction("1.005"), 2)
    Fraction(101, 100)
    >>> round_half_up(Fraction("-1.005"), 2)
    Fraction(-101, 100)
    """
    scale = 10**places
    magnitude = abs(value) * scale
    units = (2 * magnitude.numerator + magnitude.denominator) // (2 * magnitude.denominator)
    return Fraction(units if value >= 0 else -units, scale)


def half_unit(places: int) -> Fraction:
    """Return the largest error that rounding to ``places`` can hide.

    >>> half_unit(2)
    Fraction(1, 200)
    """
    return Fraction(1, 2 * 10**places)

"""The axis of a chart (刻度): few round numbers, exact until they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from steelyard.measure.number import trimmed

_MOST_STEPS = 5
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where an axis runs, and by which steps (刻度)."""

    low: Fraction
    high: Fraction
    step: Fraction

    def share(self, value: Fraction) -> Fraction:
        """Return how far along the axis a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> tuple[tuple[Fraction, str], ...]:
        """Return every tick with its text."""
        count = int((self.high - self.low) / self.step)
        values = [self.low + self.step * n for n in range(count + 1)]
        return tuple((value, trimmed(value, 6)) for value in values)


SHARES = Scale(Fraction(0), _HUNDRED, Fraction(20))
"""The axis of shares: 0 to 100 %."""


def scale_for(values: Iterable[Fraction]) -> Scale:
    """Return an axis that holds zero and all values, of at most five or six steps.

    >>> scale_for([Fraction(7), Fraction(43)])
    Scale(low=Fraction(0, 1), high=Fraction(50, 1), step=Fraction(10, 1))
    """
    known = [Fraction(0), *values]
    low, high = min(known), max(known)
    if low == high:
        return Scale(Fraction(0), Fraction(1), Fraction(1))
    step = _round_step((high - low) / _MOST_STEPS)
    return Scale(-_up(-low, step), _up(high, step), step)


def _up(value: Fraction, step: Fraction) -> Fraction:
    return -(-value // step) * step


def _round_step(least: Fraction) -> Fraction:
    """Return the smallest of 1, 2, 5, 10, 20 … that is not below ``least``."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * each for each in (1, 2, 5, 10) if power * each >= least)

"""Stretches of the number line, their edges belonging or not (区间).

Used by bands, and by ``lint`` to find gaps and overlaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.formula.say import say
from steelyard.formula.tree import Compare, Constant, Logic, Node, X, number, percent


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch (区间); None is without bound on that side."""

    low: Fraction | None = None
    low_in: bool = True
    high: Fraction | None = None
    high_in: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        if self.low == self.high:
            return not (self.low_in and self.high_in)
        return self.low > self.high

    def holds(self, value: Fraction) -> bool:
        """Tell whether a number lies in it."""
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below

    def condition(self, as_percent: bool) -> Node:
        """Return the condition on ``x``."""
        if self.low is not None and self.low == self.high:
            return Compare("=", X, bound(self.low, as_percent))
        parts: list[Node] = []
        if self.low is not None:
            parts.append(Compare("≥" if self.low_in else ">", X, bound(self.low, as_percent)))
        if self.high is not None:
            parts.append(Compare("≤" if self.high_in else "<", X, bound(self.high, as_percent)))
        if not parts:
            return Constant(True)
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))

    def text(self, as_percent: bool) -> str:
        """Say the stretch as rubrics do."""

        def edge(value: Fraction) -> str:
            return say(bound(value, as_percent))

        if self.low is not None and self.low == self.high:
            return f"={edge(self.low)}"
        if self.low is None and self.high is None:
            return "任何值"
        if self.low is None:
            return f"{'≤' if self.high_in else '＜'}{edge(self.high or Fraction(0))}"
        if self.high is None:
            return f"{'≥' if self.low_in else '＞'}{edge(self.low)}"
        left = "≤" if self.low_in else "＜"
        right = "≤" if self.high_in else "＜"
        return f"{edge(self.low)}{left}x{right}{edge(self.high)}"

    def start(self) -> tuple[bool, Fraction, int]:
        """Return a key that sorts stretches from left to right."""
        return (self.low is not None, self.low or Fraction(0), 0 if self.low_in else 1)


def bound(value: Fraction, as_percent: bool) -> Node:
    """Return a bound as a node, as a percent where rates are meant."""
    return percent(value) if as_percent else number(value)


def gaps(stretches: list[Interval]) -> list[Interval]:
    """Return what no stretch covers, from left to right.

    >>> from fractions import Fraction as F
    >>> gaps([Interval(None, False, F(1), False)])[0].text(False)
    '≥1'
    """
    found: list[Interval] = []
    reach: Fraction | None = None
    reach_in = True
    unbounded = False
    for index, each in enumerate(sorted(stretches, key=Interval.start)):
        if index == 0:
            if each.low is not None:
                found.append(Interval(None, False, each.low, not each.low_in))
        elif not unbounded and each.low is not None and reach is not None:
            gap = Interval(reach, not reach_in, each.low, not each.low_in)
            if not gap.is_empty:
                found.append(gap)
        if each.high is None:
            unbounded = True
        elif reach is None or (each.high, each.high_in) > (reach, reach_in):
            reach, reach_in = each.high, each.high_in
    if not unbounded and reach is not None:
        found.append(Interval(reach, not reach_in, None, False))
    return found


def overlap(one: Interval, other: Interval) -> Interval | None:
    """Return what two stretches share, None when nothing."""
    low, low_in = max(
        ((s.low, s.low_in) for s in (one, other) if s.low is not None),
        key=lambda edge: (edge[0], not edge[1]),
        default=(None, False),
    )
    high, high_in = min(
        ((s.high, s.high_in) for s in (one, other) if s.high is not None),
        key=lambda edge: (edge[0], edge[1]),
        default=(None, False),
    )
    shared = Interval(low, low_in, high, high_in)
    return None if shared.is_empty else shared

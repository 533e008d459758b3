"""Rules that start from full points and take away (扣分计分).

Per step beyond a base, in proportion to the measure, or per task. Nobody
falls below nothing (扣完为止).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal as OneOf
from typing import Self, cast

from steelyard.files.records import Record
from steelyard.formula.say import say, say_points
from steelyard.formula.tree import (
    ZERO,
    Call,
    Case,
    Compare,
    Node,
    X,
    at_least,
    minus,
    number,
    over,
    times,
)
from steelyard.measure.quantity import Quantity
from steelyard.measure.rounding import round_half_up
from steelyard.scoring.rules.interval import bound
from steelyard.scoring.rules.rule import Ask, Axis, Proof, Reading, positive

PARTIAL = Axis(
    "partial",
    "不足一步的部分如何计",
    {"whole": "不足一步不计", "started": "不足一步按一步计", "pro-rata": "按比例计"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Take away points for every step beyond a base (每超过/低于若干扣分).

    ``full`` is what the rubric promises at the base, when that is not the
    points of the leaf. ``open_side`` says that the rubric names only the base
    itself and is silent about the other side.
    """

    base: Fraction
    side: OneOf["above", "below"]
    each: Fraction
    lose: Fraction
    full: Fraction | None = None
    open_side: bool = False
    as_percent: bool = True

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read base, side, step and loss."""
        side = record.text("side", "above")
        if side not in ("above", "below"):
            record.wrong("side", f"不认识的方向“{side}”。", "用 above 或 below。")
            side = "above"
        rule = cls(
            base=record.number("base"),
            side=cast('OneOf["above", "below"]', side),
            each=positive(record, "each"),
            lose=positive(record, "lose"),
            full=record.optional_number("full"),
            open_side=record.flag("open_side"),
            as_percent=isinstance(record.raw("each"), str),
        )
        if rule.full is not None and rule.full <= 0:
            record.wrong("full", "“full”应大于零。", "请写标准所写的满分，或删去这一项。")
        record.finish()
        return rule

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return the open points: partial steps, the promise, the other side."""
        axes = [PARTIAL]
        if self.full is not None and self.full != points:
            axes.append(
                Axis(
                    "promise",
                    f"标准写明得{say_points(self.full)}分而分值为{say_points(points)}分，如何计",
                    {"cap": "满分以分值为限，扣分照标准", "scale": "满分与扣分均按分值折算"},
                )
            )
        if self.open_side:
            word = "低于" if self.side == "above" else "高于"
            axes.append(
                Axis(
                    "other_side",
                    f"{word}{say(self.bound())}时如何计（标准未写）",
                    {"full": "视同满分", "mirror": "同样按步扣分", "zero": "不得分"},
                )
            )
        return tuple(axes)

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def bound(self) -> Node:
        """Return the base as a node."""
        return bound(self.base, self.as_percent)

    def loss(self, points: Fraction, reading: Reading) -> Fraction:
        """Return what one step costs."""
        if self.full is not None and reading.get("promise") == "scale":
            return self.lose * points / self.full
        return self.lose

    def beyond(self, reading: Reading) -> Node:
        """Return how far the measure lies beyond the base."""
        if reading.get("other_side") == "mirror":
            return Call("abs", (minus(X, self.bound()),))
        if self.side == "below":
            return minus(self.bound(), X)
        return X if self.base == 0 else minus(X, self.bound())

    def steps(self, reading: Reading) -> Node:
        """Return the steps that count."""
        ratio = over(self.beyond(reading), bound(self.each, self.as_percent))
        if reading["partial"] == "whole":
            return Call("floor", (ratio,))
        return Call("ceil", (ratio,)) if reading["partial"] == "started" else ratio

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W − loss × steps, never below 0; W on the good side."""
        loss = number(self.loss(points, reading))
        losing = at_least(minus(number(points), times(loss, self.steps(reading))))
        full = number(points)
        if reading.get("other_side") == "mirror":
            return losing
        good = Compare("≤" if self.side == "above" else "≥", X, self.bound())
        if reading.get("other_side") == "zero":
            at_base = Compare("=", X, self.bound())
            return Case(((at_base, full), (good, ZERO)), losing)
        return Case(((good, full),), losing)

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule."""
        base, each = say(self.bound()), say(bound(self.each, self.as_percent))
        promised = say_points(points if self.full is None else self.full)
        good = f"{measure}为{base}" if self.open_side else self._good(measure, base)
        word = "超过" if self.side == "above" else "低于"
        return f"{good}的，计{promised}分；每{word}{each}扣{say_points(self.lose)}分，扣完为止。"

    def _good(self, measure: str, base: str) -> str:
        if self.base == 0 and self.side == "above":
            return f"{measure}为0"
        return f"{measure}{'≤' if self.side == 'above' else '≥'}{base}"

    def because(self, proof: Proof) -> str:
        """Say the steps and what they cost."""
        base = say(self.bound())
        above = proof.x > self.base
        mirrored = proof.reading.get("other_side") == "mirror"
        if proof.x == self.base or (above != (self.side == "above") and not mirrored):
            return self._on_good_side(proof, base)
        ratio = abs(proof.x - self.base) / self.each
        said = proof.equation(over(self.beyond(proof.reading), bound(self.each, self.as_percent)))
        counted = _counted(ratio, proof.reading["partial"])
        printed = _as_counted(ratio, proof.reading["partial"])
        loss = self.loss(proof.points, proof.reading)
        word = "超过" if above else "低于"
        steps = say_points(counted) if proof.reading["partial"] == "pro-rata" else str(counted)
        how = {"whole": "，不足一步不计", "started": "，不足一步按一步", "pro-rata": ""}
        exact = "" if ratio == counted else how[proof.reading["partial"]]
        text = f"{word}{base}，{said}={printed}步{exact}，计{steps}步，"
        text += f"应扣{say_points(loss)}×{steps}={say_points(loss * counted)}分"
        if loss * counted >= proof.points:
            return f"{text}，扣完为止，不得分"
        return f"{text}，得{say_points(proof.earned)}分"

    def _on_good_side(self, proof: Proof, base: str) -> str:
        if proof.x != self.base and self.open_side:
            word = "高于" if proof.x > self.base else "低于"
            if proof.reading["other_side"] == "zero":
                return f"{word}{base}，标准未写，按口径不得分"
            return f"{word}{base}，标准未写，按口径视同满分，得{say_points(proof.earned)}分"
        return f"不扣分，得满分{say_points(proof.earned)}分"


def _counted(ratio: Fraction, partial: str) -> Fraction:
    if partial == "whole":
        return Fraction(math.floor(ratio))
    return Fraction(math.ceil(ratio)) if partial == "started" else ratio


def _as_counted(ratio: Fraction, partial: str) -> str:
    """Print a ratio with as many digits as its count of steps needs to follow from it."""
    if partial == "pro-rata":
        return say_points(ratio)
    for digits in range(2, 8):
        if _counted(round_half_up(ratio, digits), partial) == _counted(ratio, partial):
            return Quantity.of(ratio).digits(digits)
    return Quantity.of(ratio).digits(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductShare:
    """Take away the measure's share of the points (按比率扣减)."""

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the rule; it has no parameters."""
        record.finish()
        return cls()

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return how a negative measure is read."""
        return (
            Axis(
                "negative",
                "比率为负时如何计",
                {"absolute": "按绝对值扣减", "none": "不扣分"},
            ),
        )

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def share(self, reading: Reading) -> Node:
        """Return the share taken away."""
        return Call("abs", (X,)) if reading["negative"] == "absolute" else at_least(X)

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W − W × x, never below 0."""
        whole = number(points)
        return at_least(minus(whole, times(whole, self.share(reading))))

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule."""
        full = say_points(points)
        return f"{measure}为0的，得满分{full}分；否则扣减分数={measure}×{full}分，扣完为止。"

    def because(self, proof: Proof) -> str:
        """Say the difference."""
        if proof.x == 0 or (proof.x < 0 and proof.reading["negative"] == "none"):
            return f"不扣分，得满分{say_points(proof.points)}分"
        whole = number(proof.points)
        share = X if proof.x > 0 else Call("abs", (X,))
        equation = proof.equation(minus(whole, times(whole, share)))
        if proof.earned == 0 and abs(proof.x) >= 1:
            return f"得分={equation}，扣完为止，不得分"
        return f"得分={equation}={say_points(proof.earned)}分"


@dataclass(frozen=True, slots=True, kw_only=True)
class PerTask:
    """Take away points for every task counted (按项扣分).

    The measure is a count over a table; ``noun`` says what is counted.
    """

    lose: Fraction
    noun: str

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read what is counted and what it costs."""
        rule = cls(lose=positive(record, "lose"), noun=record.text("noun"))
        record.finish()
        return rule

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return no axes of its own."""
        return ()

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W − lose × x, never below 0."""
        return at_least(minus(number(points), times(number(self.lose), X)))

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule."""
        full = say_points(points)
        lose = say_points(self.lose)
        return f"没有{self.noun}的，得满分{full}分；每一项{self.noun}扣{lose}分，扣完为止。"

    def because(self, proof: Proof) -> str:
        """Say which were counted and what they cost."""
        if proof.x == 0:
            return f"没有{self.noun}的，得满分{say_points(proof.points)}分"
        listed = f"（{'、'.join(proof.rows)}）" if proof.rows else ""
        loss = proof.equation(times(number(self.lose), X))
        text = f"{proof.shown}项{self.noun}{listed}，扣{loss}={say_points(self.lose * proof.x)}分"
        if proof.earned == 0:
            return f"{text}，扣完为止，不得分"
        return f"{text}，得{say_points(proof.earned)}分"

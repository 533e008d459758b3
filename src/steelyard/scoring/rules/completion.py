"""Rules that score by degree of completion (按完成程度计分).

The measure is the share of a target that was achieved. Nobody earns more
than the points of the leaf, and nobody less than nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from steelyard.errors import SteelyardError
from steelyard.files.records import Record
from steelyard.formula.parse import parse
from steelyard.formula.say import say, say_points
from steelyard.formula.tree import (
    ZERO,
    Case,
    Compare,
    Node,
    X,
    at_least,
    at_most,
    minus,
    number,
    over,
    plus,
    times,
)
from steelyard.scoring.rules.rule import Ask, Axis, Proof, Reading

ONE = number(1)


def share_of_points(points: Fraction, share: Node) -> Node:
    """Return points × share, the share kept between nought and one."""
    # Cap the share, not the product: the share is what the rubric speaks of.
    return times(number(points), at_least(at_most(share, ONE)))


def in_proportion(proof: Proof, share: Node, achieved: Fraction) -> str:
    """Say points earned in proportion, or why all or none were."""
    full = say_points(proof.points)
    if achieved >= 1:
        return f"达到目标，得满分{full}分"
    if achieved <= 0:
        return "未有进展，不得分"
    equation = proof.equation(times(number(proof.points), share))
    return f"得分={equation}={say_points(proof.earned)}分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """Award points in proportion to completion (按完成比例计分).

    Source: 财预〔2020〕10号, 定量指标得分: 未完成目标的按完成比例计分.
    """

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the rule; it has no parameters."""
        record.finish()
        return cls()

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return no axes of its own."""
        return ()

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W × x, in 0…W."""
        return share_of_points(points, X)

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule."""
        return f"得分={measure}×{say_points(points)}分；达到或超过目标的，得满分。"

    def because(self, proof: Proof) -> str:
        """Say the product, or that the target was reached."""
        return in_proportion(proof, X, proof.x)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionReverse:
    """Award points where lower is better (反向指标按比例计分).

    The measure is actual ÷ target; at or below one earns all.
    """

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the rule; it has no parameters."""
        record.finish()
        return cls()

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return how an excess is counted."""
        return (
            Axis(
                "reverse",
                "超过目标值时如何折算",
                {
                    "reciprocal": "按目标值与实际值之比得分",
                    "two-minus": "按2减实际值与目标值之比得分",
                },
            ),
        )

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def share(self, reading: Reading) -> Node:
        """Return the share earned above the target."""
        return minus(number(2), X) if reading["reverse"] == "two-minus" else over(ONE, X)

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W up to the target, less beyond it."""
        within = Compare("≤", X, ONE)
        return Case(((within, number(points)),), share_of_points(points, self.share(reading)))

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule."""
        return f"{measure}≤100%的，得满分{say_points(points)}分；超过的，按比例扣减，扣完为止。"

    def because(self, proof: Proof) -> str:
        """Say the share that the excess leaves."""
        if proof.x <= 1:
            return f"未超过目标，得满分{say_points(proof.points)}分"
        two_minus = proof.reading["reverse"] == "two-minus"
        if two_minus and proof.x >= 2:
            return "达到目标的两倍以上，扣完为止，不得分"
        achieved = 2 - proof.x if two_minus else 1 / proof.x
        return in_proportion(proof, self.share(proof.reading), achieved)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionGrowth:
    """Award points for a growth rate against its target (增长率按完成比例计分).

    The measure is the growth achieved; a fall earns nothing.
    """

    target: Node

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the formula of the target."""
        target: Node = ONE
        text = record.text("target")
        if text:
            try:
                target = parse(text)
            except SteelyardError as error:
                record.problems.add(error.at(record.where("target")))
        record.finish()
        return cls(target=target)

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return what growth is compared by."""
        return (
            Axis(
                "growth",
                "增长率如何与目标增长率相比",
                {"ratio": "按增长率之比", "index": "按增长后指数之比"},
            ),
        )

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def share(self, reading: Reading) -> Node:
        """Return the share of the target that was achieved."""
        if reading["growth"] == "index":
            return over(plus(ONE, X), plus(ONE, self.target))
        return over(X, self.target)

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W × share for growth, nothing for a fall."""
        fall = Compare("≤", X, ZERO)
        return Case(((fall, ZERO),), share_of_points(points, self.share(reading)))

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule."""
        return (
            f"得分={measure}÷{say(self.target)}×{say_points(points)}分；"
            "达到或超过目标的，得满分；负增长不得分。"
        )

    def because(self, proof: Proof) -> str:
        """Say the share of the target."""
        if proof.x <= 0:
            return "没有增长，不得分"
        share = self.share(proof.reading)
        # Asked of the exact share: full points may also come of rounding.
        reached = Case(((Compare("≥", share, ONE), ONE),), ZERO)
        if proof.equation(reached) == "1":
            return f"达到目标，得满分{say_points(proof.points)}分"
        equation = proof.equation(times(number(proof.points), share))
        return f"得分={equation}={say_points(proof.earned)}分"

"""Rules that award by bands (分档计分).

Each band is a stretch of the measure with its points or its share of the
points. The first band that holds counts; what no band covers is read
explicitly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from steelyard.errors import SteelyardError
from steelyard.files.records import Record
from steelyard.formula.parse import parse
from steelyard.formula.say import say, say_points
from steelyard.formula.tree import ZERO, Case, Constant, Node, number, percent, times
from steelyard.scoring.rules.interval import Interval, gaps
from steelyard.scoring.rules.rule import Ask, Axis, Proof, Reading


@dataclass(frozen=True, slots=True)
class Band:
    """One band (档): a stretch, with points or with a share of the points."""

    stretch: Interval
    points: Fraction | None = None
    share: Fraction | None = None

    def value(self, points: Fraction) -> Fraction:
        """Return what the band earns in a leaf of ``points``."""
        if self.share is not None:
            return points * self.share
        return self.points or Fraction(0)

    def node(self, points: Fraction) -> Node:
        """Return what the band earns, as a formula."""
        if self.share is not None and self.share not in (0, 1):
            return times(number(points), percent(self.share))
        return number(self.value(points))

    def says(self, points: Fraction) -> str:
        """Say what the band earns."""
        if self.value(points) == 0:
            return "不得分"
        if self.share is None:
            return f"得{say_points(self.points or Fraction(0))}分"
        return "得满分" if self.share == 1 else f"得分值的{say(percent(self.share))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Award the points of the band in which the measure lies (分档计分)."""

    bands: tuple[Band, ...]
    as_percent: bool = True

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the bands."""
        bands: list[Band] = []
        as_percent = False
        for each in record.records("bands"):
            for key in ("at", "from", "above", "to", "below"):
                as_percent |= isinstance(each.fields.get(key), str)
            bands.append(_band(each))
        if not bands:
            record.wrong("bands", "没有任何一档。", "请至少写一档。")
        record.finish()
        return cls(bands=tuple(bands), as_percent=as_percent)

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return how values are read that no band covers, when there are any."""
        if not self.uncovered():
            return ()
        return (
            Axis(
                "uncovered",
                "各档均未覆盖的数值如何计分",
                {"top": "紧邻最高一档的按最高一档计分，其余不得分", "zero": "不得分"},
            ),
        )

    def uncovered(self) -> list[Interval]:
        """Return the stretches that no band covers."""
        return gaps([band.stretch for band in self.bands])

    def beside_best(self, points: Fraction) -> list[Interval]:
        """Return the uncovered stretches that touch a band which earns most.

        To go beyond the best band is no reason to lose what it earns; to miss
        the worst one is no reason to earn it.
        """
        most = self.best(points).value(points)
        best = [band.stretch for band in self.bands if band.value(points) == most]
        return [
            gap
            for gap in self.uncovered()
            if any(
                (gap.low is not None and gap.low == each.high)
                or (gap.high is not None and gap.high == each.low)
                for each in best
            )
        ]

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def best(self, points: Fraction) -> Band:
        """Return the band that earns most."""
        return max(self.bands, key=lambda band: band.value(points))

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return the points of the first band that holds."""
        arms = [(band.stretch.condition(self.as_percent), band.node(points)) for band in self.bands]
        if reading.get("uncovered") == "top":
            best = self.best(points).node(points)
            arms += [(gap.condition(self.as_percent), best) for gap in self.beside_best(points)]
        return Case(tuple(arms), ZERO)

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the bands."""
        parts = []
        for band in self.bands:
            stretch = band.stretch.text(self.as_percent)
            said = stretch.replace("x", measure) if "x" in stretch else measure + stretch
            parts.append(f"{said}的，{band.says(points)}")
        return "；".join(parts) + "。"

    def because(self, proof: Proof) -> str:
        """Say in which band the measure lies."""
        earned = say_points(proof.earned)
        for band in self.bands:
            if band.stretch.holds(proof.x):
                stretch = band.stretch.text(self.as_percent).replace("x", proof.measure_name)
                outcome = "不得分" if proof.earned == 0 else _outcome(band, proof)
                return f"{proof.shown}落在“{stretch}”一档，{outcome}"
        beside = any(gap.holds(proof.x) for gap in self.beside_best(proof.points))
        if proof.reading.get("uncovered") == "top" and beside:
            return f"{proof.shown}不在任何一档之内，按口径按最高一档，得{earned}分"
        return f"{proof.shown}不在任何一档之内，按口径不得分"


def _outcome(band: Band, proof: Proof) -> str:
    if band.share is None or band.share == 1:
        return f"得{say_points(proof.earned)}分"
    return f"得分={proof.equation(band.node(proof.points))}={say_points(proof.earned)}分"


def _band(record: Record) -> Band:
    at = record.optional_number("at")
    low, above = record.optional_number("from"), record.optional_number("above")
    high, below = record.optional_number("to"), record.optional_number("below")
    given = [edge is not None for edge in (low, above, high, below)]
    if (at is not None and any(given)) or all(given[:2]) or all(given[2:]):
        record.wrong("bands", "这一档的界限写重了。", "at 单独写；下限、上限各写一个。")
    if at is not None:
        stretch = Interval(at, True, at, True)
    else:
        stretch = Interval(
            low if low is not None else above,
            low is not None,
            high if high is not None else below,
            high is not None,
        )
    if stretch.is_empty:
        record.wrong("bands", "这一档的下限高于上限。", "请核对上下限。")
    band = Band(stretch, record.optional_number("points"), record.optional_number("share"))
    if (band.points is None) == (band.share is None):
        record.wrong("bands", "每档应写 points 或 share 之一。", "请补上或删去一项。")
    record.finish()
    return band


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction(Bands):
    """Award a share of the points by the satisfaction surveyed (满意度分档计分).

    How satisfaction is computed from the questionnaire is declared by the
    leaf's measure, before there are answers.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class PassFail:
    """Award all points when a condition holds, else none (达标得分)."""

    when: Node

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the condition on ``x``."""
        when: Node = Constant(True)
        text = record.text("when")
        if text:
            try:
                when = parse(text)
            except SteelyardError as error:
                record.problems.add(error.at(record.where("when")))
        record.finish()
        return cls(when=when)

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return no axes of its own."""
        return ()

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody."""
        return ()

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W or 0."""
        return Case(((self.when, number(points)),), ZERO)

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule."""
        condition = say(self.when).replace("x", measure)
        return f"{condition}的，得满分{say_points(points)}分，否则不得分。"

    def because(self, proof: Proof) -> str:
        """Say whether the condition holds."""
        condition = say(self.when).replace("x", "")
        if proof.earned:
            return f"符合“{condition}”，得满分{say_points(proof.points)}分"
        return f"不符合“{condition}”，不得分"

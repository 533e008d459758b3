"""A whole rubric scored (总评分).

One pure call: awards of all leaves, sums of all levels, total, grade and the
distance to the grades beside it. Nothing here reads a file or a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.facts.ledger import Ledger
from steelyard.framework.indicator import Choice, Framework, Grade, Group
from steelyard.measure.rounding import round_half_up
from steelyard.scoring.award import Award, award
from steelyard.scoring.compile import choose, reading_of
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.rules.rule import Judgement

Judgements = Mapping[str, Mapping[str, Judgement]]
"""Judgements by leaf path and point."""

Choices = Mapping[str, Mapping[str, Choice]]
"""Readings chosen by the evaluation, by leaf path and axis."""


@dataclass(frozen=True, slots=True)
class Level:
    """The sum of a group (层级得分)."""

    group: Group
    points: Fraction
    earned: Fraction | None
    """None while a leaf below is not scored."""

    so_far: Fraction
    """What the scored leaves below have earned."""

    @property
    def rate(self) -> Fraction | None:
        """Share of the points that was earned (得分率); exact."""
        if self.earned is None or not self.points:
            return None
        return self.earned / self.points


@dataclass(frozen=True, slots=True)
class Standing:
    """Grade of a total, and how far the next ones are (等级与距离)."""

    grade: Grade
    to_lower: Fraction | None
    """What may be lost without falling a grade; None in the lowest."""

    to_higher: Fraction | None
    """What is missing for the next grade; None in the highest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The outcome of scoring (评分结果)."""

    framework: Framework
    awards: tuple[Award, ...]
    levels: tuple[Level, ...]
    total: Fraction | None
    """None while a leaf is not scored."""

    so_far: Fraction
    standing: Standing | None
    choices: Choices

    def award(self, path: str) -> Award:
        """Return the award of a leaf.

        Raises:
            UnknownIndicator: No leaf, or several, have that path.
        """
        leaf = self.framework.leaf(path)
        return next(each for each in self.awards if each.leaf is leaf)

    @property
    def unscored(self) -> tuple[Award, ...]:
        """Awards without points, for want of facts or because a rule failed."""
        return tuple(each for each in self.awards if each.earned is None)


def chosen(rubric: Rubric, choices: Choices) -> dict[str, dict[str, Choice]]:
    """Return for every leaf and axis the choice in use, the evaluation's over the framework's.

    Raises:
        UnknownReading: The evaluation chose what is not there.
    """
    return {
        each.leaf.text: choose(each.axes, each.leaf.readings, choices.get(each.leaf.text, {}))
        for each in rubric.leaves
    }


def score(
    rubric: Rubric, ledger: Ledger, judgements: Judgements, choices: Choices | None = None
) -> Scorecard:
    """Score a rubric on the facts.

    Args:
        rubric: The framework, understood.
        ledger: The facts.
        judgements: The judgements.
        choices: Readings of this evaluation; None for the framework's own.

    Raises:
        UnknownReading: The evaluation chose what is not there.
    """
    used = chosen(rubric, choices or {})
    places = rubric.framework.places
    awards = tuple(
        award(
            each,
            ledger,
            judgements.get(each.leaf.text, {}),
            reading_of(used[each.leaf.text]),
            places,
        )
        for each in rubric.leaves
    )
    total = add(rubric.framework, awards)
    return Scorecard(
        framework=rubric.framework,
        awards=awards,
        levels=tuple(_level(group, rubric.framework, awards) for group in rubric.framework.groups),
        total=total,
        so_far=sum((each.earned for each in awards if each.earned is not None), Fraction(0)),
        standing=None if total is None else standing(rubric.framework, total),
        choices=used,
    )


def add(framework: Framework, awards: tuple[Award, ...]) -> Fraction | None:
    """Return the total, None while a leaf is not scored.

    ``sum-of-rounded`` adds what the leaves print; ``rounded-sum`` adds the
    exact scores and rounds once.
    """
    earned = [each.earned for each in awards]
    known = [value for value in earned if value is not None]
    if len(known) < len(earned):
        return None
    if framework.total == "rounded-sum":
        known = [each.exact for each in awards if each.exact is not None]
    return round_half_up(sum(known, Fraction(0)), framework.places)


def _level(group: Group, framework: Framework, awards: tuple[Award, ...]) -> Level:
    leaves = framework.below(group)
    below = [each for each in awards if each.leaf in leaves]
    points = sum((leaf.points for leaf in leaves), Fraction(0))
    known = [each.earned for each in below if each.earned is not None]
    if framework.total == "rounded-sum":
        # A level follows the rule of the total, or the two would not agree.
        known = [each.exact for each in below if each.exact is not None]
    so_far = round_half_up(sum(known, Fraction(0)), framework.places)
    return Level(group, points, so_far if len(known) == len(below) else None, so_far)


def standing(framework: Framework, total: Fraction) -> Standing:
    """Return the grade of a total and the distance to its neighbours.

    A floor belongs to its grade, so ``to_lower`` of nought still holds it.
    """
    grades = framework.grades
    index = next((i for i, grade in enumerate(grades) if total >= grade.floor), len(grades) - 1)
    grade = grades[index]
    lowest = index == len(grades) - 1
    return Standing(
        grade=grade,
        to_lower=None if lowest else total - grade.floor,
        to_higher=None if index == 0 else grades[index - 1].floor - total,
    )

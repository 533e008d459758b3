"""Whose scores references speak of (得分的取法): ours, or those published.

A subject is a leaf, a group or the whole framework. Nothing is rounded here.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Outcome
from steelyard.framework.indicator import Framework, Group, Leaf
from steelyard.report.compose.here import Here
from steelyard.scoring.award import Award

WHOLE = ("全部", "总计", "合计")


class UnknownSubject(SteelyardError):
    """A reference to an indicator that the framework has not."""

    code = "report.unknown-subject"

    def __init__(self, target: str, known: tuple[str, ...], several: tuple[str, ...] = ()) -> None:
        if several:
            super().__init__(
                what=f"指标“{target}”不止一处。", mend=f"请写完整路径：{'、'.join(several)}。"
            )
            return
        near = difflib.get_close_matches(target, list(known), n=1)
        hint = f"是否想写“{near[0]}”？" if near else "请写指标路径或其末段。"
        super().__init__(what=f"指标体系中没有“{target}”。", mend=hint)


Subject = Leaf | Group | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of an outcome, ours or those published (得分)."""

    outcome: Outcome
    as_published: bool = False

    @property
    def framework(self) -> Framework:
        """The framework that was scored."""
        return self.outcome.card.framework

    def earned(self, subject: Subject) -> Fraction | None:
        """Return what a leaf, a group or the whole earned; None while unknown."""
        card, evaluation = self.outcome.card, self.outcome.evaluation
        if isinstance(subject, Leaf):
            ours = card.award(subject.text).earned
            return evaluation.published.get(subject.text, ours) if self.as_published else ours
        if self.as_published:
            if subject is None and evaluation.published_total is not None:
                return evaluation.published_total
            below = self.leaves(subject)
            if all(self.earned(leaf) == card.award(leaf.text).earned for leaf in below):
                # Nobody printed anything else: our own sum, rounded as the framework says.
                return Scores(self.outcome).earned(subject)
            known = [self.earned(leaf) for leaf in below]
            return (
                sum((k for k in known if k is not None), Fraction(0)) if None not in known else None
            )
        if subject is None:
            return card.total
        return next(level.earned for level in card.levels if level.group is subject)

    def leaves(self, subject: Subject) -> tuple[Leaf, ...]:
        """Return the leaves of a group, of the whole, or the leaf itself."""
        if isinstance(subject, Leaf):
            return (subject,)
        return self.framework.leaves if subject is None else self.framework.below(subject)

    def points(self, subject: Subject) -> Fraction:
        """Return what can be earned."""
        return self.framework.points if subject is None else subject.points

    def award(self, subject: Subject) -> Award | None:
        """Return the award of a leaf, None for anything above."""
        return self.outcome.card.award(subject.text) if isinstance(subject, Leaf) else None


def subject_named(framework: Framework, target: str, here: Here) -> Subject:
    """Return the leaf or group that a reference is about.

    Raises:
        UnknownSubject: None, or several, have that name.
    """
    if target in ("本项", "本组", ""):
        return here.subject
    if target in WHOLE:
        return None
    every: tuple[Leaf | Group, ...] = (*framework.leaves, *framework.groups)
    exact = [each for each in every if each.text == target]
    ending = [each for each in every if each.text.endswith("/" + target)]
    found = exact or ending
    if len(found) != 1:
        several = tuple(each.text for each in found)
        raise UnknownSubject(target, tuple(each.path[-1] for each in every), several)
    return found[0]


def is_subject(framework: Framework, target: str, here: Here) -> bool:
    """Tell whether a reference is about an indicator of this framework."""
    try:
        subject_named(framework, target, here)
    except UnknownSubject:
        return False
    return True

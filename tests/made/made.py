"""What a made folder holds (造好的文件夹), as its tests may expect it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tests.made.draft import Draft
from tests.made.style import Style

from steelyard.measure.rounding import round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A folder that was made (造好的文件夹)."""

    folder: Path
    framework: Path
    seed: int
    style: Style
    name: str
    """The department, or the project."""

    department: str
    leaves: int
    depth: int
    """Levels of the framework, the leaf among them."""

    levels: tuple[str, ...]
    """Names of the first level."""

    left_out: tuple[str, ...]
    """Parts that were left out on purpose: 三公经费, 问卷, 抽样, 自评."""

    earned: Mapping[str, Fraction]
    """Rounded award of every leaf, reckoned by the maker."""

    total: Fraction
    """Expected total, reckoned by the maker."""

    grade: str


def rounded(draft: Draft) -> dict[str, Fraction]:
    """Return what every leaf earns, rounded as the style says."""
    places = draft.style.places
    return {leaf.text: round_half_up(leaf.earned, places) for leaf in draft.leaves}


def total_of(draft: Draft) -> Fraction:
    """Return the total: of rounded awards, or rounded once."""
    if draft.style.total == "sum-of-rounded":
        return sum(rounded(draft).values(), Fraction(0))
    exact = sum((leaf.earned for leaf in draft.leaves), Fraction(0))
    return round_half_up(exact, draft.style.places)


def grade_of(draft: Draft) -> str:
    """Return the grade of the total."""
    total = total_of(draft)
    return next(name for name, floor in draft.style.grades if total >= floor)

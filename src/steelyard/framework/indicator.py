"""The tree of indicators (指标体系).

A framework is data: groups that only add up, leaves that are scored. It
declares a measure and a rule for each leaf but does not understand them;
``scoring`` does. A published version is never edited.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from steelyard.errors import SteelyardError


class UnknownIndicator(SteelyardError):
    """A path that leads to no indicator, or to several."""

    code = "framework.unknown-indicator"

    def __init__(self, path: str, candidates: tuple[str, ...], several: bool) -> None:
        if several:
            what = f"“{path}”对应多个指标：{'、'.join(candidates)}。"
            mend = "请写完整路径。"
        else:
            by_name = {candidate.rpartition("/")[2]: candidate for candidate in candidates}
            near = difflib.get_close_matches(path.rpartition("/")[2], list(by_name), n=1)
            what = f"没有指标“{path}”。"
            mend = (
                f"是否想写“{by_name[near[0]]}”？" if near else "请写完整路径，如“一级/二级/三级”。"
            )
        super().__init__(what=what, mend=mend)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the score from which it is given (等级), half-open upwards."""

    name: str
    floor: Fraction
    """The lowest total that still has this grade (含)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How one ambiguous point of a rule is read, and why (口径选择)."""

    use: str
    why: str = ""
    also: tuple[str, ...] = ()
    """Other readings that stay admissible; the envelope walks them."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the rubric's own formula and the data item it is read as (名词)."""

    name: str
    item: str
    defined: bool = True
    """Whether the rubric itself says what the word means."""

    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An indicator that only adds up those below it (上级指标)."""

    path: tuple[str, ...]
    points: Fraction

    @property
    def text(self) -> str:
        """The path as written."""
        return "/".join(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An indicator that is scored (末级指标).

    ``measures`` are formulas by the name of their reading; the first is the
    usual one. ``rule`` is the declaration as written, for ``scoring``.
    """

    path: tuple[str, ...]
    points: Fraction
    meaning: str = ""
    stated: str = ""
    """The rubric's own formula, in its own words, for ``lint``."""

    terms: tuple[Term, ...] = ()
    measures: Mapping[str, str] = field(default_factory=dict)
    measure_name: str = ""
    """What the measure is called in sentences: 预算调整率."""

    rule: Mapping[str, object] = field(default_factory=dict)
    readings: Mapping[str, Choice] = field(default_factory=dict)
    basis: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    goal: str = ""
    """The goal whose target and actual the leaf is about, when there is one."""

    line: int = 0
    """Line of the declaration in its file."""

    @property
    def text(self) -> str:
        """The path as written."""
        return "/".join(self.path)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """An indicator system of one place and year (指标体系)."""

    id: str
    version: str
    title: str
    kind: str = ""
    place: str = ""
    year: int = 0
    points: Fraction = Fraction(100)
    places: int = 2
    """Decimals of every score."""

    total: str = "sum-of-rounded"
    """How the total is made: sum-of-rounded or rounded-sum."""

    grades: tuple[Grade, ...]
    """Highest first."""

    groups: tuple[Group, ...]
    leaves: tuple[Leaf, ...]
    basis: tuple[str, ...] = ()
    folder: Path = Path()
    """Where the framework was read from."""

    @property
    def reference(self) -> str:
        """Identity of this very version: ``id@version``."""
        return f"{self.id}@{self.version}"

    def leaf(self, path: str) -> Leaf:
        """Return the leaf at a path, or the only one whose path ends so.

        Raises:
            UnknownIndicator: None or several fit.
        """
        parts = tuple(part.strip() for part in path.strip("/").split("/"))
        for leaf in self.leaves:
            if leaf.path == parts:
                return leaf
        found = [leaf for leaf in self.leaves if leaf.path[-len(parts) :] == parts]
        if len(found) == 1:
            return found[0]
        several = len(found) > 1
        pool = found if several else list(self.leaves)
        raise UnknownIndicator(path, tuple(leaf.text for leaf in pool), several)

    def below(self, group: Group) -> tuple[Leaf, ...]:
        """Return the leaves under a group."""
        depth = len(group.path)
        return tuple(leaf for leaf in self.leaves if leaf.path[:depth] == group.path)

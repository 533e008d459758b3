"""A self-evaluation as it was filled in (自评表): funds, indicators, total."""

from __future__ import annotations

from dataclasses import dataclass, field

from steelyard.intake.self_evaluation.entry import Entry
from steelyard.measure.units import PLAIN, Unit


@dataclass(frozen=True, slots=True)
class FundRow:
    """One row of the fund block (资金行)."""

    label: str
    part: bool
    """It says 其中, or follows a row that does."""
    cells: dict[str, Entry]
    """By column: 年初预算数, 全年预算数, 全年执行数, 执行率, 分值, 得分."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One indicator (三级指标)."""

    name: Entry
    level: str
    """First-level indicator that it belongs to."""
    target: Entry | None = None
    actual: Entry | None = None
    points: Entry | None = None
    score: Entry | None = None
    reason: Entry | None = None
    """None when the form has no column for reasons."""


@dataclass(frozen=True, slots=True)
class Level:
    """A first-level indicator that states its points (一级指标)."""

    name: str
    points: Entry


@dataclass(slots=True)
class SelfEvaluation:
    """One form, or one project of a report (自评表)."""

    one_project: bool
    name: Entry | None = None
    """Of the project; None when it says none."""
    unit: Unit = PLAIN
    """Of the amounts; plain when none is stated."""
    total: FundRow | None = None
    """The row of the whole funds."""
    parts: list[FundRow] = field(default_factory=list)
    nested: bool = False
    """Its rows of 其中 have rows of 其中 themselves."""
    leaves: list[Leaf] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    loose: bool = False
    """A row of the indicators could not be told: what they add up to is not certain."""
    full: Entry | None = None
    """Points of all together, as printed."""
    sum: Entry | None = None
    """Total score, as printed."""
    grade: Entry | None = None
    reason: Entry | None = None
    """Why the money was not spent in full, of a report in words."""
    results: list[Entry] = field(default_factory=list)
    """What was achieved, of a report in words."""

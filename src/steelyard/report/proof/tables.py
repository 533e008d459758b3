"""The score tables of the proof page: levels, and all indicators (得分表).

Level cells that run over several rows are merged as in a printed score sheet;
every row still carries its own, so that a filtered table can merge anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.evaluation.evaluation import Outcome
from steelyard.framework.indicator import Framework
from steelyard.measure.number import trimmed
from steelyard.report.proof.issues import Issues
from steelyard.report.proof.text import points_text, rate_text, score_text
from steelyard.scoring.award import Award
from steelyard.scoring.score import Level

LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标", "五级指标", "六级指标")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """One group with its sum (层级得分)."""

    path: str
    name: str
    depth: int
    points: str
    earned: str
    lost: str
    rate: str
    share: str
    """Width of the bar, a percentage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCell:
    """The name of a group beside its leaves (层级单元格)."""

    path: str
    name: str
    earned: str
    points: str
    span: int
    """Rows that it runs over; 0 where a cell above covers this row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafRow:
    """One leaf of the score table (指标行)."""

    path: str
    name: str
    cells: tuple[LevelCell, ...]
    columns: int
    """Columns over which the name of the leaf runs."""

    points: str
    earned: str
    lost: str
    has_lost: bool
    scored: bool
    because: str
    published: str
    differs: str
    """How the published score differs; empty when it does not."""

    readings: int
    """Points at which a reading was chosen."""

    open: int
    """Readings and figures that are still open."""

    disputed: int
    """Settled conflicts of the figures used."""


def level_rows(outcome: Outcome) -> tuple[LevelRow, ...]:
    """Return the groups of the first and the second level."""
    places = outcome.card.framework.places
    return tuple(
        LevelRow(
            path=level.group.text,
            name=level.group.path[-1],
            depth=len(level.group.path),
            points=points_text(level.points),
            earned=_level_earned(level, places),
            lost="" if level.earned is None else score_text(level.points - level.earned, places),
            rate=rate_text(level.rate),
            share="0" if level.rate is None else trimmed(level.rate * 100, 3) + "%",
        )
        for level in outcome.card.levels
        if len(level.group.path) <= 2
    )


def _level_earned(level: Level, places: int) -> str:
    if level.earned is None:
        return f"已得{score_text(level.so_far, places)}"
    return score_text(level.earned, places)


def depth_of(framework: Framework) -> int:
    """Return how many level columns the score table needs."""
    return max((len(leaf.path) for leaf in framework.leaves), default=1)


def level_titles(framework: Framework) -> tuple[str, ...]:
    """Return the headings of the level columns."""
    depth = depth_of(framework)
    return (*LEVELS, *(f"第{n}级" for n in range(len(LEVELS) + 1, depth + 1)))[:depth]


def leaf_rows(outcome: Outcome, issues: Issues) -> tuple[LeafRow, ...]:
    """Return one row for every leaf, in the order of the framework."""
    depth = depth_of(outcome.card.framework)
    spans = _spans(outcome.card.framework)
    levels = {level.group.path: level for level in outcome.card.levels}
    places = outcome.card.framework.places
    rows = []
    for award in outcome.card.awards:
        path = award.leaf.path
        cells = []
        for length in range(1, len(path)):
            group = path[:length]
            level = levels.get(group)
            cells.append(
                LevelCell(
                    path="/".join(group),
                    name=group[-1],
                    earned="" if level is None else _level_earned(level, places),
                    points="" if level is None else points_text(level.points),
                    span=spans.get((group, path), 0),
                )
            )
        rows.append(_leaf_row(outcome, issues, award, tuple(cells), depth))
    return tuple(rows)


def _spans(framework: Framework) -> dict[tuple[tuple[str, ...], tuple[str, ...]], int]:
    """Return for every group and the leaf where its cell starts the rows it covers."""
    spans: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    starts: dict[tuple[str, ...], tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    for leaf in framework.leaves:
        for length in range(1, len(leaf.path)):
            group = leaf.path[:length]
            if before[:length] != group or len(before) == length:
                starts[group] = leaf.path
            spans[group, starts[group]] = spans.get((group, starts[group]), 0) + 1
        before = leaf.path
    return spans


def _leaf_row(
    outcome: Outcome, issues: Issues, award: Award, cells: tuple[LevelCell, ...], depth: int
) -> LeafRow:
    places = outcome.card.framework.places
    path = award.leaf.text
    published = outcome.evaluation.published.get(path)
    touching = [outcome.evaluation.conflicts[n] for n in issues.touching.get(path, ())]
    chosen = {
        *award.leaf.readings,
        *outcome.evaluation.choices.get(path, {}),
    }
    choices = outcome.card.choices[path]
    return LeafRow(
        path=path,
        name=award.leaf.name,
        cells=cells,
        columns=depth - len(cells),
        points=points_text(award.points),
        earned=score_text(award.earned, places),
        lost="" if award.lost is None else score_text(award.lost, places),
        has_lost=bool(award.lost),
        scored=award.earned is not None,
        because=award.because,
        published="" if published is None else score_text(published, places),
        differs=differs(outcome, award),
        readings=len(chosen),
        open=sum(each.open for each in touching) + sum(bool(c.also) for c in choices.values()),
        disputed=sum(not each.open for each in touching),
    )


def differs(outcome: Outcome, award: Award) -> str:
    """Say how our score differs from the published one, nothing when it does not."""
    published = outcome.evaluation.published.get(award.leaf.text)
    if published is None or award.earned is None or award.earned == published:
        return ""
    places = outcome.card.framework.places
    word = "高" if award.earned > published else "低"
    return f"比公布{word}{score_text(abs(award.earned - published), places)}"

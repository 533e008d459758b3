"""Readings and conflicts, and what each other way would do (口径与冲突的影响).

Lays out the effects that the evaluation worked out; for which leaves a
conflict matters, ``scoring`` is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.evaluation.evaluation import Outcome
from steelyard.facts.ledger import Conflict, Ledger, Target
from steelyard.provenance.origin import Origin
from steelyard.report.proof.text import (
    Plain,
    change_text,
    origin_parts,
    score_text,
    shown,
    target_door,
)
from steelyard.scoring.alternatives import Alternative, Scale, alternatives, applies
from steelyard.scoring.compiled import CompiledLeaf
from steelyard.scoring.envelope import Effect
from steelyard.scoring.rules.rule import Axis

_ONLY_WHEN_EMPTY = ("zero_base", "not_applicable")
_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing that could be settled another way (事项), as printed."""

    what: str
    door: str
    """Address within the page: the leaf, or the figure in dispute."""

    now: str
    instead: str
    why: str
    open: bool
    total: str
    change: str
    grade: str
    moves: bool
    """Whether the total changes."""

    turns: bool
    """Whether the grade changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issues:
    """All other ways of an outcome, found by leaf (全部事项)."""

    outcome: Outcome
    ways: tuple[Alternative, ...]
    by_key: Mapping[_Key, int]
    touching: Mapping[str, tuple[int, ...]]
    """For every leaf path the conflicts that it rests on, by their number."""

    def effect(self, number: int) -> Effect | None:
        """Return what a way does; None while there is no total."""
        effects = self.outcome.effects
        return effects[number] if number < len(effects) else None

    def of_reading(self, leaf: str, axis: str, use: str) -> int | None:
        """Return the number of the way that reads an axis otherwise."""
        return self.by_key.get((f"{leaf}#{axis}", use, -1))


def issues_of(outcome: Outcome) -> Issues:
    """Return all other ways of an outcome."""
    evaluation, card = outcome.evaluation, outcome.card
    ways = alternatives(evaluation.rubric, card, evaluation.conflicts)
    by_key: dict[_Key, int] = {}
    touching: dict[str, tuple[int, ...]] = {}
    scale = Scale(evaluation.rubric, evaluation.ledger, evaluation.judgements, card)
    numbers = {id(conflict): n for n, conflict in enumerate(evaluation.conflicts)}
    for number, way in enumerate(ways):
        if way.conflict is None:
            by_key[way.issue, way.use, -1] = number
            continue
        place = numbers[id(way.conflict)]
        by_key[way.issue, "", place] = number
        for path in scale.touched(way):
            touching[path] = (*touching.get(path, ()), place)
    return Issues(outcome=outcome, ways=ways, by_key=by_key, touching=touching)


def issue_rows(issues: Issues) -> tuple[Issue, ...]:
    """Return every other way as a row of the table, those open first."""
    rows = [_issue(issues, number, way) for number, way in enumerate(issues.ways)]
    return tuple(sorted(rows, key=lambda row: not row.open))


def _issue(issues: Issues, number: int, way: Alternative) -> Issue:
    outcome = issues.outcome
    effect = issues.effect(number)
    places = outcome.card.framework.places
    standing = outcome.card.standing
    grade = "" if effect is None else effect.grade
    if way.conflict is not None:
        what, door = str(way.conflict.target), target_door(way.conflict.target)
        adopted = outcome.evaluation.ledger.value(way.conflict.target)
        now = "" if adopted is None else shown(adopted)
        instead = f"{shown(way.conflict.other)}（{way.conflict.origin}）"
    else:
        axis = _axis(outcome.evaluation.rubric.leaf(way.leaf), way.axis)
        what, door = f"{way.leaf.rpartition('/')[2]}：{axis.question}", way.leaf
        now = axis.choices[outcome.card.choices[way.leaf][way.axis].use]
        instead = axis.choices[way.use]
    return Issue(
        what=what,
        door=door,
        now=now,
        instead=instead,
        why=way.why,
        open=way.open,
        total="" if effect is None else score_text(effect.total, places),
        change="" if effect is None else change_text(effect.change, places),
        grade=grade,
        moves=effect is not None and effect.change != 0,
        turns=bool(grade) and standing is not None and grade != standing.grade.name,
    )


def _axis(compiled: CompiledLeaf, key: str) -> Axis:
    return next(axis for axis in compiled.axes if axis.key == key)


def effect_record(issues: Issues, number: int | None) -> Plain:
    """Return what a way does to total, grade and leaves."""
    effect = None if number is None else issues.effect(number)
    if effect is None:
        return {}
    places = issues.outcome.card.framework.places
    return {
        "total": score_text(effect.total, places),
        "change": change_text(effect.change, places),
        "grade": effect.grade,
        "leaves": [
            [path, score_text(before, places), score_text(after, places)]
            for path, before, after in effect.leaves
        ],
    }


def reading_records(issues: Issues, compiled: CompiledLeaf) -> list[Plain]:
    """Return for every open point of a leaf the reading in use, why, and the others."""
    outcome, leaf = issues.outcome, compiled.leaf
    award = outcome.card.award(leaf.text)
    chosen = outcome.card.choices[leaf.text]
    records: list[Plain] = []
    for axis in compiled.axes:
        choice = chosen[axis.key]
        others: list[Plain] = [
            {
                "text": said,
                "open": use in choice.also,
                "effect": effect_record(issues, issues.of_reading(leaf.text, axis.key, use)),
            }
            for use, said in axis.choices.items()
            if use != choice.use
        ]
        records.append(
            {
                "question": axis.question,
                "use": axis.choices[choice.use],
                "why": choice.why,
                "by": chosen_by(outcome, compiled, axis.key),
                "idle": axis.key in _ONLY_WHEN_EMPTY and applies(award),
                "others": others,
            }
        )
    return records


def chosen_by(outcome: Outcome, compiled: CompiledLeaf, axis: str) -> str:
    """Say who chose a reading: the evaluation, the framework, or nobody."""
    if axis in outcome.evaluation.choices.get(compiled.leaf.text, {}):
        return "本次评价选定"
    return "指标体系写明" if axis in compiled.leaf.readings else "通常读法"


def conflict_record(issues: Issues, place: int, conflict: Conflict) -> Plain:
    """Return both sides of a conflict, the reason, and what the other would do."""
    ledger = issues.outcome.evaluation.ledger
    adopted = ledger.value(conflict.target)
    number = issues.by_key.get((str(conflict.target), "", place))
    return {
        "id": conflict.id,
        "target": str(conflict.target),
        "door": target_door(conflict.target),
        "adopted": "" if adopted is None else shown(adopted),
        "from": origin_parts(_origin(ledger, conflict.target)),
        "other": shown(conflict.other),
        "origin": origin_parts(conflict.origin),
        "reason": conflict.reason,
        "open": conflict.open,
        "effect": effect_record(issues, number),
    }


def _origin(ledger: Ledger, target: Target) -> Origin | None:
    """Return where the adopted value came from."""
    if not target.is_cell:
        return ledger.origin(target.item)
    table = ledger.tables.get(target.item)
    row = None if table is None else table.row(target.row)
    return None if row is None else row.origin

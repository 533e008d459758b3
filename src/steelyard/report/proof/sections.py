"""Checks, flaws, figures and the summary as printed (核对、体检、数据与概要).

What the evaluation found, put in order for a reader: what needs work comes
first. Nothing is judged here.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.checks.sentence import sentence
from steelyard.checks.tie_out import Result, State, counts
from steelyard.evaluation.evaluation import Outcome
from steelyard.report.proof.text import (
    amount,
    fact_door,
    points_text,
    score_text,
    shown,
    unit_of,
)
from steelyard.scoring.alternatives import Alternative

STATES = {"broken": "不符", "unknown": "无法核对", "residue": "尾差", "holds": "相符"}
MARKS = {"broken": "✕", "unknown": "？", "residue": "≈", "holds": "✓"}
SEVERITIES = {"error": "须改正", "warning": "须说明", "hint": "提示"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One claim and what it came to (核对行)."""

    door: str
    state: str
    mark: str
    word: str
    severity: str
    is_error: bool
    kind: str
    sentence: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlawRow:
    """One flaw of the framework (体检行)."""

    path: str
    severity: str
    is_error: bool
    """Whether it is open and must be settled."""

    what: str
    settled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One figure with its origin (数据行)."""

    door: str
    name: str
    amount: str
    unit: str
    source: str
    place: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What stands at the head of the page (概要)."""

    total: str
    """Empty while there is none."""

    so_far: str
    points: str
    grade: str
    distances: tuple[str, ...]
    reach: str
    grades: str
    flips: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]
    """Leaves without a score, with what they wait for."""

    problem: str


def check_door(number: int) -> str:
    """Return the address of a check within the page."""
    return f"核对:{number + 1}"


def check_rows(outcome: Outcome) -> tuple[CheckRow, ...]:
    """Return every result: broken, unknown, residue, then what holds."""
    order = list(STATES)
    numbered = sorted(
        enumerate(outcome.results),
        key=lambda each: (order.index(each[1].state), not each[1].is_error, each[0]),
    )
    return tuple(_check_row(number, result) for number, result in numbered)


def _check_row(number: int, result: Result) -> CheckRow:
    return CheckRow(
        door=check_door(number),
        state=result.state,
        mark=MARKS[result.state],
        word=STATES[result.state],
        severity=SEVERITIES[result.check.severity],
        is_error=result.is_error,
        kind=result.check.kind,
        sentence=sentence(result),
        origins=tuple(dict.fromkeys(str(origin) for origin in result.origins)),
    )


def check_counts(outcome: Outcome) -> tuple[tuple[str, str, str, int], ...]:
    """Return state, mark, word and number for every state."""
    found = counts(outcome.results)
    order: tuple[State, ...] = ("broken", "unknown", "residue", "holds")
    return tuple((state, MARKS[state], STATES[state], found[state]) for state in order)


def flaw_rows(outcome: Outcome) -> tuple[FlawRow, ...]:
    """Return the flaws of the framework, open ones first."""
    rows = [
        FlawRow(
            path=flaw.path,
            severity=SEVERITIES[flaw.severity],
            is_error=flaw.severity == "error" and not flaw.is_settled,
            what=flaw.what,
            settled=flaw.settled,
        )
        for flaw in outcome.flaws
    ]
    return tuple(sorted(rows, key=lambda row: bool(row.settled)))


def fact_rows(outcome: Outcome) -> tuple[FactRow, ...]:
    """Return every figure that was typed, with its origin."""
    return tuple(
        FactRow(
            door=fact_door(name),
            name=name,
            amount=amount(fact.value),
            unit=unit_of(fact.value),
            source=fact.origin.source,
            place=fact.origin.place,
            record=fact.origin.record,
        )
        for name, fact in outcome.evaluation.ledger.facts.items()
    )


def summary(outcome: Outcome) -> Summary:
    """Return the head of the page."""
    card, reach = outcome.card, outcome.envelope
    places = card.framework.places
    return Summary(
        total="" if card.total is None else score_text(card.total, places),
        so_far=score_text(card.so_far, places),
        points=points_text(card.framework.points),
        grade="" if card.standing is None else card.standing.grade.name,
        distances=_distances(outcome),
        reach=""
        if reach is None
        else f"{score_text(reach.low, places)}～{score_text(reach.high, places)}",
        grades="" if reach is None else "、".join(reach.grades),
        flips=_flips(outcome),
        missing=tuple((each.leaf.text, each.because) for each in card.unscored),
        problem="" if outcome.problem is None else str(outcome.problem),
    )


def _distances(outcome: Outcome) -> tuple[str, ...]:
    card = outcome.card
    if card.standing is None:
        return ()
    standing, grades = card.standing, card.framework.grades
    index = grades.index(standing.grade)
    said = []
    if standing.to_lower is not None:
        gap = score_text(standing.to_lower, card.framework.places)
        said.append(f"高出“{grades[index].name}”下限{gap}分")
    if standing.to_higher is not None:
        gap = score_text(standing.to_higher, card.framework.places)
        said.append(f"距“{grades[index - 1].name}”还差{gap}分")
    return tuple(said)


def _flips(outcome: Outcome) -> tuple[str, ...]:
    """Say the smallest sets of other ways that change the grade."""
    if outcome.envelope is None:
        return ()
    places = outcome.card.framework.places
    said = []
    for flip in outcome.envelope.flips:
        count = len(flip.alternatives)
        ways = "；".join(_way(way) for way in flip.alternatives)
        together = f"同时改动{count}项——" if count > 1 else "只改1项——"
        total = score_text(flip.total, places)
        said.append(f"{together}{ways}：总分{total}分，等级变为“{flip.grade}”")
    return tuple(said)


def _way(way: Alternative) -> str:
    if way.conflict is None:
        return way.text
    return f"{way.conflict.target}改取{shown(way.conflict.other)}"

"""What opens behind every number of the proof page (数字之后).

Leaves, levels, figures, table rows and checks as plain records, each kept
once and linked by address. The script of the page only lays them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.checks.tie_out import Result
from steelyard.evaluation.evaluation import Evaluation, Outcome
from steelyard.facts.ledger import TableRow
from steelyard.formula.derivation import Derivation
from steelyard.measure.number import places_needed, trimmed
from steelyard.report.proof.facts import fact_records, source_records, table_record
from steelyard.report.proof.issues import Issues, conflict_record, reading_records
from steelyard.report.proof.sections import MARKS, SEVERITIES, STATES, check_door
from steelyard.report.proof.steps import Context, Steps, items_read
from steelyard.report.proof.tables import differs
from steelyard.report.proof.text import (
    MOST_PLACES,
    Plain,
    fact_door,
    points_text,
    rate_text,
    row_door,
    score_text,
    verdict,
)
from steelyard.scoring.award import Award
from steelyard.scoring.compiled import CompiledLeaf

TOTAL_DOOR = "合计"
"""The address of the total."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that a text computed by itself (文中算式): a formula, and the row in hand."""

    derivation: Derivation
    table: str = ""
    row: TableRow | None = None


def drawer(outcome: Outcome, issues: Issues, asked: Mapping[str, Asked] | None = None) -> Plain:
    """Return everything that can be opened, as plain records.

    Args:
        outcome: What an evaluation came to.
        issues: What is open or was settled in it.
        asked: Figures that a report computed besides, by their address.
    """
    evaluation = outcome.evaluation
    steps = Steps(evaluation.ledger)
    leaves = [
        _leaf(outcome, issues, steps, compiled, award)
        for compiled, award in zip(evaluation.rubric.leaves, outcome.card.awards, strict=True)
    ]
    checks = [_check(number, result, steps) for number, result in enumerate(outcome.results)]
    formulas = {
        door: steps.add(each.derivation, Context(table=each.table, row=each.row))
        for door, each in (asked or {}).items()
    }
    return {
        "asked": formulas,
        "leaves": leaves,
        "levels": _levels(outcome),
        "total": _total(outcome),
        "facts": fact_records(evaluation, steps, {"leaves": leaves, "checks": checks}),
        "tables": {
            name: table_record(evaluation, table)
            for name, table in evaluation.ledger.tables.items()
        },
        "checks": checks,
        "claims": _claims(outcome),
        "conflicts": [
            conflict_record(issues, place, conflict)
            for place, conflict in enumerate(evaluation.conflicts)
        ],
        "sources": source_records(evaluation),
        "steps": steps.rows,
        "origins": steps.origins,
    }


def _leaf(
    outcome: Outcome, issues: Issues, steps: Steps, compiled: CompiledLeaf, award: Award
) -> Plain:
    leaf, framework = award.leaf, outcome.card.framework
    asks = {ask.key: ask for ask in compiled.asks()}
    context = Context(measure=leaf.measure_name, asks=asks)
    roots = [root for root in (award.proof, award.measure) if root is not None]
    read = dict.fromkeys(name for root in roots for name in items_read(root, context))
    published = outcome.evaluation.published.get(leaf.text)
    return {
        "path": leaf.text,
        "points": points_text(award.points),
        "earned": score_text(award.earned, framework.places),
        "lost": "" if award.lost is None else score_text(award.lost, framework.places),
        "scored": award.earned is not None,
        "because": award.because,
        "rounding": _rounding(award, framework.places),
        "published": "" if published is None else score_text(published, framework.places),
        "differs": differs(outcome, award),
        "meaning": leaf.meaning,
        "stated": leaf.stated,
        "wording": award.wording,
        "basis": list(leaf.basis),
        "evidence": list(leaf.evidence),
        "equation": award.equation,
        "proof": None if award.proof is None else steps.add(award.proof, context),
        "measure": None
        if award.measure is None or award.proof is not None
        else steps.add(award.measure, context),
        "facts": list(read),
        "judged": _judged(outcome.evaluation, compiled),
        "readings": reading_records(issues, compiled),
        "conflicts": list(issues.touching.get(leaf.text, ())),
        "missing": list(award.missing),
    }


def _rounding(award: Award, places: int) -> str:
    """Say how the printed score comes from the exact one."""
    if award.exact is None or award.earned is None:
        return ""
    earned = score_text(award.earned, places)
    if award.exact == award.earned:
        return f"计算值{trimmed(award.exact, MOST_PLACES)}分，无须舍入，得{earned}分"
    exact = places_needed(award.exact) <= MOST_PLACES
    mark = "" if exact else "≈"
    said = trimmed(award.exact, MOST_PLACES)
    return f"计算值{mark}{said}分，四舍五入保留{places}位小数，得{earned}分"


def _judged(evaluation: Evaluation, compiled: CompiledLeaf) -> list[Plain]:
    """Return every point asked, with the judgement given."""
    judgements = evaluation.judgements.get(compiled.leaf.text, {})
    records: list[Plain] = []
    for ask in compiled.asks():
        judgement = judgements.get(ask.key)
        records.append(
            {
                "point": ask.key,
                "text": ask.text,
                "verdict": "缺" if judgement is None else verdict(ask, judgement.value),
                "why": "" if judgement is None else judgement.why,
                "evidence": "" if judgement is None else judgement.evidence,
                "record": "" if judgement is None else judgement.where,
            }
        )
    return records


def _levels(outcome: Outcome) -> list[Plain]:
    places = outcome.card.framework.places
    below = outcome.card.framework.below
    return [
        {
            "path": level.group.text,
            "points": points_text(level.points),
            "earned": score_text(level.earned, places),
            "so_far": score_text(level.so_far, places),
            "rate": rate_text(level.rate),
            "leaves": [leaf.text for leaf in below(level.group)],
        }
        for level in outcome.card.levels
    ]


def _total(outcome: Outcome) -> Plain:
    card = outcome.card
    grades = [f"{grade.name}：{points_text(grade.floor)}分起" for grade in card.framework.grades]
    how = {
        "sum-of-rounded": "总分为各项指标得分（已保留小数）之和",
        "rounded-sum": "总分为各项指标未舍入得分之和，最后舍入一次",
    }
    return {
        "earned": score_text(card.total, card.framework.places),
        "so_far": score_text(card.so_far, card.framework.places),
        "points": points_text(card.framework.points),
        "grade": "" if card.standing is None else card.standing.grade.name,
        "grades": grades,
        "how": how.get(card.framework.total, ""),
    }


def _check(number: int, result: Result, steps: Steps) -> Plain:
    """Return a result; its sentence stands in the table of checks, once."""
    context = Context(table=result.check.each, row=result.row)
    return {
        "door": check_door(number),
        "claim": result.check.id,
        "mark": MARKS[result.state],
        "word": STATES[result.state],
        "error": result.is_error,
        "row": "" if result.row is None else result.row.key,
        "step": None if result.step is None else steps.add(result.step, context),
        "facts": [] if result.step is None else list(items_read(result.step, context)),
        "origins": [steps.origin(origin) for origin in result.origins],
    }


def _claims(outcome: Outcome) -> dict[str, Plain]:
    """Return what every check asks, by its id."""
    return {
        check.id: {
            "title": check.title,
            "severity": SEVERITIES[check.severity],
            "kind": check.kind,
            "note": check.note,
            "table": check.each,
        }
        for check in outcome.evaluation.checks
    }


def addresses(outcome: Outcome, records: Plain) -> frozenset[str]:
    """Return every address that opens in the drawer of these records."""
    card, ledger = outcome.card, outcome.evaluation.ledger
    facts, asked = records["facts"], records["asked"]
    named = facts if isinstance(facts, dict) else {}
    return frozenset(
        (
            TOTAL_DOOR,
            *(asked if isinstance(asked, dict) else ()),
            *(award.leaf.text for award in card.awards),
            *(level.group.text for level in card.levels),
            *(check_door(number) for number in range(len(outcome.results))),
            *(fact_door(name) for name in named),
            *(
                row_door(table.name, row.key)
                for table in ledger.tables.values()
                for row in table.rows
            ),
        )
    )

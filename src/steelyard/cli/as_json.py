"""Outcomes as plain records, numbers as strings (JSON).

Strings keep every figure exact and as printed; no reader turns them into
binary fractions by accident.
"""

from __future__ import annotations

from fractions import Fraction

from steelyard.checks.sentence import sentence
from steelyard.checks.tie_out import Result
from steelyard.evaluation.evaluation import Outcome
from steelyard.findings.gaps import ChainGap
from steelyard.formula.derivation import Derivation
from steelyard.formula.say import say, say_figures, say_value
from steelyard.measure.number import plain
from steelyard.measure.quantity import Quantity, Value
from steelyard.provenance.origin import Origin
from steelyard.scoring.alternatives import Alternative
from steelyard.scoring.award import Award
from steelyard.scoring.envelope import Effect, Envelope
from steelyard.scoring.lint import Flaw

Record = dict[str, object]


def points(value: Fraction | None, places: int = 2) -> str | None:
    """Return points as printed; None while unknown."""
    return None if value is None else plain(value, places)


def rate(value: Fraction | None) -> str | None:
    """Return a rate in percent with two decimals, half up."""
    return None if value is None else f"{plain(value * 100, 2)}%"


def shown(value: Value) -> str:
    """Return a value with its unit."""
    return str(value) if isinstance(value, Quantity) else say_value(value)


def outcome_record(outcome: Outcome) -> Record:
    """Return everything that an evaluation came to."""
    card, framework = outcome.card, outcome.card.framework
    places, standing, reach = framework.places, card.standing, outcome.envelope
    return {
        "title": outcome.evaluation.title,
        "department": outcome.evaluation.department,
        "year": outcome.evaluation.year,
        "framework": framework.reference,
        "total": points(card.total, framework.places),
        "published_total": points(outcome.evaluation.published_total, places),
        "so_far": points(card.so_far, framework.places),
        "grade": None if standing is None else standing.grade.name,
        "to_lower_grade": points(standing.to_lower if standing else None, places),
        "to_higher_grade": points(standing.to_higher if standing else None, places),
        "levels": [
            {
                "path": level.group.text,
                "points": points(level.points),
                "earned": points(level.earned, framework.places),
                "rate": rate(level.rate),
            }
            for level in card.levels
        ],
        "indicators": [award_record(award, outcome) for award in card.awards],
        "checks": [check_record(result) for result in outcome.results],
        "flaws": [flaw_record(flaw) for flaw in outcome.flaws],
        "findings": {
            "findings": len(outcome.evaluation.chain.findings),
            "recommendations": len(outcome.evaluation.chain.recommendations),
            "gaps": [gap_record(gap) for gap in outcome.chain_gaps],
        },
        "envelope": None if reach is None else envelope_record(reach, places),
    }


def award_record(award: Award, outcome: Outcome) -> Record:
    """Return one indicator's award."""
    places = outcome.card.framework.places
    path = award.leaf.text
    compiled = outcome.evaluation.rubric.leaf(path)
    choices = outcome.card.choices[path]
    return {
        "path": path,
        "points": points(award.points),
        "earned": points(award.earned, places),
        "lost": points(award.lost, places),
        "state": award.state,
        "because": award.because,
        "rule": award.wording,
        "used": [
            {
                "name": used.name,
                "value": shown(used.value),
                "origin": origin_record(used.origin),
                "rows": [{"name": name, "origin": str(origin)} for name, origin in used.rows],
            }
            for used in award.used
        ],
        "reading": [
            {
                "axis": axis.key,
                "question": axis.question,
                "use": choices[axis.key].use,
                "wording": axis.choices[choices[axis.key].use],
                "why": choices[axis.key].why,
            }
            for axis in compiled.axes
        ],
        "missing": list(award.missing),
        "published": points(outcome.evaluation.published.get(path), places),
    }


def origin_record(origin: Origin) -> Record:
    """Return where a figure came from."""
    return {
        "source": origin.source,
        "place": origin.place,
        "quote": origin.quote,
        "record": origin.record,
    }


def check_record(result: Result) -> Record:
    """Return what a tie-out came to."""
    return {
        "id": result.check.id,
        "state": result.state,
        "severity": result.check.severity,
        "kind": result.check.kind,
        "sentence": sentence(result),
        "left": shown(result.left),
        "right": shown(result.right),
        "origins": [origin_record(origin) for origin in result.origins],
    }


def flaw_record(flaw: Flaw) -> Record:
    """Return something wrong in the rubric."""
    return {
        "code": flaw.code,
        "severity": flaw.severity,
        "path": flaw.path,
        "line": flaw.line,
        "what": flaw.what,
        "settled": flaw.settled,
    }


def gap_record(gap: ChainGap) -> Record:
    """Return where the chain of findings does not close."""
    return {"kind": gap.kind, "severity": gap.severity, "what": gap.what, "mend": gap.mend}


def envelope_record(envelope: Envelope, places: int) -> Record:
    """Return how far the total could move."""
    return {
        "low": points(envelope.low, places),
        "high": points(envelope.high, places),
        "low_by": [way.text for way in envelope.low_by],
        "high_by": [way.text for way in envelope.high_by],
        "grades": list(envelope.grades),
        "without_total": [[way.text for way in ways] for ways in envelope.without_total],
        "flips": [
            {
                "alternatives": [way.text for way in flip.alternatives],
                "total": points(flip.total, places),
                "grade": flip.grade,
            }
            for flip in envelope.flips
        ],
    }


def way_record(way: Alternative) -> Record:
    """Return another way to settle one issue."""
    return {"issue": way.issue, "text": way.text, "why": way.why, "open": way.open}


def effect_record(effect: Effect, places: int) -> Record:
    """Return what one alternative alone does."""
    return {
        **way_record(effect.alternative),
        "total": points(effect.total, places),
        "change": points(effect.change, places),
        "grade": effect.grade,
        "indicators": [
            {"path": path, "before": points(before, places), "after": points(after, places)}
            for path, before, after in effect.leaves
        ],
    }


def derivation_record(step: Derivation) -> Record:
    """Return a derivation as a tree: general, with figures, value, inputs."""
    return {
        "formula": say(step.node),
        "figures": say_figures(step),
        "value": shown(step.value),
        "rows": list(step.rows),
        "inputs": [derivation_record(inner) for inner in step.inputs],
    }

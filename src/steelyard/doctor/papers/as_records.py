"""An examination as records for JSON (体检记录): counts are numbers, amounts are text."""

from __future__ import annotations

from collections import Counter

from steelyard.doctor.examine import Examination
from steelyard.doctor.finding import Finding, Place
from steelyard.doctor.ledger import State
from steelyard.doctor.papers.sentences import score
from steelyard.doctor.papers.summary import Summary, summary_of

Record = dict[str, object]
"""A record of texts, numbers and lists, ready for JSON."""


def as_records(examination: Examination, *, errors_only: bool = False) -> Record:
    """Return an examination as plain records (体检记录).

    ``numbers`` counts what says how much there is of something; ``by_kind``
    within it counts every number, dates and list marks too. ``findings`` stand in
    the order of every paper: finding 12 of the list is the twelfth here.

    Args:
        examination: What came out.
        errors_only: Leave questions and hints out.
    """
    summary = summary_of(examination, errors_only=errors_only)
    return {
        "files": [
            {
                "name": document.name,
                "kind": document.kind,
                "sha256": document.sha256,
                "pages": document.pages,
                "remarks": list(document.remarks),
            }
            for document in examination.view.documents
        ],
        "numbers": _numbers(summary),
        "effect": summary.effect,
        "effects": [
            {
                "indicator": each.indicator,
                "printed": score(each.printed),
                "computed": score(each.computed),
            }
            for each in summary.reckoned
        ],
        "findings": [_finding(noted.finding) for noted in summary.findings],
    }


def _numbers(summary: Summary) -> Record:
    return {
        **_states(summary.claims),
        "by_kind": {kind.value: _states(states) for kind, states in summary.by_kind.items()},
    }


def _states(states: Counter[State]) -> Record:
    return {
        "total": states.total(),
        "verified": states[State.VERIFIED],
        "consistent": states[State.CONSISTENT],
        "contradicted": states[State.CONTRADICTED],
        "unchecked": states[State.UNCHECKED],
    }


def _finding(finding: Finding) -> Record:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "computed": finding.computed,
        "places": [_place(place) for place in finding.places],
        "effect": finding.effect,
    }


def _place(place: Place) -> Record:
    return {
        "file": place.file,
        "page": place.page,
        "line": place.line,
        "table": place.table,
        "cell": place.cell,
        "quote": place.quote,
    }

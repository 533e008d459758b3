"""Where the chain of findings does not close (问题链的缺口).

Every deduction wants a finding; every finding a description, evidence, a
cause and a recommendation; every recommendation a finding. A gap is told,
never filled, and changes no score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from steelyard.findings.chain import Chain
from steelyard.findings.finding import Finding, Recommendation
from steelyard.formula.say import say_points
from steelyard.scoring.award import Award
from steelyard.scoring.lint import Severity
from steelyard.scoring.score import Scorecard

Kind = OneOf[
    "deduction-without-finding",
    "finding-without-description",
    "finding-without-evidence",
    "finding-without-cause",
    "finding-without-recommendation",
    "finding-without-deduction",
    "finding-without-leaf",
    "recommendation-without-content",
    "recommendation-without-finding",
]

SEVERITIES: dict[Kind, Severity] = {
    # Small deductions may share a paragraph or go without; whoever signs should know.
    "deduction-without-finding": "warning",
    "finding-without-description": "warning",
    # What nothing proves cannot be held against anybody.
    "finding-without-evidence": "error",
    "finding-without-cause": "warning",
    "finding-without-recommendation": "warning",
    "finding-without-deduction": "hint",
    "finding-without-leaf": "hint",
    "recommendation-without-content": "warning",
    "recommendation-without-finding": "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainGap:
    """One place where the chain does not close (缺口)."""

    kind: Kind
    """Stable, for machines."""

    subject: str
    """The leaf's path, or the number of the finding or recommendation."""

    what: str
    """One Chinese sentence."""

    mend: str
    where: str = ""
    """Where the evaluation folder records the subject; empty for a leaf."""

    @property
    def severity(self) -> Severity:
        """How much it weighs: error, warning or hint."""
        return SEVERITIES[self.kind]

    @property
    def is_hint(self) -> bool:
        """Tell whether it may well stay as it is."""
        return self.severity == "hint"


def gaps(chain: Chain, card: Scorecard) -> tuple[ChainGap, ...]:
    """Return the gaps of a chain: those of deductions, findings, recommendations.

    A leaf that is not scored yet has neither a deduction nor none.

    Args:
        chain: The findings and recommendations.
        card: The scores of the same framework.

    Raises:
        UnknownIndicator: A finding names a leaf that the framework has not.
    """
    found: list[ChainGap] = []
    for award in card.awards:
        found.extend(_of_deduction(award, chain))
    for finding in chain.findings:
        found.extend(_of_finding(finding, chain, card))
    for recommendation in chain.recommendations:
        found.extend(_of_recommendation(recommendation, chain))
    return tuple(found)


def _of_deduction(award: Award, chain: Chain) -> Iterator[ChainGap]:
    path = award.leaf.text
    if award.lost and not chain.findings_on(path):
        yield ChainGap(
            kind="deduction-without-finding",
            subject=path,
            what=f"“{path}”扣{say_points(award.lost)}分，没有对应的问题。",
            mend="请在 findings.csv 中写明问题，或在已有问题的“指标”栏补上这项指标。",
        )


def _of_finding(finding: Finding, chain: Chain, card: Scorecard) -> Iterator[ChainGap]:
    def gap(kind: Kind, what: str, mend: str) -> ChainGap:
        said = f"问题{finding.number}“{finding.title}”{what}"
        return ChainGap(
            kind=kind, subject=finding.number, what=said, mend=mend, where=finding.where
        )

    if not finding.paragraphs:
        yield gap("finding-without-description", "没有写明表现。", "请在“表现”栏写明具体情况。")
    if not finding.evidence:
        yield gap("finding-without-evidence", "没有证据。", "请在“证据”栏写明材料及其位置。")
    if not finding.cause:
        yield gap("finding-without-cause", "没有写明原因。", "请在“原因”栏写明。")
    if not chain.recommendations_for(finding):
        yield gap(
            "finding-without-recommendation",
            "没有对应的建议。",
            "请在 recommendations.csv 中提出建议，或在已有建议的“问题”栏补上这个编号。",
        )
    if not finding.leaves:
        yield gap(
            "finding-without-leaf",
            "没有写明指标，视为未影响得分。",
            "如有指标因此扣分，请在“指标”栏补上；没有的，不必改动。",
        )
    whole = [path for path in finding.leaves if card.award(path).lost == 0]
    if whole:
        named = "、".join(f"“{path}”" for path in whole)
        yield gap(
            "finding-without-deduction",
            f"所列指标{named}没有扣分。",
            "请核对指标是否写对；确未影响得分的，可从“指标”栏去掉。",
        )


def _of_recommendation(recommendation: Recommendation, chain: Chain) -> Iterator[ChainGap]:
    said = f"建议{recommendation.number}“{recommendation.title}”"
    if not recommendation.paragraphs:
        yield ChainGap(
            kind="recommendation-without-content",
            subject=recommendation.number,
            what=f"{said}没有写明内容。",
            mend="请在“内容”栏写明具体措施。",
            where=recommendation.where,
        )
    if not chain.findings_behind(recommendation):
        yield ChainGap(
            kind="recommendation-without-finding",
            subject=recommendation.number,
            what=f"{said}没有对应的问题。",
            mend="请在“问题”栏填写所对应问题的编号。",
            where=recommendation.where,
        )

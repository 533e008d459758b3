"""The chain of findings, as text and as records (问题链输出)."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.cli.as_json import Record, gap_record, points
from steelyard.cli.as_text import GRAVITY, chain_line
from steelyard.evaluation.evaluation import Outcome
from steelyard.findings.finding import Finding, paragraphs


def findings_record(outcome: Outcome) -> Record:
    """Return findings by category, recommendations and gaps, each with its links."""
    chain = outcome.evaluation.chain
    return {
        "categories": [
            {
                "name": category,
                "findings": [
                    _finding_record(finding, outcome) for finding in chain.findings_in(category)
                ],
            }
            for category in chain.categories
        ],
        "recommendations": [
            {
                "number": each.number,
                "title": each.title,
                "content": each.content,
                "brief": each.brief,
                "findings": [finding.number for finding in chain.findings_behind(each)],
                "responsible": each.responsible,
                "deadline": each.deadline,
                "where": each.where,
            }
            for each in chain.recommendations
        ],
        "gaps": [
            {**gap_record(gap), "subject": gap.subject, "where": gap.where}
            for gap in outcome.chain_gaps
        ],
    }


def _finding_record(finding: Finding, outcome: Outcome) -> Record:
    places = outcome.card.framework.places
    answers = outcome.evaluation.chain.recommendations_for(finding)
    return {
        "number": finding.number,
        "title": finding.title,
        "description": finding.description,
        "brief": finding.brief,
        "cause": finding.cause,
        "evidence": finding.evidence,
        "deductions": [
            {"path": path, "lost": points(outcome.card.award(path).lost, places)}
            for path in finding.leaves
        ],
        "recommendations": [each.number for each in answers],
        "where": finding.where,
    }


def findings_text(outcome: Outcome) -> str:
    """Show the chain, category by category, then where it does not close."""
    return "\n".join(_findings(outcome))


def _findings(outcome: Outcome) -> Iterator[str]:
    chain = outcome.evaluation.chain
    yield outcome.evaluation.title
    yield f"{chain_line(outcome)}。"
    for category in chain.categories:
        yield ""
        yield f"【{category}】"
        for finding in chain.findings_in(category):
            yield from _finding(finding, outcome)
    if outcome.chain_gaps:
        yield ""
        yield "缺口和提示："
    for gap in outcome.chain_gaps:
        place = f"（{gap.where}）" if gap.where else ""
        yield f"［{GRAVITY[gap.severity]}］{gap.what}{place}"
        yield f"    {gap.mend}"


def _finding(finding: Finding, outcome: Outcome) -> Iterator[str]:
    places = outcome.card.framework.places
    yield f"{finding.number}　{finding.title}"
    for path in finding.leaves:
        lost = points(outcome.card.award(path).lost, places)
        yield f"  扣分：{path}　{'未评分' if lost is None else f'{lost}分'}"
    if not finding.leaves:
        yield "  扣分：未影响得分"
    yield from _labelled("原因", finding.cause)
    yield from _labelled("证据", finding.evidence)
    answers = outcome.evaluation.chain.recommendations_for(finding)
    for each in answers:
        charged = "，".join(part for part in (each.responsible, each.deadline) if part)
        yield f"  建议：{each.number}　{each.title}{f'（{charged}）' if charged else ''}"
    if not answers:
        yield "  建议：—"


def _labelled(label: str, text: str) -> Iterator[str]:
    """Yield a text under its label, further lines set in below it."""
    first, *rest = paragraphs(text) or ("—",)
    yield f"  {label}：{first}"
    yield from (f"        {line}" for line in rest)

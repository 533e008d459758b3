"""Chapters of findings and recommendations, from the chain (问题与建议).

Grouped by category, each finding with the points it cost and its cause, each
recommendation with the findings that it answers. All words are the folder's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from steelyard.findings.chain import Chain
from steelyard.findings.finding import Finding, Recommendation
from steelyard.report.compose.here import Here
from steelyard.report.compose.manuscript import Manuscript
from steelyard.report.compose.numbering import mark
from steelyard.report.compose.outline import FindingsPart
from steelyard.report.model.blocks import Block, Paragraph
from steelyard.report.model.runs import Run, Runs, Text


def findings_blocks(work: Manuscript, part: FindingsPart, here: Here) -> tuple[Block, ...]:
    """Return a list of the chain as blocks."""
    chain = work.outcome.evaluation.chain
    if part.style.startswith("brief"):
        lines = brief_lines(work, part.style, here)
        return tuple(Paragraph(runs=runs, role="body") for runs in lines)
    if chain.is_empty:
        return (Paragraph(runs=(_nothing(work, part.style),)),)
    if part.style == "problems":
        return tuple(_problems(work, chain, part.level, here))
    return tuple(_recommendations(work, chain, part.level, here))


def _nothing(work: Manuscript, style: str) -> Run:
    what, file = ("建议", "recommendations.csv") if "recom" in style else ("问题", "findings.csv")
    return work.gap(what, what, f"请填写 {file}。")


def brief_lines(work: Manuscript, style: str, here: Here) -> tuple[Runs, ...]:
    """Return the chain in short, a line for each heading and finding."""
    chain = work.outcome.evaluation.chain
    if chain.is_empty:
        return ((_nothing(work, style),),)
    lines: list[Runs] = []
    for number, category in enumerate(chain.categories, start=1):
        found: tuple[Finding | Recommendation, ...] = chain.findings_in(category)
        if style == "brief-recommendations":
            found = _answers(chain, category)
        if not found:
            continue
        lines.append((Text(f"{mark(2, number)}{category}", strong=True),))
        for place, each in enumerate(found, start=1):
            said = each.brief or next(iter(each.paragraphs), "")
            # A brief that only repeats the title is not said twice.
            said = "" if said.rstrip("。") == each.title else said
            runs = work.try_runs(said, replace(here, place=each.number), each.where)
            lines.append((Text(f"{mark(3, place)}{each.title}。"), *runs))
    return tuple(lines)


def _problems(work: Manuscript, chain: Chain, level: int, here: Here) -> Iterator[Block]:
    for category in chain.categories:
        yield work.heading((Text(category),), level)
        found = chain.findings_in(category)
        causes = {each.cause for each in found}
        shared = len(causes) == 1 and len(found) > 1
        for each in found:
            at = replace(here, place=each.number)
            yield work.heading((Text(each.title),), level + 1)
            for text in each.paragraphs:
                yield Paragraph(runs=work.try_runs(text, at, each.where))
            lost = _lost(work, each, at)
            if lost:
                yield Paragraph(runs=lost)
            if each.cause and not shared:
                yield Paragraph(runs=(Text("原因："), *work.try_runs(each.cause, at, each.where)))
        if shared and found[0].cause:
            said = work.try_runs(found[0].cause, here, found[0].where)
            yield Paragraph(runs=(Text(f"{category}上述问题的原因："), *said))


def _lost(work: Manuscript, finding: Finding, here: Here) -> Runs:
    """Say which leaves lost points for a finding, and how many."""
    card = work.outcome.card
    runs: list[Run] = []
    for path in finding.leaves:
        award = card.award(path)
        if not award.lost:
            continue
        runs.append(Text("、" if runs else "涉及扣分："))
        at = replace(here, subject=award.leaf)
        lost = work.references.run("扣分：本项", at)
        runs += [Text(f"{award.leaf.name}扣"), *lost, Text("分")]
    return (*runs, Text("。")) if runs else ()


def _answers(chain: Chain, category: str) -> tuple[Recommendation, ...]:
    """Return the recommendations whose first finding is of a category."""
    found = []
    for each in chain.recommendations:
        behind = chain.findings_behind(each)
        if behind and behind[0].category == category:
            found.append(each)
    return tuple(found)


def _recommendations(work: Manuscript, chain: Chain, level: int, here: Here) -> Iterator[Block]:
    told: set[str] = set()
    for category in chain.categories:
        found = _answers(chain, category)
        if found:
            yield work.heading((Text(category),), level)
        for each in found:
            told.add(each.number)
            yield from _recommendation(work, chain, each, level + 1, here)
    others = [each for each in chain.recommendations if each.number not in told]
    if others:
        yield work.heading((Text("其他方面"),), level)
    for each in others:
        yield from _recommendation(work, chain, each, level + 1, here)


def _recommendation(
    work: Manuscript, chain: Chain, each: Recommendation, level: int, here: Here
) -> Iterator[Block]:
    at = replace(here, place=each.number)
    yield work.heading((Text(each.title),), level)
    for text in each.paragraphs:
        yield Paragraph(runs=work.try_runs(text, at, each.where))
    behind = "、".join(finding.title for finding in chain.findings_behind(each))
    who = f"责任单位：{each.responsible}。" if each.responsible else ""
    when = f"完成时限：{each.deadline}。" if each.deadline else ""
    if behind:
        yield Paragraph(runs=(Text(f"（对应问题：{behind}。{who}{when}）"),))

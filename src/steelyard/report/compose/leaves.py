"""The analysis of every indicator (逐项分析), generated from the derivations.

A leaf has a passage: what was found, written by people or taken from the facts;
then the computation, and what the rule gives for it. The last two are never
written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from steelyard.framework.indicator import Group, Leaf
from steelyard.report.compose.here import Here
from steelyard.report.compose.manuscript import Manuscript
from steelyard.report.compose.numbering import MOST_LEVELS
from steelyard.report.compose.outline import LeavesPart, Part
from steelyard.report.compose.passage import plain_markdown
from steelyard.report.model.blocks import Block, Paragraph
from steelyard.report.model.runs import Text
from steelyard.scoring.award import Award
from steelyard.scoring.compile import reading_of

FILE = "指标分析"
_SCORED = (
    "根据评分标准，该指标分值{{ 分值：本项 }}分，扣{{ 扣分：本项 }}分，实际得分{{ 得分：本项 }}分。"
)

Put = Callable[[Part, Here], tuple[Block, ...]]
"""How a part of the outline becomes blocks."""


def leaves_blocks(work: Manuscript, part: LeavesPart, here: Here, put: Put) -> tuple[Block, ...]:
    """Return the passages of all leaves of the group in hand, under its own headings."""
    if not isinstance(here.subject, Group):
        return ()
    return tuple(_below(work, here.subject, part.level, here, put))


def _below(work: Manuscript, group: Group, level: int, here: Here, put: Put) -> Iterator[Block]:
    framework = work.outcome.card.framework
    depth = len(group.path)
    done: set[tuple[str, ...]] = set()
    for leaf in framework.below(group):
        inner = leaf.path[: depth + 1]
        if inner == leaf.path:
            yield work.heading((Text(leaf.name),), min(level, MOST_LEVELS))
            yield from _leaf(work, leaf, here, put)
        elif inner not in done:
            done.add(inner)
            child = next(each for each in framework.groups if each.path == inner)
            if level > MOST_LEVELS - 1:
                # Deeper than headings go: the levels above are said in the heading.
                yield from _flat(work, child, here, put)
                continue
            yield work.heading((Text(child.path[-1]),), level)
            yield from _below(work, child, level + 1, here, put)


def _flat(work: Manuscript, group: Group, here: Here, put: Put) -> Iterator[Block]:
    for leaf in work.outcome.card.framework.below(group):
        name = "—".join(leaf.path[len(group.path) - 1 :])
        yield work.heading((Text(name),), MOST_LEVELS)
        yield from _leaf(work, leaf, here, put)


def _leaf(work: Manuscript, leaf: Leaf, here: Here, put: Put) -> Iterator[Block]:
    award = work.outcome.card.award(leaf.text)
    key = f"{FILE}/{leaf.text}"
    at = replace(here, subject=leaf, place=key)
    yield from work.passage(key, _default(work, award), at, hint="核查发现的情况")
    if award.earned is not None and award.measure is not None:
        said = work.references.runs("计分过程：{{ 计分过程：本项 }}。", at)
        yield Paragraph(runs=said, role="reckoning")
    for each in work.outline.leaves.get(leaf.name, ()):
        yield from put(each, at)
    if award.earned is not None:
        yield Paragraph(runs=work.references.runs(_SCORED, at))
    else:
        mark = work.gap(f"{leaf.name}的得分", key, award.because)
        yield Paragraph(runs=(mark, Text(award.because)))


def _default(work: Manuscript, award: Award) -> str:
    """Return what is said of a leaf as long as nobody writes more: its facts."""
    leaf, evaluation = award.leaf, work.outcome.evaluation
    if award.earned is None and not award.used:
        return ""
    goal = evaluation.ledger.dictionary.goals.get(leaf.goal)
    if goal is not None:
        return (
            "经评价组核查，{{ 名称：本项 }}年度目标值{{ 目标值：本项 }}，"
            "实际完成{{ 实际值：本项 }}，完成率{{ 完成率：本项 }}。"
        )
    compiled = evaluation.rubric.leaf(leaf.text)
    if award.measure is not None:
        names = compiled.needs(reading_of(work.outcome.card.choices[leaf.text])).names
        facts = "，".join(f"{plain_markdown(name)}{{{{ {name} }}}}" for name in names)
        said = f"经评价组核查，{facts}。\n" if facts else ""
        name = leaf.measure_name or leaf.name
        return f"{said}{plain_markdown(name)}为{{{{ 指标值：本项 }}}}。"
    if compiled.asks():
        return "评价组对照评分标准逐项核查：{{ 评判说明：本项 }}。"
    return "经评价组核查，{{ 得分说明：本项 }}。"

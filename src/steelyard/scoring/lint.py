"""What is wrong in a rubric itself (指标体系体检).

Points that do not add up, rules that promise other points than the leaf has,
bands with gaps, values that no rule covers, words that nobody defined,
denominators that may be zero. Each is settled by an explicit reading, which
is printed with the score, or it stays an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal as OneOf

from steelyard.errors import SteelyardError
from steelyard.facts.names import check_names
from steelyard.formula.parse import parse
from steelyard.formula.say import say, say_points
from steelyard.formula.tree import needs, percent
from steelyard.framework.indicator import Framework
from steelyard.scoring.compiled import CompiledLeaf, Rubric
from steelyard.scoring.rules.bands import Bands
from steelyard.scoring.rules.compound import Split, Veto
from steelyard.scoring.rules.deduction import Steps
from steelyard.scoring.rules.interval import overlap
from steelyard.scoring.rules.points import Checklist, ChecklistDefects, ChecklistShare
from steelyard.scoring.rules.rule import Rule
from steelyard.scoring.score import Choices

Severity = OneOf["error", "warning", "hint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing that is wrong in a rubric (体检结果)."""

    code: str
    severity: Severity
    path: str
    line: int
    what: str
    settled: str = ""
    """The reading that settles it, in Chinese; empty while it is open."""

    mend: str = ""
    """What to write into the framework to settle it, where a reading can."""

    @property
    def is_settled(self) -> bool:
        """Tell whether an explicit reading settles it."""
        return bool(self.settled)


def lint(rubric: Rubric, choices: Choices | None = None) -> tuple[Flaw, ...]:
    """Return everything that is wrong in a rubric, in the order of its leaves.

    Args:
        rubric: The framework, understood.
        choices: Readings of an evaluation, which settle what the framework left open.
    """
    found = list(_sums(rubric.framework))
    for compiled in rubric.leaves:
        found.extend(_leaf(_as_read(compiled, choices or {}), rubric))
    return tuple(found)


def _as_read(compiled: CompiledLeaf, choices: Choices) -> CompiledLeaf:
    """Return the leaf with the readings of an evaluation over the framework's."""
    leaf = compiled.leaf
    chosen = choices.get(leaf.text)
    if not chosen:
        return compiled
    return replace(compiled, leaf=replace(leaf, readings={**leaf.readings, **chosen}))


def _sums(framework: Framework) -> Iterator[Flaw]:
    total = sum((leaf.points for leaf in framework.leaves), Fraction(0))
    if total != framework.points:
        yield Flaw(
            code="points-sum",
            severity="error",
            path="",
            line=1,
            what=f"各指标分值合计{say_points(total)}分，应为{say_points(framework.points)}分。",
        )
    for group in framework.groups:
        below = sum((leaf.points for leaf in framework.below(group)), Fraction(0))
        if below != group.points:
            yield Flaw(
                code="points-sum",
                severity="error",
                path=group.text,
                line=1,
                what=f"下级指标分值合计{say_points(below)}分，标明{say_points(group.points)}分。",
            )


def _leaf(compiled: CompiledLeaf, rubric: Rubric) -> Iterator[Flaw]:
    rule: Rule = compiled.rule
    while isinstance(rule, Veto):
        rule = rule.inner
    yield from _points(compiled, rule)
    yield from _coverage(compiled, rule)
    yield from _terms(compiled, rubric)
    yield from _zero(compiled)


def _flaw(
    compiled: CompiledLeaf,
    code: str,
    what: str,
    axis: str = "",
    *,
    severity: Severity = "error",
    settled: str = "",
) -> Flaw:
    return Flaw(
        code=code,
        severity=severity,
        path=compiled.leaf.text,
        line=compiled.leaf.line,
        what=what,
        settled=settled or _settled(compiled, axis),
        mend=_mend(compiled, axis),
    )


def _mend(compiled: CompiledLeaf, key: str) -> str:
    """Say what to write into the framework for a reading of this axis."""
    axis = next((axis for axis in compiled.axes if axis.key == key), None)
    if axis is None:
        return ""
    ways = "、".join(f"{use}（{said}）" for use, said in axis.choices.items())
    return f'可在 [leaf.reading] 中写 {key} = {{use = "…", why = "…"}}，use 取：{ways}。'


def _settled(compiled: CompiledLeaf, key: str) -> str:
    """Return the explicit reading of an axis; a default is not explicit."""
    choice = compiled.leaf.readings.get(key)
    axis = next((axis for axis in compiled.axes if axis.key == key), None)
    if choice is None or axis is None:
        return ""
    why = f"（{choice.why.rstrip('。')}）" if choice.why else ""
    return f"口径：{axis.choices[choice.use]}{why}"


def _points(compiled: CompiledLeaf, rule: Rule) -> Iterator[Flaw]:
    points = compiled.leaf.points
    worth = say_points(points)
    match rule:
        case Checklist() if rule.total != points:
            count = len(rule.points)
            yield _flaw(
                compiled,
                "sub-points",
                f"{count}个要点合计{say_points(rule.total)}分，与分值{worth}分不符。",
                "fit",
            )
        case ChecklistShare() | ChecklistDefects() if rule.total != 1:
            shares = say(percent(rule.total))
            yield _flaw(compiled, "sub-shares", f"各要点权重合计{shares}，应为100%。")
        case Split() if rule.total != points:
            yield _flaw(
                compiled,
                "sub-points",
                f"各部分合计{say_points(rule.total)}分，与分值{worth}分不符。",
            )
        case Steps(full=full) if full is not None and full != points:
            yield _flaw(
                compiled,
                "promised-points",
                f"标准写明最多得{say_points(full)}分，分值只有{worth}分。",
                "promise",
            )
        case Bands():
            best = rule.best(points).value(points)
            if best != points:
                yield _flaw(
                    compiled,
                    "promised-points",
                    f"最高一档得{say_points(best)}分，分值为{worth}分。",
                )


def _coverage(compiled: CompiledLeaf, rule: Rule) -> Iterator[Flaw]:
    match rule:
        case Bands():
            for stretch in rule.uncovered():
                said = stretch.text(rule.as_percent).replace("x", compiled.leaf.measure_name)
                yield _flaw(
                    compiled, "uncovered-values", f"“{said}”不在任何一档之内。", "uncovered"
                )
            bands = rule.bands
            for index, band in enumerate(bands):
                for other in bands[index + 1 :]:
                    shared = overlap(band.stretch, other.stretch)
                    if shared is not None:
                        said = shared.text(rule.as_percent).replace("x", compiled.leaf.measure_name)
                        yield _flaw(
                            compiled,
                            "overlapping-bands",
                            f"“{said}”同时落在两档之内。",
                            severity="warning",
                            settled="口径：按写在前面的一档计分",
                        )
        case Steps(open_side=True):
            word = "低于" if rule.side == "above" else "高于"
            yield _flaw(
                compiled,
                "uncovered-values",
                f"标准没有写{compiled.leaf.measure_name}{word}{say(rule.bound())}时如何计分。",
                "other_side",
            )


def _terms(compiled: CompiledLeaf, rubric: Rubric) -> Iterator[Flaw]:
    leaf = compiled.leaf
    known = {term.name: term for term in leaf.terms}
    if not leaf.stated:
        return
    try:
        names = needs(parse(leaf.stated)).names
    except SteelyardError as error:
        yield _flaw(compiled, "stated-formula", f"原文算式读不懂：{error.what}")
        return
    for name in names:
        term = known.get(name)
        if term is None:
            if name not in rubric.dictionary.items:
                yield _flaw(compiled, "undefined-term", f"原文算式中的“{name}”没有定义。")
            continue
        try:
            check_names(parse(term.item), rubric.dictionary)
        except SteelyardError as error:
            yield _flaw(
                compiled, "undefined-term", f"“{name}”所取的“{term.item}”不能用：{error.what}"
            )
            continue
        if not term.defined:
            why = f"（{term.why.rstrip('。')}）" if term.why else ""
            yield _flaw(
                compiled,
                "undefined-term",
                f"原文算式中的“{name}”没有写明口径。",
                settled=f"口径：取“{term.item}”{why}",
            )


def _zero(compiled: CompiledLeaf) -> Iterator[Flaw]:
    if compiled.may_divide_by_zero:
        yield _flaw(
            compiled,
            "zero-denominator",
            f"{compiled.leaf.measure_name}的分母可能为零，标准没有写如何计分。",
            "zero_base",
            severity="warning",
        )

"""From a declared framework to one that can be scored (编译评分标准).

The framework only declares; here every rule is found, its parameters are
fitted, every formula is parsed and every name checked against the data
dictionary. What comes out cannot fail for reasons of the framework.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from steelyard.errors import Problems, SteelyardError
from steelyard.facts.dictionary import Dictionary, Kind
from steelyard.facts.names import Shape, check_names
from steelyard.files.records import Record
from steelyard.formula.parse import parse
from steelyard.formula.tree import (
    ZERO,
    Binary,
    Call,
    Case,
    Compare,
    Constant,
    Logic,
    Name,
    Needs,
    Node,
    X,
    needs,
    number,
    walk,
)
from steelyard.framework.indicator import Choice, Framework, Leaf
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, PLAIN, PURE, Unit
from steelyard.scoring.rules.bands import Bands, PassFail, Satisfaction
from steelyard.scoring.rules.completion import Completion, CompletionGrowth, CompletionReverse
from steelyard.scoring.rules.compound import Split, Veto
from steelyard.scoring.rules.deduction import DeductShare, PerTask, Steps
from steelyard.scoring.rules.points import Checklist, ChecklistDefects, ChecklistShare, Defects
from steelyard.scoring.rules.rule import Ask, Axis, Reading, Rule


class UnknownRule(SteelyardError):
    """A leaf names a rule that does not exist."""

    code = "scoring.unknown-rule"

    def __init__(self, use: str) -> None:
        near = difflib.get_close_matches(use, list(RULES), n=1)
        hint = f"是否想写“{near[0]}”？" if near else f"可用：{'、'.join(RULES)}。"
        super().__init__(what=f"没有评分规则“{use}”。", mend=hint)


class RuleMisfit(SteelyardError):
    """A rule that does not fit its leaf."""

    code = "scoring.rule-misfit"


class UnknownReading(SteelyardError):
    """A reading chosen for an axis that is not open, or that has no such reading."""

    code = "scoring.unknown-reading"


def _veto(record: Record) -> Veto:
    inner = record.raw("then")
    fields = inner if isinstance(inner, dict) else {}
    text = record.text("text")
    record.finish()
    held = Record.at_line(fields, record.place.file, record.line, record.problems, record.name)
    return Veto(text=text, inner=read_rule(held))


RULES: dict[str, Callable[[Record], Rule]] = {
    "completion": Completion.read,
    "completion-reverse": CompletionReverse.read,
    "completion-growth": CompletionGrowth.read,
    "bands": Bands.read,
    "satisfaction": Satisfaction.read,
    "pass-fail": PassFail.read,
    "steps": Steps.read,
    "deduct-share": DeductShare.read,
    "per-task": PerTask.read,
    "checklist": Checklist.read,
    "checklist-share": ChecklistShare.read,
    "checklist-defects": ChecklistDefects.read,
    "defects": Defects.read,
    "split": Split.read,
    "veto": _veto,
}
"""Every rule by the name that frameworks use."""


def read_rule(record: Record) -> Rule:
    """Return the rule that a record declares.

    Raises:
        UnknownRule: There is no rule of that name.
    """
    use = record.text("use")
    if use not in RULES:
        raise UnknownRule(use).at(record.where("use"))
    return RULES[use](record)


ZERO_BASE = Axis(
    "zero_base",
    "分母为零时如何计分",
    {"error": "不计分，先核对数据", "full": "得满分", "zero": "不得分"},
)
NOT_APPLICABLE = Axis(
    "not_applicable",
    "数据不适用（—）时如何计分",
    {"error": "不计分，先核对数据", "full": "得满分", "zero": "不得分"},
)
RATE = Axis(
    "rate",
    "比率先保留几位再计分",
    {"exact": "不舍入", "2": "按百分数保留两位小数", "0": "按整百分数"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledLeaf:
    """A leaf that can be scored (可评分指标)."""

    leaf: Leaf
    rule: Rule
    measures: Mapping[str, Node]
    """The measure under each of its readings; empty for a judged leaf."""

    unit: Unit
    """What the measure prints in."""

    axes: tuple[Axis, ...]
    choices: Mapping[str, Choice]
    """For every axis the framework's choice, the usual reading if it has none."""

    def measure(self, reading: Reading) -> Node | None:
        """Return the measure as read, rounded first where the reading says so."""
        if not self.measures:
            return None
        first = next(iter(self.measures))
        node = self.measures[reading.get("measure", first)]
        rate = reading.get("rate", "exact")
        if rate == "exact":
            return node
        return Call("round", (node, number(int(rate) + 2)))

    def tree(self, reading: Reading) -> Node:
        """Return the points awarded, guarded against a zero denominator if so read."""
        tree = self.rule.tree(self.leaf.points, reading)
        guard = reading.get("zero_base", "error")
        zeros = self.zeros(reading)
        if guard == "error" or zeros is None:
            return tree
        award = number(self.leaf.points) if guard == "full" else ZERO
        return Case(((zeros, award),), tree)

    def zeros(self, reading: Reading) -> Node | None:
        """Return the condition that a denominator of the measure is zero."""
        measure = self.measure(reading)
        if measure is None:
            return None
        zeros: list[Node] = [
            Compare("=", below, Constant(Quantity.of(0)))
            for below in denominators(measure)
            if not isinstance(below, Constant)
        ]
        if not zeros:
            return None
        return zeros[0] if len(zeros) == 1 else Logic("or", tuple(zeros))

    def asks(self) -> tuple[Ask, ...]:
        """Return what must be judged."""
        return self.rule.asks()

    def needs(self, reading: Reading) -> Needs:
        """Return the names and columns read, ``x`` and judgements left out."""
        local = {"x", *(ask.key for ask in self.asks())}
        trees = [self.tree(reading)]
        measure = self.measure(reading)
        if measure is not None:
            trees.append(measure)
        found = [needs(tree) for tree in trees]
        names = [name for each in found for name in each.names if name not in local]
        columns = [column for each in found for column in each.columns]
        return Needs(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(columns)))

    def wording(self) -> str:
        """Say the rule as a rubric prints it."""
        return self.rule.wording(self.leaf.points, self.leaf.measure_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A framework with all its rules understood (可执行的指标体系)."""

    framework: Framework
    dictionary: Dictionary
    leaves: tuple[CompiledLeaf, ...]

    def leaf(self, path: str) -> CompiledLeaf:
        """Return the compiled leaf at a path.

        Raises:
            UnknownIndicator: None or several fit.
        """
        wanted = self.framework.leaf(path)
        return next(each for each in self.leaves if each.leaf is wanted)


def denominators(node: Node) -> list[Node]:
    """Return what a formula divides by."""
    return [part.right for part in walk(node) if isinstance(part, Binary) and part.operator == "÷"]


def compile_framework(framework: Framework, dictionary: Dictionary) -> Rubric:
    """Understand every leaf of a framework.

    Raises:
        Gathered: Every rule, parameter, formula and name that does not fit.
    """
    problems = Problems()
    leaves = []
    for leaf in framework.leaves:
        with problems.catch(f"framework.toml 第{leaf.line}行 › {leaf.text}"):
            leaves.append(_compile(leaf, dictionary))
    problems.settle()
    return Rubric(framework=framework, dictionary=dictionary, leaves=tuple(leaves))


def _compile(leaf: Leaf, dictionary: Dictionary) -> CompiledLeaf:
    problems = Problems()
    record = Record.at_line(dict(leaf.rule), "framework.toml", leaf.line, problems, "rule")
    rule = read_rule(record)
    for error in problems.errors:
        error.where = "rule"
    problems.settle()
    measures = {name: parse(text) for name, text in leaf.measures.items()}
    _check_measure(leaf, rule, measures)
    shape = _check_shapes(leaf, measures, dictionary)
    axes = _axes(leaf, rule, measures, dictionary)
    extra: dict[str, Shape] = {
        ask.key: PURE if ask.kind == "defects" else Kind.TRUTH for ask in rule.asks()
    }
    extra["x"] = shape
    choices = choose(axes, leaf.readings, {})
    compiled = CompiledLeaf(
        leaf=leaf,
        rule=rule,
        measures=measures,
        unit=_unit(measures, dictionary),
        axes=axes,
        choices=choices,
    )
    reading = {axis.key: axis.default for axis in axes}
    check_names(rule.tree(leaf.points, reading), dictionary, extra=extra)
    return compiled


def _check_measure(leaf: Leaf, rule: Rule, measures: Mapping[str, Node]) -> None:
    reads_x = any(
        isinstance(part, Name) and part == X
        for part in walk(rule.tree(leaf.points, {a.key: a.default for a in rule.axes(leaf.points)}))
    )
    if reads_x and not measures:
        raise RuleMisfit(what="规则要用测算值，但没有写算式。", mend="请补上 measure。")
    if measures and not reads_x:
        raise RuleMisfit(what="规则不用测算值，却写了算式。", mend="请删去 measure，或换规则。")


def _check_shapes(leaf: Leaf, measures: Mapping[str, Node], dictionary: Dictionary) -> Shape:
    shape: Shape = PURE
    for text, node in zip(leaf.measures.values(), measures.values(), strict=True):
        shape = check_names(node, dictionary)
        if shape != PURE:
            raise RuleMisfit(
                what=f"算式“{text}”的结果带单位，不能计分。",
                mend="测算值应为比率或个数，请核对分子分母的单位。",
            )
    return shape


def _unit(measures: Mapping[str, Node], dictionary: Dictionary) -> Unit:
    """Return percent for rates, a plain number for counts."""
    for node in measures.values():
        if denominators(node):
            return PERCENT
        if any(dictionary.item(name).unit is PERCENT for name in needs(node).names):
            return PERCENT
    return PLAIN


def _axes(
    leaf: Leaf, rule: Rule, measures: Mapping[str, Node], dictionary: Dictionary
) -> tuple[Axis, ...]:
    axes = list(rule.axes(leaf.points))
    if len(measures) > 1:
        named = {name: f"按“{name}”" for name in measures}
        axes.insert(0, Axis("measure", f"{leaf.measure_name}如何计算", named))
    if any(_may_be_zero(d, dictionary) for m in measures.values() for d in denominators(m)):
        axes.append(ZERO_BASE)
    if measures:
        axes.append(NOT_APPLICABLE)
    if _unit(measures, dictionary) is PERCENT:
        axes.append(RATE)
    return tuple(axes)


def _may_be_zero(node: Node, dictionary: Dictionary) -> bool:
    if isinstance(node, Constant):
        return False
    if isinstance(node, Name):
        return not dictionary.item(node.text).above_zero
    return True


def choose(axes: tuple[Axis, ...], *layers: Mapping[str, Choice]) -> dict[str, Choice]:
    """Return a choice for every axis, later layers over earlier ones.

    Raises:
        UnknownReading: A layer speaks of an axis or a reading that is not there.
    """
    known = {axis.key: axis for axis in axes}
    problems = Problems()
    chosen = {axis.key: Choice(axis.default) for axis in axes}
    for layer in layers:
        for key, choice in layer.items():
            with problems.catch(f"口径 {key}"):
                axis = known.get(key)
                if axis is None:
                    raise UnknownReading(
                        what=f"这项指标没有口径“{key}”。",
                        mend=f"可选：{'、'.join(known) or '（无）'}。",
                    )
                for use in (choice.use, *choice.also):
                    if use not in axis.choices:
                        raise UnknownReading(
                            what=f"口径“{key}”没有读法“{use}”。",
                            mend=f"可选：{'、'.join(axis.choices)}。",
                        )
                chosen[key] = choice
    problems.settle()
    return chosen


def reading_of(choices: Mapping[str, Choice]) -> dict[str, str]:
    """Return the readings in use."""
    return {key: choice.use for key, choice in choices.items()}

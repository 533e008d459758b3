"""From a declared framework to one that can be scored (编译评分标准).

The framework only declares; here every rule is found, its parameters are
fitted, every formula is parsed and every name checked against the data
dictionary. What comes out cannot fail for reasons of the framework.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from steelyard.errors import Problems, SteelyardError
from steelyard.facts.dictionary import Dictionary, Kind
from steelyard.facts.names import Shape, check_names
from steelyard.files.records import Record
from steelyard.formula.parse import parse
from steelyard.formula.tree import (
    Binary,
    Constant,
    Name,
    Node,
    X,
    needs,
    walk,
)
from steelyard.framework.indicator import Choice, Framework, Leaf
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT, PLAIN, PURE, Unit
from steelyard.scoring.compiled import CompiledLeaf, Rubric, denominators, rule_denominators
from steelyard.scoring.rules.registry import read_rule
from steelyard.scoring.rules.rule import Axis, Rule


class RuleMisfit(SteelyardError):
    """A rule that does not fit its leaf."""

    code = "scoring.rule-misfit"


class UnknownReading(SteelyardError):
    """A reading chosen for an axis that is not open, or that has no such reading."""

    code = "scoring.unknown-reading"


ZERO_BASE_AXIS = Axis(
    "zero_base",
    "分母为零时如何计分",
    {"error": "不计分，先核对数据", "full": "得满分", "zero": "不得分"},
)
NOT_APPLICABLE_AXIS = Axis(
    "not_applicable",
    "数据不适用（—）时如何计分",
    {"error": "不计分，先核对数据", "full": "得满分", "zero": "不得分"},
)
RATE_AXIS = Axis(
    "rate",
    "比率先保留几位再计分",
    {"exact": "不舍入", "2": "按百分数保留两位小数", "0": "按整百分数"},
)


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
    below = [each for node in measures.values() for each in denominators(node)]
    for tree in _trees(leaf, rule):
        below += rule_denominators(tree)
    axes = _axes(leaf, rule, measures, below, dictionary)
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
        noughts=_noughts(below, dictionary),
        may_divide_by_zero=any(_may_be_zero(each, dictionary) for each in below),
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


def _trees(leaf: Leaf, rule: Rule) -> Iterator[Node]:
    """Yield the tree of a rule under every reading of its own axes."""
    axes = rule.axes(leaf.points)
    for uses in product(*(axis.choices for axis in axes)):
        yield rule.tree(leaf.points, dict(zip((axis.key for axis in axes), uses, strict=True)))


def _noughts(below: list[Node], dictionary: Dictionary) -> dict[Node, Constant]:
    noughts: dict[Node, Constant] = {}
    for node in below:
        # That it is a number is seen when the shapes of measure and rule are checked.
        shape = check_names(node, dictionary)
        dimension = PURE if isinstance(shape, Kind) else shape
        noughts[node] = Constant(Quantity(Fraction(0), dimension))
    return noughts


def _axes(
    leaf: Leaf,
    rule: Rule,
    measures: Mapping[str, Node],
    below: list[Node],
    dictionary: Dictionary,
) -> tuple[Axis, ...]:
    axes = list(rule.axes(leaf.points))
    if len(measures) > 1:
        named = {name: f"按“{name}”" for name in measures}
        axes.insert(0, Axis("measure", f"{leaf.measure_name}如何计算", named))
    if any(not isinstance(each, Constant) for each in below):
        axes.append(ZERO_BASE_AXIS)
    if measures:
        axes.append(NOT_APPLICABLE_AXIS)
    if _unit(measures, dictionary) is PERCENT:
        axes.append(RATE_AXIS)
    return tuple(axes)


def _may_be_zero(node: Node, dictionary: Dictionary) -> bool:
    if isinstance(node, Constant):
        return False
    if isinstance(node, Name):
        return not dictionary.item(node.text).above_zero
    if isinstance(node, Binary) and node.operator == "+":
        return _may_be_zero(node.left, dictionary) or _may_be_zero(node.right, dictionary)
    return True


def choose(axes: tuple[Axis, ...], *layers: Mapping[str, Choice]) -> dict[str, Choice]:
    """Return a choice for every axis, later layers over earlier ones.

    An axis is named by its key or by its question, a reading by its code or
    by its wording: what is printed may be written.

    Raises:
        UnknownReading: A layer speaks of an axis or a reading that is not there.
    """
    problems = Problems()
    chosen = {axis.key: Choice(axis.default) for axis in axes}
    for layer in layers:
        for name, choice in layer.items():
            with problems.catch(f"口径 {name}"):
                axis = next((axis for axis in axes if axis.is_called(name)), None)
                if axis is None:
                    known = "、".join(f"{axis.key}（{axis.question}）" for axis in axes)
                    raise UnknownReading(
                        what=f"这项指标没有口径“{name}”。", mend=f"可选：{known or '（无）'}。"
                    )
                also = tuple(_reading(axis, use) for use in choice.also)
                chosen[axis.key] = Choice(_reading(axis, choice.use), choice.why, also)
    problems.settle()
    return chosen


def _reading(axis: Axis, text: str) -> str:
    use = axis.reading(text)
    if use is None:
        known = "、".join(f"{use}（{said}）" for use, said in axis.choices.items())
        raise UnknownReading(
            what=f"口径“{axis.question}”没有读法“{text}”。", mend=f"可选：{known}。"
        )
    return use


def reading_of(choices: Mapping[str, Choice]) -> dict[str, str]:
    """Return the readings in use."""
    return {key: choice.use for key, choice in choices.items()}

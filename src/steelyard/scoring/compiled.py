"""A leaf with its rule understood, and the rubric of all of them (可评分指标).

Holds what ``compile`` made; under each reading the measure, the tree and what
they read are made once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.facts.dictionary import Dictionary
from steelyard.formula.tree import (
    ZERO,
    Aggregate,
    Binary,
    Call,
    Case,
    Compare,
    Constant,
    Logic,
    Name,
    Needs,
    Node,
    children,
    needs,
    number,
    times,
    walk,
)
from steelyard.framework.indicator import Choice, Framework, Leaf
from steelyard.measure.units import Unit
from steelyard.scoring.rules.compound import Veto
from steelyard.scoring.rules.rule import Ask, Axis, Reading, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRead:
    """A leaf under one reading (按口径展开的指标)."""

    measure: Node | None
    tree: Node
    needs: Needs
    aggregates: tuple[Aggregate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledLeaf:
    """A leaf that can be scored (可评分指标)."""

    leaf: Leaf
    rule: Rule
    measures: Mapping[str, Node]
    """The measure under each of its readings; empty for a judged leaf."""

    unit: Unit
    """What the measure prints in."""

    noughts: Mapping[Node, Constant]
    """For every denominator of the measures, nought of what it measures."""

    may_divide_by_zero: bool
    """Whether the dictionary leaves open that a denominator is zero."""

    axes: tuple[Axis, ...]
    choices: Mapping[str, Choice]
    """For every axis the framework's choice, the usual reading if it has none."""

    made: dict[tuple[str, ...], AsRead] = field(default_factory=dict, compare=False, repr=False)
    """What was made of the leaf before, by the readings of its axes."""

    def as_read(self, reading: Reading) -> AsRead:
        """Return measure, tree and needs under a reading, made once."""
        key = tuple(reading.get(axis.key, axis.default) for axis in self.axes)
        if key not in self.made:
            self.made[key] = self._made(reading)
        return self.made[key]

    def measure(self, reading: Reading) -> Node | None:
        """Return the measure as read, rounded first where the reading says so."""
        return self.as_read(reading).measure

    def tree(self, reading: Reading) -> Node:
        """Return the points awarded, guarded against a zero denominator if so read."""
        return self.as_read(reading).tree

    def needs(self, reading: Reading) -> Needs:
        """Return the names and columns read, ``x`` and judgements left out."""
        return self.as_read(reading).needs

    def aggregates(self, reading: Reading) -> tuple[Aggregate, ...]:
        """Return the table functions of measure and tree."""
        return self.as_read(reading).aggregates

    def _made(self, reading: Reading) -> AsRead:
        measure = self._measure(reading)
        tree = self._guarded(self.rule, reading)
        local = {"x", *(ask.key for ask in self.asks())}
        trees = [tree] if measure is None else [tree, measure]
        found = [needs(each) for each in trees]
        names = [name for each in found for name in each.names if name not in local]
        columns = [column for each in found for column in each.columns]
        parts = [part for each in trees for part in walk(each) if isinstance(part, Aggregate)]
        return AsRead(
            measure=measure,
            tree=tree,
            needs=Needs(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(columns))),
            aggregates=tuple(dict.fromkeys(parts)),
        )

    def _measure(self, reading: Reading) -> Node | None:
        if not self.measures:
            return None
        first = next(iter(self.measures))
        node = self.measures[reading.get("measure", first)]
        rate = reading.get("rate", "exact")
        if rate == "exact":
            return node
        # ``round`` keeps decimals of the unit that a value prints in: a figure given in
        # percent is first made a plain number, or 2 would keep four of its decimals.
        if not (isinstance(node, Binary) and node.operator in "×÷"):
            node = times(node, number(1))
        return Call("round", (node, number(int(rate) + 2)))

    def _guarded(self, rule: Rule, reading: Reading) -> Node:
        if isinstance(rule, Veto):
            # What was vetoed stays at nought, whatever its figures.
            return rule.over(self._guarded(rule.inner, reading))
        tree = rule.tree(self.leaf.points, reading)
        guard = reading.get("zero_base", "error")
        zeros = self.zeros(reading)
        if guard == "error" or zeros is None:
            return tree
        award = number(self.leaf.points) if guard == "full" else ZERO
        return Case(((zeros, award),), tree)

    def zeros(self, reading: Reading) -> Node | None:
        """Return the condition that a denominator of the measure or the rule is zero."""
        measure = self._measure(reading)
        below = [] if measure is None else denominators(measure)
        below += rule_denominators(self.rule.tree(self.leaf.points, reading))
        zeros: list[Node] = [
            Compare("=", each, self.noughts[each])
            for each in dict.fromkeys(below)
            if not isinstance(each, Constant)
        ]
        if not zeros:
            return None
        return zeros[0] if len(zeros) == 1 else Logic("or", tuple(zeros))

    def asks(self) -> tuple[Ask, ...]:
        """Return what must be judged."""
        return self.rule.asks()

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


def rule_denominators(tree: Node) -> list[Node]:
    """Return what a rule itself divides by; ``x`` it guards by its own cases."""
    return [
        below
        for below in denominators(tree)
        if not any(isinstance(part, Name) and part.path == ("x",) for part in walk(below))
    ]


def denominators(node: Node) -> list[Node]:
    """Return what a formula divides by, outside the conditions of table functions.

    A condition is asked of every row: what it divides by is no single figure.
    """
    found: list[Node] = []
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, Aggregate):
            continue
        if isinstance(part, Binary) and part.operator == "÷":
            found.append(part.right)
        pending.extend(reversed(children(part)))
    return found

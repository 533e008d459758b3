"""One leaf weighed: its exact points, nothing said yet (计算得分).

Weighing is apart from saying, so that an envelope may weigh a leaf a thousand
times without a sentence. It never raises for want of facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal as OneOf

from steelyard.errors import SteelyardError
from steelyard.facts.ledger import NOT_GIVEN, Ledger
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import Row, blank_rows, evaluate
from steelyard.formula.say import say, say_points, say_value
from steelyard.formula.tree import Aggregate, Name, Node
from steelyard.measure.nothing import MISSING, Nothing
from steelyard.measure.quantity import Quantity, UnitClash, Value
from steelyard.measure.rounding import round_half_up
from steelyard.measure.units import PERCENT, PURE
from steelyard.scoring.compiled import CompiledLeaf
from steelyard.scoring.rules.rule import Judgement, Reading

State = OneOf["scored", "missing", "failed"]


class ScoreOutOfRange(SteelyardError):
    """A rule awarded less than nothing or more than the points of its leaf."""

    code = "scoring.out-of-range"


@dataclass(slots=True)
class LeafScope:
    """Where names of one leaf lead: ``x``, judgements, then the ledger."""

    compiled: CompiledLeaf
    ledger: Ledger
    judgements: Mapping[str, Judgement]
    reading: Reading
    measure: Derivation | None = None

    def look_up(self, name: Name) -> Derivation:
        """Return the measure, a judgement, or what the ledger knows."""
        if name.text == "x":
            return Derivation(name, self.measured().value, (self.measured(),))
        if name.text in {ask.key for ask in self.compiled.asks()}:
            judgement = self.judgements.get(name.text)
            return Derivation(name, MISSING if judgement is None else judgement.value)
        return self.ledger.look_up(name)

    def measured(self) -> Derivation:
        """Return the measure, computed when first asked for."""
        if self.measure is None:
            node = self.compiled.measure(self.reading)
            if node is None:
                return Derivation(Name(("x",)), MISSING)
            derivation = evaluate(node, self.ledger)
            value = derivation.value
            if isinstance(value, Quantity) and value.dimension != PURE:
                # Only where the department chose the units, and chose two.
                raise UnitClash(value.dimension, PURE).at(say(node))
            if isinstance(value, Quantity) and self.compiled.unit is PERCENT:
                value = replace(value, unit=PERCENT)
            self.measure = replace(derivation, value=value)
        return self.measure

    def rows(self, aggregate: Aggregate) -> tuple[Row, ...]:
        """Return the rows of a table."""
        return tuple(self.ledger.rows(aggregate))

    def zero(self, aggregate: Aggregate) -> Quantity:
        """Return nought in the unit of the summed column."""
        return self.ledger.zero(aggregate)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a leaf weighs (计算结果)."""

    state: State
    exact: Fraction | None
    """Points before rounding."""

    earned: Fraction | None
    """Points as printed, half up."""

    scope: LeafScope
    proof: Derivation | None = None
    problem: SteelyardError | None = None

    @property
    def applies(self) -> bool:
        """Tell whether there was something to score, and not a dash."""
        return self.proof is None or _outcome(self.proof, self.scope) is not Nothing.NOT_APPLICABLE


def weigh(
    compiled: CompiledLeaf,
    ledger: Ledger,
    judgements: Mapping[str, Judgement],
    reading: Reading,
    places: int,
) -> Weight:
    """Weigh one leaf.

    Args:
        compiled: The leaf, understood.
        ledger: The facts.
        judgements: Its judgements by point.
        reading: For every axis the reading in use.
        places: Decimals of the score, half up.
    """
    scope = LeafScope(compiled, ledger, judgements, reading)
    points = compiled.leaf.points
    try:
        proof = evaluate(compiled.tree(reading), scope)
        if unknown(compiled, scope):
            return Weight("missing", None, None, scope, proof)
        value = _applied(_outcome(proof, scope), reading, points)
        if not isinstance(value, Quantity):
            return Weight("missing", None, None, scope, proof)
        # Points with more decimals than a score has must not be rounded up beyond them.
        earned = min(round_half_up(value.base, places), points)
        if not 0 <= value.base <= points:
            raise ScoreOutOfRange(
                what=f"按标准计得{say_value(value)}分，不在0至{say_points(points)}分之间。",
                where=compiled.leaf.text,
                mend="请核对这项指标的规则参数。",
            )
    except SteelyardError as error:
        return Weight("failed", None, None, scope, problem=error)
    return Weight("scored", value.base, earned, scope, proof)


def unknown(compiled: CompiledLeaf, scope: LeafScope) -> tuple[str, ...]:
    """Return what a leaf waits for: judgements, data items, tables with blanks.

    All that the leaf reads is asked for, also what this time would not have
    mattered: a score must not come to depend on a figure only later.
    """
    gaps: dict[str, None] = {}
    for ask in compiled.asks():
        if scope.judgements.get(ask.key, Judgement(MISSING)).value is MISSING:
            gaps[f"评判{ask.key}{ask.text}"] = None
    for name in compiled.needs(scope.reading).names:
        for step in scope.ledger.look_up(Name(tuple(name.split(".")))).steps():
            if step.value is MISSING and not step.inputs:
                gaps[_named(step.node, step.rows)] = None
    for aggregate in compiled.aggregates(scope.reading):
        blank = blank_rows(aggregate, scope.rows(aggregate))
        if blank:
            gaps[_named(aggregate, blank)] = None
    return tuple(gaps)


def _named(node: Node, rows: tuple[str, ...]) -> str:
    if not isinstance(node, Aggregate):
        return say(node)
    if rows == (NOT_GIVEN,):
        return f"表“{node.table}”"
    shown = "、".join(rows[:5])
    return f"{say(node)}（{shown}）" if shown else say(node)


def _outcome(proof: Derivation, scope: LeafScope) -> Value:
    """Return what the rule comes to; a dash when its measure is one.

    A condition such as ``x = 100%`` has an answer for a dash, too, which is not the
    answer to how a leaf is scored that does not apply.
    """
    measure = scope.measure
    if measure is not None and measure.value is Nothing.NOT_APPLICABLE:
        return measure.value
    return proof.value


def _applied(value: Value, reading: Reading, points: Fraction) -> Value:
    """Return the value, or what the reading gives when nothing applies."""
    if value is Nothing.NOT_APPLICABLE:
        choice = reading.get("not_applicable", "error")
        if choice != "error":
            return Quantity.of(points if choice == "full" else 0)
    return value

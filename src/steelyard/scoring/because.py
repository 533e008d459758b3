"""Why a leaf earned what it earned, in sentences (扣分说明).

Everything said is taken from the derivation: the facts, the measure with its
figures put in, and what the rule says of itself. Nothing here is typed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import evaluate
from steelyard.formula.say import say_figures, say_points, say_value
from steelyard.formula.tree import Aggregate, Name, Node
from steelyard.framework.indicator import Leaf
from steelyard.measure.quantity import Quantity
from steelyard.measure.rounding import round_half_up
from steelyard.scoring.compiled import CompiledLeaf
from steelyard.scoring.rules.compound import VETO
from steelyard.scoring.rules.rule import Proof
from steelyard.scoring.weigh import LeafScope, Weight


@dataclass(frozen=True, slots=True)
class Because:
    """Why a leaf earned what it earned (得分说明), whole and in its parts."""

    said: str = ""
    """All of it: facts, equation, ground."""

    equation: str = ""
    """The measure with its figures put in, and its value."""

    ground: str = ""
    """What the rule says of it."""


def because(compiled: CompiledLeaf, weight: Weight, places: int) -> Because:
    """Say why a leaf earned what it earned.

    Args:
        compiled: The leaf.
        weight: What it weighs; it was scored.
        places: Decimals of the score.
    """
    scope, leaf = weight.scope, compiled.leaf
    earned = weight.earned or Fraction(0)
    shown = _shown(compiled, scope, earned, places)
    equation = _equation(leaf, scope.measure, shown)
    if not weight.applies:
        ground = f"数据不适用，按口径得{say_points(earned)}分"
    elif scope.measure is None and compiled.measures and not _vetoed(scope):
        ground = f"分母为零，按口径得{say_points(earned)}分"
    else:
        ground = compiled.rule.because(
            Proof(
                points=leaf.points,
                earned=earned,
                reading=scope.reading,
                measure=scope.measure,
                measure_name=leaf.measure_name,
                shown=shown,
                judgements=scope.judgements,
                equation=lambda node: _say_with(node, scope, shown),
                rows=_row_names(scope),
            )
        )
    # A measure that is a fact itself would be said twice.
    parts = [part for part in dict.fromkeys((_facts(compiled, scope), equation, ground)) if part]
    return Because("；".join(parts) + "。", equation, ground)


def _vetoed(scope: LeafScope) -> bool:
    """Tell whether a veto spared the measure from being looked at."""
    judgement = scope.judgements.get(VETO)
    return judgement is not None and judgement.value is True


def _shown(compiled: CompiledLeaf, scope: LeafScope, earned: Fraction, places: int) -> str:
    """Print the measure with as many digits as the score needs to follow from it."""
    measure = scope.measure
    if measure is None or not isinstance(measure.value, Quantity):
        return ""
    exact = measure.value
    for digits in range(2, 8):
        rounded = replace(
            exact, base=round_half_up(exact.amount, digits) * exact.unit.factor, places=None
        )
        trial = LeafScope(compiled, scope.ledger, scope.judgements, scope.reading)
        trial.measure = replace(measure, value=rounded)
        value = evaluate(compiled.rule.tree(compiled.leaf.points, scope.reading), trial).value
        if isinstance(value, Quantity) and round_half_up(value.base, places) == earned:
            break
    return replace(exact, places=None).digits(digits) + exact.unit.name


def _say_with(node: Node, scope: LeafScope, shown: str) -> str:
    """Say a tree with figures, the measure printed as ``shown``."""
    derivation = evaluate(node, scope)
    return say_figures(_printed(derivation, shown))


def _printed(step: Derivation, shown: str) -> Derivation:
    """Return the derivation with ``x`` carrying the precision it is shown with."""
    if isinstance(step.node, Name) and step.node.text == "x":
        value = step.value
        if isinstance(value, Quantity) and shown:
            digits = len(shown.rstrip("%").partition(".")[2])
            value = replace(value, places=digits)
        return replace(step, value=value)
    return replace(step, inputs=tuple(_printed(each, shown) for each in step.inputs))


def _equation(leaf: Leaf, measure: Derivation | None, shown: str) -> str:
    """Say the measure: name = general or figures = value."""
    if measure is None or not shown:
        return ""
    if isinstance(measure.node, Name) and not measure.inputs:
        return "" if measure.node.text == leaf.measure_name else f"{leaf.measure_name}={shown}"
    if isinstance(measure.node, Name | Aggregate):
        return f"{leaf.measure_name}={shown}"
    figures = say_figures(measure)
    tail = "×100%" if shown.endswith("%") else ""
    if tail and _needs_brackets(measure.node):
        figures = f"（{figures}）"
    return f"{leaf.measure_name}={figures}{tail}={shown}"


def _needs_brackets(node: Node) -> bool:
    return getattr(node, "operator", "") in ("+", "-")


def _facts(compiled: CompiledLeaf, scope: LeafScope) -> str:
    """Say the facts that the measure rests on: goals as plan and actual."""
    dictionary = scope.ledger.dictionary
    parts: list[str] = []
    seen: set[str] = set()
    for name in compiled.needs(scope.reading).names:
        goal = dictionary.goals.get(name.rpartition(".")[0])
        if goal is not None:
            if goal.name not in seen:
                seen.add(goal.name)
                target = _value_of(goal.target, scope)
                actual = _value_of(goal.actual, scope)
                parts.append(f"计划{goal.sign}{target}，实际{actual}")
            continue
        parts.append(f"{name}={_value_of(name, scope)}")
    return "，".join(parts)


def _value_of(name: str, scope: LeafScope) -> str:
    value = scope.ledger.look_up(Name(tuple(name.split(".")))).value
    return str(value) if isinstance(value, Quantity) else say_value(value)


def _row_names(scope: LeafScope) -> tuple[str, ...]:
    """Return the names of the rows that counted in the measure."""
    measure = scope.measure
    if measure is None or not isinstance(measure.node, Aggregate):
        return ()
    table = scope.ledger.tables.get(measure.node.table)
    names = []
    for key in measure.rows:
        row = None if table is None else table.row(key)
        name = None if row is None else row.cell("名称")
        names.append(name if isinstance(name, str) else key)
    return tuple(names)

"""One leaf scored (单项得分).

An award says points, earned, lost, why, and which facts were used. A leaf
that cannot be scored has no points earned, and says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import SteelyardError
from steelyard.facts.ledger import Ledger
from steelyard.formula.derivation import Derivation
from steelyard.formula.say import say
from steelyard.formula.tree import Aggregate, Name
from steelyard.framework.indicator import Leaf
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Value
from steelyard.provenance.origin import Origin
from steelyard.scoring.because import Because, because
from steelyard.scoring.compiled import CompiledLeaf
from steelyard.scoring.rules.rule import Judgement, Reading
from steelyard.scoring.weigh import LeafScope, State, Weight, unknown, weigh


@dataclass(frozen=True, slots=True)
class Used:
    """A fact or a judgement that an award rests on (所用数据)."""

    name: str
    value: Value
    origin: Origin
    rows: tuple[tuple[str, Origin], ...] = ()
    """For a table function, the rows that counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What a leaf earned, and why (得分)."""

    leaf: Leaf
    state: State
    earned: Fraction | None
    exact: Fraction | None
    """Points before rounding."""

    because: str
    used: tuple[Used, ...]
    wording: str
    reading: Mapping[str, str]
    measure: Derivation | None = None
    proof: Derivation | None = None
    equation: str = ""
    """The measure with its figures put in, and its value."""

    ground: str = ""
    """What the rule says of the measure or of the judgements."""

    applies: bool = True
    """Whether there was something to score, and not a dash."""

    missing: tuple[str, ...] = ()
    problem: SteelyardError | None = None

    @property
    def points(self) -> Fraction:
        """What the leaf can earn."""
        return self.leaf.points

    @property
    def lost(self) -> Fraction | None:
        """Points not earned; None while unknown."""
        return None if self.earned is None else self.points - self.earned


def award(
    compiled: CompiledLeaf,
    ledger: Ledger,
    judgements: Mapping[str, Judgement],
    reading: Reading,
    places: int,
) -> Award:
    """Score one leaf; see ``weigh`` for the arguments.

    Returns:
        The award. It never raises for want of facts: it says what is missing.
    """
    weight = weigh(compiled, ledger, judgements, reading, places)
    said = _said(compiled, weight, places)
    return Award(
        leaf=compiled.leaf,
        state=weight.state,
        earned=weight.earned,
        exact=weight.exact,
        because=said.said,
        used=_used(compiled, weight),
        wording=compiled.wording(),
        reading=reading,
        measure=weight.scope.measure,
        proof=weight.proof,
        equation=said.equation,
        ground=said.ground,
        applies=weight.applies,
        missing=_missing(compiled, weight),
        problem=weight.problem,
    )


def _said(compiled: CompiledLeaf, weight: Weight, places: int) -> Because:
    if weight.problem is not None:
        return Because(f"未评分：{weight.problem.what}{weight.problem.mend}")
    if weight.state == "scored":
        return because(compiled, weight, places)
    names = _missing(compiled, weight)
    if names:
        return Because(f"未评分：缺少{'、'.join(names)}。")
    dashes = [
        say(step.node)
        for step in _steps(weight)
        if step.value is NOT_APPLICABLE and not step.inputs
    ]
    listed = "、".join(dict.fromkeys(dashes)) or "数据"
    return Because(f"未评分：{listed}填“—”（不适用），口径没有写明这时如何计分。")


def _steps(weight: Weight) -> Iterator[Derivation]:
    """Yield every step of the proof and of the measure."""
    for root in (weight.proof, weight.scope.measure):
        if root is not None:
            yield from root.steps()


def _used(compiled: CompiledLeaf, weight: Weight) -> tuple[Used, ...]:
    """Return the facts, table rows and judgements behind an award."""
    used: dict[str, Used] = {}
    scope = weight.scope
    asked = {ask.key: ask.text for ask in compiled.asks()}
    for step in _steps(weight):
        match step.node:
            case Name(path=("x",)):
                continue
            case Name() if step.node.text in asked:
                judgement = scope.judgements.get(step.node.text)
                if judgement is not None:
                    label = f"{step.node.text}{asked[step.node.text]}"
                    origin = Origin("评判", judgement.evidence, judgement.why, judgement.where)
                    used.setdefault(label, Used(label, judgement.value, origin))
            case Name():
                fact = scope.ledger.facts.get(step.node.text)
                if fact is not None:
                    used.setdefault(fact.item, Used(fact.item, fact.value, fact.origin))
            case Aggregate():
                label = say(step.node)
                used.setdefault(label, _table_used(label, step.node, step, scope))
            case _:
                continue
    return tuple(used.values())


def _table_used(label: str, node: Aggregate, step: Derivation, scope: LeafScope) -> Used:
    table = scope.ledger.tables.get(node.table)
    if table is None:
        return Used(label, step.value, Origin(place=f"表“{node.table}”未提供"))
    rows = []
    for key in step.rows:
        row = table.row(key)
        if row is not None:
            name = row.cell("名称")
            rows.append((name if isinstance(name, str) else key, row.origin))
    return Used(label, step.value, table.origin, tuple(rows))


def _missing(compiled: CompiledLeaf, weight: Weight) -> tuple[str, ...]:
    """Return what an award waits for."""
    return unknown(compiled, weight.scope) if weight.state == "missing" else ()

"""Derivations as plain steps, each kept once (证明页的推导).

A step is its formula in general, with its figures, its value, and the steps
below it. Constants are left out below: the formula shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from steelyard.facts.ledger import Ledger, TableRow
from steelyard.formula.derivation import Derivation
from steelyard.formula.say import say, say_figures
from steelyard.formula.tree import (
    Aggregate,
    Binary,
    Call,
    Compare,
    Constant,
    Logic,
    Name,
    Node,
    Not,
    needs,
)
from steelyard.measure.nothing import MISSING, Nothing
from steelyard.provenance.origin import Origin
from steelyard.report.proof.text import (
    Plain,
    fact_door,
    origin_parts,
    row_door,
    shown,
    verdict,
)
from steelyard.scoring.rules.rule import Ask


@dataclass(frozen=True, slots=True)
class Context:
    """What names mean at one place (语境): the measure, the points asked, the row."""

    measure: str = ""
    """What ``x`` is called; empty where there is no measure."""

    asks: Mapping[str, Ask] = field(default_factory=dict)
    table: str = ""
    row: TableRow | None = None

    def is_cell(self, name: Name) -> bool:
        """Tell whether a name is a cell of the row."""
        if self.row is None:
            return False
        return name.path[0] == "本行" or self.row.cell(name.text) is not None


def called(node: Node, measure: str) -> Node:
    """Return the formula with ``x`` under the name that readers know."""
    if not measure:
        return node
    if isinstance(node, Name):
        return Name((measure,)) if node.text == "x" else node
    changes = {}
    for each in fields(node):
        part = getattr(node, each.name)
        changed = _called_inside(part, measure)
        if changed is not part:
            changes[each.name] = changed
    # Every part is replaced by one of its own kind.
    return replace(node, **changes) if changes else node  # type: ignore[arg-type]  # as said


def _called_inside(part: object, measure: str) -> object:
    if isinstance(part, Node):
        return called(part, measure)
    if isinstance(part, tuple) and part and isinstance(part[0], (Node, tuple)):
        return tuple(_called_inside(each, measure) for each in part)
    return part


class Steps:
    """All steps of a page, alike ones kept once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.rows: list[Plain] = []
        self.tables: dict[str, None] = {}
        """Tables that some step reads, in order of appearance."""

        self.computed: dict[str, int] = {}
        """Data items that are computed, with their step."""

        self.origins: list[list[str]] = []
        """Places of figures, by number."""

        self._known: dict[str, int] = {}
        self._places: dict[Origin, int] = {}

    def add(self, root: Derivation, context: Context) -> int:
        """Keep a derivation; return the number of its last step."""
        return self._add(root, context, set())

    def origin(self, origin: Origin) -> int:
        """Keep an origin; return its number."""
        if origin not in self._places:
            self._places[origin] = len(self.origins)
            self.origins.append(origin_parts(origin))
        return self._places[origin]

    def _add(self, step: Derivation, context: Context, told: set[str]) -> int:
        record = self._record(step, context)
        name = step.node.text if isinstance(step.node, Name) and step.inputs else ""
        if name in told:
            record["again"] = True
            return self._keep(record)
        if name:
            told.add(name)
        below = [self._add(each, context, told) for each in _below(step)]
        if below:
            record["below"] = below
        number = self._keep(record)
        if name and name != "x":
            self.computed.setdefault(name, number)
        return number

    def _keep(self, record: Plain) -> int:
        key = json.dumps(record, ensure_ascii=False, sort_keys=True)
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(record)
        return self._known[key]

    def _record(self, step: Derivation, context: Context) -> Plain:
        value = _value(step)
        record: Plain = {"says": say(called(step.node, context.measure)), "value": value}
        match step.node:
            case Name():
                record |= self._named(step.node, step, context)
            case Aggregate():
                record |= self._over_rows(step.node, step)
            case Constant():
                pass
            case _:
                figures = say_figures(step)
                if figures not in (value, record["says"]):
                    record["figures"] = figures
        return record

    def _named(self, name: Name, step: Derivation, context: Context) -> Plain:
        if name.text == "x" and context.measure:
            return {}
        ask = context.asks.get(name.text)
        if ask is not None:
            return {
                "says": f"{ask.key}{ask.text}",
                "value": verdict(ask, step.value),
                "mark": "判",
            }
        if context.row is not None and context.is_cell(name):
            return {"door": row_door(context.table, context.row.key), "mark": "录"}
        return {"door": fact_door(name.text), "mark": "算" if step.inputs else "录"}

    def _over_rows(self, node: Aggregate, step: Derivation) -> Plain:
        self.tables[node.table] = None
        columns = [
            column for table, column in needs(node).columns if table == node.table and column
        ]
        return {
            "mark": "表",
            "table": node.table,
            "columns": list(dict.fromkeys(columns)),
            "rows": list(step.rows),
            "counted": _counted(node, step),
        }


def _value(step: Derivation) -> str:
    if isinstance(step.value, bool) and isinstance(step.node, Compare | Logic | Not):
        return "成立" if step.value else "不成立"
    return shown(step.value)


def _counted(node: Aggregate, step: Derivation) -> str:
    """Say what the rows of a table function are."""
    if isinstance(step.value, Nothing) and step.value is MISSING:
        return "缺数据的行"
    match node.function, step.value:
        case "all", False:
            return "不合条件的行"
        case "all", _:
            return "各行均合条件"
        case "any", _:
            return "合条件的行"
    return "计入的行"


def _below(step: Derivation) -> Iterator[Derivation]:
    """Yield the steps below, without what would only repeat this one.

    Constants are left out, a long sum is one list, and what a bound did not
    change is passed over.
    """
    moving = [each for each in step.inputs if not isinstance(each.node, Constant)]
    for each in moving:
        first = each is step.inputs[0]
        sums = _is_sum(step.node) and _is_sum(each.node) and first
        bound = isinstance(step.node, Call) and step.node.function in ("min", "max")
        if sums or (bound and len(moving) == 1 and each.inputs and _same(step, each)):
            yield from _below(each)
        else:
            yield each


def _is_sum(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator == "+"


def _same(step: Derivation, inner: Derivation) -> bool:
    return step.value == inner.value and not isinstance(inner.node, Name)


def items_read(root: Derivation, context: Context) -> tuple[str, ...]:
    """Return the data items that a derivation reads, in order, once each."""
    found: dict[str, None] = {}
    for step in root.steps():
        if isinstance(step.node, Name) and step.node.text not in context.asks:
            is_measure = step.node.text == "x" and context.measure
            if not is_measure and not context.is_cell(step.node):
                found[step.node.text] = None
    return tuple(found)

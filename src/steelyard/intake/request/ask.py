"""What is asked of whom (资料需求): of each supplier its figures, goals and tables.

Only what people type is asked. What the folder holds already comes along, so that
it is looked over and not typed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.facts.dictionary import Column, Dictionary, Goal, Item, TableSpec, items_of
from steelyard.facts.ledger import Fact, Ledger, Table
from steelyard.measure.nothing import MISSING

GENERAL = "综合"
"""Who is asked for what the dictionary gives no supplier."""

EVALUATORS = "评价组"
"""The supplier that frameworks name for what the evaluators find out themselves."""

Uses = Mapping[str, Sequence[str]]
"""Indicators by the name of an item or table that they are scored on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePrompt:
    """A single figure that is asked for (数据项)."""

    item: Item
    uses: tuple[str, ...] = ()
    given: Fact | None = None
    """What the folder holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPrompt:
    """A goal whose two sides are asked for (绩效目标)."""

    goal: Goal
    uses: tuple[str, ...] = ()
    target: Fact | None = None
    actual: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePrompt:
    """A table that is asked for (表)."""

    spec: TableSpec
    uses: tuple[str, ...] = ()
    given: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one supplier is asked for (一方的资料), one workbook of it."""

    supplier: str
    figures: tuple[FigurePrompt, ...] = ()
    goals: tuple[GoalPrompt, ...] = ()
    tables: tuple[TablePrompt, ...] = ()

    @property
    def asked(self) -> int:
        """How many figures there are; a goal has two, a table counts once."""
        return len(self.figures) + 2 * len(self.goals) + len(self.tables)

    @property
    def given(self) -> int:
        """How many of them the folder holds."""
        known: list[object] = [each.given for each in self.figures]
        known += [each.given for each in self.tables]
        known += [side for each in self.goals for side in (each.target, each.actual)]
        return sum(each is not None for each in known)

    @property
    def all_uses(self) -> tuple[str, ...]:
        """The indicators that need it, each as often as there are prompts for it."""
        prompts: tuple[FigurePrompt | GoalPrompt | TablePrompt, ...]
        prompts = (*self.figures, *self.goals, *self.tables)
        return tuple(use for prompt in prompts for use in prompt.uses)

    @property
    def uses(self) -> tuple[str, ...]:
        """The indicators that need any of it, each once."""
        return tuple(dict.fromkeys(self.all_uses))

    @property
    def fingerprint(self) -> str:
        """What was asked, in a few letters: it changes when the dictionary does."""
        lines = [_figure_line(each.item) for each in self.figures]
        lines += [_figure_line(item) for each in self.goals for item in items_of(each.goal)]
        for each in self.tables:
            lines.append(f"{each.spec.name} {each.spec.key}")
            lines += [_figure_line(column) for column in each.spec.columns]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """All that is asked for one evaluation (资料需求)."""

    title: str
    """Of the evaluation."""
    department: str
    year: int
    framework: str
    """Its reference, as common-2013@1."""
    due: date | None = None
    shares: tuple[Share, ...]
    """In the order in which the dictionary names the suppliers, 综合 last."""


def what_to_ask(
    dictionary: Dictionary,
    uses: Uses,
    *,
    title: str,
    department: str,
    year: int,
    framework: str,
    ledger: Ledger | None = None,
    due: date | None = None,
) -> Request:
    """Return what must be asked, parted by supplier.

    Args:
        dictionary: Items, goals and tables that the evaluation knows.
        uses: Which indicators are scored on them; what is not there is used by none.
        title: Of the evaluation.
        department: Who is evaluated.
        year: Which year.
        framework: Reference of the framework.
        ledger: What the folder holds already.
        due: The day by which the answers must be back.
    """
    return Request(
        title=title,
        department=department,
        year=year,
        framework=framework,
        due=due,
        shares=shares_of(dictionary, uses, ledger),
    )


def shares_of(
    dictionary: Dictionary, uses: Uses | None = None, ledger: Ledger | None = None
) -> tuple[Share, ...]:
    """Return what each supplier is asked for."""
    uses = uses or {}
    facts = {} if ledger is None else ledger.facts
    tables = {} if ledger is None else ledger.tables
    figures: dict[str, list[FigurePrompt]] = {}
    goals: dict[str, list[GoalPrompt]] = {}
    lists: dict[str, list[TablePrompt]] = {}
    sides = {name for goal in dictionary.goals.values() for name in (goal.target, goal.actual)}
    for item in dictionary.items.values():
        if item.formula is None and item.name not in sides:
            prompt = FigurePrompt(
                item=item, uses=_used(uses, item.name), given=_known(facts, item.name)
            )
            figures.setdefault(item.supplier or GENERAL, []).append(prompt)
    for goal in dictionary.goals.values():
        asked = GoalPrompt(
            goal=goal,
            uses=_used(uses, goal.name, goal.target, goal.actual),
            target=_known(facts, goal.target),
            actual=_known(facts, goal.actual),
        )
        goals.setdefault(goal.supplier or GENERAL, []).append(asked)
    for spec in dictionary.tables.values():
        table = TablePrompt(spec=spec, uses=_used(uses, spec.name), given=tables.get(spec.name))
        lists.setdefault(spec.supplier or GENERAL, []).append(table)
    names = dict.fromkeys([*figures, *goals, *lists])
    return tuple(
        Share(
            supplier=name,
            figures=tuple(figures.get(name, ())),
            goals=tuple(goals.get(name, ())),
            tables=tuple(lists.get(name, ())),
        )
        for name in sorted(names, key=lambda name: name == GENERAL)
    )


def _known(facts: Mapping[str, Fact], name: str) -> Fact | None:
    fact = facts.get(name)
    return None if fact is None or fact.value is MISSING else fact


def _used(uses: Uses, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(use for name in names for use in uses.get(name, ())))


def _figure_line(known: Item | Column) -> str:
    return "\t".join((known.name, known.kind.value, known.unit.name, *known.choices))

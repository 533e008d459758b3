"""What every rule is (评分标准的共同约定).

A rule is one small class: parameters, the tree that awards points, and what
it says of itself. It never rounds, and never asks who is being scored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal as OneOf
from typing import Protocol

from steelyard.files.records import Record
from steelyard.formula.derivation import Derivation
from steelyard.formula.tree import Node
from steelyard.measure.quantity import Quantity, Value

Reading = Mapping[str, str]
"""For each axis of a leaf the reading in use (口径)."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A point at which a rule's wording leaves room (口径点)."""

    key: str
    question: str
    """What has to be decided, in Chinese."""

    choices: Mapping[str, str]
    """The readings with their wording; the usual one first."""

    @property
    def default(self) -> str:
        """The reading in use when nobody chooses."""
        return next(iter(self.choices))

    def is_called(self, text: str) -> bool:
        """Tell whether a text names this axis: its key, or its question as printed."""
        return text in (self.key, self.question)

    def reading(self, text: str) -> str | None:
        """Return the reading that a text names: its code, or its wording as printed."""
        if text in self.choices:
            return text
        return next((use for use, said in self.choices.items() if said == text), None)


@dataclass(frozen=True, slots=True)
class Ask:
    """One point that somebody must judge (评判要点)."""

    key: str
    """How the judgement is named: ①, ②, … or 否决."""

    kind: OneOf["met", "defects", "happened"]
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement: what was found, why, on which evidence (评判结果)."""

    value: Value
    why: str = ""
    evidence: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a rule may speak of when it says why (得分依据)."""

    points: Fraction
    earned: Fraction
    reading: Reading
    measure: Derivation | None
    """The derivation of ``x``; None for a leaf that is judged."""

    measure_name: str
    shown: str
    """``x`` as printed, with enough digits for the score to follow from it."""

    judgements: Mapping[str, Judgement]
    equation: Callable[[Node], str]
    """Says a tree with its figures put in, without its result."""

    rows: tuple[str, ...] = ()
    """Names of the table rows that counted in ``x``."""

    @property
    def x(self) -> Fraction:
        """The measure as a number."""
        if self.measure is not None and isinstance(self.measure.value, Quantity):
            return self.measure.value.base
        return Fraction(0)

    @property
    def lost(self) -> Fraction:
        """Points not earned."""
        return self.points - self.earned


class Rule(Protocol):
    """A rule (评分标准)."""

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return the points that this rule leaves open, for a leaf of ``points``."""

    def asks(self) -> tuple[Ask, ...]:
        """Return what must be judged; none when the measure decides."""

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return the points awarded, as a formula over ``x`` and judgements."""

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the rule as a rubric prints it."""

    def because(self, proof: Proof) -> str:
        """Say why these points were earned."""


CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def circled(number: int) -> str:
    """Return the mark of a point: 1 is ①."""
    return CIRCLED[number - 1]


def positive(record: Record, key: str) -> Fraction:
    """Return a parameter that must be above zero."""
    value = record.number(key)
    if value <= 0 and record.raw(key) is not None:
        record.wrong(key, f"“{key}”应大于零。", "请核对规则参数。")
    return value if value > 0 else Fraction(1)

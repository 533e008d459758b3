"""Rules made of parts: all-or-nothing parts, and a veto over another rule.

(拆分计分、否决). The parts award; the compound only joins them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from steelyard.errors import SteelyardError
from steelyard.files.records import Record
from steelyard.formula.parse import parse
from steelyard.formula.say import say_points
from steelyard.formula.tree import ZERO, Case, Constant, Name, Node, add_up, at_most, number
from steelyard.scoring.rules.rule import Ask, Axis, Proof, Reading, Rule, positive

VETO = "否决"
"""How the judgement of a veto is named."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split rule (部分): all of its points, or none."""

    text: str
    points: Fraction
    when: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Award each part all or nothing (分项全得或不得)."""

    parts: tuple[Part, ...]

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the parts with their conditions over the facts."""
        parts: list[Part] = []
        for each in record.records("parts"):
            text = each.text("when")
            when: Node = Constant(False)
            try:
                when = parse(text) if text else when
            except SteelyardError as error:
                record.problems.add(error.at(each.where("when")))
            parts.append(Part(each.text("text"), positive(each, "points"), when))
            each.finish()
        if not parts:
            record.wrong("parts", "没有任何部分。", "请写 parts = [{text=…, when=…}, …]。")
        record.finish()
        return cls(parts=tuple(parts))

    @property
    def total(self) -> Fraction:
        """What the parts add up to."""
        return sum((part.points for part in self.parts), Fraction(0))

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return no axes of its own."""
        return ()

    def asks(self) -> tuple[Ask, ...]:
        """Ask nobody: the facts decide."""
        return ()

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return the sum of the parts that hold, at most W."""
        total = add_up([Case(((part.when, number(part.points)),), ZERO) for part in self.parts])
        return at_most(total, number(points)) if self.total > points else total

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the parts."""
        parts = [f"{part.text}的，得{say_points(part.points)}分，否则不得分" for part in self.parts]
        return "；".join(parts) + "。"

    def because(self, proof: Proof) -> str:
        """Say which parts hold."""
        outcomes = []
        for part in self.parts:
            holds = proof.equation(Case(((part.when, number(1)),), ZERO)) == "1"
            outcome = f"得{say_points(part.points)}分" if holds else "不成立，不得分"
            outcomes.append(f"{part.text}（{proof.equation(part.when)}）：{outcome}")
        return "；".join(outcomes) + f"；合计得{say_points(proof.earned)}分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """Award nothing when something grave happened, else what the inner rule says (一票否决)."""

    text: str
    inner: Rule

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return the axes of the inner rule."""
        return self.inner.axes(points)

    def asks(self) -> tuple[Ask, ...]:
        """Ask whether it happened, then what the inner rule asks."""
        return (Ask(VETO, "happened", self.text), *self.inner.asks())

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return 0 when it happened."""
        return self.over(self.inner.tree(points, reading))

    def over(self, inner: Node) -> Node:
        """Return 0 when it happened, else ``inner``."""
        return Case(((Name((VETO,)), ZERO),), inner)

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the inner rule, then the veto."""
        return f"{self.inner.wording(points, measure)}{self.text}的，分值全部扣除。"

    def because(self, proof: Proof) -> str:
        """Say that it happened, or what the inner rule says."""
        judgement = proof.judgements.get(VETO)
        if judgement is not None and judgement.value is True:
            why = f"（{judgement.why.rstrip('。')}）" if judgement.why else ""
            return f"{self.text}{why}，分值全部扣除"
        return self.inner.because(proof)

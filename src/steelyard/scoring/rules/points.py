"""Rules that turn judgements, point by point, into points (按要点计分).

What was judged stands in the evaluation folder with its reason; the rule only
counts. No score is ever typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from steelyard.files.records import Record
from steelyard.formula.say import say, say_points
from steelyard.formula.tree import (
    ZERO,
    Case,
    Label,
    Name,
    Node,
    Not,
    add_up,
    at_least,
    at_most,
    minus,
    number,
    percent,
    times,
)
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.scoring.rules.rule import Ask, Axis, Judgement, Proof, Reading, circled, positive


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a checklist (要点): its text, and its points or share."""

    text: str
    worth: Fraction


def _read_points(record: Record, key: str) -> tuple[Point, ...]:
    points = []
    for each in record.records("points"):
        points.append(Point(each.text("text"), each.number(key)))
        each.finish()
    if not 1 <= len(points) <= 20:
        record.wrong("points", "要点应为1至20个。", "请写 points = [{text=…}, …]。")
    return tuple(points[:20])


def _asks(points: tuple[Point, ...], *, defects: bool = False) -> tuple[Ask, ...]:
    kind = "defects" if defects else "met"
    return tuple(
        Ask(circled(index), kind, point.text)  # type: ignore[arg-type]  # one of Ask's kinds
        for index, point in enumerate(points, start=1)
    )


def _met(index: int, worth: Node) -> Node:
    return Case(((Name((circled(index),)), worth),), ZERO)


def _judged(judgements: Mapping[str, Judgement], asks: tuple[Ask, ...], value: Value) -> str:
    """Say which points were judged so, each with its reason."""
    parts = []
    for ask in asks:
        judgement = judgements.get(ask.key)
        if judgement is not None and judgement.value is value:
            why = f"（{judgement.why.rstrip('。')}）" if judgement.why else ""
            parts.append(f"{ask.key}{ask.text}{why}")
    return "；".join(parts)


def _cost(proof: Proof, defects: str) -> str:
    """Say the defects and what they cost, which may be nothing."""
    earned = say_points(proof.earned)
    if proof.lost == 0:
        return f"{defects}；未影响得分，得满分{earned}分"
    return f"{defects}；扣{say_points(proof.lost)}分，得{earned}分"


def _outcome(proof: Proof, asks: tuple[Ask, ...]) -> str:
    """Say which points earned nothing, and what that costs."""
    kinds: dict[str, Value] = {"不符合": False, "不适用": NOT_APPLICABLE}
    said = {word: _judged(proof.judgements, asks, value) for word, value in kinds.items()}
    if any(said.values()):
        return _cost(proof, "；".join(f"{word}：{text}" for word, text in said.items() if text))
    if proof.lost == 0:
        return f"{len(asks)}项要点均符合，得满分{say_points(proof.points)}分"
    return f"{len(asks)}项要点均符合，合计不足分值，得{say_points(proof.earned)}分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Award the points of every item that is met (按要点得分)."""

    points: tuple[Point, ...]

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the items with their points."""
        rule = cls(points=_read_points(record, "points"))
        record.finish()
        return rule

    @property
    def total(self) -> Fraction:
        """What the items add up to."""
        return sum((point.worth for point in self.points), Fraction(0))

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return how items are fitted that do not add up to the leaf."""
        if self.total == points:
            return ()
        return (
            Axis(
                "fit",
                f"要点合计{say_points(self.total)}分而分值为{say_points(points)}分，如何计",
                {"scale": "各要点按分值同比折算", "cap": "各要点照标准计分，以分值为限"},
            ),
        )

    def asks(self) -> tuple[Ask, ...]:
        """Ask of every item whether it is met."""
        return _asks(self.points)

    def worth(self, point: Point, points: Fraction, reading: Reading) -> Fraction:
        """Return what one item earns."""
        if reading.get("fit") == "scale" and self.total:
            return point.worth * points / self.total
        return point.worth

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return the sum of the items met, at most W."""
        parts = [
            _met(index, number(self.worth(point, points, reading)))
            for index, point in enumerate(self.points, start=1)
        ]
        total = add_up(parts)
        return at_most(total, number(points)) if self.total > points else total

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the items."""
        parts = [
            f"{circled(index)}{point.text}，计{say_points(point.worth)}分"
            for index, point in enumerate(self.points, start=1)
        ]
        return "；".join(parts) + "。"

    def because(self, proof: Proof) -> str:
        """Say what was not met and what it costs."""
        return _outcome(proof, self.asks())


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistShare:
    """Award the share of every item that is met (按要点权重得分)."""

    points: tuple[Point, ...]

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the items with their shares."""
        rule = cls(points=_read_points(record, "share"))
        record.finish()
        return rule

    @property
    def total(self) -> Fraction:
        """What the shares add up to."""
        return sum((point.worth for point in self.points), Fraction(0))

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return no axes of its own."""
        return ()

    def asks(self) -> tuple[Ask, ...]:
        """Ask of every item whether it is met."""
        return _asks(self.points)

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W × the shares met, at most W."""
        parts = [
            _met(index, percent(point.worth)) for index, point in enumerate(self.points, start=1)
        ]
        total = add_up(parts)
        capped = at_most(total, number(1)) if self.total > 1 else total
        return times(number(points), capped)

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the items."""
        parts = [
            f"{circled(index)}{point.text}，占{say(percent(point.worth))}"
            for index, point in enumerate(self.points, start=1)
        ]
        return "；".join(parts) + "。全部符合得满分，一项不符扣减该项分值。"

    def because(self, proof: Proof) -> str:
        """Say what was not met and what it costs."""
        return _outcome(proof, self.asks())


def _defects(judgements: Mapping[str, Judgement], asks: tuple[Ask, ...]) -> str:
    parts = []
    for ask in asks:
        judgement = judgements.get(ask.key)
        if (
            judgement is None
            or not isinstance(judgement.value, Quantity)
            or not judgement.value.base
        ):
            continue
        why = f"（{judgement.why.rstrip('。')}）" if judgement.why else ""
        parts.append(f"{ask.key}{ask.text}，{judgement.value.digits()}处{why}")
    return "；".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistDefects:
    """Take away a share for every defect in a point (每有一处不符扣比例).

    No point loses more than its own share (扣完为止).
    """

    points: tuple[Point, ...]
    lose: Fraction

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the points with their shares, and what a defect costs."""
        rule = cls(points=_read_points(record, "share"), lose=positive(record, "lose"))
        record.finish()
        return rule

    @property
    def total(self) -> Fraction:
        """What the shares add up to."""
        return sum((point.worth for point in self.points), Fraction(0))

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return of what a defect takes its share."""
        return (
            Axis(
                "base",
                f"“扣减本项分值的{say(percent(self.lose))}”以什么为基数",
                {"leaf": "以本指标分值为基数", "point": "以该要点分值为基数"},
            ),
        )

    def asks(self) -> tuple[Ask, ...]:
        """Ask of every point how many defects there are."""
        return _asks(self.points, defects=True)

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W × (1 − the shares lost)."""
        losses: list[Node] = []
        for index, point in enumerate(self.points, start=1):
            share = self.lose * (point.worth if reading["base"] == "point" else 1)
            count = Name((circled(index),))
            losses.append(at_most(times(percent(share), count), percent(point.worth)))
        rest = at_least(minus(number(1), add_up(losses)))
        return times(number(points), rest)

    def wording(self, points: Fraction, measure: str) -> str:
        """Say the points and what a defect costs."""
        parts = [
            f"{circled(index)}{point.text}，占{say(percent(point.worth))}"
            for index, point in enumerate(self.points, start=1)
        ]
        return (
            f"{'；'.join(parts)}。每有一处不符扣减本项分值的{say(percent(self.lose))}，扣完为止。"
        )

    def because(self, proof: Proof) -> str:
        """Say the defects and what they cost."""
        listed = _defects(proof.judgements, self.asks())
        if not listed:
            return f"{len(self.points)}项要点均无不符，得满分{say_points(proof.points)}分"
        return _cost(proof, f"不符之处：{listed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defects:
    """Take away points or a share for every defect (每有一项不符扣分).

    Either each of ``items`` is required and judged, or the defects are
    counted (``count`` says what is counted).
    """

    lose: Fraction
    by_share: bool
    items: tuple[str, ...] = ()
    count: str = ""

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read what a defect costs and what is required."""
        raw = record.raw("lose")
        rule = cls(
            lose=positive(record, "lose"),
            by_share=isinstance(raw, str) and raw.strip()[-1:] in "%％",
            items=record.texts("items"),
            count=record.text("count", ""),
        )
        if bool(rule.items) == bool(rule.count) or len(rule.items) > 20:
            record.wrong("items", "应写 items（20项以内）或 count 之一。", "请补上或删去一项。")
        record.finish()
        return rule

    def axes(self, points: Fraction) -> tuple[Axis, ...]:
        """Return no axes of its own."""
        return ()

    def asks(self) -> tuple[Ask, ...]:
        """Ask of every item whether it is there, or how many defects there are."""
        if self.count:
            return (Ask("①", "defects", self.count),)
        return tuple(
            Ask(circled(index), "met", text) for index, text in enumerate(self.items[:20], start=1)
        )

    def loss(self, points: Fraction) -> Node:
        """Return what one defect costs."""
        if self.by_share:
            return times(number(points), percent(self.lose))
        return number(self.lose)

    def tree(self, points: Fraction, reading: Reading) -> Node:
        """Return W − loss × defects, never below 0."""
        one = number(1)
        counted: Node = Name(("①",))
        if not self.count:
            absent: list[Node] = [
                Case(((Not(Name((ask.key,))), one),), ZERO) for ask in self.asks()
            ]
            counted = Label("缺失项数", add_up(absent))
        return at_least(minus(number(points), times(self.loss(points), counted)))

    def wording(self, points: Fraction, measure: str) -> str:
        """Say what a defect costs."""
        cost = f"{say(percent(self.lose))}的分值" if self.by_share else f"{say_points(self.lose)}分"
        if self.count:
            return f"每有一项不符合要求扣{cost}，扣完为止（{self.count}）。"
        listed = "；".join(f"{ask.key}{ask.text}" for ask in self.asks())
        return f"{listed}。满分{say_points(points)}分，每缺少一项扣{cost}，扣完为止。"

    def because(self, proof: Proof) -> str:
        """Say the defects and what they cost."""
        if self.count:
            listed = _defects(proof.judgements, self.asks())
        else:
            listed = _judged(proof.judgements, self.asks(), False)
        if not listed:
            return f"没有不符合要求的，得满分{say_points(proof.points)}分"
        return _cost(proof, f"不符合：{listed}")

"""Indicators of a self-evaluation, one by one (指标核对): target, actual, score.

A score below full wants a reason, and a full score wants its target reached.
What a local rule may explain is asked about, never called an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.intake.self_evaluation.entry import Entry
from steelyard.intake.self_evaluation.form import Leaf, SelfEvaluation
from steelyard.intake.self_evaluation.table_form import NO_REASON
from steelyard.intake.sighting import Contradiction
from steelyard.intake.wording import tight
from steelyard.measure.number import narrow, trimmed
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PURE

_OVER = Fraction(13, 10)
"""Share of the target above which a reason is asked for."""

_BELOW = frozenset({"≤", "<"})
_ABOVE = frozenset({"≥", ">"})


def check_leaves(form: SelfEvaluation, about: str) -> Iterator[Contradiction]:
    """Yield what is wrong with single indicators of a form.

    Args:
        form: As it was filled in.
        about: Begins each message: which project.
    """
    # A form that nobody scored yet is not full of blanks: it is not filled in.
    scored = any(leaf.score is not None and leaf.score.number for leaf in form.leaves)
    for leaf in form.leaves:
        named = f"{about}“{leaf.name.said}”"
        yield from _copied(leaf, named)
        if scored:
            yield from _scored(leaf, named)
        yield from _units(leaf, named)


def _copied(leaf: Leaf, named: str) -> Iterator[Contradiction]:
    """Yield an actual value that is the target over again: ≥95%."""
    actual, target = leaf.actual, leaf.target
    if actual is None or target is None or actual.sign not in _BELOW | _ABOVE:
        return
    if actual.number is None:
        return
    same = "与指标值相同，" if tight(actual.text) == tight(target.text) else ""
    yield Contradiction(
        what=f"{named}的实际完成值填的是“{actual.said}”，{same}是一个范围，不是完成的数。",
        mend="请填实际完成的数，不要照抄指标值。",
        places=(actual.place, target.place),
        quotes=(actual.said, target.said),
    )


def _scored(leaf: Leaf, named: str) -> Iterator[Contradiction]:
    points, score, actual = leaf.points, leaf.score, leaf.actual
    most = points.number if points is not None else None
    got = score.number if score is not None else None
    if points is None or score is None or most is None or got is None:
        return
    if got.base > most.base:
        yield Contradiction(
            what=f"{named}得{score.said}分，超过分值{points.said}分。",
            mend="得分不得超过分值，请改正。",
            places=(score.place, points.place),
            quotes=(score.said, points.said),
        )
        return
    full = got.base == most.base and most.base > 0
    if actual is not None and actual.blank and got.base > 0:
        yield Contradiction(
            what=f"{named}没有填实际完成值，却得{score.said}分（分值{points.said}分）。",
            mend="请填实际完成值，或改正得分。",
            places=(actual.place, score.place),
            quotes=(actual.said, score.said),
            certain=full,
        )
        return
    missed = _missed(leaf)
    if missed and full:
        yield _full_though_missed(leaf, named, points, score)
    elif missed and _generous(leaf, got, most):
        yield _above_the_share(leaf, named, got, most)
    if not full:
        yield from _without_reason(
            leaf, named, f"得{score.said}分，低于分值{points.said}分，", score
        )
    elif not missed:
        yield from _far_over(leaf, named)


def _pair(leaf: Leaf) -> tuple[Quantity, Quantity] | None:
    """Return target and actual when they can be compared."""
    target = leaf.target.number if leaf.target is not None else None
    actual = leaf.actual.number if leaf.actual is not None else None
    if target is None or actual is None or leaf.target is None or leaf.actual is None:
        return None
    if leaf.actual.sign or target.dimension != actual.dimension:
        return None
    # 98 beside ≥95% is as likely 98% as 98 times.
    if target.dimension == PURE and target.unit.factor != actual.unit.factor:
        return None
    # 1 under a column of percents may be all of it.
    whole = target.dimension == PURE and abs(actual.amount) <= 1 < abs(target.amount)
    return None if whole and "%" not in narrow(leaf.actual.text) else (target, actual)


def _missed(leaf: Leaf) -> bool:
    """Tell whether the target was missed beyond doubt: by its sign, and by the last digit."""
    pair = _pair(leaf)
    if pair is None or leaf.target is None or leaf.actual is None:
        return False
    target, actual = pair
    slack = leaf.target.half if target.places else Fraction(0)
    slack += leaf.actual.half if actual.places else Fraction(0)
    sign = leaf.target.sign
    if sign in _BELOW:
        return actual.base - slack > target.base
    return sign in _ABOVE | {"="} and actual.base + slack < target.base


def _share(leaf: Leaf) -> Fraction | None:
    """Return which share of a missed target was reached: by the proportional rule."""
    pair = _pair(leaf)
    if pair is None or leaf.target is None:
        return None
    target, actual = pair
    if target.base <= 0 or actual.base <= 0:
        return Fraction(0)
    lower = leaf.target.sign in _BELOW
    return target.base / actual.base if lower else actual.base / target.base


def _generous(leaf: Leaf, got: Quantity, most: Quantity) -> bool:
    share = _share(leaf)
    half = leaf.score.half if leaf.score is not None else Fraction(0)
    return share is not None and got.base - half > share * most.base


def _full_though_missed(leaf: Leaf, named: str, points: Entry, score: Entry) -> Contradiction:
    target, actual = leaf.target, leaf.actual
    said = target.said if target is not None else ""
    reached = actual.said if actual is not None else ""
    sign = target.sign if target is not None and target.sign not in said else ""
    return Contradiction(
        what=f"{named}的指标值是“{sign}{said}”，实际完成“{reached}”，没有达到，"
        f"却得满分{points.said}分。",
        mend="请核对实际完成值，或按完成情况扣分并说明原因。",
        places=tuple(each.place for each in (score, actual, target) if each is not None),
        quotes=tuple(each.said for each in (score, actual, target) if each is not None),
    )


def _above_the_share(leaf: Leaf, named: str, got: Quantity, most: Quantity) -> Contradiction:
    share = _share(leaf) or Fraction(0)
    due = trimmed(share * most.base, 2)
    entries = [each for each in (leaf.score, leaf.actual, leaf.target) if each is not None]
    return Contradiction(
        what=f"{named}没有达到指标值，按完成比例应得{due}分，得的是{got.digits()}分。",
        mend="请按评分规则核对得分；另有规定的，请注明。",
        places=tuple(each.place for each in entries),
        quotes=tuple(each.said for each in entries),
        certain=False,
    )


def _without_reason(leaf: Leaf, named: str, why: str, score: Entry) -> Iterator[Contradiction]:
    if leaf.reason is None or not gives_no_reason(leaf.reason.text):
        return
    yield Contradiction(
        what=f"{named}{why}没有写原因。",
        mend="请写明扣分的原因和改进措施。",
        places=(leaf.reason.place, score.place),
        quotes=(leaf.reason.said, score.said),
        certain=False,
    )


def gives_no_reason(text: str) -> bool:
    """Tell whether a text where a reason should stand gives none."""
    return tight(text).strip("。.;；,，") in NO_REASON


def _far_over(leaf: Leaf, named: str) -> Iterator[Contradiction]:
    """Yield a target exceeded by far, without a word why."""
    pair = _pair(leaf)
    if pair is None or leaf.target is None or leaf.actual is None:
        return
    target, actual = pair
    if leaf.target.sign in _BELOW or target.base <= 0 or actual.base <= _OVER * target.base:
        return
    if leaf.reason is not None and not gives_no_reason(leaf.reason.text):
        return
    share = trimmed(actual.base / target.base * 100, 2)
    yield Contradiction(
        what=f"{named}的指标值是“{leaf.target.said}”，实际完成“{leaf.actual.said}”，"
        f"完成{share}%，超过130%，没有说明原因。",
        mend="请说明是目标定低了，还是另有原因。",
        places=(leaf.actual.place, leaf.target.place),
        quotes=(leaf.actual.said, leaf.target.said),
        certain=False,
    )


def _units(leaf: Leaf, named: str) -> Iterator[Contradiction]:
    """Yield a target and an actual that measure different things."""
    if leaf.target is None or leaf.actual is None:
        return
    target, actual = leaf.target.number, leaf.actual.number
    if target is None or actual is None or target.dimension == actual.dimension:
        return
    if not target.unit.name or not actual.unit.name:
        return
    yield Contradiction(
        what=f"{named}的指标值“{leaf.target.said}”和实际完成值“{leaf.actual.said}”单位不同："
        f"{target.unit.name}和{actual.unit.name}。",
        mend="请按指标值的单位填实际完成值。",
        places=(leaf.actual.place, leaf.target.place),
        quotes=(leaf.actual.said, leaf.target.said),
        certain=False,
    )

"""What references say of one leaf (单项指标的说法): wording, facts, verdicts, reasons.

Each word takes scores and a subject, and returns text: empty where a group has
no such thing, None where something is missing.
"""

from __future__ import annotations

from steelyard.formula.tree import Name
from steelyard.framework.indicator import Leaf
from steelyard.measure.nothing import MISSING, Nothing
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import PERCENT
from steelyard.report.compose.printed import Format, printed
from steelyard.report.compose.scores import Scores, Subject


def meaning(_: Scores, subject: Subject) -> str:
    """Say what a leaf means."""
    return subject.meaning if isinstance(subject, Leaf) else ""


def wording(scores: Scores, subject: Subject) -> str:
    """Say its rule."""
    award = scores.award(subject)
    return "" if award is None else award.wording


def because(scores: Scores, subject: Subject) -> str | None:
    """Say how its score came about."""
    award = scores.award(subject)
    if award is None:
        return ""
    return None if award.earned is None else award.because.rstrip("。")


def reckoned(scores: Scores, subject: Subject) -> str | None:
    """Say how the score was reckoned: the measure with its figures, and what the rule gives."""
    award = scores.award(subject)
    if award is None:
        return ""
    if award.earned is None:
        return None
    return "；".join(part for part in (award.equation, award.ground) if part)


def why_lost(scores: Scores, subject: Subject) -> str | None:
    """Say why points were lost; a dash where none were."""
    earned = scores.earned(subject)
    if earned is None:
        return None
    return because(scores, subject) if earned != scores.points(subject) else "—"


def equation(scores: Scores, subject: Subject) -> str | None:
    """Say its measure with the figures put in."""
    award = scores.award(subject)
    if award is None:
        return ""
    return None if award.earned is None else award.equation


def measured(scores: Scores, subject: Subject) -> str | None:
    """Say what its measure came to."""
    award = scores.award(subject)
    if award is None or award.measure is None or award.measure.value is MISSING:
        return None
    return printed(award.measure.value, Format())


def target(scores: Scores, subject: Subject) -> str | None:
    """Say the target of its goal, sign included."""
    ledger = scores.outcome.evaluation.ledger
    goal = ledger.dictionary.goals.get(subject.goal) if isinstance(subject, Leaf) else None
    if goal is None:
        return "—"
    value = ledger.look_up(Name(tuple(goal.target.split(".")))).value
    sign = "" if goal.sign == "=" else goal.sign
    return None if value is MISSING else f"{sign}{printed(value, Format())}"


def actual(scores: Scores, subject: Subject) -> str | None:
    """Say what was achieved: of the goal, else the measure."""
    ledger = scores.outcome.evaluation.ledger
    goal = ledger.dictionary.goals.get(subject.goal) if isinstance(subject, Leaf) else None
    if goal is None:
        return _measure_said(scores, subject)
    value = ledger.look_up(Name(tuple(goal.actual.split(".")))).value
    return None if value is MISSING else printed(value, Format())


def _measure_said(scores: Scores, subject: Subject) -> str:
    """Say the measure of a leaf without a goal: a bare count would not say of what."""
    text = measured(scores, subject)
    if text is None or not isinstance(subject, Leaf):
        return "—"
    if text.endswith("%") or not subject.measure_name or subject.measure_name == subject.name:
        return text
    return f"{subject.measure_name}{text}"


def completion(scores: Scores, subject: Subject) -> str | None:
    """Say actual over target as a percentage."""
    ledger = scores.outcome.evaluation.ledger
    goal = ledger.dictionary.goals.get(subject.goal) if isinstance(subject, Leaf) else None
    if goal is None:
        return "—"
    pair = [ledger.look_up(Name(tuple(n.split(".")))).value for n in (goal.actual, goal.target)]
    if any(isinstance(value, Nothing) for value in pair):
        return None
    actual, target = pair
    if not isinstance(actual, Quantity) or not isinstance(target, Quantity) or not target.base:
        return "—"
    ratio = actual.over(target)
    return printed(Quantity(ratio.base, ratio.dimension, PERCENT), Format(places=2))


def readings(scores: Scores, subject: Subject) -> str:
    """Say the readings that were chosen on purpose, with their reasons."""
    if not isinstance(subject, Leaf):
        return ""
    choices = scores.outcome.card.choices.get(subject.text, {})
    return "；".join(choice.why for choice in choices.values() if choice.why)


_RECONCILING = ("fit", "promise")
"""Axes on which a rule that gives other points than its indicator has is read."""


def reconciled(scores: Scores, subject: Subject) -> str:
    """Say how a rule is read whose points are not those of its indicator, in brackets."""
    if not isinstance(subject, Leaf) or scores.as_published:
        return ""
    reasons = [subject.readings[axis].why for axis in _RECONCILING if axis in subject.readings]
    said = "；".join(reason.rstrip("。") for reason in reasons if reason)
    return f"（{said}。）" if said else ""


def judged(scores: Scores, subject: Subject) -> str | None:
    """Say what was found point by point, what is not met first."""
    if not isinstance(subject, Leaf):
        return ""
    evaluation = scores.outcome.evaluation
    given = evaluation.judgements.get(subject.text, {})
    asks = [ask for ask in evaluation.rubric.leaf(subject.text).asks() if ask.key in given]
    if not asks:
        return None
    said, met = [], []
    for ask in asks:
        verdict = given[ask.key]
        fault = _fault(ask.kind, verdict.value)
        if fault:
            said.append(f"{ask.key}{ask.text}：{fault}{verdict.why and f'，{verdict.why}'}")
        elif ask.kind == "happened":
            met.append("没有发生否决情形")
        else:
            met.append(f"{ask.key}符合要求")
    good = [each.removesuffix("符合要求") for each in met if each.endswith("符合要求")]
    others = [each for each in met if not each.endswith("符合要求")]
    return "；".join([*said, *([f"{'、'.join(good)}符合要求"] if good else []), *others])


def _fault(kind: str, value: object) -> str:
    """Say what is wrong with a point; nothing when it is as it should be."""
    if kind == "happened":
        return "发生" if value is True else ""
    if isinstance(value, Quantity):
        return f"{value.digits()}处不符" if value.base else ""
    return "" if value is True else "不符合"

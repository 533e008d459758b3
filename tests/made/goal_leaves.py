"""Leaves that compare an actual with its target (目标指标), by every fitting rule.

Targets are missed, met, exceeded, and now and then far exceeded. What is earned
is reckoned here from the very figures that are written.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from tests.made.candidate import (
    BANDS,
    EFFECT,
    OUTPUT,
    Candidate,
    Path,
    Readings,
    banded,
    bands,
    because,
    bounded,
    said,
)
from tests.made.draft import Draft, Goal, Leaf
from tests.made.style import goal_words

from steelyard.measure.rounding import round_half_up

Entry = tuple[object, ...]


def goal_candidates(draft: Draft) -> list[Candidate]:
    """Return the goals of the field, then those of any department."""
    sector = draft.style.words
    found = []
    for entries, part in (
        (sector.output, "output"),
        (sector.effect, "effect"),
        (goal_words("any", "output"), "output"),
        (goal_words("any", "effect"), "effect"),
        (goal_words("any", "service"), "service"),
    ):
        shuffled = list(entries)
        draft.chance.shuffle(shuffled)
        found += [
            Candidate(str(each[0]), _topics(each, part), partial(_leaf, each, part))
            for each in shuffled
        ]
    return found


def _topics(entry: Entry, part: str) -> tuple[str, ...]:
    _, unit, sign, *_ = entry
    if part == "effect":
        return ("effect", "cost") if sign == "≤" and unit != "件" else ("effect",)
    if part == "service":
        return ("service",)
    if sign == "≤":
        return ("timely",)
    return ("quality",) if unit == "%" else ("output",)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def _goal(entry: Entry, draft: Draft) -> Goal:
    """Draw target and actual."""
    chance = draft.chance
    name, unit, sign, meaning = str(entry[0]), str(entry[1]), str(entry[2]), str(entry[6])
    low, high, places = _whole(entry[3]), _whole(entry[4]), _whole(entry[5])
    scale = 10**places
    target = Fraction(chance.randint(low, high))
    if places and chance.random() < 0.4:
        target = Fraction(chance.randint(low * scale, high * scale), scale)
    share = unit == "%" and "增长" not in name and sign != "≤"
    draw = chance.random()
    if draw < 0.25:
        actual = target
    elif draw < 0.55:
        # A rate is seldom missed by much.
        actual = target * chance.randint(860 if share else 550, 995) / 1000
    elif draw < 0.9:
        actual = target * chance.randint(1003, 1280) / 1000
    else:
        actual = target * chance.randint(150, 260) / 100
    actual = Fraction(int(actual * scale), scale)
    if share:
        actual = min(actual, Fraction(100))
    return Goal(name, sign, unit, meaning, target, actual, places)


def _leaf(entry: Entry, part: str, draft: Draft, path: Path, points: Fraction) -> Leaf:
    goal = _goal(entry, draft)
    draft.goals[goal.name] = goal
    if "增长" in goal.name:
        made = _growth(goal, draft, points)
    elif goal.sign == "≤":
        made = _reverse(goal, draft, points)
    else:
        made = draft.chance.choice(_FORWARD)(goal, draft, points)
    rule, readings, earned = made
    growth = rule["use"] == "completion-growth"
    below = "高于" if goal.sign == "≤" else "低于"
    return Leaf(
        path=path,
        points=points,
        meaning=f"{goal.meaning}，反映目标的实现程度。",
        rule=rule,
        earned=earned,
        fault=(
            f"{goal.name}目标值{said('目标值', path)}，实际完成{said('实际值', path)}，"
            f"{below}目标，完成率{said('完成率', path)}"
        ),
        area=OUTPUT if part == "output" else EFFECT,
        advice=f"查明{goal.name}未达到目标的原因，将任务分解到季度，按月调度",
        measure=f"{goal.name}.实际值" if growth else f"{goal.name}.实际值 / {goal.name}.目标值",
        measure_name="实际增速" if growth else "实际完成率",
        goal=goal.name,
        readings=readings,
        evidence=("绩效目标表", "年度统计资料"),
    )


Made = tuple[dict[str, object], Readings, Fraction]


def _completion(goal: Goal, draft: Draft, points: Fraction) -> Made:
    readings: Readings = {}
    share = goal.share
    if draft.chance.random() < 0.15:
        use = draft.chance.choice(["2", "0"])
        readings["rate"] = because(use, "完成率先舍入再计分，与统计口径一致。")
        share = round_half_up(share, 2 + int(use))
    return {"use": "completion"}, readings, points * min(share, Fraction(1))


def _bands(goal: Goal, draft: Draft, points: Fraction) -> Made:
    floors = draft.chance.choice(BANDS)
    rule: dict[str, object] = {"use": "bands", "bands": bands(floors, points)}
    return rule, {}, points * banded(floors, goal.share)


def _exact_bands(goal: Goal, _: Draft, points: Fraction) -> Made:
    """Name only 100 % itself for full points: what lies above is read explicitly."""
    listed: list[object] = [
        {"at": "100%", "points": points},
        {"from": "80%", "below": "100%", "points": points * Fraction(3, 4)},
        {"from": "60%", "below": "80%", "points": points / 2},
        {"below": "60%", "points": 0},
    ]
    share = banded(((100, 100), (80, 75), (60, 50)), goal.share)
    readings: Readings = {"uncovered": because("top", "超额完成的按最高一档计分。")}
    return {"use": "bands", "bands": listed}, readings, points * share


def _steps(goal: Goal, draft: Draft, points: Fraction) -> Made:
    each = draft.chance.choice([1, 5])
    partial_use = draft.chance.choice(["whole", "started", "pro-rata"])
    lose = points / 20 if each == 1 else points / 5
    ratio = (1 - goal.share) * 100 / each
    steps = {"whole": Fraction(ratio // 1), "started": Fraction(-(-ratio // 1)), "pro-rata": ratio}
    lost = lose * steps[partial_use] if ratio > 0 else Fraction(0)
    rule: dict[str, object] = {
        "use": "steps",
        "base": "100%",
        "side": "below",
        "each": f"{each}%",
        "lose": lose,
    }
    why = {"whole": "不足一步的不扣。", "started": "不足一步按一步扣。", "pro-rata": "按比例扣。"}
    readings: Readings = {"partial": because(partial_use, why[partial_use])}
    return rule, readings, bounded(points - lost, points)


def _reverse(goal: Goal, draft: Draft, points: Fraction) -> Made:
    use = draft.chance.choice(["reciprocal", "two-minus"])
    x = goal.share
    share = Fraction(1)
    if x > 1:
        share = 1 / x if use == "reciprocal" else max(Fraction(0), 2 - x)
    readings: Readings = {"reverse": because(use, "评分标准写明按比例扣减，未写折算方法。")}
    return {"use": "completion-reverse"}, readings, points * share


def _growth(goal: Goal, draft: Draft, points: Fraction) -> Made:
    use = draft.chance.choice(["ratio", "ratio", "index"])
    actual, target = goal.actual / 100, goal.target / 100
    share = (1 + actual) / (1 + target) if use == "index" else actual / target
    earned = points * bounded(share, Fraction(1)) if actual > 0 else Fraction(0)
    rule: dict[str, object] = {"use": "completion-growth", "target": f"{goal.name}.目标值"}
    readings: Readings = {"growth": because(use, "评分标准未写明增速如何相比。")}
    if draft.style.open_points:
        other = "index" if use == "ratio" else "ratio"
        readings["growth"] = {**readings["growth"], "also": [other]}
    return rule, readings, earned


_FORWARD = (_completion, _completion, _completion, _bands, _exact_bands, _steps)

"""Deductions that are counted (按件扣分): R08.

每一项未完成扣 0.5 分: the points lost say how many items were counted. The number
has to be whole, and the list of projects has to have as many that are not done.
"""

from __future__ import annotations

import re
from fractions import Fraction

from steelyard.doctor.arithmetic import half_step, shown
from steelyard.doctor.finding import Place, Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.subject.indicators import Indicator, indicators
from steelyard.doctor.subject.projects import words as project_words
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View

_COUNT = re.compile(
    "每(?:有|发现|出现|存在)?(?:一|1)?(?:项|处|个|次|例|件)(?P<what>[^，。；\ue000]{0,14}?)"
    f"，?扣(?:减|除)?(?P<lose>{NUMBER})"
)
_UNDONE = re.compile("未完成|未按(?:期|时)|未及时|逾期")
_WORK = re.compile("工作|项目|任务")
_FEWEST_ROWS = 5


def check(view: View, pen: Pen) -> None:
    """Compare the number of items that a deduction implies with the list of projects."""
    undone = _undone(view)
    for indicator in indicators(view):
        rule = indicator.rule
        match = _COUNT.search(rule.skeleton.text) if rule is not None else None
        if rule is None or match is None:
            continue
        each = rule.skeleton.figure_at(match.start("lose"))
        score = next(
            ((e.earned, e.points) for e in indicator.entries if e.earned and e.points), None
        )
        if score is None or each.unit != "分" or not each.value:
            continue
        (earned_at, earned), (_, points) = score
        lost = points.value - earned.value
        number = _whole(lost / each.value, half_step(earned) / each.value)
        if not lost or not earned.value:
            continue
        place = place_of(earned_at, earned)
        if number.denominator != 1:
            _not_whole(indicator, place, f"{shown(lost)}÷{each.digits}", pen)
        elif _UNDONE.search(rule.text) and _WORK.search(rule.text) and undone:
            if number == len(undone):
                pen.verified("R08", [amount[1] for amount in indicator.earned()])
            elif number < len(undone):
                _fewer(indicator, rule, place, (int(number), undone), pen)


def _whole(number: Fraction, slack: Fraction) -> Fraction:
    """Return the whole number that rounding of the score may have moved, else the number."""
    near = Fraction(round(number))
    return near if abs(number - near) <= slack else number


def _undone(view: View) -> list[Place]:
    """Return the states of the list of projects that say that one is not done."""
    w = project_words()
    for grid in view.grids:
        states: list[Place] = []
        done = 0
        for passage in grid.passages.values():
            cell = passage.cell
            if cell is None or cell.row < grid.body.start or len(passage.text) > 8:
                continue
            if w.not_done.search(passage.text) or w.not_begun.search(passage.text):
                states.append(whole(passage))
            elif w.done.search(passage.text):
                done += 1
        if states and done + len(states) >= _FEWEST_ROWS:
            return states
    return []


def _not_whole(indicator: Indicator, place: Place, division: str, pen: Pen) -> None:
    rule = [whole(indicator.rule)] if indicator.rule is not None else []
    pen.find(
        "R08",
        Severity.QUESTION,
        f"“{indicator.name}”按项扣分，{division}不是整数项。",
        [place, *rule],
        computed=division,
    )


def _fewer(
    indicator: Indicator,
    rule: Passage,
    place: Place,
    counts: tuple[int, list[Place]],
    pen: Pen,
) -> None:
    number, undone = counts
    reasons = [whole(reason) for reason in indicator.reasons]
    pen.find(
        "R08",
        Severity.QUESTION,
        f"“{indicator.name}”只扣了{number}项，项目表中未完成、未执行的有{len(undone)}项，"
        "请核对扣分是否漏计。",
        [place, *reasons, whole(rule), *undone],
        computed=f"{number}项<{len(undone)}项",
    )

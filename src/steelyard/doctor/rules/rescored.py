"""Scores worked out again from rule text and data (按规则复算得分): R02 and R08.

A rule that parses is applied to the figure that its row or section prints. Where
a rule can be read in several ways, any reading that gives the printed score is
right; an error needs all of them to fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.arithmetic import shown
from steelyard.doctor.finding import ScoreEffect, Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.subject.indicators import Amount, Indicator, indicators
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.grid import only_figure
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View
from steelyard.measure.rounding import round_half_up

_STEP = re.compile(
    "(?P<early>超过|超出|高于|超|低于|不足)?的?(?:部分)?，?"
    "每(?P<side>超过|超出|高于|增加|高出|低于|减少|下降|降低|偏离|超|高|增|低|少|差|降)?"
    f"(?P<step>{NUMBER})[^，。；]{{0,6}}?，?扣(?:减|除)?(?P<lose>{NUMBER})"
)
_EDGE = re.compile(
    f"(?P<sign>≤|≥|不超过|不高于|不低于|达到|为|=)?(?P<edge>{NUMBER})"
    "(?:（含）)?(?:以内|以下|以上|及以下|及以上)?(?:的)?，?(?:得|计|记)(?:本项|该项)?(?:满分|全分)"
)
_UNDER = "低减降少差不"
_BASE = re.compile(
    f"(?:为|=|≤|≥|等于|达到|小于等于|不超过|不低于)(?P<base>{NUMBER})?(?:的)?[^，。；]{{0,4}}?(?:计|得|记)"
)
_FULL_AT_ZERO = re.compile(f"(?:为|=|等于)(?P<zero>{NUMBER}|0)(?:的)?，?(?:计|得)满分")
_BAND = re.compile(
    f"(?P<low>{NUMBER})(?P<lowsign>≤|<)[^，。；{NUMBER}]{{1,20}}?(?P<highsign>≤|<)(?P<high>{NUMBER})"
    f"(?:的|时)?，?(?:得|计|记)?(?:本项|该项|权重|分值|标准分|满分|分)*(?:的)?(?P<award>{NUMBER})"
)
_ABOVE = re.compile(
    f"(?:≥|>|大于等于)?(?P<edge>{NUMBER})(?:（含）)?(?:以上|及以上)?(?:的|时)?，?(?:得|计|记)(?P<award>满分|{NUMBER})"
)
_WORTH = (
    "(?:该|本)?(?:项)?(?:指标)?(?:的)?(?:标准)?(?:权重|分值|标准分|满分|赋分)(?:分|值)?"
    f"|(?P<worth>{NUMBER})(?![{NUMBER}×%])"
)
_PRODUCT = re.compile(
    "(?:得分=[^，。；]*?|(?:^|[，。；：])(?:得|按)?[^，。；=×]{0,10}?)"
    f"(?P<rate>(?:[\u4e00-\u9fff]{{2}})?(?:率|比例|完成度|完成情况|满意度))[^，。；=×]*?×(?:{_WORTH})"
)
_IN_WORDS = re.compile(
    "按(?:照)?(?:实际)?(?P<rate>(?:完成|执行|达标|合格|实现)(?:的)?(?:比例|率|情况))(?:折算|计算|计|得|给)分"
)
_ROOM = re.compile("酌情|不得分|得0分|不计分|扣|直至|另")
"""Besides a product: what the rule gives where it does not apply."""
_LOSS_PRODUCT = re.compile(r"扣(?:减)?分(?:数)?=[^，。；]*?率[^，。；]*?×(?:权重|分值|标准分)")
_PROPORTION = re.compile(f"≥?(?P<goal>{NUMBER})[^。；]{{0,10}}?按比例(?:得|计)")
_RATE_WORD = re.compile(r"(?:率|满意度|比例|占比|比重|完成度|达到|增长|=)[为：]?$")


@dataclass(frozen=True)
class Reading:
    """One way in which a rule gives a score (一种读法)."""

    earned: Fraction
    how: str
    sure: bool = True
    """Whether the wording leaves no other."""


def check(view: View, pen: Pen) -> None:
    """Apply every rule that parses."""
    for indicator in indicators(view):
        rule = indicator.rule
        score = _score(indicator)
        if rule is None or score is None:
            continue
        earned, points = score
        found = _readings(indicator, rule, points[1].value)
        if found is not None:
            _hold(indicator, found, earned, pen)


def _score(indicator: Indicator) -> tuple[Amount, Amount] | None:
    """Return score and points as the row with the rule gives them, else any row."""
    for entry in sorted(indicator.entries, key=lambda each: each.rule is None):
        if entry.earned is not None and entry.points is not None:
            return entry.earned, entry.points
    return None


@dataclass(frozen=True)
class Found:
    """What a rule gives for a figure."""

    readings: list[Reading]
    datum: Amount
    rule: Passage


def _readings(indicator: Indicator, rule: Passage, points: Fraction) -> Found | None:
    """Return what a rule gives for the figures that are printed."""
    for shape in (_by_bands, _by_steps, _by_loss_product, _by_proportion):
        for datum in _data(indicator, amount=shape is _by_proportion):
            found = list(shape(rule, points, datum[1]))
            if found:
                return Found(found, datum, rule)
    for datum in _data(indicator, amount=False):
        found = list(_by_product(indicator, rule, points, datum))
        if found:
            return Found(found, datum, rule)
    return _by_ratio(indicator, rule, points)


def _data(indicator: Indicator, *, amount: bool) -> Iterator[Amount]:
    """Yield the figures that a rule may be about: those nearest to the score first."""
    for cell in indicator.actuals:
        lone = only_figure(cell)
        if lone is not None and (lone.unit != "%") is amount and not lone.bound:
            yield cell, lone
    for passage in [*indicator.reasons, *reversed(indicator.prose)]:
        for figure in reversed(passage.claims):
            before = passage.text[max(0, figure.start - 8) : figure.start]
            percent = figure.unit == "%"
            if figure.kind is Kind.TARGET or figure.kind is Kind.RANGE or before.endswith("×"):
                continue
            if amount:
                if not percent and figure.unit not in ("分", "") and re.search("实|完成", before):
                    yield passage, figure
            elif percent and _RATE_WORD.search(before) and "目标" not in before:
                yield passage, figure


def _hold(indicator: Indicator, found: Found, earned: Amount, pen: Pen) -> None:
    figure = earned[1]
    if any(_is(reading.earned, figure) for reading in found.readings):
        said = [amount[1] for amount in indicator.earned() if amount[1].value == figure.value]
        pen.verified("R08", [*said, found.datum[1]])
        return
    best = min(found.readings, key=lambda reading: abs(reading.earned - figure.value))
    due = round_half_up(best.earned, 2)
    one = len({reading.earned for reading in found.readings}) == 1
    sure = one and all(reading.sure for reading in found.readings)
    whole_point = not figure.places and round_half_up(best.earned, 0) == figure.value
    pen.find(
        "R08",
        Severity.ERROR if sure and not whole_point else Severity.QUESTION,
        f"“{indicator.name}”按评分标准应得{shown(due)}分，印作{figure.digits}分。",
        [
            place_of(*earned),
            place_of(*found.datum),
            *(place_of(*a) for a in indicator.earned() if a[1] is not figure),
            whole(found.rule),
        ],
        computed=best.how,
        figures=[figure],
        score=ScoreEffect(indicator.name, figure.value, due) if one else None,
    )


def _is(value: Fraction, figure: Figure) -> bool:
    """Say whether a score is printed as a number shows, at its decimals or at two.

    A whole number is exact: who gives 4 for 4.1 points has not rounded but changed it.
    """
    rounded = round_half_up(value, figure.places) if figure.places else value
    return figure.value in (rounded, round_half_up(value, 2))


# -------------------------------------------------------------------- shapes


def _award(figure: Figure, points: Fraction) -> Fraction:
    """Return what a band gives: points, or a share of the indicator's."""
    return figure.base * points if figure.unit == "%" else figure.value


def _by_bands(rule: Passage, points: Fraction, datum: Figure) -> Iterator[Reading]:
    skeleton = rule.skeleton
    bands = list(_BAND.finditer(skeleton.text))
    above = list(_ABOVE.finditer(skeleton.text))
    if len(bands) + len(above) < 3:
        return
    for match in bands:
        low, high = (skeleton.figure_at(match.start(key)) for key in ("low", "high"))
        after = (match["lowsign"] == "≤" and datum.base >= low.base) or datum.base > low.base
        before = (match["highsign"] == "≤" and datum.base <= high.base) or datum.base < high.base
        if after and before:
            given = skeleton.figure_at(match.start("award"))
            yield Reading(_award(given, points), f"{datum.text}在{low.digits}%与{high.digits}%之间")
            return
    covered = {m.start() for m in bands}
    edges = sorted(
        (
            (skeleton.figure_at(m.start("edge")), m)
            for m in above
            if not any(b.start() <= m.start() < b.end() for b in bands) and m.start() not in covered
        ),
        key=lambda each: each[0].base,
        reverse=True,
    )
    for edge, match in edges:
        if edge.unit == "%" and datum.base >= edge.base:
            full = match["award"] == "满分"
            award = points if full else _award(skeleton.figure_at(match.start("award")), points)
            yield Reading(award, f"{datum.text}达到{edge.digits}%")
            return
    if re.search("不得分|得0分", rule.text):
        yield Reading(Fraction(0), f"{datum.text}低于最低一档")


def _by_steps(rule: Passage, points: Fraction, datum: Figure) -> Iterator[Reading]:
    skeleton = rule.skeleton
    match = _STEP.search(skeleton.text)
    if match is None:
        return
    step, lose = (skeleton.figure_at(match.start(key)) for key in ("step", "lose"))
    if step.unit not in ("%", "个百分点") or not step.value:
        return
    base = _base(rule, match)
    if base is None:
        return
    side = match["side"] or match["early"] or "超过"
    under = side[0] in _UNDER
    over = base - datum.base if under else datum.base - base
    each = lose.base * points if lose.unit == "%" else lose.value
    steps = max(over, Fraction(0)) / step.base
    for count in {steps, Fraction(int(steps)), Fraction(-(-steps.numerator // steps.denominator))}:
        yield Reading(
            max(points - each * count, Fraction(0)),
            f"{datum.text}{'低于' if under else '高于'}{shown(base * 100)}%，"
            f"每{step.digits}%扣{lose.digits}{lose.unit}",
        )


def _base(rule: Passage, step: re.Match[str]) -> Fraction | None:
    """Return the rate at which a rule with steps gives full marks.

    A rule that only says what each point under costs counts from a hundred per cent.
    """
    skeleton = rule.skeleton
    edges = [
        skeleton.figure_at(match.start("edge"))
        for match in _EDGE.finditer(skeleton.text, 0, step.start("step"))
    ]
    candidates = [figure for figure in edges if figure.unit == "%"] or [
        figure
        for start, figure in zip(skeleton.starts, skeleton.figures, strict=True)
        if start < step.start("step")
        and figure.unit in ("%", "")
        and figure.base in (0, 1)
        and not re.search(r"×$", rule.text[max(0, figure.start - 1) : figure.start])
    ]
    if candidates:
        return candidates[-1].base
    alone = not any(start < step.start("step") for start in skeleton.starts)
    return Fraction(1) if alone and (step["side"] or " ")[0] in _UNDER else None


def _by_loss_product(rule: Passage, points: Fraction, datum: Figure) -> Iterator[Reading]:
    if _LOSS_PRODUCT.search(rule.text):
        yield Reading(
            max(points - datum.base * points, Fraction(0)),
            f"{shown(points)}-{shown(points)}×{datum.text}",
        )


def _by_proportion(rule: Passage, points: Fraction, datum: Figure) -> Iterator[Reading]:
    match = _PROPORTION.search(rule.skeleton.text)
    if match is None:
        return
    goal = rule.skeleton.figure_at(match.start("goal"))
    if not goal.base or goal.unit == "%":
        return
    same = goal.dimension == datum.dimension or not goal.dimension
    share = (datum.base / goal.base) if same else (datum.value / goal.value)
    yield Reading(min(share, Fraction(1)) * points, f"{datum.digits}÷{goal.digits}×{shown(points)}")


def _by_product(
    indicator: Indicator, rule: Passage, points: Fraction, datum: Amount
) -> Iterator[Reading]:
    """Read 完成率×权重: the rate that is printed, or its share of the rate that was aimed at."""
    passage, figure = datum
    match = _product(rule, points)
    if match is None:
        return
    named = match["rate"] in indicator.name or match["rate"] in passage.text
    sure = match.re is _PRODUCT and not _ROOM.search(rule.text)
    sure = sure and (named or passage not in indicator.actuals)
    goals = {figure.base for figure in _goals(indicator) if figure.unit == "%"} - {0, 1}
    for goal in (Fraction(1), *goals):
        of = f"÷{shown(goal * 100)}%" if goal != 1 else ""
        share = min(figure.base / goal, Fraction(1))
        yield Reading(share * points, f"{figure.text}{of}×{shown(points)}", sure)


def _product(rule: Passage, points: Fraction) -> re.Match[str] | None:
    """Return the product that a rule is; one with a number has to name the points."""
    for match in _PRODUCT.finditer(rule.skeleton.text):
        at = match.start("worth")
        if at < 0 or rule.skeleton.figure_at(at).value == points:
            return match
    return _IN_WORDS.search(rule.skeleton.text)


def _goals(indicator: Indicator) -> Iterator[Figure]:
    """Yield the targets of an indicator's rows."""
    for entry in indicator.entries:
        figure = only_figure(entry.goal) if entry.goal is not None else None
        if figure is not None:
            yield figure


def _by_ratio(indicator: Indicator, rule: Passage, points: Fraction) -> Found | None:
    """Work out the rate of a product from target and outcome of the row."""
    match = _product(rule, points)
    for entry in indicator.entries:
        if match is None or entry.actual is None or entry.goal is None:
            continue
        actual, goal = only_figure(entry.actual), only_figure(entry.goal)
        if actual is None or goal is None or "%" in (actual.unit, goal.unit):
            continue
        if not goal.value or goal.bound in ("≤", "<") or actual.dimension != goal.dimension:
            continue
        share = min(actual.base / goal.base, Fraction(1))
        sure = match.re is _PRODUCT and not _ROOM.search(rule.text) and "完成" in match["rate"]
        how = f"{actual.digits}÷{goal.digits}×{shown(points)}"
        shares = {share, round_half_up(share, 4)}
        readings = [Reading(each * points, how, sure) for each in shares]
        return Found(readings, (entry.actual, actual), rule)
    return None

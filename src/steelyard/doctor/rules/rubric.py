"""Scoring rules on their own (评分规则自查): R06 and R07.

The points of the criteria make the indicator's points, the shares of the
criteria make a hundred per cent, and bands leave no gap and do not overlap.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise

from steelyard.doctor.arithmetic import shown
from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.subject.indicators import Amount, Indicator, indicators
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View

_MARK = re.compile("[①-⑳]")
_CRITERION = re.compile(f"(?:计|得|记)(?P<a>{NUMBER})(?![^，。；①-⑳]*?否则得)|（(?P<b>{NUMBER})）")
_FULL = re.compile(f"(?:满分|计|得|记)(?:为)?(?P<points>{NUMBER})")
_SHARES = re.compile(
    f"以上(?P<count>[一二三四五六七八九十]|{NUMBER})?项(?:要点|内容|指标)?(?:的)?(?:权重|分值)"
    f"(?:占比)?(?P<each>均|各)?(?:分别)?(?:为|占)(?P<shares>{NUMBER}(?:[，、和]?{NUMBER})*)"
)
_OWN_SHARE = re.compile(f"占(?:比)?(?:为)?(?P<share>{NUMBER})(?=[，。；）]|$)")
_ALTERNATIVE = re.compile("以上得|以下得|优|良|等级|档|率=|≥.*得.*≥|其次|酌情")
_HAN = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_INTERVAL = re.compile(
    f"(?P<low>{NUMBER})(?:≤|<)[^，。；{NUMBER}]{{1,20}}?(?:≤|<)(?P<high>{NUMBER})"
)
_RECONCILED = re.compile("折算|为限|封顶|不超过本?(?:项|指标)分值|最高不超过")
"""The rule says itself how its points become the indicator's."""
_AWARDED = re.compile(
    f"(?:得|计|按)(?:本项|该项|指标)?(?:分值|权重|满分|标准分)的(?P<share>{NUMBER})"
)
_LADDER = 3
_FEWEST = 2


def check(view: View, pen: Pen) -> None:
    """Look at the rule of every indicator."""
    for indicator in indicators(view):
        rule = indicator.rule
        if rule is None or not rule.claims:
            continue
        points = _points(indicator)
        if points is not None and not _RECONCILED.search(rule.text):
            _criteria(indicator, rule, points, pen)
        _shares(indicator, rule, pen)
        _bands(indicator, rule, pen)
        _steps(indicator, rule, pen)


def _points(indicator: Indicator) -> Amount | None:
    """Return what most places say that an indicator can earn, beside its rule if there."""
    said = indicator.points()
    if not said:
        return None
    usual = Counter(amount[1].value for amount in said).most_common(1)[0][0]
    beside = [e.points for e in indicator.entries if e.rule is not None and e.points is not None]
    return next((a for a in [*beside, *said] if a[1].value == usual), said[0])


def _criteria(indicator: Indicator, rule: Passage, points: Amount, pen: Pen) -> None:
    """Add up the points of ① to ⑤, or compare the most that a rule can give."""
    skeleton = rule.skeleton
    marks = [match.start() for match in _MARK.finditer(skeleton.text)]
    found = [
        skeleton.figure_at(match.start("a") if match["a"] else match.start("b"))
        for match in _CRITERION.finditer(skeleton.text)
    ]
    found = [figure for figure in found if figure.unit == "分" and not figure.bound]
    if len(marks) >= _FEWEST and len(found) == len(marks) and not _ALTERNATIVE.search(rule.text):
        added = sum((figure.value for figure in found), Fraction(0))
        if added == points[1].value:
            pen.verified("R06", [*found, points[1]])
            return
        pen.find(
            "R06",
            Severity.ERROR,
            f"“{indicator.name}”各评分要点之和为{shown(added)}分，分值为{points[1].digits}分。",
            [place_of(rule, *found), place_of(*points)],
            computed="+".join(figure.digits for figure in found) + f"={shown(added)}",
            figures=[*found, points[1]],
        )
        return
    if len(marks) < _FEWEST:
        _most(indicator, rule, points, pen)


def _most(indicator: Indicator, rule: Passage, points: Amount, pen: Pen) -> None:
    """Compare the best award of a rule with the points."""
    skeleton = rule.skeleton
    awards = [skeleton.figure_at(m.start("points")) for m in _FULL.finditer(skeleton.text)]
    awards = [figure for figure in awards if figure.unit == "分" and figure.value]
    if not awards:
        return
    best = max(awards, key=lambda figure: figure.value)
    together = sum((figure.value for figure in awards), Fraction(0))
    if points[1].value in (best.value, together):
        pen.verified("R06", [best, points[1]] if best.value == points[1].value else awards)
        return
    if best.value > points[1].value:
        pen.find(
            "R06",
            Severity.ERROR,
            f"“{indicator.name}”的评分标准最多给{best.digits}分，分值只有{points[1].digits}分。",
            [place_of(rule, best), *(place_of(*amount) for amount in indicator.points()[:3])],
            figures=[best, points[1]],
        )
    elif not re.search("满分|权重|比例", rule.text):
        pen.find(
            "R06",
            Severity.QUESTION,
            f"“{indicator.name}”的评分标准最多给{best.digits}分，分值为{points[1].digits}分，"
            "得不到满分。",
            [place_of(rule, best), place_of(*points)],
            figures=[best],
        )


def _shares(indicator: Indicator, rule: Passage, pen: Pen) -> None:
    """Add up the shares of the criteria, and count them."""
    skeleton = rule.skeleton
    marks = len(_MARK.findall(skeleton.text))
    own = [skeleton.figure_at(m.start("share")) for m in _OWN_SHARE.finditer(skeleton.text)]
    own = [figure for figure in own if figure.unit == "%"]
    if len(own) == marks >= _FEWEST:
        _hundred(indicator, rule, own, sum((figure.value for figure in own), Fraction(0)), pen)
    for match in _SHARES.finditer(skeleton.text):
        start, end = match.span("shares")
        shares = [
            figure
            for at, figure in zip(skeleton.starts, skeleton.figures, strict=True)
            if start <= at < end
        ]
        if any(figure.unit != "%" for figure in shares):
            continue
        marks = len(_MARK.findall(skeleton.text[: match.start()]))
        stated = _HAN.get(match["count"] or "", 0)
        number = stated or marks
        if match["each"] and len(shares) == 1 and number:
            total = shares[0].value * number
        elif len(shares) > 1:
            total = sum((figure.value for figure in shares), Fraction(0))
        else:
            continue
        if stated and marks and stated != marks:
            pen.find(
                "R06",
                Severity.ERROR,
                f"“{indicator.name}”写“以上{match['count']}项”，列出的是{marks}项。",
                [place_of(rule, *shares)],
            )
        _hundred(indicator, rule, shares, total, pen)


def _hundred(
    indicator: Indicator, rule: Passage, shares: list[Figure], total: Fraction, pen: Pen
) -> None:
    """Hold the sum of the shares against a hundred per cent."""
    if total == 100:
        pen.verified("R06", shares)
        return
    pen.find(
        "R06",
        Severity.ERROR,
        f"“{indicator.name}”各项权重之和为{shown(total)}%，应为100%。",
        [place_of(rule, *shares)],
        computed=f"{shown(total)}%",
        figures=shares,
    )


def _bands(indicator: Indicator, rule: Passage, pen: Pen) -> None:
    """Look that each inner edge ends one band and begins the next."""
    skeleton = rule.skeleton
    lows: list[Figure] = []
    highs: list[Figure] = []
    for match in _INTERVAL.finditer(skeleton.text):
        lows.append(skeleton.figure_at(match.start("low")))
        highs.append(skeleton.figure_at(match.start("high")))
    if len(lows) < _FEWEST:
        _thresholds(indicator, rule, pen)
        return
    edges = {id(figure) for figure in (*lows, *highs)}
    for figure in rule.claims:
        if figure.kind is Kind.TARGET and id(figure) not in edges and figure.unit == lows[0].unit:
            (lows if figure.bound in ("≥", ">", "=") else highs).append(figure)
    open_low = [f for f in lows if f.value not in {h.value for h in highs}]
    open_high = [f for f in highs if f.value not in {low.value for low in lows}]
    inner_low = [f for f in open_low if f.value > min(h.value for h in highs)]
    inner_high = [f for f in open_high if f.value < max(low.value for low in lows)]
    best = max((f.value for f in (*lows, *highs)), default=Fraction(0))
    wrong = [f for f in (*inner_low, *inner_high) if f.value != best]
    if not wrong:
        pen.verified("R07", [*lows, *highs])
        return
    places: list[Place] = [place_of(rule, figure) for figure in wrong]
    pen.find(
        "R07",
        Severity.ERROR if len(wrong) == _FEWEST else Severity.QUESTION,
        f"“{indicator.name}”的分档不衔接：{'、'.join(f.digits + f.unit for f in wrong)}"
        "只是一档的界限。",
        places,
        figures=wrong,
    )


def _steps(indicator: Indicator, rule: Passage, pen: Pen) -> None:
    """Look at edges and awards that go down by equal steps, but for one between."""
    bounds = [f for f in rule.claims if f.kind is Kind.TARGET and f.unit == "%"]
    edges = [f for f in bounds if f.bound in ("≥", ">", "=")]
    skeleton = rule.skeleton
    awards = [skeleton.figure_at(m.start("share")) for m in _AWARDED.finditer(skeleton.text)]
    for ladder in (edges, [f for f in awards if f.unit == "%"]):
        odd = _odd_step([f.value for f in ladder])
        if odd is None:
            continue
        at, due = odd
        pen.find(
            "R07",
            Severity.QUESTION,
            f"“{indicator.name}”各档逐级等距，只有{ladder[at].digits}%不在其中，似应为{shown(due)}%。",
            [place_of(rule, *ladder)],
            figures=[ladder[at]],
        )


def _odd_step(values: list[Fraction]) -> tuple[int, Fraction] | None:
    """Return the one inner number that breaks equal steps, and what would not.

    The last step is often another on purpose, and three numbers show no rule.
    """
    for at in range(1, len(values) - 1):
        due = (values[at - 1] + values[at + 1]) / 2
        mended = [*values[:at], due, *values[at + 1 :]]
        steps = {after - before for before, after in pairwise(mended)}
        if len(values) > _LADDER and len(steps) == 1 and due != values[at] and max(steps) < 0:
            return at, due
    return None


def _thresholds(indicator: Indicator, rule: Passage, pen: Pen) -> None:
    """Look that 90%以上…，80%以上…，低于 80% go down step by step and end where they began."""
    bounds = [f for f in rule.claims if f.kind is Kind.TARGET and f.unit == "%" and f.bound]
    falling = [f for f in bounds if f.bound in ("≥", ">", "=")]
    below = [f for f in bounds if f.bound in ("<", "≤")]
    if len(falling) < _FEWEST + 1:
        return
    values = [f.value for f in falling]
    ordered = all(a > b for a, b in pairwise(values))
    closed = not below or below[-1].value == values[-1]
    if ordered and closed:
        pen.verified("R07", [*falling, *below])
        return
    pen.find(
        "R07",
        Severity.QUESTION,
        f"“{indicator.name}”的分档{'没有逐级降低' if not ordered else '不衔接'}："
        f"{'、'.join(f.bound + f.digits + f.unit for f in (*falling, *below))}。",
        [place_of(rule, f) for f in (*falling, *below)],
        figures=[*falling, *below],
    )

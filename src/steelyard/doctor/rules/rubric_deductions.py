"""Deductions that a rule allows (扣分与评分要点): R08.

Where a rule gives each criterion its points, or says what each defect costs,
only some losses are possible: sums of criteria, or whole numbers of defects.
A rate that a rule wants at one value earns all or nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.doctor.arithmetic import shown
from steelyard.doctor.finding import Place, ScoreEffect, Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.subject.indicators import Amount, Entry, Indicator, indicators
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.grid import only_figure
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View
from steelyard.measure.rounding import round_half_up

_MARK = re.compile("[①-⑳]")
_CRITERION = re.compile(f"(?:计|得|记)(?P<a>{NUMBER})|（(?P<b>{NUMBER})）")
_SHARES = re.compile(
    f"(?:权重|分值|占比)(?P<each>均|各)?(?:分别)?(?:为|占)"
    f"(?P<shares>{NUMBER}(?:[，、和]?{NUMBER})*)"
)
_OWN_SHARE = re.compile(f"占(?P<share>{NUMBER})")
_DEFECT = re.compile(
    "(?:每(?:有|发现|出现|存在|缺少|缺|少)?|(?:缺少|缺|少|发现|有))(?:一|1)(?:项|处|个|次|例|件)"
    f"[^，。；{NUMBER}]{{0,14}}?，?扣(?:减|除)?"
    f"(?:本项|该项|本指标|总分|分值|权重|标准分|的)*(?P<lose>{NUMBER})"
)
_ALTERNATIVE = re.compile("以上得|以下得|酌情|等级|档|其次|优|良")
_PASS = re.compile(
    f"(?P<sign>≤|≥|=|为|等于|不超过|不低于)?(?P<edge>{NUMBER})的?，?(?:得|计|记)满分"
)
_FAIL = re.compile(f"(?P<edge>{NUMBER})的?，?(?:不得分|不计分|得0分)|否则(?:不得分|得0分)")
_RATE = re.compile(r"(?:率|比例|占比|比重|完成度)[为：=]?$")
_BETWEEN = re.compile(f"(?:计|得|记){NUMBER}|比例|扣")
_EACH_PART = re.compile("该项|所占|相应|该要点|酌情|程度|部分")
"""What is taken off is a share of one criterion, or for the evaluator to judge."""
_FEWEST = 2
_MOST_CRITERIA = 12
_MOST_DEFECTS = 1000


@dataclass(frozen=True)
class Score:
    """What an indicator could earn and did (分值与得分)."""

    points: Amount
    earned: Amount

    @property
    def lost(self) -> Fraction:
        """Points that it did not get."""
        return self.points[1].value - self.earned[1].value


def check(view: View, pen: Pen) -> None:
    """Hold losses against what the rules allow."""
    for indicator in indicators(view):
        rule = indicator.rule
        score = _score(indicator)
        if rule is None or score is None:
            continue
        if not _passes(indicator, rule, score, pen) and 0 < score.lost < score.points[1].value:
            _losses(indicator, rule, score, pen)


def _score(indicator: Indicator) -> Score | None:
    """Return points and score of the row with the rule."""
    rows: list[Entry] = sorted(indicator.entries, key=lambda each: each.rule is None)
    for entry in rows:
        if entry.points is not None and entry.earned is not None and entry.rule is not None:
            return Score(entry.points, entry.earned)
    return None


def _losses(indicator: Indicator, rule: Passage, score: Score, pen: Pen) -> None:
    """Compare a loss with the losses that criteria or defects make possible."""
    points = score.points[1].value
    defects = list(_defects(rule, points))
    criteria = list(_criteria(rule, points))
    if not defects and not criteria:
        return
    possible = [*_multiples(defects, points), *_sums(criteria)]
    if any(_printed(points - lost, score.earned[1]) for lost in possible):
        pen.consistent("R08", [amount[1] for amount in _said(indicator, score)])
        return
    in_parts = len(_MARK.findall(rule.text)) >= _FEWEST and "%" in rule.text
    if (criteria and defects) or in_parts or _EACH_PART.search(rule.text):
        return
    costs = "、".join(shown(each) for each in dict.fromkeys([*criteria, *defects]))
    pen.find(
        "R08",
        Severity.QUESTION,
        f"“{indicator.name}”扣{shown(score.lost)}分，按评分标准各要点或每项扣分（{costs}分）"
        "得不出这个扣分。",
        [place_of(*score.earned), whole(rule), *(whole(each) for each in indicator.reasons[:1])],
        computed=f"{score.points[1].digits}-{score.earned[1].digits}={shown(score.lost)}",
        figures=[score.earned[1]],
    )


def _said(indicator: Indicator, score: Score) -> list[Amount]:
    """Return every place that prints the same score."""
    return [a for a in indicator.earned() if a[1].value == score.earned[1].value]


def _defects(rule: Passage, points: Fraction) -> Iterator[Fraction]:
    """Yield what one defect costs, in points."""
    skeleton = rule.skeleton
    for match in _DEFECT.finditer(skeleton.text):
        lose = skeleton.figure_at(match.start("lose"))
        cost = lose.base * points if lose.unit == "%" else lose.value
        if cost > 0 and lose.unit in ("%", "分"):
            yield cost
            if lose.unit == "%":
                # 本项 may be the indicator, or the criterion that was not met.
                yield from {cost * share for share in _shares(rule, 1) if 0 < share < 1}


def _criteria(rule: Passage, points: Fraction) -> Iterator[Fraction]:
    """Yield the points of each criterion, when they make up the indicator's."""
    skeleton = rule.skeleton
    marks = len(_MARK.findall(skeleton.text))
    if not _FEWEST <= marks <= _MOST_CRITERIA or _ALTERNATIVE.search(rule.text):
        return
    given = [
        skeleton.figure_at(match.start("a") if match["a"] else match.start("b"))
        for match in _CRITERION.finditer(skeleton.text)
    ]
    worth = [figure.value for figure in given if figure.unit == "分"]
    if len(worth) != marks:
        worth = [share * points for share in _shares(rule, marks)]
    if len(worth) == marks and sum(worth) == points:
        yield from worth


def _shares(rule: Passage, marks: int) -> list[Fraction]:
    skeleton = rule.skeleton
    match = _SHARES.search(skeleton.text)
    if match is None:
        own = [skeleton.figure_at(m.start("share")) for m in _OWN_SHARE.finditer(skeleton.text)]
        return [figure.base for figure in own if figure.unit == "%"]
    start, end = match.span("shares")
    shares = [
        figure.base
        for at, figure in zip(skeleton.starts, skeleton.figures, strict=True)
        if start <= at < end and figure.unit == "%"
    ]
    return shares * marks if match["each"] and len(shares) == 1 else shares


def _sums(parts: list[Fraction]) -> set[Fraction]:
    """Return what some of the parts can add up to."""
    found = {Fraction(0)}
    for part in parts:
        found |= {each + part for each in found}
    return found


def _multiples(costs: list[Fraction], points: Fraction) -> Iterator[Fraction]:
    """Yield what whole numbers of one kind of defect cost, up to all points."""
    for cost in costs:
        number = min(int(points / cost), _MOST_DEFECTS)
        yield from (cost * count for count in range(1, number + 1))


def _printed(value: Fraction, figure: Figure) -> bool:
    """Say whether a score is printed as a number shows; a whole number is exact."""
    return (round_half_up(value, figure.places) if figure.places else value) == figure.value


def _passes(indicator: Indicator, rule: Passage, score: Score, pen: Pen) -> bool:
    """Apply a rule that gives all or nothing at an edge; say whether it is one."""
    skeleton = rule.skeleton
    edges = list(_PASS.finditer(skeleton.text))
    fail = _FAIL.search(skeleton.text)
    if len(edges) != 1 or fail is None:
        return False
    edge = skeleton.figure_at(edges[0].start("edge"))
    low = skeleton.figure_at(fail.start("edge")) if fail["edge"] else edge
    between = _BETWEEN.search(skeleton.text, edges[0].end(), max(fail.start(), edges[0].end()))
    if low.value != edge.value or between:
        return False
    sign = edges[0]["sign"] or edge.bound or "="
    datum = next(_rates(indicator), None)
    if datum is None or edge.unit != "%":
        return False
    good = _reached(datum[1].base, sign, edge.base)
    due = score.points[1].value if good else Fraction(0)
    earned = score.earned[1]
    if earned.value == due:
        pen.verified("R08", [*(a[1] for a in _said(indicator, score)), datum[1], edge])
        return True
    places: list[Place] = [place_of(*score.earned), place_of(*datum), place_of(rule, edge)]
    pen.find(
        "R08",
        Severity.QUESTION,
        f"“{indicator.name}”为{datum[1].text}，按评分标准应得{shown(due)}分，印作{earned.digits}分。",
        places,
        computed=f"{datum[1].text}{'符合' if good else '不符合'}{sign}{edge.digits}%",
        figures=[earned],
        score=ScoreEffect(indicator.name, earned.value, due),
    )
    return True


def _reached(value: Fraction, sign: str, edge: Fraction) -> bool:
    if sign in ("≤", "不超过"):
        return value <= edge
    if sign in ("≥", "不低于"):
        return value >= edge
    return value == edge


def _rates(indicator: Indicator) -> Iterator[tuple[Passage, Figure]]:
    """Yield the rates that its row, reason and section print, the last first."""
    for cell in indicator.actuals:
        lone = only_figure(cell)
        if lone is not None and lone.unit == "%" and not lone.bound:
            yield cell, lone
    for passage in [*indicator.reasons, *reversed(indicator.prose)]:
        for figure in reversed(passage.claims):
            before = passage.text[max(0, figure.start - 8) : figure.start]
            plain = figure.kind not in (Kind.TARGET, Kind.RANGE)
            if figure.unit == "%" and plain and _RATE.search(before):
                yield passage, figure

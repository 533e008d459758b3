"""What errors do to score and grade (对得分和等级的影响).

A finding that knows what an indicator should have earned moves the total; the
grade follows by the bands that the report prints, or by the usual ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from steelyard.doctor.arithmetic import same_amount, shown
from steelyard.doctor.finding import Finding, Severity
from steelyard.doctor.rules.score_grades import stated
from steelyard.doctor.rules.score_totals import said_totals, table_totals
from steelyard.doctor.view.passage import NUMBER
from steelyard.doctor.view.view import View
from steelyard.measure.rounding import round_half_up

_BAND = re.compile(
    f"(?P<low>{NUMBER})(?:～|至|-|—)(?P<high>{NUMBER})(?:（[^（）]*）)?(?:为|是|，)?“?(?P<grade>优秀|优|良好|良|中等|中|合格|一般|差|较差)"
)
_BELOW = re.compile(
    f"(?P<high>{NUMBER})(?:以下)?(?:（[^（）]*）)?(?:的)?(?:为|是)“?(?P<grade>差|较差|不合格)"
)
_USUAL = ((Fraction(90), "优"), (Fraction(80), "良"), (Fraction(60), "中"), (Fraction(0), "差"))


@dataclass(frozen=True, slots=True)
class Standing:
    """Total and bands as the report prints them (总分与等级)."""

    total: Fraction
    bands: tuple[tuple[Fraction, str], ...]
    """Lowest total of each grade, best first."""
    printed: str = ""
    """The grade that stands with the total, empty where none does."""
    in_table: Fraction | None = None
    """What the score table adds up to, where that is another number."""

    @property
    def base(self) -> Fraction:
        """The total that scores of the table make: what moves when one of them does."""
        return self.total if self.in_table is None else self.in_table

    def grade(self, total: Fraction) -> str:
        """Return the grade of a total."""
        return next((name for low, name in self.bands if total >= low), self.bands[-1][1])


def standing(view: View) -> Standing | None:
    """Return the total that most places print with its grade, None when there is none."""
    said = [each for each in said_totals(view) if not each.of_self]
    rows = [each for each in table_totals(view) if not each.of_self]
    totals = Counter(each.figure.value for each in said or rows)
    if not totals:
        return None
    total = totals.most_common(1)[0][0]
    grades = [each.grade for each in stated(view) if each.total.value == total]
    tables = {each.figure.value for each in rows} - {total}
    agrees = any(same_amount(row.figure, each.figure) for row in rows for each in said)
    in_table = next(iter(tables)) if len(tables) == 1 and said and not agrees else None
    return Standing(total, _bands(view), grades[0] if grades else "", in_table)


def _bands(view: View) -> tuple[tuple[Fraction, str], ...]:
    for passage in view.prose:
        skeleton = passage.skeleton
        found = {
            match["grade"][:1]: skeleton.figure_at(match.start("low")).value
            for match in _BAND.finditer(skeleton.text)
        }
        if len(found) > 1:
            below = _BELOW.search(skeleton.text)
            if below is not None:
                found.setdefault(below["grade"][:1], Fraction(0))
            return tuple(sorted(((low, name) for name, low in found.items()), reverse=True))
    return _USUAL


def with_effects(view: View, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], str]:
    """Return findings with their effects, and what all certain errors do together."""
    found = tuple(findings)
    stands = standing(view)
    if stands is None:
        return found, ""
    done = tuple(
        replace(finding, effect=_effect(finding, stands)) if finding.score else finding
        for finding in found
    )
    return done, _together(done, stands)


def _effect(finding: Finding, stands: Standing) -> str:
    score = finding.score
    if score is None:
        return ""
    after = stands.base + score.computed - score.printed
    return f"“{score.indicator}”应得{shown(score.computed)}分，{_move(stands, after)}"


def _move(stands: Standing, after: Fraction) -> str:
    before = stands.grade(stands.base)
    now = stands.grade(after)
    kept = f"等级仍为{now}" if before == now else f"等级由{before}变为{now}"
    return f"总分由{shown(stands.base)}分变为{shown(round_half_up(after, 2))}分，{kept}。"


def _together(findings: tuple[Finding, ...], stands: Standing) -> str:
    """Say where the total stands, and where it goes when the leaf scores are put right."""
    moves = {
        finding.score.indicator: finding.score.computed - finding.score.printed
        for finding in findings
        if finding.score and finding.severity is Severity.ERROR and finding.rule == "R08"
    }
    lows = [low for low, _ in stands.bands]
    above = [low for low in lows if low > stands.total]
    under = max((low for low in lows if low <= stands.total), default=Fraction(0))
    to_next = f"，距上一等级{shown(min(above) - stands.total)}分" if above else ""
    due = stands.grade(stands.total)
    margin = f"高出本等级下限{shown(stands.total - under)}分{to_next}"
    if stands.printed and stands.printed[:1] != due[:1]:
        margin = f"按等级标准应为{due}"
    other = f"（得分表合计{shown(stands.base)}分）" if stands.in_table is not None else ""
    head = f"印出的总分{shown(stands.total)}分{other}，等级{stands.printed or due}，{margin}。"
    if not moves:
        return head
    after = stands.base + sum(moves.values(), Fraction(0))
    return f"{head}改正{len(moves)}项得分错误后，{_move(stands, after)}"

"""Movements of the budget told in sentences (预算变动叙述): R09.

年初, 追加, 调减 and 全年 often stand in paragraphs of one section. What was
opened, added and cut has to make the year's budget.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.doctor.arithmetic import half_step, shown
from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.mention import Mention, mentions
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.view import CASE, View
from steelyard.measure.units import PURE

_LINK = r"(?:为|是|共|合计|达|：)*$"
_OPENING = re.compile(rf"(?:年初(?:部门)?预算(?:批复)?(?:数|总额|收入)?|预算批复数){_LINK}")
_ADDED = re.compile(rf"(?:追加|调增)[^，。；]{{0,12}}?(?:预算|资金|经费|数|收入)?{_LINK}")
_CUT = re.compile(rf"(?:调减|核减|压减)[^，。；]{{0,12}}?(?:预算|资金|经费|数)?{_LINK}")
_FULL = re.compile(rf"(?:全年预算(?:数|总额)?|预算总额|调整后预算(?:数)?){_LINK}")
_SPENT = re.compile("支出(?!预算)|执行|支付|比")


@dataclass
class Movements:
    """What one section tells of the year's budget (预算变动)."""

    opening: Mention | None = None
    added: list[Mention] = field(default_factory=list)
    cut: list[Mention] = field(default_factory=list)
    full: Mention | None = None

    def complete(self) -> bool:
        """Whether there is enough to add up."""
        return bool(self.opening and self.added and self.full)


def check(view: View, pen: Pen) -> None:
    """Add up the movements of every section."""
    sections: dict[tuple[str, ...], Movements] = defaultdict(Movements)
    for mention in mentions(view):
        passage = mention.passage
        if passage.cell is not None or passage.document.kind == CASE or mention.whole:
            continue
        if not _is_money(mention.figure) or not passage.section:
            continue
        for section in {passage.section, passage.section[:-1]}:
            if section:
                _take(sections[(passage.document.sha256, *section)], mention)
    told: set[Figure] = set()
    for movements in sorted(sections.values(), key=lambda each: len(each.added)):
        if movements.complete():
            _add_up(movements, told, pen)


def _is_money(figure: Figure) -> bool:
    return figure.dimension in (PURE, (("元", 1),)) and figure.unit not in ("%", "‰", "")


def _take(movements: Movements, mention: Mention) -> None:
    words = mention.before or mention.under
    if _SPENT.search(words):
        return
    if _ADDED.search(words):
        movements.added.append(mention)
    elif _CUT.search(words):
        movements.cut.append(mention)
    elif _OPENING.search(words) and movements.opening is None:
        movements.opening = mention
    elif _FULL.search(words) and movements.full is None:
        movements.full = mention


def _add_up(movements: Movements, told: set[Figure], pen: Pen) -> None:
    opening, full = movements.opening, movements.full
    if opening is None or full is None or full.figure in told:
        return
    told.add(full.figure)
    parts = [opening, *movements.added, *movements.cut]
    added = sum((each.figure.base for each in (opening, *movements.added)), Fraction(0))
    cut = sum((each.figure.base for each in movements.cut), Fraction(0))
    figures = [full.figure, *(each.figure for each in parts)]
    difference = added - cut - full.figure.base
    if abs(difference) <= sum(map(half_step, figures), Fraction(0)):
        pen.verified("R09", figures)
        return
    unit = full.figure
    off = f"{shown(abs(difference) / unit.factor)}{unit.unit}"
    places: list[Place] = [place_of(each.passage, each.figure) for each in (*parts, full)]
    pen.find(
        "R09",
        Severity.QUESTION,
        f"本节所列年初、追加、调减合计为{shown((added - cut) / unit.factor)}{unit.unit}，"
        f"全年预算印作{unit.text}，相差{off}，变动未列全或有误。",
        places,
        computed="+".join(each.figure.digits for each in (opening, *movements.added))
        + "".join(f"-{each.figure.digits}" for each in movements.cut),
        figures=figures,
    )

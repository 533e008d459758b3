"""What came out, in tables and in sentences (完成值): R11.

A table of goals gives target and outcome of each indicator. A sentence that
names one of them and says what was achieved has to give the same outcome.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment, differ_in_marks, pairs
from steelyard.doctor.quantities.mention import Mention, mentions
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.view import View

_LIKE = 0.6
_MARGIN = 0.15
_FEWEST_PAIRS = 4
_FEWEST_ROWS = 3
_ECHOES = 6
_WINDOW = 14
_PAIRED = re.compile("确保|力争|争取")
_MONEY = re.compile("预算|决算|金额|资金|支出")


@dataclass
class Outcome:
    """One indicator of a table of goals (指标完成情况)."""

    name: str
    targets: list[Mention]
    actuals: list[Mention]
    echoes: list[Mention] = field(default_factory=list)
    """Sentences that give the same outcome."""


def check(view: View, pen: Pen) -> None:
    """Compare outcomes in sentences with those of the tables."""
    said = list(mentions(view))
    known = _outcomes(said)
    if not known:
        return
    index: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in known:
        for pair in pairs(outcome.name):
            index[pair].append(outcome)
    wrong: dict[tuple[str, str], list[tuple[Mention, Outcome]]] = defaultdict(list)
    for mention in said:
        if mention.column or mention.figure.kind is Kind.EQUATION or not mention.role:
            continue
        if _is_paired(mention):
            continue
        meant = _best(mention.name or _row(mention), index)
        if meant is None:
            continue
        state = _compare(mention.figure, mention.role, meant)
        if state == "same":
            meant.echoes.append(mention)
            pen.consistent("R11", [mention.figure])
        elif state == "other":
            wrong[meant.name + mention.role, mention.figure.text].append((mention, meant))
    for found in wrong.values():
        _take_down(found, pen)


def _outcomes(said: list[Mention]) -> list[Outcome]:
    """Return the indicators of all tables that have a target and an outcome in a row."""
    rows: dict[tuple[int, str], Outcome] = {}
    for mention in said:
        table = mention.passage.table
        if table is None or not mention.column or mention.role not in ("计划", "实际"):
            continue
        if _MONEY.search(mention.column):
            continue
        name = mention.under.rsplit("›", 1)[-1]
        if len(pairs(name)) < _FEWEST_PAIRS - 1:
            continue
        outcome = rows.setdefault((id(table), name), Outcome(name, [], []))
        (outcome.targets if mention.role == "计划" else outcome.actuals).append(mention)
    found = [each for each in rows.values() if each.targets and len(each.actuals) == 1]
    return found if len(found) >= _FEWEST_ROWS else []


def _best(name: str, index: dict[str, list[Outcome]]) -> Outcome | None:
    """Return the indicator that a name means, None when none or several do."""
    if len(bare(name)) < _FEWEST_PAIRS:
        return None
    candidates = {id(each): each for pair in pairs(name) for each in index.get(pair, ())}
    ranked = sorted(
        (
            (containment(name, each.name), number, each)
            for number, each in enumerate(candidates.values())
            if not differ_in_marks(name, each.name)
        ),
        reverse=True,
    )[:2]
    if not ranked or ranked[0][0] < _LIKE:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN:
        return None
    return ranked[0][2]


def _is_paired(mention: Mention) -> bool:
    """Say whether a target is one of two: 确保 1500, 力争 1600."""
    text, start = mention.passage.text, mention.figure.start
    return bool(_PAIRED.search(text, max(start - _WINDOW, 0), start))


def _row(mention: Mention) -> str:
    """Return the label of the row that a text in a cell stands in."""
    return mention.under.rsplit("›", 1)[-1] if mention.passage.cell is not None else ""


def _compare(figure: Figure, role: str, outcome: Outcome) -> str:
    """Say whether a figure is the outcome (or target) of the table: same, other, or neither."""
    meant = outcome.actuals if role == "实际" else outcome.targets
    first = meant[0].figure
    percent = figure.unit in ("%", "‰")
    if percent != (first.unit in ("%", "‰")) or not figure.unit:
        return ""
    bare = {figure.unit, first.unit} & {"亿", "万"}
    if first.has_unit and figure.dimension != first.dimension and not bare:
        return ""
    if any(same_amount(figure, each.figure) for each in meant):
        return "same"
    others = [*outcome.targets, *outcome.actuals]
    return "" if any(same_amount(figure, each.figure) for each in others) else "other"


def _prose_first(echoes: list[Mention]) -> list[Mention]:
    ranked = sorted(echoes, key=lambda each: each.passage.cell is not None)
    return ranked[:_ECHOES]


def _take_down(found: list[tuple[Mention, Outcome]], pen: Pen) -> None:
    mention, outcome = found[0]
    planned = mention.role == "计划"
    actual = (outcome.targets if planned else outcome.actuals)[0]
    what = "目标值" if planned else "完成值"
    name = mention.name or _row(mention)
    places: list[Place] = [place_of(each.passage, each.figure) for each, _ in found]
    pen.find(
        "R11",
        Severity.QUESTION,
        f"“{name}”此处为{mention.figure.text}，"
        f"表中“{outcome.name}”的{what}为{actual.figure.text}，请核对是否一回事。",
        [
            places[0],
            place_of(actual.passage, actual.figure),
            *(place_of(each.passage, each.figure) for each in _prose_first(outcome.echoes)),
            *places[1:],
        ],
        figures=[mention.figure],
    )

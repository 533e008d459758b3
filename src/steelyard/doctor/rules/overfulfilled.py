"""Goals said to be reached (完成的说法): R23.

超额完成 behind a number that the report's own target, in the same sentence or in a
table of goals, exceeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import pairs
from steelyard.doctor.rules.table_parts import parts, tables
from steelyard.doctor.rules.table_units import Goal, goals
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.quoted import is_quoted
from steelyard.doctor.view.view import CASE, View

_SAID = re.compile(
    f"(?P<done>{NUMBER})，(?:已)?(?P<claim>(?:超额|全面|全部|如期|按期)完成(?:了)?"
    "(?:年度|全年|当年|既定|预期|计划)?(?:绩效)?(?:目标|任务|计划))"
)
_AIMED = re.compile(
    f"(?:计划|目标|任务)[^，。；{NUMBER}]{{0,12}}(?P<after>{NUMBER})"
    f"|(?P<before>{NUMBER})的(?:年度)?(?:目标|计划|任务)"
)
_LOWER = re.compile("成本|费用|支出|能耗|排放|投诉|事故|死亡|不超过|控制在|时长|天数|压减|降")
"""Where less is better."""


def check(view: View, pen: Pen) -> None:
    """Hold what is said of a number against its target."""
    rows = [goal for grid in tables(view) for part in parts(grid) for goal in goals(part)]
    for passage in view.prose:
        if passage.document.kind == CASE or "完成" not in passage.text:
            continue
        skeleton = passage.skeleton
        for match in _SAID.finditer(skeleton.text):
            done = skeleton.figure_at(match.start("done"))
            if is_quoted(passage, done.start):
                continue
            start = max(skeleton.text.rfind(sign, 0, match.start()) for sign in "。；") + 1
            words = skeleton.text[start : match.start()]
            target = None if _LOWER.search(words) else _target(passage, done, (start, match), rows)
            if target is not None:
                claim = Place(
                    passage,
                    skeleton.plain_offset(match.start("claim")),
                    skeleton.plain_offset(match.end("claim")),
                )
                _tell(claim, (passage, done), target, pen)


def _target(
    passage: Passage, done: Figure, said: tuple[int, re.Match[str]], rows: list[Goal]
) -> tuple[Passage, Figure] | None:
    """Return the target that a number falls short of, None where it does not."""
    start, match = said
    if done.unit == "%":
        return (passage, done) if done.value < 100 and _is_rate(passage, done) else None
    for figure in _aimed(passage, start, match.start()):
        if figure.dimension == done.dimension and figure.unit:
            return (passage, figure) if figure.base > done.base else None
    before = passage.text[max(done.start - 20, 0) : done.start]
    for goal in rows:
        actual = goal.actual.figure if goal.actual is not None else None
        target = goal.target.figure
        if actual is None or actual.base != done.base or actual.dimension != done.dimension:
            continue
        if not done.unit or target.dimension != done.dimension or target.bound in ("≤", "<"):
            continue
        if target.base > done.base and pairs(goal.label) & pairs(before.split("，")[-1]):
            return goal.target.passage, target
    return None


def _is_rate(passage: Passage, done: Figure) -> bool:
    return bool(re.search("完成率(?:为|达|达到|仅为|：)?$", passage.text[: done.start]))


def _aimed(passage: Passage, start: int, end: int) -> Iterator[Figure]:
    skeleton = passage.skeleton
    for match in _AIMED.finditer(skeleton.text, start, end):
        figure = skeleton.figure_at(match.start("after" if match["after"] else "before"))
        if figure.kind in (Kind.QUANTITY, Kind.TARGET):
            yield figure


def _tell(
    claim: Place, done: tuple[Passage, Figure], target: tuple[Passage, Figure], pen: Pen
) -> None:
    if done[1] is target[1]:
        message = f"完成率为{done[1].text}，却写“{claim.exact}”。"
        computed = f"{done[1].text}<100%"
    else:
        message = f"实际为{done[1].text}，目标为{target[1].text}，却写“{claim.exact}”。"
        computed = f"{done[1].text}<{target[1].digits}{target[1].unit}"
    pen.find(
        "R23",
        Severity.ERROR,
        message,
        [claim, *dict.fromkeys((place_of(*done), place_of(*target)))],
        computed=computed,
    )

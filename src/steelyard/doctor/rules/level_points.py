"""Points that stand in the label of a level (层级标签): R04.

投入（11 分） heads its rows in the annex and again in the chapter's table: the
points are those of every other label of the name, and of the chapter's sentence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from fractions import Fraction

from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare
from steelyard.doctor.subject.indicators import Amount, indicators
from steelyard.doctor.view.view import CASE, View

_LABEL = re.compile(r"(?P<name>[^（）]{2,20})（\d+(?:\.\d+)?分）")
_SURE = 3
"""So many others make an odd one an error."""


def check(view: View, pen: Pen) -> None:
    """Compare the points in labels of one name, and with sums of chapters of that name."""
    labels: dict[str, list[Amount]] = defaultdict(list)
    for passage in view.passages:
        match = _LABEL.fullmatch(passage.text) if passage.cell is not None else None
        if match and passage.document.kind != CASE and passage.claims:
            labels[_key(match["name"])].append((passage, passage.claims[-1]))
    points: dict[str, list[Amount]] = defaultdict(list)
    for indicator in indicators(view):
        points[_key(indicator.name)] += [
            entry.points
            for entry in indicator.entries
            if entry.points is not None and (entry.top or entry.summed)
        ]
    for name, said in labels.items():
        _compare(name, [*said, *points[name]], pen)


def _key(name: str) -> str:
    return bare(name).removesuffix("指标")


def _compare(name: str, said: list[Amount], pen: Pen) -> None:
    values: Counter[Fraction] = Counter(figure.value for _, figure in said)
    (usual, count), *others = values.most_common()
    alike = [amount for amount in said if amount[1].value == usual]
    if len(alike) > 1:
        pen.consistent("R04", [figure for _, figure in alike])
    if not others or others[0][1] * 2 > count or len(others) > 1:
        return  # Two things of one name, or nothing usual.
    for passage, figure in said:
        if figure.value != usual:
            pen.find(
                "R04",
                Severity.ERROR if count >= _SURE else Severity.QUESTION,
                f"“{name}”的分值此处为{figure.digits}，另{count}处为{alike[0][1].digits}。",
                [place_of(passage, figure), *(place_of(*amount) for amount in alike[:3])],
                figures=[figure],
            )

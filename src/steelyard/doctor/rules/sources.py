"""Numbers without a source (数据来源): R26, where the data of the evaluation is at hand.

A report on an evaluation takes every figure from its data, or works it out of
it. A number that is neither in the data nor recomputed from others has nothing
to stand on: a slip, or a figure that nobody handed in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from fractions import Fraction

from steelyard.doctor.finding import Severity, place_of
from steelyard.doctor.ledger import Entry, State
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import containment
from steelyard.doctor.quantities.mention import Mention, mentions
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.view import CASE, View
from steelyard.measure.rounding import half_unit
from steelyard.measure.units import Dimension

_LIKE = 0.5
_FEW_DIGITS = 3
_MOST_COMPARED = 200
_SHOWN = 6


class Known:
    """What the data holds, by dimension and amount (数据中的数)."""

    def __init__(self, said: list[Mention]) -> None:
        found: dict[Dimension | None, list[tuple[Fraction, int, Mention]]] = defaultdict(list)
        for number, mention in enumerate(said):
            figure = mention.figure
            if figure.has_unit:
                found[figure.dimension].append((figure.base, number, mention))
            else:
                found[None].append((figure.value, number, mention))
            found[_ANY].append((figure.value, number, mention))
        self._sorted = {key: sorted(each) for key, each in found.items()}

    def near(self, figure: Figure) -> list[Mention]:
        """Return what can be the amount of a number at its printed precision.

        A number or a datum without a unit is compared as it is printed.
        """
        step = half_unit(figure.places)
        if not figure.has_unit:
            return self._within(_ANY, figure.value, step)
        return [
            *self._within(figure.dimension, figure.base, step * figure.factor),
            *self._within(None, figure.value, step),
        ]

    def _within(self, key: Dimension | None, amount: Fraction, step: Fraction) -> list[Mention]:
        entries = self._sorted.get(key, [])
        start = bisect_left(entries, (amount - step, -1))
        found = []
        for value, _, mention in entries[start : start + _MOST_COMPARED]:
            if value > amount + step:
                break
            found.append(mention)
        return found


_ANY: Dimension = (("任何单位", 1),)


def check(view: View, pen: Pen) -> None:
    """Look every number of the report up in the data."""
    if not any(document.kind == CASE for document in view.documents):
        return
    said = list(mentions(view))
    known = Known([m for m in said if m.passage.document.kind == CASE])
    without: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for mention in said:
        figure = mention.figure
        if mention.passage.document.kind == CASE or figure.kind is Kind.RANGE:
            continue
        entry = pen.ledger.entry(figure)
        near = known.near(figure)
        if any(_names(mention, source) for source in near):
            pen.verified("R26", [figure])
        elif near and len(figure.digits.replace(".", "").strip("0")) >= _FEW_DIGITS:
            pen.consistent("R26", [figure])
        elif entry.state < State.VERIFIED and figure.value and (figure.places or figure.unit):
            chapter = mention.passage.section[:1]
            without[mention.passage.document.name, *chapter].append(entry)
    for key, entries in without.items():
        _take_down(key[-1] if len(key) > 1 else "", entries, pen)


def _take_down(chapter: str, entries: list[Entry], pen: Pen) -> None:
    """Ask once a chapter for the sources of its numbers."""
    shown = "、".join(entry.figure.text for entry in entries[:_SHOWN])
    more = "等" if len(entries) > _SHOWN else ""
    pen.find(
        "R26",
        Severity.QUESTION,
        f"“{chapter or '正文'}”中有{len(entries)}个数在评价数据中没有来源，"
        f"也不能由文中的数算出：{shown}{more}。",
        [place_of(entry.passage, entry.figure) for entry in entries],
        figures=[entry.figure for entry in entries],
    )


def _names(mention: Mention, source: Mention) -> bool:
    """Say whether a mention and a datum of the same amount are called alike."""
    ours = [mention.name, *mention.under.split("›"), *mention.passage.section[-1:]]
    theirs = [source.name, *source.under.split("›"), source.column]
    return any(containment(a, b) >= _LIKE for a in ours if a for b in theirs if b)

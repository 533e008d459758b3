"""Numbers without a source (数据来源): R26, where the data of the evaluation is at hand.

A report on an evaluation takes every figure from its data, or works it out of
it. A number that is neither in the data nor recomputed from others has nothing
to stand on: a slip, or a figure that nobody handed in. Much of a report is no
matter of its data, so a file is asked about once, with counts.
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
_SHOWN = 3
"""Numbers told of a chapter; the rest are counted."""

_SMALL = 10
"""Counts below it are too common to be looked for: 副局长3名, 共2次."""


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
    without: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
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
        elif entry.state < State.VERIFIED and _wants_source(figure):
            chapter = next(iter(mention.passage.section), "正文")
            without[mention.passage.document.name][chapter].append(entry)
    for chapters in without.values():
        _take_down(chapters, pen)


def _wants_source(figure: Figure) -> bool:
    """Say whether a number should come from somewhere.

    Points, as 90分 of a grade and 得2分 of a rule, belong to the scoring; counts of
    one digit are said of anything.
    """
    if not figure.value or figure.unit == "分":
        return False
    if figure.places:
        return True
    return bool(figure.unit) and (figure.unit == "%" or abs(figure.base) >= _SMALL)


def _take_down(chapters: dict[str, list[Entry]], pen: Pen) -> None:
    """Ask once a file for the sources of its numbers."""
    entries = [entry for some in chapters.values() for entry in some]
    pen.find(
        "R26",
        Severity.QUESTION,
        f"有{len(entries)}个数在评价数据中没有来源，也不能由文中的数算出："
        f"{'；'.join(_told(chapter, some) for chapter, some in chapters.items())}。"
        "评价数据不记载的内容可不理会。",
        [place_of(entry.passage, entry.figure) for entry in entries],
        figures=[entry.figure for entry in entries],
    )


def _told(chapter: str, entries: list[Entry]) -> str:
    texts = list(dict.fromkeys(entry.figure.text for entry in entries))
    more = "等" if len(texts) > _SHOWN else ""
    return f"“{chapter}”{len(entries)}个（{'、'.join(texts[:_SHOWN])}{more}）"


def _names(mention: Mention, source: Mention) -> bool:
    """Say whether a mention and a datum of the same amount are called alike."""
    ours = [mention.name, *mention.under.split("›"), *mention.passage.section[-1:]]
    theirs = [source.name, *source.under.split("›"), source.column]
    return any(containment(a, b) >= _LIKE for a in ours if a for b in theirs if b)

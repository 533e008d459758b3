"""The unit over a table against what is printed elsewhere (表的单位): R16.

单位：元 over amounts that the text has in 万元 makes every number of the table
ten thousand times too small. Its digits betray it: elsewhere they stand for
other amounts, and nowhere for these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from steelyard.doctor.arithmetic import same_amount
from steelyard.doctor.finding import Severity, place_of, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import Passage
from steelyard.doctor.view.view import CASE, View

_MONEY = (("元", 1),)
_FEWEST_DIGITS = 5
"""A shorter number is found elsewhere by chance."""
_KEY = 4
_SHIFTS = tuple(Fraction(10) ** power for power in (-8, -4, 4, 8))
_FEWEST = 2

Amount = tuple[Passage, Figure]


def check(view: View, pen: Pen) -> None:
    """Look at every table whose unit stands over it."""
    by_digits: dict[str, list[Amount]] = defaultdict(list)
    tables: dict[int, list[Amount]] = defaultdict(list)
    for passage, figure in _amounts(view):
        by_digits[_digits(figure)[:_KEY]].append((passage, figure))
        if passage.table is not None and not figure.unit:
            tables[id(passage.table)].append((passage, figure))
    for amounts in tables.values():
        _weigh(view, amounts, by_digits, pen)


def _amounts(view: View) -> Iterator[Amount]:
    for passage in view.passages:
        for figure in passage.claims:
            if figure.dimension == _MONEY and len(_digits(figure)) >= _FEWEST_DIGITS:
                yield passage, figure


def _digits(figure: Figure) -> str:
    return figure.digits.replace(".", "").lstrip("-0").rstrip("0")


def _weigh(view: View, amounts: list[Amount], by_digits: dict[str, list[Amount]], pen: Pen) -> None:
    """Count which numbers of a table stand elsewhere as they are, and which shifted."""
    shifted: dict[Fraction, tuple[Amount, Amount]] = {}
    for passage, figure in amounts:
        for other, said in by_digits[_digits(figure)[:_KEY]]:
            if other.table is passage.table:
                continue
            if same_amount(figure, said):
                return
            moved = (replace(figure, factor=figure.factor * shift) for shift in _SHIFTS)
            if any(same_amount(each, said) for each in moved):
                shifted.setdefault(figure.value, ((passage, figure), (other, said)))
    if len(shifted) < _FEWEST:
        return
    here, there = next(iter(shifted.values()))
    over = _unit_line(view, here[0])
    places = [place_of(*here), place_of(*there)]
    pen.find(
        "R16",
        Severity.QUESTION,
        f"表上的单位疑有误：表中有{len(shifted)}个数在别处按另一单位列出，"
        f"如此处的{here[1].digits}，别处为{there[1].text}。",
        [whole(over), *places] if over is not None else places,
        figures=[each[0][1] for each in shifted.values()],
    )


def _unit_line(view: View, passage: Passage) -> Passage | None:
    """Return the line that states the unit over the table of a passage."""
    table = passage.table
    first = next(each.index for each in view.passages if each.table is table)
    line = view.passages[first - 1] if first else None
    is_line = (
        line is not None
        and line.document is passage.document
        and ("单位" in line.text and line.table is None)
    )
    return line if is_line and passage.document.kind != CASE else None

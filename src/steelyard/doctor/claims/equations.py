"""Printed calculations (算式核对): A=B=C has to hold from side to side.

R02 and R21: every side of an equation that is wholly numbers is worked out.
A side may be rounded, and may be worked out from a rounded side before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from steelyard.doctor.arithmetic import half_step, shown, worked_out
from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.passage import NUMBER, Passage
from steelyard.doctor.view.view import View
from steelyard.measure.number import plain as written
from steelyard.measure.rounding import round_half_up

_RUN = re.compile(rf"(?:(?!(?<={NUMBER}){NUMBER})[{NUMBER}+\-×÷/·=（）≈]){{3,}}")
_TIMES_HUNDRED = re.compile(rf"(?<=[\u4e00-\u9fff]）)×(?P<rate>{NUMBER})(?![+\-×÷/=])")
_SIDE = re.compile(rf"[{NUMBER}+\-×÷/·（）]+")
_OPERATOR = re.compile(r"[+\-×÷/·]")
_SIGNS = {"（": "(", "）": ")", "·": "*", "×": "*", "÷": "/"}
_MOST_FIGURES = 40
_MOST_LOOSE = 4


@dataclass(frozen=True)
class Side:
    """One side of an equation (等式的一边)."""

    figures: tuple[Figure, ...]
    start: int
    end: int
    formula: str
    names: tuple[str, ...]
    """Of its numbers in the formula."""

    @property
    def is_single(self) -> bool:
        """Whether it is one number."""
        return len(self.figures) == 1 and not _OPERATOR.search(self.formula)


def check(view: View, pen: Pen) -> None:
    """Work out every equation that is printed."""
    for passage in view.passages:
        if "=" in passage.text and len(passage.claims) > 1:
            for sides in _equations(passage):
                _hold(passage, sides, pen)
        if "）×" in passage.text:
            _definitions(passage, pen)


def _definitions(passage: Passage, pen: Pen) -> None:
    """Look at the ×100% that ends the definition of a rate in words."""
    for match in _TIMES_HUNDRED.finditer(passage.skeleton.text):
        figure = passage.skeleton.figure_at(match.start("rate"))
        if figure.base == 1:
            pen.verified("R02", [figure])
        elif figure.unit == "%":
            pen.find(
                "R02",
                Severity.ERROR,
                f"比率的定义应乘以100%，印作×{figure.digits}%。",
                [place_of(passage, figure)],
                figures=[figure],
            )


def _equations(passage: Passage) -> Iterator[list[Side]]:
    skeleton = passage.skeleton
    for run in _RUN.finditer(skeleton.text):
        offset = run.start()
        sides: list[Side] = []
        for part in re.split("[=≈]", run[0]):
            side = _side(passage, offset, part)
            offset += len(part) + 1
            if side is None:
                if len(sides) > 1:
                    yield sides
                sides = []
            else:
                sides.append(side)
        if len(sides) > 1:
            yield sides


def _side(passage: Passage, offset: int, part: str) -> Side | None:
    if not part or not _SIDE.fullmatch(part) or part.count(NUMBER) > _MOST_FIGURES:
        return None
    skeleton = passage.skeleton
    figures: list[Figure] = []
    words: list[str] = []
    for index, sign in enumerate(part):
        if sign == NUMBER:
            figure = skeleton.figure_at(offset + index)
            name = f"甲{len(figures)}"
            figures.append(figure)
            joined = words and (words[-1].endswith(")") or words[-1].lstrip("+").startswith("甲"))
            words.append(("+" if joined and figure.value < 0 else "") + name)
        else:
            words.append(_SIGNS.get(sign, sign))
    formula = _closed("".join(words))
    if not figures or formula is None:
        return None
    names = tuple(f"甲{index}" for index in range(len(figures)))
    return Side(tuple(figures), figures[0].start, figures[-1].end, formula, names)


def _closed(formula: str) -> str | None:
    """Return a formula with its brackets closed, None when it cannot be one."""
    opened = formula.count("(") - formula.count(")")
    if opened < 0 or not re.fullmatch(r"\(*甲\d+\)*(?:[+\-*/]\(*甲\d+\)*)*", formula):
        return None
    return formula if not opened else None


def _hold(passage: Passage, sides: list[Side], pen: Pen) -> None:
    """Compare each side with the last that was worked out."""
    if all(side.is_single for side in sides):
        return
    base = sides[0]
    for side in sides[1:]:
        if _comparable(base, side):
            figures = (*base.figures, *side.figures)
            if any(_same(base, side, values) for values in _READINGS):
                pen.verified("R02", figures)
            elif _is_within(passage, base, side):
                pen.consistent("R02", figures)
            else:
                _wrong(passage, base, side, pen)
        if not side.is_single or base.is_single:
            base = side


def _in_base(side: Side) -> dict[str, Fraction]:
    """Return the numbers of a side with their units."""
    return {name: figure.base for name, figure in zip(side.names, side.figures, strict=True)}


def _as_printed(side: Side) -> dict[str, Fraction]:
    """Return the numbers of a side as they stand; only per cent counts.

    7479.37-4501.85=2977.52 万元 says its unit once, behind the result.
    """
    return {
        name: figure.base if figure.unit in ("%", "‰") else figure.value
        for name, figure in zip(side.names, side.figures, strict=True)
    }


Reading = Callable[[Side], dict[str, Fraction]]
_READINGS: tuple[Reading, ...] = (_in_base, _as_printed)


def _is_within(passage: Passage, base: Side, side: Side) -> bool:
    """Say whether a result lies where it can, its operands having been rounded before.

    20.72%÷5%=4.1444 is worked out from what 20.72% was rounded from: any value that
    is printed so may have been meant.
    """
    loose = [
        (name, figure)
        for name, figure in zip(base.names, base.figures, strict=True)
        if _is_result(passage, figure)
    ]
    if not loose or len(loose) > _MOST_LOOSE or not side.is_single:
        return False
    claimed = side.figures[0]
    for reading in _READINGS:
        found = []
        for signs in product((-1, 1), repeat=len(loose)):
            values = reading(base)
            for sign, (name, figure) in zip(signs, loose, strict=True):
                scale = values[name] / figure.base if figure.base else Fraction(1)
                values[name] += sign * half_step(figure) * scale
            value = worked_out(base.formula, values)
            if value is None:
                return False
            found.append(value)
        due, half = reading(side)[side.names[0]], half_step(claimed)
        if min(found) - half <= due <= max(found) + half:
            return True
    return False


def _is_result(passage: Passage, figure: Figure) -> bool:
    """Say whether a number stands in front of its place already, as what was worked out."""
    return any(
        each.end <= figure.start
        and (each.value, each.unit) == (figure.value, figure.unit)
        and passage.text[: each.start].endswith("=")
        for each in passage.claims
    )


def _comparable(one: Side, other: Side) -> bool:
    """Say whether two sides can be meant as equal: an amount is no ratio of bare numbers."""
    for single, formula in ((one, other), (other, one)):
        amount = single.is_single and bool(single.figures[0].dimension)
        bare = not any(figure.unit for figure in formula.figures)
        if amount and bare and "/" in formula.formula and single is one:
            return False
    return all(worked_out(side.formula, _in_base(side)) is not None for side in (one, other))


def _same(one: Side, other: Side, reading: Reading) -> bool:
    """Compare two sides at the printed precision of the one that is a number."""
    left, right = (worked_out(side.formula, reading(side)) for side in (one, other))
    if left is None or right is None or left == right:
        return True
    for single, value in ((other, left), (one, right)):
        if single.is_single:
            figure = single.figures[0]
            return round_half_up(value / _scale(figure, reading), figure.places) == figure.value
    return abs(left - right) <= _reach(one) + _reach(other)


def _scale(figure: Figure, reading: Reading) -> Fraction:
    percent = figure.unit in ("%", "‰")
    return figure.factor if percent or reading is _in_base else Fraction(1)


def _reach(side: Side) -> Fraction:
    """Return how far rounding inside a side can have moved it."""
    return sum((half_step(figure) for figure in side.figures), Fraction(0))


def _wrong(passage: Passage, one: Side, other: Side, pen: Pen) -> None:
    figures = (*one.figures, *other.figures)
    start, end = min(one.start, other.start), max(one.end, other.end)
    place = Place(passage, start, end)
    single = other if other.is_single else one if one.is_single else None
    if single is None:
        left, right = (worked_out(side.formula, _as_printed(side)) for side in (one, other))
        sums = "，右边为".join(shown(value or Fraction(0)) for value in (left, right))
        message = f"等式两边不等：左边为{sums}。"
        pen.find("R02", Severity.ERROR, message, [place], figures=figures)
        return
    claimed = single.figures[0]
    worked = one if single is other else other
    due, exact = _due(worked, claimed)
    pen.find(
        "R02",
        Severity.ERROR,
        f"算式的结果印作{claimed.digits}{claimed.unit}，算得{due}{claimed.unit}。",
        [Place(passage, claimed.start, claimed.end), place],
        computed=f"{_words(passage.text, worked)}={exact}{claimed.unit}",
        figures=figures,
    )


def _words(text: str, side: Side) -> str:
    """Return a side as it stands, with the brackets that it begins and ends with."""
    start, end = side.start, side.end
    while text[start:end].count("（") < text[start:end].count("）") and text[start - 1] == "（":
        start -= 1
    while text[start:end].count("（") > text[start:end].count("）") and text[end : end + 1] == "）":
        end += 1
    return text[start:end]


def _due(side: Side, claimed: Figure) -> tuple[str, str]:
    """Return what a side comes to in the unit of the claimed number, rounded and not.

    Of the two readings of units the one that comes nearer is meant.
    """
    found = []
    for reading in _READINGS:
        value = worked_out(side.formula, reading(side))
        if value is not None:
            found.append(value / _scale(claimed, reading))
    best = min(found, key=lambda value: abs(value - claimed.value))
    return written(best, claimed.places), shown(best)

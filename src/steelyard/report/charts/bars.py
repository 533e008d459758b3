"""Lying bars (条形图): categories down the side, values to the right.

The drawing grows with its categories. Labels stand beyond the ends of their
bars; in a stack they stand inside, or above where they do not fit.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from steelyard.report.charts.marks import Drawing
from steelyard.report.charts.parts import Part, axis_of, is_crowded, visible
from steelyard.report.charts.scale import Scale
from steelyard.report.charts.words import apart, width_of, wrapped
from steelyard.report.model.blocks import Chart

_SIZE = 12
_LINE = 15
_BAR = Fraction(18)
_GAP = Fraction(14)
_NAMES = Fraction(36, 100)
"""The most that names may take of the width."""

Parts = tuple[tuple[Part, ...], ...]
_Place = Callable[[Fraction], Fraction]


def lay_bars(
    drawing: Drawing, chart: Chart, parts: Parts, *, width: Fraction, top: Fraction
) -> tuple[Fraction, Fraction]:
    """Lay axis, bars and labels; return width and height of the drawing."""
    axis = axis_of(chart, parts)
    crowded = is_crowded(parts)
    names = [wrapped(name, _SIZE, width * _NAMES) for name in chart.categories]
    widest = max((width_of(p.label, _SIZE) for some in parts for p in some), default=Fraction(0))
    left = max(width_of(line, _SIZE) for some in names for line in some) + 12
    if axis.low < 0:
        left += widest + 6
    length = width - left - (Fraction(18) if crowded else widest + 14)
    lanes = len(visible(chart)) if chart.stacking == "beside" else 1

    def place_of(value: Fraction) -> Fraction:
        return left + length * axis.share(value)

    rows: list[tuple[Fraction, Fraction]] = []
    y = top + 4
    for index, some in enumerate(parts):
        over = _LINE if crowded and _outside(some, length, axis) else 0
        bars = _BAR * lanes + over
        high = max(bars, Fraction(_LINE * len(names[index])))
        rows.append((y + (high - bars) / 2 + over, y + high / 2))
        y += high + _GAP
    foot = y - _GAP + 6
    _lay_axis(drawing, chart, axis, left=left, length=length, top=top, foot=foot)
    side = left - 8 - (widest + 6 if axis.low < 0 else 0)
    for some, lines, (bar_y, middle) in zip(parts, names, rows, strict=True):
        _lay_row(drawing, some, place_of, y=bar_y)
        if crowded:
            _lay_inside(drawing, some, place_of, y=bar_y, low=left, high=width)
        else:
            _lay_beyond(drawing, some, place_of, y=bar_y)
        for number, line in enumerate(lines):
            away = _LINE * (2 * number - len(lines) + 1)
            drawing.words(side, middle + Fraction(away, 2), line, anchor="end", size=_SIZE)
    return width, foot + 24


def _lay_axis(
    drawing: Drawing,
    chart: Chart,
    axis: Scale,
    *,
    left: Fraction,
    length: Fraction,
    top: Fraction,
    foot: Fraction,
) -> None:
    sign = "%" if chart.stacking == "share" else ""
    ticks = axis.ticks()
    wide = max(width_of(text + sign, _SIZE) for _, text in ticks) + 10
    spacing = length / max(1, len(ticks) - 1)
    stride = -(-wide // spacing)
    for index, (value, text) in enumerate(ticks):
        x = left + length * axis.share(value)
        drawing.line(x, top, x, foot, strong=value == 0)
        if index % stride == 0:
            drawing.words(x, foot + 12, text + sign, size=_SIZE)


def _lay_row(drawing: Drawing, some: tuple[Part, ...], place_of: _Place, *, y: Fraction) -> None:
    for part in some:
        low, high = sorted((place_of(part.start), place_of(part.end)))
        if high > low:
            box = drawing.box(low, y + _BAR * part.lane, high - low, _BAR, part.tone)
            drawing.bar(box, part.said, part.door)


def _lay_beyond(drawing: Drawing, some: tuple[Part, ...], place_of: _Place, *, y: Fraction) -> None:
    """Lay labels beyond the far ends of their bars."""
    for part in some:
        x, middle = place_of(part.far), y + _BAR * part.lane + _BAR / 2
        if part.end < 0:
            drawing.words(x - 5, middle, part.label, anchor="end", size=_SIZE)
        else:
            drawing.words(x + 5, middle, part.label, anchor="start", size=_SIZE)


def _outside(some: tuple[Part, ...], length: Fraction, axis: Scale) -> list[Part]:
    """Return the parts whose labels do not fit inside."""
    found = []
    for part in some:
        room = length * abs(axis.share(part.end) - axis.share(part.start))
        if part.label and width_of(part.label, _SIZE) + 4 > room:
            found.append(part)
    return found


def _lay_inside(
    drawing: Drawing,
    some: tuple[Part, ...],
    place_of: _Place,
    *,
    y: Fraction,
    low: Fraction,
    high: Fraction,
) -> None:
    """Lay labels inside their parts, else above the bar, moved apart."""
    above: list[tuple[Fraction, Part]] = []
    for part in some:
        middle = (place_of(part.start) + place_of(part.end)) / 2
        room = abs(place_of(part.end) - place_of(part.start))
        if width_of(part.label, _SIZE) + 4 <= room:
            drawing.words(middle, y + _BAR / 2, part.label, size=_SIZE, inside=part.tone)
        elif part.label:
            above.append((middle, part))
    wanted = tuple(middle for middle, _ in above)
    sizes = tuple(width_of(part.label, _SIZE) + 6 for _, part in above)
    for (middle, part), x in zip(above, apart(wanted, sizes, low=low, high=high), strict=True):
        drawing.line(middle, y, x, y - 4)
        drawing.words(x, y - 10, part.label, size=_SIZE)

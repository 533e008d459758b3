"""Upright columns (柱形图): categories along the foot, values upwards.

Labels stand above their columns, turned upright where they are wider; in a
stack they stand inside, or at the side where they do not fit.
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
_TALL = Fraction(230)
_WIDEST = Fraction(56)
_NARROWEST = Fraction(16)

Parts = tuple[tuple[Part, ...], ...]
_Height = Callable[[Fraction], Fraction]


def lay_columns(
    drawing: Drawing, chart: Chart, parts: Parts, *, width: Fraction, top: Fraction
) -> tuple[Fraction, Fraction]:
    """Lay axis, columns and labels; return width and height of the drawing."""
    axis = axis_of(chart, parts)
    sign = "%" if chart.stacking == "share" else ""
    ticks = [(value, text + sign) for value, text in axis.ticks()]
    left = max(width_of(text, _SIZE) for _, text in ticks) + 10
    lanes = len(visible(chart)) if chart.stacking == "beside" else 1
    crowded = is_crowded(parts)
    widest = max((width_of(p.label, _SIZE) for some in parts for p in some), default=Fraction(0))
    slot, lane, upright = _room(chart, width - left - 8, lanes, widest, crowded=crowded)
    head = Fraction(4) if crowded else (widest + 8 if upright else Fraction(18))
    foot_room = head if axis.low < 0 else Fraction(0)
    zero_to = top + head
    right = left + slot * len(chart.categories)

    def height_of(value: Fraction) -> Fraction:
        return zero_to + _TALL * (1 - axis.share(value))

    for value, text in ticks:
        drawing.line(left, height_of(value), right, height_of(value), strong=value == 0)
        drawing.words(left - 6, height_of(value), text, anchor="end", size=_SIZE)
    for index, some in enumerate(parts):
        begin = left + slot * index
        start = begin + (slot - lane * lanes) / 2
        if crowded:
            start = begin + max(Fraction(8), min((slot - lane) / 2, slot - lane - widest - 14))
        _lay_category(drawing, some, axis, start=start, lane=lane, zero_to=zero_to)
        if crowded:
            _lay_inside(drawing, some, height_of, start=start, lane=lane)
        else:
            _lay_above(drawing, some, height_of, start=start, lane=lane, upright=upright)
    foot = zero_to + _TALL + foot_room
    return right + 8, _lay_names(drawing, chart, left=left, slot=slot, y=foot + 14)


def _room(
    chart: Chart, room: Fraction, lanes: int, widest: Fraction, *, crowded: bool
) -> tuple[Fraction, Fraction, bool]:
    """Return widths of a category and of a column, and whether labels are turned."""
    slot = room / max(1, len(chart.categories))
    if crowded:
        lane = min(slot / 2, _WIDEST)
        slot = max(slot, lane + widest + 24)
        return slot, lane, False
    lane = min(slot * 7 / 10 / lanes, _WIDEST)
    needed = slot - 4 if lanes == 1 else lane
    upright = widest + 2 > needed
    if upright and lane < _NARROWEST:
        lane = _NARROWEST
        slot = max(slot, lane * lanes * 10 / 7)
    return slot, lane, upright


def _lay_category(
    drawing: Drawing,
    some: tuple[Part, ...],
    axis: Scale,
    *,
    start: Fraction,
    lane: Fraction,
    zero_to: Fraction,
) -> None:
    for part in some:
        low, high = sorted((axis.share(part.start), axis.share(part.end)))
        if high > low:
            y = zero_to + _TALL * (1 - high)
            box = drawing.box(start + lane * part.lane, y, lane, _TALL * (high - low), part.tone)
            drawing.bar(box, part.said, part.door)


def _lay_above(
    drawing: Drawing,
    some: tuple[Part, ...],
    height_of: _Height,
    *,
    start: Fraction,
    lane: Fraction,
    upright: bool,
) -> None:
    """Lay labels beyond the far ends of their columns."""
    for part in some:
        side = 1 if part.end < 0 else -1
        away = width_of(part.label, _SIZE) / 2 + 4 if upright else Fraction(9)
        middle = start + lane * part.lane + lane / 2
        y = height_of(part.far) + side * away
        drawing.words(middle, y, part.label, size=_SIZE, upright=upright)


def _lay_inside(
    drawing: Drawing,
    some: tuple[Part, ...],
    height_of: _Height,
    *,
    start: Fraction,
    lane: Fraction,
) -> None:
    """Lay labels inside their parts, else at the side, moved apart."""
    beside: list[tuple[Fraction, Part]] = []
    for part in some:
        middle = (height_of(part.start) + height_of(part.end)) / 2
        tall = abs(height_of(part.start) - height_of(part.end))
        if tall >= _LINE and width_of(part.label, _SIZE) + 4 <= lane:
            drawing.words(start + lane / 2, middle, part.label, size=_SIZE, inside=part.tone)
        elif part.label:
            beside.append((middle, part))
    beside.sort(key=lambda each: each[0])
    wanted = tuple(middle for middle, _ in beside)
    sizes = (Fraction(_LINE),) * len(beside)
    high = height_of(Fraction(0)) + 4
    low = high - _TALL
    for (middle, part), y in zip(beside, apart(wanted, sizes, low=low, high=high), strict=True):
        drawing.line(start + lane, middle, start + lane + 8, y)
        drawing.words(start + lane + 10, y, part.label, anchor="start", size=_SIZE)


def _lay_names(
    drawing: Drawing, chart: Chart, *, left: Fraction, slot: Fraction, y: Fraction
) -> Fraction:
    """Lay the names of the categories, broken into lines; return the foot."""
    lines = [wrapped(name, _SIZE, slot - 6) for name in chart.categories]
    for index, some in enumerate(lines):
        for number, line in enumerate(some):
            middle = left + slot * index + slot / 2
            drawing.words(middle, y + _LINE * number, line, size=_SIZE)
    return y + _LINE * max((len(some) for some in lines), default=1)

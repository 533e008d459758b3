"""Charts as SVG (图): one drawing for the page and for Typst.

Values stay exact until they become coordinates, labels are printed as given,
and nothing is a style attribute. A chart reads in black and white: tones by
lightness, outlines, hatches.
"""

from __future__ import annotations

import re
from collections.abc import Container
from fractions import Fraction
from html import escape

from steelyard.report.charts.bars import lay_bars
from steelyard.report.charts.columns import lay_columns
from steelyard.report.charts.marks import Drawing, at
from steelyard.report.charts.parts import parts_of, visible
from steelyard.report.charts.words import width_of, wrapped
from steelyard.report.model.blocks import Chart

FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
_SMALL = 11
_ROW = 20
_LINE = 14
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold; they may have come with a name from elsewhere."""


def chart_svg(
    chart: Chart,
    *,
    prefix: str,
    width: int = 640,
    doors: Container[str] = frozenset(),
    alone: bool = False,
    fonts: str = FONTS,
) -> str:
    """Return a chart as one SVG element.

    Args:
        chart: What to draw.
        prefix: Begins every id inside; unique in the document.
        width: Its width; labels that need more widen the drawing, whose
            height follows from what it shows.
        doors: Addresses that open: bars that lead there become links.
        alone: Whether it is a file of its own and names its namespace.
        fonts: Font families, as in CSS.
    """
    drawing = Drawing(prefix)
    top = _lay_head(drawing, chart, width)
    lay = lay_columns if chart.direction == "columns" else lay_bars
    parts = parts_of(chart, doors)
    wide, high = lay(drawing, chart, parts, width=Fraction(width), top=top)
    linked = any(part.door for some in parts for part in some)
    opening = (
        f'<svg viewBox="0 0 {at(wide)} {at(high)}" width="{at(wide)}" height="{at(high)}"'
        f' role="{"group" if linked else "img"}"'
        f' aria-labelledby="{prefix}-name" aria-describedby="{prefix}-text"'
        f' font-family="{escape(fonts)}" fill="currentColor"'
    )
    if alone:
        opening += ' xmlns="http://www.w3.org/2000/svg" color="#1b2430"'
    tones = {series.tone for series in visible(chart)}
    svg = "".join(
        (
            f'{opening}><title id="{prefix}-name">{escape(chart.caption.text)}</title>',
            f'<desc id="{prefix}-text">{escape(chart.alt)}</desc>',
            f"<defs>{''.join(drawing.patterns(tones))}</defs>",
            *drawing.marks,
            "</svg>",
        )
    )
    return _ILLEGAL.sub("", svg)


def _lay_head(drawing: Drawing, chart: Chart, width: int) -> Fraction:
    """Lay unit and legend; return where the plot may begin."""
    x, y = Fraction(4), Fraction(10)
    unit = "" if chart.stacking == "share" and chart.unit == "%" else chart.unit
    if unit:
        text = f"单位：{unit}"
        drawing.words(x, y, text, anchor="start", size=_SMALL)
        x += width_of(text, _SMALL) + 20
    shown = visible(chart)
    if len(shown) > 1:
        first = x
        for series in shown:
            wide = width_of(series.name, _SMALL) + 38
            if x + wide > width and x > first:
                x, y = first, y + _ROW
            drawing.marks.append(drawing.box(x, y - 6, 18, 12, min(series.tone, 4)))
            for number, line in enumerate(wrapped(series.name, _SMALL, width - x - 27)):
                y += _LINE if number else 0
                drawing.words(x + 23, y, line, anchor="start", size=_SMALL)
            x += wide
    return y + 14 if unit or len(shown) > 1 else Fraction(4)

"""The bars of a chart by category (图块): from which value to which each runs."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from fractions import Fraction

from steelyard.report.charts.scale import SHARES, Scale, scale_for
from steelyard.report.model.blocks import Chart, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One bar of a category, in the values of the axis (图块)."""

    lane: int
    """Its place among series that stand beside each other; 0 in a stack."""

    start: Fraction
    end: Fraction
    tone: int
    label: str
    said: str
    """What it is, in words: category, series, label."""

    door: str
    """Where it leads; empty when it leads nowhere."""

    @property
    def far(self) -> Fraction:
        """The end away from zero."""
        return min(self.start, self.end) if self.end < 0 else max(self.start, self.end)


def visible(chart: Chart) -> tuple[Series, ...]:
    """Return the series that are drawn."""
    return tuple(series for series in chart.series if series.tone >= 0)


def parts_of(chart: Chart, doors: Container[str]) -> tuple[tuple[Part, ...], ...]:
    """Return the bars of every category, in order of the series.

    Args:
        chart: What to draw.
        doors: Addresses that open; any other bar leads nowhere.
    """
    return tuple(_category(chart, index, doors) for index in range(len(chart.categories)))


def _category(chart: Chart, index: int, doors: Container[str]) -> tuple[Part, ...]:
    shown = visible(chart)
    values = [series.points[index].value for series in shown]
    whole = sum((value for value in values if value is not None), Fraction(0))
    if chart.stacking == "share" and not whole:
        return ()
    parts: list[Part] = []
    base = Fraction(0)
    for series in chart.series:
        point = series.points[index]
        if point.value is None:
            continue
        value = point.value * 100 / whole if chart.stacking == "share" else point.value
        if series.tone >= 0:
            words = [chart.categories[index], series.name if len(shown) > 1 else "", point.label]
            parts.append(
                Part(
                    lane=shown.index(series) if chart.stacking == "beside" else 0,
                    start=base,
                    end=base + value,
                    tone=min(series.tone, 4),
                    label=point.label,
                    said=" ".join(word for word in words if word),
                    door=point.door if point.door and point.door in doors else "",
                )
            )
        if chart.stacking != "beside" and (series.tone >= 0 or chart.stacking == "sum"):
            base += value
    return tuple(parts)


def axis_of(chart: Chart, parts: tuple[tuple[Part, ...], ...]) -> Scale:
    """Return the axis on which all bars stand."""
    if chart.stacking == "share":
        return SHARES
    return scale_for(each for some in parts for part in some for each in (part.start, part.end))


def is_crowded(parts: tuple[tuple[Part, ...], ...]) -> bool:
    """Tell whether bars of a category touch each other, so that labels stand inside."""
    return any(len(some) > 1 and some[1].lane == 0 for some in parts)

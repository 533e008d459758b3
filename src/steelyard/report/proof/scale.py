"""The beam on which the total hangs (标尺): grades, total and envelope as positions.

Positions are percentages of the width, so that lettering keeps its size on
any screen. Nothing is scored here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from steelyard.evaluation.evaluation import Outcome
from steelyard.measure.number import plain, trimmed
from steelyard.report.proof.text import points_text


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the beam with its lettering (刻度)."""

    at: str
    text: str
    anchor: str = "middle"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The stretch of one grade (等级段)."""

    at: str
    width: str
    middle: str
    name: str
    now: bool
    wide: bool
    """Whether there is room for the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """A stretch of the beam (标尺)."""

    bands: tuple[Band, ...]
    ticks: tuple[Mark, ...]
    total: Mark
    low: Mark | None = None
    high: Mark | None = None
    reach_at: str = "0"
    reach_width: str = "0"


def rulers(outcome: Outcome) -> tuple[Ruler, ...]:
    """Return the whole beam, and the stretch around the total when that is small.

    Empty while there is no total.
    """
    card = outcome.card
    if card.total is None:
        return ()
    full = card.framework.points
    reach = outcome.envelope
    low = card.total if reach is None else min(reach.low, card.total)
    high = card.total if reach is None else max(reach.high, card.total)
    room = max(Fraction(1), (high - low) / 4)
    start = max(Fraction(0), Fraction(math.floor(low - room)))
    end = min(full, Fraction(math.ceil(high + room)))
    whole = _ruler(outcome, card.total, Fraction(0), full)
    if end - start > full / 2:
        return (whole,)
    return (whole, _ruler(outcome, card.total, start, end))


def _ruler(outcome: Outcome, total: Fraction, start: Fraction, end: Fraction) -> Ruler:
    framework, reach = outcome.card.framework, outcome.envelope

    def at(value: Fraction) -> str:
        return trimmed((value - start) / (end - start) * 100, 3) + "%"

    def mark(value: Fraction, *, anchor: str = "middle", strong: bool = False) -> Mark:
        return Mark(at(value), trimmed(value, framework.places), anchor, strong)

    floors = {grade.floor for grade in framework.grades if start < grade.floor < end}
    whole = end - start == framework.points
    ticks = {start, end} if whole else _units(start, end)
    total_mark = Mark(at(total), plain(total, framework.places))
    ruler_ticks = tuple(mark(v, strong=v in floors) for v in sorted(ticks | floors))
    bands = _bands(outcome, start, end)
    if reach is None:
        return Ruler(bands=bands, ticks=ruler_ticks, total=total_mark)
    return Ruler(
        bands=bands,
        ticks=ruler_ticks,
        total=total_mark,
        low=Mark(at(reach.low), plain(reach.low, framework.places), "end"),
        high=Mark(at(reach.high), plain(reach.high, framework.places), "start"),
        reach_at=at(reach.low),
        reach_width=trimmed((reach.high - reach.low) / (end - start) * 100, 3) + "%",
    )


def _units(start: Fraction, end: Fraction) -> set[Fraction]:
    step = next((s for s in (1, 2, 5) if (end - start) / s <= 10), 10)
    return {Fraction(v) for v in range(math.ceil(start), math.floor(end) + 1) if v % step == 0}


def _bands(outcome: Outcome, start: Fraction, end: Fraction) -> tuple[Band, ...]:
    standing = outcome.card.standing
    bands = []
    top = end
    grades = outcome.card.framework.grades
    for grade in grades:
        # Whatever lies below its floor is still of the lowest grade.
        bottom = start if grade is grades[-1] else max(grade.floor, start)
        if bottom < top:
            share = (top - bottom) / (end - start) * 100
            left = (bottom - start) / (end - start) * 100
            bands.append(
                Band(
                    at=trimmed(left, 3) + "%",
                    width=trimmed(share, 3) + "%",
                    middle=trimmed(left + share / 2, 3) + "%",
                    name=grade.name,
                    now=standing is not None and grade == standing.grade,
                    wide=share >= 8,
                )
            )
            top = bottom
    return tuple(reversed(bands))


def beam_text(outcome: Outcome) -> str:
    """Say the beam in words, for those who do not see it."""
    card = outcome.card
    if card.total is None:
        return "尚无总分"
    grades = "，".join(f"{g.name}{points_text(g.floor)}分起" for g in card.framework.grades)
    said = f"总分{plain(card.total, card.framework.places)}分；{grades}"
    if outcome.envelope is not None:
        places = card.framework.places
        low, high = plain(outcome.envelope.low, places), plain(outcome.envelope.high, places)
        said += f"；得分区间{low}至{high}分"
    return said

"""A leaf that may be chosen (备选指标), and what all makers of leaves share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.made.draft import Draft, Leaf

Path = tuple[str, ...]
Maker = Callable[[Draft, Path, Fraction], Leaf]
Readings = dict[str, Mapping[str, object]]

GOALS, SYSTEM, MONEY, ASSETS = (
    "绩效目标管理方面",
    "制度建设和执行方面",
    "资金管理方面",
    "资产管理方面",
)
OUTPUT, EFFECT, LASTING = "工作任务完成方面", "履职效果方面", "可持续发展方面"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A leaf that may be chosen (备选指标)."""

    name: str
    topics: tuple[str, ...]
    """Kinds of groups under which it may stand, the most fitting first."""

    make: Maker


def said(kind: str, path: Path) -> str:
    """Return a reference to a word about a leaf."""
    return f"{{{{ {kind}：{'/'.join(path)} }}}}"


def bounded(value: Fraction, top: Fraction) -> Fraction:
    """Keep an award between nothing and the points."""
    return max(Fraction(0), min(value, top))


def because(use: str, why: str) -> Mapping[str, object]:
    """Return a reading with its reason."""
    return {"use": use, "why": why}


BANDS = (
    ((95, 100), (85, 80), (70, 50)),
    ((90, 100), (80, 75), (60, 40)),
    ((98, 100), (90, 90), (80, 60), (60, 30)),
)
"""Floors in percent, and the share earned from there on; nothing below the last."""


def bands(floors: tuple[tuple[int, int], ...], points: Fraction | None) -> list[object]:
    """Return bands without gaps, by points or, where there are none given, by shares."""
    found: list[object] = []
    top: int | None = None
    for floor, share in floors:
        edge: dict[str, object] = {"from": f"{floor}%"}
        if top is not None:
            edge["below"] = f"{top}%"
        earned: object = f"{share}%" if points is None else points * Fraction(share, 100)
        found.append({**edge, ("share" if points is None else "points"): earned})
        top = floor
    found.append({"below": f"{top}%", ("share" if points is None else "points"): 0})
    return found


def banded(floors: tuple[tuple[int, int], ...], x: Fraction) -> Fraction:
    """Return the share that bands give for a measure."""
    share = next((share for floor, share in floors if x * 100 >= floor), 0)
    return Fraction(share, 100)

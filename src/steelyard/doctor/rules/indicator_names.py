"""Names of indicators (指标名称): R22, one is written the same everywhere.

A name that has lost or gained one character in a single place is a slip; other
differences may be meant, as short forms are.
"""

from __future__ import annotations

from collections import defaultdict

from steelyard.doctor.finding import Place, Severity, whole
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare
from steelyard.doctor.subject.indicators import Entry, indicators
from steelyard.doctor.view.view import View

_SHORTEST = 5
"""A shorter name with a character less may well be another indicator."""


def check(view: View, pen: Pen) -> None:
    """Compare every name that stands once with those that stand more often."""
    said: dict[str, list[Entry]] = defaultdict(list)
    for indicator in indicators(view):
        for entry in indicator.entries:
            said[entry.name].append(entry)
    for name, entries in said.items():
        if len(entries) > 1:
            continue
        usual = next((u for u in said if len(said[u]) > 1 and _lacks_one(u, name)), None)
        here = _place(view, entries[0])
        if usual is None or here is None:
            continue
        others = [place for entry in said[usual] if (place := _place(view, entry)) is not None]
        pen.find(
            "R22",
            Severity.QUESTION,
            f"指标“{usual}”在此处写作“{name}”，另{len(said[usual])}处都是前者。",
            [here, *others[:2]],
        )


def _lacks_one(one: str, other: str) -> bool:
    """Say whether a name is another without one of its characters."""
    longer, shorter = sorted((bare(one), bare(other)), key=len, reverse=True)
    if len(longer) < _SHORTEST or len(longer) != len(shorter) + 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _place(view: View, entry: Entry) -> Place | None:
    """Return where an entry's name stands: in the row of its points, or their sentence."""
    if entry.points is None:
        return None
    home = entry.points[0]
    if home.cell is None:
        at = home.text.find(entry.name)
        return Place(home, at, at + len(entry.name)) if at >= 0 else None
    for passage in view.passages:
        if passage.table is not home.table or passage.cell is None:
            continue
        if passage.cell.row == home.cell.row and entry.name in passage.text:
            return whole(passage)
    return None

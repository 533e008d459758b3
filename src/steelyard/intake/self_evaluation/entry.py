"""One thing that a self-evaluation says (填报内容): its words, number and place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from steelyard.intake.sighting import Place
from steelyard.measure.nothing import DASHES, MISSING, NOT_APPLICABLE
from steelyard.measure.number import NotANumber, narrow, read_number
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.rounding import half_unit
from steelyard.measure.units import PERCENT, PLAIN, UNITS, Unit

_SIGNS = {
    ">=": "≥", "≥": "≥", "≧": "≥", "不低于": "≥", "不少于": "≥", "大于等于": "≥", "达到": "≥",
    "<=": "≤", "≤": "≤", "≦": "≤", "不高于": "≤", "不超过": "≤", "小于等于": "≤", "控制在": "≤",
    ">": ">", "大于": ">", "<": "<", "小于": "<",
    "=": "=", "═": "=", "等于": "=",
}  # fmt: skip
_WORDS = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<sign>{_WORDS})?(?P<number>[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)"
    r"(?P<unit>%|[\u4e00-\u9fff]{0,4})(?P<within>以内|以上|以下)?"
)
_WITHIN = {"以内": "≤", "以下": "≤", "以上": "≥"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one place (填报内容)."""

    text: str
    """Letter for letter."""
    place: Place
    value: Value = MISSING
    sign: str = ""
    """The comparison before the number, as ≥; empty when there is none."""
    rounded: bool = True
    """Whether a whole number may be a rounded one, as 98% may; points are exact."""

    @property
    def number(self) -> Quantity | None:
        """The number, None where there is none."""
        return self.value if isinstance(self.value, Quantity) else None

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return not self.text.strip()

    @property
    def half(self) -> Fraction:
        """How far the number may be from what it was rounded from, in base units."""
        number = self.number
        if number is None or (not self.rounded and not number.places):
            return Fraction(0)
        return half_unit(number.places or 0) * number.unit.factor

    @property
    def said(self) -> str:
        """The words as messages quote them."""
        return self.text.strip() or "空白"


def sign_named(text: str) -> str:
    """Return the sign that a cell of signs holds, empty for 定性 and the like."""
    return _SIGNS.get(re.sub(r"\s+", "", narrow(text)), "")


def entry_of(
    text: str,
    place: Place,
    *,
    unit: Unit = PLAIN,
    sign: str = "",
    rounded: bool = True,
) -> Entry:
    """Return what stands in a place.

    Args:
        text: Letter for letter.
        place: Where it stands.
        unit: Of a number that states none itself.
        sign: Of a number that has none itself.
        rounded: Whether a whole number may be a rounded one.
    """
    bare = re.sub(r"\s+", "", narrow(text))
    if bare in DASHES:
        return Entry(text, place, NOT_APPLICABLE)
    match = _FIGURE.fullmatch(bare)
    if match is None:
        return Entry(text, place, MISSING, sign)
    own = UNITS.get(match["unit"]) if match["unit"] else unit
    if own is None:
        return Entry(text, place, MISSING, sign)
    try:
        number = read_number(match["number"])
    except NotANumber:
        return Entry(text, place, MISSING, sign)
    said = _SIGNS.get(match["sign"] or "", "") or _WITHIN.get(match["within"] or "", "") or sign
    value = Quantity.of(number.value, own, number.places)
    return Entry(text, place, value, said, rounded)


def as_share(entry: Entry) -> tuple[Entry, ...]:
    """Return the readings of a rate: 98%, 98 and 0.98 may all be the same."""
    number = entry.number
    if number is None or number.unit is not PLAIN:
        return (entry,)
    percent = Quantity.of(number.base, PERCENT, number.places)
    readings = (
        Entry(entry.text, entry.place, percent, entry.sign),
        Entry(entry.text, entry.place, number, entry.sign),
    )
    return readings if abs(number.base) <= 2 else readings[:1]

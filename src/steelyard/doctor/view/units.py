"""Units as they stand behind a number in running text (文中的单位)."""

from __future__ import annotations

import re
from fractions import Fraction

from steelyard.measure.units import PURE, UNITS, Dimension, UnknownUnit, unit_named

_SCALES = {"亿": Fraction(10**8), "万": Fraction(10**4)}
"""Bare scales: 80 亿 leaves its unit to the reader."""

_MORE = ("户次", "人天", "公里", "亩", "万亩", "岁", "元/人", "个百分点", "百分点", "℃", "度")
_NAMES = sorted({*UNITS, *_MORE, *_SCALES} - {"", "月"}, key=len, reverse=True)
_UNIT = re.compile("|".join(map(re.escape, _NAMES)))
_NOT_UNIT = re.compile(
    r"分(?:别|为|类|项|管|析|配|解|布|期|批|局|公司|工)"
    r"|日(?:常|前|均|益)"
    r"|天然|人(?:均|员|才|民|大|社|力|为)|期(?:间|末|初|限)|次(?:要|序)|名(?:称|单|义)"
    r"|条(?:件|例)|处(?:理|于|室|置|罚)|座谈|年(?:度|初|末|底|均|中|内)|元(?:素|件)|台(?:账|湾)|个(?:人|别|体)"
)
"""Words that begin like a unit and are none: 3 分别, 5 人均."""


def unit_at(text: str, offset: int) -> str:
    """Return the unit that stands at ``offset``, empty when none does.

    >>> unit_at("93.8万吨。", 4), unit_at("80亿以上", 2), unit_at("85户、", 2)
    ('万吨', '亿', '户')
    """
    if _NOT_UNIT.match(text, offset):
        return ""
    match = _UNIT.match(text, offset)
    return match[0] if match else ""


def measured(unit: str) -> tuple[Fraction, Dimension]:
    """Return factor and dimension of a unit as printed.

    An unknown unit is a dimension of its own, a bare 亿 or 万 has none.
    """
    if unit in _SCALES:
        return _SCALES[unit], PURE
    if unit in ("%", "‰", ""):
        known = UNITS[unit]
        return known.factor, known.dimension
    if unit in ("个百分点", "百分点"):
        return Fraction(1, 100), PURE
    try:
        known = unit_named(unit)
    except UnknownUnit:
        if len(unit) > 1 and unit[0] in _SCALES:
            return _SCALES[unit[0]], ((unit[1:], 1),)
        return Fraction(1), ((unit, 1),)
    return known.factor, known.dimension

"""Units and the dimensions behind them (计量单位).

A unit is a name, a dimension and a factor to the dimension's base. Units of
one dimension convert exactly; units of two never meet in a sum.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import SteelyardError

Dimension = tuple[tuple[str, int], ...]
"""Base dimensions with their exponents, sorted; () is a plain number."""

PURE: Dimension = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement (计量单位)."""

    name: str
    dimension: Dimension
    factor: Fraction
    """How many of the dimension's base make one of this."""


class UnknownUnit(SteelyardError):
    """A unit that nobody declared."""

    code = "measure.unknown-unit"

    def __init__(self, name: str) -> None:
        near = difflib.get_close_matches(name, UNITS, n=1)
        hint = f"是否想写“{near[0]}”？" if near else "请改用常用单位。"
        super().__init__(what=f"不认识的单位“{name}”。", mend=hint)


def _base(name: str) -> Dimension:
    return ((name, 1),)


def _family(base: str, scales: dict[str, Fraction | int]) -> list[Unit]:
    return [Unit(name, _base(base), Fraction(scale)) for name, scale in scales.items()]


_TEN_THOUSAND = 10**4
_HUNDRED_MILLION = 10**8

_ALL: list[Unit] = [
    Unit("", PURE, Fraction(1)),
    Unit("%", PURE, Fraction(1, 100)),
    Unit("‰", PURE, Fraction(1, 1000)),
    Unit("个百分点", PURE, Fraction(1, 100)),
    Unit("倍", PURE, Fraction(1)),
    *_family(
        "元",
        {
            "元": 1,
            "百元": 100,
            "千元": 1000,
            "万元": _TEN_THOUSAND,
            "百万元": 10**6,
            "千万元": 10**7,
            "亿元": _HUNDRED_MILLION,
        },
    ),
    *_family(
        "吨",
        {
            "千克": Fraction(1, 1000),
            "公斤": Fraction(1, 1000),
            "吨": 1,
            "万吨": _TEN_THOUSAND,
            "亿吨": _HUNDRED_MILLION,
        },
    ),
    *_family("户", {"户": 1, "家": 1, "万户": _TEN_THOUSAND}),
    *_family("人", {"人": 1, "名": 1, "万人": _TEN_THOUSAND}),
    *_family("人次", {"人次": 1, "万人次": _TEN_THOUSAND}),
    *_family("个", {"个": 1, "项": 1, "件": 1, "万个": _TEN_THOUSAND}),
    *_family("次", {"次": 1, "场": 1, "期": 1, "批": 1}),
    *_family("份", {"份": 1, "套": 1, "篇": 1}),
    *_family("台", {"台": 1, "辆": 1}),
    *_family("处", {"处": 1, "座": 1}),
    *_family("条", {"条": 1}),
    *_family("笔", {"笔": 1}),
    *_family("米", {"米": 1, "千米": 1000, "公里": 1000}),
    *_family(
        "平方米",
        {
            "平方米": 1,
            "万平方米": _TEN_THOUSAND,
            "亩": Fraction(2000, 3),
            "公顷": _TEN_THOUSAND,
            "平方公里": 10**6,
        },
    ),
    *_family("立方米", {"立方米": 1, "万立方米": _TEN_THOUSAND}),
    *_family("千瓦时", {"千瓦时": 1, "万千瓦时": _TEN_THOUSAND, "亿千瓦时": _HUNDRED_MILLION}),
    *_family("天", {"天": 1, "日": 1}),
    *_family("月", {"个月": 1}),
    *_family("年", {"年": 1}),
    *_family("小时", {"小时": 1}),
    *_family("分", {"分": 1}),
]

UNITS: dict[str, Unit] = {unit.name: unit for unit in _ALL}
"""Every unit by its name."""

_SAME_NAME = {"％": "%", "百分点": "个百分点", "RMB": "元", "圆": "元"}


def unit_named(name: str) -> Unit:
    """Return the unit of that name.

    Raises:
        UnknownUnit: Nobody declared it; a near name is offered.

    >>> unit_named("万元").factor
    Fraction(10000, 1)
    """
    stripped = name.strip()
    found = UNITS.get(_SAME_NAME.get(stripped, stripped))
    if found is None:
        raise UnknownUnit(stripped)
    return found


PLAIN = UNITS[""]
PERCENT = UNITS["%"]


def multiply(left: Dimension, right: Dimension, sign: int = 1) -> Dimension:
    """Return the dimension of a product, or with ``sign`` -1 of a quotient.

    >>> multiply((("元", 1),), (("元", 1),), -1)
    ()
    """
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def describe(dimension: Dimension) -> str:
    """Name a dimension for an error message."""
    if not dimension:
        return "无单位的数"
    return "·".join(n if p == 1 else f"{n}^{p}" for n, p in dimension)

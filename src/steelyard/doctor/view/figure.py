"""Numbers in a text (数): where they stand, what they measure, what they are.

A number is read with its unit and the words that bound it. Its kind decides
whether it is a claim at all: a year, a list mark and the number of a document
claim nothing that arithmetic could deny.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from steelyard.measure.number import plain as printed
from steelyard.measure.units import PURE, Dimension


class Kind(StrEnum):
    """What a number is (数的类别)."""

    QUANTITY = "quantity"
    PERCENT = "percentage"
    TARGET = "target"
    """A bound or goal: ≥70 户, 80%以上."""
    RANGE = "range"
    EQUATION = "equation"
    """A part of a printed calculation."""
    DATE = "date"
    LIST = "list"
    """A serial number or list mark."""
    DOCUMENT = "document"
    """Of a document, standard or telephone."""
    REFERENCE = "reference"
    """表 14, 附件 9, 第 3 题."""
    NAME = "name"
    """A part of a name: PM2.5."""


CLAIMS = frozenset({Kind.QUANTITY, Kind.PERCENT, Kind.TARGET, Kind.RANGE, Kind.EQUATION})
"""Kinds that say how much there is of something."""

KIND_NAMES = {
    Kind.QUANTITY: "数量",
    Kind.PERCENT: "百分比",
    Kind.TARGET: "目标或界限",
    Kind.RANGE: "区间",
    Kind.EQUATION: "算式中的数",
    Kind.DATE: "日期",
    Kind.LIST: "序号",
    Kind.DOCUMENT: "文号编号",
    Kind.REFERENCE: "引用编号",
    Kind.NAME: "名称中的数字",
}


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One number as printed (数). Two are the same only if they are one place."""

    start: int
    """In the plain text of its passage."""
    end: int
    """Behind its unit."""
    digits_end: int
    """Behind its last digit."""
    value: Fraction
    """As printed, before the unit."""
    places: int
    """Decimals as printed."""
    unit: str
    """As printed; empty when none stands there."""
    kind: Kind
    factor: Fraction = Fraction(1)
    """How many of the dimension's base one unit makes; 亿 alone counts as 10^8."""
    dimension: Dimension = PURE
    bound: str = ""
    """≥, ≤, > or < of a target, in sign or words."""
    about: bool = field(default=False)
    """约, 左右, 余, 近: the number says that it is not exact."""

    @property
    def base(self) -> Fraction:
        """The amount in the base of its dimension."""
        return self.value * self.factor

    @property
    def has_unit(self) -> bool:
        """Whether its unit is known: printed behind it, or over its column."""
        return bool(self.unit or self.dimension)

    @property
    def is_claim(self) -> bool:
        """Whether it says how much there is of something."""
        return self.kind in CLAIMS

    @property
    def digits(self) -> str:
        """The number as printed, without grouping and unit."""
        return printed(self.value, self.places)

    @property
    def text(self) -> str:
        """The number with its unit."""
        return f"{self.bound}{self.digits}{self.unit}"

"""How a report prints values (数值的印法).

This is the one place where a value becomes printed text: as written when it
was written, else at two decimals, half up, unless the reference says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from steelyard.errors import SteelyardError
from steelyard.measure.dates import say_date
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, UnitClash, Value
from steelyard.measure.units import PERCENT, PURE, UnknownUnit, unit_named

USUAL_PLACES = 2

_PLACES = re.compile(r"(\d)位")


class BadFormat(SteelyardError):
    """A reference asks for a way of printing that there is none of."""

    code = "report.bad-format"

    def __init__(self, text: str) -> None:
        super().__init__(
            what=f"不认识的写法“{text}”。",
            mend="竖线后可写：数（不带单位）、2位（小数位数）、% 或单位名称。",
        )


@dataclass(frozen=True, slots=True)
class Format:
    """How one value is to be printed (印法)."""

    bare: bool = False
    """Without its unit."""

    places: int | None = None
    unit: str = ""


def read_format(parts: list[str]) -> Format:
    """Read what follows the bars of a reference.

    Raises:
        BadFormat: A part is none of those known.

    >>> read_format(["亿元", "2位"])
    Format(bare=False, places=2, unit='亿元')
    """
    found = Format()
    for part in parts:
        places = _PLACES.fullmatch(part)
        if part == "数":
            found = replace(found, bare=True)
        elif places is not None:
            found = replace(found, places=int(places[1]))
        else:
            try:
                unit_named(part)
            except UnknownUnit as error:
                raise BadFormat(part) from error
            found = replace(found, unit=part)
    return found


def printed(value: Value, how: Format) -> str:
    """Print a value.

    Args:
        value: Anything but a missing one.
        how: What the reference asks for.

    Raises:
        UnitClash: The unit asked for measures something else.
    """
    match value:
        case Quantity():
            return _quantity(value, how)
        case bool() | str() | date() if how != Format():
            raise BadFormat(how.unit or (f"{how.places}位" if how.places is not None else "数"))
        case bool():
            return "是" if value else "否"
        case date():
            return say_date(value)
        case str():
            return value
        case _:
            return "" if value is MISSING else "—"


def _quantity(value: Quantity, how: Format) -> str:
    if how.unit:
        unit = PERCENT if how.unit in ("%", "％") else unit_named(how.unit)
        if unit.dimension != value.dimension:
            raise UnitClash(value.dimension, unit.dimension)
        if unit is not value.unit:
            value = Quantity(value.base, value.dimension, unit)
    if how.places is not None:
        value = replace(value, places=how.places)
    digits = value.digits(USUAL_PLACES)
    # A percent sign is part of the number: without it, it would be another one.
    needed = value.dimension == PURE and value.unit.factor != 1
    if how.bare and not needed:
        return digits
    return digits + value.unit.name

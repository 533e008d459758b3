"""Which units a figure may be written in (可选单位).

Units of one dimension convert exactly. Among plain numbers a per cent, a percentage
point and a mere number are three things, though their dimension is the same.
"""

from __future__ import annotations

from steelyard.measure.units import PLAIN, PURE, UNITS, Unit

_PLAIN_KINDS = (("%", "‰"), ("个百分点",), ("", "倍"))


def is_kin(unit: Unit, other: Unit) -> bool:
    """Tell whether figures in one unit may be written in the other.

    >>> is_kin(UNITS["万元"], UNITS["元"]), is_kin(UNITS["%"], UNITS["个百分点"])
    (True, False)
    """
    if unit.dimension != other.dimension:
        return False
    if unit.dimension != PURE:
        return True
    return any(unit.name in kind and other.name in kind for kind in _PLAIN_KINDS)


def units_offered(unit: Unit, *, any_unit: bool = False) -> tuple[str, ...]:
    """Return the names to choose from, the usual one first; empty when it has no unit.

    >>> units_offered(UNITS["%"])
    ('%', '‰')
    """
    if any_unit:
        return tuple(name for name in UNITS if name)
    if unit is PLAIN:
        return ()
    kin = [each.name for each in UNITS.values() if each.name and is_kin(each, unit)]
    return tuple(dict.fromkeys((unit.name, *kin)))

"""How a table says its units, and what that means for each of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.intake.mess.evaluation import MONEY
from tests.intake.mess.kinds import Clerk, Mess

from steelyard.measure.number import places_needed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PLAIN, PURE, UNITS, Unit

SHARED = frozenset({Mess.UNIT_IN_LINE, Mess.UNIT_IN_HEADER, Mess.UNIT_IN_TITLE, Mess.UNIT_IN_NOTE})
"""Ways in which one unit of money is said for the whole table."""

_WEIGHTS = {
    Mess.UNIT_IN_COLUMN: 30,
    Mess.UNIT_IN_LABEL: 20,
    Mess.UNIT_IN_LINE: 22,
    Mess.UNIT_IN_HEADER: 13,
    Mess.UNIT_IN_CELL: 10,
    Mess.UNIT_IN_TITLE: 4,
}
_COUNTED = frozenset({"人", "个", "项", "户", "家", "份", "台", "辆", "次", "座", "人次"})
"""Units so plain that a bare number can only be in them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the unit of one figure is said (单位所在)."""

    unit: Unit
    way: Mess | None
    """Column, label, cell or shared; None when nothing says it."""
    sure: bool = True

    @property
    def named(self) -> bool:
        """Tell whether the cell itself need not say the unit."""
        return self.way is not Mess.UNIT_IN_CELL


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """How one table says its units (单位写法)."""

    way: Mess
    money: Unit
    """Unit of amounts of money."""
    second: Unit | None = None
    """A unit that the unit line names beside money, as 单位：万元、人."""

    def place(self, clerk: Clerk, unit: Unit, value: Value) -> Place:
        """Return in what unit a figure is written, and where that is said."""
        money = unit.dimension == MONEY
        shown = self.money if money and self._follows(unit, value) else unit
        if self.way not in SHARED and self.way is not Mess.NO_UNIT:
            if unit.name == "亿元" and clerk.odds(0.8):
                shown = unit
            elif shown == self.money and money and clerk.does(Mess.UNITS_PER_ROW, 0.5):
                shown = clerk.pick((UNITS["元"], UNITS["万元"], UNITS["千元"]))
            return Place(shown, self.way)
        if money and shown == self.money:
            return Place(shown, self.way, self.way not in (Mess.NO_UNIT, Mess.UNIT_IN_NOTE))
        if unit == PLAIN or (self.second is not None and unit == self.second):
            return Place(unit, None)
        if self.way is Mess.NO_UNIT:
            return Place(shown, self.way, unit.name in _COUNTED)
        if unit.dimension == PURE and clerk.odds(0.5):
            return Place(unit, Mess.UNIT_IN_CELL)
        return Place(shown, clerk.pick((Mess.UNIT_IN_LABEL, Mess.UNIT_IN_CELL)))

    def _follows(self, unit: Unit, value: Value) -> bool:
        """Tell whether an amount is large enough for the unit of the whole table."""
        if unit.factor > 1 or self.money.factor == 1 or not isinstance(value, Quantity):
            return True
        return value.base == 0 or abs(value.base) >= 10 * self.money.factor

    def line(self, clerk: Clerk) -> str:
        """Return the words of the unit line."""
        units = self.money.name + (f"、{self.second.name}" if self.second else "")
        start = clerk.pick(("单位：", "单位：", "单位:", "金额单位：", "计量单位：", "单位： "))
        whole = start + units
        return clerk.pick((whole, whole, f"（{whole}）"))


def plan_units(
    clerk: Clerk,
    units: Iterable[Unit],
    values: Sequence[Value],
    ways: Iterable[Mess] = tuple(_WEIGHTS),
) -> UnitPlan:
    """Choose how a table says its units.

    Args:
        clerk: Who fills in.
        units: Units of the dictionary for what stands in it.
        values: What stands in it.
        ways: Ways that the layout has room for.
    """
    known = list(units)
    amounts = [v for v in values if isinstance(v, Quantity) and v.dimension == MONEY]
    money = shared_money(clerk, known, amounts)
    possible = list(ways)
    way = clerk.chance.choices(possible, [_WEIGHTS[each] for each in possible])[0]
    if clerk.does(Mess.NO_UNIT, 0.5):
        way = Mess.NO_UNIT
    elif amounts and clerk.does(Mess.UNIT_IN_NOTE, 0.6):
        way = Mess.UNIT_IN_NOTE
    if not amounts and way in SHARED:
        way = Mess.UNIT_IN_LABEL if Mess.UNIT_IN_LABEL in possible else Mess.UNIT_IN_CELL
    others = {u.name: u for u in known if u.dimension != MONEY and u != PLAIN}
    second = next(iter(others.values())) if len(others) == 1 else None
    both = way is Mess.UNIT_IN_LINE and second is not None and second.name in _COUNTED
    if way is not Mess.NO_UNIT:
        clerk.note(way)
    return UnitPlan(way=way, money=money, second=second if both and clerk.odds(0.5) else None)


def shared_money(clerk: Clerk, known: Sequence[Unit], amounts: Sequence[Quantity]) -> Unit:
    """Return the unit in which a table gives its amounts of money."""
    usual = next((u for u in known if u.dimension == MONEY and u.factor > 1), UNITS["万元"])
    usual = UNITS["万元"] if usual.name == "亿元" and len(set(known)) > 1 else usual
    if amounts and not any(u.dimension == MONEY and u.factor > 1 for u in known):
        usual = UNITS["元"]
    if not amounts or not clerk.does(Mess.UNIT_SWITCHED, 0.8):
        return usual
    others = [UNITS["元"], UNITS["元"], UNITS["千元"], UNITS["万元"]]
    if all(places_needed(a.base / 10**8, 16) <= 6 and abs(a.base) >= 10**6 for a in amounts):
        others += [UNITS["亿元"]] * 3
    return clerk.pick(others)

"""The desk: what every layout needs, and how one figure is put into a table.

A figure goes through here once: unit, number, label and what it states are
decided together, so that the truth is never told by a second hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.intake.mess.evaluation import MONEY, Evaluation, other_than
from tests.intake.mess.figures import BLANK, Written, exact_digits, write_value
from tests.intake.mess.grid import Block, Cell
from tests.intake.mess.kinds import Clerk, Mess
from tests.intake.mess.labels import Label, Names, write_label
from tests.intake.mess.messy import Tally
from tests.intake.mess.units import SHARED, Place, UnitPlan

from steelyard.facts.dictionary import Item
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import UNITS, Unit

_TITLES = (
    "{}部门整体支出绩效评价基础数据表",
    "{}部门基本情况统计表",
    "{}绩效评价数据采集表",
    "{}基础数据填报表",
    "附件2：{}基本数据一览表",
    "{}收支、人员及资产情况表",
)
_ENGLISH = {
    "序号": "No.",
    "单位": "Unit",
    "计量单位": "Unit",
    "备注": "Remarks",
    "金额": "Amount",
    "指标名称": "Item",
    "项目": "Item",
    "数据项": "Item",
    "数值": "Value",
    "填报数": "Value",
    "目标值": "Target",
    "实际值": "Actual",
    "年度指标值": "Target",
    "实际完成值": "Actual",
    "三级指标": "Indicator",
    "绩效指标": "Indicator",
    "说明": "Notes",
    "数额": "Amount",
}


@dataclass(slots=True, kw_only=True)
class Desk:
    """Who writes, what is known, and what has been written (案头)."""

    clerk: Clerk
    evaluation: Evaluation
    names: Names
    tally: Tally
    dated: bool = False
    """Whether titles must say the year, as another year is in the same file."""
    office: str = ""
    """Department that titles must name; empty for our own."""
    counter: list[int] = field(default_factory=lambda: [0])

    def value(self, key: str) -> Value:
        """Return what the department knows of an item."""
        return self.evaluation.values[key]

    def item(self, key: str) -> Item:
        """Return an item of the dictionary."""
        return self.evaluation.dictionary.items[key]

    def unit(self, key: str) -> Unit:
        """Return the unit of an item; of a goal without one, the department's own."""
        item, value = self.item(key), self.value(key)
        return value.unit if item.any_unit and isinstance(value, Quantity) else item.unit

    def title(self, *, needed: bool = False) -> str:
        """Write a title that names no table of the dictionary."""
        clerk, known = self.clerk, self.evaluation
        must = needed or self.dated or bool(self.office)
        if not must and clerk.does(Mess.LOST_TITLE, 0.7):
            return ""
        year = f"{known.year}{clerk.pick(('年', '年度'))}"
        who = clerk.pick(("", known.department)) if not self.office else self.office
        return clerk.pick(_TITLES).format(who + (year if must or clerk.odds(0.7) else ""))

    def finish(self, block: Block, plan: UnitPlan | None, *, cornered: bool = False) -> Block:
        """Write what stands around a table: unit line, who fills in, notes.

        Args:
            block: The table.
            plan: How it says its units.
            cornered: Whether its corner says the unit already.
        """
        clerk = self.clerk
        lined = plan is not None and plan.way is Mess.UNIT_IN_LINE and not cornered
        right = plan.line(clerk) if plan is not None and lined else ""
        who = self.office or self.evaluation.department
        left = clerk.pick(("", "", f"填报单位：{who}", f"编制单位：{who}", f"部门名称：{who}"))
        if self.office:
            left = f"填报单位：{who}"
        if left or right:
            ways = [
                [(left, right)],
                [(left, ""), ("", right)],
                [(f"{left}　　　　{right}".strip(), "")],
            ]
            block.lines += clerk.chance.choices(ways, (6, 2, 2))[0] if left and right else ways[0]
        if plan is not None and plan.way is Mess.UNIT_IN_TITLE:
            if not block.title:
                block.title = self.title(needed=True)
            block.title += clerk.pick(("（单位：{}）", "（{}）", "({})")).format(plan.money.name)
        if plan is not None and plan.way is Mess.UNIT_IN_NOTE:
            block.notes.append(f"注：本表金额单位均为{plan.money.name}。")
        if clerk.odds(0.15):
            day = f"{self.evaluation.year + 1}年{clerk.chance.randint(1, 6)}月"
            phone = f"0854-82{clerk.chance.randint(10000, 99999)}"
            block.notes.append(f"填报人：张某某　　联系电话：{phone}　　{day}")
        block.inside = clerk.odds(0.25)
        return block

    def heading(self, words: str, *, unit: str = "") -> Cell:
        """Write a header cell."""
        clerk = self.clerk
        english = _ENGLISH.get(words)
        if len(words) in (2, 3) and clerk.does(Mess.LABEL_WRITING, 0.3):
            words = clerk.pick((" ", "　", "  ")).join(words)
        if unit:
            clerk.note(Mess.UNIT_IN_HEADER)
            words += clerk.pick(("（{}）", "({})", "\n（{}）", "（单位：{}）")).format(unit)
        if english and clerk.does(Mess.BILINGUAL, 0.8):
            words += clerk.pick(("\n", " ", "/")) + english
        fill = "D9E1F2" if clerk.does(Mess.PAINT, 0.7) else ""
        return Cell(words=words, bold=True, centred=True, fill=fill)

    def figure(self, value: Value, place: Place | None) -> Written:
        """Write a value at a place whose unit is known."""
        clerk = self.clerk
        if clerk.does(Mess.BLANK_CELLS, 0.08):
            return BLANK
        if place is None or not isinstance(value, Quantity):
            return write_value(clerk, value, None, named=True)
        if place.way in SHARED and value.dimension == MONEY and clerk.does(Mess.UNIT_CLASH, 0.06):
            # The header says one unit and the cell another: either may be the slip.
            other = UNITS["元" if place.unit.name != "元" else "万元"]
            written = write_value(clerk, value, other, named=False)
            return written.with_marks(Mess.UNIT_CLASH, sure=False)
        written = write_value(clerk, value, place.unit, named=place.named)
        marks = () if place.way is None else (place.way,)
        if place.unit.name not in (value.unit.name, ""):
            marks = (*marks, Mess.UNIT_SWITCHED)
        return written.with_marks(*marks, sure=place.sure)

    def label(self, name: str, place: Place | None, *, plainly: bool = False) -> Label:
        """Write the label of an item, its unit behind it where that is the place for it."""
        unit = place.unit if place is not None and place.way is Mess.UNIT_IN_LABEL else None
        year = self.evaluation.year
        return write_label(self.clerk, self.names, name, unit=unit, year=year, plainly=plainly)

    def state(self, key: str, written: Written, label: Label, layout: str) -> None:
        """Record what a figure states."""
        if written.stated:
            self.tally.state(
                key,
                written.value,
                layout=layout,
                sure=written.sure and label.sure,
                marks=(*written.marks, *label.marks),
            )

    def beside(self, key: str, value: Value, place: Place | None, why: str) -> Cell:
        """Write another value of an item, as last year's, and record it as a decoy."""
        other = other_than(self.clerk, value)
        self.tally.decoy(key, other, why)
        unit = place.unit if place is not None else None
        named = place.named if place is not None else True
        return replace(write_value(self.clerk, other, unit, named=named).cell, deleted="")

    def percent(self, low: int = 1, high: int = 100) -> Cell:
        """Write some per cent that is nobody's."""
        places = self.clerk.pick((0, 1, 2))
        amount = Fraction(
            self.clerk.chance.randint(low * 10**places, high * 10**places), 10**places
        )
        self.tally.decoy("", Quantity.of(amount, UNITS["%"]), "share or rate beside the item")
        digits = exact_digits(amount)
        if self.clerk.workbook and self.clerk.odds(0.5):
            return Cell(words=f"{digits}%", stored=exact_digits(amount / 100), shape="0.00%")
        return Cell(words=f"{digits}%")

    def remark(self) -> Cell:
        """Write a remark, often with a number in it that is nobody's."""
        number = self.clerk.chance.randint(2, 900)
        self.tally.decoy("", Quantity.of(number, UNITS["万元"]), "number in a remark")
        words = (
            "",
            "",
            "",
            "见附表",
            f"含上年结转{number}万元",
            "已核实",
            f"其中上级资金{number}万元",
        )
        return Cell(words=self.clerk.pick(words))

"""Reading the sheets of figures and goals (数据项、绩效目标的读取): a row for each."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steelyard.facts.dictionary import Goal, Item, Kind, UnknownItem
from steelyard.facts.ledger import Target
from steelyard.intake.request import ids
from steelyard.intake.request.answers import Wanted
from steelyard.intake.request.basket import IGNORE, Basket
from steelyard.intake.request.looks import clean
from steelyard.intake.request.returned import Held, Sheet
from steelyard.intake.request.units import is_kin
from steelyard.intake.sighting import Doubt, Sighting
from steelyard.measure.nothing import DASHES
from steelyard.measure.units import PLAIN, Unit, UnknownUnit, unit_named

_YEAR = re.compile(r"(?:19|20)\d\d")
_ANSWERS = (ids.VALUE, ids.TARGET, ids.ACTUAL)

DISPLACED = "隐藏的标识与名称错位，按名称读取"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with something in it (一行)."""

    number: int
    kind: str
    name: str
    """Of the item or goal; empty when nobody knows."""
    note: str = ""


def read_rows(basket: Basket, sheet: Sheet) -> None:
    """Read a sheet of figures or goals."""
    fields = fields_of(basket, sheet)
    for row in _rows(basket, sheet, fields):
        reader = _Reader(basket, sheet, fields, row)
        if not reader.has_answer():
            reader.tell_note()
        elif row.kind == ids.GOAL:
            reader.goal()
        else:
            reader.figure()


def fields_of(basket: Basket, sheet: Sheet) -> dict[str, list[int]]:
    """Return the columns of each field; what stands in a column without id is told."""
    fields: dict[str, list[int]] = {}
    known = {sheet.at[1]}
    for column, text in sheet.columns():
        kind, name = ids.parted(text, 2)
        if kind in (ids.FIELD, ids.COLUMN):
            known.add(column)
        if kind == ids.FIELD:
            fields.setdefault(name, []).append(column)
    strays = {
        column: held.cell.rstrip("0123456789")
        for (row, column), held in sheet.cells.items()
        if column not in known and row > sheet.at[0]
    }
    if strays:
        listed = "、".join(strays[column] for column in sorted(strays))
        basket.remark(sheet, f"的{listed}列是自行插入的，没有读取")
    return fields


def _rows(basket: Basket, sheet: Sheet, fields: Mapping[str, list[int]]) -> Iterator[_Row]:
    """Yield the rows, each with the item or goal that it is about."""
    row_ids = sheet.row_ids()
    labels = {
        row: sheet.first(row, fields.get(ids.NAME, ())).text
        for row in sheet.rows()
        if row_ids.get(row) not in (ids.HEAD, ids.WORDS)
    }
    named = {row: ids.parted(text, 2) for row, text in row_ids.items() if row in labels}
    moved = _displaced(named, labels)
    for row, label in labels.items():
        kind, name = named.get(row, ("", ""))
        if row in moved:
            kind, name = moved[row]
            yield _Row(row, kind, name, DISPLACED)
        elif kind in (ids.FIGURE, ids.GOAL):
            yield _Row(row, kind, name)
        else:
            kind = ids.GOAL if ids.TARGET in fields else ids.FIGURE
            yield _Row(row, kind, _asked_whose(basket, sheet, fields, row, label))
    if moved:
        basket.remark(sheet, f"有{len(moved)}行{DISPLACED}，可能排序时没有带上隐藏的A列")


def _displaced(
    named: Mapping[int, tuple[str, ...]], labels: Mapping[int, str]
) -> dict[int, tuple[str, str]]:
    """Return the rows whose ids stayed behind when the visible cells were sorted.

    Whoever filled them in saw the labels. They are believed when the labels of these
    rows are the names of these rows, each once, in another order.
    """
    by_label = {clean(parts[1]).strip(): parts for parts in named.values()}
    rows = [
        row
        for row, parts in named.items()
        if labels[row] in by_label and by_label[labels[row]] != parts
    ]
    there = Counter(labels[row] for row in rows)
    here = Counter(clean(named[row][1]).strip() for row in rows)
    if there != here or max(there.values(), default=1) > 1:
        return {}
    return {row: (by_label[labels[row]][0], by_label[labels[row]][1]) for row in rows}


def _asked_whose(
    basket: Basket, sheet: Sheet, fields: Mapping[str, list[int]], row: int, label: str
) -> str:
    """Ask what a row is about that somebody added; return the name, empty when unknown."""
    answered = [sheet.first(row, fields.get(each, ())) for each in _ANSWERS]
    filled = [held for held in answered if not held.is_blank]
    if not filled:
        return ""
    key = f"资料采集表|{sheet.mark.kind if sheet.mark else ''}|{label}"
    answer = basket.answers.get(key)
    if answer:
        return "" if answer == IGNORE else answer
    goals = ids.TARGET in fields
    known = tuple(basket.dictionary.goals if goals else basket.dictionary.items)
    near = tuple(difflib.get_close_matches(label, known, n=3, cutoff=0.5))
    shown = f"“{label}”" if label else "没有名称"
    basket.ask(
        Doubt.ITEM, key, sheet, filled[0],
        text=f"第{row + 1}行（{shown}）是自己加的，是哪个{'绩效目标' if goals else '数据项'}？",
        candidates=(*near, IGNORE),
    )  # fmt: skip
    return ""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one row."""

    basket: Basket
    sheet: Sheet
    fields: Mapping[str, list[int]]
    row: _Row

    def cell(self, field: str) -> Held:
        return self.sheet.first(self.row.number, self.fields.get(field, ()))

    def has_answer(self) -> bool:
        return any(not self.cell(field).is_blank for field in _ANSWERS)

    def tell_note(self) -> None:
        """Say why a figure is not there, if somebody wrote it down."""
        note = self.cell(ids.NOTE)
        if self.row.name and not note.is_blank:
            self.basket.remark(self.sheet, f"“{self.row.name}”没有填数，说明写着“{note.text}”")

    # ------------------------------------------------------------------ kinds

    def figure(self) -> None:
        held = self.cell(ids.VALUE)
        item = self._item(self.row.name, held)
        if item is not None and not held.is_blank:
            self._take(ids.VALUE, item)

    def goal(self) -> None:
        name = self.row.name
        goal = self.basket.dictionary.goals.get(name)
        if goal is None:
            if name:
                held = next(
                    h for h in map(self.cell, (ids.TARGET, ids.ACTUAL, ids.VALUE)) if not h.is_blank
                )
                self._unknown(held, "绩效目标")
            return
        for field, item_name, sign in (
            (ids.TARGET, goal.target, goal.sign),
            (ids.ACTUAL, goal.actual, ""),
        ):
            held = self.cell(field)
            item = None if held.is_blank else self._item(item_name, held)
            if item is not None:
                self._take(field, item, sign=sign, goal=goal)

    def _item(self, name: str, held: Held) -> Item | None:
        if not name:
            return None
        try:
            item = self.basket.dictionary.named(name)
        except UnknownItem:
            self._unknown(held, "数据项")
            return None
        if item.formula is not None:
            self.basket.remark(self.sheet, f"“{name}”现在由系统计算，填的数没有采用")
            return None
        return item

    def _unknown(self, held: Held, what: str) -> None:
        self.basket.wrong(
            self.sheet,
            held,
            f"“{self.row.name}”不在现用的数据字典里，这份表发出后{what}有变动。",
            "请用 steelyard request 重新生成这份表，把数填到新表里；不再需要的，删去这个数。",
        )

    # ------------------------------------------------------------------ cells

    def _take(self, field: str, item: Item, *, sign: str = "", goal: Goal | None = None) -> None:
        held, target = self.cell(field), Target(item.name)
        if self._is_doubled(field, target):
            return
        unit: Unit | None = item.unit
        if item.kind is Kind.NUMBER and held.text not in DASHES:
            chosen = self._unit(item, target)
            if isinstance(chosen, _Refused):
                return
            unit = chosen
        wanted = Wanted(known=item, unit=unit, sign=sign)
        reading = self.basket.read(self.sheet, held, wanted, target)
        if reading is None:
            return
        period = self.cell(ids.PERIOD).text
        self.basket.take(
            Sighting(
                target=target,
                value=reading.value,
                place=self.basket.place(self.sheet, held.cell),
                quote=held.text,
                period=f"{period}年" if _YEAR.fullmatch(period) else period,
                note=self._note(reading.note, goal),
            )
        )

    def _is_doubled(self, field: str, target: Target) -> bool:
        """Tell whether a copied column answers the same in another way."""
        cells = [self.sheet.held(self.row.number, column) for column in self.fields[field]]
        texts = {held.text for held in cells if not held.is_blank}
        if len(texts) < 2:
            return False
        what = f"“{target}”在同一行填了{len(texts)}个不同的数：{'、'.join(sorted(texts))}。"
        self.basket.wrong(self.sheet, self.cell(field), what, "请删去多余的一列。", target)
        return True

    def _unit(self, item: Item, target: Target) -> Unit | _Refused | None:
        """Return the unit that was chosen, None when it was taken out."""
        held = self.cell(ids.UNIT)
        text = held.text.strip("（）() ")
        if not text:
            return PLAIN if item.unit is PLAIN else None
        try:
            unit = unit_named(text)
        except UnknownUnit as error:
            self.basket.wrong(self.sheet, held, f"“{target}”：{error.what}", error.mend, target)
            return _Refused()
        if not item.any_unit and not is_kin(unit, item.unit):
            self.basket.wrong(
                self.sheet,
                held,
                f"“{target}”的单位写成了“{text}”，应为“{item.unit.name or '无'}”。",
                "请在单位栏的列表中选取，并核对数值。",
                target,
            )
            return _Refused()
        return unit

    def _note(self, said: str, goal: Goal | None) -> str:
        source, note = self.cell(ids.SOURCE).text, self.cell(ids.NOTE).text
        parts = (
            said,
            self.row.note,
            f"来源：{source}" if source else "",
            f"{'完成情况' if goal else '说明'}：{note}" if note else "",
        )
        return "；".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Refused:
    """A unit that cannot be right; it was told."""

"""Reading the sheet of a table (数据表的读取): its columns by id, its rows by key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.facts.dictionary import Column, Kind, TableSpec
from steelyard.facts.ledger import Target
from steelyard.intake.request import ids
from steelyard.intake.request.answers import Wanted
from steelyard.intake.request.basket import Basket
from steelyard.intake.request.returned import Held, Sheet
from steelyard.intake.request.rows import fields_of
from steelyard.intake.request.units import is_kin
from steelyard.intake.sighting import Sighting
from steelyard.measure.nothing import DASHES, NOT_APPLICABLE
from steelyard.measure.units import UNITS, Unit, UnknownUnit, unit_named

_HEADING = re.compile(r"(?P<name>.+?)\*?\s*(?:[（(](?P<unit>[^（）()]+)[）)])?\s*", re.DOTALL)
_SUMS = ("合计", "小计", "总计")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table, as it came back (列)."""

    known: Column
    places: list[int]
    """Where it stands; several when somebody copied it."""
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet of a table, understood (数据表的一页)."""

    sheet: Sheet
    spec: TableSpec
    columns: Mapping[str, _Column]
    sources: tuple[int, ...]
    """The columns that say where a row came from."""


@dataclass(slots=True)
class _Row:
    """A row with a key (行)."""

    key: str
    sheet: Sheet
    held: Held
    """The cell of the key."""
    sightings: list[Sighting] = field(default_factory=list)
    whole: bool = True
    """Whether every filled cell could be read."""

    @property
    def values(self) -> dict[str, object]:
        """What it says, by column."""
        return {each.target.column: each.value for each in self.sightings}


@dataclass(slots=True)
class Lists:
    """Reads the sheets of tables; a table may stand on several (数据表)."""

    basket: Basket
    rows: dict[str, list[_Row]] = field(default_factory=dict)
    """By table, in the order in which they stand."""
    empty: dict[str, tuple[Sheet, Held]] = field(default_factory=dict)
    """Tables that were said to have nothing to list, and where."""

    def read(self, sheet: Sheet, name: str) -> None:
        """Read a sheet."""
        spec = self.basket.dictionary.tables.get(name)
        fields = fields_of(self.basket, sheet)
        if spec is None:
            self._unknown(sheet, name)
            return
        columns = self._columns(sheet, spec)
        key = columns.get(spec.key)
        if key is None:
            held = sheet.held(*sheet.at)
            what = f"表“{name}”的“{spec.key}”列不见了，分不清各行。"
            self.basket.wrong(sheet, held, what, "请在发出的原表上填写，不要删去这一列。")
            return
        page = _Page(sheet, spec, columns, tuple(fields.get(ids.SOURCE, ())))
        row_ids = sheet.row_ids()
        head = next((row for row, text in row_ids.items() if text == ids.HEAD), -1)
        for row in sheet.rows():
            if row_ids.get(row) in (ids.HEAD, ids.WORDS):
                continue
            filled = {
                name: held
                for name, column in columns.items()
                if not (held := sheet.first(row, column.places)).is_blank
            }
            # A line that somebody wrote above the headings is no row of the table.
            if filled and (row > head or len(filled) > 1):
                self._row(page, row, filled)

    # ---------------------------------------------------------------- columns

    def _unknown(self, sheet: Sheet, name: str) -> None:
        row_ids = sheet.row_ids()
        if any(row not in row_ids for row in sheet.rows()):
            held = sheet.held(*sheet.at)
            self.basket.wrong(
                sheet,
                Held(name, cell=held.cell),
                f"表“{name}”不在现用的数据字典里，这份表发出后表有变动。",
                "请用 steelyard request 重新生成这份表，把数填到新表里。",
            )

    def _columns(self, sheet: Sheet, spec: TableSpec) -> dict[str, _Column]:
        """Return the columns by name; those that cannot be read are told and left out."""
        heads = [row for row, text in sheet.row_ids().items() if text == ids.HEAD]
        found: dict[str, _Column] = {}
        for place, text in sheet.columns():
            kind, sent, name = ids.parted(text, 3)
            if kind != ids.COLUMN:
                continue
            heading = sheet.held(heads[0], place) if heads else Held()
            column = spec.column(name)
            if column is None:
                if any(row not in sheet.row_ids() for row, c in sheet.cells if c == place):
                    what = f"列“{name}”不在现用的数据字典里，这份表发出后表有变动。"
                    mend = "请用 steelyard request 重新生成这份表，把数填到新表里。"
                    self.basket.wrong(sheet, heading, what, mend)
                continue
            if name in found:
                found[name].places.append(place)
                continue
            unit = self._unit(sheet, spec, column, heading, sent)
            if unit is not None:
                found[name] = _Column(column, [place], unit)
        return found

    def _unit(
        self, sheet: Sheet, spec: TableSpec, column: Column, heading: Held, sent: str
    ) -> Unit | None:
        """Return the unit that the heading says, else the one that was sent."""
        match = _HEADING.fullmatch(heading.text)
        name = match["name"].strip() if match else ""
        about = f"“{spec.name}”的列“{column.name}”"
        if name != column.name and spec.column(name) is not None:
            what = f"{about}，表头写的却是“{name}”，可能只移动了其中一部分。"
            self.basket.wrong(sheet, heading, what, "请在发出的原表上重填这两列。")
            return None
        if column.kind is not Kind.NUMBER:
            return column.unit
        written = (match["unit"] if match else None) or ""
        try:
            # Brackets around words that are no unit, as （含税）, are part of the name.
            unit = unit_named(written) if written else UNITS[sent]
        except (UnknownUnit, KeyError):
            unit = UNITS.get(sent, column.unit)
            if name == column.name:
                what = f"{about}的单位写成了“{written or sent}”，不是常用单位。"
                self.basket.wrong(sheet, heading, what, f"请改为“{column.unit.name or '无'}”。")
                return None
        if not is_kin(unit, column.unit):
            what = f"{about}的单位是“{unit.name or '无'}”，应为“{column.unit.name or '无'}”。"
            self.basket.wrong(sheet, heading, what, "请核对这一列填的数，并改正表头的单位。")
            return None
        return unit

    # ------------------------------------------------------------------- rows

    def _row(self, page: _Page, row: int, filled: Mapping[str, Held]) -> None:
        """Read a row with something in it."""
        sheet, spec = page.sheet, page.spec
        key = filled.get(spec.key)
        if key is None:
            if any(held.text.replace(" ", "") in _SUMS for held in filled.values()):
                self.basket.remark(sheet, f"第{row + 1}行是合计，没有读取")
                return
            held = sheet.first(row, page.columns[spec.key].places)
            what = f"“{spec.name}”第{row + 1}行没有填“{spec.key}”。"
            self.basket.wrong(sheet, held, what, "请填写，各行不同；不要的行请清空。")
            return
        if key.text in DASHES:
            self._nothing(page, key, filled)
            return
        if len(filled) == 1 and len(page.columns) > 1:
            shown = key.text[:20]
            self.basket.remark(sheet, f"第{row + 1}行只填了“{spec.key}”（{shown}），没有读取")
            return
        found = _Row(key.stored or key.text, sheet, key)
        for name, held in filled.items():
            self._cell(page, found, row, page.columns[name], held)
        self.rows.setdefault(spec.name, []).append(found)

    def _nothing(self, page: _Page, key: Held, filled: Mapping[str, Held]) -> None:
        """Take a dash for a key: there is nothing to list."""
        spec = page.spec
        others = [n for n, held in filled.items() if n != spec.key and held.text not in DASHES]
        if others:
            what = f"“{spec.key}”填“{key.text}”表示没有内容可列，但“{others[0]}”填了数据。"
            self.basket.wrong(page.sheet, key, what, f"请填写“{spec.key}”，或清空这一行的其他格。")
        else:
            self.empty.setdefault(spec.name, (page.sheet, key))

    def _cell(self, page: _Page, found: _Row, row: int, column: _Column, held: Held) -> None:
        sheet, target = page.sheet, Target(page.spec.name, found.key, column.known.name)
        texts = {sheet.held(row, place).text for place in column.places[1:]} - {"", held.text}
        if texts:
            texts.add(held.text)
            what = f"“{target}”填了{len(texts)}个不同的内容：{'、'.join(sorted(texts))}。"
            self.basket.wrong(sheet, held, what, "请删去多余的一列。", target)
            found.whole = False
            return
        wanted = Wanted(known=column.known, unit=column.unit)
        reading = self.basket.read(sheet, held, wanted, target)
        if reading is None:
            found.whole = False
            return
        source = sheet.first(row, page.sources).text
        notes = (reading.note, f"来源：{source}" if source else "")
        found.sightings.append(
            Sighting(
                target=target,
                value=reading.value,
                place=self.basket.place(sheet, held.cell),
                quote=held.text,
                note="；".join(note for note in notes if note),
            )
        )

    # ---------------------------------------------------------------- settling

    def settle(self) -> None:
        """Take every row once; a key that two rows have is a mistake."""
        for table, rows in self.rows.items():
            by_key: dict[str, list[_Row]] = {}
            for row in rows:
                by_key.setdefault(row.key, []).append(row)
            for same in by_key.values():
                self._settle_row(table, same)
        for table, (sheet, held) in self.empty.items():
            self._settle_empty(table, sheet, held)

    def _settle_row(self, table: str, same: list[_Row]) -> None:
        first = same[0]
        if all(row.values == first.values and row.whole for row in same[1:]):
            self.basket.seen.sightings += first.sightings
            if len(same) > 1:
                places = "、".join(f"{row.sheet.name}!{row.held.cell}" for row in same)
                self.basket.remark(
                    first.sheet, f"“{table}”的“{first.key}”有{len(same)}行（{places}），内容相同"
                )
            return
        key = self.basket.dictionary.tables[table].key
        for row in same:
            others = "、".join(
                f"{each.sheet.name}!{each.held.cell}" for each in same if each is not row
            )
            what = f"“{table}”的“{key}”重复：{first.key}，另见{others}。"
            mend = "各行要不同：请改正其中一行，或删去重复的行。"
            self.basket.wrong(row.sheet, row.held, what, mend, Target(table, row.key, key))

    def _settle_empty(self, table: str, sheet: Sheet, held: Held) -> None:
        key = self.basket.dictionary.tables[table].key
        target = Target(table, str(NOT_APPLICABLE), key)
        if table in self.rows:
            what = f"“{table}”的“{key}”填了“{held.text}”，表示没有内容可列，表里却还有别的行。"
            self.basket.wrong(sheet, held, what, f"请填写“{key}”，或删去这一行。", target)
            return
        self.basket.seen.sightings.append(
            Sighting(
                target=target,
                value=NOT_APPLICABLE,
                place=self.basket.place(sheet, held.cell),
                quote=held.text,
                note="表示没有内容可列",
            )
        )

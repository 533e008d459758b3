"""A proposal as the files of an evaluation folder (写入内容).

Rows and columns that are there keep their order and everything else in them; a
value is written in the unit of its row or column, every digit of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from steelyard.facts.dictionary import Dictionary, TableSpec
from steelyard.facts.load_facts import (
    CONFLICT_COLUMNS,
    FACT_COLUMNS,
    ROW_PLACE,
    SOURCE_COLUMNS,
)
from steelyard.files.rows import csv_text, headers_of, load_rows
from steelyard.intake.batches.batch import Entry
from steelyard.intake.proposal import Change, Proposal, State
from steelyard.intake.sighting import Sighting
from steelyard.intake.wording import label_of
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import UNITS

FIRST_CAME = "先到的来源暂用，待核实"
"""Why the value in use is in use while nobody has decided."""


@dataclass
class Sheet:
    """A CSV file as headers and rows that may be changed (数据文件)."""

    headers: list[str]
    rows: list[dict[str, str]]

    @classmethod
    def of(cls, path: Path, headers: Iterable[str]) -> Sheet:
        """Read a file; one that is not there has the headers alone."""
        wanted = list(headers)
        if not path.exists():
            return cls(wanted, [])
        rows = load_rows(path, ())
        found = list(rows[0].cells) if rows else headers_of(path)
        # A column in another unit is the same column.
        known = {label_of(header).core for header in found}
        more = [header for header in wanted if label_of(header).core not in known]
        return cls([*found, *more], [dict(row.cells) for row in rows])

    def text(self) -> bytes:
        """Return the file."""
        rows = [[_harmless(row.get(header, "")) for header in self.headers] for row in self.rows]
        return csv_text(self.headers, rows).encode("utf-8")


def _harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; blanks before it are not read."""
    return f" {text}" if _FORMULA.match(text) else text


_FORMULA = re.compile(r"[=@\t]|[+-](?![\d.])(?!-*$)")


def digits(value: Value) -> str:
    """Return a value as a cell of the folder holds it, without its unit."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Quantity):
        return value.digits(12)
    return value.isoformat() if isinstance(value, date) else str(value)


def as_files(
    proposal: Proposal, folder: Path, dictionary: Dictionary, kept: Mapping[str, tuple[str, str]]
) -> dict[str, bytes]:
    """Return the new content of each file that a proposal changes.

    Args:
        proposal: What to write.
        folder: The evaluation folder as it is.
        dictionary: Of the evaluation.
        kept: For each file taken from, by SHA-256: its name and where it is kept.

    Raises:
        SteelyardError: A file of the folder cannot be read.
    """
    sources = Sheet.of(folder / "sources.csv", SOURCE_COLUMNS)
    numbers = {sha: _registered(sources, sha, *names) for sha, names in kept.items()}
    contents: dict[str, bytes] = {}
    facts = Sheet.of(folder / "facts.csv", FACT_COLUMNS)
    conflicts = Sheet.of(folder / "conflicts.csv", CONFLICT_COLUMNS)
    tables: dict[str, _Rows] = {}
    touched: set[str] = {"sources.csv"}
    for change in proposal.changes:
        target = change.sighting.target
        if change.state is State.SAME:
            continue
        if change.state is State.CONFLICT:
            _conflict(conflicts, change, numbers)
            touched.add("conflicts.csv")
        elif target.is_cell:
            name = f"tables/{target.item}.csv"
            spec = dictionary.tables[target.item]
            if target.item not in tables:
                tables[target.item] = _Rows(Sheet.of(folder / name, _headers(spec)), spec)
            tables[target.item].put(change.sighting)
        else:
            _fact(facts, change.sighting, numbers)
            touched.add("facts.csv")
    for name, sheet in (
        ("facts.csv", facts),
        ("conflicts.csv", conflicts),
        ("sources.csv", sources),
    ):
        if name in touched:
            contents[name] = sheet.text()
    for table, rows in tables.items():
        contents[f"tables/{table}.csv"] = rows.sheet.text()
    return contents


def _registered(sources: Sheet, sha: str, title: str, path: str) -> str:
    """Return the number of a file in sources.csv, written there if it was not."""
    for row in sources.rows:
        if row.get("SHA-256") == sha:
            return row["编号"]
    taken = {row["编号"] for row in sources.rows}
    number = next(f"S{n}" for n in range(1, len(taken) + 2) if f"S{n}" not in taken)
    titles = {row["名称"] for row in sources.rows}
    name = title if title not in titles else f"{title}（{sha[:8]}）"
    sources.rows.append({"编号": number, "名称": name, "文件": path, "SHA-256": sha})
    return number


def _fact(facts: Sheet, sighting: Sighting, numbers: Mapping[str, str]) -> None:
    name = sighting.target.item
    row = next((row for row in facts.rows if row.get("数据项") == name), None)
    if row is None:
        row = {"数据项": name}
        facts.rows.append(row)
    value = sighting.value
    row.update(
        {
            "数值": digits(value),
            "单位": value.unit.name if isinstance(value, Quantity) else row.get("单位", ""),
            "期间": sighting.period,
            "来源": numbers.get(sighting.place.sha256, sighting.place.file),
            "位置": str(sighting.place),
            "引文": _line(sighting.quote),
        }
    )
    if sighting.note and sighting.note not in row.get("说明", ""):
        row["说明"] = "；".join(part for part in (row.get("说明", ""), sighting.note) if part)


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def _headers(spec: TableSpec) -> list[str]:
    return [
        f"{column.name}（{column.unit.name}）" if column.unit.name else column.name
        for column in spec.columns
    ] + [ROW_PLACE]


class _Rows:
    """The rows of a table's file by their keys (表的各行)."""

    def __init__(self, sheet: Sheet, spec: TableSpec) -> None:
        self.sheet = sheet
        self.spec = spec
        self.names = {label_of(header).core: header for header in sheet.headers}
        self.units = {header: label_of(header).unit for header in sheet.headers}
        self.key = self.names.get(spec.key, spec.key)
        self.rows = {row.get(self.key, ""): row for row in sheet.rows}

    def put(self, sighting: Sighting) -> None:
        """Write a value into its row, in the unit of its column."""
        target, value = sighting.target, sighting.value
        row = self.rows.get(target.row)
        if row is None:
            row = self._new(target.row, f"{sighting.place.file} {_row_of(sighting)}")
        header = self.names.get(target.column) or self._column(target.column)
        unit = UNITS.get(self.units[header]) if self.units[header] else None
        if isinstance(value, Quantity) and unit and unit.dimension == value.dimension:
            value = value if unit is value.unit else value.printed_in(unit)
        row[header] = digits(value)

    def _new(self, key: str, place: str) -> dict[str, str]:
        nothing = str(NOT_APPLICABLE)
        if key != nothing and nothing in self.rows:
            # The row that said that there is nothing to list.
            self.sheet.rows.remove(self.rows.pop(nothing))
        row = {self.key: key} if key == nothing else {self.key: key, ROW_PLACE: place}
        self.rows[key] = row
        self.sheet.rows.append(row)
        return row

    def _column(self, name: str) -> str:
        column = self.spec.column(name)
        unit = column.unit.name if column is not None else ""
        header = f"{name}（{unit}）" if unit else name
        self.sheet.headers.insert(len(self.sheet.headers) - 1, header)
        self.names[name], self.units[header] = header, unit
        return header


def _row_of(sighting: Sighting) -> str:
    """Return the place of a whole row: 项目!第7行, 第3页 表2 第4行."""
    place = sighting.place
    if place.sheet and place.cell:
        return f"{place.sheet}!第{place.cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}行"
    return str(place).rpartition("第")[0] if place.column is not None else str(place)


def _conflict(conflicts: Sheet, change: Change, numbers: Mapping[str, str]) -> None:
    sighting = change.sighting
    taken = {row["编号"] for row in conflicts.rows}
    number = next(f"C{n}" for n in range(1, len(taken) + 2) if f"C{n}" not in taken)
    value = sighting.value
    conflicts.rows.append(
        {
            "编号": number,
            "数据项": str(sighting.target),
            "另一值": digits(value),
            "单位": value.unit.name if isinstance(value, Quantity) else "",
            "来源": numbers.get(sighting.place.sha256, sighting.place.file),
            "位置": str(sighting.place),
            "引文": _line(sighting.quote),
            "状态": "未决",
            "采信理由": FIRST_CAME,
        }
    )


def entry_of(change: Change) -> Entry:
    """Return a change as the record of a batch keeps it."""
    sighting = change.sighting
    value, place = sighting.value, sighting.place
    return Entry(
        item=str(sighting.target),
        state=change.state.value,
        before="" if change.state is State.NEW else str(change.before),
        value=digits(value),
        unit=value.unit.name if isinstance(value, Quantity) else "",
        period=sighting.period,
        file=place.file,
        sha256=place.sha256,
        place=str(place),
        sheet=place.sheet,
        cell=place.cell,
        page=place.page,
        quote=sighting.quote,
        note=sighting.note,
    )

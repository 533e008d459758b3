"""Reading the facts of an evaluation folder (读取数据).

Every cell is read strictly: a number is a number, a unit measures what the
dictionary says, a text is one of those allowed. All mistakes are gathered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from steelyard.errors import Problems, SteelyardError
from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec, UnknownItem
from steelyard.facts.ledger import Conflict, Fact, Ledger, Table, TableRow, Target
from steelyard.files.rows import BadTable, Row, load_rows
from steelyard.measure.dates import read_date
from steelyard.measure.nothing import DASHES, MISSING, NOT_APPLICABLE
from steelyard.measure.number import read_number
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, Unit, UnknownUnit, unit_named
from steelyard.provenance.origin import Origin, Source

FACT_COLUMNS = ("数据项", "数值", "单位", "期间", "来源", "位置", "引文", "说明")
CONFLICT_COLUMNS = (
    "编号",
    "数据项",
    "另一值",
    "单位",
    "来源",
    "位置",
    "引文",
    "状态",
    "采信理由",
)
SOURCE_COLUMNS = ("编号", "名称", "文件", "说明", "SHA-256")
ROW_PLACE = "来源位置"
_CELL = re.compile(r"(?P<table>[^\[\]]+)\[(?P<row>[^\[\]]+)\][.．](?P<column>.+)")
_HEADER = re.compile(r"(?P<name>.+?)\s*[（(](?P<unit>[^（）()]+)[）)]")


class UnitMismatch(SteelyardError):
    """A figure is in a unit that its data item does not accept."""

    code = "facts.unit-mismatch"

    def __init__(self, name: str, given: Unit, wanted: Unit) -> None:
        super().__init__(
            what=f"“{name}”的单位是“{given.name or '无'}”，数据字典要求“{wanted.name or '无'}”。",
            mend=f"请换算并改为“{wanted.name}”。" if wanted.name else "请去掉单位。",
        )


class NotAllowed(SteelyardError):
    """A text is none of those allowed."""

    code = "facts.not-allowed"

    def __init__(self, name: str, text: str, choices: tuple[str, ...]) -> None:
        super().__init__(
            what=f"“{name}”不能是“{text[:40]}”。", mend=f"只能填：{'、'.join(choices)}。"
        )


class NegativeFact(SteelyardError):
    """A figure that can only be above zero is below it."""

    code = "facts.negative"

    def __init__(self, name: str, value: Quantity) -> None:
        super().__init__(what=f"“{name}”应大于零，却是{value}。", mend="请核对正负号。")


class UnknownSource(SteelyardError):
    """A figure names a document that sources.csv does not list."""

    code = "facts.unknown-source"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = f"已登记：{'、'.join(known[:8])}。" if known else ""
        super().__init__(
            what=f"sources.csv 中没有来源“{name}”。", mend=f"请先登记，或改正编号。{listed}"
        )


class DoubledFact(SteelyardError):
    """One data item is given twice."""

    code = "facts.doubled"

    def __init__(self, name: str, first: str) -> None:
        super().__init__(
            what=f"“{name}”重复，已见于{first}。",
            mend="请只留一处；另一来源的不同数值请记入 conflicts.csv。",
        )


class ComputedFact(SteelyardError):
    """A computed item is typed."""

    code = "facts.computed"

    def __init__(self, name: str) -> None:
        super().__init__(what=f"“{name}”由算式计算，不能填写。", mend="请删去这一行。")


def read_value(text: str, kind: Kind, unit: Unit, choices: tuple[str, ...], name: str) -> Value:
    """Read one cell.

    Args:
        text: The cell, stripped.
        kind: What it should be.
        unit: The unit of a number.
        choices: Texts allowed, empty for any.
        name: What the cell is, for error messages.

    Raises:
        NotANumber, NotADate, NotAllowed: The cell is something else.
    """
    if not text:
        return MISSING
    if text in DASHES:
        return NOT_APPLICABLE
    match kind:
        case Kind.NUMBER:
            bare = text
            if unit is PERCENT and text[-1] in "%％" and len(text) > 1:
                bare = text[:-1]
            number = read_number(bare)
            return Quantity.of(number.value, unit, number.places)
        case Kind.DATE:
            return read_date(text)
        case _:
            if choices and text not in choices:
                raise NotAllowed(name, text, choices)
            return text


def load_sources(path: Path, problems: Problems) -> dict[str, Source]:
    """Read sources.csv; an absent file means no named sources."""
    sources: dict[str, Source] = {}
    if not path.exists():
        return sources
    with problems.catch():
        for row in load_rows(path, SOURCE_COLUMNS[:2], SOURCE_COLUMNS[2:]):
            number = row["编号"]
            if not number or number in sources:
                what = f"编号“{number}”重复。" if number else "没有编号。"
                where, mend = row.where("编号"), "请给每个来源一个不同的编号。"
                problems.add(BadTable(what=what, where=where, mend=mend))
                continue
            sources[number] = Source(
                number, row["名称"], row["文件"], row["SHA-256"], note=row["说明"]
            )
    return sources


def load_facts(
    path: Path, dictionary: Dictionary, sources: Mapping[str, Source], problems: Problems
) -> dict[str, Fact]:
    """Read facts.csv.

    Returns:
        Facts by data item; what is left empty is absent.
    """
    facts: dict[str, Fact] = {}
    lines: dict[str, str] = {}
    with problems.catch():
        for row in load_rows(path, FACT_COLUMNS[:3], FACT_COLUMNS[3:]):
            name = row["数据项"]
            with problems.catch(row.where("数据项")):
                item = dictionary.named(name)
                if item.formula is not None:
                    raise ComputedFact(name)
                if item.name in lines:
                    raise DoubledFact(item.name, lines[item.name])
                lines[item.name] = row.where()
                fact = _fact(row, item, sources, problems)
                if fact is not None:
                    facts[item.name] = fact
    return facts


def _fact(row: Row, item: Item, sources: Mapping[str, Source], problems: Problems) -> Fact | None:
    unit = _unit(row, item, problems)
    with problems.catch(row.where("数值")):
        value = read_value(row["数值"], item.kind, unit, item.choices, item.name)
        if item.above_zero and isinstance(value, Quantity) and value.base < 0:
            raise NegativeFact(item.name, value)
        if value is not MISSING:
            note = row["说明"]
            if unit is not item.unit and not item.any_unit and isinstance(value, Quantity):
                # One unit throughout: sentences and sheets then need no factors.
                note = f"{note}（原填{value}）"
                value = value.printed_in(item.unit)
            origin = _origin(row, sources, problems)
            return Fact(item.name, value, origin, row["期间"], note)
    return None


def _unit(row: Row, known: Item | Column, problems: Problems) -> Unit:
    text = row["单位"]
    if not text:
        return known.unit
    with problems.catch(row.where("单位")):
        try:
            unit = unit_named(text)
        except UnknownUnit as error:
            if known.unit.name:
                error.mend = f"这一项的单位是“{known.unit.name}”。"
            raise
        chosen = isinstance(known, Item) and known.any_unit
        if unit.dimension != known.unit.dimension and not chosen:
            raise UnitMismatch(known.name, unit, known.unit)
        return unit
    return known.unit


def _origin(row: Row, sources: Mapping[str, Source], problems: Problems) -> Origin:
    named = row["来源"]
    source = sources.get(named)
    titles = {each.title for each in sources.values()}
    # Without a list, the cell itself is the title.
    if named and sources and source is None and named not in titles:
        problems.add(UnknownSource(named, tuple(sources)).at(row.where("来源")))
    title = source.title if source is not None else named
    return Origin(title, row["位置"], row["引文"], row.where())


def load_table(path: Path, spec: TableSpec, origin: Origin, problems: Problems) -> Table | None:
    """Read one table.

    A file without rows was not filled in yet: that is no table. A single row
    with a dash for its key says that there is nothing to list.

    Returns:
        The table; None when there is none, or its file cannot be read.
    """
    rows: list[TableRow] = []
    with problems.catch():
        raw = load_rows(path, (), name=f"{path.parent.name}/{path.name}")
        if not raw:
            return None
        headers = _headers(raw[0], spec, problems)
        keys: dict[str, str] = {}
        key_header = next((h for h, (c, _) in headers.items() if c.name == spec.key), "")
        if len(raw) == 1 and raw[0][key_header] in DASHES:
            filled = [h for h, text in raw[0].cells.items() if text and text not in DASHES]
            if filled:
                raise BadTable(
                    what=f"键填“—”表示无内容可列，但“{filled[0]}”填了数据。",
                    where=raw[0].where(filled[0]),
                    mend="请填写键，或清空这一行的其他格。",
                )
            return Table(spec.name, (), origin)
        for row in raw:
            cells = _cells(row, headers, spec, problems)
            key = row[key_header]
            with problems.catch(row.where(spec.key)):
                if not key:
                    raise BadTable(what=f"“{spec.key}”是空的。", mend="请填写，每行不同。")
                if key in keys:
                    raise DoubledFact(f"{spec.name}[{key}]", keys[key])
            keys[key] = row.where()
            place = row[ROW_PLACE] or f"{spec.key}{key}"
            inner = Origin(origin.source, origin.place, "", row.where()).within(place)
            rows.append(TableRow(key, cells, inner))
        return Table(spec.name, tuple(rows), origin)
    return None


def _headers(row: Row, spec: TableSpec, problems: Problems) -> dict[str, tuple[Column, Unit]]:
    """Return for each header its column and the unit that its cells are in."""
    headers: dict[str, tuple[Column, Unit]] = {}
    for header in row.cells:
        if header == ROW_PLACE or not header:
            continue
        with problems.catch(f"{row.file} 第1行“{header}”"):
            column, unit = spec.column(header), None
            match = _HEADER.fullmatch(header)
            if column is None and match is not None:
                column = spec.column(match["name"])
                unit = None if column is None else unit_named(match["unit"])
            if column is None:
                raise UnknownItem(
                    f"{spec.name}.{header}", tuple(f"{spec.name}.{c.name}" for c in spec.columns)
                )
            if unit is not None and unit.dimension != column.unit.dimension:
                raise UnitMismatch(column.name, unit, column.unit)
            if column in [known for known, _ in headers.values()]:
                raise BadTable(what=f"列“{column.name}”出现了两次。", mend="请只保留一列。")
            headers[header] = (column, unit or column.unit)
    known = {column.name for column, _ in headers.values()}
    for column in spec.columns:
        if column.name not in known and not column.optional:
            with problems.catch(f"{row.file} 第1行"):
                raise BadTable(what=f"缺少列“{column.name}”。", mend="请补上这一列。")
    return headers


def _cells(
    row: Row, headers: dict[str, tuple[Column, Unit]], spec: TableSpec, problems: Problems
) -> dict[str, Value]:
    cells: dict[str, Value] = {column.name: MISSING for column in spec.columns}
    for header, (column, unit) in headers.items():
        with problems.catch(row.where(header)):
            value = read_value(row[header], column.kind, unit, column.choices, column.name)
            if isinstance(value, Quantity) and unit is not column.unit:
                value = value.printed_in(column.unit)
            cells[column.name] = value
    return cells


def read_target(text: str, dictionary: Dictionary) -> Target:
    """Read what a conflict is about: an item, or ``表[行].列``.

    Raises:
        UnknownItem: The dictionary does not know it.
    """
    match = _CELL.fullmatch(text)
    if match is None:
        return Target(dictionary.item(text).name)
    dictionary.column(match["table"], match["column"])
    return Target(match["table"], match["row"], match["column"])


class BadConflict(SteelyardError):
    """A conflict that is not settled and not left open, or gives no reason."""

    code = "facts.bad-conflict"


def load_conflicts(
    path: Path, ledger: Ledger, sources: Mapping[str, Source], problems: Problems
) -> tuple[Conflict, ...]:
    """Read conflicts.csv; an absent file means no conflicts."""
    conflicts: list[Conflict] = []
    if not path.exists():
        return ()
    with problems.catch():
        for row in load_rows(path, CONFLICT_COLUMNS[:3], CONFLICT_COLUMNS[3:]):
            with problems.catch(row.where("数据项")):
                conflicts.append(_conflict(row, ledger, sources, problems))
    return tuple(conflicts)


def _conflict(
    row: Row, ledger: Ledger, sources: Mapping[str, Source], problems: Problems
) -> Conflict:
    dictionary = ledger.dictionary
    target = read_target(row["数据项"], dictionary)
    if ledger.value(target) is None:
        raise BadConflict(
            what=f"数据中没有“{target}”，谈不上冲突。", mend="请先填写采信的数值，或删去这一行。"
        )
    known: Item | Column = (
        dictionary.column(target.item, target.column)
        if target.is_cell
        else dictionary.item(target.item)
    )
    unit = _unit(row, known, problems)
    other: Value = MISSING
    with problems.catch(row.where("另一值")):
        other = read_value(row["另一值"], known.kind, unit, known.choices, known.name)
        if other is MISSING:
            raise BadConflict(what="另一来源的数值是空的。", mend="请填写数值，或删去这一行。")
    if row["状态"] not in ("未决", "已定"):
        problems.add(
            BadConflict(
                what=f"状态“{row['状态']}”不明。",
                where=row.where("状态"),
                mend="请填“未决”或“已定”。",
            )
        )
    if not row["采信理由"]:
        problems.add(
            BadConflict(
                what="没有写明为何采信现用数值。",
                where=row.where("采信理由"),
                mend="请写明理由。",
            )
        )
    return Conflict(
        id=row["编号"] or f"{row.line}",
        target=target,
        other=other,
        origin=_origin(row, sources, problems),
        reason=row["采信理由"],
        open=row["状态"] == "未决",
    )

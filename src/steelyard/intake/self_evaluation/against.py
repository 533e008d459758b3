"""A self-evaluation against what the evaluation knows (与已有数据核对).

A department's funds are held against its facts, a project's against the rows of
the tables that list projects. Figures that a row does not have are passed over.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources

from steelyard.facts.ledger import Ledger, TableRow
from steelyard.intake.recognise.one_project import plain_name
from steelyard.intake.self_evaluation.entry import Entry, as_share
from steelyard.intake.self_evaluation.form import SelfEvaluation
from steelyard.intake.sighting import Contradiction, Place
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.rounding import half_unit
from steelyard.measure.units import PLAIN
from steelyard.provenance.origin import Origin

_RAW: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    resources.files(__package__).joinpath("against.toml").read_text(encoding="utf-8")
)
_NAMES = ("名称", "项目名称")
_LINK = "序号"
"""Ends the name of a column that points to a row of another table."""

_WAN = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    """A figure that the evaluation has (已有数据)."""

    called: str
    value: Quantity
    origin: Origin
    otherwise: str = ""
    """Where it stands, when its origin does not say."""

    @property
    def place(self) -> Place:
        """Where it stands, as places of files do."""
        return Place(
            file=self.origin.source or self.otherwise, table=self.origin.place or self.called
        )


def check_against(form: SelfEvaluation, ledger: Ledger, about: str) -> Iterator[Contradiction]:
    """Yield figures of a form that the evaluation has otherwise.

    Args:
        form: As it was filled in.
        ledger: What the evaluation has.
        about: Begins each message: which project.
    """
    if not form.one_project:
        for column, names in _RAW["department"].items():
            known = _fact(ledger, names)
            if known is not None:
                yield from _compared(form, column, known, about, _mistaken(form, ledger, column))
        return
    if form.name is None:
        return
    rows = {(table, row.key): row for table, row in _rows(ledger, form.name.text)}
    for (table, _), row in rows.items():
        for column, names in _RAW["project"].items():
            known = _cell(table, row, names)
            if known is not None:
                yield from _compared(form, column, known, about)
    if not rows and _lists_projects(ledger):
        yield Contradiction(
            what=f"{about}评价数据的项目表里没有同名的项目。",
            mend="请核对项目名称，与预算批复的名称写成一样。",
            places=(form.name.place,),
            quotes=(form.name.said,),
            certain=False,
        )


def _fact(ledger: Ledger, names: list[str]) -> _Known | None:
    for name in names:
        fact = ledger.facts.get(name)
        if fact is not None and isinstance(fact.value, Quantity):
            return _Known(name, fact.value, fact.origin)
    return None


def _tables(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield the tables that list projects, each with its column of names."""
    for name in ledger.tables:
        spec = ledger.dictionary.tables.get(name)
        if spec is None or "项目" not in name:
            continue
        columns = {column.name for column in spec.columns}
        called = next((each for each in _NAMES if each in columns), None)
        if called is not None:
            yield name, called


def _lists_projects(ledger: Ledger) -> bool:
    return any(ledger.tables[name].rows for name, _ in _tables(ledger))


def _rows(ledger: Ledger, project: str) -> Iterator[tuple[str, TableRow]]:
    """Yield the rows of a project, one a table; a name that stands twice is none."""
    own = plain_name(project)
    for table, column in _tables(ledger):
        same = [
            row
            for row in ledger.tables[table].rows
            if plain_name(str(row.cell(column) or "")) == own
        ]
        if len(same) == 1:
            yield table, same[0]
            yield from _linked(ledger, same[0])


def _linked(ledger: Ledger, row: TableRow) -> Iterator[tuple[str, TableRow]]:
    """Yield the rows that a row points to: 项目序号 names a row of the table 项目."""
    for column, key in row.cells.items():
        table = ledger.tables.get(column.removesuffix(_LINK))
        if column.endswith(_LINK) and table is not None and isinstance(key, str):
            other = table.row(key)
            if other is not None:
                yield table.name, other


def _cell(table: str, row: TableRow, names: list[str]) -> _Known | None:
    for name in names:
        value: Value | None = row.cell(name)
        if isinstance(value, Quantity):
            return _Known(f"{table}[{row.key}].{name}", value, row.origin)
    return None


def _compared(
    form: SelfEvaluation, column: str, known: _Known, about: str, hint: str = ""
) -> Iterator[Contradiction]:
    entry = form.total.cells.get(column) if form.total is not None else None
    if entry is None:
        return
    readings = as_share(entry) if known.value.unit.name == "%" else (entry,)
    if any(_agrees(reading, known.value) for reading in readings):
        return
    number = entry.number
    if number is None or number.dimension != known.value.dimension:
        return
    if number.unit is PLAIN and known.value.unit is not PLAIN and known.value.unit.name != "%":
        # Without a unit it may be any amount.
        return
    yield Contradiction(
        what=f"{about}自评的“{column}”是{number}，“{known.called}”是{known.value}。"
        + (_scale(entry, known.value) or hint),
        mend="请核对两处，改正写错的一处。",
        places=(entry.place, known.place),
        quotes=(entry.said, known.origin.quote or str(known.value)),
    )


def _mistaken(form: SelfEvaluation, ledger: Ledger, column: str) -> str:
    """Return a hint that another figure was filled in here, its unit perhaps wrong."""
    entry = form.total.cells.get(column) if form.total is not None else None
    other = _fact(ledger, _RAW["mistaken"].get(column, []))
    if entry is None or other is None or entry.number is None:
        return ""
    if _agrees(entry, other.value):
        return f"这里填的数与“{other.called}”相同。"
    if _scale(entry, other.value):
        return f"这里填的数与“{other.called}”{other.value}只差单位（元、万元）。"
    return ""


def _agrees(entry: Entry, value: Quantity) -> bool:
    number = entry.number
    if number is None:
        return True
    slack = entry.half + half_unit(value.places or 0) * value.unit.factor
    return number.dimension == value.dimension and abs(number.base - value.base) <= slack


def _scale(entry: Entry, value: Quantity) -> str:
    """Return a hint that 元 was written for 万元, or the other way round."""
    number = entry.number
    if number is None or not number.base or not value.base:
        return ""
    for factor in (Fraction(_WAN), Fraction(1, _WAN)):
        slack = (entry.half + half_unit(value.places or 0)) * factor
        if abs(number.base * factor - value.base) <= max(slack, Fraction(0)):
            return "两数相差一万倍，可能是单位写错了（元、万元）。"
    return ""

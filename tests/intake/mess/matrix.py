"""Matrices: the name of an item is its row and its column together (行列交叉).

As 基本支出 across from 决算数: neither label alone is an item's, or worse, the
column alone is another item's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import other_than
from tests.intake.mess.figures import write_value
from tests.intake.mess.grid import Block, Cell, Grid, Row
from tests.intake.mess.kinds import Mess
from tests.intake.mess.labels import write_label
from tests.intake.mess.units import Place, plan_units

from steelyard.facts.dictionary import Kind
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import Unit


@dataclass(frozen=True, slots=True)
class Crossing:
    """Items that fill a matrix (交叉)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    keys: frozenset[str]


def find_crossing(names: Iterable[str]) -> Crossing | None:
    """Find items whose names part into rows and columns, two of each at least."""
    pairs: list[tuple[str, str]] = [
        (name[:cut], name[cut:]) for name in names for cut in range(2, len(name) - 2)
    ]
    while True:
        ends: dict[str, set[str]] = {}
        starts: dict[str, set[str]] = {}
        for start, end in pairs:
            ends.setdefault(start, set()).add(end)
            starts.setdefault(end, set()).add(start)
        kept = [(s, e) for s, e in pairs if len(ends[s]) > 1 and len(starts[e]) > 1]
        if len(kept) == len(pairs):
            break
        pairs = kept
    if not pairs:
        return None
    # The longest first part is the natural one: 三公经费, not 三公.
    first = max((start for start, _ in pairs), key=lambda start: (len(ends[start]), len(start)))
    columns = tuple(dict.fromkeys(end for start, end in pairs if start == first))[:5]
    rows = tuple(dict.fromkeys(start for start, end in pairs if end in columns))[:6]
    keys = frozenset(s + e for s, e in pairs if s in rows and e in columns)
    return Crossing(rows, columns, keys) if len(rows) > 1 and len(columns) > 1 else None


def matrix(desk: Desk, crossing: Crossing) -> Block | None:
    """Lay out a crossing; None when a column mixes what cannot stand under one header."""
    clerk = desk.clerk
    units = _units(desk, crossing)
    if units is None:
        return None
    values = [desk.value(key) for key in sorted(crossing.keys)]
    ways = (Mess.UNIT_IN_LINE, Mess.UNIT_IN_HEADER, Mess.UNIT_IN_CELL, Mess.UNIT_IN_TITLE)
    plan = plan_units(clerk, units.values(), values, ways)
    turned = clerk.odds(0.25)
    places = {
        column: _said_above(
            plan.place(clerk, unit, _smallest(desk, crossing, column)), plan.way, turned=turned
        )
        for column, unit in units.items()
    }
    sides = (crossing.columns, crossing.rows) if turned else (crossing.rows, crossing.columns)
    serial = _may_number(desk, crossing) and clerk.odds(0.4)
    start = 2 if serial else 1
    cornered = plan.way is Mess.UNIT_IN_LINE and clerk.odds(0.3)
    corner = desk.heading(clerk.pick(("项目", "类别", "支出类别", "内容")))
    if cornered:
        corner = Cell(words=plan.line(clerk), bold=True, centred=True)
    header: Row = {start - 1: corner}
    if serial:
        header[0] = desk.heading("序号")
    for number, name in enumerate(sides[1], start):
        place = places.get(name)
        header[number] = desk.heading(_heading(desk, name), unit=_said(place))
    grid = Grid(start + len(sides[1]), [header], heads=1)
    for number, name in enumerate(sides[0]):
        label = write_label(clerk, desk.names, name, plainly=True)
        row: Row = {start - 1: Cell(words=label.words)}
        if serial:
            row[0] = Cell(words=str(number + 1))
        for column, other in enumerate(sides[1], start):
            first, second = (other, name) if turned else (name, other)
            row[column] = _crossed(desk, first, second, crossing, places, turned=turned)
        grid.rows.append(row)
    # The total of 全年预算数 would be the item of that name.
    summable = not turned and all(desk.names.free(column) for column in crossing.columns)
    if summable and clerk.does(Mess.TOTAL_ROWS):
        grid.rows.append(_total(desk, crossing, places, start))
    return desk.finish(Block(grid, title=desk.title()), plan, cornered=cornered)


def _units(desk: Desk, crossing: Crossing) -> dict[str, Unit] | None:
    """Return the unit of each column, None when the items in one differ."""
    units: dict[str, Unit] = {}
    for column in crossing.columns:
        found = {
            desk.item(row + column).unit
            for row in crossing.rows
            if row + column in crossing.keys and desk.item(row + column).kind is Kind.NUMBER
        }
        if len(found) != 1:
            return None
        units[column] = found.pop()
    return units


def _smallest(desk: Desk, crossing: Crossing, column: str) -> Value:
    """Return the smallest amount of a column: it decides whether 万元 would suit."""
    values = [desk.value(r + column) for r in crossing.rows if r + column in crossing.keys]
    amounts = [value for value in values if isinstance(value, Quantity) and value.base]
    return min(amounts, key=lambda each: abs(each.base), default=values[0])


def _said_above(place: Place, way: Mess, *, turned: bool) -> Place:
    """Say units in the header of a column, where the columns are the measures."""
    if place.way is Mess.UNIT_IN_LABEL:
        return Place(place.unit, Mess.UNIT_IN_CELL if turned else Mess.UNIT_IN_HEADER, place.sure)
    if place.way is Mess.UNIT_IN_HEADER and way is Mess.UNIT_IN_HEADER and turned:
        return Place(place.unit, Mess.UNIT_IN_CELL, place.sure)
    return place


def _said(place: Place | None) -> str:
    return place.unit.name if place is not None and place.way is Mess.UNIT_IN_HEADER else ""


def _heading(desk: Desk, name: str) -> str:
    """Write a part of a name as a header."""
    if desk.clerk.does(Mess.LABEL_WRITING, 0.3) and len(name) > 4:
        return f"{name[:2]}\n{name[2:]}"
    return name


def _may_number(desk: Desk, crossing: Crossing) -> bool:
    """Refuse a column of numbers where a table of the dictionary has these columns too."""
    return not any(
        sum(spec.column(column) is not None for column in crossing.columns) > 1
        for spec in desk.evaluation.dictionary.tables.values()
    )


def _crossed(
    desk: Desk,
    row: str,
    column: str,
    crossing: Crossing,
    places: dict[str, Place],
    *,
    turned: bool,
) -> Cell:
    key, place = row + column, places[column]
    if key not in crossing.keys:
        return _filler(desk, row, column, place)
    value = desk.value(key)
    written = desk.figure(value, place)
    if written.stated:
        desk.tally.state(
            key,
            written.value,
            layout="matrix turned" if turned else "matrix",
            sure=written.sure,
            marks=written.marks,
        )
    return written.cell


def _filler(desk: Desk, row: str, column: str, place: Place) -> Cell:
    """Write what stands where no item of ours does: an item of the dictionary is left out."""
    known = desk.evaluation.dictionary.items
    if row + column in known or desk.clerk.odds(0.4):
        return Cell()
    other = Quantity.of(desk.clerk.chance.randint(20, 900), place.unit)
    like = column if column in known else ""
    desk.tally.decoy(like, other, f"row {row} of a matrix")
    return write_value(desk.clerk, other, place.unit, named=place.named).cell


def _total(desk: Desk, crossing: Crossing, places: dict[str, Place], start: int) -> Row:
    row: Row = {start - 1: Cell(words=desk.clerk.pick(("合计", "合 计", "总计")), bold=True)}
    for number, column in enumerate(crossing.columns, start):
        value = next(desk.value(r + column) for r in crossing.rows if r + column in crossing.keys)
        row[number] = _sum(desk, value, places[column])
    return row


def _sum(desk: Desk, value: Value, place: Place) -> Cell:
    other = other_than(desk.clerk, value)
    desk.tally.decoy("", other, "total of a matrix")
    return write_value(desk.clerk, other, place.unit, named=place.named).cell


def crossing_of(desk: Desk, keys: Sequence[str]) -> Crossing | None:
    """Find a crossing among the numbers of an evaluation."""
    return find_crossing(
        key for key in keys if "." not in key and isinstance(desk.value(key), Quantity)
    )

"""What a table of the dictionary looks like before its rows are written.

Columns left out and added, header bands, units; whether a table can be told
without its name decides what is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import MONEY, Line
from tests.intake.mess.grid import Cell, Row
from tests.intake.mess.kinds import Mess
from tests.intake.mess.labels import same_writing, with_unit
from tests.intake.mess.units import Place, UnitPlan, plan_units

from steelyard.facts.dictionary import Column, Kind, TableSpec
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PURE

_KNOWN_ENOUGH = 4
"""Columns that tell a table without its name, when no other table has them."""


@dataclass(slots=True, kw_only=True)
class TablePlan:
    """How one table is written (表式)."""

    spec: TableSpec
    columns: list[Column]
    """Those of the dictionary that are there, in the order of the file."""
    extras: dict[int, str]
    """Further columns, by their place."""
    units: UnitPlan
    places: dict[str, Place]
    heads: dict[str, str]
    sure: bool
    ticks: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Columns of 是 and 否 that are ticked, with both marks."""
    keyless: bool = False
    shaky: frozenset[str] = frozenset()
    """Keys that stand before several rows."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns) + len(self.extras)

    def order(self) -> list[Column | str]:
        """Return columns and further columns from left to right."""
        rest: list[Column | str] = list(self.columns)
        for place in sorted(self.extras):
            rest.insert(place, self.extras[place])
        return rest


def plan_table(desk: Desk, spec: TableSpec, lines: Sequence[Line], *, titled: bool) -> TablePlan:
    clerk = desk.clerk
    columns = list(spec.columns)
    if clerk.does(Mess.LOST_COLUMNS):
        kept = [c for c in columns if c.name != spec.key]
        kept = clerk.some(kept, max(2, len(kept) - clerk.chance.randint(1, 3)))
        columns = [c for c in columns if c.name == spec.key or c in kept]
    columns = [c for c in columns if not c.optional or clerk.odds(0.6)]
    keyless = len(columns) > 3 and clerk.does(Mess.LOST_KEY, 0.6)
    if keyless:
        columns = [c for c in columns if c.name != spec.key]
    if clerk.odds(0.12):
        # The key stays first; what people want to see soonest comes next.
        inner = columns[1:]
        clerk.chance.shuffle(inner)
        columns = [*columns[:1], *inner]
    values = [v for line in lines for v in line.cells.values()]
    units = [c.unit for c in columns if c.kind is Kind.NUMBER]
    ways = (Mess.UNIT_IN_LINE, Mess.UNIT_IN_HEADER, Mess.UNIT_IN_CELL)
    unit_plan = plan_units(clerk, units, values, (*ways, Mess.UNIT_IN_TITLE) if titled else ways)
    places = {
        column.name: _place(desk, unit_plan, column, lines)
        for column in columns
        if column.kind is Kind.NUMBER
    }
    known = _identified(desk, spec, columns, titled=titled)
    plan = TablePlan(
        spec=spec,
        columns=columns,
        extras={},
        units=unit_plan,
        places=places,
        heads={},
        sure=known and not keyless,
        keyless=keyless,
    )
    for column in columns:
        if column.choices == ("是", "否") and clerk.does(Mess.TICKS, 0.8):
            plan.ticks[column.name] = clerk.pick((("√", "×"), ("√", ""), ("√", "×")))
    _add_columns(desk, plan)
    return plan


def _identified(desk: Desk, spec: TableSpec, columns: Sequence[Column], *, titled: bool) -> bool:
    """Tell whether title or columns say which table of the dictionary this is."""
    if titled:
        return len(columns) > 1
    names = {column.name for column in columns}
    rivals = [
        other.name
        for other in desk.evaluation.dictionary.tables.values()
        if other.name != spec.name and names <= {column.name for column in other.columns}
    ]
    return not rivals and len(names) >= _KNOWN_ENOUGH


def _place(desk: Desk, plan: UnitPlan, column: Column, lines: Sequence[Line]) -> Place:
    """Say the unit of a column: like the others, or in its own header."""
    amounts = [line.cells[column.name] for line in lines]
    sizes = [v for v in amounts if isinstance(v, Quantity) and v.base]
    least: Value = min(sizes, key=lambda each: abs(each.base), default=NOT_APPLICABLE)
    place = plan.place(desk.clerk, column.unit, least)
    if column.unit.dimension == MONEY and desk.clerk.does(Mess.UNITS_PER_COLUMN, 0.5):
        units = [plan.money, column.unit, *(v.unit for v in sizes[:1])]
        return Place(desk.clerk.pick(units), Mess.UNIT_IN_HEADER)
    if place.way is Mess.UNIT_IN_LABEL or (
        place.way is Mess.UNIT_IN_CELL and column.unit.dimension != PURE and desk.clerk.odds(0.5)
    ):
        return Place(place.unit, Mess.UNIT_IN_HEADER, place.sure)
    return place


def _add_columns(desk: Desk, plan: TablePlan) -> None:
    """Put further columns among those of the dictionary."""
    clerk, year = desk.clerk, desk.evaluation.year
    money = [c for c in plan.columns if c.unit.dimension == MONEY]
    taken = {same_writing(c.name) for c in plan.spec.columns}
    if money and clerk.does(Mess.LAST_YEAR_COLUMN, 0.7):
        column = clerk.pick(money)
        place = plan.columns.index(column)
        place += 0 if clerk.last_year_first() else 1
        plan.extras[place] = clerk.pick(("上年{}", f"{year - 1}年{{}}")).format(column.name)
    if clerk.does(Mess.EXTRA_COLUMNS):
        words = clerk.pick(("执行率", "占比（%）", "增减率", "负责科室", "联系人"))
        if same_writing(words) not in taken:
            plan.extras.setdefault(len(plan.columns) + len(plan.extras), words)
    if "备注" not in taken and clerk.odds(0.4):
        plan.extras[plan.width] = "备注"
    if money and clerk.does(Mess.HIDDEN_COLUMNS, 0.7):
        column = clerk.pick(money)
        plan.extras.setdefault(plan.columns.index(column), f"|{column.name}")


def head_rows(desk: Desk, plan: TablePlan) -> list[Row]:
    """Return the header rows, with bands over neighbouring amounts where there are some."""
    clerk, cells = desk.clerk, []
    for each in plan.order():
        if isinstance(each, str):
            cells.append(Cell(words=each.removeprefix("|"), bold=True, centred=True))
            continue
        words = each.name
        if len(words) > 3 and clerk.does(Mess.LABEL_WRITING, 0.35):
            cut = clerk.chance.randint(2, len(words) - 1)
            words = f"{words[:cut]}\n{words[cut:]}"
        elif len(words) in (2, 3) and clerk.does(Mess.LABEL_WRITING, 0.35):
            words = clerk.pick((" ", "　", "  ")).join(words)
        place = plan.places.get(each.name)
        if place is not None and place.way is Mess.UNIT_IN_HEADER and place.unit.name:
            clerk.note(Mess.UNIT_IN_HEADER)
            words = with_unit(clerk, words, place.unit)
        cells.append(Cell(words=words, bold=True, centred=True))
    run = _run_of_money(plan)
    if len(run) < 2 or not clerk.does(Mess.MERGED_HEADER, 0.85):
        return [dict(enumerate(cells))]
    return _banded(desk, plan, cells, run)


def _run_of_money(plan: TablePlan) -> list[int]:
    """Return the longest run of neighbouring columns of money."""
    best: list[int] = []
    run: list[int] = []
    for number, each in enumerate([*plan.order(), ""]):
        if isinstance(each, Column) and each.unit.dimension == MONEY:
            run.append(number)
        else:
            best, run = max(best, run, key=len), []
    return best


def _alike_ends(plan: TablePlan, run: Sequence[int]) -> list[int]:
    """Return neighbouring columns of a run whose names end alike, as 年初预算数 and 追加预算数."""
    names = {n: each.name for n in run if isinstance(each := plan.order()[n], Column)}
    best: list[int] = []
    for start in run:
        group = []
        for n in range(start, run[-1] + 1):
            if len(names[n]) < 5 or names[n][-3:] != names[start][-3:]:
                break
            group.append(n)
        best = max(best, group, key=len)
    return best if len(best) > 1 else []


def _banded(desk: Desk, plan: TablePlan, cells: list[Cell], run: Sequence[int]) -> list[Row]:
    """Put a band over a run of columns; names that end alike may give it their end."""
    clerk = desk.clerk
    ends = _alike_ends(plan, run) if clerk.odds(0.7) else []
    run = ends or run
    names = {n: each.name for n in run if isinstance(each := plan.order()[n], Column)}
    words = clerk.pick(("资金情况", "金额", "预算及执行情况"))
    low = {n: cells[n] for n in run}
    places = [plan.places[name] for name in names.values()]
    # A band can say the unit only where it is said in headers, and is one.
    shared = all(
        place.way is Mess.UNIT_IN_HEADER and place.unit == places[0].unit for place in places
    )
    if ends:
        # 预算数 over 年初 and 追加: whoever reads puts the two together.
        words = names[run[0]][-3:]
        for n, name in names.items():
            low[n] = replace(cells[n], words=name[:-3])
            if plan.places[name].way is Mess.UNIT_IN_HEADER and not shared:
                unit = plan.places[name].unit
                low[n] = replace(low[n], words=with_unit(clerk, low[n].words, unit))
    elif shared:
        low = {n: replace(cells[n], words=name) for n, name in names.items()}
    if shared:
        words = with_unit(clerk, words, places[0].unit)
    top = {n: replace(cell, rows=2) for n, cell in enumerate(cells) if n not in run}
    top[run[0]] = Cell(words=words, columns=len(run), bold=True, centred=True)
    rows = [dict(sorted(top.items())), low]
    if clerk.odds(0.2):
        over = Cell(words="资金及完成情况", columns=plan.width - run[0], bold=True, centred=True)
        basic = Cell(words="基本信息", columns=run[0], bold=True, centred=True)
        rows.insert(0, {0: basic, run[0]: over} if run[0] else {0: over})
    return rows

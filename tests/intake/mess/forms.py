"""Forms: label and value in pairs, and items across with one row of values.

A roster is the same with a row for each department, of which one is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import MONEY, other_than
from tests.intake.mess.figures import write_value
from tests.intake.mess.grid import Block, Cell, Grid, Row
from tests.intake.mess.kinds import Mess
from tests.intake.mess.labels import Label, alike
from tests.intake.mess.units import Place, UnitPlan, plan_units

from steelyard.facts.dictionary import Kind
from steelyard.measure.quantity import Quantity

_WAYS = (Mess.UNIT_IN_LABEL, Mess.UNIT_IN_CELL, Mess.UNIT_IN_LINE, Mess.UNIT_IN_TITLE)
_OFFICES = (
    "财政局",
    "发展和改革局",
    "民政局",
    "水务局",
    "林业局",
    "应急管理局",
    "统计局",
    "医保局",
)


def _plan(desk: Desk, keys: Sequence[str]) -> UnitPlan:
    units = [desk.unit(key) for key in keys if desk.item(key).kind is Kind.NUMBER]
    return plan_units(desk.clerk, units, [desk.value(key) for key in keys], _WAYS)


def _place(desk: Desk, plan: UnitPlan, key: str) -> Place | None:
    if desk.item(key).kind is not Kind.NUMBER:
        return None
    return plan.place(desk.clerk, desk.unit(key), desk.value(key))


def pair_form(desk: Desk, keys: Sequence[str]) -> Block:
    """Lay out items as pairs of label and value, two to four pairs a row."""
    clerk, plan = desk.clerk, _plan(desk, keys)
    pairs: list[tuple[Cell, Cell]] = _masthead(desk)
    for key in keys:
        place = _place(desk, plan, key)
        label = desk.label(key.replace(".", ""), place)
        written = desk.figure(desk.value(key), place)
        desk.state(key, written, label, "pair form")
        pairs.append((Cell(words=label.words, centred=True), written.cell))
        value = desk.value(key)
        words = alike(clerk, desk.names, key.replace(".", ""))
        if words and isinstance(value, Quantity) and clerk.does(Mess.LOOKALIKES, 0.15):
            other = other_than(clerk, value)
            desk.tally.decoy(key, other, words)
            unit = value.unit if place is None else place.unit
            pairs.append((Cell(words=words), write_value(clerk, other, unit, named=False).cell))
    across = clerk.chance.choices((1, 2, 3, 4), (8, 50, 30, 12))[0]
    rows: list[Row] = []
    for start in range(0, len(pairs), across):
        row: Row = {}
        for number, (left, right) in enumerate(pairs[start : start + across]):
            row |= {2 * number: left, 2 * number + 1: right}
        used = 2 * len(pairs[start : start + across])
        if used < 2 * across and clerk.odds(0.5):
            row[used - 1] = replace(row[used - 1], columns=2 * across - used + 1)
        rows.append(row)
        if clerk.does(Mess.BLANK_ROWS, 0.08):
            rows.append({})
        if clerk.does(Mess.SECTION_ROWS, 0.15):
            words = clerk.pick(("基本信息", "资金情况", "其他情况"))
            rows.append({0: Cell(words=words, columns=2 * across, bold=True, centred=True)})
    if rows and len(rows[-1]) == 1 and rows[-1].get(0, Cell()).columns > 1:
        rows.pop()
    return desk.finish(Block(Grid(2 * across, rows), title=desk.title()), plan)


def _masthead(desk: Desk) -> list[tuple[Cell, Cell]]:
    """Return the first pairs of a form: who fills it in, whose numbers are nobody's."""
    clerk, known = desk.clerk, desk.evaluation
    who = desk.office or known.department
    phone = f"0854-822{clerk.chance.randint(1000, 9999)}"
    pairs = (
        (clerk.pick(("单位名称", "部门名称", "填报单位")), who),
        (clerk.pick(("年度", "评价年度")), f"{known.year}年"),
        ("联系电话", phone),
        ("单位负责人", "王某某"),
        ("邮政编码", str(clerk.chance.randint(400000, 660000))),
    )
    kept = clerk.some(pairs, clerk.chance.randint(0, 4))
    if (desk.dated or desk.office) and pairs[0] not in kept:
        kept = [*pairs[:2], *(each for each in kept if each not in pairs[:2])]
    return [(Cell(words=left, centred=True), Cell(words=right)) for left, right in kept]


def across(desk: Desk, keys: Sequence[str], *, roster: bool = False) -> Block:
    """Lay out items side by side as columns, our values in one row.

    Args:
        desk: Who writes.
        keys: The items.
        roster: Whether other departments have rows too.
    """
    clerk, known = desk.clerk, desk.evaluation
    layout = "roster" if roster else "one row"
    plan = _plan(desk, keys)
    places = [_place(desk, plan, key) for key in keys]
    labels = [
        desk.label(key.replace(".", ""), place) for key, place in zip(keys, places, strict=True)
    ]
    by_year = not roster and not any("上年" in key for key in keys)
    by_year = by_year and clerk.does(Mess.LAST_YEAR_COLUMN, 0.6)
    first: list[str] = []
    if roster or clerk.odds(0.5):
        first.append("who")
    if by_year:
        first.append("year")
    heads = [clerk.pick(("单位名称", "部门", "单位")) if h == "who" else "年度" for h in first]
    header = _header(desk, heads, keys, labels)
    grid = Grid(len(first) + len(keys), header, heads=len(header))
    mine = desk.office or known.department
    start = len(first)
    ours = _values(desk, keys, places, labels, layout, roster=roster, by_year=by_year)
    if roster:
        clerk.note(Mess.ROSTER)
        others = [f"{known.place}{office}" for office in _OFFICES]
        others = clerk.some([name for name in others if name != mine], clerk.chance.randint(2, 7))
        place = clerk.chance.randint(0, len(others))
        total = ["合计"] if clerk.does(Mess.TOTAL_ROWS) else []
        for name in (*others[:place], mine, *others[place:], *total):
            row = ours if name == mine else _strangers(desk, keys, places, name)
            grid.rows.append({0: Cell(words=name), **_moved(row, start)})
    else:
        years = [known.year, known.year - 1] if by_year else [known.year]
        if by_year and clerk.last_year_first():
            years.reverse()
        for year in years:
            cells = [Cell(words=mine if each == "who" else f"{year}年") for each in first]
            row = ours if year == known.year else _strangers(desk, keys, places, "last year")
            grid.rows.append({**dict(enumerate(cells)), **_moved(row, start)})
    block = Block(grid, title=desk.title(), wide=grid.width > 7)
    return desk.finish(block, plan)


def _values(
    desk: Desk,
    keys: Sequence[str],
    places: Sequence[Place | None],
    labels: Sequence[Label],
    layout: str,
    *,
    roster: bool,
    by_year: bool,
) -> Row:
    """Write our own values."""
    marks = (Mess.ROSTER,) * roster + (Mess.LAST_YEAR_COLUMN,) * by_year
    row: Row = {}
    for number, (key, place, label) in enumerate(zip(keys, places, labels, strict=True)):
        written = desk.figure(desk.value(key), place)
        desk.state(key, written.with_marks(*marks), label, layout)
        row[number] = written.cell
    return row


def _strangers(desk: Desk, keys: Sequence[str], places: Sequence[Place | None], why: str) -> Row:
    """Write values of somebody else."""
    return {
        number: desk.beside(key, desk.value(key), place, f"row of {why}")
        for number, (key, place) in enumerate(zip(keys, places, strict=True))
    }


def _moved(row: Row, by: int) -> Row:
    return {number + by: cell for number, cell in row.items()}


def _header(
    desk: Desk, first: Sequence[str], keys: Sequence[str], labels: Sequence[Label]
) -> list[Row]:
    """Return one header row, or two with bands over groups of columns."""
    clerk = desk.clerk
    cells = [desk.heading(words) for words in first]
    cells += [Cell(words=label.words, bold=True, centred=True) for label in labels]
    if len(keys) < 4 or not clerk.does(Mess.MERGED_HEADER, 0.8):
        return [dict(enumerate(cells))]
    start = len(first)
    cut = next(
        (n for n, key in enumerate(keys) if desk.unit(key).dimension != MONEY), len(keys) // 2
    )
    cut = min(max(cut, 2), len(keys) - 2)
    top: Row = {n: replace(cells[n], rows=2) for n in range(start)}
    money = all(desk.unit(key).dimension == MONEY for key in keys[:cut])
    words = ("资金情况", "其他情况") if money else ("基本数据（一）", "基本数据（二）")
    top[start] = Cell(words=words[0], columns=cut, bold=True, centred=True)
    top[start + cut] = Cell(words=words[1], columns=len(keys) - cut, bold=True, centred=True)
    return [top, {n: cell for n, cell in enumerate(cells) if n >= start}]

"""Vertical lists: one item a row, its value in a column (纵向清单).

Also the double list, in which the same columns stand twice side by side, as
in the tables of income and spending.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import MONEY, other_than
from tests.intake.mess.figures import write_value
from tests.intake.mess.grid import Block, Cell, Grid, Row
from tests.intake.mess.kinds import Mess
from tests.intake.mess.labels import alike
from tests.intake.mess.units import Place, UnitPlan, plan_units

from steelyard.facts.dictionary import Kind
from steelyard.measure.quantity import Quantity, Value

_LABEL_HEADS = ("指标名称", "项目", "指标", "数据项", "内容", "数据项名称", "填报项目", "项目名称")
_VALUE_HEADS = (
    "数值",
    "数据",
    "填报数",
    "填报值",
    "本年数",
    "本年度",
    "数量",
    "实际数",
    "填报内容",
)
_MONEY_HEADS = ("金额", "数额", "本年金额", "金额")
_SECTIONS = ("预算情况", "决算情况", "基本情况", "人员及资产情况", "其他情况")
_NOTES = (
    "注：以上数据含上年结转{}万元，由财务科核对。",
    "说明：经{}次核对，与决算报表一致。",
    "（其中{}万元为上级补助，已单独列示）",
)


@dataclass(slots=True)
class _Columns:
    """The columns of a list, by what they hold."""

    roles: list[str]
    heads: dict[str, Cell]
    bands: dict[str, str] = field(default_factory=dict)
    """Words over several columns, by the first of them."""

    def row(self, cells: dict[str, Cell], offset: int = 0) -> Row:
        """Place cells under their columns."""
        return {offset + n: cells[role] for n, role in enumerate(self.roles) if role in cells}


@dataclass(slots=True, kw_only=True)
class _List:
    """One list under way."""

    desk: Desk
    plan: UnitPlan
    columns: _Columns
    keys: Sequence[str]
    layout: str
    hidden: set[str] = field(default_factory=set)
    """Items whose only row will be hidden."""
    hidden_rows: set[int] = field(default_factory=set)


def vertical_list(
    desk: Desk, keys: Sequence[str], *, double: bool = False, planned: bool = False
) -> Block:
    """Lay out items one below the other.

    Args:
        desk: Who writes.
        keys: The items.
        double: Whether the list is folded into two halves side by side.
        planned: Whether the budget stands beside the outcome, which is what the items are.
    """
    clerk = desk.clerk
    layout = "double list" if double else "vertical list"
    values = [desk.value(key) for key in keys]
    units = [desk.unit(key) for key in keys if desk.item(key).kind is Kind.NUMBER]
    plan = plan_units(clerk, units, values)
    amounts = all(unit.dimension == MONEY for unit in units) and len(units) == len(keys)
    # 上年预算数 beside a column 上年数 would be last year's last year.
    timed = any("上年" in key for key in keys)
    columns = _columns(
        desk, plan, amounts=amounts, narrow=double, timed=timed, planned=planned and not double
    )
    one = _List(desk=desk, plan=plan, columns=columns, keys=keys, layout=layout)
    rows = [_item_row(one, number) for number in range(1, len(keys) + 1)]
    width = len(columns.roles)
    if double:
        half = (len(rows) + 1) // 2
        left = [columns.row(each) for each in rows[:half]]
        right = [columns.row(each, width) for each in rows[half:]]
        body = [{**each, **(right[n] if n < len(right) else {})} for n, each in enumerate(left)]
        heads = [{**columns.row(columns.heads), **columns.row(columns.heads, width)}]
        grid = Grid(width * 2, [*heads, *body], heads=1)
    else:
        heads = _heads(columns)
        body = _body(one, rows, heads)
        grid = Grid(width, [*heads, *body], heads=len(heads), hidden_rows=one.hidden_rows)
        if "old" in columns.roles:
            grid.hidden_columns.add(columns.roles.index("old"))
        _hide(one, grid)
    block = Block(grid, title=desk.title())
    return desk.finish(block, plan)


def _columns(
    desk: Desk, plan: UnitPlan, *, amounts: bool, narrow: bool, timed: bool, planned: bool
) -> _Columns:
    clerk, year = desk.clerk, desk.evaluation.year
    label = clerk.pick(_LABEL_HEADS)
    value = clerk.pick(_MONEY_HEADS if amounts else (*_VALUE_HEADS, f"{year}年", f"{year}年度"))
    before = ["serial"] * clerk.odds(0.6) + ["label"]
    after: list[str] = []
    heads = {"serial": clerk.pick(("序号", "序号", "编号", "行次")), "label": label}
    figures, bands = ["value"], {}
    if not narrow and clerk.does(Mess.MEANINGS, 0.7):
        before.append("meaning")
        heads["meaning"] = clerk.pick(("口径说明", "指标解释", "填报说明"))
    if plan.way is Mess.UNIT_IN_COLUMN:
        before.append("unit")
        heads["unit"] = clerk.pick(("单位", "计量单位", "单位"))
    if not (narrow or timed or planned) and clerk.does(Mess.LAST_YEAR_COLUMN, 0.8):
        last, value = clerk.pick(
            (
                ("上年数", "本年数"),
                (f"{year - 1}年", f"{year}年"),
                (f"{year - 1}年度", f"{year}年度"),
                ("上年实际", "本年实际"),
                ("上年同期数", "本年数"),
            )
        )
        heads["last"] = last
        figures = ["last", "value"] if clerk.last_year_first() else ["value", "last"]
        if clerk.odds(0.4):
            figures.append("growth")
            heads["growth"] = clerk.pick(("增减率", "增长率", "同比增减（%）"))
    elif planned:
        clerk.note(Mess.PLAN_COLUMN)
        heads["plan"], value = clerk.pick((("年初预算数", "决算数"), ("预算数", "决算数")))
        figures = ["plan", "value"]
    elif not (narrow or timed) and clerk.does(Mess.CUMULATIVE_COLUMN, 0.7):
        heads["sofar"], value = clerk.pick(
            (("1—7月累计数", "全年数"), ("截至7月底", "全年数"), ("1-9月", f"{year}年全年"))
        )
        figures = ["sofar", "value"] if clerk.odds(0.7) else ["value", "sofar"]
    elif amounts and not narrow and clerk.does(Mess.PART_COLUMNS):
        figures = ["value", "part", "rest"]
        bands["value"] = value
        value, heads["part"], heads["rest"] = "合计", "其中：财政拨款", "其他资金"
    elif not narrow and clerk.does(Mess.EXTRA_COLUMNS, 0.7):
        figures.append("share")
        heads["share"] = clerk.pick(("占比", "占比（%）", "占总额比重"))
    if clerk.does(Mess.EXTRA_COLUMNS, 0.6) or clerk.odds(0.4):
        after.append("remark")
        heads["remark"] = clerk.pick(("备注", "备注", "数据来源", "说明"))
    heads["value"] = value
    if not narrow and clerk.does(Mess.HIDDEN_COLUMNS, 0.8):
        figures.insert(clerk.chance.randint(0, len(figures)) if not bands else 0, "old")
        heads["old"] = value
    shared = plan.money.name if plan.way is Mess.UNIT_IN_HEADER else ""
    with_unit = {"old", "last", "sofar", "plan", "value", "part", "rest"}
    cells = {
        role: desk.heading(words, unit=shared if role in with_unit else "")
        for role, words in heads.items()
    }
    return _Columns([*before, *figures, *after], cells, bands)


def _heads(columns: _Columns) -> list[Row]:
    """Return the header rows: two where a band stands over parts."""
    if not columns.bands:
        return [columns.row(columns.heads)]
    top = {
        role: replace(cell, rows=2)
        for role, cell in columns.heads.items()
        if role not in ("value", "part", "rest")
    }
    words = columns.bands["value"]
    top["value"] = Cell(words=words, columns=3, bold=True, centred=True)
    low = {role: columns.heads[role] for role in ("value", "part", "rest")}
    return [columns.row(top), columns.row(low)]


def _item_row(one: _List, number: int) -> dict[str, Cell]:
    """Write the row of an item, numbered from 1, and record what it states."""
    desk, clerk, key = one.desk, one.desk.clerk, one.keys[number - 1]
    item, value = desk.item(key), desk.value(key)
    place = one.plan.place(clerk, desk.unit(key), value) if item.kind is Kind.NUMBER else None
    label = desk.label(_spoken(key), place)
    above = one.keys[number - 2] if number > 1 else key
    if _is_part(value, key, desk.value(above), above) and clerk.does(Mess.OF_WHICH_ROWS, 0.7):
        label = replace(
            label, words=f"其中：{label.words}", marks=(*label.marks, Mess.OF_WHICH_ROWS)
        )
    written = desk.figure(value, place)
    marks = tuple(_MARKS[role] for role in one.columns.roles if role in _MARKS)
    # That an item without 预算 or 决算 in its name is the outcome stands in its meaning only.
    clear = "plan" not in one.columns.roles
    hidden = one.layout != "double list" and clerk.does(Mess.HIDDEN_ROWS, 0.08)
    if hidden:
        marks = (*marks, Mess.HIDDEN_ROWS)
        one.hidden.add(key)
    desk.state(key, written.with_marks(*marks, sure=clear and not hidden), label, one.layout)
    cells = {
        "serial": Cell(words=str(number), stored=str(number) if clerk.odds(0.7) else ""),
        "label": Cell(words=label.words),
        "meaning": Cell(words=item.meaning or "按文件填列"),
        "unit": Cell(words=place.unit.name if place else ""),
        "value": written.cell,
        "remark": desk.remark(),
    }
    if isinstance(value, Quantity):
        cells |= _other_figures(one, key, place, value)
    if clerk.does(Mess.COMMENTS, 0.15):
        comment = f"原填报数为{other_than(clerk, value)}，已更正。"
        cells["value"] = replace(cells["value"], comment=comment)
    return cells


def _is_part(value: Value, key: str, above: Value, whole: str) -> bool:
    """Tell whether an item may be written as 其中 of the one above, as 基本支出决算数."""
    if not isinstance(value, Quantity) or not isinstance(above, Quantity):
        return False
    same = value.dimension == above.dimension == MONEY and key[-3:] == whole[-3:]
    return same and 0 < value.base < above.base


_MARKS = {
    "last": Mess.LAST_YEAR_COLUMN,
    "sofar": Mess.CUMULATIVE_COLUMN,
    "plan": Mess.PLAN_COLUMN,
    "part": Mess.PART_COLUMNS,
    "meaning": Mess.MEANINGS,
}


def _spoken(key: str) -> str:
    """Return the name of an item as people say it: one side of a goal in one word."""
    return key.replace(".", "")


def _other_figures(one: _List, key: str, place: Place | None, value: Quantity) -> dict[str, Cell]:
    """Write what stands beside a value: last year's, a part, a share."""
    desk, clerk, columns = one.desk, one.desk.clerk, one.columns
    cells: dict[str, Cell] = {}
    if "last" in columns.roles:
        cells["last"] = desk.beside(key, value, place, "last year's column")
    if "old" in columns.roles:
        cells["old"] = desk.beside(key, value, place, "hidden column")
    if "plan" in columns.roles:
        cells["plan"] = desk.beside(key, value, place, "budget beside the outcome")
    if "sofar" in columns.roles:
        cells["sofar"] = desk.beside(key, value, place, "the months so far")
    if "growth" in columns.roles or "share" in columns.roles:
        cells["growth"] = cells["share"] = desk.percent()
    if "part" in columns.roles and place is not None:
        scale = value.unit.factor / 100
        part = Quantity(
            Fraction(int(value.base / scale * clerk.chance.randint(30, 90) / 100)) * scale,
            value.dimension,
            value.unit,
        )
        for role, each in (("part", part), ("rest", value.plus(part, -1))):
            desk.tally.decoy(key, each, "a part of the value")
            cells[role] = write_value(clerk, each, place.unit, named=place.named).cell
    return cells


def _body(one: _List, rows: Sequence[dict[str, Cell]], heads: Sequence[Row]) -> list[Row]:
    """Return the rows of a list with all that people put between them."""
    desk, clerk, columns = one.desk, one.desk.clerk, one.columns
    width = len(columns.roles)
    body: list[Row] = []
    numbers = iter(range(1, 99))
    if clerk.does(Mess.COLUMN_NUMBERS, 0.5):
        body.append({n: Cell(words=str(n + 1), centred=True) for n in range(width)})
        if "serial" not in columns.roles:
            body[-1][0] = Cell(words="栏次", centred=True)
    for number, (key, row) in enumerate(zip(one.keys, rows, strict=True)):
        if number % 6 == 0 and clerk.does(Mess.SECTION_ROWS, 0.7):
            words = f"{'一二三四五六七'[next(numbers) % 7 - 1]}、{clerk.pick(_SECTIONS)}"
            body.append({0: Cell(words=words, columns=width, bold=True)})
        if number and number % 8 == 0 and clerk.does(Mess.REPEATED_HEADER, 0.7):
            body += heads
        body.append(columns.row(row))
        if key in one.hidden:
            one.hidden_rows.add(len(heads) + len(body) - 1)
        if clerk.does(Mess.NOTE_ROWS, 0.12):
            words = clerk.pick(_NOTES).format(clerk.chance.randint(3, 800))
            body.append({0: Cell(words=words, columns=width)})
        if clerk.does(Mess.BLANK_ROWS, 0.12):
            body.append({})
        if clerk.does(Mess.OF_WHICH_ROWS, 0.15):
            body += _of_which(one, key)
        if clerk.does(Mess.LOOKALIKES, 0.2):
            body += _lookalike(one, key)
    if clerk.does(Mess.SECTION_ROWS, 0.25):
        body += _subordinate(one)
    if clerk.does(Mess.TOTAL_ROWS, 0.5):
        total = other_than(clerk, desk.value(one.keys[0]))
        if isinstance(total, Quantity):
            body.append(_odd_row(one, "合计", one.keys[0], total))
    return body


def _odd_row(one: _List, words: str, key: str, value: Value) -> Row:
    """Lay out a row that is no item's, its value a decoy for one."""
    desk = one.desk
    place = one.plan.place(desk.clerk, desk.unit(key), value)
    desk.tally.decoy(key, value, words)
    if place.way is Mess.UNIT_IN_LABEL:
        words += f"（{place.unit.name}）"
    cells = {
        "label": Cell(words=words),
        "unit": Cell(words=place.unit.name),
        "value": write_value(desk.clerk, value, place.unit, named=place.named).cell,
        "remark": desk.remark(),
    }
    if isinstance(value, Quantity):
        cells |= _other_figures(one, key, place, value)
    return one.columns.row(cells)


def _of_which(one: _List, key: str) -> list[Row]:
    desk = one.desk
    value = desk.value(key)
    if not isinstance(value, Quantity) or value.dimension != MONEY:
        return []
    words = desk.clerk.pick(("其中：财政拨款", "其中：上级补助部分", "　　其中：当年安排"))
    return [_odd_row(one, words, key, other_than(desk.clerk, value))]


def _lookalike(one: _List, key: str) -> list[Row]:
    desk = one.desk
    value = desk.value(key)
    words = alike(desk.clerk, desk.names, _spoken(key))
    if words is None or not isinstance(value, Quantity):
        return []
    return [_odd_row(one, words, key, other_than(desk.clerk, value))]


def _subordinate(one: _List) -> list[Row]:
    """Lay out a last section in which the same labels speak of somebody else."""
    desk, clerk, year = one.desk, one.desk.clerk, one.desk.evaluation.year
    words = clerk.pick(
        (f"附：{year - 1}年同口径数据", "附：上年度数据", "附：下属事业单位数据（不计入上述各项）")
    )
    rows: list[Row] = [{0: Cell(words=words, columns=len(one.columns.roles), bold=True)}]
    for key in clerk.some(tuple(one.keys), 3):
        value = desk.value(key)
        if isinstance(value, Quantity):
            other = other_than(clerk, value)
            rows.append(_odd_row(one, _spoken(key), key, other))
    return rows if len(rows) > 1 else []


def _hide(one: _List, grid: Grid) -> None:
    """Leave rows of an earlier version in the table, and hide them."""
    desk = one.desk
    if not desk.clerk.does(Mess.HIDDEN_ROWS, 0.8):
        return
    start = len(grid.rows)
    for key in desk.clerk.some(tuple(one.keys), 2):
        value = desk.value(key)
        if isinstance(value, Quantity):
            other = other_than(desk.clerk, value)
            grid.rows.append(_odd_row(one, _spoken(key), key, other))
    grid.hidden_rows |= set(range(start, len(grid.rows)))

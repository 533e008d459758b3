"""Goal tables as in the self-evaluation form: target and outcome of indicators (绩效目标).

Targets carry their sign and unit in the cell or in columns of their own; last
year's outcome, marks and indicators of somebody else stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import MONEY, other_than
from tests.intake.mess.figures import Written, exact_digits, write_value
from tests.intake.mess.grid import Block, Cell, Grid, Row
from tests.intake.mess.kinds import Mess
from tests.intake.mess.labels import Label, alike, write_label
from tests.intake.mess.units import Place, shared_money

from steelyard.facts.dictionary import Goal
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import UNITS, Unit

_LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效果指标", ("长期指标", "满意度指标")),
)
_FOREIGN = (
    "宣传活动次数",
    "培训班期数",
    "制度建设完成率",
    "公众号推文数",
    "档案整理卷数",
    "会议召开次数",
)
_WORDS = {
    "≥": ("≥{}", "≥ {}", "≧{}", "＞={}", ">={}", "不低于{}", "{}以上", "不少于{}", "达到{}以上"),
    "≤": ("≤{}", "≤ {}", "≦{}", "<={}", "不超过{}", "不高于{}", "{}以内", "{}以下"),
    "=": ("={}", "{}", "＝{}"),
    ">": (">{}", "＞{}"),
    "<": ("<{}", "＜{}"),
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which columns a goal table has, in their order."""

    roles: tuple[str, ...]
    heads: dict[str, str]


def _shape(desk: Desk) -> _Shape:
    clerk, year = desk.clerk, desk.evaluation.year
    levels = ("level1", "level2") if clerk.odds(0.6) else ()
    target, actual = clerk.pick(
        (
            ("年度指标值", "实际完成值"),
            ("目标值", "实际值"),
            ("年初目标值", "实际完成值"),
            ("计划值", "完成值"),
            (f"{year}年目标值", f"{year}年实际完成值"),
            ("指标值", "全年实际完成值"),
        )
    )
    units = clerk.odds(0.5)
    signs = clerk.odds(0.25)
    middle = ["target", *("unit",) * units, "actual"]
    if signs:
        middle.insert(0, "sign")
    if units and clerk.odds(0.4):
        middle.remove("unit")
        middle.insert(0, "unit")
    heads = {
        "level1": "一级指标",
        "level2": "二级指标",
        "serial": "序号",
        "name": "三级指标" if levels else clerk.pick(("绩效指标", "指标名称", "三级指标")),
        "sign": clerk.pick(("指标性质", "符号")),
        "unit": clerk.pick(("度量单位", "计量单位")),
        "target": target,
        "actual": actual,
        "weight": "分值",
        "score": "得分",
        "rate": "完成率",
        "reason": clerk.pick(("偏差原因分析及改进措施", "备注", "未完成原因")),
        "last": clerk.pick(("上年实际值", f"{year - 1}年完成值", "上年完成值")),
        "sofar": "1—7月执行情况",
        "forecast": "全年预计完成值",
    }
    if clerk.does(Mess.LAST_YEAR_COLUMN, 0.8):
        middle.insert(0 if clerk.last_year_first() else len(middle), "last")
    if clerk.does(Mess.CUMULATIVE_COLUMN, 0.7):
        # A table of the monitoring in summer: there is no outcome yet.
        place = middle.index("actual")
        middle[place : place + 1] = ["sofar", "forecast"]
    after = ["rate"] * clerk.odds(0.3) + ["weight", "score"] * clerk.odds(0.6)
    after += ["reason"] * clerk.odds(0.6)
    before = [*levels, *("serial",) * (not levels and clerk.odds(0.5)), "name"]
    return _Shape((*before, *middle, *after), heads)


def goal_table(desk: Desk, goals: Sequence[Goal]) -> Block:
    """Lay out goals with their targets and outcomes."""
    clerk, shape = desk.clerk, _shape(desk)
    header = {n: desk.heading(shape.heads[role]) for n, role in enumerate(shape.roles)}
    known = [desk.value(side) for goal in goals for side in (goal.target, goal.actual)]
    amounts = [v for v in known if isinstance(v, Quantity) and v.dimension == MONEY]
    money = shared_money(clerk, [v.unit for v in amounts], amounts) if amounts else UNITS["亿元"]
    switch = bool(amounts) and money != amounts[0].unit
    bare = "unit" not in shape.roles and clerk.does(Mess.NO_UNIT, 0.6)
    rows: list[dict[str, Cell]] = []
    for goal in goals:
        rows.append(_goal_row(desk, shape, goal, money if switch else None, bare=bare))
        if clerk.does(Mess.LOOKALIKES, 0.2):
            rows += _lookalike(desk, shape, goal)
        if clerk.odds(0.25) or (len(goals) < 3 and clerk.odds(0.6)):
            rows.append(_foreign_row(desk, shape, clerk.pick(_FOREIGN)))
    _number(rows)
    _merge_levels(desk, shape, rows)
    body: list[Row] = [
        {n: cells[role] for n, role in enumerate(shape.roles) if role in cells} for cells in rows
    ]
    if "weight" in shape.roles and clerk.does(Mess.TOTAL_ROWS):
        place = shape.roles.index("weight")
        total = {0: Cell(words=clerk.pick(("总分", "合计")), columns=place, centred=True)}
        body.append({**total, place: Cell(words="100"), place + 1: Cell(words="93.5")})
    title = desk.title()
    if title:
        words = ("{}部门整体支出绩效自评表", "{}绩效目标完成情况表", "{}度绩效指标完成情况")
        title = clerk.pick(words).format(f"{desk.office}{desk.evaluation.year}年")
    grid = Grid(len(shape.roles), [header, *body], heads=1)
    block = Block(grid, title=title, wide=len(shape.roles) > 8)
    return desk.finish(block, None)


def _number(rows: list[dict[str, Cell]]) -> None:
    for number, row in enumerate(rows, 1):
        row["serial"] = Cell(words=str(number))


def _goal_row(
    desk: Desk, shape: _Shape, goal: Goal, money: Unit | None, *, bare: bool
) -> dict[str, Cell]:
    clerk = desk.clerk
    target, actual = desk.value(goal.target), desk.value(goal.actual)
    unit = target.unit if isinstance(target, Quantity) else goal.unit
    marks: tuple[Mess, ...] = ()
    if money is not None and unit.dimension == MONEY:
        unit, marks = money, (Mess.UNIT_SWITCHED,)
    in_label = "unit" not in shape.roles and not bare and clerk.odds(0.2)
    label = _label(desk, goal, unit if in_label else None)
    way = Mess.UNIT_IN_COLUMN if "unit" in shape.roles else Mess.UNIT_IN_CELL
    way = Mess.UNIT_IN_LABEL if in_label else Mess.NO_UNIT if bare else way
    clerk.note(way)
    place = Place(unit, way, not bare)
    cells = {"name": Cell(words=label.words), "unit": Cell(words=unit.name)}
    cells["sign"] = Cell(words=clerk.pick((goal.sign, {"≥": "≧", "≤": "≦"}.get(goal.sign, "="))))
    written = _target(desk, goal, target, place, signed="sign" in shape.roles)
    desk.state(goal.target, written.with_marks(*marks), label, "goal table")
    cells["target"] = written.cell
    if "actual" in shape.roles:
        written = _actual(desk, goal, actual, place)
        desk.state(goal.actual, written.with_marks(*marks), label, "goal table")
        cells["actual"] = written.cell
    if "sofar" in shape.roles:
        cells["sofar"] = desk.beside(goal.actual, actual, place, "the months so far")
        cells["forecast"] = desk.beside(goal.actual, actual, place, "forecast")
    if "last" in shape.roles:
        cells["last"] = desk.beside(goal.actual, actual, place, "last year's outcome")
    return cells | _marks(desk, shape)


def _label(desk: Desk, goal: Goal, unit: Unit | None) -> Label:
    label = write_label(desk.clerk, desk.names, goal.name, unit=unit)
    if desk.clerk.does(Mess.LABEL_WRITING, 0.25) and Mess.LABEL_WRITING not in label.marks:
        words = f"指标{desk.clerk.chance.randint(1, 9)}：{label.words}"
        return replace(label, words=words, marks=(*label.marks, Mess.LABEL_WRITING))
    return label


def _target(desk: Desk, goal: Goal, value: Value, place: Place, *, signed: bool) -> Written:
    """Write a target, its sign before the number, behind it in words, or elsewhere."""
    clerk = desk.clerk
    if isinstance(value, Quantity) and clerk.does(Mess.GOAL_DOUBTS, 0.3):
        high = other_than(clerk, value)
        ends = [
            exact_digits(v.base / place.unit.factor)
            for v in (value, high)
            if isinstance(v, Quantity)
        ]
        doubts = ("显著提升", "较上年提高", "～".join(ends) + place.unit.name, "按计划完成")
        words = clerk.pick(doubts)
        return Written(cell=Cell(words=words), value=None, sure=False, marks=(Mess.GOAL_DOUBTS,))
    written = desk.figure(value, place)
    # A share below one must not get a sign: ≥0.09% would say something else.
    plain = signed or written.value is not value or Mess.PERCENT_AS_SHARE in written.marks
    if plain or not isinstance(value, Quantity) or not clerk.does(Mess.SIGN_WORDS, 0.85):
        return written
    words = written.cell.words.strip()
    if written.cell.shape.endswith("%") or (
        place.unit.name == "%" and place.way is not Mess.NO_UNIT
    ):
        words = words.rstrip("%％") + "%"
    elif place.way is not Mess.NO_UNIT and clerk.odds(0.5) and not words.endswith(place.unit.name):
        words += place.unit.name
    words = clerk.pick(_WORDS[goal.sign]).format(words)
    return replace(written, cell=Cell(words=words)).with_marks(Mess.SIGN_WORDS)


def _actual(desk: Desk, goal: Goal, value: Value, place: Place) -> Written:
    """Write an outcome; some people repeat the target, or give a rate instead."""
    clerk = desk.clerk
    if isinstance(value, Quantity) and clerk.does(Mess.GOAL_DOUBTS, 0.4):
        digits = exact_digits(value.base / place.unit.factor)
        words = ["已完成", "达标", f"{goal.sign}{digits}{place.unit.name}"]
        if place.unit.name != "%":
            words.append("100%")
        return Written(
            cell=Cell(words=clerk.pick(words)), value=None, sure=False, marks=(Mess.GOAL_DOUBTS,)
        )
    return desk.figure(value, place)


def _marks(desk: Desk, shape: _Shape) -> dict[str, Cell]:
    """Return the cells of weight, score, rate and reason: numbers that are nobody's."""
    chance = desk.clerk.chance
    weight = Fraction(chance.choice((2, 4, 5, 8, 10, 15)))
    score = weight * chance.randint(60, 100) / 100
    cells = {
        "weight": Cell(words=exact_digits(weight), stored=exact_digits(weight)),
        "score": Cell(words=exact_digits(score), stored=exact_digits(score)),
        "reason": desk.remark(),
    }
    if "rate" in shape.roles:
        cells["rate"] = desk.percent(40, 130)
    return cells


def _foreign_row(desk: Desk, shape: _Shape, name: str) -> dict[str, Cell]:
    """Return an indicator that the dictionary does not know."""
    number = desk.clerk.chance.randint(3, 400)
    other = Quantity.of(number, UNITS["次"])
    desk.tally.decoy("", other, f"another indicator: {name}")
    plain = "" if "unit" in shape.roles else "次"
    cells = {
        role: Cell(words=f"{number + n}{plain}")
        for n, role in enumerate(("actual", "last", "sofar", "forecast"))
    }
    cells |= {"name": Cell(words=name), "unit": Cell(words="次"), "sign": Cell(words="≥")}
    signed = "" if "sign" in shape.roles else "≥"
    cells["target"] = Cell(words=f"{signed}{number}{plain}")
    return cells | _marks(desk, shape)


def _lookalike(desk: Desk, shape: _Shape, goal: Goal) -> list[dict[str, Cell]]:
    words, value = alike(desk.clerk, desk.names, goal.name), desk.value(goal.actual)
    if words is None or not isinstance(value, Quantity):
        return []
    cells = _foreign_row(desk, shape, words)
    for role in ("target", "actual"):
        other = other_than(desk.clerk, value)
        desk.tally.decoy(goal.actual if role == "actual" else goal.target, other, words)
        named = "unit" in shape.roles
        cells[role] = write_value(desk.clerk, other, value.unit, named=named).cell
    cells["unit"] = Cell(words=value.unit.name)
    return [cells]


def _merge_levels(desk: Desk, shape: _Shape, rows: list[dict[str, Cell]]) -> None:
    """Merge the levels over runs of rows, as the form does."""
    if "level1" not in shape.roles or not rows:
        return
    clerk, start = desk.clerk, 0
    for number, (first, seconds) in enumerate(_LEVELS):
        left = len(rows) - start
        size = left if number else clerk.chance.randint(min(2, left), left)
        if size < 1:
            break
        rows[start]["level1"] = Cell(words=first, rows=size, centred=True)
        inner = start
        while inner < start + size:
            length = min(clerk.chance.randint(1, 4), start + size - inner)
            rows[inner]["level2"] = Cell(words=clerk.pick(seconds), rows=length, centred=True)
            inner += length
        start += size

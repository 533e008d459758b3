"""A random evaluation: a department, a year, a dictionary and values for it.

What is drawn here is what the department knows. Whether a file says all of it,
and how, is decided where it is laid out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.intake.mess.invented import invented
from tests.intake.mess.kinds import Clerk

import steelyard
from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec
from steelyard.facts.load_dictionary import load_dictionary
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PLAIN, UNITS, Unit

MONEY = UNITS["元"].dimension

_HOME = Path(steelyard.__file__).parent
_PLACES = ("黔南州", "云岭县", "江城市", "临川区", "白河县", "南屏市")
_OFFICES = {
    "工业": "工业和信息化局",
    "教育": "教育局",
    "卫生健康": "卫生健康局",
    "农业农村": "农业农村局",
    "交通运输": "交通运输局",
}
_THEMES = (
    *("农村饮水安全巩固提升", "城区道路改造", "中小学校舍维修", "信息化平台运行维护"),
    *("产业扶持奖补", "安全生产宣传", "技能人才培训", "公共卫生服务", "水库除险加固"),
    *("老旧小区改造", "招商引资工作", "“一事一议”奖补", "生态环境监测", "文化惠民演出"),
    *("农产品质量检测", "公务用车更新", "办公设备购置", "政务服务大厅建设"),
)
_WHATS = ("项目", "经费", "专项资金", "补助资金", "工程", "项目（二期）", "工作经费")
_SENTENCES = (
    "已按计划完成",
    "受天气影响有所推迟",
    "资金下达较晚，跨年实施",
    "完成验收并投入使用",
    "按合同约定支付",
    "正在办理结算",
    "由下属单位具体实施",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of the dictionary, as the department knows it (行)."""

    key: str
    cells: dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a department knows (评价数据)."""

    dictionary: Dictionary
    place: str
    department: str
    year: int
    values: dict[str, Value] = field(default_factory=dict)
    """By item, those of goals among them."""
    tables: dict[str, list[Line]] = field(default_factory=dict)

    def others(self, clerk: Clerk) -> Evaluation:
        """Return what another year or department would know: the same items, other values."""
        values = {name: other_than(clerk, value) for name, value in self.values.items()}
        tables = {
            name: [
                Line(line.key, {c: other_than(clerk, v) for c, v in line.cells.items()})
                for line in lines
            ]
            for name, lines in self.tables.items()
        }
        return replace(self, values=values, tables=tables)


@cache
def _shipped(name: str) -> Dictionary:
    base = load_dictionary(_HOME / "evaluation" / "process")
    mine = load_dictionary(_HOME / "framework" / "catalogue" / name)
    return mine.over(base) if name.endswith("3") else mine


def draw_evaluation(clerk: Clerk) -> Evaluation:
    """Draw a department and all that it knows."""
    if clerk.odds(0.32):
        sector, dictionary = invented(clerk)
    else:
        shipped = sorted(each.name for each in (_HOME / "framework" / "catalogue").iterdir())
        sector, dictionary = "工业", _shipped(clerk.pick(shipped))
    place = clerk.pick(_PLACES)
    year = clerk.chance.randint(2019, 2025)
    evaluation = Evaluation(
        dictionary=dictionary, place=place, department=place + _OFFICES[sector], year=year
    )
    sides = {side for goal in dictionary.goals.values() for side in (goal.target, goal.actual)}
    plain = [
        item
        for item in dictionary.items.values()
        if item.formula is None and item.name not in sides
    ]
    for item in clerk.some(plain, clerk.chance.randint(5, 40)):
        evaluation.values[item.name] = _value(clerk, item, year)
    for goal in clerk.some(tuple(dictionary.goals.values()), clerk.chance.randint(0, 10)):
        unit = UNITS[clerk.pick(("亿元", "%", "人", "万吨"))] if goal.any_unit else goal.unit
        target = _amount(clerk, unit, goal.name, above_zero=True)
        share = Fraction(clerk.chance.randint(40, 130), 100)
        actual = _near(target, share, 0 if _is_count(unit) else 2)
        evaluation.values[goal.target] = target
        evaluation.values[goal.actual] = actual
    count = clerk.chance.choices((0, 1, 2), (0.35, 0.5, 0.15))[0]
    for spec in clerk.some(tuple(dictionary.tables.values()), count):
        evaluation.tables[spec.name] = _lines(clerk, spec, year)
    return evaluation


def _is_count(unit: Unit) -> bool:
    return unit.factor == 1 and unit.dimension != MONEY


def _value(clerk: Clerk, item: Item | Column, year: int) -> Value:
    above_zero = isinstance(item, Item) and item.above_zero
    if not above_zero and clerk.odds(0.04):
        return NOT_APPLICABLE
    if item.kind is Kind.DATE:
        return date(year, 1, 5) + timedelta(days=clerk.chance.randint(0, 600))
    if item.kind is not Kind.NUMBER:
        return text_for(clerk, item.name, item.choices)
    return _amount(clerk, item.unit, item.name, above_zero=above_zero)


def text_for(clerk: Clerk, name: str, choices: tuple[str, ...] = ()) -> str:
    """Draw a text for an item or a column."""
    if choices:
        return clerk.pick(choices)
    if "等级" in name or "等次" in name:
        return clerk.pick(("优", "良", "中"))
    if "名称" in name or "任务" in name or "内容" in name or "题目" in name:
        return clerk.pick(_THEMES) + clerk.pick(_WHATS)
    if "日期" in name:
        return f"{clerk.chance.randint(1, 12)}月{clerk.chance.randint(1, 28)}日"
    if "选项" in name:
        return clerk.pick(("非常满意", "满意", "一般", "不满意", "非常不满意"))
    if "序号" in name:
        return str(clerk.chance.randint(1, 60))
    return clerk.pick(_SENTENCES)


def _amount(clerk: Clerk, unit: Unit, name: str, *, above_zero: bool) -> Quantity:
    chance = clerk.chance
    if not above_zero and clerk.odds(0.04):
        return Quantity.of(0, unit)
    places = 0
    if unit.dimension == MONEY and unit.factor >= 10**4:
        places = chance.choices((0, 1, 2, 3, 4, 6), (15, 8, 55, 5, 10, 7))[0]
        most = {10**4: 5.0, 10**8: 3.2}.get(int(unit.factor), 4.0)
        value = _drawn(clerk, most, places)
    elif unit.dimension == MONEY:
        places = chance.choices((0, 2), (30, 70))[0]
        big = not any(word in name for word in ("生均", "次均", "人均", "单价", "公里"))
        value = _drawn(clerk, 8.2 if big else 4.0, places)
    elif unit.name == "%":
        places = chance.choices((0, 1, 2), (30, 20, 50))[0]
        value = Fraction(chance.randint(10**places, 100 * 10**places), 10**places)
    elif unit == PLAIN:
        value = Fraction(chance.randint(1, 40))
    elif _is_count(unit) and unit.name not in ("平方米", "亩", "吨"):
        value = _drawn(clerk, 3.4, 0)
    else:
        places = chance.choices((0, 1, 2), (50, 20, 30))[0]
        value = _drawn(clerk, 4.2, places)
    may_fall = any(word in name for word in ("增长", "结余", "结转", "余额"))
    if may_fall and not above_zero and clerk.odds(0.12):
        value = -value
    return Quantity.of(value, unit)


def _drawn(clerk: Clerk, most: float, places: int) -> Fraction:
    """Draw an amount above zero, its size even on the scale of magnitudes."""
    whole = int(10 ** clerk.chance.uniform(0.3, most))
    part = clerk.chance.randint(0, 10**places - 1) if places else 0
    return Fraction(whole * 10**places + part, 10**places)


def _near(quantity: Quantity, share: Fraction, places: int) -> Quantity:
    scale = 10**places
    return Quantity.of(Fraction(int(quantity.amount * share * scale) or 1, scale), quantity.unit)


def other_than(clerk: Clerk, value: Value) -> Value:
    """Draw a value of the same kind that is not this one."""
    if isinstance(value, Quantity):
        places = 0 if _is_count(value.unit) else 2
        size = value if value.base else Quantity.of(clerk.chance.randint(2, 90), value.unit)
        share = Fraction(clerk.pick((*range(55, 95), *range(106, 160))), 100)
        found = _near(size, share, places)
        return found if not found.same(value) else Quantity.of(found.amount + 1, value.unit)
    if isinstance(value, date):
        return value - timedelta(days=365)
    return value


def _lines(clerk: Clerk, spec: TableSpec, year: int) -> list[Line]:
    count = min(3 + int(clerk.chance.expovariate(1 / 9)), 60)
    keys = _keys(clerk, spec, count)
    lines = []
    for key in keys:
        cells: dict[str, Value] = {spec.key: key}
        for column in spec.columns:
            if column.name != spec.key:
                cells[column.name] = _value(clerk, column, year)
        lines.append(Line(key, cells))
    _tidy(clerk, spec, lines)
    return lines


def _tidy(clerk: Clerk, spec: TableSpec, lines: list[Line]) -> None:
    """Sort by a column of choices, as people do, so that equal values stand together."""
    column = next((c.name for c in spec.columns if len(c.choices) > 1), "")
    if column and clerk.odds(0.4):
        cells = sorted((line.cells for line in lines), key=lambda each: str(each[column]))
        for number, each in enumerate(cells):
            key = lines[number].key
            lines[number] = Line(key, {**each, spec.key: key})


def _keys(clerk: Clerk, spec: TableSpec, count: int) -> list[str]:
    if "名称" in spec.key:
        places = ("城东", "城西", "河口", "青山", "龙泉", "石桥", "新华", "东风", "红岩", "大坪")
        names = [f"{p}{w}" for p in places for w in ("中心", "服务站", "管理所", "实验站", "分局")]
        return clerk.some(names, min(count, 40))
    style = clerk.chance.choices(("plain", "code", "parts", "levels"), (70, 12, 10, 8))[0]
    if style == "code":
        letter = clerk.pick(("XM", "A", "P-"))
        return [f"{letter}{number:03d}" for number in range(1, count + 1)]
    if style == "parts":
        return [f"{1 + n // 4}-{1 + n % 4}" for n in range(count)]
    if style == "levels":
        chinese = "一二三四五六七八九十"
        return [
            chinese[n // 6 % 10] if n % 6 == 0 else f"{1 + n // 6}.{n % 6}" for n in range(count)
        ]
    return [str(number) for number in range(1, count + 1)]

"""Data dictionaries of frameworks that nobody ships (虚构的数据字典).

Other departments have other items, units and tables; whoever reads files must
not be made for the shipped ones alone.
"""

from __future__ import annotations

from itertools import product

from tests.intake.mess.kinds import Clerk

from steelyard.facts.dictionary import (
    Column,
    Dictionary,
    Goal,
    Item,
    Kind,
    TableSpec,
    items_of,
)
from steelyard.measure.units import UNITS

_FIELDS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...], str]] = {
    "教育": (
        ("学前教育", "义务教育", "普通高中", "职业教育", "特殊教育"),
        (
            ("在校学生数", "人"),
            ("专任教师数", "人"),
            ("学校数", "个"),
            ("校舍建筑面积", "平方米"),
            ("巩固率", "%"),
            ("教学设备台数", "台"),
            ("生均公用经费", "元"),
        ),
        "学校",
    ),
    "卫生健康": (
        ("县级医院", "乡镇卫生院", "妇幼保健", "疾病预防控制", "基层医疗"),
        (
            ("门诊人次数", "人次"),
            ("卫生技术人员数", "人"),
            ("机构数", "个"),
            ("家庭医生签约率", "%"),
            ("大型设备台数", "台"),
            ("业务用房面积", "平方米"),
            ("次均门诊费用", "元"),
        ),
        "医疗机构",
    ),
    "农业农村": (
        ("高标准农田", "粮食生产", "畜牧养殖", "农产品加工", "乡村建设"),
        (
            ("实施面积", "亩"),
            ("总产量", "吨"),
            ("经营主体数", "家"),
            ("培训人次数", "人次"),
            ("机械化率", "%"),
            ("农机保有量", "台"),
            ("人均可支配收入", "元"),
        ),
        "农业项目",
    ),
    "交通运输": (
        ("农村公路", "普通国道", "普通省道", "公共交通", "道路运输"),
        (
            ("养护里程", "公里"),
            ("客运量", "万人次"),
            ("营运车辆数", "辆"),
            ("执法检查次数", "次"),
            ("优良路率", "%"),
            ("桥梁座数", "座"),
            ("公里养护费用", "元"),
        ),
        "养护项目",
    ),
}
_MONEY = (
    ("预算安排数", "万元"),
    ("预算执行数", "万元"),
    ("财政补助收入", "万元"),
    ("专项结转数", "万元"),
    ("政府采购支出数", "万元"),
)
_SCHEDULES = (
    ("批复预算数", "实际支出数", "年末余额"),
    ("预算安排", "资金拨付", "资金结余"),
    ("计划投资", "到位资金", "完成投资"),
)
_DATES = ("预算批复日期", "决算批复日期", "目标申报日期", "项目验收日期", "信息公开日期")


def invented(clerk: Clerk) -> tuple[str, Dictionary]:
    """Return the field of work and a dictionary of that field."""
    sector = clerk.pick(tuple(_FIELDS))
    subjects, measures, thing = _FIELDS[sector]
    money = clerk.pick(("万元", "万元", "元"))
    names = [(s + m, u) for s, (m, u) in product(subjects, measures)]
    names += [(s + m, money) for s, (m, _) in product(("", *subjects), _MONEY)]
    items = {name: _item(clerk, name, unit) for name, unit in clerk.some(names, 34)}
    for name in clerk.some(_DATES, 3):
        items[name] = Item(name=name, kind=Kind.DATE, meaning=f"{name}，以文件为准")
    items["绩效自评等次"] = Item(
        name="绩效自评等次", kind=Kind.TEXT, choices=("优", "良", "中", "差"), meaning="自评的等次"
    )
    _add_aliases(clerk, items)
    goals = _goals(clerk, subjects, measures, items)
    for goal in goals.values():
        items |= {item.name: item for item in items_of(goal)}
    tables = {table.name: table for table in _tables(clerk, thing, money)}
    return sector, Dictionary(items, tables, goals)


def _item(clerk: Clerk, name: str, unit: str) -> Item:
    return Item(
        name=name,
        unit=UNITS[unit],
        meaning=f"本年{name}，按年末口径",
        above_zero=clerk.odds(0.1),
    )


def _add_aliases(clerk: Clerk, items: dict[str, Item]) -> None:
    """Give some items another name that is nobody else's."""
    taken = set(items)
    for name in clerk.some(tuple(items), 10):
        alias = name.replace("预算执行数", "全年支出数").replace("预算安排数", "预算批复数")
        alias = alias.replace("专任教师数", "任课教师数").replace("机构数", "机构个数")
        alias = alias.replace("在校学生数", "在籍学生数").replace("实施面积", "建设面积")
        if alias not in taken:
            taken.add(alias)
            old = items[name]
            items[name] = Item(
                name=name,
                kind=old.kind,
                unit=old.unit,
                meaning=old.meaning,
                above_zero=old.above_zero,
                choices=old.choices,
                aliases=(alias,),
            )


def _goals(
    clerk: Clerk,
    subjects: tuple[str, ...],
    measures: tuple[tuple[str, str], ...],
    items: dict[str, Item],
) -> dict[str, Goal]:
    verbs = ("新增", "改善", "完成")
    names = [(f"{v}{s}{m}", u) for v, s, (m, u) in product(verbs, subjects, measures)]
    drawn = clerk.some([pair for pair in names if pair[0] not in items], 10)
    return {
        name: Goal(
            name=name,
            sign=clerk.pick(("≥", "≥", "≥", "≤")),
            unit=UNITS[unit],
            meaning=f"当年{name}",
        )
        for name, unit in drawn
    }


def _tables(clerk: Clerk, thing: str, money: str) -> list[TableSpec]:
    amounts = clerk.pick(_SCHEDULES)
    key = clerk.pick(("编号", "序号", f"{thing}代码"))
    first = TableSpec(
        name=f"{thing}明细",
        key=key,
        columns=(
            Column(name=key, kind=Kind.TEXT),
            Column(name=f"{thing}名称", kind=Kind.TEXT),
            Column(name="类别", kind=Kind.TEXT, choices=("新建", "改建", "续建")),
            *(Column(name=name, unit=UNITS[money]) for name in amounts),
            Column(name="受益人数", unit=UNITS["人"]),
            Column(name="是否完工", kind=Kind.TEXT, choices=("是", "否")),
            Column(name="开工日期", kind=Kind.DATE),
            Column(name="说明", kind=Kind.TEXT, optional=True),
        ),
    )
    second = TableSpec(
        name="设备购置",
        key="设备编号",
        columns=(
            Column(name="设备编号", kind=Kind.TEXT),
            Column(name="设备名称", kind=Kind.TEXT),
            Column(name="数量", unit=UNITS["台"]),
            Column(name="单价", unit=UNITS["元"]),
            Column(name="购置金额", unit=UNITS[money]),
            Column(name="使用率", unit=UNITS["%"]),
            Column(name="是否入账", kind=Kind.TEXT, choices=("是", "否")),
        ),
    )
    third = TableSpec(
        name="下属单位",
        key="单位名称",
        columns=(
            Column(name="单位名称", kind=Kind.TEXT),
            Column(name="人员编制", unit=UNITS["人"]),
            Column(name="实有人员", unit=UNITS["人"]),
            Column(name="基本支出数", unit=UNITS[money]),
            Column(name="项目支出数", unit=UNITS[money]),
        ),
    )
    return [first, *clerk.some((second, third), clerk.chance.randint(0, 2))]

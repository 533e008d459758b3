"""What stands in a file besides its figures: other tables, forms, sentences.

Nothing here is an item. The form of one project has labels that are items of
the whole department, which is the worst of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.mess.desk import Desk
from tests.intake.mess.evaluation import MONEY, text_for
from tests.intake.mess.grid import Block, Cell, Grid, Row
from tests.intake.mess.kinds import Mess

from steelyard.measure.number import plain
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import UNITS


def _grid(title: str, rows: Sequence[Sequence[str]], *, line: str = "") -> Block:
    """Return a plain table, its first row the header."""
    cells: list[Row] = [
        {n: Cell(words=words, bold=not number) for n, words in enumerate(row)}
        for number, row in enumerate(rows)
    ]
    lines = [("", line)] if line else []
    return Block(Grid(len(rows[0]), cells, heads=1), title=title, lines=lines, aside=True)


def foreign_table(desk: Desk) -> Block:
    """Lay out a table that has nothing to do with the evaluation."""
    clerk = desk.clerk
    clerk.note(Mess.FOREIGN_TABLE)
    draw = clerk.chance.randint
    kind = clerk.pick(("weather", "birthdays", "roster", "canteen", "rooms"))
    if kind == "weather":
        rows = [["日期", "最高气温（℃）", "最低气温（℃）", "降水量（毫米）"]]
        rows += [
            [f"{m}月1日", str(draw(8, 35)), str(draw(-2, 20)), str(draw(0, 90))]
            for m in range(1, 8)
        ]
        return _grid("上半年气象情况", rows)
    if kind == "birthdays":
        rows = [["序号", "姓名", "出生年月", "联系电话"]]
        rows += [
            [
                str(n),
                f"{clerk.pick('赵钱孙李周吴')}某",
                f"{draw(1965, 2000)}年{draw(1, 12)}月",
                f"139{draw(10**7, 10**8 - 1)}",
            ]
            for n in range(1, draw(5, 12))
        ]
        return _grid("职工生日名单", rows)
    if kind == "roster":
        rows = [["日期", "值班领导", "值班人员", "值班电话"]]
        rows += [[f"10月{d}日", "王某", "李某某", f"822{draw(1000, 9999)}"] for d in range(1, 8)]
        return _grid("国庆假期值班表", rows)
    if kind == "canteen":
        rows = [["月份", "就餐人次", "食材采购（元）", "人均（元）"]]
        rows += [
            [f"{m}月", str(draw(300, 900)), str(draw(9000, 30000)), str(draw(9, 25))]
            for m in range(1, 7)
        ]
        return _grid("食堂运行台账", rows, line="单位：元")
    rows = [["会议室", "可容纳人数", "面积（平方米）"]]
    rows += [[f"第{n}会议室", str(draw(8, 200)), str(draw(30, 400))] for n in "一二三四"]
    return _grid("会议室使用登记", rows)


def project_form(desk: Desk) -> Block:
    """Lay out 项目支出绩效自评表 of one project: its 全年预算数 is not the department's."""
    clerk, known = desk.clerk, desk.evaluation
    clerk.note(Mess.PROJECT_FORM)
    unit = clerk.pick((UNITS["万元"], UNITS["万元"], UNITS["元"]))
    name = text_for(clerk, "项目名称")
    width = 7
    heads = ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows: list[Row] = [
        {0: Cell(words="项目名称"), 1: Cell(words=name, columns=6)},
        {
            0: Cell(words="主管部门"),
            1: Cell(words=known.department, columns=2),
            3: Cell(words="实施单位"),
            4: Cell(words=known.department, columns=3),
        },
        {n: Cell(words=words, bold=True, centred=True) for n, words in enumerate(heads)},
    ]
    rows[2][0] = Cell(words=f"项目资金（{unit.name}）", bold=True)
    budget = clerk.chance.randint(1000, 90000)
    for number, label in enumerate(
        ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    ):
        amounts = [budget, budget, budget * clerk.chance.randint(60, 100) // 100]
        if number == 1:
            budget = budget * 8 // 10
        if number > 1:
            rows.append({0: Cell(words=label), **{n: Cell(words="—") for n in range(1, 7)}})
            continue
        row: Row = {0: Cell(words=label)}
        for column, (head, amount) in enumerate(zip(heads[1:4], amounts, strict=True), 1):
            value = Quantity.of(amount, UNITS["万元"])
            desk.tally.decoy(head, value, "form of one project")
            digits = plain(value.base / unit.factor, 2)
            row[column] = Cell(words=digits, stored=digits if clerk.odds(0.5) else "")
        marks = ("10", f"{amounts[2] * 100 // amounts[1]}%", "9.5") if not number else ("—",) * 3
        rows.append({**row, **{n: Cell(words=words) for n, words in enumerate(marks, 4)}})
    rows.append(
        {0: Cell(words="年度总体目标", bold=True), 1: Cell(words="按计划完成年度任务", columns=6)}
    )
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    rows.append({n: Cell(words=words, bold=True) for n, words in enumerate(names)})
    for second, third, target, actual in (
        ("数量指标", "完成工程数量", "≥3处", "3处"),
        ("质量指标", "验收合格率", "100%", "100%"),
        ("时效指标", "按期完成率", "≥95%", "96.5%"),
    ):
        words = ("产出指标", second, third, target, actual, "20", "20")
        rows.append({n: Cell(words=each) for n, each in enumerate(words)})
    rows.append({0: Cell(words="总分", columns=5), 5: Cell(words="100"), 6: Cell(words="99.5")})
    title = f"项目支出绩效自评表（{known.year}年度）"
    return Block(Grid(width, rows), title=title, inside=clerk.odds(0.4), aside=True)


def filling_guide(desk: Desk, keys: Sequence[str]) -> list[str]:
    """Return instructions whose examples have names of items and made-up numbers."""
    clerk = desk.clerk
    clerk.note(Mess.FILLING_GUIDE)
    lines = ["填表说明："]
    for number, key in enumerate(clerk.some(tuple(keys), 3), 1):
        item = desk.item(key)
        example = Quantity.of(clerk.chance.randint(100, 9999), item.unit)
        desk.tally.decoy(key, example, "example in the instructions")
        lines.append(
            f"{number}.{key.replace('.', '')}：{item.meaning or '按文件填列'}，如{example}。"
        )
    return lines


def prose(desk: Desk) -> list[str]:
    """Return sentences with figures: some ours and right, some of last year."""
    clerk, known = desk.clerk, desk.evaluation
    clerk.note(Mess.PROSE)
    first = f"现将{known.department}{known.year}年度部门整体支出有关数据报送如下，"
    lines = [f"{first}较上年增加{clerk.chance.randint(2, 90)}个事项。"]
    sure = [
        key
        for key, value in desk.tally.truth.items()
        if key not in desk.tally.unsure
        and "[" not in key
        and "." not in key
        and isinstance(value, Quantity)
        and value.dimension == MONEY
    ]
    for key in clerk.some(sure, 2):
        value = desk.tally.truth[key]
        if isinstance(value, Quantity):
            exact, last = value.printed_in(value.unit), clerk.chance.randint(100, 9000)
            words = f"{known.year}年，{key}为{exact}，上年为{last}{value.unit.name}"
            lines.append(f"{words}，由财务科按决算口径填列。")
    return lines

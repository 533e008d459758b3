"""Staff, assets, sample, self-report and money of a single project (基本数据).

What a department or a project has besides its fund table; all sums tie.
"""

from __future__ import annotations

from fractions import Fraction

from tests.made.draft import DASH, Cells, Column, Draft, Item, Table, numbered
from tests.made.projects import Project
from tests.made.style import SAMPLE, SELF_REPORT

from steelyard.measure.number import plain


def make_setting(draft: Draft, projects: tuple[Project, ...]) -> None:
    """Add staff and assets, and what the style has of sample and self-report."""
    _staff(draft)
    _assets(draft)
    if draft.style.has(SAMPLE):
        _sample(draft, projects)
    _self_report(draft, projects)


def _staff(draft: Draft) -> None:
    chance, style = draft.chance, draft.style
    institution = style.words.institution
    names = (
        ("管理岗位编制数", "专业技术岗位编制数", "工勤岗位编制数")
        if institution
        else ("机关行政编制数", "所属事业编制数")
    )
    numbers = [chance.randint(12, 90) for _ in names]
    for name, number in zip(names, numbers, strict=True):
        draft.count(name, number, "人", f"机构编制部门批复的{name}", supplier="人事")
    quota = sum(numbers)
    draft.count("编制数", quota, "人", "批复的编制总数", supplier="人事", above_zero=True)
    over = chance.random() < 0.2
    present = quota + chance.randint(1, 4) if over else quota - chance.randint(0, 6)
    draft.count("在职人员数", present, "人", "年末实际在职人数", supplier="人事")
    draft.check("staff", "编制数等于各类编制之和", f"{' + '.join(names)} = 编制数")
    units = len(style.words.units)
    draft.count("下设单位数", units, "个", "所属单位个数", supplier="人事")
    draft.count("本级及所属单位数", units + 1, "个", "本级和所属单位合计个数", supplier="人事")
    draft.check(
        "units", "本级及所属单位数等于所属单位加本级", "下设单位数 + 1个 = 本级及所属单位数"
    )
    offices = chance.randint(5, 12)
    draft.count("内设机构数", offices, "个", "内设机构个数", supplier="人事", process=True)
    heads = offices + chance.randint(1, 6)
    draft.count("中层职数", heads, "人", "内设机构领导职数", supplier="人事", own=True)


def _assets(draft: Draft) -> None:
    total = draft.drawn(300, 2600)
    idle = draft.drawn(1, 60) if draft.chance.random() < 0.4 else 0
    draft.money("固定资产总额", total, "全部固定资产账面金额", above_zero=True)
    draft.money("在用固定资产总额", total - idle, "实际在用的固定资产金额")
    draft.money("固定资产明细账金额", total, "固定资产明细账的金额")
    draft.check("assets", "固定资产总额与明细账一致", "固定资产总额 = 固定资产明细账金额")
    planned = draft.drawn(60, 260)
    spent = planned * draft.chance.randint(84, 100) // 100
    draft.money("政府采购预算数", planned, "年初政府采购预算数", above_zero=True)
    draft.money("实际政府采购金额", spent, "本年实际政府采购金额")


def _sample(draft: Draft, projects: tuple[Project, ...]) -> None:
    """Draw some projects; those without spending are not visited."""
    chance, unit = draft.chance, draft.style.table_unit
    frame = [(n, p) for n, p in enumerate(projects, start=1) if p.line.spent]
    many = max(2, len(frame) // 3)
    drawn = sorted(chance.sample(frame, min(many, len(frame))), key=lambda pair: pair[0])
    towns = ("城关镇", "双河镇", "石门乡", "新塘镇", "大坪乡", "龙潭镇")
    rows = []
    for number, each in drawn:
        seen = "、".join(chance.sample(towns, 2))
        rows.append(
            (
                each.name,
                draft.amount(each.line.spent, unit),
                str(number),
                f"用于{each.name.removesuffix('资金').removesuffix('经费')}，年内完成并通过验收",
                f"现场查看{seen}",
                DASH,
            )
        )
    columns = (
        Column("序号"),
        Column("名称"),
        Column("金额", unit, "数"),
        Column("项目序号"),
        *(Column(name, optional=True) for name in ("概况", "选点", "备注")),
    )
    meaning = "现场抽查的项目；金额为决算数"
    draft.tables["抽样项目"] = Table("抽样项目", "序号", columns, numbered(rows), meaning)
    draft.count("抽查项目数", len(rows), "个", "实际抽查的项目数", supplier="评价组")
    draft.money("抽查项目资金数", sum(p.line.spent for _, p in drawn), "抽查项目的支出合计")
    draft.check("sample-count", "抽查项目数等于抽样表的行数", "抽查项目数 = count(抽样项目) × 1个")
    draft.check("sample-sum", "抽查项目资金数等于抽样表合计", "抽查项目资金数 = sum(抽样项目.金额)")
    draft.check(
        "sample-spent",
        "抽样项目的金额等于该项目的决算数",
        "金额 = sum(项目.决算数, 序号 = 本行.项目序号)",
        each="抽样项目",
    )


def _self_report(draft: Draft, projects: tuple[Project, ...]) -> None:
    """Add what the department said of itself; a dash where it said nothing."""
    if not draft.style.has(SELF_REPORT):
        draft.add(Item("自评得分", DASH, "分", process=True))
        draft.add(Item("自评等级", DASH, kind="文字", process=True))
        return
    score = draft.chance.randint(8000, 9900)
    name = next(name for name, floor in draft.style.grades if score >= floor * 100)
    draft.add(Item("自评得分", plain(Fraction(score, 100), 2), "分", process=True))
    draft.add(Item("自评等级", name, kind="文字", process=True))
    if not projects:
        return
    full, spent = draft.figures["全年预算数"], draft.figures["全年支出决算数"]
    draft.money("自评全年预算数", full, "自评报告所列全年预算数", above_zero=True)
    draft.money("自评全年执行数", spent, "自评报告所列全年执行数")
    rate = plain(Fraction(spent * 100, full), 2)
    draft.add(Item("自评预算完成率", rate, "%", meaning="自评报告所列预算完成率", supplier="财务"))
    draft.check(
        "self-rate",
        "自评预算完成率等于执行数除以预算数",
        "自评全年执行数 / 自评全年预算数 = 自评预算完成率",
        places=2,
    )
    draft.check("self-full", "自评与评价的全年预算数一致", "自评全年预算数 = 全年预算数")
    draft.check("self-spent", "自评与评价的决算数一致", "自评全年执行数 = 全年支出决算数")
    _reported_projects(draft, projects)


def _reported_projects(draft: Draft, projects: tuple[Project, ...]) -> None:
    chance, unit = draft.chance, draft.style.table_unit
    rows: list[Cells] = []
    for number, each in enumerate(projects, start=1):
        line = each.line
        if line.full <= 0:
            continue
        satisfied = plain(Fraction(chance.randint(85, 98)), 0) if line.spent else DASH
        rows.append(
            (
                f"Z{number:02}",
                each.level,
                each.name,
                draft.amount(line.full, unit),
                draft.amount(line.spent, unit),
                plain(Fraction(line.spent * 100, line.full), 2),
                satisfied,
                str(number),
            )
        )
    columns = (
        Column("序号"),
        Column("级次", choices=(draft.style.local, "上级")),
        Column("名称"),
        Column("预算数", unit, "数"),
        Column("执行数", unit, "数"),
        Column("填报执行率", "%", "数"),
        Column("满意度", "%", "数"),
        Column("项目序号"),
    )
    draft.tables["自评项目"] = Table("自评项目", "序号", columns, tuple(rows), "项目支出绩效自评")
    draft.check(
        "self-projects",
        "自评执行数等于项目决算数",
        "执行数 = sum(项目.决算数, 序号 = 本行.项目序号)",
        each="自评项目",
    )
    draft.check(
        "self-project-rate",
        "自评执行率等于执行数除以预算数",
        "执行数 / 预算数 = 填报执行率",
        each="自评项目",
        places=2,
    )


def make_project_money(draft: Draft) -> None:
    """Add the money of a single project: sources, parts, what arrived and was spent."""
    chance, unit = draft.chance, draft.style.table_unit
    rows: list[Cells] = []
    budgets, spends = [], []
    for name in draft.style.words.parts:
        budget = draft.drawn(60, 900)
        spent = budget * chance.choice([100, 100, 97, 92, 85, 70]) // 100
        state = "已完成" if chance.random() < 0.75 else "未完成"
        in_time = "是" if state == "已完成" and chance.random() < 0.8 else "否"
        budgets.append(budget)
        spends.append(spent)
        amounts = (draft.amount(budget, unit), draft.amount(spent, unit))
        rows.append((name, *amounts, state, in_time))
    columns = (
        Column("序号"),
        Column("名称"),
        Column("预算数", unit, "数"),
        Column("支出数", unit, "数"),
        Column("状态", choices=("已完成", "未完成")),
        Column("按时完成", kind="是否"),
    )
    draft.tables["分项工程"] = Table("分项工程", "序号", columns, numbered(rows), "项目的建设内容")
    full, spent = sum(budgets), sum(spends)
    arrived = full if chance.random() < 0.5 else max(spent, full * chance.randint(90, 99) // 100)
    draft.money("全年预算数", full, "调整后的项目预算", above_zero=True)
    draft.money("年初预算数", full, "年初批复的项目预算", above_zero=True)
    draft.money("实际到位资金", arrived, "全年实际到位的资金", above_zero=True)
    draft.money("实际支出资金", spent, "全年实际支出的资金")
    upper, middle = arrived * 6 // 10, arrived * 3 // 10
    draft.money("上级补助资金", upper, "到位资金中的上级补助")
    draft.money("本级财政资金", middle, "到位资金中的本级财政安排")
    draft.money("自筹资金", arrived - upper - middle, "到位资金中的自筹部分")
    cost = draft.drawn(300, 900)
    draft.money("计划成本", cost, "分项工程的计划成本", above_zero=True)
    draft.money("实际成本", cost * chance.randint(92, 100) // 100, "分项工程的实际成本")
    draft.check(
        "sources", "到位资金等于各来源之和", "上级补助资金 + 本级财政资金 + 自筹资金 = 实际到位资金"
    )
    draft.check(
        "parts-budget", "分项工程预算合计等于全年预算数", "sum(分项工程.预算数) = 全年预算数"
    )
    draft.check(
        "parts-spent", "分项工程支出合计等于实际支出资金", "sum(分项工程.支出数) = 实际支出资金"
    )
    draft.check("arrived", "支出不超过到位资金", "实际支出资金 ≤ 实际到位资金")
    offices = chance.randint(5, 12)
    draft.count("内设机构数", offices, "个", "内设机构个数", supplier="人事", process=True)
    _self_report(draft, ())

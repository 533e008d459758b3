"""Goals, steps, methods, members and opinions of an evaluation (评价过程).

Dates run in order: start, opinion on the scheme, end, opinion on the report,
report. People have surnames only.
"""

from __future__ import annotations

from datetime import date, timedelta

from tests.made.draft import DASH, Cells, Column, Draft, Goal, Item, Table, numbered
from tests.made.style import DEPARTMENT, SAMPLE, SELF_REPORT, SURVEY
from tests.made.toml_text import decimal

SURNAMES = "陈林黄周吴徐孙胡朱高何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢"


def make_process(draft: Draft, client: str) -> str:
    """Add tables and dates of the process; return the date of the report."""
    _year_goals(draft)
    _steps(draft, client)
    _methods(draft)
    _members(draft)
    _opinions(draft)
    if draft.style.has(SELF_REPORT):
        _tasks(draft)
    return _dates(draft)


def _add(draft: Draft, name: str, key: str, headers: Cells, rows: tuple[Cells, ...]) -> None:
    columns = tuple(Column(header) for header in headers)
    draft.tables[name] = Table(name, key, columns, rows, process=True)


def _dates(draft: Draft) -> str:
    chance, year = draft.chance, draft.style.year + 1
    start = date(year, chance.randint(3, 7), chance.randint(1, 28))
    scheme = start + timedelta(days=chance.randint(6, 20))
    end = scheme + timedelta(days=chance.randint(15, 40))
    opinion = end + timedelta(days=chance.randint(3, 15))
    report = opinion + timedelta(days=chance.randint(3, 20))
    for name, day in (
        ("评价开始日期", start),
        ("评价结束日期", end),
        ("方案意见填表日期", scheme),
        ("报告意见填表日期", opinion),
        ("报告日期", report),
    ):
        draft.add(Item(name, day.isoformat(), kind="日期", process=True))
    units = draft.figures.get("本级及所属单位数", 1)
    seen = str(draft.chance.randint(1, units)) if draft.style.has(SAMPLE) else DASH
    draft.add(Item("抽查单位数", seen, "个", process=True))
    return report.isoformat()


def amount(goal: Goal, value: str) -> str:
    """Write target or actual of a goal with its unit."""
    number = goal.target if value == "target" else goal.actual
    return f"{decimal(number, goal.places)}{goal.unit}"


def _year_goals(draft: Draft) -> None:
    """Set tasks and goals of the year, in the figures of the goals."""
    field = draft.style.words.field
    rows: list[Cells] = []
    sector = draft.style.words
    whole = draft.style.kind == DEPARTMENT
    tasks = sector.duties if whole else tuple(f"完成{part}" for part in sector.parts)
    for number, task in enumerate(tasks, start=1):
        rows.append((f"H{number}", "核心任务", f"{task}。", DASH))
    goals = list(draft.goals.values())
    draft.chance.shuffle(goals)
    for number, goal in enumerate(goals[:5], start=1):
        bound = "不高于" if goal.sign == "≤" else "达到"
        wanted = f"{goal.name}{bound}{amount(goal, 'target')}。"
        rows.append((f"Z{number}", "总体目标", wanted, f"实际为{amount(goal, 'actual')}。"))
    if not goals:
        rows.append(("Z1", "总体目标", f"全面完成年度{field}工作任务。", "基本完成。"))
    _add(draft, "年度目标", "编号", ("编号", "类别", "内容", "完成情况"), tuple(rows))


def _steps(draft: Draft, client: str) -> None:
    team, unit = "评价工作组", draft.name
    rows: list[Cells] = [
        (
            "前期准备阶段",
            "与委托方和被评价单位沟通，明确评价重点",
            "评价重点清单",
            f"{client}、{team}",
        ),
        ("前期准备阶段", "拟订评价方案、指标体系和资料清单", "评价方案", team),
        ("前期准备阶段", "就方案征求意见并修改", "方案定稿", f"{unit}、{team}"),
        ("实施评价阶段", "收集并核对财务、业务资料", "资料登记表", f"{unit}、{team}"),
        ("实施评价阶段", "现场核查，填写工作底稿", "工作底稿", f"{unit}、{team}"),
        ("实施评价阶段", "逐项评分，形成初步结论", "评分表", team),
        ("报告撰写阶段", "撰写报告并经三级复核", "报告初稿", team),
        ("报告撰写阶段", "征求意见，修改定稿", "评价报告", f"{client}、{unit}、{team}"),
    ]
    if draft.style.has(SURVEY):
        rows.insert(5, ("实施评价阶段", "发放、回收和统计调查问卷", "问卷汇总表", team))
    headers = ("序号", "阶段", "工作内容", "工作成果", "参与方")
    _add(draft, "评价流程", "序号", headers, numbered(rows))


def _methods(draft: Draft) -> None:
    rows: list[Cells] = [
        ("资料分析", "审阅预算、决算、合同和验收资料，核对数据之间的关系"),
        ("比较法", "将实际完成情况与目标、上年和同类单位相比较"),
        ("现场核查", "实地查看建设内容和资产，核对台账"),
        ("专家评议", "请行业和财务专家对资料和初步结论提出意见"),
        ("因素分析法", "分析影响目标实现的内外部因素"),
    ]
    draft.chance.shuffle(rows)
    kept = rows[: draft.chance.randint(3, 5)]
    if draft.style.has(SURVEY):
        kept.append(("公众评判", "以问卷了解服务对象的意见"))
    _add(draft, "评价方法", "序号", ("序号", "方法", "具体内容"), numbered(kept))


def _members(draft: Draft) -> None:
    chance = draft.chance
    posts = (
        ("项目主评人", "注册会计师", "高级会计师", "负责评价全过程，审定方案和报告"),
        ("财务专家", "注册会计师", "高级会计师", "审核资金管理和使用情况"),
        ("行业专家", DASH, "高级工程师", f"对{draft.style.words.field}业务提出意见"),
        ("项目经理", DASH, "会计师", "组织现场核查，起草报告"),
        ("项目组成员", "资产评估师", DASH, "核查资产和采购资料"),
        ("项目组成员", DASH, "助理会计师", "整理底稿，统计问卷"),
        ("项目组成员", DASH, "统计师", "核对业务数据"),
    )
    many = chance.randint(4, len(posts))
    rows = [
        (post, f"{surname}某", title, rank, task)
        for surname, (post, title, rank, task) in zip(
            chance.sample(SURNAMES, many), posts, strict=False
        )
    ]
    headers = ("序号", "职务", "姓名", "执业资格", "职称", "分工")
    _add(draft, "评价组成员", "序号", headers, numbered(rows))


def _opinions(draft: Draft) -> None:
    """Take some opinions down, or say that there were none."""
    chance = draft.chance
    rows: list[Cells] = []
    if chance.random() < 0.7:
        rows.append(("方案", draft.name, "建议在效益指标中体现年度重点任务", "采纳，已调整指标"))
    if chance.random() < 0.6:
        rows.append(("报告", draft.name, "建议补充未完成事项的客观原因", "采纳，已在问题中补充"))
    if rows and chance.random() < 0.3:
        rows.append(("报告", draft.name, "对个别指标的扣分有异议", "未采纳，扣分依据充分"))
    made = numbered(rows) or ((DASH, "", "", "", ""),)
    headers = ("序号", "环节", "反馈单位", "意见", "采纳情况")
    _add(draft, "征求意见", "序号", headers, made)
    rows = [("评价人员遵守工作纪律情况", "好"), ("评价工作的专业水平", "较好")]
    made = numbered(rows) if chance.random() < 0.5 else ((DASH, "", ""),)
    _add(draft, "工作情况反馈", "序号", ("序号", "事项", "意见"), made)


def _tasks(draft: Draft) -> None:
    """Repeat the goals of the year as the department reported them."""
    if draft.style.kind != DEPARTMENT:
        return
    rows: list[Cells] = []
    for goal in list(draft.goals.values())[:6]:
        done = goal.actual <= goal.target if goal.sign == "≤" else goal.actual >= goal.target
        why = DASH if done else draft.chance.choice(_WHY)
        rows.append((goal.name, f"完成{amount(goal, 'actual')}", why))
    headers = ("序号", "任务", "完成情况", "未完成原因")
    _add(draft, "自评任务", "序号", headers, numbered(rows) or ((DASH, "", "", ""),))


_WHY = ("前期手续办理时间较长", "资金下达较晚", "受天气影响工期后延", "市场价格变化，重新招标")

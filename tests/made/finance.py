"""The money of a department (部门收支): projects, fund table, totals that tie.

The projects come first; the fund table sums them; the data items read the fund
table. Nothing is rounded on the way.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.made.draft import DASH, Cells, Column, Draft, Table
from tests.made.projects import UPPER, Line, Project, make_projects
from tests.made.style import THREE_PUBLIC


def make_finance(draft: Draft) -> tuple[Project, ...]:
    """Add projects, fund table and the totals read from them."""
    projects = make_projects(draft)
    staff, public, three = _basics(draft)
    own = _sum(each.line for each in projects if each.level != UPPER)
    upper = _sum(each.line for each in projects if each.level == UPPER)
    _fund_table(draft, (staff, public, three), own, upper)
    _totals(draft, staff.plus(public), own, upper)
    _running_costs(draft, public, three)
    _superior(draft, projects)
    return projects


def _sum(lines: Iterable[Line]) -> Line:
    total = Line()
    for line in lines:
        total = total.plus(line)
    return total


def _basics(draft: Draft) -> tuple[Line, Line, Line]:
    """Return staff, running costs, and of these the three public ones."""
    chance = draft.chance
    people = draft.drawn(600, 2200)
    added = draft.drawn(10, 90)
    spare = draft.drawn(1, 40) if chance.random() < 0.6 else 0
    staff = Line(0, people, added, 0, people + added - spare)
    office = draft.drawn(90, 320)
    cut = draft.drawn(1, 8) if chance.random() < 0.5 else 0
    saved = 0 if chance.random() < 0.25 else draft.drawn(1, 15)
    public = Line(0, office, 0, cut, office - cut - saved)
    host, cars = draft.drawn(1, 6), draft.drawn(8, 24)
    saved = min(draft.drawn(0, 1), host)
    draft.figures |= {"接待": host, "用车": cars, "接待节约": saved}
    return staff, public, Line(0, host + cars, 0, 0, host + cars - saved)


def _row(draft: Draft, names: tuple[str, str, str, str], line: Line) -> Cells:
    amounts = (line.carried, line.approved, line.added, line.cut, line.full, line.spent, line.left)
    return (*names, *(draft.cell(amount) for amount in amounts))


def _fund_table(draft: Draft, basics: tuple[Line, Line, Line], own: Line, upper: Line) -> None:
    style, part, of_it = draft.style, "分项", "其中"
    staff, public, three = basics
    basic, projects = staff.plus(public), own.plus(upper)
    rows = [
        _row(draft, ("总计", "总计", DASH, "总计"), basic.plus(projects)),
        _row(draft, ("一", "基本支出合计", "总计", part), basic),
        _row(draft, ("1", "人员经费", "一", part), staff),
        _row(draft, ("2", "公用经费", "一", part), public),
    ]
    if style.has(THREE_PUBLIC):
        host, cars = draft.figures["接待"], draft.figures["用车"]
        saved = draft.figures["接待节约"]
        rows += [
            _row(draft, ("2.1", "“三公”经费", "2", of_it), three),
            _row(draft, ("2.1.1", "公务接待费", "2.1", part), Line(0, host, 0, 0, host - saved)),
            _row(draft, ("2.1.2", "因公出国（境）费用", "2.1", part), Line()),
            _row(draft, ("2.1.3", "公务用车运行维护费", "2.1", part), Line(0, cars, 0, 0, cars)),
        ]
    rows += [
        _row(draft, ("二", "项目支出合计", "总计", part), projects),
        _row(draft, ("二.1", style.local, "二", part), own),
        _row(draft, ("二.2", "上级转移支付", "二", part), upper),
    ]
    amounts = (
        "年初结转结余",
        "批复预算数",
        "追加预算",
        style.cut,
        "全年预算数",
        "决算数",
        "年末结转结余",
    )
    columns = (
        Column("编号"),
        Column("名称"),
        Column("上级编号"),
        Column("关系", choices=(part, of_it, "总计")),
        *(Column(name, style.table_unit, "数") for name in amounts),
    )
    draft.tables["资金"] = Table("资金", "编号", columns, tuple(rows), "部门整体资金情况汇总")
    _fund_checks(draft, amounts)


def _fund_checks(draft: Draft, amounts: tuple[str, ...]) -> None:
    cut = draft.style.cut
    draft.check(
        "funds-full-year",
        "每一类支出：年初结转、批复、追加相加再减调减，等于全年预算数",
        f"年初结转结余 + 批复预算数 + 追加预算 - {cut} = 全年预算数",
        each="资金",
    )
    draft.check(
        "funds-closing",
        "每一类支出：全年预算数减决算数，等于年末结转结余",
        "全年预算数 - 决算数 = 年末结转结余",
        each="资金",
    )
    draft.check(
        "funds-parts",
        "资金汇总表：各分项相加等于上一级的{列}",
        "{列} = sum(资金.{列}, 上级编号 = 本行.编号 且 关系 = “分项”)",
        each="资金",
        where="any(资金, 上级编号 = 本行.编号 且 关系 = “分项”)",
        columns=list(amounts),
    )
    for number, level in (("二.1", draft.style.local), ("二.2", UPPER)):
        for name, column, fund in (
            ("added", "追加预算数", "追加预算"),
            ("cut", "调减预算数", cut),
            ("spent", "决算数", "决算数"),
        ):
            draft.check(
                f"projects-{number[-1]}-{name}",
                f"{level}项目的{column}相加，等于资金汇总表的{fund}",
                f"sum(项目.{column}, 级次 = “{level}”) = {fund}",
                each="资金",
                where=f"编号 = “{number}”",
            )
        draft.check(
            f"projects-{number[-1]}-opening",
            f"{level}项目的年初预算数相加，等于资金汇总表的结转加批复",
            f"sum(项目.年初预算数, 级次 = “{level}”) = 年初结转结余 + 批复预算数",
            each="资金",
            where=f"编号 = “{number}”",
        )


def _totals(draft: Draft, basic: Line, own: Line, upper: Line) -> None:
    whole = basic.plus(own).plus(upper)
    project = own.plus(upper)
    money = draft.money
    money("年初预算数", whole.carried + whole.approved, "年初批复数加上年结转结余", above_zero=True)
    money("年初批复预算数", whole.approved, "当年批复数，不含上年结转结余")
    money("年初结转结余数", whole.carried, "上年结转到本年使用的资金")
    money("追加预算总额", whole.added, "年度中间追加的预算合计")
    money("基本支出追加预算数", basic.added, "基本支出部分的追加数")
    money("本级追加项目支出预算数", own.added, "本级财力追加的项目支出预算")
    money("上级转移支付追加预算数", upper.added, "上级转移支付追加的项目支出预算")
    money("调减预算总额", whole.cut, "年度中间调减的预算合计，以正数填列")
    money("全年预算数", whole.full, "年初预算数加追加、减调减", above_zero=True)
    money("基本支出全年预算数", basic.full, "全年预算数中的基本支出")
    money("项目支出全年预算数", project.full, "全年预算数中的项目支出")
    money("全年支出决算数", whole.spent, "本年支出决算数", above_zero=True)
    money("基本支出决算数", basic.spent, "决算数中的基本支出")
    money("项目支出决算数", project.spent, "决算数中的项目支出", above_zero=True)
    money("年末结转结余", whole.left, "全年预算数减全年支出决算数")
    carried = whole.left * 7 // 10
    money("结转金额", carried, "年末结转结余中结转下年的部分")
    money("结余金额", whole.left - carried, "年末结转结余中结余的部分")
    other = draft.drawn(2, 60)
    money("部门总收入", whole.full, "部门全年收入总计，含年初结转结余")
    money("财政拨款收入", whole.full - other, "部门总收入中的财政拨款")
    money("其他收入", other, "部门总收入中财政拨款以外的部分")
    for name, title, claim in _TOTAL_CHECKS:
        draft.check(name, title, claim)


_TOTAL_CHECKS = (
    ("opening", "年初预算数等于批复数加结转", "年初批复预算数 + 年初结转结余数 = 年初预算数"),
    (
        "added",
        "追加预算总额等于三部分之和",
        "基本支出追加预算数 + 本级追加项目支出预算数 + 上级转移支付追加预算数 = 追加预算总额",
    ),
    (
        "full-year",
        "年初预算数加追加、减调减，等于全年预算数",
        "年初预算数 + 追加预算总额 - 调减预算总额 = 全年预算数",
    ),
    (
        "full-year-parts",
        "全年预算数等于基本支出加项目支出",
        "基本支出全年预算数 + 项目支出全年预算数 = 全年预算数",
    ),
    (
        "spent-parts",
        "全年支出决算数等于基本支出加项目支出",
        "基本支出决算数 + 项目支出决算数 = 全年支出决算数",
    ),
    ("closing", "全年预算数减决算数等于年末结转结余", "全年预算数 - 全年支出决算数 = 年末结转结余"),
    ("closing-parts", "年末结转结余等于结转加结余", "结转金额 + 结余金额 = 年末结转结余"),
    ("revenue-parts", "部门总收入等于各项收入之和", "财政拨款收入 + 其他收入 = 部门总收入"),
    (
        "funds-total",
        "正文的全年预算数与资金汇总表总计一致",
        "全年预算数 = sum(资金.全年预算数, 编号 = “总计”)",
    ),
    (
        "funds-spent",
        "正文的决算数与资金汇总表总计一致",
        "全年支出决算数 = sum(资金.决算数, 编号 = “总计”)",
    ),
)


def _running_costs(draft: Draft, public: Line, three: Line) -> None:
    draft.money("公用经费预算安排数", public.full, "预算安排的公用经费", above_zero=True)
    draft.money("公用经费实际支出数", public.spent, "实际支出的公用经费")
    draft.check(
        "public-funds",
        "公用经费实际支出数与资金汇总表一致",
        "公用经费实际支出数 = sum(资金.决算数, 编号 = “2”)",
    )
    if not draft.style.has(THREE_PUBLIC):
        return
    extra = draft.drawn(0, 2)
    draft.money("三公经费预算安排数", three.full + extra, "“三公”经费预算安排数", above_zero=True)
    draft.money("三公经费实际支出数", three.spent + extra, "“三公”经费实际支出数")
    _three_public_table(draft, extra)


def _three_public_table(draft: Draft, extra: int) -> None:
    host, cars, saved = (draft.figures[name] for name in ("接待", "用车", "接待节约"))
    rows: list[Cells] = []
    for side, less in (("实际支出", saved), ("预算安排", 0)):
        lines = [
            ("公务接待费", "分项", host - less, 0),
            ("因公出国（境）费用", "分项", 0, 0),
            ("公务用车购置及运行费", "分项", cars, extra),
            ("合计", "合计", host - less + cars, extra),
        ]
        for number, (name, relation, basic, project) in enumerate(lines, start=1):
            amounts = (draft.cell(each) for each in (basic, project, basic + project))
            rows.append((f"{side}-{number}", side, name, relation, *amounts))
    unit = draft.style.table_unit
    columns = (
        Column("编号"),
        Column("侧", choices=("实际支出", "预算安排")),
        Column("名称"),
        Column("关系", choices=("分项", "合计")),
        *(Column(name, unit, "数") for name in ("基本支出", "项目支出", "合计")),
    )
    draft.tables["三公经费"] = Table("三公经费", "编号", columns, tuple(rows), "“三公”经费")
    draft.check("three-rows", "“三公”经费每行相加", "基本支出 + 项目支出 = 合计", each="三公经费")
    for item, side in (("三公经费实际支出数", "实际支出"), ("三公经费预算安排数", "预算安排")):
        draft.check(
            f"three-{'actual' if side == '实际支出' else 'budget'}",
            f"{item}与“三公”经费表合计一致",
            f"{item} = sum(三公经费.合计, 侧 = “{side}” 且 关系 = “合计”)",
        )


def _superior(draft: Draft, projects: tuple[Project, ...]) -> None:
    """List what came from above during the year, left out of the rate of change."""
    found = [
        (number, each)
        for number, each in enumerate(projects, start=1)
        if each.level == UPPER and each.line.added
    ]
    rows = tuple(
        (
            str(place),
            each.name,
            draft.amount(each.line.added, draft.style.table_unit),
            str(number),
        )
        for place, (number, each) in enumerate(found, start=1)
    )
    columns = (
        Column("序号"),
        Column("名称"),
        Column("金额", draft.style.table_unit, "数"),
        Column("项目序号"),
    )
    name = "上级追加项目"
    draft.tables[name] = Table(name, "序号", columns, rows, "年中新增的上级专项资金项目")
    total = sum(each.line.added for _, each in found)
    draft.money("上级专项新增数", total, "年中上级新下达的专项资金")
    draft.check(
        "superior", "上级追加项目相加等于上级专项新增数", "sum(上级追加项目.金额) = 上级专项新增数"
    )

"""What departments keep in workbooks: funds, projects, staff, assets, answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from tests.intake.mess.grid import Cell, Paper, Sheet
from tests.intake.whole.example import amount, in_yuan, rows, text, unit
from tests.intake.whole.forms import WHOSE
from tests.intake.whole.layout import Size, alone, grid, runs

_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a workbook."""


def funds() -> Paper:
    """Funds and projects, as the finance section keeps them."""
    return Paper([_funds(), _projects(), _expenses(), _added(), _budget()])


def bureau() -> Paper:
    """Staff, assets and purchases, one sheet for each section that supplies them."""
    return Paper([_institutions(), _staff(), *_assets(), _purchases()])


def operations() -> Paper:
    """What the operational sections report."""
    names = (
        "重点工作项目总数", "新增认定创新型中小企业数", "新增认定省级专精特新中小企业数",
        "新型工业化课题数", "课题首批结题期限", "课题次批结题期限", "课题未启动日期",
        "课题实际完成时间", "省级开发区数", "参展企业数", "工业总产值确保目标",
        "电池新材料产值确保目标", "目标完成情况所列电池材料产值", "工业投资统计反馈数",
    )  # fmt: skip
    laid = grid(
        [
            ["序号", "指标名称", "计量单位", "2023年", "备注"],
            *_listed(names, remarks={"工业投资统计反馈数": "统计部门反馈"}),
        ]
    )
    return Paper([alone("业务数据", "2023年度业务工作基础数据表", laid, whose=WHOSE)])


def fieldwork() -> Paper:
    """What the evaluators counted themselves: samples and answers."""
    return Paper([_sample(), _answers("部门问卷"), _answers("受益对象问卷"), _counted()])


def _listed(
    names: Iterable[str], *, remarks: dict[str, str] | None = None
) -> list[list[str | Cell]]:
    """Return facts as lines: number, name, unit, figure, remark."""
    return [
        [str(number), name, unit(name) or "—", _figure(name), (remarks or {}).get(name, "")]
        for number, name in enumerate(names, start=1)
    ]


def _figure(name: str) -> Cell:
    said = text(name)
    parts = said.split("-")
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        day = date.fromisoformat(said)
        stored = str((day - _FIRST_DAY).days)
        return Cell(
            words=f"{day.year}年{day.month}月{day.day}日",
            stored=stored,
            shape='yyyy"年"m"月"d"日"',
        )
    bare = said.replace(".", "")
    return amount(said) if bare.isdecimal() else Cell(words=said)


def _funds() -> Sheet:
    upper = ["编号", "支出项目", "上级编号", "关系", "年初预算", "", "年中调整", "",
             "全年预算数", "决算数", "年末结转结余"]  # fmt: skip
    lower = ["", "", "", "", "年初结转结余", "批复预算数", "追加预算", "调减预算"]
    names = ("年初结转结余", "批复预算数", "追加预算", "调减预算", "全年预算数", "决算数",
             "年末结转结余")  # fmt: skip
    lines: list[list[str | Cell]] = [list(upper), list(lower)]
    for each in rows("资金"):
        bold = each["关系"] == "总计"
        lines.append(
            [
                Cell(words=each["编号"], bold=bold),
                Cell(words=each["名称"], bold=bold),
                each["上级编号"],
                each["关系"],
                *(amount(each[name], bold=bold) for name in names),
            ]
        )
    merged: dict[tuple[int, int], Size] = {
        (0, column): (2, 1) for column in (0, 1, 2, 3, 8, 9, 10)
    } | {(0, 4): (1, 2), (0, 6): (1, 2)}
    laid = grid(lines, heads=2, merged=merged)
    return alone("资金汇总表", "2023年部门整体支出资金汇总表", laid, unit="万元", whose=WHOSE)


def _projects() -> Sheet:
    upper = ["序号", "项目名称", "级次", "预算安排（万元）", "", "决算数（万元）", "追加情况", "",
             "完成情况", "", "", "", "支付情况"]  # fmt: skip
    lower = ["", "", "", "年初预算数", "追加预算数", "", "年中追加", "追加日期", "状态",
             "计入支付进度", "按时完成", "质量达标"]  # fmt: skip
    money = ("年初预算数", "追加预算数", "决算数")
    words = ("年中追加", "追加日期", "状态", "计入支付进度", "按时完成", "质量达标", "支付情况")
    lines: list[list[str | Cell]] = [list(upper), list(lower)]
    listed = rows("项目")
    for each in listed:
        figures = [amount(each[name]) for name in money]
        lines.append(
            [each["序号"], each["名称"], each["级次"], *figures, *(each[name] for name in words)]
        )
    merged: dict[tuple[int, int], Size] = {(0, c): (2, 1) for c in (0, 1, 2, 5, 12)}
    merged |= {(0, 3): (1, 2), (0, 6): (1, 2), (0, 8): (1, 4)}
    for level in ("州本级", "上级", ""):
        own = [each for each in listed if not level or each["级次"] == level]
        sums = [_sum(each[name] for each in own) for name in money]
        if not level:
            # The published list adds up to two cents more than its rows.
            sums[-1] = text("表14决算数合计")
        merged[len(lines), 0] = (1, 3)
        lines.append(
            [
                Cell(words=f"{level}小计" if level else "合计", bold=True, centred=True),
                "",
                "",
                *(amount(each, bold=True) for each in sums),
            ]
        )
    laid = grid(lines, heads=2, merged=merged)
    return alone("项目明细表", "2023年重点工作项目明细表", laid, whose=WHOSE)


def _sum(amounts: Iterable[str]) -> str:
    cents = sum(
        (Fraction(each) * 100 for each in amounts if each and each != "—"), start=Fraction(0)
    )
    return f"{int(cents) // 100}.{int(cents) % 100:02}"


def _expenses() -> Sheet:
    names = ("基本支出", "项目支出", "合计")
    listed = rows("三公经费")
    lines: list[list[str | Cell]] = [["编号", "侧", "名称", "关系", *names]]
    for each in listed:
        figures = [amount(each[name]) for name in names]
        lines.append([each["编号"], each["侧"], each["名称"], each["关系"], *figures])
    merged = runs([each["侧"] for each in listed], top=1, column=1)
    laid = grid(lines, merged=merged)
    return alone("三公经费", "“三公”经费预算安排和实际支出明细表", laid, unit="万元")


def _added() -> Sheet:
    lines: list[list[str | Cell]] = [["序号", "项目名称", "金额", "项目序号"]]
    listed = rows("上级追加项目")
    lines += [
        [each["序号"], each["名称"], amount(in_yuan(each["金额"])), each["项目序号"]]
        for each in listed
    ]
    total = in_yuan(_sum(each["金额"] for each in listed))
    lines.append(["", "合计", amount(total, bold=True)])
    return alone("上级追加项目", "2023年上级追加项目资金明细表", grid(lines), unit="元")


def _budget() -> Sheet:
    names = (
        "年初批复预算数", "年初结转结余数", "追加预算总额", "基本支出追加预算数",
        "本级追加项目支出预算数", "上级转移支付追加预算数", "调减预算总额", "全年预算数",
        "基本支出全年预算数", "项目支出全年预算数", "上级专项新增数", "结转金额", "结余金额",
        "公用经费预算安排数", "公用经费实际支出数", "三公经费预算安排数", "表14决算数合计",
    )  # fmt: skip
    lines: list[list[str | Cell]] = [["序号", "项目", "金额"]]
    lines += [[str(number), name, amount(text(name))] for number, name in enumerate(names, start=1)]
    return alone("预算执行数据", "2023年预算执行基础数据", grid(lines), unit="万元", whose=WHOSE)


def _institutions() -> Sheet:
    names = ("内设机构数", "下设事业单位数", "本级及所属单位数", "科级领导职数")
    laid = grid([["序号", "项目", "单位", "数量", "备注"], *_listed(names)])
    return alone("机构", "机构基本情况", laid, whose=WHOSE)


def _staff() -> Sheet:
    head = ["单位", "编制数", "其中", "", "", "在职人员数"]
    lower = ["", "", "管理人员编制数", "专业技术人员编制数", "工勤人员编制数"]
    lines: list[list[str | Cell]] = [list(head), list(lower)]
    office = text("机关行政编制数")
    lines.append(["机关行政", amount(office), "", "", "", amount("25")])
    for whose, serving in (("中小企业服务中心", "11"), ("煤炭安全生产技术中心", "29")):
        kinds = ("管理人员编制数", "专业技术人员编制数", "工勤人员编制数")
        own = [f"{whose}{kind}" for kind in kinds]
        given = [amount(text(each)) if each in _STAFF else Cell() for each in own]
        lines.append([whose, amount(text(f"{whose}编制数")), *given, amount(serving)])
    lines.append(
        ["合计", amount(text("编制数"), bold=True), "", "", "", amount(text("在职人员数"))]
    )
    merged: dict[tuple[int, int], Size] = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 5): (2, 1)}
    merged[0, 2] = (1, 3)
    laid = grid(lines, heads=2, merged=merged)
    return alone("人员编制", "2023年人员编制情况表", laid, unit="人", whose=WHOSE)


_STAFF = frozenset(
    {
        "中小企业服务中心管理人员编制数",
        "中小企业服务中心专业技术人员编制数",
        "煤炭安全生产技术中心管理人员编制数",
        "煤炭安全生产技术中心专业技术人员编制数",
        "煤炭安全生产技术中心工勤人员编制数",
    }
)


def _assets() -> list[Sheet]:
    whole, used = text("固定资产总额"), text("在用固定资产总额")
    use: list[list[str | Cell]] = [
        ["资产类别", "合计", "在用", "出租出借", "闲置", "待处置"],
        ["通用设备", *map(amount, ("201.30", "201.30", "0.00", "0.00", "0.00"))],
        ["专用设备", *map(amount, ("52.15", "52.15", "0.00", "0.00", "0.00"))],
        ["家具、用具", *map(amount, ("63.00", "63.00", "0.00", "0.00", "0.00"))],
        ["合计", *map(amount, (whole, used, "0.00", "0.00", "0.00"))],
    ]
    register: list[list[str | Cell]] = [["序号", "资产编号", "资产名称", "取得日期", "原值"]]
    items = (
        ("TY20180003", "服务器", "2018-06-12", "1,213,000.00"),
        ("TY20190011", "计算机设备", "2019-03-05", "800,000.00"),
        ("ZY20200002", "监控设备", "2020-11-20", "521,500.00"),
        ("JJ20170001", "办公家具", "2017-09-30", "630,000.00"),
    )
    register += [
        [str(n), code, name, day, amount(value)]
        for n, (code, name, day, value) in enumerate(items, start=1)
    ]
    register.append(["合计", "", "", "", amount(in_yuan(text("固定资产明细账金额")))])
    ledger_end = in_yuan(text("固定资产科目余额表金额"))
    balances: list[list[str | Cell]] = [
        ["科目编码", "科目名称", "期初余额", "", "本期发生额", "", "期末余额", ""],
        ["", "", "借方", "贷方", "借方", "贷方", "借方", "贷方"],
        ["1002", "银行存款", *map(amount, ("7,436,800.00", "", "67,356,900.00", "50,697,700.00"))],
        ["1601", "固定资产", *map(amount, ("3,012,500.00", "", "78,000.00", "", ledger_end, ""))],
        ["1602", "固定资产累计折旧", *map(amount, ("", "1,480,200.00", "", "310,400.00"))],
    ]
    merged: dict[tuple[int, int], Size] = {(0, 0): (2, 1), (0, 1): (2, 1)}
    merged |= {(0, column): (1, 2) for column in (2, 4, 6)}
    laid = grid(balances, heads=2, merged=merged)
    return [
        alone("固定资产", "固定资产使用情况表", grid(use), unit="万元", whose=WHOSE),
        alone("资产明细", "固定资产明细账", grid(register), unit="元"),
        alone("科目余额", "2023年12月科目余额表", laid, unit="元"),
    ]


def _purchases() -> Sheet:
    planned, spent = text("政府采购预算数"), text("实际政府采购金额")
    lines: list[list[str | Cell]] = [
        ["序号", "采购品目", "采购方式", "采购预算金额", "实际采购金额"],
        ["1", "货物", "公开招标", amount("42.10"), amount("41.06")],
        ["2", "服务", "竞争性磋商", amount("50.00"), amount("49.80")],
        ["", "合计", "", amount(planned, bold=True), amount(spent, bold=True)],
    ]
    return alone("政府采购", "2023年政府采购情况表", grid(lines), unit="万元", whose=WHOSE)


def _sample() -> Sheet:
    columns = ("序号", "名称", "金额", "项目序号", "概况", "选点", "备注")
    lines: list[list[str | Cell]] = [
        ["序号", "项目名称", "金额（万元）", "项目序号", "概况", "选点", "备注"]
    ]
    for each in rows("抽样项目"):
        cells: list[str | Cell] = [each[name] for name in columns]
        cells[2] = amount(each["金额"])
        lines.append(cells)
    lines.append(["合计", "", amount(text("抽查项目资金数"), bold=True)])
    return alone("抽样项目", "现场评价抽样项目一览表", grid(lines))


def _answers(table: str) -> Sheet:
    columns = ("编号", "题号", "题目", "选项序号", "选项", "人数", "占比", "有效份数",
               "计入满意度")  # fmt: skip
    units = {"人数": "（份）", "占比": "（%）", "有效份数": "（份）"}
    heads = [f"{name}{units.get(name, '')}" for name in columns]
    listed = rows(table)
    lines: list[list[str | Cell]] = [list(heads)]
    for each in listed:
        cells: list[str | Cell] = [each[name] for name in columns]
        for column in (1, 3, 5, 6, 7):
            cells[column] = amount(each[columns[column]])
        lines.append(cells)
    questions = [each["题号"] for each in listed]
    merged = runs(questions, top=1, column=1) | runs(questions, top=1, column=2)
    laid = grid(lines, merged=merged)
    return alone(table, f"{table}答卷统计表", laid)


def _counted() -> Sheet:
    names = (
        "预算项目数", "抽查项目数", "项目抽查占比", "抽查项目资金数", "资金抽查占比",
        "部门问卷发放份数", "部门问卷有效份数", "部门履职满意度", "受益对象问卷发放份数",
        "受益对象问卷有效份数", "受益对象满意度", "满意度目标值", "抽查单位数",
        "评价开始日期", "评价结束日期", "方案意见填表日期", "报告意见填表日期", "报告日期",
    )  # fmt: skip
    laid = grid([["序号", "数据项", "单位", "数值", "备注"], *_listed(names)])
    return alone("评价组数据", "评价组核实数据", laid)

"""The final accounts in PDF: income and spending side by side, in 元."""

from __future__ import annotations

from tests.intake.mess.grid import Block, Paper, Sheet
from tests.intake.whole.example import in_yuan, yuan
from tests.intake.whole.forms import WHOSE
from tests.intake.whole.layout import Size, grid


def final_accounts() -> Paper:
    """Four tables of the final accounts, as they are published."""
    sheet = Sheet("决算", [[_overall()], [_income()], [_spending()], [_running()]])
    return Paper([sheet], heading="2023年度部门决算", foot="— {} —")


def _table(number: str, title: str, lines: list[list[str]], merged: dict[tuple[int, int], Size],
           *, heads: int, unit: str = "元") -> Block:  # fmt: skip
    return Block(
        grid(lines, heads=heads, merged=merged),
        title=title,
        lines=[("", f"公开{number}表"), (f"部门：{WHOSE}", f"单位：{unit}")],
        wide=True,
    )


def _overall() -> Block:
    """Income on the left, spending on the right; what has no amount stays empty."""
    granted = yuan("财政拨款收入")
    halves = (
        ("一、一般公共预算财政拨款收入", granted, "一、社会保障和就业支出", "2,125,300.00"),
        ("二、政府性基金预算财政拨款收入", "", "二、卫生健康支出", "1,008,200.00"),
        ("三、国有资本经营预算财政拨款收入", "", "三、资源勘探工业信息等支出", "45,998,900.00"),
        ("四、上级补助收入", "", "四、住房保障支出", "1,565,300.00"),
        ("五、事业收入", "", "", ""),
        ("六、其他收入", yuan("其他收入"), "", ""),
        ("本年收入合计", yuan("部门总收入"), "本年支出合计", yuan("全年支出决算数")),
        ("使用非财政拨款结余", "", "结余分配", ""),
        ("年初结转和结余", "", "年末结转和结余", yuan("年末结转结余")),
        ("总计", yuan("部门总收入"), "总计", yuan("部门总收入")),
    )
    lines = [
        ["收入", "", "", "支出", "", ""],
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ["栏次", "", "1", "栏次", "", "2"],
    ]
    for number, (left, got, right, spent) in enumerate(halves, start=1):
        lines.append([left, str(number), got, right, str(len(halves) + number), spent])
    merged: dict[tuple[int, int], Size] = {(0, 0): (1, 3), (0, 3): (1, 3)}
    return _table("01", "收入支出决算总表", lines, merged, heads=2)


def _income() -> Block:
    lines = [
        ["项目", "", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "其他收入"],
        ["科目编码", "科目名称"],
        ["栏次", "", "1", "2", "3", "4", "5"],
        ["合计", "", yuan("部门总收入"), yuan("财政拨款收入"), "", "", yuan("其他收入")],
        ["215", "资源勘探工业信息等支出", yuan("部门总收入"), yuan("财政拨款收入"), "", "",
         yuan("其他收入")],
    ]  # fmt: skip
    merged: dict[tuple[int, int], Size] = {(0, c): (2, 1) for c in range(2, 7)}
    merged |= {(0, 0): (1, 2), (2, 0): (1, 2), (3, 0): (1, 2)}
    return _table("02", "收入决算表", lines, merged, heads=2)


def _spending() -> Block:
    spent = [yuan(name) for name in ("全年支出决算数", "基本支出决算数", "项目支出决算数")]
    lines = [
        ["项目", "", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出"],
        ["科目编码", "科目名称"],
        ["栏次", "", "1", "2", "3", "4", "5"],
        ["合计", "", *spent, "", ""],
        ["208", "社会保障和就业支出", "2,125,300.00", "2,125,300.00", "", "", ""],
        ["210", "卫生健康支出", "1,008,200.00", "1,008,200.00", "", "", ""],
        ["215", "资源勘探工业信息等支出", "45,998,900.00", "11,956,100.00", spent[-1], "", ""],
        ["221", "住房保障支出", "1,565,300.00", "1,565,300.00", "", "", ""],
    ]  # fmt: skip
    merged: dict[tuple[int, int], Size] = {(0, c): (2, 1) for c in range(2, 7)}
    merged |= {(0, 0): (1, 2), (2, 0): (1, 2), (3, 0): (1, 2)}
    return _table("03", "支出决算表", lines, merged, heads=2)


def _running() -> Block:
    lines = [
        ["项目", "行次", "统计数"],
        ["一、“三公”经费支出", "1", "—"],
        ["（一）支出合计", "2", yuan("三公经费实际支出数")],
        ["1．因公出国（境）费", "3", ""],
        ["2．公务用车购置及运行维护费", "4", in_yuan("28.40")],
        ["3．公务接待费", "5", in_yuan("0.64")],
        ["二、政府采购支出信息", "6", "—"],
        ["（一）政府采购支出合计", "7", yuan("实际政府采购金额")],
    ]
    return _table("10", "机构运行信息表", lines, {}, heads=1)

"""The department's own self-evaluation in Word, and the evaluators' plan."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.mess.grid import Block, Paper, Sheet
from tests.intake.whole.example import rows, said, text
from tests.intake.whole.layout import Size, grid, runs

WHOSE = "黔南布依族苗族自治州工业和信息化局"

_MARKET = "市场需求减弱、价格下滑"
_INDICATORS = (
    ("产出指标", "数量指标", "工业总产值完成额", "6", "3.5", _MARKET),
    ("产出指标", "数量指标", "规模工业增加值增长", "6", "2.1", _MARKET),
    ("产出指标", "数量指标", "新增规模工业企业数量", "6", "5.4", "部分企业投产推迟"),
    ("产出指标", "数量指标", "培育优质中小企业数量", "6", "6", "认定标准放宽，申报企业增多"),
    ("产出指标", "数量指标", "电池新材料产业产值完成额", "6", "3.9", _MARKET),
    ("产出指标", "数量指标", "全州工业投资额", "6", "4.2", "投资入库标准提高"),
    ("产出指标", "质量指标", "园区产值完成占比", "6", "6", ""),
    ("产出指标", "质量指标", "园区招商项目数量", "7", "7", "招商活动场次增加"),
    ("产出指标", "时效指标", "电煤保供", "6", "6", ""),
    ("效益指标", "经济效益指标", "全州工业税收", "6", "4.5", _MARKET),
    ("效益指标", "经济效益指标", "规上工业企业利润", "6", "3.0", _MARKET),
    ("效益指标", "社会效益指标", "全州规模企业总户数", "6", "5.9", "部分企业退库"),
    ("效益指标", "社会效益指标", "新增就业", "7", "7", "新投产项目用工增加"),
)
"""Levels, indicator, points, points awarded, reason for the deviation."""


def self_evaluation() -> Paper:
    """The self-evaluation form, and the lists that belong to it."""
    sheet = Sheet("自评")
    sheet.blocks = [
        [_whole()],
        [_list("附表1　年度目标及完成情况", "年度目标", ("编号", "类别", "内容", "完成情况"))],
        [_list("附表2　自评任务完成情况", "自评任务", ("序号", "任务", "完成情况", "未完成原因"))],
        [_projects()],
        [_figures()],
    ]
    return Paper([sheet])


def _whole() -> Block:
    """The form itself: one table in which the headings change four times."""
    lines: list[list[str]] = []
    merged: dict[tuple[int, int], Size] = {}
    for rows_of in (_head, _money, _tasks, _aims, _indicators):
        rows_of(lines, merged)
    return Block(
        grid(lines, heads=0, merged=merged),
        title="部门整体支出绩效自评表",
        lines=[("（2023年度）", "")],
        wide=True,
    )


_Lines = list[list[str]]
_Merged = dict[tuple[int, int], Size]


def _head(lines: _Lines, merged: _Merged) -> None:
    lines.append(["部门名称", "", WHOSE, "", "", "", "", "", ""])
    merged |= {(0, 0): (1, 2), (0, 2): (1, 7)}


def _money(lines: _Lines, merged: _Merged) -> None:
    top = len(lines)
    whole = [text(name) for name in ("年初预算数", "自评全年预算数", "自评全年执行数")]
    rate = f"{text('自评预算完成率')}%"
    lines += [
        ["部门整体支出（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率",
         "得分", ""],
        ["", "年度资金总额", *whole, "10", rate, "10", ""],
        ["", "其中：基本支出", "1642.06", "1642.06", "1745.11", "", "", "", ""],
        ["", "项目支出", "2859.79", "2859.79", text("自评项目经费"), "", "", "", ""],
    ]  # fmt: skip
    merged[top, 0] = (4, 1)
    merged |= {(top + n, 7): (1, 2) for n in range(4)}


def _tasks(lines: _Lines, merged: _Merged) -> None:
    top = len(lines)
    tasks, aims = _goals("核心任务"), _goals("总体目标")
    lines.append(["年度主要任务", "任务名称", "主要内容", "", "", "完成情况", "", "", ""])
    for number, (task, aim) in enumerate(zip(tasks, aims, strict=True), start=1):
        done = aim["完成情况"]
        lines.append(["", f"任务{number}", task["内容"], "", "", done, "", "", ""])
    merged[top, 0] = (len(tasks) + 1, 1)
    for row in range(top, len(lines)):
        merged |= {(row, 2): (1, 3), (row, 5): (1, 4)}


def _aims(lines: _Lines, merged: _Merged) -> None:
    top = len(lines)
    aims = _goals("总体目标")
    wanted = "\n".join(each["内容"] for each in aims)
    done = "\n".join(each["完成情况"] for each in aims)
    lines += [
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况", "", "", ""],
        ["", wanted, "", "", "", done, "", "", ""],
    ]
    merged[top, 0] = (2, 1)
    for row in (top, top + 1):
        merged |= {(row, 1): (1, 4), (row, 5): (1, 4)}


def _goals(kind: str) -> list[dict[str, str]]:
    return [each for each in rows("年度目标") if each["类别"] == kind]


def _indicators(lines: _Lines, merged: _Merged) -> None:
    top = len(lines)
    lines.append(
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
         "偏差原因分析及改进措施"]
    )  # fmt: skip
    for first, second, name, points, award, reason in _INDICATORS:
        target, actual = f"≥{said(f'{name}.目标值')}", said(f"{name}.实际值")
        lines.append(["", first, second, name, target, actual, points, award, reason])
    lines += [
        ["", "满意度指标", "服务对象满意度指标", "服务对象满意度", "≥95%", "90%", "10", "8",
         "政策宣传不够"],
        ["总分", "", "", "", "", "", "100", text("自评得分"), ""],
    ]  # fmt: skip
    merged[top, 0] = (len(_INDICATORS) + 2, 1)
    merged[len(lines) - 1, 0] = (1, 6)
    for column in (0, 1):
        levels = [each[column] for each in _INDICATORS]
        merged |= runs(levels, top=top + 1, column=column + 1)


def _list(title: str, table: str, columns: Sequence[str]) -> Block:
    lines = [list(columns)] + [[each[name] for name in columns] for each in rows(table)]
    return Block(grid(lines), title=title)


def _projects() -> Block:
    columns = ("序号", "级次", "名称", "预算数", "执行数", "填报执行率", "满意度", "项目序号")
    heads = [
        "序号",
        "级次",
        "项目名称",
        "预算数（万元）",
        "执行数（万元）",
        "填报执行率（%）",
        "满意度（%）",
        "项目序号",
    ]
    listed = rows("自评项目")
    lines = [heads, *([each[name] for name in columns] for each in listed)]
    merged = runs([each["级次"] for each in listed], top=1, column=1)
    return Block(grid(lines, merged=merged), title="附表3　自评项目一览表", wide=True)


def _figures() -> Block:
    """Figures that the report on the self-evaluation names."""
    names = (
        "自评项目经费",
        "自评州本级项目经费",
        "自评上级补助项目经费",
        "自评工资福利支出",
        "自评商品和服务支出",
        "自评对个人和家庭的补助",
        "自评专项业务费",
        "课题研究自评填列数",
        "测评奖励自评资金总额",
        "测评奖励自评财政拨款",
        "现代化工产值目标数",
        "现代化工产值实际数",
        "自评园区综合产值占比",
        "自评园区新招引项目数",
        "自评带动就业人数",
        "自评得分",
    )
    lines = [["序号", "内容", "数值"]]
    lines += [[str(n), name, said(name)] for n, name in enumerate(names, start=1)]
    lines.append([str(len(names) + 1), "自评等级", text("自评等级")])
    return Block(grid(lines), title="附表4　自评报告所列数据")


def plan() -> Paper:
    """The evaluators' plan: steps, methods, members."""
    sheet = Sheet("方案")
    steps = rows("评价流程")
    columns = ("序号", "阶段", "工作内容", "工作成果", "参与方")
    lines = [list(columns)] + [[each[name] for name in columns] for each in steps]
    merged = runs([each["阶段"] for each in steps], top=1, column=1)
    sheet.blocks = [
        [Block(grid(lines, merged=merged), title="表1　评价流程", wide=True)],
        [_list("表2　评价方法", "评价方法", ("序号", "方法", "具体内容"))],
        [
            _list(
                "表3　评价组成员",
                "评价组成员",
                ("序号", "职务", "姓名", "执业资格", "职称", "分工"),
            )
        ],
    ]
    return Paper([sheet], heading="绩效评价实施方案（附表）")

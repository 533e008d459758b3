"""The department's own self-evaluation in Word, and the evaluators' plan."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.mess.grid import Block, Paper, Sheet
from tests.intake.whole.example import rows, said, text
from tests.intake.whole.layout import Size, grid, runs

WHOSE = "黔南布依族苗族自治州工业和信息化局"

_WIDTH = 8
_INDICATORS = (
    ("产出指标", "数量指标", "工业总产值完成额"),
    ("产出指标", "数量指标", "规模工业增加值增长"),
    ("产出指标", "数量指标", "新增规模工业企业数量"),
    ("产出指标", "数量指标", "培育优质中小企业数量"),
    ("产出指标", "数量指标", "电池新材料产业产值完成额"),
    ("产出指标", "数量指标", "全州工业投资额"),
    ("产出指标", "质量指标", "园区产值完成占比"),
    ("产出指标", "质量指标", "园区招商项目数量"),
    ("产出指标", "时效指标", "电煤保供"),
    ("效益指标", "经济效益指标", "全州工业税收"),
    ("效益指标", "经济效益指标", "规上工业企业利润"),
    ("效益指标", "社会效益指标", "全州规模企业总户数"),
    ("效益指标", "社会效益指标", "新增就业"),
)


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
    lines: list[list[str]] = [["部门名称", "", WHOSE, "", "", "", "", ""]]
    merged: dict[tuple[int, int], Size] = {(0, 0): (1, 2), (0, 2): (1, 6)}
    funds = (
        ("", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        (
            "年度资金总额",
            text("年初预算数"),
            text("自评全年预算数"),
            text("自评全年执行数"),
            "10",
            f"{text('自评预算完成率')}%",
            "10",
        ),
        ("其中：基本支出", "1642.06", "1642.06", "1745.11", "", "", ""),
        ("项目支出", "2859.79", "2859.79", "3404.28", "", "", ""),
    )
    top = len(lines)
    lines.append(["部门整体支出（万元）", *funds[0][1:]])
    lines += [["", *each] for each in funds[1:]]
    merged[top, 0] = (len(funds), 1)
    goals = rows("年度目标")
    tasks = [each for each in goals if each["类别"] == "核心任务"]
    done = rows("自评任务")
    top = len(lines)
    lines.append(["年度主要任务", "任务名称", "主要内容", "", "", "完成情况", "", ""])
    for number, each in enumerate(tasks):
        ended = done[number]["完成情况"] if number < len(done) else "按计划完成"
        lines.append(["", f"任务{number + 1}", each["内容"], "", "", ended, "", ""])
    merged[top, 0] = (len(tasks) + 1, 1)
    merged |= {(top + n, c): (1, 3) for n in range(len(tasks) + 1) for c in (2, 5)}
    top = len(lines)
    lines.append(["年度总体目标", "预期目标", "", "", "实际完成情况", "", "", ""])
    wanted = [each for each in goals if each["类别"] == "总体目标"]
    lines.append(
        [
            "",
            "\n".join(each["内容"] for each in wanted),
            "",
            "",
            "\n".join(each["完成情况"] for each in wanted),
            "",
            "",
            "",
        ]
    )
    merged[top, 0] = (2, 1)
    merged |= {(top + n, 1): (1, 3) for n in (0, 1)} | {(top + n, 4): (1, 4) for n in (0, 1)}
    top = len(lines)
    lines.append(
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    )
    for first, second, name in _INDICATORS:
        target, actual = f"≥{said(f'{name}.目标值')}", said(f"{name}.实际值")
        lines.append(["", first, second, name, target, actual, "6", "6"])
    last = ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥95%", "95%", "10", "10")
    lines.append(["", *last])
    lines.append(["总分", "", "", "", "", "", "100", "82.5"])
    merged[top, 0] = (len(_INDICATORS) + 2, 1)
    merged[len(lines) - 1, 0] = (1, 6)
    for column in (0, 1):
        levels = [each[column] for each in _INDICATORS]
        merged |= runs(levels, top=top + 1, column=column + 1)
    return Block(
        grid(lines, heads=0, merged=merged),
        title="部门整体支出绩效自评表",
        lines=[("（2023年度）", "")],
    )


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

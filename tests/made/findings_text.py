"""Findings and recommendations that cover every deduction (问题与建议)."""

from __future__ import annotations

from tests.made.candidate import ASSETS, EFFECT, GOALS, LASTING, MONEY, OUTPUT, SYSTEM
from tests.made.draft import Draft, Leaf
from tests.made.made import rounded

from steelyard.files.rows import csv_text

MOST_LEAVES = 3
"""Leaves that one finding speaks of."""

_TITLES = {
    GOALS: ("绩效目标编制不够科学", "目标与预算衔接不够紧密", "绩效指标细化不足"),
    SYSTEM: ("内部管理制度不健全", "制度执行不到位", "过程监督有缺失"),
    MONEY: ("预算执行管理不够严格", "资金使用管理有待规范", "支出进度控制不够"),
    ASSETS: ("资产基础管理薄弱", "资产使用效率不高"),
    OUTPUT: ("部分年度任务未完成", "部分工作进度滞后", "个别任务完成质量不高"),
    EFFECT: ("部分效果未达到预期", "服务对象认可程度有待提高", "效益发挥不充分"),
    LASTING: ("长效机制不健全", "发展后劲不足"),
}
_CAUSES = {
    GOALS: ("编制目标时业务科室参与不足，未与年度计划逐项核对。", "对绩效指标的要求理解不够。"),
    SYSTEM: ("制度修订滞后，责任未落实到岗位。", "日常检查流于形式。"),
    MONEY: ("支出计划编制较粗，未按月跟踪。", "财务与业务衔接不畅。"),
    ASSETS: ("资产管理员变动频繁，交接不清。", "盘点结果未及时入账。"),
    OUTPUT: ("前期准备不充分，开工较晚。", "任务分解和督促不够。"),
    EFFECT: ("配套措施未同步推进。", "对服务对象的意见收集和回应不够。"),
    LASTING: ("对后续管护和人才培养重视不够。", "规划任务未分解到年度。"),
}
_ADVICE = {
    GOALS: "科学编制绩效目标和预算",
    SYSTEM: "健全并落实内部制度",
    MONEY: "严格预算执行和资金管理",
    ASSETS: "夯实资产管理基础",
    OUTPUT: "加快推进年度任务",
    EFFECT: "提升履职效果",
    LASTING: "建立长效机制",
}
_STARTS = ("评价组核查发现：", "对照评分标准核查，", "经查阅资料和现场核查，")

FINDINGS = ("编号", "类别", "问题", "表现", "简述", "原因", "指标", "证据")
RECOMMENDATIONS = ("编号", "建议", "内容", "简述", "问题", "责任单位", "期限")


def lost(draft: Draft) -> list[Leaf]:
    """Return the leaves that lose points."""
    earned = rounded(draft)
    return [leaf for leaf in draft.leaves if earned[leaf.text] < leaf.points]


def fault_of(leaf: Leaf) -> str:
    """Say what was found of a leaf, its name first."""
    return leaf.fault if leaf.fault.startswith(leaf.name) else f"{leaf.name}方面，{leaf.fault}"


def findings_of(draft: Draft) -> list[tuple[str, list[Leaf]]]:
    """Return the findings: their areas, and the leaves that each speaks of."""
    by_area: dict[str, list[Leaf]] = {}
    for leaf in lost(draft):
        by_area.setdefault(leaf.area, []).append(leaf)
    found: list[tuple[str, list[Leaf]]] = []
    for area, leaves in by_area.items():
        starts = range(0, len(leaves), MOST_LEAVES)
        found += [(area, leaves[start : start + MOST_LEAVES]) for start in starts]
    return found


def findings_text(draft: Draft) -> str:
    """Return findings.csv."""
    chance = draft.chance
    rows = []
    told: dict[str, int] = {}
    for number, (area, leaves) in enumerate(findings_of(draft), start=1):
        place = told.setdefault(area, 0)
        told[area] += 1
        titles = _TITLES[area]
        title = titles[place % len(titles)]
        if place >= len(titles):
            title = f"{leaves[0].name}方面仍有不足"
        lines = [f"{fault_of(leaf)}。" for leaf in leaves]
        lines[0] = chance.choice(_STARTS) + lines[0]
        names = "、".join(leaf.name for leaf in leaves)
        papers = dict.fromkeys(paper for leaf in leaves for paper in leaf.evidence)
        rows.append(
            (
                f"W{number:02}",
                area,
                title,
                "\n".join(lines),
                f"主要涉及{names}。",
                chance.choice(_CAUSES[area]),
                "、".join(leaf.text for leaf in leaves),
                "；".join(papers),
            )
        )
    return csv_text(FINDINGS, rows)


def recommendations_text(draft: Draft) -> str:
    """Return recommendations.csv: now and then one answers two findings."""
    chance = draft.chance
    found = list(enumerate(findings_of(draft), start=1))
    rows: list[tuple[str, ...]] = []
    while found:
        together = [found.pop(0)]
        area = together[0][1][0]
        if found and found[0][1][0] == area and chance.random() < 0.4:
            together.append(found.pop(0))
        leaves = [leaf for _, (_, inside) in together for leaf in inside]
        advice = dict.fromkeys(leaf.advice for leaf in leaves)
        content = "\n".join(f"{each}。" for each in advice)
        due = f"{draft.style.year + 1}年{chance.choice(['9', '10', '12'])}月底前"
        rows.append(
            (
                f"J{len(rows) + 1:02}",
                f"{_ADVICE[area]}，重点改进{leaves[0].name}",
                content,
                f"{next(iter(advice))}。",
                "、".join(f"W{number:02}" for number, _ in together),
                chance.choice(["办公室", "财务科", "业务科室", draft.name]),
                due if chance.random() < 0.7 else "",
            )
        )
    return csv_text(RECOMMENDATIONS, rows)

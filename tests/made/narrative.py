"""What people write for the report of a whole department (部门报告的叙述).

Every figure is a reference; the wording is drawn from the seed.
"""

from __future__ import annotations

from tests.made.draft import Draft, Leaf
from tests.made.findings_text import fault_of, lost
from tests.made.style import SELF_REPORT, SURVEY

Passages = dict[str, str]
"""Text by heading, of one file."""


def refer(body: str) -> str:
    """Put braces around a reference."""
    return f"{{{{ {body} }}}}"


def narrative(draft: Draft) -> dict[str, Passages]:
    """Return the passages of every file of the folder ``report``."""
    found = {
        "概要": {"绩效目标完成情况": _goals_in_short(draft)},
        "基本情况": _setting(draft),
        "评价组织": _work(draft),
        "评价结论": {"综合结论": conclusion(draft)},
        "指标分析": analysis(draft),
        "主要经验": _experience(draft),
        "结果应用建议": _use(draft),
        "附件": _annexes(draft),
    }
    return {file: passages for file, passages in found.items() if passages}


def first_levels(draft: Draft) -> list[str]:
    """Return the groups of the first level."""
    return [path[0] for path in draft.groups if len(path) == 1]


def _goals_in_short(draft: Draft) -> str:
    goals = list(draft.goals.values())[:4]
    if not goals:
        return "{{ 简称 }}{{ 年度 }}年工作任务基本完成。"
    said = "，".join(
        f"{goal.name}目标值{refer(goal.name + '.目标值')}、实际{refer(goal.name + '.实际值')}"
        for goal in goals
    )
    return f"{{{{ 简称 }}}}{{{{ 年度 }}}}年主要目标完成情况：{said}。"


def _setting(draft: Draft) -> Passages:
    chance, sector = draft.chance, draft.style.words
    duties = "；".join(sector.duties)
    units = "、".join(sector.units)
    opening = chance.choice(
        [
            f"{{{{ 部门 }}}}为承担{sector.field}工作的预算单位，主要职责是：{duties}。",
            f"根据“三定”方案，{{{{ 部门 }}}}主要负责{sector.field}工作。\n\n主要职责：\n\n"
            + "\n".join(f"- {duty}" for duty in sector.duties),
        ]
    )
    posts = [name for name in draft.items if name.endswith("编制数") and name != "编制数"]
    table = "\n".join(
        ["| 类别 | 数量 |", "| --- | --- |"]
        + [f"| {name} | {refer(name)} |" for name in posts]
        + ["| 编制总数 | {{ 编制数 }} |", "| 在职人员 | {{ 在职人员数 }} |"]
    )
    passages = {
        "部门概况": f"{opening}\n\n### 机构和人员\n\n内设机构{{{{ 内设机构数 }}}}，"
        f"领导职数{{{{ 中层职数 }}}}，所属单位{{{{ 下设单位数 }}}}：{units}。\n\n{table}",
        "绩效自评情况及结论": _self_report(draft),
    }
    if chance.random() < 0.5:
        passages["部门资金使用情况"] = _spending(draft)
    return passages


def _spending(draft: Draft) -> str:
    cut = draft.style.cut
    return (
        "{{ 年度 }}年全年预算{{ 全年预算数 }}，支出决算{{ 全年支出决算数 }}，"
        "预算完成率{{ 全年支出决算数 / 全年预算数 | % | 2位 }}。\n"
        f"其中{draft.style.local}项目全年预算{{{{ 资金[二.1].全年预算数 }}}}、"
        f"{cut}{{{{ 资金[二.1].{cut} }}}}，支出{{{{ 资金[二.1].决算数 }}}}。\n\n"
        "1. 基本支出{{ 基本支出决算数 }}，占支出的"
        "{{ 基本支出决算数 / 全年支出决算数 | % | 2位 }}；\n"
        "2. 项目支出{{ 项目支出决算数 }}，涉及{{ 名单：项目.名称，状态 = “已完成” }}等项目；\n"
        "3. 年末结转结余{{ 年末结转结余 }}。\n\n"
        "例如，{{ 项目[1].名称 }}决算数为{{ 项目[1].决算数 }}。"
    )


def _self_report(draft: Draft) -> str:
    if not draft.style.has(SELF_REPORT):
        return (
            "{{ 简称 }}{{ 年度 }}年度未单独开展部门整体支出绩效自评，本次评价以现场核查结果为准。"
        )
    briefly = (
        "{{ 简称 }}组织各科室和所属单位开展了自评，自评得分{{ 自评得分 }}，"
        "自评等级为“{{ 自评等级 }}”。"
    )
    at_length = (
        "自评由财务部门牵头，业务科室填报。{{ 年度 }}年自评得分{{ 自评得分 | 数 }}分，"
        "等级“{{ 自评等级 }}”；自评列示全年执行数{{ 自评全年执行数 }}，"
        "预算完成率{{ 自评预算完成率 }}。"
    )
    return draft.chance.choice([briefly, at_length])


def _work(draft: Draft) -> Passages:
    passages = {
        "绩效评价依据": (
            "1. 《中华人民共和国预算法》及其实施条例；\n"
            "2. 《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）；\n"
            "3. 《项目支出绩效评价管理办法》（财预〔2020〕10号）；\n"
            "4. {{ 简称 }}{{ 年度 }}年度预算批复、决算报表和绩效目标表；\n"
            "5. 与{{ 部门 }}职责有关的规划、制度和业务资料。"
        )
    }
    if draft.chance.random() < 0.4:
        passages["绩效评价目的"] = (
            "### 评价目的\n\n了解{{ 简称 }}{{ 年度 }}年预算管理和履职情况，"
            "为以后年度预算安排提供依据。"
            "\n\n### 关注重点\n\n- 预算编制和执行；\n- 制度建设和资产管理；\n- **履职产出和效果**。"
        )
    return passages


def conclusion(draft: Draft) -> str:
    """Say what every first level came to."""
    opening = draft.chance.choice(
        [
            "评价结果表明，{{ 简称 }}预算管理总体规范，主要任务基本完成。",
            "从评价情况看，各项工作总体有序。",
        ]
    )
    lines = [
        f"{name}得分{refer('得分：' + name)}分，得分率{refer('得分率：' + name)}"
        for name in first_levels(draft)
    ]
    worst = sorted(lost(draft), key=lambda leaf: leaf.earned - leaf.points)[:2]
    why = "；".join(fault_of(leaf) for leaf in worst)
    return f"{opening}\n\n{'；'.join(lines)}。\n\n扣分较多的方面：{why}。"


def analysis(draft: Draft) -> Passages:
    """Write of some groups and leaves; what is said of the others is made from facts."""
    chance = draft.chance
    found: Passages = {}
    for name in first_levels(draft):
        if chance.random() < 0.4:
            table = refer("表：本组得分情况表")
            found[name] = (
                f"{{{{ 名称：本组 }}}}设{{{{ 构成：本组 }}}}，分值{{{{ 分值：本组 }}}}分，"
                f"得{{{{ 得分：本组 }}}}分，得分率{{{{ 得分率：本组 }}}}，详见{table}。"
            )
    for leaf in draft.leaves:
        if chance.random() < 0.3:
            found[leaf.text] = _of_leaf(draft, leaf)
    return found


def _of_leaf(draft: Draft, leaf: Leaf) -> str:
    papers = "、".join(leaf.evidence) or "有关资料"
    if leaf.goal:
        told = (
            f"评价组查阅{papers}，{leaf.name}计划{{{{ 目标值：本项 }}}}，"
            f"实际{{{{ 实际值：本项 }}}}，完成率{{{{ 完成率：本项 }}}}。"
        )
        listed = (
            f"{{{{ 含义：本项 }}}}\n\n- 目标：{{{{ {leaf.goal}.目标值 }}}}；\n"
            f"- 完成：{{{{ {leaf.goal}.实际值 }}}}。"
        )
        return draft.chance.choice([told, listed])
    if leaf.judgements:
        return f"评价组查阅{papers}，逐项对照要点核查。{{{{ 评判说明：本项 }}}}。"
    if leaf.measure:
        return f"根据{papers}测算，{leaf.measure_name or leaf.name}为{{{{ 指标值：本项 }}}}。"
    return f"评价组核对{papers}。{{{{ 得分说明：本项 }}}}。"


def _experience(draft: Draft) -> Passages:
    served = draft.style.words.served
    every: Passages = {
        "健全机制，压实责任": "建立任务清单和责任清单，按月调度，按季通报。\n\n"
        "- 任务清单明确到科室；\n- 进度台账明确到人。",
        "严控成本，规范支出": "全年支出{{ 全年支出决算数 | 万元 | 2位 }}，"
        "项目支出占{{ 项目支出决算数 / 全年支出决算数 | % | 2位 }}，一般性支出得到控制。",
        "贴近需求，改进服务": f"围绕{served}的意见改进服务流程，公开办理时限。",
        "加强协作，形成合力": "与相关部门建立会商机制，共享数据，减少重复检查。",
    }
    names = draft.chance.sample(sorted(every), draft.chance.randint(2, 4))
    return {name: every[name] for name in names}


def _use(draft: Draft) -> Passages:
    found = {
        "限期整改": "请{{ 部门 }}对照本报告所列问题制定整改方案，按期报送整改情况。",
        "与预算安排挂钩": "本次评价等级为“{{ 等级 }}”，建议作为安排以后年度预算的参考。",
        "公开评价结果": "建议按规定公开评价报告，接受社会监督。",
    }
    if draft.chance.random() < 0.4:
        found.pop("公开评价结果")
    return found


def _annexes(draft: Draft) -> Passages:
    if not draft.style.has(SELF_REPORT):
        # The annex stands in reports about departments that evaluated themselves.
        return {}
    survey = "，并参考了问卷结果" if draft.style.has(SURVEY) else ""
    return {"自评概述": f"{{{{ 简称 }}}}按要求报送了自评报告，自评得分{{{{ 自评得分 }}}}{survey}。"}


def markdown(title: str, passages: Passages) -> str:
    """Return a file of narrative."""
    parts = [f"# {title}"]
    parts += [f"## {heading}\n\n{text}" for heading, text in passages.items()]
    return "\n\n".join(parts) + "\n"

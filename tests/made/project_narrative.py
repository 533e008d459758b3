"""What people write for the report of a single project (项目报告的叙述)."""

from __future__ import annotations

from tests.made.draft import Draft
from tests.made.narrative import Passages, conclusion
from tests.made.style import SELF_REPORT


def project_narrative(draft: Draft) -> dict[str, Passages]:
    """Return the passages of every file of the folder ``report``."""
    found: dict[str, Passages] = {
        "基本情况": {"项目概况": _setting(draft)},
        "主要经验": {"主要经验及做法": _experience(draft)},
    }
    if draft.chance.random() < 0.5:
        found["评价结论"] = {"综合结论": f"{conclusion(draft)}\n\n{_SCORED}"}
    if draft.chance.random() < 0.5:
        found["基本情况"]["资金投入和使用"] = _money()
    if draft.style.has(SELF_REPORT):
        found["其他"] = {
            "其他需要说明的问题": "项目单位自评得分{{ 自评得分 }}，自评等级“{{ 自评等级 }}”。"
        }
    return found


_SCORED = (
    "{{ 项目简称 }}绩效评价得分{{ 总分 }}分，等级为“{{ 等级 }}”，"
    "得分情况见{{ 表：项目绩效评价得分表 }}。"
)


def _setting(draft: Draft) -> str:
    sector = draft.style.words
    table = "\n".join(
        ["| 建设内容 | 预算 | 支出 |", "| --- | --- | --- |"]
        + [
            f"| {{{{ 分项工程[{n}].名称 }}}} | {{{{ 分项工程[{n}].预算数 }}}} "
            f"| {{{{ 分项工程[{n}].支出数 }}}} |"
            for n in range(1, len(sector.parts) + 1)
        ]
        + ["| 合计 | {{ sum(分项工程.预算数) }} | {{ sum(分项工程.支出数) }} |"]
    )
    opening = draft.chance.choice(
        [
            f"为改善{sector.served}的条件，{{{{ 部门 }}}}组织实施{{{{ 项目名称 }}}}。",
            f"{{{{ 项目名称 }}}}由{{{{ 部门 }}}}实施，属于{sector.field}领域的民生项目。",
        ]
    )
    return (
        f"{opening}\n\n### 建设内容\n\n建设内容包括{{{{ 名单：分项工程.名称 }}}}，"
        f"其中已完成的为{{{{ 名单：分项工程.名称，状态 = “已完成” }}}}。\n\n{table}\n\n"
        "### 组织实施\n\n项目由内设机构分工负责，内设机构{{ 内设机构数 }}。"
    )


def _money() -> str:
    return (
        "### 资金来源\n\n全年预算{{ 全年预算数 }}，实际到位{{ 实际到位资金 }}，"
        "到位率{{ 实际到位资金 / 全年预算数 | % | 2位 }}，其中：\n\n"
        "- 上级补助{{ 上级补助资金 }}；\n- 本级财政{{ 本级财政资金 }}；\n- 自筹{{ 自筹资金 }}。\n\n"
        "### 资金使用\n\n实际支出{{ 实际支出资金 }}，"
        "占到位资金的{{ 实际支出资金 / 实际到位资金 | % | 2位 }}，变动过程见{{ 图：资金变动 }}。"
    )


def _experience(draft: Draft) -> str:
    return draft.chance.choice(
        [
            "一是建立项目例会制度，及时解决施工问题。\n\n二是委托监理全程跟踪，把好质量关。",
            "- 前期工作充分，图纸会审到位；\n- 资金专账核算；\n- 完工即移交，明确管护责任。",
        ]
    )
